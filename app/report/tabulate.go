package report

import (
	"math"
	"strconv"

	"fieldbook/assets/lang"
)

// Tabulate gives what a chart shows as lines of cells for a spreadsheet: the
// names of the columns first. Values are plain numbers in the chart's unit,
// blank where there is none.
func Tabulate(s Spec) [][]string {
	head := func(names ...string) [][]string { return [][]string{append([]string{s.Describe().Title}, names...)} }
	switch x := s.(type) {
	case AttainmentBars:
		out := head(lang.T("Won"), lang.T("Expected by now"), lang.T("Quota"))
		for _, r := range x.Rows {
			out = append(out, []string{r.Label, plain(r.Value), plain(r.Expected), plain(r.Full)})
		}
		return out
	case Gauge:
		return append(head(lang.T("Won"), lang.T("Expected by now"), lang.T("Quota")), []string{x.Done.Label, plain(x.Done.Value), plain(x.Expected), plain(x.Full)})
	case Funnel:
		out := head(lang.T("Deals"), lang.T("Conversion"))
		for _, r := range x.Steps {
			out = append(out, []string{r.Label, plain(r.Value), r.Rate})
		}
		return out
	case Columns:
		out := head(lang.T("Value"), lang.T("Quota"))
		for _, r := range x.Bars {
			out = append(out, []string{r.Label, plain(r.Value), plain(r.Quota)})
		}
		return out
	case Bands:
		out := head(lang.T("Count"))
		for _, r := range x.Bars {
			out = append(out, []string{r.Label, plain(r.Value)})
		}
		return out
	case Intervals:
		out := head(lang.T("Rate"), lang.T("Low"), lang.T("High"))
		for _, r := range x.Rows {
			out = append(out, []string{r.Label, plain(r.Value), plain(r.Low), plain(r.High)})
		}
		return out
	case StageBars:
		out := head(x.Whole, x.Part)
		for _, r := range x.Rows {
			out = append(out, []string{r.Label, plain(r.Value), plain(r.Part)})
		}
		return out
	case Lines:
		return lineFigures(x)
	case Sparkline:
		out := head(lang.T("Value"))
		for i, v := range x.Values {
			out = append(out, []string{strconv.Itoa(i + 1), plain(v)})
		}
		return out
	}
	return nil
}

// lineFigures writes a line a point of any series, in the order of X.
func lineFigures(l Lines) [][]string {
	out := [][]string{{l.Title}}
	at := map[float64]int{}
	for i, s := range l.Series {
		out[0] = append(out[0], s.Label)
		for _, p := range s.Points {
			row, ok := at[p.X]
			if !ok {
				row = len(out)
				at[p.X] = row
				out = append(out, append([]string{plain(p.X)}, make([]string, len(l.Series))...))
			}
			out[row][i+1] = plain(p.Y)
		}
	}
	return out
}

// plain writes a number as spreadsheets read it, NA() as nothing.
func plain(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
