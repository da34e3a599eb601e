package kit

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// PaneText is what a chart or card is called where it is chosen; the name itself
// for one that a newer Fieldbook made.
func PaneText(name string) string {
	text := map[string]string{
		report.CardWon: lang.T("Won"), report.CardAttainment: lang.T("Attainment"), report.CardLeft: lang.T("Left to quota"), report.CardCoverage: lang.T("Coverage"),
		report.CardWinRate: lang.T("Win rate"), report.CardDealSize: lang.T("Average won deal"), report.CardCycle: lang.T("Sales cycle"),
		report.CardOpen: lang.T("Open value in period"), report.CardVelocity: lang.T("Velocity per day"),
		app.PaneGauge: lang.T("Gauge against quota"), app.PaneAttainment: lang.T("Attainment against quota"), app.PaneMeasures: lang.T("Against targets"),
		app.PaneBands: lang.T("Attainment bands"), app.PaneLeaders: lang.T("Leaderboard"), app.PaneRunning: lang.T("Won, running total"), app.PaneMonths: lang.T("Won by month"),
		app.PaneMix: lang.T("What was won, by month"), app.PaneEach: lang.T("Won by month, each"), app.PaneFunnel: lang.T("Funnel"), app.PaneRates: lang.T("Win rates"),
		app.PaneStages: lang.T("Open deals by stage"), app.PaneSizes: lang.T("Win rate and deal size"), app.PaneCustomers: lang.T("Customers by won value"),
		app.PaneProducts: lang.T("Products by won value"), app.PaneLoad: lang.T("Open deals, person by stage"), app.PaneCycles: lang.T("Sales cycle, spread"),
		app.PaneFlow: lang.T("What became of open deals"), app.PaneActivity: lang.T("Activity"),
		app.PaneReasons: lang.T("Why deals were lost"), app.PaneRivals: lang.T("Win rate by competitor"), app.PaneMarkets: lang.T("Win rate by segment"), app.PaneBySize: lang.T("Win rate by size of deal"),
		app.PaneQuarters: lang.T("Won against quota by quarter"), app.PaneCourse: lang.T("On the way"), app.PaneChanges: lang.T("What changed in the open value"),
		app.PaneGoal: lang.T("From won to the goal"),
	}[name]
	if text == "" {
		return name
	}
	return text
}

// PaneChoices are all cards and charts to choose from.
func PaneChoices() []Option {
	var out []Option
	for _, k := range app.PaneKinds() {
		group := lang.T("Charts")
		if k.Card {
			group = lang.T("Cards")
		}
		out = append(out, Option{Key: k.Name, Text: PaneText(k.Name), Group: group})
	}
	return out
}

// PaneFields ask by what a card or chart is grouped and what it is compared with;
// none where it offers neither. AskOf reads them.
func PaneFields(ask app.PaneAsk) []Field {
	kind, _ := app.PaneNamed(ask.Name)
	var out []Field
	if len(kind.By) > 1 {
		f := Field{Key: "by", Label: lang.T("Group"), Kind: FieldChoice, Value: string(ask.By)}
		for _, by := range kind.By {
			f.Options = append(f.Options, Option{Key: string(by), Text: ByText(by)})
		}
		if f.Value == "" {
			f.Value = f.Options[0].Key
		}
		out = append(out, f)
	}
	if len(kind.Against) > 0 {
		f := Field{Key: "against", Label: lang.T("Compare with"), Kind: FieldChoice, Value: ask.Against}
		for _, key := range append([]string{""}, kind.Against...) {
			f.Options = append(f.Options, Option{Key: key, Text: againstText(key)})
		}
		out = append(out, f)
	}
	return out
}

// AskOf is what PaneFields were filled with.
func AskOf(ask app.PaneAsk, v Values) app.PaneAsk {
	ask.By, ask.Against = metrics.By(v["by"]), v["against"]
	return ask
}

// ByText is a grouping as a menu names it.
func ByText(by metrics.By) string {
	return map[metrics.By]string{
		metrics.ByPerson: lang.T("By person"), metrics.ByManager: lang.T("By manager"), metrics.ByRegion: lang.T("By region"),
		metrics.ByProduct: lang.T("By product"), metrics.BySector: lang.T("By sector"),
	}[by]
}

func againstText(against string) string {
	return map[string]string{
		"": lang.T("Nothing else"), app.AgainstBefore: lang.T("Last period"), app.AgainstYear: lang.T("Last year"), app.AgainstQuota: lang.T("Quota"),
	}[against]
}

// PaneView shows one card or chart of app.Panes: its marks open their records, its
// menu compares and groups. A chart has its title in a panel around it.
type PaneView struct {
	host   *Host
	ask    app.PaneAsk
	pane   app.Pane
	query  app.FigureQuery
	change func(app.PaneAsk)
	more   func() []*fyne.MenuItem
	chart  *ChartView
	panel  *Panel
	card   *Card
	title  string // instead of the chart's own
}

