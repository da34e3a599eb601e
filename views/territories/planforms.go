package territories

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// primary is the filled button of the map side.
func (p *planner) primary() *kit.Action {
	switch {
	case p.draft():
		return &kit.Action{Text: lang.T("Publish"), Icon: "check", Do: p.askPublish}
	case !p.s.writable() || p.book == nil: // what is in force is not read yet
		return nil
	case !p.chosen.IsZero():
		return &kit.Action{Text: lang.T("Copy to a draft"), Icon: "copy", Do: p.askCopy}
	}
	return &kit.Action{Text: lang.T("New draft"), Icon: "plus", Do: p.askNew}
}

// commands are what else can be done.
func (p *planner) commands() []kit.Action {
	var out []kit.Action
	if !p.s.writable() || p.book == nil {
		return out
	}
	if p.draft() {
		out = append(out,
			kit.Action{Text: lang.T("Add a territory to the plan"), Icon: "plus", Do: func() { p.askTerritory(planning.Territory{}) }},
			kit.Action{Text: lang.T("Edit the plan"), Icon: "edit", Do: p.askEdit},
			kit.Action{Text: lang.T("Place a new hire"), Icon: "user", Do: p.askHire},
			kit.Action{Text: lang.T("How many territories"), Icon: "info", Do: p.showHeads})
		if i := p.targetPlace(); i >= 0 {
			out = append(out, p.aboutTerritory(p.book.Plan.Territories[i])...)
		}
	}
	out = append(out, kit.Action{Text: lang.T("New draft"), Icon: "plus", Do: p.askNew}, kit.Action{Text: lang.T("Choose a list of places"), Icon: "pin", Do: p.askPlaces})
	if !p.chosen.IsZero() {
		out = append(out,
			kit.Action{Text: lang.T("Note on the plan"), Icon: "file", Do: p.askNote},
			kit.Action{Text: lang.T("Compare with what is in force or another plan"), Icon: "spread", Do: func() { p.compare(data.NoID) }},
			kit.Action{Text: lang.T("Letters to everybody concerned"), Icon: "mail", Do: p.askLetters},
			kit.Action{Text: lang.T("Set the plan on paper"), Icon: "print", Do: p.askPaper},
			kit.Action{Text: lang.T("Copy the plan"), Icon: "copy", Do: p.askCopy})
		switch p.book.Info.Status {
		case data.PlanDraft:
			out = append(out, kit.Action{Text: lang.T("Archive the plan"), Icon: "folder", Do: p.archive}, kit.Action{Text: lang.T("Remove the plan"), Icon: "x", Do: p.askRemove})
		case data.PlanArchived:
			out = append(out, kit.Action{Text: lang.T("Reopen the plan"), Icon: "undo", Do: p.reopen}, kit.Action{Text: lang.T("Remove the plan"), Icon: "x", Do: p.askRemove})
		}
	}
	return out
}

func levelOptions(frame string) []kit.Option {
	names := map[string]string{
		"country": lang.T("Countries"), "state": lang.T("States and provinces"), "county": lang.T("Counties"), "zip3": lang.T("ZIP areas, by three digits"), "zip": lang.T("ZIP areas"),
	}
	var out []kit.Option
	for _, level := range app.PlanLevels(frame) {
		out = append(out, kit.Option{Key: level, Text: names[level]})
	}
	return append(out, kit.Option{Key: "accounts", Text: lang.T("Accounts alone"), Detail: lang.T("without areas")})
}

func mixFields(mix planning.Mix) []kit.Field {
	var out []kit.Field
	for _, m := range planning.Measures {
		f := kit.Field{Key: "by_" + string(m), Label: lang.T("Weight of %s", measureWord(m)), Kind: kit.FieldNumber}
		if w := mix[m]; w > 0 {
			f.Value = strconv.FormatFloat(w, 'f', -1, 64)
		}
		out = append(out, f)
	}
	return out
}

func mixOf(v kit.Values) (planning.Mix, error) {
	mix := planning.Mix{}
	for _, m := range planning.Measures {
		key := "by_" + string(m)
		n, err := v.Number(key, 2)
		if err != nil {
			return nil, err
		}
		if n < 0 {
			return nil, data.FieldErrorf(key, "A weight cannot be below 0")
		}
		if n > 0 {
			mix[m] = float64(n) / 100
		}
	}
	if len(mix) == 0 {
		mix[planning.Accounts] = 100
	}
	return mix, nil
}

