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
	title := s.Describe().Title
	switch x := s.(type) {
	case AttainmentBars:
		return figures([]string{title, lang.T("Won"), lang.T("Expected by now"), lang.T("Quota")}, x.Rows, func(r Attainment) []string {
			return []string{r.Label, plain(r.Value), plain(r.Expected), plain(r.Full)}
		})
	case Gauge:
		return [][]string{
			{title, lang.T("Won"), lang.T("Expected by now"), lang.T("Quota")},
			{x.Done.Label, plain(x.Done.Value), plain(x.Expected), plain(x.Full)},
		}
	case Funnel:
		return figures([]string{title, lang.T("Deals"), lang.T("Conversion")}, x.Steps, func(r Step) []string {
			return []string{r.Label, plain(r.Value), r.Rate}
		})
	case Columns:
		return figures([]string{title, lang.T("Value"), lang.T("Quota")}, x.Bars, func(r Bar) []string {
			return []string{r.Label, plain(r.Value), plain(r.Quota)}
		})
	case Bands:
		return figures([]string{title, lang.T("Count")}, x.Bars, func(r Mark) []string {
			return []string{r.Label, plain(r.Value)}
		})
	case Intervals:
		return figures([]string{title, lang.T("Rate"), lang.T("Low"), lang.T("High")}, x.Rows, func(r Interval) []string {
			return []string{r.Label, plain(r.Value), plain(r.Low), plain(r.High)}
		})
	case StageBars:
		return figures([]string{title, x.Whole, x.Part}, x.Rows, func(r Stage) []string {
			return []string{r.Label, plain(r.Value), plain(r.Part)}
		})
	case Lines:
		return lineFigures(x)
	case Sparkline:
		out := [][]string{{title, lang.T("Value")}}
		for i, v := range x.Values {
			out = append(out, []string{strconv.Itoa(i + 1), plain(v)})
		}
		return out
	case interface{ table(title string) [][]string }:
		return x.table(title)
	default:
		return nil
	}
}

// figures writes the heads of the columns and a line a row.
func figures[R any](heads []string, rows []R, line func(R) []string) [][]string {
	out := [][]string{heads}
	for _, r := range rows {
		out = append(out, line(r))
	}
	return out
}

// lineFigures writes a line a point of any series and of the range, in the
// order they come.
func lineFigures(l Lines) [][]string {
	out := [][]string{{l.Title}}
	at := map[float64]int{}
	width := len(l.Series) + 1
	if l.Range != nil {
		width += 2
	}
	line := func(x float64) []string {
		row, ok := at[x]
		if !ok {
			row = len(out)
			at[x] = row
			out = append(out, append([]string{plain(x)}, make([]string, width-1)...))
		}
		return out[row]
	}
	for i, s := range l.Series {
		out[0] = append(out[0], s.Label)
		for _, p := range s.Points {
			line(p.X)[i+1] = plain(p.Y)
		}
	}
	if l.Range != nil {
		out[0] = append(out[0], l.Range.Low, l.Range.High)
		for _, p := range l.Range.Points {
			cells := line(p.X)
			cells[width-2], cells[width-1] = plain(p.Low), plain(p.High)
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