// PaneOptions describes a PaneView. Change hears what its menu asks for and loads
// it; More adds lines to the menu.
type PaneOptions struct {
	Ask    app.PaneAsk
	Min    fyne.Size
	Body   func(chart fyne.CanvasObject) fyne.CanvasObject // what its panel holds; nil is the chart
	Change func(app.PaneAsk)
	More   func() []*fyne.MenuItem
	Flush  bool   // its panel leaves no room around what it holds
	Action string // a link in the panel's head, which does OnTap
	OnTap  func()
}

// Pane returns a view of a card or chart that shows nothing until Set.
func (h *Host) Pane(opts PaneOptions) *PaneView {
	v := &PaneView{host: h, ask: opts.Ask, change: opts.Change, more: opts.More}
	kind, known := app.PaneNamed(opts.Ask.Name)
	if kind.Card {
		v.card = NewCard(CardData{Name: PaneText(opts.Ask.Name)}, func() {
			if v.pane.Card != nil {
				v.open(v.pane.Card.Key)
			}
		})
		return v
	}
	if opts.Min.IsZero() {
		opts.Min = fyne.NewSize(120, 80)
	}
	chartOpts := ChartOptions{Min: opts.Min, OnOpen: v.open, More: v.menu}
	if known && len(kind.Against) > 0 && v.change != nil {
		for _, key := range append([]string{""}, kind.Against...) {
			chartOpts.Compare = append(chartOpts.Compare, Option{Key: key, Text: againstText(key)})
		}
		chartOpts.OnCompare = func(key string) {
			v.ask.Against = key
			v.change(v.ask)
		}
	}
	v.chart = h.ChartWith(chartOpts)
	body := fyne.CanvasObject(v.chart)
	if opts.Body != nil {
		body = opts.Body(body)
	}
	v.panel = NewPanel(PanelOptions{Title: PaneText(opts.Ask.Name), Flush: opts.Flush, Body: body, Action: opts.Action, OnTap: opts.OnTap})
	return v
}

// Object is the card, or the chart in its panel.
func (v *PaneView) Object() fyne.CanvasObject {
	if v.card != nil {
		return v.card
	}
	return v.panel
}

// Chart is the chart, nil of a card.
func (v *PaneView) Chart() *ChartView { return v.chart }

// Spec is the chart that is shown, nil of a card or before there is one.
func (v *PaneView) Spec() report.Spec { return v.pane.Spec }

// Ask is what the pane asks for.
func (v *PaneView) Ask() app.PaneAsk { return v.ask }

// SetTitle writes something else than what the chart is called over it.
func (v *PaneView) SetTitle(text string) { v.title = text }

// SetAsk asks for something else; the screen loads it.
func (v *PaneView) SetAsk(ask app.PaneAsk) { v.ask = ask }

// Set shows a pane that was made for a view.
func (v *PaneView) Set(p app.Pane, q app.FigureQuery) {
	v.pane, v.query = p, q
	if v.card != nil {
		if c := p.Card; c != nil {
			v.card.Set(CardData{Name: c.Name, Figure: c.Text, Caption: c.Sub, Change: c.Change, Trend: trendOf(c.Sign), Tone: toneOf(c.Tone), Spark: c.Spark})
		}
		return
	}
	if p.Spec == nil {
		v.panel.SetCaption(lang.T("A newer Fieldbook draws this"))
		return
	}
	head := p.Spec.Describe()
	title := head.Title
	if v.title != "" {
		title = v.title
	}
	v.panel.SetTitle(title)
	v.panel.SetCaption(v.host.View().Holds(head.Caption()))
	v.panel.SetNote(head.Right)
	v.chart.SetCompare(p.Against)
	v.chart.SetSpec(p.Spec)
}

func trendOf(s report.Sign) float64 {
	return map[report.Sign]float64{report.Up: 1, report.Down: -1}[s]
}

func toneOf(t report.Tone) Tone {
	return map[report.Tone]Tone{report.Good: ToneGood, report.Bad: ToneBad, report.Warn: ToneWarn}[t]
}

// open shows the records behind a mark.
func (v *PaneView) open(key string) {
	if l, ok := v.pane.Links.Find(key); ok {
		v.host.OpenPaneLink(v.query, l)
	}
}

// menu is what the pane can be grouped by, and what its place adds.
func (v *PaneView) menu() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	if kind, _ := app.PaneNamed(v.ask.Name); len(kind.By) > 1 && v.change != nil {
		group := fyne.NewMenuItem(lang.T("Group"), nil)
		group.ChildMenu = fyne.NewMenu("")
		for _, by := range kind.By {
			item := fyne.NewMenuItem(ByText(by), func() {
				v.ask.By = by
				v.change(v.ask)
			})
			item.Checked = by == v.pane.By
			group.ChildMenu.Items = append(group.ChildMenu.Items, item)
		}
		items = append(items, group)
	}
	if (v.ask.Name == app.PaneFlow || v.ask.Name == app.PaneChanges) && v.change != nil {
		items = append(items, v.sinceMenu())
	}
	items = append(items, v.host.AddTo(v.Ask)...)
	if v.more != nil {
		items = append(items, v.more()...)
	}
	return items
}

