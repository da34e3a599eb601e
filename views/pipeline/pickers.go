package pipeline

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// where is what a filter asks of this book.
func (s *Screen) where(ctx context.Context, a around, f filter) ([]data.Filter, error) {
	q := asked{columns: a.columns, today: s.h.App.Today(), digits: s.h.App.Book().Currency.Digits()}
	if f.Fix == fixStalled {
		var err error
		if q.stalled, err = s.h.App.Pipeline.Stalled(ctx); err != nil {
			return nil, err
		}
	}
	return q.where(f), nil
}

// look sets the filter and shows what passes it.
func (s *Screen) look(f filter) {
	s.wants.Filter = f
	s.keep()
	s.Reload(s.h.View())
}

// fixChip switches one thing to mend on and off.
func (s *Screen) fixChip(x fix, n int, w words) fyne.CanvasObject {
	f := s.wants.Filter
	on := f.Fix == x.key
	return newChip(chipOptions{name: x.label, value: w.num.Count(n), on: on, tap: func() {
		if on {
			f.Fix = ""
		} else {
			f.Fix, f.State = x.key, data.StageOpen
		}
		s.look(f)
	}})
}

// blankKey stands in a picker for those without the thing.
const blankKey = "blank"

// choicePicker filters a column by some of a list. Its pop-up stays open, and
// what was picked is looked at as soon as it is picked.
func (s *Screen) choicePicker(key string) *kit.Picker {
	c, _ := columnOf(s.found.columns, key)
	words := map[string]string{"owner": lang.T("Any owner"), "product": lang.T("Any product"), "stage": lang.T("Any stage"), "category": lang.T("Any category")}
	options := s.choices(c)
	p := kit.NewPicker(kit.PickerOptions{Text: words[key], Options: options, Find: lang.T("Find"), OnPick: func(keys []string) {
		s.pickChoice(c, options, keys)
	}})
	f := s.wants.Filter.column(key)
	switch {
	case f.Blank:
		p.SetKeys(blankKey)
	case len(f.Keys) > 0:
		p.SetKeys(f.Keys...)
	}
	return p
}

// anyKey takes a choice back.
const anyKey = "any"

func (s *Screen) pickChoice(c column, options []kit.Option, keys []string) {
	var f columnFilter
	for _, key := range keys {
		switch key {
		case anyKey:
		case blankKey:
			f.Blank = true
		default:
			f.Keys = append(f.Keys, key)
			for _, o := range options {
				if o.Key == key {
					f.Names = append(f.Names, o.Text)
				}
			}
		}
	}
	s.look(s.wants.Filter.with(c.key, f))
}

// choices are what a column may be filtered by.
func (s *Screen) choices(c column) []kit.Option {
	out := []kit.Option{{Key: anyKey, Text: lang.T("Any")}}
	switch c.key {
	case "owner":
		out = append(out, s.found.people...)
	case "product":
		out = append(out, s.found.products...)
	case "stage":
		for _, st := range s.found.stages.pipeline(s.found.pipeline) {
			out = append(out, kit.Option{Key: st.ID.String(), Text: st.Name})
		}
		return out
	case "category":
		stage, _ := data.KindByName(data.KindStage) // whose categories hold all of a deal's
		all, _ := stage.Field("category")
		for _, choice := range all.Choices {
			out = append(out, kit.Option{Key: choice, Text: kit.Capital(choice)})
		}
		return out
	default:
		for _, choice := range c.field.Choices {
			out = append(out, kit.Option{Key: choice, Text: kit.Capital(choice)})
		}
	}
	return append(out, kit.Option{Key: blankKey, Text: lang.T("None")})
}

// closePicker filters by the close day as people plan: by month and quarter.
func (s *Screen) closePicker() fyne.CanvasObject {
	today, cal := s.h.App.Today(), s.h.App.Book().Calendar
	month, quarter := cal.MonthOf(today), cal.QuarterOf(today)
	next := cal.QuarterOf(quarter.To)
	spans := []struct {
		key, text string
		filter    columnFilter
	}{
		{anyKey, lang.T("Any close date"), columnFilter{}},
		{"past", lang.T("Overdue"), columnFilter{To: today.AddDays(-1).String()}},
		{"month", lang.T("This month"), columnFilter{From: month.From.String(), To: month.To.AddDays(-1).String()}},
		{"quarter", lang.T("This quarter"), columnFilter{From: quarter.From.String(), To: quarter.To.AddDays(-1).String()}},
		{"next", lang.T("Next quarter"), columnFilter{From: next.From.String(), To: next.To.AddDays(-1).String()}},
		{"later", lang.T("After that"), columnFilter{From: next.To.String()}},
		{blankKey, lang.T("No close day"), columnFilter{Blank: true}},
	}
	now := s.wants.Filter.column("close")
	var options []kit.Option
	chosen := kit.Option{}
	for _, sp := range spans {
		options = append(options, kit.Option{Key: sp.key, Text: sp.text})
		if sp.filter.From == now.From && sp.filter.To == now.To && sp.filter.Blank == now.Blank {
			chosen = options[len(options)-1]
		}
	}
	if chosen.Key == "" {
		c, _ := columnOf(s.found.columns, "close")
		chosen = kit.Option{Key: "own", Text: s.words().chipText(c, now)}
	}
	p := kit.NewPicker(kit.PickerOptions{Icon: "filter", Options: options, OnPick: func(keys []string) {
		for _, sp := range spans {
			if len(keys) == 1 && keys[0] == sp.key {
				s.look(s.wants.Filter.with("close", sp.filter))
			}
		}
	}})
	p.SetChosen(chosen)
	return p
}

// askFilter is a header's filter: a form for words and ranges.
func (s *Screen) askFilter(key string) {
	c, ok := columnOf(s.found.columns, key)
	if !ok {
		return
	}
	now := s.wants.Filter.column(key)
	var fields []kit.Field
	switch c.ask {
	case askText:
		fields = append(fields, kit.Field{Key: "text", Label: lang.T("Holds these words"), Value: now.Text, Wide: true})
	case askDays:
		fields = append(fields, kit.Field{Key: "from", Label: lang.T("From"), Kind: kit.FieldDay, Value: now.From, Hint: "eoq, +2w"},
			kit.Field{Key: "to", Label: lang.T("Until"), Kind: kit.FieldDay, Value: now.To, Hint: "eoq, +2w"})
	case askAmount:
		fields = append(fields, kit.Field{Key: "from", Label: lang.T("At least"), Kind: kit.FieldNumber, Value: now.From},
			kit.Field{Key: "to", Label: lang.T("At most"), Kind: kit.FieldNumber, Value: now.To})
	case askChoice:
		fields = append(fields, kit.Field{Key: "keys", Label: c.title, Kind: kit.FieldChoice, Options: s.choices(c), Value: first(now.Keys), Wide: true})
	default: // only whether it is there
	}
	if c.ask != askChoice {
		fields = append(fields, kit.Field{Key: "blank", Label: lang.T("Only deals without it"), Kind: kit.FieldBool, Value: boolText(now.Blank), Wide: true})
	}
	s.form(formAsk{title: lang.T("Filter: %s", c.title), save: lang.T("Show"), fields: fields, then: func(v kit.Values) error {
		if c.ask == askChoice {
			s.pickChoice(c, s.choices(c), []string{v["keys"]})
			return nil
		}
		s.look(s.wants.Filter.with(key, columnFilter{Text: v["text"], From: v["from"], To: v["to"], Blank: v.Bool("blank")}))
		return nil
	}})
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func boolText(on bool) string {
	if on {
		return "true"
	}
	return "false"
}
