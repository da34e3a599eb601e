package playbook

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func (s *Screen) words() words { return words{s.h.NumbersOf(), s.h.View().AsOf} }

// stagesFace is the table of stages above the criteria of the chosen one and
// what the figures suggest.
func (s *Screen) stagesFace() fyne.CanvasObject {
	w := s.words()
	if len(s.book.Stages) == 0 {
		return kit.NewEmpty(kit.EmptyOptions{Icon: "playbook", Title: lang.T("No stages yet"), Text: lang.T("A pipeline is the row of stages that deals go through. Settings makes one.")})
	}
	rows := make(kit.SliceRows, len(s.book.Stages))
	at := 0
	for i, line := range s.book.Stages {
		rows[i] = w.stageRow(line)
		if line.ID == s.stage || s.stage.IsZero() && at == 0 && len(line.Entry)+len(line.Exit) > 0 {
			at = i
		}
	}
	s.stage = s.book.Stages[at].ID
	lower := kit.Columns(kit.GapPanel, []float32{55, 45}, s.criteriaPanel(s.book.Stages[at]), s.suggestionPanel())
	var table *kit.Table
	table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "stage", Title: lang.T("Stage"), Width: 120, Grow: 1},
			{Key: "set", Title: lang.T("Set"), Width: 52, Align: fyne.TextAlignTrailing},
			{Key: "won", Title: lang.T("Won of those that were here"), Width: 190},
			{Key: "days", Title: lang.T("Expected days"), Width: 106, Align: fyne.TextAlignTrailing},
			{Key: "stay", Title: lang.T("Days, median / 75%"), Width: 140},
			{Key: "long", Title: lang.T("Won that stood too long"), Width: 240},
			{Key: "stalled", Title: lang.T("Stalled"), Width: 82, Align: fyne.TextAlignTrailing},
			{Key: "criteria", Title: lang.T("Criteria"), Width: 92},
		},
		Rows: rows, Select: kit.SelectOne,
		OnSelect: func() {
			for i := range table.Selection().Rows() {
				if id := s.book.Stages[i].ID; id != s.stage {
					s.stage = id
					lower.Objects[0] = s.criteriaPanel(s.book.Stages[i])
					lower.Refresh()
				}
				return
			}
		},
		OnOpen: func(row int) { s.chooseStage(s.book.Stages[row]) },
	})
	table.Select(at)
	caption := lang.T("all closed deals, with 95% intervals")
	if s.keeps() {
		caption = lang.T("all closed deals, with 95% intervals; double-click changes a stage")
	}
	panel := kit.NewPanel(kit.PanelOptions{Title: lang.T("Stages"), Caption: s.h.View().Holds(caption), Flush: true, Body: table})
	high := float32(len(rows)+1)*kit.HeightRow + 60
	return kit.Page(kit.MinBox(fyne.NewSize(0, min(high, 330)), panel), kit.Grow(lower))
}

// criteriaPanel lists what the chosen stage asks for.
func (s *Screen) criteriaPanel(line app.StageLine) fyne.CanvasObject {
	w := s.words()
	byKey := map[string]data.Row{}
	var rows []kit.ListRow
	for _, side := range []struct {
		title string
		list  []data.Row
	}{{lang.T("To come into %s", line.Title()), line.Entry}, {lang.T("To go on from %s", line.Title()), line.Exit}} {
		if len(side.list) == 0 {
			continue
		}
		rows = append(rows, kit.ListRow{Header: true, Title: side.title, Detail: w.num.Count(inForce(side.list))})
		for _, c := range side.list {
			byKey[c.ID.String()] = c
			rows = append(rows, w.criterionRow(c, s.book.Overrides.Criteria))
		}
	}
	opts := kit.PanelOptions{Title: lang.T("Criteria of %s", line.Title()), Flush: true}
	if s.keeps() {
		opts.Caption = lang.T("a click changes, orders or retires one")
	}
	if len(rows) == 0 {
		empty := kit.EmptyOptions{Icon: "check", Title: lang.T("%s asks for nothing", line.Title()), Text: lang.T("A criterion is a tick, a field of the deal that is filled in, or so many points of a framework. Every move into or out of the stage then obeys it.")}
		if s.keeps() {
			empty.Step, empty.StepIcon, empty.OnTap = lang.T("Add criterion"), "plus", func() { s.editCriterion(nil) }
		}
		opts.Body = kit.NewEmpty(empty)
		return kit.NewPanel(opts)
	}
	list := kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: func(key string) { s.chooseCriterion(line, byKey[key]) }})
	list.SetRows(rows)
	opts.Body = list
	return kit.NewPanel(opts)
}

