package alignment

import "slices"

// joinings is how often, a territory, it is tried to join what locks hold apart.
const joinings = 4

// joined lets territories hang together as far as locks allow: a piece that a
// lock holds is led to the nearest other piece of its territory through units
// that are free, and what no lock holds goes to a territory beside it.
func joined(r *rules, of []int32) []int32 {
	of = slices.Clone(of)
	for range joinings * r.k {
		piece := strayed(r, of)
		if piece == nil {
			return of
		}
		t := of[piece[0]]
		if !r.anyLocked(piece) {
			if !giveAway(r, of, piece) {
				return of
			}
			continue
		}
		way := wayBack(r, of, piece)
		if way == nil {
			return of
		}
		for _, i := range way {
			of[i] = t
		}
	}
	return of
}

// strayed is a piece of a territory that has a larger one, or one that a lock
// holds; nil where all hang together.
func strayed(r *rules, of []int32) []int32 {
	type piece struct {
		units  []int32
		locked bool
	}
	main := make([]piece, r.k)
	var out []int32
	newState(r, of).eachPiece(func(units []int32) {
		t := of[units[0]]
		x := piece{slices.Clone(units), r.anyLocked(units)}
		switch y := main[t]; {
		case y.units == nil:
			main[t] = x
		case x.locked && !y.locked, x.locked == y.locked && len(x.units) > len(y.units):
			main[t], out = x, y.units
		default:
			out = x.units
		}
	})
	return out
}

// giveAway gives a piece to a territory beside it.
func giveAway(r *rules, of, piece []int32) bool {
	t := of[piece[0]]
	for _, i := range piece {
		for _, j := range r.near[i] {
			if of[j] != t {
				to := of[j]
				for _, x := range piece {
					of[x] = to
				}
				return true
			}
		}
	}
	return false
}

// wayBack are the units between a piece and the nearest other one of its
// territory, through units that are locked nowhere else; nil where there is none.
func wayBack(r *rules, of, piece []int32) []int32 {
	t := of[piece[0]]
	before := slices.Repeat([]int32{Anywhere}, r.n)
	for _, i := range piece {
		before[i] = i
	}
	queue := slices.Clone(piece)
	for n := 0; n < len(queue); n++ {
		for _, j := range r.near[queue[n]] {
			if before[j] != Anywhere || !r.allowed(int(j), int(t)) {
				continue
			}
			before[j] = queue[n]
			if of[j] != t {
				queue = append(queue, j)
				continue
			}
			var way []int32
			for i := before[j]; of[i] != t; i = before[i] {
				way = append(way, i)
			}
			return way
		}
	}
	return nil
}
