package imports

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// howShown is what an import does with the rows of a file.
type howShown struct {
	mode, blank, clash string
	own, versions      bool // the book exported the file; its rows carry versions
	key                []string
	keys               []kit.Option // fields by which records can be found
	stageless          int          // rows without a stage
	into               string       // the stage for them
	stages             []kit.Option // to choose from

	asOf, dated data.Day // the day that it tells of, and that in its name; NoDay is today, none
}

func drawHow(f *app.FilePlan) howShown {
	h := howShown{mode: cmp.Or(f.Mode, app.ModeBoth), blank: f.Blank, clash: f.Clash, key: f.Key, own: f.Source == app.SourceOwn, asOf: f.AsOf, dated: f.Dated}
	h.versions = h.own && f.Versioned()
	h.drawStageless(f)
	if h.blank == "" {
		h.blank = app.BlankLeave
		if h.versions {
			h.blank = keyAsEdited
		}
	}
	for _, x := range f.KeyChoices() {
		h.keys = append(h.keys, kit.Option{Key: x.Name, Text: lang.T(x.Label)})
	}
	return h
}

// drawStageless says into which stage deals go of which the file tells none.
func (h *howShown) drawStageless(f *app.FilePlan) {
	rows, stage, aside := f.Stageless()
	if h.stageless = rows; rows == 0 {
		return
	}
	h.into = keyFirstOpen
	h.stages = []kit.Option{{Key: keyFirstOpen, Text: lang.T("The first open stage of their pipeline")}}
	for _, s := range f.StagelessChoices() {
		h.stages = append(h.stages, kit.Option{Key: s.Stage.String(), Text: s.Label, Detail: s.In})
	}
	h.stages = append(h.stages, kit.Option{Key: keyAside, Text: lang.T("None: set the rows aside"), Group: lang.T("Or")})
	switch {
	case aside:
		h.into = keyAside
	case !stage.IsZero():
		h.into = stage.String()
	}
}

// Keys of what becomes of deals without a stage, besides ids of stages.
const (
	keyFirstOpen = "first"
	keyAside     = "aside"
)

func (s *Screen) setStageless(n int, key string) {
	s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error {
		switch key {
		case keyFirstOpen:
			return f.SetStageless(data.NoID)
		case keyAside:
			f.SetStagelessAside()
			return nil
		}
		stage, err := data.ParseID(key)
		if err != nil {
			return err
		}
		return f.SetStageless(stage)
	}))
}

// keyAsEdited stands for blanks of a file that carries versions: what was
// cleared in it is cleared.
const keyAsEdited = "edited"

// how asks what an import does with the rows of the chosen file.
func (s *Screen) how() fyne.CanvasObject {
	n, h := s.file, s.shown.files[s.file].how
	rows := []fyne.CanvasObject{
		choice(lang.T("Rows and records"), pick([]kit.Option{
			{Key: app.ModeBoth, Text: lang.T("Make new ones and change those there")},
			{Key: app.ModeCreate, Text: lang.T("Only make new ones")},
			{Key: app.ModeUpdate, Text: lang.T("Only change those there")},
		}, h.mode, func(key string) {
			s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetMode(key) }))
		}), lang.T("What is there can be left as it is, and what is new set aside.")),
		choice(lang.T("A blank cell"), pick(blanks(h), h.blank, func(key string) {
			if key == keyAsEdited {
				key = ""
			}
			s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetBlank(key) }))
		}), lang.T("It never takes what the row above has.")),
	}
	if h.own {
		rows = append(rows, choice(lang.T("Changed here and there"), pick([]kit.Option{
			{Key: "list", Text: lang.T("Ask me, and leave the book's until then")},
			{Key: app.ClashSheet, Text: lang.T("Take the file's")},
			{Key: app.ClashBook, Text: lang.T("Keep the book's")},
		}, cmp.Or(h.clash, "list"), func(key string) {
			if key == "list" {
				key = ""
			}
			s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetClash(key) }))
		}), lang.T("The book exported this file: its rows are found by their ids, and edits meet cell by cell.")))
	} else {
		p := kit.NewPicker(kit.PickerOptions{Options: h.keys, Text: lang.T("Their id, else their name"), Wide: true, Multi: true, OnPick: func(keys []string) {
			s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetKey(keys) }))
		}}, h.key...)
		if len(h.keys) == 0 {
			p.Disable()
		}
		rows = append(rows, choice(lang.T("Find records by"), p, lang.T("Rows whose record several have, or that lack it, are set aside.")))
	}
	if h.stageless > 0 {
		rows = append(rows, choice(lang.T("Deals without a stage"), pick(h.stages, h.into, func(key string) { s.setStageless(n, key) }),
			lang.N("%s row has none; deals of the book keep theirs.", "%s rows have none; deals of the book keep theirs.", h.stageless, kit.Thousands(h.stageless))))
	}
	if w := s.shown.files[n].writing; w.Coin != "" {
		rows = append(rows, choice(lang.T("Amounts without a sign"), pick(plain(w.Coins), w.Coin, func(key string) { s.setCoin(n, key) }),
			lang.T("The currency of amounts that do not name theirs.")))
	}
	rows = append(rows, choice(lang.T("It tells of"), pick(days(h), dayKey(h.asOf), func(key string) { s.setAsOf(n, key) }),
		lang.T("What it changes is history of that day.")))
	return kit.Pad(kit.Insets{Top: 8, Left: kit.PadPanel, Right: kit.PadPanel}, kit.VBox(12, rows...))
}

