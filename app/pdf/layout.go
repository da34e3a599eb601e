package pdf

import (
	"strings"

	"fieldbook/app/chart"
	"fieldbook/app/report"
)

// The page in px at 96 per inch.
const (
	margin       = 48
	footerHeight = 74 // from the footer's line to the edge of the paper
	runningTop   = 72 // where content starts on later pages
)

// bookmark is a heading and where it stands.
type bookmark struct {
	text  string
	page  int
	y     float64
	level int // 1 below a document's title, where several are bound
}

// layout sets blocks from top to bottom and starts pages as it needs them.
type layout struct {
	doc   report.Doc
	opt   chart.Options
	pages []*chart.Canvas
	marks []bookmark
	y     float64 // where the next block starts
}

// lay sets a document and returns its pages and headings. There is always one
// page.
func lay(doc report.Doc, page Page) ([]*chart.Picture, []bookmark) {
	l := set(doc, page)
	return l.finish(0, len(l.pages)), l.marks
}

// set lays a document out but for the footers.
func set(doc report.Doc, page Page) *layout {
	w, h := page.pixels()
	l := &layout{doc: doc, opt: chart.Options{Width: w, Height: h, Mono: page.Mono}}
	l.pages = append(l.pages, chart.NewCanvas(l.opt))
	l.titleBlock()
	for _, s := range doc.Sections {
		l.section(s)
	}
	l.notes()
	l.definitions()
	return l
}

// finish draws the footers of pages that follow before others, of all.
func (l *layout) finish(before, all int) []*chart.Picture {
	pictures := make([]*chart.Picture, len(l.pages))
	for i, c := range l.pages {
		l.footer(c, pageOf(l.doc, before+i+1, all))
		pictures[i] = c.Picture(l.doc.Title)
	}
	return pictures
}

func (l *layout) canvas() *chart.Canvas { return l.pages[len(l.pages)-1] }
func (l *layout) left() float64         { return margin }
func (l *layout) right() float64        { return float64(l.opt.Width) - margin }
func (l *layout) width() float64        { return l.right() - l.left() }
func (l *layout) bottom() float64       { return float64(l.opt.Height) - footerHeight }

// body is the height that a block can have at most.
func (l *layout) body() float64 { return l.bottom() - runningTop }

// need starts a page where h does not fit on this one; true says that it did.
func (l *layout) need(h float64) bool {
	if l.y+h <= l.bottom() || l.y <= runningTop && len(l.pages) > 1 {
		return false
	}
	l.newPage()
	return true
}

// newPage starts a page with the report's title over a line.
func (l *layout) newPage() {
	c := chart.NewCanvas(l.opt)
	l.pages = append(l.pages, c)
	org := c.TextIn(l.doc.Org, chart.XY{X: l.right(), Y: 44}, l.width()/3, chart.Small().To(chart.Right))
	c.TextIn(l.doc.Title, chart.XY{X: l.left(), Y: 44}, l.width()-org-16, chart.SmallBold())
	c.HLine(l.left(), l.right(), 54, 1, chart.Rule)
	l.y = runningTop
}

// rule draws a line across the page.
func (l *layout) rule(y float64) { l.canvas().HLine(l.left(), l.right(), y, 1, chart.Rule) }

func (l *layout) titleBlock() {
	c := l.canvas()
	mark := l.mark(c)
	note := c.TextIn(l.doc.Note, chart.XY{X: l.right(), Y: 58}, l.width()/2, chart.Small().To(chart.Right))
	c.TextIn(l.doc.Org, chart.XY{X: l.left() + mark + 8, Y: 59}, l.width()-note-mark-24, chart.Strong())
	l.y = 100
	for i, line := range chart.Wrap(l.doc.Title, l.width(), 20, chart.Bold) {
		if i > 0 {
			l.y += 26
		}
		c.Text(line, l.left(), l.y, chart.Title())
	}
	if l.doc.Subtitle != "" {
		l.y += 20
		c.TextIn(l.doc.Subtitle, chart.XY{X: l.left(), Y: l.y}, l.width(), chart.Body().In(chart.Caption))
	}
	l.y += 16
	c.HLine(l.left(), l.right(), l.y, 1, chart.StrongRule)
	l.meta()
}

// mark draws the logo in place of the application's mark, as high as the line
// of the organisation lets it be, and returns its width.
func (l *layout) mark(c *chart.Canvas) float64 {
	const high, wide, small = 36, 180, 20
	logo := l.doc.Logo
	if logo == nil || logo.Rect.Empty() {
		drawMark(c, l.left(), 44)
		return small
	}
	k := min(high/float64(logo.Rect.Dy()), wide/float64(logo.Rect.Dx()))
	w, h := float64(logo.Rect.Dx())*k, float64(logo.Rect.Dy())*k
	if l.opt.Mono {
		logo = grey(logo)
	}
	c.Image(logo, l.left(), 54-h/2, w, h)
	return w
}

// drawMark draws the application's mark, 20 px square.
func drawMark(c *chart.Canvas, x, y float64) {
	c.RoundRect(x, y, 20, 20, 4, chart.Accent)
	for i, h := range []float64{6, 10, 8} {
		c.Rect(x+5+float64(i)*4, y+15-h, 2, h, chart.Ground)
	}
}

