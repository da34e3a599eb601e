package kit

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/chart"
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

// Chart returns a view of a chart within a panel that has its title. A right
// click copies its figures and saves it; onOpen hears the key of a mark that
// was clicked.
func (h *Host) Chart(min fyne.Size, onOpen func(key string)) *ChartView {
	return NewChartView(nil, ChartOptions{
		Runner: h.Runner, Bare: true, Min: min, OnOpen: onOpen,
		OnCopyFigures: func(spec report.Spec) {
			fyne.CurrentApp().Clipboard().SetContent(figuresText(spec))
			h.Say(lang.T("Figures copied"))
		},
		OnSave: h.saveChart,
	})
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
	h.AskFile(what, fileName(spec.Describe().Title)+"."+format, func(path string) {
		h.Act(lang.T("Saved %s", filepath.Base(path)), func(context.Context) error {
			if format == "xlsx" || format == "csv" {
				return app.WriteFigures(path, spec.Describe().Title, report.Tabulate(spec))
			}
			return WriteChart(spec, format, path, h.App.Now())
		}, nil)
	})
}

// fileName is a title without what file systems refuse.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, title)
	if name == "" {
		return "chart"
	}
	return name
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
