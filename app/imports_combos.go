package app

import (
	"slices"
	"strings"

	"fieldbook/data"
)

// comboScan counts which values of a deals file stand together in one row:
// stage, pipeline, status and what else tells of a stage.
type comboScan struct {
	columns []int
	counts  map[string]int // values by column, parted by zero bytes; nil where they were too many
	key     []byte
}

// mostCombos bounds what is counted.
const mostCombos = 20_000

// comboFields are the fields whose columns are counted together.
var comboFields = []string{"stage", FieldStatus, FieldPipeline, FieldProbability, FieldIsWon, FieldIsClosed}

// newComboScan finds the columns by their names.
func (f *FilePlan) newComboScan(header []string) *comboScan {
	s := &comboScan{counts: map[string]int{}}
	k, err := f.app.Records.Kind(data.KindDeal)
	if err != nil {
		return s
	}
	words := importWordMap(data.KindDeal, withExtras(k.Fields, data.KindDeal))
	for i, name := range header {
		if slices.Contains(comboFields, fieldNamedBy(words, name, data.KindDeal)) {
			s.columns = append(s.columns, i)
		}
	}
	return s
}

func (s *comboScan) add(cells []string) {
	if len(s.columns) < 2 || s.counts == nil {
		return
	}
	s.key = s.key[:0]
	for _, at := range s.columns {
		if at < len(cells) {
			s.key = append(s.key, strings.TrimSpace(cells[at])...)
		}
		s.key = append(s.key, 0)
	}
	if n, ok := s.counts[string(s.key)]; ok {
		s.counts[string(s.key)] = n + 1
		return
	}
	if len(s.counts) == mostCombos {
		s.counts = nil
		return
	}
	s.counts[string(s.key)] = 1
}

// combo is how often values stand together, in the order of the columns asked for.
type combo struct {
	values []string
	rows   int
}

// combos counts the values of columns that stand together; ok is false where
// that is not known. A column that is nil gives "".
func (f *FilePlan) combos(columns ...*ColumnPlan) (out []combo, ok bool) {
	at := make([]int, len(columns))
	for i, c := range columns {
		at[i] = -1
		if c == nil {
			continue
		}
		if at[i] = slices.Index(f.together.columns, c.Index); at[i] < 0 || f.together.counts == nil || len(f.together.columns) < 2 {
			return nil, false
		}
	}
	sums := map[string]int{}
	for key, n := range f.together.counts {
		parts := strings.Split(key, "\x00")
		picked := make([]string, len(at))
		for i, p := range at {
			if p >= 0 {
				picked[i] = parts[p]
			}
		}
		sums[strings.Join(picked, "\x00")] += n
	}
	for key, n := range sums {
		out = append(out, combo{strings.Split(key, "\x00"), n})
	}
	slices.SortFunc(out, func(a, b combo) int { return slices.Compare(a.values, b.values) })
	return out, true
}
