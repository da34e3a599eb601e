package shell

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

const (
	startWide = 640
	startHigh = 72
)

// showStart closes the book and shows the first page: how to begin.
func (sh *shell) showStart() {
	if err := sh.closeSession(); err != nil {
		kit.Failure(sh.window, lang.T("Close the book"), err, nil)
	}
	sh.window.SetTitle("Fieldbook")
	f := newFrame(nil)
	f.title.Objects = []fyne.CanvasObject{kit.HBox(8, kit.Gap(kit.PadPage-8, 0), kit.Title(lang.T("Start")))}
	choices := sh.startChoices()
	lines := []fyne.CanvasObject{
		kit.Title(lang.T("How do you want to start?")),
		kit.NewText(lang.T("A book is one file on this computer. It works without a network."), kit.TextStyle{Color: kit.ColorFg2}),
		kit.Gap(0, 8),
	}
	for i, c := range choices {
		lines = append(lines, newStartChoice(i+1, c))
	}
	column := kit.MinBox(fyne.NewSize(startWide, 0), kit.VBox(8, lines...))
	f.body.Objects = []fyne.CanvasObject{container.NewCenter(column)}
	f.status.SetItems([]kit.StatusItem{{Icon: "book", Text: lang.T("No book open")}})
	sh.showPage(f.root)
	sh.window.Canvas().SetOnTypedRune(func(r rune) {
		if n := int(r - '1'); sh.session == nil && n >= 0 && n < len(choices) {
			choices[n].do()
		}
	})
	sh.renewMenu()
}

// startChoice is one way to begin.
type startChoice struct {
	icon, title, text string
	do                func()
}

func (sh *shell) startChoices() []startChoice {
	return []startChoice{
		{"plus", lang.T("Create a book"), lang.T("An empty book for your team. You name it and choose currency and fiscal year."), sh.askNewBook},
		{"folder", lang.T("Open a book"), lang.T("A book on this computer or in a shared folder. Files end in .book."), sh.askOpenBook},
		{"users", lang.T("Join a team's book"), lang.T("A file that somebody sent you, such as an invitation. Files end in .fieldbook."), sh.askJoin},
		{"building", lang.T("Try the sample company"), lang.T("A made-up company with territories, people, two years of deals and quotas."), sh.openSample},
		{"download", lang.T("Import from my CRM"), lang.T("CSV or Excel files saved from your CRM. You check them before anything is kept."), func() {
			sh.askNewBookThen(func() { sh.session.show("import") })
		}},
	}
}

// choiceCard is one large line of the start page.
type choiceCard struct {
	widget.BaseWidget
	n       int
	choice  startChoice
	hot     bool
	focused bool
}

var (
	_ fyne.Focusable    = (*choiceCard)(nil)
	_ fyne.Tappable     = (*choiceCard)(nil)
	_ desktop.Hoverable = (*choiceCard)(nil)
)

func newStartChoice(n int, c startChoice) *choiceCard {
	card := &choiceCard{n: n, choice: c}
	card.ExtendBaseWidget(card)
	return card
}

// Tapped implements fyne.Tappable.
func (c *choiceCard) Tapped(*fyne.PointEvent) { c.choice.do() }

// MouseIn implements desktop.Hoverable.
func (c *choiceCard) MouseIn(*desktop.MouseEvent) { c.hot = true; c.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (c *choiceCard) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *choiceCard) MouseOut() { c.hot = false; c.Refresh() }

// FocusGained implements fyne.Focusable.
func (c *choiceCard) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost implements fyne.Focusable.
func (c *choiceCard) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *choiceCard) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *choiceCard) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace {
		c.choice.do()
	}
}

// CreateRenderer implements fyne.Widget.
func (c *choiceCard) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{card: c, back: kit.NewBox(kit.BoxStyle{})}
	square := container.NewStack(
		kit.MinBox(fyne.NewSize(36, 36), kit.NewBox(kit.BoxStyle{Fill: kit.ColorSel, Radius: kit.RadiusBox})),
		container.NewCenter(kit.MinBox(fyne.NewSize(18, 18), kit.NewIcon(c.choice.icon, kit.ColorAccent))),
	)
	words := kit.VBox(2, kit.Space(), kit.Strong(c.choice.title), kit.NewText(c.choice.text, kit.TextStyle{Color: kit.ColorFg2, Cut: true}), kit.Space())
	key := container.NewStack(
		kit.NewBox(kit.BoxStyle{Line: kit.ColorLine, Radius: 3}),
		kit.Pad(kit.Insets{Left: 5, Right: 5, Top: 1, Bottom: 1}, kit.NewText(strconv.Itoa(c.n), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2})),
	)
	arrow := kit.MinBox(fyne.NewSize(kit.IconControl, kit.IconControl), kit.NewIcon("chevr", kit.ColorFg2))
	r.line = kit.Pad(kit.Insets{Left: 16, Right: 16}, kit.HBox(12, square, kit.Grow(words), key, arrow))
	r.Refresh()
	return r
}

