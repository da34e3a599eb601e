package app

import (
	"cmp"
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// quotaRow brings in one or, with a column per month, several quotas.
func (w *importWriter) quotaRow(row *importRow) error {
	if ok, err := w.resolved(row); !ok {
		return err
	}
	person, _ := valueAt(row, w.shape.index("person")).(data.ID)
	territory, _ := valueAt(row, w.shape.index("territory")).(data.ID)
	if person.IsZero() && territory.IsZero() {
		w.setAside(ImportProblem{Line: row.line, Why: "the row names neither a person nor a territory"}, "")
		return nil
	}
	currency := cmp.Or(row.money, w.shape.money)
	best, lacking := store.Unchanged, 0
	quotas := w.quotas(row)
	if len(quotas) == 0 {
		w.setAside(ImportProblem{Line: row.line, Why: "the row has no month or no amount"}, "")
		return nil
	}
	for _, q := range quotas {
		values := data.Values{"month": q.month, "amount": q.amount, "currency": string(currency)}
		if !person.IsZero() {
			values["person"] = person
		}
		if !territory.IsZero() {
			values["territory"] = territory
		}
		id := QuotaID(person, territory, q.month)
		if put, fresh := w.mayPut(id); !put {
			lacking += fresh
			continue
		}
		out, err := w.tx.Put(data.KindQuota, id, values)
		if err != nil {
			return err
		}
		if out == store.Created || out == store.Changed && best == store.Unchanged {
			best = out
		}
	}
	if lacking == len(quotas) {
		w.setAside(ImportProblem{Line: row.line, Why: notThere}, "")
		return nil
	}
	w.count(best)
	return nil
}

// mayPut reports whether the mode lets a quota be written; fresh is 1 where it does
// not since the book has none.
func (w *importWriter) mayPut(id data.ID) (put bool, fresh int) {
	switch there := w.tx.Exists(id); {
	case there:
		return w.plan.updates(), 0
	case w.plan.creates():
		return true, 0
	}
	return false, 1
}

type monthQuota struct {
	month  data.Day
	amount int64
}

// quotas lists the quotas of a row. A quarter's is spread over its months, what
// does not divide going to the first of them.
func (w *importWriter) quotas(row *importRow) []monthQuota {
	var out []monthQuota
	for i, c := range w.shape.columns {
		if amount, ok := row.values[i].(int64); ok && c.Month.Valid() {
			out = append(out, w.spread(amount, c.Span)...)
		}
	}
	period, ok := valueAt(row, w.shape.index("month")).(data.Period)
	amount, filled := valueAt(row, w.shape.index("amount")).(int64)
	if !ok || !filled {
		return out
	}
	return append(out, w.spread(amount, period)...)
}

// spread gives each month of a period its part of an amount.
func (w *importWriter) spread(amount int64, period data.Period) []monthQuota {
	var out []monthQuota
	months := w.app.Book().Calendar.Months(period)
	n := int64(max(len(months), 1))
	for i, m := range slices.All(months) {
		part := amount / n
		if int64(i) < amount%n {
			part++
		}
		out = append(out, monthQuota{m.From, part})
	}
	return out
}