func (s *Screen) suggestionPanel() fyne.CanvasObject {
	w := s.words()
	opts := kit.PanelOptions{Title: lang.T("What the figures suggest"), Flush: true}
	var rows []kit.ListRow
	for _, x := range s.book.Suggestions {
		rows = append(rows, w.suggestion(x))
	}
	if len(rows) == 0 {
		opts.Body = kit.NewEmpty(kit.EmptyOptions{Icon: "info", Title: lang.T("Nothing to change"), Text: lang.T("Suggestions come once enough deals have closed: a probability far from what was won, days far from what is usual, a criterion that is often overridden.")})
		return kit.NewPanel(opts)
	}
	opts.Caption = w.num.Count(len(rows))
	list := kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: func(key string) { s.followSuggestion(key) }})
	list.SetRows(rows)
	opts.Body = list
	return kit.NewPanel(opts)
}

// followSuggestion opens the stage that a suggestion is about.
func (s *Screen) followSuggestion(key string) {
	w := s.words()
	for _, x := range s.book.Suggestions {
		if w.suggestion(x).Key != key {
			continue
		}
		for _, line := range s.book.Stages {
			if line.Stage == x.Stage.Stage && x.Stage.Name != "" && line.Name == x.Stage.Name {
				s.chooseStage(line)
			}
		}
	}
}

func (s *Screen) chooseStage(line app.StageLine) {
	settings := s.h.App.Settings
	move := func(by int) func() {
		return func() {
			s.h.Act(lang.T("%s moved", line.Title()), func(ctx context.Context) error { return settings.MoveStage(ctx, line.ID, by) }, nil)
		}
	}
	s.choose(line.Title(), []kit.Action{
		{Text: lang.T("Change"), Icon: "edit", Do: func() { s.editStage(line) }},
		{Text: lang.T("Earlier"), Icon: "chevu", Do: move(-1)},
		{Text: lang.T("Later"), Icon: "chev", Do: move(1)},
		{Text: lang.T("Add a stage after it"), Icon: "plus", Do: func() { s.addStage(line) }},
		{Text: lang.T("Remove"), Icon: "x", Do: func() {
			s.h.Act(lang.T("%s removed", line.Title()), func(ctx context.Context) error { return settings.RemoveStage(ctx, line.ID) }, nil)
		}},
	})
}

var stageFields = []string{"name", "probability", "expected_days", "category"}

func (s *Screen) editStage(line app.StageLine) {
	s.h.ShowRecordForm(kit.RecordForm{
		Title: lang.T("Change %s", line.Title()), Kind: line.Kind, Fields: stageFields, Row: &line.Row, What: lang.T("%s changed", line.Title()),
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			return s.h.App.Settings.SetStage(ctx, line.ID, v)
		},
	})
}

func (s *Screen) addStage(after app.StageLine) {
	s.h.ShowRecordForm(kit.RecordForm{
		Title: lang.T("New stage after %s", after.Title()), Kind: after.Kind, Fields: stageFields,
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			v["type"] = data.StageOpen
			id, err := s.h.App.Settings.AddStage(ctx, after.Ref("pipeline"), v)
			if err != nil {
				return err
			}
			stages, err := s.h.App.Settings.Stages(ctx, after.Ref("pipeline"))
			from, to := 0, 0
			for i, x := range stages {
				switch x.ID {
				case id:
					from = i
				case after.ID:
					to = i + 1
				}
			}
			if err != nil || from == to {
				return err
			}
			return s.h.App.Settings.MoveStage(ctx, id, to-from)
		},
	})
}

