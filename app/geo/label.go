package geo

// wanted is a label that is to find a place: its size, and where its middle
// may stand, best first.
type wanted struct {
	w, h float64
	at   [][2]float64
}

// placeLabels gives each label, in order, the first of its places where it
// lies within the frame and clear of what is full and of the labels before
// it. A label without such a place is not ok.
func placeLabels(labels []wanted, frame box, full []box, gap float64) (boxes []box, ok []bool) {
	boxes, ok = make([]box, len(labels)), make([]bool, len(labels))
	clear := newTaken(frame)
	for _, b := range full {
		clear.add(b)
	}
	for i, l := range labels {
		for _, at := range l.at {
			b := box{at[0] - l.w/2, at[1] - l.h/2, at[0] + l.w/2, at[1] + l.h/2}
			if b.x0 < frame.x0 || b.y0 < frame.y0 || b.x1 > frame.x1 || b.y1 > frame.y1 || !clear.free(b.grown(gap)) {
				continue
			}
			clear.add(b)
			boxes[i], ok[i] = b, true
			break
		}
	}
	return boxes, ok
}

// taken finds boxes that meet without looking at all of them.
type taken struct {
	frame box
	cells map[[2]int][]box
}

const takenCell = 64

func newTaken(frame box) *taken { return &taken{frame, map[[2]int][]box{}} }

func (g *taken) each(b box, do func(at [2]int) bool) {
	for x := int(b.x0 / takenCell); x <= int(b.x1/takenCell); x++ {
		for y := int(b.y0 / takenCell); y <= int(b.y1/takenCell); y++ {
			if !do([2]int{x, y}) {
				return
			}
		}
	}
}

func (g *taken) add(b box) {
	if b.meets(g.frame) {
		g.each(b, func(at [2]int) bool {
			g.cells[at] = append(g.cells[at], b)
			return true
		})
	}
}

func (g *taken) free(b box) bool {
	free := true
	g.each(b, func(at [2]int) bool {
		for _, o := range g.cells[at] {
			free = free && !o.meets(b)
		}
		return free
	})
	return free
}
