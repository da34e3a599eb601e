package settings

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// formWidth and formHeight keep a form that stands on a page readable on a
// wide screen, and give its mistakes room.
const (
	formWidth  = 560
	formHeight = 212
)

// narrow puts an object at the left in the width of a form.
func narrow(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Columns(0, []float32{0, 1}, kit.MinBox(fyne.NewSize(formWidth, 0), o), kit.Space())
}

// factWidth is that of the captions before facts.
const factWidth = 168

// fact is a line of a page: a caption in a column of its own, and what it says.
func fact(name, says string) fyne.CanvasObject {
	label := kit.MinBox(fyne.NewSize(factWidth, kit.HeightRow), kit.NewText(name, kit.TextStyle{Color: kit.ColorFg2}))
	return kit.HBox(8, label, kit.Grow(kit.NewText(says, kit.TextStyle{Cut: true})))
}

// bookPage is the book's name, currency and fiscal year, and what is fixed.
type bookPage struct {
	screen *Screen
	form   *kit.Form
	root   *fyne.Container
}

func newBookPage(s *Screen) *bookPage { return &bookPage{screen: s, root: container.NewStack()} }

func (p *bookPage) content() fyne.CanvasObject { return p.root }

func (p *bookPage) load(ctx context.Context) (func(), error) {
	deals, err := p.screen.host.App.Records.Count(ctx, data.Query{Kind: data.KindDeal})
	return func() { p.show(deals) }, err //nolint:contextcheck // a screen loads in the context of its window, not in that of what set it off
}

func (p *bookPage) show(deals int) {
	b := p.screen.host.App.Book()
	lines := []fyne.CanvasObject{
		fact(lang.T("File"), filepath.Base(b.Path)), fact(lang.T("Folder"), filepath.Dir(b.Path)),
		fact(lang.T("Time zone"), lang.T("%s, fixed when the book was made: its days are counted in it", b.Zone.String())),
		fact(lang.T("Deals"), thousands(strconv.Itoa(deals))),
	}
	if b.Sample {
		lines = append(lines, p.sampleLine())
	}
	if b.ReadOnly {
		lines = append(lines, fact(lang.T("State"), lang.T("Read-only: another window has it open, or the file is protected")))
	}
	p.root.Objects = []fyne.CanvasObject{kit.VBox(kit.GapPanel,
		kit.NewPanel(kit.PanelOptions{Title: lang.T("Name and money"), Caption: lang.T("everyone who shares this book sees the same"), Body: narrow(p.traits(b))}),
		kit.NewPanel(kit.PanelOptions{Title: lang.T("This file"), Body: kit.VBox(0, lines...)}),
	)}
	p.root.Refresh()
}

// traits is the form, or what it would hold where nothing can be changed.
func (p *bookPage) traits(b app.Book) fyne.CanvasObject {
	if b.ReadOnly {
		return kit.VBox(0, fact(lang.T("Name"), b.Name), fact(lang.T("Currency"), string(b.Currency)),
			fact(lang.T("Fiscal year"), lang.T("starts in %s", lang.T(b.Calendar.Start.String()))))
	}
	if p.form == nil || !p.form.Changed() { // what is being typed stays
		p.form = p.newForm(b)
	}
	return kit.MinBox(fyne.NewSize(formWidth, formHeight), p.form)
}

func (p *bookPage) sampleLine() fyne.CanvasObject {
	line := []fyne.CanvasObject{fact(lang.T("Content"), lang.T("A made-up company, labelled as sample data"))}
	if p.screen.writable() {
		line[0] = kit.Grow(line[0])
		line = append(line, kit.NewButton(kit.ButtonOptions{Text: lang.T("Take the label off"), Kind: kit.ButtonLink, OnTap: p.dropLabel}))
	}
	return kit.HBox(8, line...)
}

func (p *bookPage) dropLabel() {
	h := p.screen.host
	h.Act(lang.T("Take the sample label off"), h.App.Settings.DropSampleLabel, nil)
}

func (p *bookPage) newForm(b app.Book) *kit.Form {
	months := make([]kit.Option, 12)
	for i := range months {
		months[i] = kit.Option{Key: strconv.Itoa(i + 1), Text: lang.T(time.Month(i + 1).String())}
	}
	return kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{
			{Key: "name", Label: lang.T("Name of the book"), Required: true, Wide: true, Value: b.Name},
			{Key: "currency", Label: lang.T("Currency"), Required: true, Value: string(b.Currency), Help: lang.T("Every total is in it; amounts stay as they were entered")},
			{Key: "fiscal_start", Label: lang.T("Fiscal year starts in"), Kind: kit.FieldChoice, Options: months, Value: strconv.Itoa(int(b.Calendar.Start))},
		},
		OnSave: p.save,
		OnCancel: func() {
			p.form = nil
			p.screen.Reload(p.screen.host.View())
		},
	})
}

func (p *bookPage) save(v kit.Values) error {
	h := p.screen.host
	month, err := strconv.Atoi(v["fiscal_start"])
	if err != nil {
		return data.FieldErrorf("fiscal_start", "%s", lang.T("Choose one"))
	}
	err = h.App.Settings.SetTraits(h.Context, app.Traits{
		Name: v["name"], Currency: data.Currency(strings.ToUpper(v["currency"])), FiscalStart: time.Month(month),
	})
	if err == nil {
		p.form = nil // the reload that follows shows what was kept
		h.Say(lang.T("The book's settings are saved"))
		p.screen.Reload(h.View())
	}
	return err
}

func (p *bookPage) commands() []kit.Action { return nil }
