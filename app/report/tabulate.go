package report

import (
	"math"
	"strconv"

	"fieldbook/assets/lang"
)

// Tabulate gives what a chart shows as lines of cells for a spreadsheet: the
// names of the columns first. Values are plain numbers in the chart's unit,
// blank where there is none.
func Tabulate(s Spec) [][]string { return s.table(s.Describe().Title) }

func (a AttainmentBars) table(title string) [][]string {
	return figures([]string{title, lang.T("Won"), lang.T("Expected by now"), lang.T("Quota")}, a.Rows, func(r Attainment) []string {
		return []string{r.Label, plain(r.Value), plain(r.Expected), plain(r.Full)}
	})
}

func (g Gauge) table(title string) [][]string {
	return [][]string{
		{title, lang.T("Won"), lang.T("Expected by now"), lang.T("Quota")},
		{g.Done.Label, plain(g.Done.Value), plain(g.Expected), plain(g.Full)},
	}
}

func (f Funnel) table(title string) [][]string {
	return figures([]string{title, lang.T("Deals"), lang.T("Conversion")}, f.Steps, func(r Step) []string {
		return []string{r.Label, plain(r.Value), r.Rate}
	})
}

func (c Columns) table(title string) [][]string {
	return figures([]string{title, lang.T("Value"), lang.T("Quota")}, c.Bars, func(r Bar) []string {
		return []string{r.Label, plain(r.Value), plain(r.Quota)}
	})
}

func (b Bands) table(title string) [][]string {
	return figures([]string{title, lang.T("Count")}, b.Bars, func(r Mark) []string {
		return []string{r.Label, plain(r.Value)}
	})
}

func (x Intervals) table(title string) [][]string {
	return figures([]string{title, lang.T("Rate"), lang.T("Low"), lang.T("High")}, x.Rows, func(r Interval) []string {
		return []string{r.Label, plain(r.Value), plain(r.Low), plain(r.High)}
	})
}

func (b StageBars) table(title string) [][]string {
	return figures([]string{title, b.Whole, b.Part}, b.Rows, func(r Stage) []string {
		return []string{r.Label, plain(r.Value), plain(r.Part)}
	})
}

func (s Sparkline) table(title string) [][]string {
	out := [][]string{{title, lang.T("Value")}}
	for i, v := range s.Values {
		out = append(out, []string{strconv.Itoa(i + 1), plain(v)})
	}
	return out
}

// figures writes the heads of the columns and a line a row.
func figures[R any](heads []string, rows []R, line func(R) []string) [][]string {
	out := [][]string{heads}
	for _, r := range rows {
		out = append(out, line(r))
	}
	return out
}

// table writes a line a point of any series and of the range, in the order they
// come.
func (l Lines) table(title string) [][]string {
	out := [][]string{{title}}
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
