package main

// prune finds the point inside every unit, then takes out what the grid of the
// source has made into points and lines without extent: rings, stretches of
// rings, and the arcs that nothing needs any more.
func prune(t *topology, lists ...[]unit) {
	needed := make([]bool, len(t.arcs))
	for _, units := range lists {
		for i := range units {
			u := &units[i]
			u.lon, u.lat = t.inside(u.feature)
			var rings [][]int
			for _, ring := range u.rings {
				if t.area(ring) == 0 {
					continue
				}
				var kept []int
				for _, ref := range ring {
					if t.extends(max(ref, ^ref)) {
						kept = append(kept, ref)
						needed[max(ref, ^ref)] = true
					}
				}
				rings = append(rings, kept)
			}
			u.rings = rings
		}
	}
	place := make([]int, len(t.arcs))
	var arcs [][][2]int
	for i, arc := range t.arcs {
		if needed[i] {
			place[i] = len(arcs)
			arcs = append(arcs, distinct(arc))
		}
	}
	t.arcs = arcs
	for _, units := range lists {
		for i := range units {
			for _, ring := range units[i].rings {
				for k, ref := range ring {
					if ref < 0 {
						ring[k] = ^place[^ref]
					} else {
						ring[k] = place[ref]
					}
				}
			}
		}
	}
}

func (t *topology) extends(arc int) bool { return len(distinct(t.arcs[arc])) > 1 }

// distinct drops points that stand where the one before does.
func distinct(arc [][2]int) [][2]int {
	var kept [][2]int
	for i, at := range arc {
		if i == 0 || at != arc[i-1] {
			kept = append(kept, at)
		}
	}
	return kept
}