// usualMix is what a draft is even by unless somebody says otherwise: potential,
// else sales, else the number of accounts, by what the accounts have.
func (p *planner) usualMix() planning.Mix {
	for _, m := range []planning.Measure{planning.Potential, planning.Sales} {
		if p.now != nil && p.now.Division.Total.Of(m) > 0 {
			return planning.Mix{m: 100}
		}
	}
	return planning.Mix{planning.Accounts: 100}
}

// askNew asks how a draft begins.
func (p *planner) askNew() {
	frame := "US"
	if p.book != nil && p.book.Info.Frame != "" {
		frame = p.book.Info.Frame
	}
	level := app.PlanLevels(frame)[0]
	if frame == "US" {
		level = "county"
	}
	fields := []kit.Field{
		{Key: "name", Label: lang.T("Name"), Required: true, Value: lang.T("Draft %s", p.words.Num.DayYear(p.words.Today))},
		{Key: "level", Label: lang.T("Areas"), Kind: kit.FieldChoice, Required: true, Value: level, Options: levelOptions(frame)},
		{Key: "from", Label: lang.T("Begin with"), Kind: kit.FieldChoice, Required: true, Value: "live", Options: []kit.Option{
			{Key: "live", Text: lang.T("What is in force")}, {Key: "blank", Text: lang.T("An empty map")},
		}},
		{Key: "tolerance", Label: lang.T("Band around an even share, in points"), Kind: kit.FieldNumber, Value: "10"},
	}
	var id data.ID
	p.s.host.Ask(kit.Question{
		Title: lang.T("New draft"), Save: lang.T("Begin"), Fields: append(fields, mixFields(p.usualMix())...),
		Keep: func(ctx context.Context, v kit.Values) (err error) {
			n := app.NewPlan{Name: v["name"], Level: v["level"], Frame: frame, Blank: v["from"] == "blank"}
			if n.Level == "accounts" {
				n.Level = ""
			}
			if n.Mix, err = mixOf(v); err != nil {
				return err
			}
			tolerance, err := v.Number("tolerance", 2)
			if err != nil {
				return err
			}
			n.Tolerance = float64(tolerance) / 100
			id, err = p.s.host.App.Plans.Create(ctx, n)
			return err
		},
		Then: func() { p.choose(id) },
	})
}

// askEdit changes what the draft says of itself.
func (p *planner) askEdit() {
	info := p.book.Info
	fields := []kit.Field{
		{Key: "name", Label: lang.T("Name"), Required: true, Value: info.Name},
		{Key: "tolerance", Label: lang.T("Band around an even share, in points"), Kind: kit.FieldNumber, Value: strconv.FormatFloat(info.Tolerance, 'f', -1, 64)},
	}
	fields = append(fields, mixFields(info.Mix)...)
	fields = append(fields, kit.Field{Key: "note", Label: lang.T("Note"), Kind: kit.FieldLong, Value: info.Note})
	p.s.host.Ask(kit.Question{
		Title: info.Name, Save: lang.T("Save"), Fields: fields,
		Keep: func(ctx context.Context, v kit.Values) (err error) {
			info.Name, info.Note = v["name"], v["note"]
			if info.Mix, err = mixOf(v); err != nil {
				return err
			}
			tolerance, err := v.Number("tolerance", 2)
			if err != nil {
				return err
			}
			info.Tolerance = float64(tolerance) / 100
			return p.s.host.App.Plans.Edit(ctx, info)
		},
	})
}

// askNote shows the note of any plan, also of one that may not be changed
// otherwise, and keeps what is written.
func (p *planner) askNote() {
	info := p.book.Info
	if info.ID.IsZero() || !p.s.writable() {
		kit.Confirm(p.s.host.Window, kit.ConfirmOptions{Title: lang.T("Note on the plan"), Text: info.Note, No: lang.T("Close")})
		return
	}
	p.s.host.Ask(kit.Question{
		Title: lang.T("Note on %s", info.Name), Save: lang.T("Save"),
		Fields: []kit.Field{{Key: "note", Label: lang.T("Note"), Kind: kit.FieldLong, Value: info.Note, Wide: true}},
		Keep: func(ctx context.Context, v kit.Values) error {
			info.Note = v["note"]
			return p.s.host.App.Plans.Edit(ctx, info)
		},
	})
}

