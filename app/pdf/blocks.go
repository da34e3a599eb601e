package pdf

import (
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

func (l *layout) cards(cards []report.Card) {
	height := 40.0
	for _, card := range cards {
		if card.Sub != "" {
			height = max(height, 55)
		}
		if card.Change != "" {
			height = max(height, 71)
		}
	}
	l.need(height + 24)
	c := l.canvas()
	step := l.width() / float64(len(cards))
	for i, card := range cards {
		x, room := l.left()+step*float64(i), step-12
		if i > 0 {
			c.VLine(x, l.y+10, l.y+10+height, 1, chart.Rule)
			x, room = x+13, room-13
		}
		const spark = 60
		nameRoom := room
		if len(card.Spark) > 1 && room > 2*spark {
			nameRoom -= spark + 8
			line := chart.Draw(report.Sparkline{Values: card.Spark}, chart.Options{Width: spark, Height: 24, Mono: l.opt.Mono})
			c.Place(line, x+room-spark, l.y+10)
		}
		c.TextIn(card.Name, chart.XY{X: x, Y: l.y + 22}, nameRoom, chart.Small())
		c.TextIn(card.Text, chart.XY{X: x, Y: l.y + 45}, room, chart.Title())
		c.TextIn(card.Sub, chart.XY{X: x, Y: l.y + 61}, room, chart.Small())
		l.change(card, chart.XY{X: x, Y: l.y + 77}, room)
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
	h := min(l.chartHeight(b), l.body()-above-20)
	l.need(h + title + 20)
	if title > 0 {
		head := b.Spec.Describe()
		used := l.canvas().TextIn(head.Title, chart.XY{X: l.left(), Y: l.y + 26}, l.width(), chart.Strong()) + 8
		l.canvas().TextIn(head.Caption(), chart.XY{X: l.left() + used, Y: l.y + 26}, l.width()-used, chart.Small())
		l.y += title
	}
	opt := chart.Options{Width: int(l.width()), Height: int(h), Mono: l.opt.Mono, Bare: true}
	l.canvas().Place(chart.Draw(b.Spec, opt), l.left(), l.y+8)
	l.y += h + 20
}

// chartHeight is the height asked for, or what the spec needs on paper.
func (l *layout) chartHeight(b report.Chart) float64 {
	if b.Height > 0 {
		return min(float64(b.Height), l.body()-40)
	}
	rows := func(n int, row, extra float64) float64 { return min(float64(max(n, 1))*row+extra, l.body()-40) }
	switch s := b.Spec.(type) {
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
	case report.Lines, report.Waterfall, report.Stacks, report.Pareto:
		return 260
	case report.Scatter:
		return 360
	case report.Sparkline:
		return 40
	}
	return 200
}
