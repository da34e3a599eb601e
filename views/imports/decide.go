package imports

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// nameShown is a name in a file that nothing has.
type nameShown struct {
	file int
	app.StrangeName
}

// clashShown is a cell that was changed in a file and in the book.
type clashShown struct {
	file int
	app.ImportClash
}

// decide lists what a person may decide of the n-th file, those first that
// resemble something or that nobody has decided yet.
func (p *picture) decide(n int, r *app.FileResult) {
	for _, name := range r.Names {
		p.names = append(p.names, nameShown{n, name})
	}
	for _, c := range r.Clashes {
		p.clashes = append(p.clashes, clashShown{n, c})
	}
	rank := func(x nameShown) int {
		switch {
		case (x.Resembles != "" || x.Aside) && !x.Settled:
			return 0
		case x.Settled:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(p.names, func(a, b nameShown) int { return rank(a) - rank(b) })
}

// Keys of what a name means that is no name.
const (
	keyMakeNew    = "+"
	keyLeaveBlank = "-"
	keyUndecided  = "?"
)

// mostRecords bounds how many records a picker offers at once.
const mostRecords = 40

var nameGrid = grid{{title: "Name in the files", width: 210, grow: 1}, {title: "Names a", width: 72}, {title: "Rows", width: 44, end: true}, {title: "Means", width: 190, grow: 1}}

// names is the one place where all names are settled that nothing has.
func (s *Screen) names() fyne.CanvasObject {
	g := translated(nameGrid)
	var lines []fyne.CanvasObject
	open := 0
	for _, n := range s.shown.names {
		if n.Resembles != "" && !n.Settled {
			open++
		}
		lines = append(lines, s.nameLine(g, n))
	}
	var foot fyne.CanvasObject
	if open > 0 {
		foot = bar(kit.NewButton(kit.ButtonOptions{Text: lang.N("Join %s with what it resembles", "Join %s with what they resemble", open, kit.Thousands(open)), Icon: "check", OnTap: s.joinAll}))
	}
	return container.NewBorder(g.head(), foot, nil, nil, container.NewVScroll(kit.VBox(0, lines...)))
}

func bar(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Pad(kit.Insets{Top: 8, Left: kit.PadPanel, Right: kit.PadPanel, Bottom: 4}, kit.HBox(8, objects...))
}

func (s *Screen) nameLine(g grid, n nameShown) fyne.CanvasObject {
	options := s.nameOptions(n)
	key := keyMakeNew
	switch {
	case n.Aside && !n.Settled:
		key = keyUndecided
	case n.Settled && !n.To.New && n.To.To == "":
		key = keyLeaveBlank
	case n.Settled && !n.To.New:
		key = n.To.To
	}
	p := kit.NewPicker(kit.PickerOptions{
		Options: options, Wide: true, Runner: s.host.Runner, Find: lang.T("Find a record"),
		Search: func(query string) []kit.Option { return s.findRecords(n.Kind, query, options) },
		OnPick: picked(func(key string) { s.setJoin(n, key) }),
	}, key)
	if p.Key() == "" {
		p.SetChosen(kit.Option{Key: key, Text: key})
	}
	name := words(n.Name)
	if (n.Resembles != "" || n.Aside) && !n.Settled {
		text := n.Name
		if n.Resembles != "" {
			text = lang.T("%s, like %s?", n.Name, n.Resembles)
		}
		name = kit.HBox(6, kit.MinBox(fyne.NewSize(kit.IconControl, kit.IconControl), kit.NewIcon("warn", kit.ColorWarn)), kit.Grow(words(text)))
	}
	return g.row(false, nil, name, quiet(singular(n.Kind)), figure(kit.Thousands(n.Rows), kit.ColorFg, false), p)
}

// singular is what one record of a kind is called.
func singular(kind string) string {
	k, err := data.KindByName(kind)
	if err != nil {
		return kind
	}
	return lang.T(k.Label)
}

func (s *Screen) nameOptions(n nameShown) []kit.Option {
	var out []kit.Option
	if n.Aside && !n.Settled {
		out = append(out, kit.Option{Key: keyUndecided, Text: lang.T("Set aside for now")})
	}
	if n.Resembles != "" {
		out = append(out, kit.Option{Key: n.Resembles, Text: n.Resembles, Group: lang.T("It resembles")})
	}
	return append(out, kit.Option{Key: keyMakeNew, Text: lang.T("Make %s", n.Name), Icon: "plus", Group: lang.T("Or")},
		kit.Option{Key: keyLeaveBlank, Text: lang.T("Leave it blank"), Group: lang.T("Or")})
}

// findRecords offers records of a kind whose names hold what was typed.
func (s *Screen) findRecords(kind, query string, first []kit.Option) []kit.Option {
	if query == "" {
		return first
	}
	rows, err := s.host.App.Records.List(s.host.Context, data.Query{Kind: kind, Search: query, Limit: mostRecords})
	if err != nil {
		return first
	}
	var out []kit.Option
	for _, r := range rows {
		out = append(out, kit.Option{Key: r.Title(), Text: r.Title(), Group: lang.T("In the book")})
	}
	return append(out, first...)
}

func joinOf(key string) app.Join {
	switch key {
	case keyMakeNew:
		return app.Join{New: true}
	case keyLeaveBlank:
		return app.Join{}
	}
	return app.Join{To: key}
}

func (s *Screen) setJoin(n nameShown, key string) {
	if key == keyUndecided {
		return
	}
	s.correct(onFile(n.file, func(_ context.Context, f *app.FilePlan) error { return f.SetJoin(n.Kind, n.Name, joinOf(key)) }))
}

// joinAll takes every name for what it resembles, as the person asked.
func (s *Screen) joinAll() {
	for _, n := range s.shown.names {
		if n.Resembles != "" && !n.Settled {
			s.work.later(onFile(n.file, func(_ context.Context, f *app.FilePlan) error {
				return f.SetJoin(n.Kind, n.Name, app.Join{To: n.Resembles})
			}))
		}
	}
	s.Reload(s.host.View())
}

var clashGrid = grid{{title: "Record", width: 120, grow: 1}, {title: "Field", width: 90, grow: 1}, {title: "Was", width: 90, grow: 1}, {title: "Becomes", width: 230, grow: 1}}

// clashes is where it is decided whose value stands.
func (s *Screen) clashes() fyne.CanvasObject {
	g := translated(clashGrid)
	var lines []fyne.CanvasObject
	for _, c := range s.shown.clashes {
		lines = append(lines, s.clashLine(g, c))
	}
	foot := bar(
		kit.NewButton(kit.ButtonOptions{Text: lang.T("All as in the file"), Icon: "file", OnTap: func() { s.settleAll(app.ClashSheet) }}),
		kit.NewButton(kit.ButtonOptions{Text: lang.T("All as in the book"), Icon: "book", OnTap: func() { s.settleAll(app.ClashBook) }}))
	return container.NewBorder(g.head(), foot, nil, nil, container.NewVScroll(kit.VBox(0, lines...)))
}

func (s *Screen) clashLine(g grid, c clashShown) fyne.CanvasObject {
	field := words(c.Column)
	if c.Open {
		field = kit.HBox(6, kit.MinBox(fyne.NewSize(kit.IconControl, kit.IconControl), kit.NewIcon("warn", kit.ColorWarn)), kit.Grow(words(c.Column)))
	}
	options := []kit.Option{
		{Key: app.ClashBook, Text: lang.T("%s, as in the book", dashed(c.Book))},
		{Key: app.ClashSheet, Text: lang.T("%s, as in the file", dashed(c.Sheet))},
	}
	return g.row(false, nil, words(c.Name), field, quiet(dashed(c.Was)), pick(options, c.Took, func(side string) {
		s.correct(onFile(c.file, func(_ context.Context, f *app.FilePlan) error { return f.SettleClash(c.Key, side) }))
	}))
}

// dashed shows a dash for nothing.
func dashed(text string) string {
	if text == "" {
		return kit.EnDash
	}
	return text
}

func (s *Screen) settleAll(side string) {
	for i := range s.shown.files {
		if slices.ContainsFunc(s.shown.clashes, func(c clashShown) bool { return c.file == i }) {
			s.work.later(onFile(i, func(_ context.Context, f *app.FilePlan) error { return f.SetClash(side) }))
		}
	}
	s.Reload(s.host.View())
}
