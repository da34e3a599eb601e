package chart

import (
	"fieldbook/app/report"
)

// upright asks for vertical bars over a zero baseline with a labelled axis.
type upright struct {
	values []float64     // all that the axis must hold
	labels []string      // one a bar, those shown
	axis   report.Format // nil writes plain numbers
	top    float64       // room over the plot
	share  float64       // of the step that a bar takes
}

// planUpright places the bars; false where there is no room for them.
func (c *Canvas) planUpright(u upright, f frame) (columnsPlan, bool) {
	if u.axis == nil {
		u.axis = report.Numbers{}.Axis()
	}
	p := columnsPlan{axis: zeroBased(u.values...), plot: frame{f.x, f.y + u.top, f.w, f.h - u.top - 20}}
	p.axis.trim(u.values)
	left := widest(len(p.axis.ticks), func(i int) string { return u.axis(p.axis.ticks[i]) }, Small(), f.w/3) + 8
	p.plot.x, p.plot.w, p.left = p.plot.x+left, p.plot.w-left, left-8
	if p.plot.w < 10 || p.plot.h < 24 {
		return p, false
	}
	p.step = p.plot.w / float64(len(u.labels))
	p.width = min(max(p.step*u.share, 2), 64*u.share/0.6)
	if lines := footLines(u.labels, p.step); lines > 1 && p.plot.h > 80 {
		p.plot.h -= float64(lines-1) * 14
	}
	p.zero = p.y(0)
	c.columnsGrid(u.axis, p)
	return p, true
}

// footLines is how many lines the labels under bars need, 1 or 2.
func footLines(labels []string, step float64) int {
	for _, l := range labels {
		if step >= 36 && TextWidth(clean(l), 11, Regular) > step-6 && len(wrapLabel(l, step-6, 11, Regular)) > 1 {
			return 2
		}
	}
	return 1
}

// footLabels names bars under the plot on one or two lines. Where labels are
// too narrow to say anything, every second, third, … stays, counted from the
// end.
func (c *Canvas) footLabels(labels []string, p columnsPlan, f frame) {
	y, limits := p.plot.bottom()+16, [2]float64{f.x, f.right()}
	if p.step >= 36 {
		for i, l := range labels {
			room := p.step - 6
			lines := wrapLabel(l, room, 11, Regular)
			if len(lines) > 1 && p.plot.bottom()+30 <= f.bottom()+2 {
				c.Text(lines[0], p.mid(i), y, Small().To(Center))
				rest := lines[1]
				if len(lines) > 2 {
					rest = Fit(lines[1]+" "+lines[2], room, 11, Regular)
				}
				c.Text(rest, p.mid(i), y+14, Small().To(Center))
				continue
			}
			c.TextIn(l, XY{p.mid(i), y}, room, Small().To(Center))
		}
		return
	}
	every := 1
	for _, l := range labels {
		if w := min(TextWidth(clean(l), 11, Regular), 60) + 6; w > p.step*float64(every) {
			every = int(w/p.step) + 1
		}
	}
	var below slots
	for i := len(labels) - 1; i >= 0; i -= every {
		c.label(&below, Fit(labels[i], p.step*float64(every)-6, 11, Regular), XY{p.mid(i), y}, limits, Small())
	}
}

// strip is the whole height of a bar's step: what the pointer meets.
func (p columnsPlan) strip(i int) frame {
	return frame{p.mid(i) - p.step/2, p.plot.y - 16, p.step, p.plot.h + 36}
}

// textPlace is where texts over bars may stand.
type textPlace struct {
	line *slots
	plan columnsPlan
}

// overBar writes a text centred on a bar, within the plot and cut to about the
// bar's step, unless another stands there.
func (c *Canvas) overBar(text string, at XY, st Style, place textPlace) {
	p := place.plan
	w := TextWidth(clean(text), st.Size, st.Weight)
	if w > p.step*1.1 {
		text = Fit(text, p.step-4, st.Size, st.Weight)
		w = TextWidth(text, st.Size, st.Weight)
	}
	x := min(max(at.X-w/2, p.plot.x), p.plot.right()-w)
	if text != "" && place.line.take(x, x+w) {
		c.Text(text, x, at.Y, st)
	}
}