type choiceRenderer struct {
	card *choiceCard
	back *kit.Box
	line *fyne.Container
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.line.Resize(size)
}

func (r *choiceRenderer) MinSize() fyne.Size { return fyne.NewSize(startWide, startHigh) }

func (r *choiceRenderer) Refresh() {
	style := kit.BoxStyle{Fill: kit.ColorBg, Line: kit.ColorLine2, Radius: kit.RadiusPanel}
	if r.card.hot {
		style.Fill = kit.ColorHover
	}
	if r.card.focused || r.card.n == 1 {
		style.Line, style.Width = kit.ColorAccent, 2
	}
	r.back.SetStyle(style)
}

func (r *choiceRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back, r.line} }

func (r *choiceRenderer) Destroy() {}

func (sh *shell) askNewBook() { sh.askNewBookThen(nil) }

// askNewBookThen asks for a new book's name, currency and fiscal year, makes
// and opens it.
func (sh *shell) askNewBookThen(then func()) {
	months := make([]kit.Option, 12)
	for i := range months {
		months[i] = kit.Option{Key: strconv.Itoa(i + 1), Text: lang.T(time.Month(i + 1).String())}
	}
	form := kit.NewForm(kit.FormOptions{
		Save: lang.T("Create the book"),
		Fields: []kit.Field{
			{Key: "name", Label: lang.T("Name of the book"), Kind: kit.FieldText, Required: true, Wide: true},
			{Key: "as", Label: lang.T("Your name"), Kind: kit.FieldText, Hint: lang.T("Optional; your edits carry it")},
			{Key: "role", Label: lang.T("Your role"), Kind: kit.FieldChoice, Value: data.RoleManager, Options: []kit.Option{
				{Key: data.RoleManager, Text: lang.T("Manager")}, {Key: data.RoleLead, Text: lang.T("Regional lead")}, {Key: data.RoleRep, Text: lang.T("Rep")},
			}},
			{Key: "currency", Label: lang.T("Currency"), Kind: kit.FieldText, Required: true, Value: "USD"},
			{Key: "fiscal", Label: lang.T("Fiscal year starts in"), Kind: kit.FieldChoice, Options: months, Value: "1"},
		},
		OnSave: func(v kit.Values) error { return sh.createBook(v, then) },
	})
	kit.ShowForm(sh.window, lang.T("Create a book"), form)
}

func (sh *shell) createBook(v kit.Values, then func()) error {
	month, err := strconv.Atoi(v["fiscal"])
	if err != nil {
		month = 1
	}
	book := app.NewBook{
		Name: strings.TrimSpace(v["name"]), Currency: data.Currency(strings.ToUpper(strings.TrimSpace(v["currency"]))),
		FiscalStart: time.Month(month), Zone: sh.opts.Zone, As: strings.TrimSpace(v["as"]),
	}
	if book.As != "" {
		book.Role = v["role"]
	}
	path := filepath.Join(sh.opts.Folder, app.FileName(book.Name)+".book")
	a, err := app.Create(sh.ctx, path, book, sh.opts.Config)
	if err != nil {
		return err
	}
	sh.take(func(context.Context) (*app.App, error) { return a, nil }, then)
	return nil
}

// sampleFile is the name of the sample company's book.
const sampleFile = "Sample company.book"

// openSample opens the sample company, made at the first time.
func (sh *shell) openSample() {
	path := filepath.Join(sh.opts.Folder, sampleFile)
	sh.take(func(ctx context.Context) (*app.App, error) {
		if a, err := app.Open(ctx, path, sh.opts.Config); data.KindOf(err) != data.NotFound || err == nil {
			return a, err
		}
		return app.Create(ctx, path, app.NewBook{Name: lang.T("Sample company"), Currency: "USD", FiscalStart: time.January, Zone: sh.opts.Zone}, sh.opts.Config)
	}, func() {
		s := sh.session
		if s.app.Book().Sample {
			return
		}
		s.host.Job(lang.T("Make the sample company"), func(ctx context.Context, progress func(done, total int64)) error {
			return s.app.Sample(ctx, app.SampleOptions{}, progress)
		}, nil)
	})
}