// listSnapshots shows the drafts as they were before large steps.
func (p *planner) listSnapshots() {
	var dialog *kit.Dialog
	list := kit.NewList(kit.ListOptions{OnOpen: func(key string) {
		dialog.Close()
		if id, err := data.ParseID(key); err == nil {
			p.choose(id)
		}
	}})
	var rows []kit.ListRow
	for _, info := range p.plans {
		if info.Snapshot() {
			rows = append(rows, kit.ListRow{Key: info.ID.String(), Title: info.Name, Icon: "clock"})
		}
	}
	list.SetRows(rows)
	dialog = kit.ShowDialog(p.s.host.Window, kit.DialogOptions{
		Title: lang.T("Drafts as they were before large steps"), Width: 520, Body: kit.MinBox(fyne.NewSize(480, 320), list),
	})
}

func (p *planner) askCopy() {
	from := p.chosen
	var id data.ID
	p.s.host.Ask(kit.Question{
		Title: lang.T("Copy the plan"), Save: lang.T("Copy"),
		Fields: []kit.Field{{Key: "name", Label: lang.T("Name of the copy"), Required: true, Value: lang.T("Copy of %s", p.book.Info.Name), Wide: true}},
		Keep: func(ctx context.Context, v kit.Values) (err error) {
			id, err = p.s.host.App.Plans.Copy(ctx, from, v["name"])
			return err
		},
		Then: func() { p.choose(id) },
	})
}

func (p *planner) archive() {
	id := p.chosen
	p.s.host.Act(lang.T("Archive the plan"), func(ctx context.Context) error { return p.s.host.App.Plans.Archive(ctx, id) }, nil)
}

func (p *planner) reopen() {
	id := p.chosen
	p.s.host.Act(lang.T("Reopen the plan"), func(ctx context.Context) error { return p.s.host.App.Plans.Reopen(ctx, id) }, nil)
}

func (p *planner) askRemove() {
	id, name := p.chosen, p.book.Info.Name
	kit.Confirm(p.s.host.Window, kit.ConfirmOptions{
		Title: lang.T("Remove %s", name), Yes: lang.T("Remove the plan"), Danger: true,
		Text: lang.T("The plan goes with all that stands in it. Accounts and territories in force stay as they are, and undo brings it back."),
		OnYes: func() {
			p.s.host.Act(lang.T("Remove %s", name), func(ctx context.Context) error { return p.s.host.App.Plans.Remove(ctx, id) }, func() { p.choose(data.NoID) })
		},
	})
}

// askTerritory edits a territory of the plan, or adds one.
func (p *planner) askTerritory(t planning.Territory) {
	title, save := t.Name, lang.T("Save")
	if t.ID.IsZero() {
		title, save = lang.T("Add a territory"), lang.T("Add")
	}
	owner := p.s.reference("person", lang.T("Owner"), data.KindPerson, lang.T("Empty is an open seat"))
	if !t.Person.IsZero() {
		owner.Value, owner.Chosen = t.Person.String(), kit.Option{Key: t.Person.String(), Text: t.Owner}
	}
	share := ""
	if t.Share > 0 {
		share = strconv.FormatFloat(t.Share, 'f', -1, 64)
	}
	order := ""
	if t.Rule != "" {
		order = strconv.FormatInt(t.Order, 10)
	}
	var id data.ID
	p.s.host.Ask(kit.Question{
		Title: title, Save: save,
		Fields: []kit.Field{
			{Key: "name", Label: lang.T("Name"), Required: true, Value: t.Name},
			owner,
			{Key: "color", Label: lang.T("Colour"), Kind: kit.FieldChoice, Value: t.Color, Options: colourOptions()},
			{Key: "share", Label: lang.T("Share of a full territory, in percent"), Kind: kit.FieldPercent, Value: share, Hint: "100", Help: lang.T("Less for part-time and new hires")},
			{
				Key: "rule", Label: lang.T("Accounts by rule"), Wide: true, Value: t.Rule, Hint: lang.T("industry is finance and employees at least 500"),
				Help: lang.T("Goes before areas, after accounts by name. Fields of accounts and product; and, or, not, brackets."),
			},
			{Key: "rule_order", Label: lang.T("Order of the rule"), Kind: kit.FieldWhole, Value: order, Help: lang.T("Where two rules claim an account, the lower one has it")},
		},
		Keep: func(ctx context.Context, v kit.Values) error {
			t.Name, t.Person, t.Color, t.Rule = v["name"], v.Ref("person"), v["color"], v["rule"]
			share, err := v.Number("share", 2)
			if err != nil {
				return err
			}
			if share < 0 || share > 50000 {
				return data.FieldErrorf("share", "Write a share between 0 and 500")
			}
			t.Share = float64(share) / 100
			if t.Order, err = v.Whole("rule_order"); err != nil {
				return err
			}
			id, err = p.s.host.App.Plans.SaveTerritory(ctx, p.chosen, t)
			return err
		},
		Then: func() { p.target = id },
	})
}

