package oplog

import "slices"

// Without folds a log as if those of the later ops that omit names had never
// been written. What they replaced lives on, unless a later op that is left
// replaced them: it then replaces what they had replaced too. The ops before
// count as they stand.
func Without(before, later []*Op, omit func(Dot) bool) *Book {
	out := NewBook()
	for _, op := range before {
		out.Apply(op)
	}
	omitted := map[Dot]*Op{}
	for _, op := range later {
		if omit(op.Dot) {
			omitted[op.Dot] = op
		}
	}
	for _, op := range later {
		if omitted[op.Dot] != nil {
			continue
		}
		left := *op
		left.Cells = make(map[string]Cell, len(op.Cells))
		for name, c := range op.Cells {
			left.Cells[name] = Cell{Value: c.Value, Overwrites: behind(name, c.Overwrites, omitted)}
		}
		out.Apply(&left)
	}
	return out
}

// behind puts what omitted ops overwrote in their place. A delete that saw one
// of them has seen all that it replaced, in whichever cell.
func behind(name string, dots []Dot, omitted map[Dot]*Op) []Dot {
	var out []Dot
	visited := map[Dot]bool{}
	for queue := slices.Clone(dots); len(queue) > 0; queue = queue[1:] {
		d := queue[0]
		if visited[d] {
			continue
		}
		visited[d] = true
		op := omitted[d]
		if op == nil {
			out = append(out, d)
			continue
		}
		for other, c := range op.Cells {
			if other == name || name == DeletedCell {
				queue = append(queue, c.Overwrites...)
			}
		}
	}
	slices.SortFunc(out, Dot.Compare)
	return out
}