func (s *Screen) chooseCriterion(line app.StageLine, c data.Row) {
	list := line.Exit
	if c.Text("gate") == data.GateEntry {
		list = line.Entry
	}
	ids := make([]data.ID, len(list))
	for i, r := range list {
		ids[i] = r.ID
	}
	retire, retired := lang.T("Retire"), true
	if c.Bool("retired") {
		retire, retired = lang.T("Bring back"), false
	}
	s.choose(c.Title(), []kit.Action{
		{Text: lang.T("Change"), Icon: "edit", Do: func() { s.editCriterion(&c) }},
		{Text: lang.T("Up"), Icon: "chevu", Do: func() { s.reorder(data.KindCriterion, ids, c.ID, -1) }},
		{Text: lang.T("Down"), Icon: "chev", Do: func() { s.reorder(data.KindCriterion, ids, c.ID, 1) }},
		{Text: retire, Icon: "clock", Do: func() { s.set(data.KindCriterion, c.ID, data.Values{"retired": retired}) }},
		{Text: lang.T("Remove"), Icon: "x", Do: func() { s.remove(data.KindCriterion, c) }},
	})
}

func (s *Screen) reorder(kind string, list []data.ID, id data.ID, by int) {
	s.h.Act(lang.T("Order changed"), func(ctx context.Context) error { return s.h.App.Process.Reorder(ctx, kind, list, id, by) }, nil)
}

func (s *Screen) set(kind string, id data.ID, v data.Values) {
	s.h.Act(lang.T("Changed"), func(ctx context.Context) error { return s.h.App.Records.Set(ctx, kind, []data.ID{id}, v) }, nil)
}

func (s *Screen) remove(kind string, r data.Row) {
	s.h.Act(lang.T("%s removed", r.Title()), func(ctx context.Context) error { return s.h.App.Records.Remove(ctx, kind, []data.ID{r.ID}) }, nil)
}

// editCriterion asks for a new criterion of the chosen stage, or changes one.
func (s *Screen) editCriterion(c *data.Row) {
	k, err := s.h.App.Records.Kind(data.KindCriterion)
	if err != nil || s.book == nil || s.stage.IsZero() {
		return
	}
	deal, err := s.h.App.Records.Kind(data.KindDeal)
	if err != nil {
		return
	}
	field := kit.Field{Key: "deal_field", Label: lang.T("Deal field"), Kind: kit.FieldChoice, Help: lang.T("Where a filled field meets it")}
	for _, f := range deal.Fields {
		if f.Type != data.TypeInstant && f.Name != "stage" {
			field.Options = append(field.Options, kit.Option{Key: f.Name, Text: lang.T(f.Label)})
		}
	}
	form := kit.RecordForm{
		Title: lang.T("New criterion"), Kind: k, Fields: []string{"name", "gate", "type", "framework", "points", "guidance"}, Row: c,
		Check: checkCriterion,
	}
	if c != nil {
		form.Title, form.What = lang.T("Change %s", c.Title()), lang.T("%s changed", c.Title())
		field.Value = c.Text("field")
	} else {
		form.Preset = &data.Row{Kind: k, Values: data.Values{"gate": data.GateExit, "type": data.CriterionChecklist}, Labels: map[string]string{}}
	}
	form.More = []kit.Field{field}
	stage := s.stage
	form.Keep = func(ctx context.Context, v data.Values, typed kit.Values) error {
		v["field"] = nil
		if name := typed["deal_field"]; name != "" {
			v["field"] = name
		}
		if c != nil {
			return s.h.App.Records.Set(ctx, data.KindCriterion, []data.ID{c.ID}, v)
		}
		n, err := s.h.App.Records.Count(ctx, data.Query{Kind: data.KindCriterion})
		if err != nil {
			return err
		}
		v["stage"], v["position"] = stage, int64(n+1)
		_, err = s.h.App.Records.Add(ctx, data.KindCriterion, v)
		return err
	}
	s.h.ShowRecordForm(form)
}

func checkCriterion(v kit.Values) error {
	switch {
	case v["type"] == data.CriterionField && v["deal_field"] == "":
		return data.FieldErrorf("deal_field", "%s", lang.T("Choose the field that is to be filled in"))
	case v["type"] == data.CriterionFramework && v["framework"] == "":
		return data.FieldErrorf("framework", "%s", lang.T("Choose the framework whose points count"))
	case v["type"] == data.CriterionFramework && v["points"] == "":
		return data.FieldErrorf("points", "%s", lang.T("Say how many points it takes"))
	}
	return nil
}