// sinceMenu is how far back a flow begins.
func (v *PaneView) sinceMenu() *fyne.MenuItem {
	since := fyne.NewMenuItem(lang.T("Since"), nil)
	since.ChildMenu = fyne.NewMenu("")
	for _, back := range []struct {
		days int
		text string
	}{{0, lang.T("The period began")}, {7, lang.T("A week ago")}, {30, lang.T("30 days ago")}, {90, lang.T("90 days ago")}, {365, lang.T("A year ago")}} {
		item := fyne.NewMenuItem(back.text, func() {
			v.ask.Days = back.days
			v.change(v.ask)
		})
		item.Checked = back.days == v.pane.Days
		since.ChildMenu.Items = append(since.ChildMenu.Items, item)
	}
	since.ChildMenu.Items = append(since.ChildMenu.Items, fyne.NewMenuItem(lang.T("A day…"), v.askSince))
	return since
}

// askSince asks for the day on which a flow begins; it ends on the day that the
// title row has chosen.
func (v *PaneView) askSince() {
	until := v.host.View().AsOf
	v.host.Ask(Question{
		Title: lang.T("Since which day"), Save: lang.T("Show"),
		Fields: []Field{{Key: "day", Label: lang.T("First day"), Kind: FieldDay, Required: true, Help: lang.T("The last one is the day of the title row, %s.", v.host.NumbersOf().DayYear(until))}},
		Keep: func(_ context.Context, values Values) error {
			day, err := values.Day("day")
			if err != nil {
				return err
			}
			if day >= until {
				return data.FieldErrorf("day", "Choose a day before %s", until)
			}
			v.ask.Days = int(until - day)
			return nil
		},
		Then: func() { v.change(v.ask) },
	})
}

// Menu is the whole menu, for a button or for a card, which has none of its own.
func (v *PaneView) Menu() []*fyne.MenuItem {
	if v.chart != nil {
		return v.chart.menu()
	}
	return v.menu()
}

// OpenPaneLink shows the records that a mark of a pane opens: deals on Pipeline,
// activities in a list that leads to what they were done for.
func (h *Host) OpenPaneLink(q app.FigureQuery, l app.PaneLink) {
	if l.Kind == data.KindActivity {
		h.showActivities(l)
		return
	}
	arrive := func(keys []data.Key) {
		h.Go(Target{Screen: "pipeline", Kind: data.KindDeal, Keys: keys, Title: l.Title})
	}
	if l.Behind == nil {
		arrive(l.Keys)
		return
	}
	var keys []data.Key
	h.Act(l.Title, func(ctx context.Context) error {
		var err error
		keys, err = h.App.Performance.Deals(ctx, q, l.Behind...)
		return err
	}, func() { arrive(keys) })
}

// mostActivities is how many of a day a list shows.
const mostActivities = 500

// showActivities lists activities; a click opens the deal or account of one.
func (h *Host) showActivities(l app.PaneLink) {
	var found []data.Row
	h.Act(l.Title, func(ctx context.Context) error {
		var err error
		found, err = h.App.Records.Rows(ctx, data.KindActivity, l.Keys[:min(len(l.Keys), mostActivities)])
		return err
	}, func() {
		var box *Dialog
		list := NewList(ListOptions{TwoLine: true, OnOpen: func(key string) {
			i, _ := strconv.Atoi(key)
			if target, ok := doneFor(found[i]); ok {
				box.Close()
				h.Go(target)
			}
		}})
		list.SetRows(activityRows(found))
		box = ShowDialog(h.Window, DialogOptions{Title: l.Title, Width: 480, Body: MinBox(fyne.NewSize(420, 360), list)})
	})
}

// doneFor is where the deal or account of an activity is shown.
func doneFor(r data.Row) (Target, bool) {
	if id := r.Ref("deal"); !id.IsZero() {
		return Target{Screen: "pipeline", Kind: data.KindDeal, ID: id}, true
	}
	id := r.Ref("account")
	return Target{Screen: "territories", Kind: data.KindAccount, ID: id}, !id.IsZero()
}

func activityRows(found []data.Row) []ListRow {
	icons := map[string]string{"call": "phone", "email": "mail", "visit": "pin", "meeting": "users"}
	rows := make([]ListRow, len(found))
	for i, r := range found {
		what := r.Labels["deal"]
		if what == "" {
			what = r.Labels["account"]
		}
		title := r.Text("subject")
		if title == "" {
			title = r.Text("type")
		}
		rows[i] = ListRow{Key: strconv.Itoa(i), Icon: icons[r.Text("type")], Title: title, Detail: what, RightDetail: r.Labels["person"]}
	}
	return rows
}