// Keys of the day that a file tells of.
const (
	keyToday = "today"
	keyOther = "other"
)

func dayKey(day data.Day) string {
	if !day.Valid() {
		return keyToday
	}
	return day.String()
}

func days(h howShown) []kit.Option {
	out := []kit.Option{{Key: keyToday, Text: lang.T("Today")}}
	for _, day := range []data.Day{h.dated, h.asOf} {
		if day.Valid() && out[len(out)-1].Key != day.String() {
			one := kit.Option{Key: day.String(), Text: kit.DateStyle{}.Format(day)}
			if day == h.dated {
				one.Detail = lang.T("in its name")
			}
			out = append(out, one)
		}
	}
	return append(out, kit.Option{Key: keyOther, Text: lang.T("Another day…"), Icon: "cal"})
}

func (s *Screen) setAsOf(n int, key string) {
	set := func(day data.Day) {
		s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetAsOf(day) }))
	}
	switch key {
	case keyToday:
		set(data.NoDay)
		return
	case keyOther:
	default:
		if day, err := data.ParseDay(key); err == nil {
			set(day)
		}
		return
	}
	form := kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{{Key: "day", Label: lang.T("Day"), Kind: kit.FieldDay, Required: true, Help: lang.T("The day on which the file was written.")}},
		Today:  s.host.View().Today, Runner: s.host.Runner, Save: lang.T("Use this day"), Style: kit.DateStyle{Calendar: s.host.App.Book().Calendar},
		OnSave: func(v kit.Values) error {
			day, err := v.Day("day")
			if err != nil {
				return err
			}
			if day > s.host.View().Today {
				return data.FieldErrorf("day", "%s", lang.T("a file tells of today or of an earlier day"))
			}
			return nil
		},
		Then: func(v kit.Values) {
			if day, err := v.Day("day"); err == nil {
				set(day)
			}
		},
	})
	kit.ShowForm(s.host.Window, lang.T("Of which day does the file tell?"), form)
}

func blanks(h howShown) []kit.Option {
	out := []kit.Option{{Key: app.BlankLeave, Text: lang.T("leaves what the record has")}, {Key: app.BlankClear, Text: lang.T("clears what the record has")}}
	if h.versions {
		out = append(out, kit.Option{Key: keyAsEdited, Text: lang.T("clears it where somebody cleared it in the file")})
	}
	return out
}

// choice is a line with its name before and what it means below.
func choice(name string, field fyne.CanvasObject, means string) fyne.CanvasObject {
	line := kit.HBox(8, kit.MinBox(fyne.NewSize(150, 0), kit.NewText(name, kit.TextStyle{})), kit.Grow(field))
	return kit.VBox(3, line, kit.HBox(8, kit.MinBox(fyne.NewSize(150, 0)), kit.Grow(quietCaption(means))))
}