// askLetters asks for the folder of the letters.
func (p *planner) askLetters() {
	id := p.chosen
	kit.OpenFolder(p.s.host.Window, kit.FileAsk{Title: lang.T("A folder for the letters"), Then: func(path string) {
		var files []string
		p.s.host.Job(lang.T("Write the letters"), func(ctx context.Context, _ func(done, total int64)) (err error) {
			files, err = p.s.host.App.Plans.WriteLetters(ctx, id, data.NoID, path)
			return err
		}, func() {
			p.s.host.Say(lang.N("%d letter is in %s", "%d letters are in %s", len(files), len(files), path))
		})
	}})
}

func (p *planner) askPaper() {
	id, name := p.chosen, p.book.Info.Name
	kit.SaveFile(p.s.host.Window, kit.FileAsk{Title: lang.T("Set the plan on paper"), Name: name + ".pdf", Endings: []string{".pdf"}, Then: func(path string) {
		p.s.host.Job(lang.T("Set the plan on paper"), func(ctx context.Context, _ func(done, total int64)) error {
			return p.s.host.App.Plans.WriteSummary(ctx, id, path)
		}, func() { p.s.host.Say(lang.T("The plan is in %s", path)) })
	}})
}

func colourOptions() []kit.Option {
	return []kit.Option{
		{Key: "#0072B2", Text: lang.T("Blue")},
		{Key: "#E69F00", Text: lang.T("Orange")},
		{Key: "#009E73", Text: lang.T("Green")},
		{Key: "#CC79A7", Text: lang.T("Purple")},
		{Key: "#D55E00", Text: lang.T("Vermilion")},
		{Key: "#F0E442", Text: lang.T("Yellow")},
		{Key: "#56B4E9", Text: lang.T("Sky")},
		{Key: "#555555", Text: lang.T("Grey")},
	}
}

// askPublish asks from when on the plan is in force.
func (p *planner) askPublish() {
	id, name := p.chosen, p.book.Info.Name
	var done app.Published
	p.s.host.Ask(kit.Question{
		Title: lang.T("Publish %s", name), Save: lang.T("Publish"),
		Fields: []kit.Field{
			{Key: "from", Label: lang.T("In force from"), Kind: kit.FieldDay, Required: true, Value: p.words.Today.String(), Help: lang.T("Who covers a territory now, or one that the plan empties, does so to the day before")},
			{Key: "hand_over", Label: lang.T("Handed to the new owner"), Kind: kit.FieldChoice, Required: true, Value: data.HandOverAccounts, Options: []kit.Option{
				{Key: data.HandOverNothing, Text: lang.T("Nothing"), Detail: lang.T("only territories change")},
				{Key: data.HandOverAccounts, Text: lang.T("Accounts")},
				{Key: data.HandOverDeals, Text: lang.T("Accounts and open deals")},
			}},
		},
		Keep: func(ctx context.Context, v kit.Values) error {
			from, err := v.Day("from")
			if err != nil {
				return err
			}
			o := app.Publishing{Plan: id, From: from, HandOver: v["hand_over"] != data.HandOverNothing, OpenDeals: v["hand_over"] == data.HandOverDeals}
			done, err = p.s.host.App.Plans.Publish(ctx, o)
			return err
		},
		Then: func() {
			if done.Waits {
				p.s.host.Say(lang.T("%s is published; accounts move on its first day", name))
				return
			}
			p.s.host.Say(lang.T("%s is in force: %d accounts moved, %d got another owner", name, done.Accounts, done.Owners))
		},
	})
}
