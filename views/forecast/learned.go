package forecast

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/forecast"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

const (
	learnedWide = 1080
	learnedHigh = 460
)

// learnedAction tells by what the win probabilities of open deals are learned.
func (s *Screen) learnedAction() kit.Action {
	return kit.Action{Text: lang.T("How win probabilities are learned"), Icon: "forecast", Do: s.showLearned}
}

func (s *Screen) showLearned() {
	var chances *app.Chances
	day := s.host.View().AsOf
	s.host.Job(lang.T("Learn win probabilities"), func(ctx context.Context, _ func(done, total int64)) (err error) {
		chances, err = s.host.App.Forecasts.Chances(ctx, day)
		return err
	}, func() { s.showModel(chances) })
}

// showModel shows the verdict, how what was foretold came true on deals held back,
// and which columns are used and which are not, and why.
func (s *Screen) showModel(c *app.Chances) {
	table := kit.NewTable(kit.TableOptions{RowHeight: kit.HeightTwoLine, Columns: []kit.Column{
		{Key: "column", Title: lang.T("What is known of a deal"), Width: 400, Grow: 1},
		{Key: "used", Title: lang.T("Used"), Width: 60},
	}, Rows: modelRows(c.Columns())})
	parts := []fyne.CanvasObject{table}
	if len(c.Model.Bins) > 0 {
		spec := calibration(c.Model, s.host.NumbersOf())
		chart := s.host.Chart(fyne.NewSize(300, learnedHigh-60), func(string) {})
		chart.SetSpec(spec)
		parts = append([]fyne.CanvasObject{kit.NewPanel(kit.PanelOptions{Title: spec.Title, Caption: spec.Caption(), Body: chart})}, parts...)
	}
	body := kit.VBox(8, kit.NewProse(c.Model.Verdict, 2, kit.TextStyle{}), kit.MinBox(fyne.NewSize(0, learnedHigh), kit.Columns(kit.GapPanel, []float32{1, 1}, parts...)))
	kit.ShowDialog(s.host.Window, kit.DialogOptions{Title: lang.T("How win probabilities are learned"), Width: learnedWide, Body: body})
}

// calibration draws, for deals held back, the share won of those with about the
// same probability.
func calibration(m *forecast.Model, num report.Numbers) report.Intervals {
	out := report.Intervals{Head: report.Head{
		Title: lang.T("What was foretold, and what came"), Unit: lang.T("share won"), N: lang.T("n = %s", num.Count(m.Test.N)), Note: lang.T("deals held back"), Empty: lang.T("Nothing was tested"),
	}}
	for _, b := range m.Bins {
		out.Rows = append(out.Rows, report.Interval{
			Mark: report.Mark{Label: lang.T("about %s", num.Percent(b.Predicted)), Text: num.Percent(b.Share), Value: b.Share},
			Low:  b.Low, High: b.High, Sub: lang.T("n %s", num.Count(b.N)),
		})
	}
	return out
}

// modelRows are the columns that were asked, those that are used first; below one
// that is not stands why.
func modelRows(columns []app.ModelColumn) kit.SliceRows {
	var out kit.SliceRows
	for _, c := range columns {
		used := kit.Cell{Text: lang.T("no"), Color: kit.ColorWarn}
		if c.Used {
			used = kit.Cell{Text: lang.T("yes")}
		}
		out = append(out, kit.Row{ID: c.Name, Cells: []kit.Cell{{Text: c.Label, Sub: kit.Capital(c.Why)}, used}})
	}
	return out
}
