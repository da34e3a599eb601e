package pipeline

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// tapArea is anything that a click acts on.
type tapArea struct {
	widget.BaseWidget
	content fyne.CanvasObject
	tap     func()
}

func newTapArea(content fyne.CanvasObject, tap func()) *tapArea {
	a := &tapArea{content: content, tap: tap}
	a.ExtendBaseWidget(a)
	return a
}

// CreateRenderer implements fyne.Widget.
func (a *tapArea) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.content) }

// Tapped implements fyne.Tappable.
func (a *tapArea) Tapped(*fyne.PointEvent) {
	if a.tap != nil {
		a.tap()
	}
}

func caption(text string) *kit.Text {
	return kit.NewText(text, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true})
}

// pathPanel shows the stages with the days that the deal spent in each. A
// click on one moves the deal there.
func (f *dealFace) pathPanel() fyne.CanvasObject {
	w, d := f.s.words(), f.story.Deal
	steps := pathOf(f.story, w)
	var boxes []fyne.CanvasObject
	for _, p := range steps {
		boxes = append(boxes, f.pathStep(p))
	}
	var note string
	st := f.s.found.stages.of(d.Ref("stage"))
	switch day := d.Day("close_day"); {
	case st.Type != data.StageOpen:
		note = lang.T("%s on %s", st.Name, w.day(day))
		if reason := d.Text("loss_reason"); reason != "" {
			note += ": " + reason
		}
	case !day.Valid():
		note = lang.T("No close day yet")
	case day < w.today:
		note = lang.T("Expected close %s, %s ago", w.day(day), w.days(int(w.today-day)))
	default:
		note = lang.T("Expected close %s, in %s", w.day(day), w.days(int(day-w.today)))
	}
	var body fyne.CanvasObject = kit.MinBox(fyne.NewSize(0, 40), kit.Columns(6, nil, boxes...))
	if lists := f.checklists(); lists != nil {
		body = kit.VBox(10, body, kit.HLine(kit.ColorLine), lists)
	}
	return kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Stage path"), Caption: pathCaption(f.story, st, w), Note: note,
		Body: body,
	})
}

func pathCaption(story app.DealStory, st app.Stage, w words) string {
	if len(story.Visits) == 0 {
		return ""
	}
	from := story.Visits[0].From
	if engaged := story.Deal.Day("engaged_day"); engaged.Valid() && engaged < from {
		from = engaged // imported deals often have no visits before their close
	}
	until := w.today
	if day := story.Deal.Day("close_day"); st.Type != data.StageOpen && day.Valid() {
		until = day
	}
	return lang.N("%s day from %s", "%s days from %s", int(until-from), w.num.Count(max(0, int(until-from))), w.num.DayYear(from))
}

// pathPart is one stage of the path.
type pathPart struct {
	stage  app.Stage
	detail string
	past   bool
	now    bool
}

// pathOf lines the pipeline's open stages up with the deal's visits; the closed
// stage it ended in comes last.
func pathOf(story app.DealStory, w words) []pathPart {
	last := map[data.ID]app.Visit{}
	for _, v := range story.Visits {
		last[v.Stage] = v
	}
	current := story.Deal.Ref("stage")
	var out []pathPart
	for _, st := range story.Stages {
		p := pathPart{stage: st, now: st.ID == current}
		v, visited := last[st.ID]
		if st.Type != data.StageOpen && !p.now {
			continue
		}
		switch {
		case p.now && st.Type != data.StageOpen:
			p.detail = w.day(story.Deal.Day("close_day"))
		case p.now && visited:
			p.detail = lang.T("since %s, day %s", w.day(v.From), w.num.Count(v.Days(w.today)+1))
		case visited:
			p.past = true
			p.detail = fmt.Sprintf("%s, %s", w.day(v.From), lang.N("%d day", "%d days", v.Days(w.today)))
		case !p.now:
			p.detail = lang.T("%s on entry", w.percent(st.Probability))
		}
		out = append(out, p)
	}
	return out
}

