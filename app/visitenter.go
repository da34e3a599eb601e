package app

import (
	"context"
	"fmt"
	"regexp"

	"fieldbook/data"
	"fieldbook/data/store"
)

// activity is the id of the visit to an account in this week, the same whoever
// enters it, so that no week is entered twice.
func (w *VisitWeek) activity(account data.ID) data.ID {
	return data.ImportedID(data.KindActivity, "visits", w.Person.String()+" "+w.Monday.String()+" "+account.String())
}

// Entered is what entering a week changed.
type Entered struct {
	New, Changed, Removed int
	Kept                  int // as they were: unchanged, or done already
	Txn                   data.ID
}

// Enter puts the rounds of a week into the book as planned visits, one step for
// undo. Entered again, visits move along with the plan: those that are no longer
// in it go, those that are done stay as they are.
func (v *Visits) Enter(ctx context.Context, w *VisitWeek) (Entered, error) {
	var out Entered
	old, err := v.entered(ctx, w)
	if err != nil {
		return out, err
	}
	what := fmt.Sprintf("Plan the visits of %s in %s", w.Name, w.Label())
	out.Txn, err = v.app.writeTxn(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		out = Entered{}
		for _, d := range w.Days {
			for i, s := range d.Stops {
				id := w.activity(s.Account)
				row, had := old[id]
				delete(old, id)
				if had && row.Bool("done") {
					out.Kept++
					continue
				}
				values := w.visit(d, i, row)
				outcome, err := tx.Put(data.KindActivity, id, values)
				if err != nil {
					return err
				}
				switch {
				case !had:
					out.New++
				case outcome == store.Unchanged:
					out.Kept++
				default:
					out.Changed++
				}
			}
		}
		for id, row := range old {
			if row.Bool("done") {
				continue
			}
			out.Removed++
			if err := tx.Delete(data.KindActivity, id); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// entered reads what stands in the book of a week.
func (v *Visits) entered(ctx context.Context, w *VisitWeek) (map[data.ID]data.Row, error) {
	out := map[data.ID]data.Row{}
	q := data.Query{Kind: data.KindActivity, Where: []data.Filter{
		{Field: "person", Test: data.Is, Values: []data.Value{w.Person}},
		{Field: "type", Test: data.Is, Values: []data.Value{"visit"}},
	}}
	err := v.app.store.Each(ctx, q, func(r data.Row) error {
		if r.ID == w.activity(r.Ref("account")) {
			out[r.ID] = r
		}
		return nil
	})
	return out, err
}

// ownNote is a note as visit writes it.
var ownNote = regexp.MustCompile(`^\d\d:\d\d–\d\d:\d\d, stop \d+ of \d+$`)

// visit is the i-th stop of a day as an activity. A note that somebody wrote
// stays.
func (w *VisitWeek) visit(d VisitDay, i int, old data.Row) data.Values {
	s := d.Stops[i]
	values := data.Values{"type": "visit", "account": s.Account, "person": w.Person, "day": d.Day, "minutes": int64(s.Minutes + 0.5)}
	if old.Text("subject") == "" {
		values["subject"] = "Visit " + s.Name
	}
	if note := old.Text("note"); note == "" || ownNote.MatchString(note) {
		values["note"] = fmt.Sprintf("%s–%s, stop %d of %d", s.Arrive.Format("15:04"), s.Leave.Format("15:04"), i+1, len(d.Stops))
	}
	return values
}
