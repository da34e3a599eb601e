package pdf

import (
	"fieldbook/app/chart"
	"fieldbook/app/report"
)

// The measures of a table on paper.
const (
	rowHeight   = 21
	columnGap   = 16
	narrowGap   = 10 // where the texts want more room than there is
	levelIndent = 12
	barWidth    = 110
)

// table sets rows under heads that every page repeats. Totals stand under a
// strong line and never alone on a page.
func (l *layout) table(t report.Table) {
	if len(t.Columns) == 0 {
		return
	}
	g := tableGrid{l: l, t: t}
	g.widths, g.gap = columnWidths(t, l.width())
	l.need(3 * rowHeight)
	g.heads()
	for i, r := range t.Rows {
		room := float64(rowHeight)
		if i == len(t.Rows)-1 {
			room += float64(len(t.Totals)) * rowHeight
		}
		if l.need(min(room, l.body()/2)) {
			g.heads()
		}
		g.row(r)
		l.rule(l.y)
	}
	for i, r := range t.Totals {
		if l.need(rowHeight) {
			g.heads()
		}
		if i == 0 {
			l.canvas().HLine(l.left(), l.right(), l.y, 1.5, chart.Foreground)
		}
		r.Strong = true
		g.row(r)
		l.canvas().HLine(l.left(), l.right(), l.y, 1, chart.StrongRule)
	}
}

// tableGrid is a table being set.
type tableGrid struct {
	l      *layout
	t      report.Table
	widths []float64
	gap    float64
}

// columnWidths gives columns the width of their texts and shares the rest by
// Column.Share; without shares the first column takes twice what the others
// take. Where texts are too wide, they stand closer and the widest columns give
// way first.
func columnWidths(t report.Table, width float64) (widths []float64, gap float64) {
	widths = make([]float64, len(t.Columns))
	for i, col := range t.Columns {
		widths[i] = chart.TextWidth(col.Title, 11, chart.Regular)
	}
	for _, rows := range [][]report.Row{t.Rows, t.Totals} {
		for _, r := range rows {
			for i := range min(len(r.Cells), len(widths)) {
				widths[i] = max(widths[i], cellWidth(r, i))
			}
		}
	}
	free := width - columnGap*float64(len(widths)-1)
	sum := 0.0
	for _, w := range widths {
		sum += w
	}
	if sum > free {
		return squeezed(widths, width-narrowGap*float64(len(widths)-1)), narrowGap
	}
	for i, part := range shares(t.Columns) {
		widths[i] += (free - sum) * part
	}
	return widths, columnGap
}

// shares is what each column takes of the free width; the sum is 1.
func shares(columns []report.Column) []float64 {
	parts, sum := make([]float64, len(columns)), 0.0
	for i, c := range columns {
		parts[i] = max(c.Share, 0)
		sum += parts[i]
	}
	if sum == 0 {
		for i := range parts {
			parts[i] = 1
		}
		parts[0], sum = 2, float64(len(parts)+1)
	}
	for i := range parts {
		parts[i] /= sum
	}
	return parts
}

// squeezed caps widths at the level at which they fit: no column narrower
// than the cap gives anything away.
func squeezed(widths []float64, free float64) []float64 {
	lo, hi := 0.0, free
	for range 40 {
		limit, sum := (lo+hi)/2, 0.0
		for _, w := range widths {
			sum += min(w, limit)
		}
		if sum > free {
			hi = limit
		} else {
			lo = limit
		}
	}
	for i := range widths {
		widths[i] = min(widths[i], lo)
	}
	return widths
}

func cellWidth(r report.Row, i int) float64 {
	cell := r.Cells[i]
	w := chart.TextWidth(cell.Text, 13, chart.Bold)
	if cell.Bar != nil {
		w = barWidth
	}
	if cell.Sign != report.NoSign {
		w += 12
	}
	if i == 0 {
		w += float64(r.Level) * levelIndent
	}
	return w + 1
}

func (g tableGrid) heads() {
	x := g.l.left()
	for i, col := range g.t.Columns {
		at := chart.XY{X: x, Y: g.l.y + 14}
		st := chart.Small()
		if col.Right {
			at.X, st = x+g.widths[i], st.To(chart.Right)
		}
		g.l.canvas().TextIn(col.Title, at, g.widths[i], st)
		x += g.widths[i] + g.gap
	}
	g.l.y += rowHeight
	g.l.canvas().HLine(g.l.left(), g.l.right(), g.l.y, 1, chart.StrongRule)
}

func (g tableGrid) row(r report.Row) {
	x := g.l.left()
	for i := range min(len(r.Cells), len(g.widths)) {
		g.cell(r, i, x)
		x += g.widths[i] + g.gap
	}
	g.l.y += rowHeight
}

func (g tableGrid) cell(r report.Row, i int, x float64) {
	c, cell, width := g.l.canvas(), r.Cells[i], g.widths[i]
	if cell.Bar != nil {
		c.Progress(*cell.Bar, chart.XY{X: x, Y: g.l.y + 6}, width-4, 10)
		return
	}
	st := chart.Body().In(chart.InkOf(cell.Tone))
	if r.Strong || g.t.Columns[i].Bold {
		st.Weight = chart.Bold
	}
	indent := 0.0
	if i == 0 {
		indent = min(float64(r.Level)*levelIndent, width/2)
	}
	sign := 0.0
	if cell.Sign != report.NoSign {
		sign = 12
	}
	text := chart.Fit(cell.Text, width-indent-sign, st.Size, st.Weight)
	at := x + indent + sign
	if g.t.Columns[i].Right {
		at = x + width - chart.TextWidth(text, st.Size, st.Weight)
	}
	if sign > 0 {
		c.Triangle(at-sign, g.l.y+16, cell.Sign == report.Up, st.Ink)
	}
	c.Text(text, at, g.l.y+15, st)
}