func (f *dealFace) pathStep(p pathPart) fyne.CanvasObject {
	style, ink, small, icon, mark := kit.BoxStyle{Fill: kit.ColorBg, Line: kit.ColorLine2, Radius: kit.RadiusBox}, kit.ColorFg, kit.ColorFg2, "", kit.ColorFg2
	switch {
	case p.now:
		style, ink, small, mark = kit.BoxStyle{Fill: kit.ColorAccent, Radius: kit.RadiusBox}, kit.ColorOn, kit.ColorOn, kit.ColorOn
		icon = map[string]string{data.StageOpen: "flag", data.StageWon: "check", data.StageLost: "x"}[p.stage.Type]
	case p.past:
		style, icon, mark = kit.BoxStyle{Fill: kit.ColorSel, Radius: kit.RadiusBox}, "check", kit.ColorAccent
	}
	words := kit.VBox(0, kit.NewText(p.stage.Name, kit.TextStyle{Bold: true, Color: ink, Cut: true}), kit.NewText(p.detail, kit.TextStyle{Size: kit.SizeCaption, Color: small, Cut: true}))
	row := []fyne.CanvasObject{kit.Grow(words)}
	if icon != "" {
		row = append([]fyne.CanvasObject{kit.NewIcon(icon, mark)}, row...)
	}
	content := container.NewStack(kit.NewBox(style), kit.Pad(kit.Insets{Left: 12, Right: 6, Top: 4, Bottom: 4}, kit.HBox(8, row...)))
	return newTapArea(content, func() {
		if !p.now && !f.s.readOnly() {
			f.s.moveDeal(f.story.Deal, p.stage)
		}
	})
}

// fact is one line of the deal's panel.
type fact struct {
	label, text string
	tag         kit.Tone
	tagged      bool
}

// dealFacts are what the panel says: what a deal always has, then every other
// field that is filled, then its account's.
func (w words) dealFacts(story app.DealStory) []fact {
	d := story.Deal
	orDash := func(text string) string {
		if text == "" {
			return kit.EnDash
		}
		return text
	}
	list := kit.EnDash
	if d.Listed {
		list = w.num.Exact(d.Value)
	}
	out := []fact{{label: lang.T("Product"), text: orDash(d.Labels["product"])}}
	if d.Listed {
		out = append(out, fact{label: lang.T("List price"), text: list})
	}
	out = append(out, fact{label: lang.T("Owner"), text: orDash(d.Labels["owner"])})
	if w.view.HandedOver(d.Ref("owner")) {
		out = append(out, fact{label: lang.T("No longer yours"), text: lang.T("handed over"), tag: kit.ToneWarn, tagged: true})
	}
	if c := d.Text("category"); c != "" {
		out = append(out, fact{label: lang.T("Category"), text: kit.Capital(c), tag: kit.ToneAccent, tagged: true})
	}
	shown := []string{"external_id", "account", "owner", "product", "stage", "close_day", "loss_reason", "amount", "currency", "category", "next_step", "next_step_day"}
	out = append(out, w.filled(d.Row, shown)...)
	if story.Account.Kind != nil {
		out = append(out, fact{label: lang.T("Account"), text: story.Account.Title()})
		for _, name := range []string{"industry", "employees", "country", "city", "phone"} {
			if f, ok := story.Account.Kind.Field(name); ok && story.Account.Has(name) {
				out = append(out, fact{label: lang.T(f.Label), text: w.fieldText(f, story.Account)})
			}
		}
	}
	return out
}

