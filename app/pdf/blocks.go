package pdf

import (
	"strings"

	"fieldbook/app/chart"
	"fieldbook/app/report"
)

// figures sets cards beside each other, five on a line, between thin lines.
func (l *layout) figures(f report.Figures) {
	const perLine = 5
	for from := 0; from < len(f.Cards); from += perLine {
		l.cards(f.Cards[from:min(from+perLine, len(f.Cards))])
	}
}

// cardText is a card with its name and what it is made of on lines that fit.
type cardText struct {
	report.Card
	names, subs []string
	room        float64
	spark       bool
}

// The measures of a card on paper.
const (
	cardLine  = 13
	cardSpark = 60
)

// cardTexts breaks the texts of cards that stand beside each other.
func (l *layout) cardTexts(cards []report.Card) []cardText {
	out := make([]cardText, len(cards))
	for i, card := range cards {
		t := cardText{Card: card, room: l.width()/float64(len(cards)) - 12}
		if i > 0 {
			t.room -= 13
		}
		nameRoom := t.room
		if t.spark = len(card.Spark) > 1 && t.room > 2*cardSpark; t.spark {
			nameRoom -= cardSpark + 8
		}
		t.names, t.subs = twoLines(card.Name, nameRoom), twoLines(card.Sub, t.room)
		out[i] = t
	}
	return out
}

// twoLines breaks a caption; what two lines do not hold is cut.
func twoLines(s string, width float64) []string {
	lines := chart.Wrap(s, width, 11, chart.Regular)
	if len(lines) > 2 {
		lines = []string{lines[0], chart.Fit(strings.Join(lines[1:], " "), width, 11, chart.Regular)}
	}
	return lines
}

func (l *layout) cards(cards []report.Card) {
	texts := l.cardTexts(cards)
	names, subs, changes := 1, 0, 0.0
	for _, t := range texts {
		names, subs = max(names, len(t.names)), max(subs, len(t.subs))
		if t.Change != "" {
			changes = 16
		}
	}
	if changes > 0 {
		subs = max(subs, 1)
	}
	height := 40 + float64(names-1)*cardLine + changes
	if subs > 0 {
		height += 15 + float64(subs-1)*cardLine
	}
	l.need(height + 24)
	c := l.canvas()
	step := l.width() / float64(len(cards))
	for i, t := range texts {
		x := l.left() + step*float64(i)
		if i > 0 {
			c.VLine(x, l.y+10, l.y+10+height, 1, chart.Rule)
			x += 13
		}
		if t.spark {
			line := chart.Draw(report.Sparkline{Values: t.Spark}, chart.Options{Width: cardSpark, Height: 24, Mono: l.opt.Mono})
			c.Place(line, x+t.room-cardSpark, l.y+10)
		}
		y := l.y + 22
		for j, name := range t.names {
			c.Text(name, x, y+float64(j)*cardLine, chart.Small())
		}
		y += float64(names-1)*cardLine + 23
		c.TextIn(t.Text, chart.XY{X: x, Y: y}, t.room, chart.Title())
		for j, sub := range t.subs {
			c.Text(sub, x, y+16+float64(j)*cardLine, chart.Small())
		}
		l.change(t.Card, chart.XY{X: x, Y: y + 16 + float64(max(subs-1, 0))*cardLine + 16}, t.room)
	}
	l.y += height + 23
	l.rule(l.y)
}

func (l *layout) change(card report.Card, at chart.XY, room float64) {
	ink := chart.InkOf(card.Tone)
	if card.Sign != report.NoSign {
		l.canvas().Triangle(at.X, at.Y, card.Sign == report.Up, ink)
		at.X, room = at.X+12, room-12
	}
	st := chart.Small().In(ink)
	l.canvas().TextIn(card.Change, at, room, st)
}

