package geo

// stitch joins edges, each of which begins where another ends, to lines as
// long as can be. Closed ones end where they begin.
func stitch(edges []edge) [][]Point {
	s := stitching{edges: edges, used: make([]bool, len(edges))}
	if len(edges) > few {
		s.from = make(map[Point][]int, len(edges))
		s.ends = make(map[Point]int, len(edges))
		for i, e := range edges {
			s.from[e.from] = append(s.from[e.from], i)
			s.ends[e.to]++
		}
	}
	var lines [][]Point
	for i := range edges { // open lines from their beginning
		if !s.used[i] && s.opens(edges[i].from) {
			lines = append(lines, s.follow(i))
		}
	}
	for i := range edges {
		if !s.used[i] {
			lines = append(lines, s.follow(i))
		}
	}
	return lines
}

// few edges, those of most cells, are looked through faster than found in a map.
const few = 24

type stitching struct {
	edges []edge
	used  []bool
	from  map[Point][]int // nil where there are few
	ends  map[Point]int
}

// opens tells whether more edges begin at a point than end there.
func (s *stitching) opens(at Point) bool {
	if s.from != nil {
		return len(s.from[at]) > s.ends[at]
	}
	n := 0
	for i := range s.edges {
		if s.edges[i].from == at {
			n++
		}
		if s.edges[i].to == at {
			n--
		}
	}
	return n > 0
}

// next finds an edge that begins at a point and is not used yet, -1 for none.
func (s *stitching) next(at Point) int {
	if s.from == nil {
		for i := range s.edges {
			if !s.used[i] && s.edges[i].from == at {
				return i
			}
		}
		return -1
	}
	for _, i := range s.from[at] {
		if !s.used[i] {
			return i
		}
	}
	return -1
}

func (s *stitching) follow(i int) []Point {
	line := make([]Point, 1, min(len(s.edges)+1, few))
	line[0] = s.edges[i].from
	for ; i >= 0; i = s.next(line[len(line)-1]) {
		s.used[i] = true
		line = append(line, s.edges[i].to)
	}
	return line
}
