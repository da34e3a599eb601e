package reports

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// charts lists what stands in a report of charts, each to be changed, moved and taken
// off, and adds one.
func (s *Screen) charts() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	icon := func(name string, can bool, tap func()) fyne.CanvasObject {
		b := kit.NewButton(kit.ButtonOptions{Icon: name, Kind: kit.ButtonBare, OnTap: tap})
		b.SetEnabled(can)
		return b
	}
	all := s.options.Charts
	for i, c := range all {
		name := kit.NewButton(kit.ButtonOptions{Text: kit.Ellipsis(kit.PaneText(c.Name), panelWide-128, kit.SizeBody, false), Kind: kit.ButtonLink, OnTap: func() { s.changeChart(i) }})
		rows = append(rows, kit.HBox(0, name, kit.Space(),
			icon("chevu", i > 0, func() { s.moveChart(i, i-1) }), icon("chev", i < len(all)-1, func() { s.moveChart(i, i+1) }), icon("x", true, func() { s.dropChart(i) })))
	}
	return kit.VBox(2, append(rows, kit.NewButton(kit.ButtonOptions{Text: lang.T("Add a chart"), Icon: "plus", Kind: kit.ButtonQuiet, OnTap: s.addChart}))...)
}

// setCharts puts others into the report; they are kept with its settings.
func (s *Screen) setCharts(charts []app.ReportChart) {
	s.options.Charts = charts
	s.again()
}

func (s *Screen) addChart() {
	var chosen string
	s.host.Ask(kit.Question{
		Title: lang.T("Add a chart"), What: lang.T("Chart added"), Save: lang.T("Add"),
		Fields: []kit.Field{{Key: "pane", Label: lang.T("Card or chart"), Kind: kit.FieldChoice, Required: true, Wide: true, Options: kit.PaneChoices()}},
		Keep:   func(_ context.Context, v kit.Values) error { chosen = v["pane"]; return nil },
		Then: func() {
			s.setCharts(append(slices.Clone(s.options.Charts), app.ReportChart{PaneAsk: app.PaneAsk{Name: chosen}}))
		},
	})
}

// changeChart asks how a chart is grouped, what it is compared with and what is said
// to it.
func (s *Screen) changeChart(i int) {
	c := s.options.Charts[i]
	fields := append(kit.PaneFields(c.PaneAsk), kit.Field{Key: "note", Label: lang.T("What to say to it"), Kind: kit.FieldLong, Wide: true, Value: c.Note, Help: lang.T("It stands under the chart.")})
	s.host.Ask(kit.Question{
		Title: kit.PaneText(c.Name), What: lang.T("Chart changed"), Save: lang.T("Keep"), Fields: fields,
		Keep: func(_ context.Context, v kit.Values) error {
			c.PaneAsk, c.Note = kit.AskOf(c.PaneAsk, v), v["note"]
			return nil
		},
		Then: func() {
			charts := slices.Clone(s.options.Charts)
			charts[i] = c
			s.setCharts(charts)
		},
	})
}

func (s *Screen) moveChart(from, to int) {
	charts := slices.Clone(s.options.Charts)
	charts[from], charts[to] = charts[to], charts[from]
	s.setCharts(charts)
}

func (s *Screen) dropChart(i int) {
	s.setCharts(slices.Delete(slices.Clone(s.options.Charts), i, i+1))
}

// nothing says what a report has to be told before it has pages.
func (s *Screen) nothing(lack string) fyne.CanvasObject {
	if lack == lacksPerson {
		return kit.NewEmpty(kit.EmptyOptions{
			Icon: "user", Title: lang.T("Whose report?"), Text: lang.T("This report is about one person. Choose whom in the title row, where it says whose records count."),
		})
	}
	return kit.NewEmpty(kit.EmptyOptions{
		Icon: "reports", Title: lang.T("A report of charts of your own choosing"),
		Text: lang.T("Choose Add to a report in the menu of any chart, or begin here. The order, the notes and the name are yours."),
		Step: lang.T("Add a chart"), StepIcon: "plus", OnTap: s.addChart,
	})
}