// chart sets a chart on the whole width. Its own title is left out where the
// section's heading stands right above it.
func (l *layout) chart(b report.Chart, headed bool) {
	title := 0.0
	if !headed && b.Spec.Describe().Title != "" {
		title = 36
	}
	above := title
	if headed {
		above = 36 // the heading stays on the page
	}
	list, long := listOf(b)
	h := min(l.chartHeight(b), l.body()-above-20)
	if long {
		l.need(min(h, list.least()) + title + 20)
	} else {
		l.need(h + title + 20)
	}
	if title > 0 {
		head := b.Spec.Describe()
		used := l.canvas().TextIn(head.Title, chart.XY{X: l.left(), Y: l.y + 26}, l.width(), chart.Strong()) + 8
		l.canvas().TextIn(head.Caption(), chart.XY{X: l.left() + used, Y: l.y + 26}, l.width()-used, chart.Small())
		l.y += title
	}
	if long && l.y+list.height(list.n)+20 > l.bottom() {
		l.parts(b, list)
		return
	}
	l.draw(b, h, chart.Span{})
}

// draw sets a chart, or some rows of it, as high as it is given.
func (l *layout) draw(b report.Chart, h float64, rows chart.Span) {
	opt := chart.Options{Width: int(l.width()), Height: int(h), Mono: l.opt.Mono, Bare: true, Rows: rows}
	l.canvas().Place(chart.Draw(b.Spec, opt), l.left(), l.y+8)
	l.y += h + 20
}

// parts sets a list over as many pages as its rows need.
func (l *layout) parts(b report.Chart, list chartList) {
	for from := 0; from < list.n; {
		n := min(list.n-from, max(1, int((l.bottom()-l.y-20-list.head)/list.row)))
		l.draw(b, list.height(n), chart.Span{From: from, To: from + n})
		if from += n; from < list.n {
			l.newPage()
		}
	}
}

// chartList is a chart of rows that goes on over pages as a table does.
type chartList struct {
	n         int
	row, head float64 // heights
}

func (c chartList) height(n int) float64 { return float64(n)*c.row + c.head }

// least is what of it stands together under its heading.
func (c chartList) least() float64 { return c.height(min(c.n, 4)) }

// listOf is the list that a chart is, if it is one of no height of its own.
func listOf(b report.Chart) (chartList, bool) {
	switch s := b.Spec.(type) {
	case report.AttainmentBars:
		return chartList{len(s.Rows), 20, 22}, b.Height == 0 && len(s.Rows) > 0
	case report.Leaderboard:
		return chartList{len(s.Rows), 22, 0}, b.Height == 0 && len(s.Rows) > 0
	}
	return chartList{}, false
}

// chartHeight is the height asked for, or what the spec needs on paper.
func (l *layout) chartHeight(b report.Chart) float64 {
	switch {
	case chart.Empty(b.Spec):
		const said = 44 // that there is nothing to show
		return said
	case b.Height > 0:
		return min(float64(b.Height), l.body()-40)
	}
	if high := rowsHeight(b.Spec); high > 0 {
		return min(high, l.body()-40)
	}
	switch b.Spec.(type) {
	case report.Lines, report.Waterfall, report.Stacks, report.Pareto:
		return 260
	case report.Scatter:
		return 360
	case report.Sparkline:
		return 40
	}
	return 200
}

// rowsHeight is what a chart of rows needs, 0 for others.
func rowsHeight(spec report.Spec) float64 {
	rows := func(n int, row, extra float64) float64 { return float64(max(n, 1))*row + extra }
	switch s := spec.(type) {
	case report.AttainmentBars:
		return rows(len(s.Rows), 20, 22)
	case report.Funnel:
		return rows(len(s.Steps), 26, 0)
	case report.Intervals:
		return rows(len(s.Rows), 36, 34)
	case report.StageBars:
		return rows(len(s.Rows), 38, 26)
	case report.Bullets:
		return rows(len(s.Rows), 52, 0)
	case report.Boxes:
		return rows(len(s.Rows), 36, 38)
	case report.Leaderboard:
		return rows(len(s.Rows), 22, 0)
	case report.HeatMap:
		return rows(len(s.Rows), 24, 44)
	case report.Flow:
		return rows(max(len(s.From), len(s.To)), 44, 60)
	case report.Multiples:
		return rows((len(s.Cells)+3)/4, 96, 0)
	}
	return 0
}
