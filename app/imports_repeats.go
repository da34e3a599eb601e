package app

import (
	"hash/maphash"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/store"
)

// A file may have a record on several lines. They are put together before the
// record is written, the later line holding, so that the same file again finds
// it as it is instead of changing it there and back.

// idScan notes which ids stand on more than one line of a file.
type idScan struct {
	seed    maphash.Seed
	columns []int
	hashes  [][]uint64
}

// mostIDColumns is how many columns are looked at that may hold the ids.
const mostIDColumns = 2

// newIDScan finds the columns that are named for the ids of some kind.
func newIDScan(header []string) *idScan {
	s := &idScan{seed: maphash.MakeSeed()}
	for _, kind := range []string{data.KindDeal, data.KindAccount, data.KindContact, data.KindPerson, data.KindProduct, data.KindActivity} {
		words := importWordMap(kind, nil)
		for i, name := range header {
			if len(s.columns) < mostIDColumns && !slices.Contains(s.columns, i) && slices.ContainsFunc(heads(name, kind), func(h head) bool { return words[h.word].field == "external_id" && h.far <= 3 }) {
				s.columns = append(s.columns, i)
			}
		}
	}
	s.hashes = make([][]uint64, len(s.columns))
	return s
}

func (s *idScan) add(cells []string) {
	for i, at := range s.columns {
		if text := strings.TrimSpace(cellAt(cells, at)); text != "" {
			s.hashes[i] = append(s.hashes[i], s.hash(text))
		}
	}
}

func (s *idScan) hash(id string) uint64 { return maphash.String(s.seed, outerKey(id)) }

// repeats counts, by column, the lines of ids that several lines have.
func (s *idScan) repeats() map[int]map[uint64]int {
	out := map[int]map[uint64]int{}
	for i, at := range s.columns {
		all := s.hashes[i]
		slices.Sort(all)
		for from := 0; from < len(all); {
			to := from + 1
			for to < len(all) && all[to] == all[from] {
				to++
			}
			if to-from > 1 {
				if out[at] == nil {
					out[at] = map[uint64]int{}
				}
				out[at][all[from]] = to - from
			}
			from = to
		}
	}
	s.hashes = nil
	return out
}

// heldRows are rows whose record stands on later lines too.
type heldRows struct {
	left map[uint64]int
	rows map[uint64]*importRow
}

// openRepeats prepares for ids that stand on several lines.
func (w *importWriter) openRepeats() {
	if w.at.outer < 0 || w.keys != nil || w.plan.links || w.plan.ids == nil {
		return
	}
	repeats := w.plan.repeats[w.shape.columns[w.at.outer].Index]
	w.held = heldRows{left: make(map[uint64]int, len(repeats)), rows: map[uint64]*importRow{}}
	for hash, n := range repeats {
		w.held.left[hash] = n
	}
}

// holdsBack puts a row together with those above it of the same id, and keeps it
// back where more of them come.
func (w *importWriter) holdsBack(row *importRow) bool {
	outer := w.outer(row)
	if len(w.held.left) == 0 || outer == "" {
		return false
	}
	hash := w.plan.ids.hash(outer)
	left, ok := w.held.left[hash]
	if !ok {
		return false
	}
	left--
	w.held.left[hash] = left
	if before := w.held.rows[hash]; before != nil {
		w.problem(ImportProblem{Line: row.line, Column: w.keyColumn(), Value: w.called(row), Why: "stands on an earlier line too; the later line holds", CameIn: true})
		w.count(store.Unchanged)
		if w.plan.Blank != BlankClear {
			before.under(row)
		}
		delete(w.held.rows, hash)
	}
	if left <= 0 {
		return false
	}
	w.held.rows[hash] = &importRow{line: row.line, values: slices.Clone(row.values), money: row.money}
	return true
}

// under fills what a later row leaves blank.
func (before *importRow) under(row *importRow) {
	for i, v := range row.values {
		if v == nil {
			row.values[i] = before.values[i]
		}
	}
	if row.money == "" {
		row.money = before.money
	}
}

// release writes the rows that were kept back for lines which did not come in.
func (w *importWriter) release() error {
	rows := make([]*importRow, 0, len(w.held.rows))
	for _, row := range w.held.rows {
		rows = append(rows, row)
	}
	w.held = heldRows{}
	slices.SortFunc(rows, func(a, b *importRow) int { return a.line - b.line })
	for _, row := range rows {
		if err := w.row(row); err != nil {
			return err
		}
	}
	return nil
}
