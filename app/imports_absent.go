package app

import (
	"encoding/binary"
	"slices"

	"fieldbook/data"
)

// mostAbsent is how many absent deals are named.
const mostAbsent = 20

// note remembers which deals a file has, by eight bytes of their ids.
func (w *importWriter) note(id data.ID) {
	if w.had {
		w.seen = append(w.seen, binary.BigEndian.Uint64(id[8:]))
	}
}

// watchAbsent prepares for listing the deals that the file lacks. A book
// without deals lacks none.
func (w *importWriter) watchAbsent() error {
	n, err := w.app.store.Count(w.ctx, data.Query{Kind: data.KindDeal, Where: []data.Filter{fixIs("stage.type", data.StageOpen)}})
	w.had = n > 0
	return err
}

// listAbsent lists the open deals of the file's source that it lacks.
func (w *importWriter) listAbsent() error {
	if !w.had {
		return nil
	}
	slices.Sort(w.seen)
	q := data.Query{Kind: data.KindDeal, Where: []data.Filter{fixIs("stage.type", data.StageOpen), {Field: "external_id", Test: data.Filled}}}
	return w.app.store.Each(w.ctx, q, func(row data.Row) error {
		if row.ID != data.ImportedID(data.KindDeal, w.Source, outerKey(row.Text("external_id"))) {
			return nil
		}
		if _, here := slices.BinarySearch(w.seen, binary.BigEndian.Uint64(row.ID[8:])); here {
			return nil
		}
		if w.Absent == nil {
			w.Absent = &Absent{}
		}
		if w.Absent.Deals++; len(w.Absent.Names) < mostAbsent {
			w.Absent.Names = append(w.Absent.Names, RecordName(row))
		}
		return nil
	})
}