// filled are the fields of a row that hold something, but for those named.
func (w words) filled(row data.Row, but []string) []fact {
	var out []fact
	for _, f := range row.Kind.Fields {
		if text := w.fieldText(f, row); text != "" && !contains(but, f.Name) {
			out = append(out, fact{label: lang.T(f.Label), text: strings.ReplaceAll(text, "\n", " ")})
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

const factHigh = 22

func (f *dealFace) dealPanel() fyne.CanvasObject {
	w, d := f.s.words(), f.story.Deal
	st := f.s.found.stages.of(d.Ref("stage"))
	figure, beside := kit.EnDash, lang.T("no amount and no list price")
	if d.Valued {
		figure, beside = w.num.Exact(d.Value), string(w.num.Currency)
		if st.Type == data.StageOpen {
			beside = lang.T("%s, %s weighted at %s", string(w.num.Currency), w.num.Whole(st.Weighted(d.Value)), w.percent(st.Weight()))
		}
	}
	lines := []fyne.CanvasObject{kit.HBox(8, kit.Title(figure), kit.Grow(caption(beside))), kit.Gap(0, 6)}
	for _, x := range w.dealFacts(f.story) {
		lines = append(lines, kit.HLine(kit.ColorLine), factLine(x))
	}
	lines = append(lines, f.shares()...)
	opts := kit.PanelOptions{Title: lang.T("Deal"), Caption: d.Text("external_id"), Body: kit.VBox(0, lines...)}
	if !f.s.readOnly() {
		opts.Action, opts.OnTap = lang.T("Edit"), func() { f.s.editDeal(f.story.Deal) }
	}
	return kit.NewPanel(opts)
}

func factLine(x fact) fyne.CanvasObject {
	var value fyne.CanvasObject = kit.NewText(x.text, kit.TextStyle{Align: fyne.TextAlignTrailing, Cut: true})
	if x.tagged {
		return kit.MinBox(fyne.NewSize(0, factHigh), kit.HBox(8, kit.Grow(caption(x.label)), kit.NewTag(x.text, x.tag)))
	}
	label := kit.NewText(x.label, kit.TextStyle{Color: kit.ColorFg2})
	return kit.MinBox(fyne.NewSize(0, factHigh), kit.HBox(8, label, kit.Grow(value)))
}

// contactPanel lists who is at the account.
func (f *dealFace) contactPanel() fyne.CanvasObject {
	account := f.story.Account
	opts := kit.PanelOptions{Title: lang.T("Contacts"), Flush: true}
	if account.Kind == nil {
		opts.Body = kit.NewEmpty(kit.EmptyOptions{Icon: "building", Title: lang.T("No account"), Text: lang.T("People belong to an account. Edit the deal to choose one.")})
		return kit.NewPanel(opts)
	}
	opts.Caption = lang.T("%d at %s", len(f.story.Contacts), account.Title())
	if !f.s.readOnly() {
		opts.Action, opts.OnTap = lang.T("Add"), f.addContact
	}
	var rows []fyne.CanvasObject
	for _, c := range f.story.Contacts {
		rows = append(rows, kit.HLine(kit.ColorLine), contactLine(c))
	}
	if len(rows) == 0 {
		opts.Body = kit.NewEmpty(kit.EmptyOptions{Icon: "users", Title: lang.T("Nobody yet"), Text: lang.T("Who decides, who uses it, who blocks it?")})
		return kit.NewPanel(opts)
	}
	opts.Body = container.NewVScroll(kit.VBox(0, rows...))
	return kit.NewPanel(opts)
}

func contactLine(c data.Row) fyne.CanvasObject {
	words := kit.VBox(0, kit.NewText(c.Title(), kit.TextStyle{Cut: true}), caption(c.Text("title")))
	row := []fyne.CanvasObject{kit.NewAvatar(c.Title(), 28), kit.Grow(words)}
	if influence := c.Text("influence"); influence != "" {
		tone := map[string]kit.Tone{"economic buyer": kit.ToneAccent, "champion": kit.ToneGood, "blocker": kit.ToneBad}[influence]
		row = append(row, kit.NewTag(kit.Capital(influence), tone))
	}
	return kit.MinBox(fyne.NewSize(0, 48), kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel, Top: 7, Bottom: 7}, kit.HBox(8, row...)))
}
