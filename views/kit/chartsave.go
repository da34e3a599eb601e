package kit

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/chart"
	"fieldbook/app/clip"
	"fieldbook/app/pdf"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// savedChart is the size of a chart in a file.
const (
	savedWidth  = 1000
	savedHeight = 560
)

// Chart returns a view of a chart within a panel that has its title. Its menu
// copies, saves and prints it; onOpen hears the key of a mark that was clicked.
func (h *Host) Chart(min fyne.Size, onOpen func(key string)) *ChartView {
	return h.ChartWith(ChartOptions{Min: min, OnOpen: onOpen})
}

// ChartWith is Chart with what else a chart can do.
func (h *Host) ChartWith(opts ChartOptions) *ChartView {
	opts.Runner, opts.Bare = h.Runner, true
	opts.OnFocus = func(v *ChartView) { h.chart = v }
	opts.OnCopyFigures, opts.OnCopyPicture, opts.OnSave, opts.OnPrint = h.copyFigures, h.copyPicture, h.saveChart, h.printChart
	return NewChartView(nil, opts)
}

// ChartActions are what menu and palette offer for the charts that a screen shows:
// they act on the one that had the keyboard last, else on the first.
func (h *Host) ChartActions(charts ...*ChartView) []Action {
	on := func(do func(report.Spec)) func() {
		return func() {
			shown := slices.DeleteFunc(slices.Clone(charts), func(v *ChartView) bool { return v.spec == nil })
			if len(shown) == 0 {
				h.Say(lang.T("There is no chart to take yet"))
				return
			}
			v := shown[0]
			if slices.Contains(shown, h.chart) {
				v = h.chart
			}
			do(v.Shown())
		}
	}
	return []Action{
		{Text: lang.T("Copy the chart's picture"), Icon: "copy", Do: on(h.copyPicture)},
		{Text: lang.T("Copy the chart's figures"), Icon: "copy", Do: on(h.copyFigures)},
		{Text: lang.T("Save the chart as PDF"), Icon: "download", Do: on(func(s report.Spec) { h.saveChart(s, "pdf") })},
		{Text: lang.T("Save the chart as PNG"), Icon: "download", Do: on(func(s report.Spec) { h.saveChart(s, "png") })},
		{Text: lang.T("Print the chart"), Icon: "print", Do: on(h.printChart)},
	}
}

func (h *Host) copyFigures(spec report.Spec) {
	fyne.CurrentApp().Clipboard().SetContent(figuresText(spec))
	h.Say(lang.T("Figures copied"))
}

// copyPicture puts the chart on the clipboard at twice its size.
func (h *Host) copyPicture(spec report.Spec) {
	h.Act(lang.T("Picture copied"), func(ctx context.Context) error {
		out, err := chart.Draw(spec, chart.Options{Width: savedWidth, Height: savedHeight, Scale: 2}).PNG()
		if err != nil {
			return err
		}
		return clip.Picture(ctx, out)
	}, nil)
}

// printChart asks for a printer for the chart, on a page of its own.
func (h *Host) printChart(spec report.Spec) {
	h.Print(pdf.OnPage(spec, pdf.Page{Landscape: true}, h.App.Now().Time()))
}

// figuresText is a chart's figures as a spreadsheet takes them.
func figuresText(spec report.Spec) string {
	var sb strings.Builder
	for _, line := range report.Tabulate(spec) {
		sb.WriteString(strings.Join(line, "\t") + "\n")
	}
	return sb.String()
}

// AskFile asks where to save a file and calls then with the path.
func (h *Host) AskFile(title, name string, then func(path string)) {
	SaveFile(h.Window, FileAsk{Title: title, Name: name, Then: then})
}

func (h *Host) saveChart(spec report.Spec, format string) {
	what := lang.T("Save the chart")
	h.AskFile(what, spec.Describe().Title+"."+format, func(path string) {
		h.Act(lang.T("Saved %s", filepath.Base(path)), func(context.Context) error {
			if format == "xlsx" || format == "csv" {
				return app.WriteFigures(path, spec.Describe().Title, report.Tabulate(spec))
			}
			return WriteChart(spec, format, path, h.App.Now())
		}, nil)
	})
}

// WriteChart draws a chart into a file: "png" at twice its size, "svg" or
// "pdf". The error is Refused where the file cannot be written.
func WriteChart(spec report.Spec, format, path string, now data.Instant) error {
	opt := chart.Options{Width: savedWidth, Height: savedHeight, Scale: 2}
	var out []byte
	var err error
	switch format {
	case "png":
		out, err = chart.Draw(spec, opt).PNG()
	case "svg":
		out, err = chart.Draw(spec, opt).SVG()
	case "pdf":
		out, err = pdf.Chart(spec, opt, now.Time())
	default:
		return data.Errorf(data.Invalid, "%q is not a picture format; choose png, svg or pdf.", format)
	}
	if err != nil {
		return err
	}
	return app.WriteBytes(path, out)
}

// SavePaper asks where to keep a page as PDF and has it written there.
func (h *Host) SavePaper(title, name string, write func(ctx context.Context, path string) error) {
	SaveFile(h.Window, FileAsk{Title: title, Name: name + ".pdf", Endings: []string{".pdf"}, Then: func(path string) {
		h.Act(lang.T("Write %s", path), func(ctx context.Context) error { return write(ctx, path) }, nil)
	}})
}