// meta sets period, scope, as of and filters beside each other, four on a
// line. A text too long for its column continues below.
func (l *layout) meta() {
	const perLine, gap, row = 4, 16, 18
	facts := l.doc.Meta
	for len(facts) > 0 {
		line := facts[:min(perLine, len(facts))]
		facts = facts[len(line):]
		widths := metaWidths(line, l.width(), gap)
		deepest, x := 1, l.left()
		for i, f := range line {
			c := l.canvas()
			c.TextIn(f.Name, chart.XY{X: x, Y: l.y + 20}, widths[i], chart.Small())
			texts := chart.Wrap(f.Text, widths[i], 13, chart.Regular)
			for j, t := range texts {
				c.Text(t, x, l.y+39+float64(j)*row, chart.Body())
			}
			deepest = max(deepest, len(texts))
			x += widths[i] + gap
		}
		l.y += 51 + float64(deepest-1)*row
		l.rule(l.y)
	}
}

// metaWidths gives each fact what it needs, and all an equal share where
// that is too much.
func metaWidths(facts []report.Fact, width, gap float64) []float64 {
	free := width - gap*float64(len(facts)-1)
	widths := make([]float64, len(facts))
	sum := 0.0
	for i, f := range facts {
		widths[i] = max(chart.TextWidth(f.Name, 11, chart.Regular), chart.TextWidth(f.Text, 13, chart.Regular)) + 1
		sum += widths[i]
	}
	for i := range widths {
		if sum > free {
			widths[i] = free / float64(len(facts))
		} else {
			widths[i] += (free - sum) / float64(len(facts))
		}
	}
	return widths
}

func (l *layout) section(s report.Section) {
	headed := s.Heading != ""
	if s.Page {
		l.newPage()
	}
	if headed {
		l.heading(s)
	}
	for i, b := range s.Blocks {
		switch b := b.(type) {
		case report.Figures:
			l.figures(b)
		case report.Chart:
			l.chart(b, headed && i == 0)
		case report.Map:
			l.atlas(b)
		case report.Table:
			l.table(b)
		case report.Text:
			l.text(b)
		}
	}
}

// heading stays with the start of its first block.
func (l *layout) heading(s report.Section) {
	first := 60.0
	if len(s.Blocks) > 0 {
		switch b := s.Blocks[0].(type) {
		case report.Chart:
			first = l.chartHeight(b)
			if list, long := listOf(b); long {
				first = min(first, list.least()+20)
			}
		case report.Map:
			first = l.mapHeight(b)
		}
	}
	l.need(min(36+first, l.body()))
	c := l.canvas()
	l.marks = append(l.marks, bookmark{text: s.Heading, page: len(l.pages) - 1, y: l.y})
	l.y += 26
	used := c.TextIn(s.Heading, chart.XY{X: l.left(), Y: l.y}, l.width(), chart.Strong()) + 8
	c.TextIn(s.Caption, chart.XY{X: l.left() + used, Y: l.y}, l.width()-used, chart.Small())
	l.y += 10
}

// notes sets what somebody says to the report, each line a paragraph.
func (l *layout) notes() {
	if strings.TrimSpace(l.doc.Notes) == "" {
		return
	}
	l.heading(report.Section{Heading: l.doc.NotesTitle})
	l.text(report.Text{Paragraphs: strings.Split(l.doc.Notes, "\n")})
}

func (l *layout) text(t report.Text) {
	for _, p := range t.Paragraphs {
		l.y += 6
		for _, line := range chart.Wrap(p, l.width(), 13, chart.Regular) {
			l.need(18)
			l.canvas().Text(line, l.left(), l.y+13, chart.Body())
			l.y += 18
		}
	}
}

// definitions says what the figures mean, under its own line and on one page
// where they fit on one.
func (l *layout) definitions() {
	if len(l.doc.Definitions) == 0 {
		return
	}
	name := 0.0
	for _, d := range l.doc.Definitions {
		name = max(name, chart.TextWidth(d.Name, 11, chart.Bold))
	}
	name = min(name, l.width()/4) + 15
	if fresh := l.need(max(80, min(50+l.definitionsHeight(name), l.body()))); !fresh {
		l.y += 16
		l.rule(l.y)
	}
	title := l.doc.DefinitionsTitle
	if title == "" {
		title = "Definitions"
	}
	l.marks = append(l.marks, bookmark{text: title, page: len(l.pages) - 1, y: l.y})
	l.canvas().Text(title, l.left(), l.y+25, chart.Strong())
	l.y += 34
	for _, d := range l.doc.Definitions {
		lines := chart.Wrap(d.Text, l.width()-name, 11, chart.Regular)
		l.need(15 * float64(max(len(lines), 1)))
		l.canvas().TextIn(d.Name, chart.XY{X: l.left(), Y: l.y + 11}, name-8, chart.SmallBold())
		for i, line := range lines {
			l.canvas().Text(line, l.left()+name, l.y+11+15*float64(i), chart.Small())
		}
		l.y += 15 * float64(max(len(lines), 1))
	}
}

// definitionsHeight is what the lines of the definitions take beside their names.
func (l *layout) definitionsHeight(name float64) float64 {
	lines := 0
	for _, d := range l.doc.Definitions {
		lines += max(1, len(chart.Wrap(d.Text, l.width()-name, 11, chart.Regular)))
	}
	return 15 * float64(lines)
}

func (l *layout) footer(c *chart.Canvas, number string) {
	y := float64(l.opt.Height) - 62
	c.HLine(l.left(), l.right(), y, 1, chart.StrongRule)
	right := c.Text(number, l.right(), y+19, chart.Small().In(chart.Foreground).To(chart.Right))
	free := l.width() - right - 16
	used := c.TextIn(l.doc.Fingerprint, chart.XY{X: l.left(), Y: y + 19}, free, chart.Small())
	if used > 0 {
		used += 16
	}
	c.TextIn(l.doc.Known, chart.XY{X: l.left() + used, Y: y + 19}, free-used, chart.Small())
}
