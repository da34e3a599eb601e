package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// stagesPage is the stages of one pipeline at a time.
type stagesPage struct {
	*recordPage
	picker   *kit.Picker
	pipeline data.ID
}

func newStagesPage(s *Screen) *stagesPage {
	p := &stagesPage{}
	p.picker = kit.NewPicker(kit.PickerOptions{Icon: "pipeline", Text: lang.T("Pipeline"), OnPick: p.pick})
	p.recordPage = newRecordPage(s, recordSpec{
		title: lang.T("Pipelines and stages"), caption: lang.T("the steps of a sale, in order"), add: lang.T("Add a stage"),
		columns: []kit.Column{
			{Key: "name", Title: lang.T("Stage"), Width: 180, Grow: 1},
			{Key: "type", Title: lang.T("Meaning"), Width: 120},
			{Key: "probability", Title: lang.T("Probability"), Width: 90, Align: fyne.TextAlignTrailing},
			{Key: "days", Title: lang.T("Expected days"), Width: 110, Align: fyne.TextAlignTrailing},
			{Key: "category", Title: lang.T("Forecast category"), Width: 140},
		},
		empty: kit.EmptyOptions{Icon: "pipeline", Title: lang.T("No stages"), Text: lang.T("A pipeline is the steps that a sale goes through."), Step: lang.T("Add a stage"), StepIcon: "plus"},
		list:  p.list, row: stageRow, form: stageForm, save: p.saveStage,
		remove: func(ctx context.Context, row data.Row) error { return s.host.App.Settings.RemoveStage(ctx, row.ID) },
		more: []kit.Action{
			{Text: lang.T("Move up"), Icon: "chevu", Do: func() { p.move(-1) }},
			{Text: lang.T("Move down"), Icon: "chev", Do: func() { p.move(1) }},
		},
		above: p.picker,
	})
	return p
}

// list reads the stages of the pipeline that was picked, else of the first.
func (p *stagesPage) list(ctx context.Context) ([]data.Row, error) {
	a := p.screen.host.App
	return a.Settings.Stages(ctx, p.pipeline)
}

func (p *stagesPage) load(ctx context.Context) (func(), error) {
	pipelines, err := p.screen.host.App.Records.List(ctx, data.Query{Kind: data.KindPipeline, Sort: []data.Sort{{Field: "position"}}})
	if err != nil {
		return nil, err
	}
	options := make([]kit.Option, len(pipelines))
	pipeline := data.NoID
	for i, r := range pipelines {
		options[i] = kit.Option{Key: r.ID.String(), Text: r.Title()}
		if i == 0 || r.ID == p.pipeline {
			pipeline = r.ID
		}
	}
	p.pipeline = pipeline
	show, err := p.recordPage.load(ctx)
	return func() {
		p.picker.SetOptions(options)
		p.picker.SetKeys(pipeline.String())
		show()
	}, err
}

func (p *stagesPage) pick(keys []string) {
	if len(keys) != 1 {
		return
	}
	if id, err := data.ParseID(keys[0]); err == nil {
		p.pipeline = id
		p.screen.Reload(p.screen.host.View())
	}
}

func (p *stagesPage) commands() []kit.Action {
	acts := p.recordPage.commands()
	if acts == nil {
		return nil
	}
	return append(acts,
		kit.Action{Text: lang.T("Add a pipeline"), Icon: "plus", Do: p.addPipeline},
		kit.Action{Text: lang.T("Rename the pipeline"), Icon: "edit", Do: p.renamePipeline},
	)
}

func (p *stagesPage) addPipeline() {
	h := p.screen.host
	form := kit.NewForm(kit.FormOptions{
		Save:   lang.T("Add the pipeline"),
		Fields: []kit.Field{{Key: "name", Label: lang.T("Name"), Required: true, Wide: true, Help: lang.T("It starts with one open stage, Won and Lost.")}},
		OnSave: func(v kit.Values) error {
			id, err := h.App.Settings.AddPipeline(h.Context, v["name"])
			if err == nil {
				p.pipeline = id
			}
			return err
		},
	})
	kit.ShowForm(h.Window, lang.T("Add a pipeline"), form)
}

func (p *stagesPage) renamePipeline() {
	h, id := p.screen.host, p.pipeline
	form := kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{{Key: "name", Label: lang.T("Name"), Required: true, Wide: true, Value: p.picker.Label()}},
		OnSave: func(v kit.Values) error {
			return h.App.Records.Set(h.Context, data.KindPipeline, []data.ID{id}, data.Values{"name": v["name"]})
		},
	})
	kit.ShowForm(h.Window, lang.T("Rename the pipeline"), form)
}

func (p *stagesPage) move(by int) {
	row, ok := p.chosen()
	if !ok {
		return
	}
	p.screen.host.Act(lang.T("Move stage %s", row.Title()), func(ctx context.Context) error {
		return p.screen.host.App.Settings.MoveStage(ctx, row.ID, by)
	}, nil)
}

func stageForm(row *data.Row) []kit.Field {
	kind := data.StageOpen
	category := data.CategoryPipeline
	if row != nil {
		kind, category = row.Text("type"), row.Text("category")
	}
	types := []kit.Option{}
	for _, t := range []string{data.StageOpen, data.StageWon, data.StageLost} {
		types = append(types, kit.Option{Key: t, Text: stageTypeWord(t)})
	}
	categories := []kit.Option{}
	for _, c := range []string{data.CategoryOmitted, data.CategoryPipeline, data.CategoryBestCase, data.CategoryCommit, data.CategoryClosed} {
		categories = append(categories, kit.Option{Key: c, Text: sentence(c)})
	}
	return []kit.Field{
		{Key: "name", Label: lang.T("Name"), Required: true, Value: value(row, "name")},
		{Key: "type", Label: lang.T("Meaning"), Kind: kit.FieldChoice, Required: true, Options: types, Value: kind},
		{Key: "probability", Label: lang.T("Probability"), Kind: kit.FieldPercent, Value: value(row, "probability"), Help: lang.T("How often deals in this stage are won, 0 to 100")},
		{Key: "expected_days", Label: lang.T("Expected days"), Kind: kit.FieldWhole, Value: value(row, "expected_days"), Help: lang.T("After more days here a deal counts as stalled, until 20 deals have shown what is usual")},
		{Key: "category", Label: lang.T("Forecast category"), Kind: kit.FieldChoice, Options: categories, Value: category},
	}
}

func (p *stagesPage) saveStage(ctx context.Context, row *data.Row, v kit.Values) error {
	a := p.screen.host.App
	values, err := a.Records.Parse(ctx, data.KindStage, v)
	if err != nil {
		return err
	}
	if row != nil {
		return a.Settings.SetStage(ctx, row.ID, values)
	}
	_, err = a.Settings.AddStage(ctx, p.pipeline, values)
	return err
}
