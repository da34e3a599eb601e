package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// QuotaCell is a quota to set: of a person or a territory, for a month.
type QuotaCell struct {
	Person, Territory data.ID // one of them
	Month             data.Day
	Amount            int64         // minor units, not negative
	Currency          data.Currency // "" is the book's
	Clear             bool          // takes the quota away instead
}

// Set sets quotas in one step for undo. A person's quota that is split over
// territories keeps its proportions. The error is Invalid for a negative
// amount and for a cell of nobody.
func (q *Quotas) Set(ctx context.Context, cells []QuotaCell) error {
	what := fmt.Sprintf("Set %d quotas", len(cells))
	if len(cells) == 1 {
		name, err := q.holder(ctx, cells[0])
		if err != nil {
			return err
		}
		month := cells[0].Month.Time().Format("Jan 2006")
		what = fmt.Sprintf("Set the quota of %s for %s to %s", name, month, q.sum(cells))
		if cells[0].Clear {
			what = fmt.Sprintf("Clear the quota of %s for %s", name, month)
		}
	}
	return q.put(ctx, what, cells)
}

// Spread sets quotas that share a sum, in one step for undo.
func (q *Quotas) Spread(ctx context.Context, cells []QuotaCell) error {
	return q.put(ctx, fmt.Sprintf("Spread %s over %s", q.sum(cells), countQuotas(len(cells))), cells)
}

// Clear takes quotas away, in one step for undo. Cells without one are passed over.
func (q *Quotas) Clear(ctx context.Context, cells []QuotaCell) error {
	cells = slices.Clone(cells)
	for i := range cells {
		cells[i].Clear = true
	}
	if len(cells) == 1 {
		return q.Set(ctx, cells)
	}
	return q.put(ctx, "Clear "+countQuotas(len(cells)), cells)
}

func countQuotas(n int) string {
	if n == 1 {
		return "one quota"
	}
	return report.Numbers{}.Count(n) + " quotas"
}

// sum words the sum of cells, in the currency of the first.
func (q *Quotas) sum(cells []QuotaCell) string {
	own := q.app.Book().Currency
	money := data.Money{Currency: own}
	for i, c := range cells {
		if i == 0 && c.Currency != "" {
			money.Currency = c.Currency
		}
		money.Minor += c.Amount
	}
	words := report.Numbers{Currency: money.Currency}.Exact(money.Minor)
	if money.Currency != own {
		words += " " + string(money.Currency)
	}
	return words
}

// holder is the name of whose quota it is.
func (q *Quotas) holder(ctx context.Context, c QuotaCell) (string, error) {
	kind, id := data.KindPerson, c.Person
	if id.IsZero() {
		kind, id = data.KindTerritory, c.Territory
	}
	row, err := q.app.store.Get(ctx, kind, id)
	if err != nil {
		return "", err
	}
	return row.Title(), nil
}

func (q *Quotas) put(ctx context.Context, what string, cells []QuotaCell) error {
	own := q.app.Book().Currency
	for _, c := range cells {
		switch {
		case c.Person.IsZero() == c.Territory.IsZero() || !c.Month.Valid():
			return data.Errorf(data.Invalid, "a quota belongs to a person or to a territory, and to a month; nothing was changed")
		case c.Amount < 0:
			return data.FieldErrorf("amount", "a quota cannot be negative; nothing was changed")
		case c.Currency != "" && !sheet.IsCurrency(c.Currency):
			return data.FieldErrorf("currency", "%q is not a currency; write a code of three capitals such as USD", c.Currency)
		}
	}
	return q.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		held, err := q.held(ctx, cells)
		if err != nil {
			return err
		}
		w := quotaWriter{app: q.app, tx: tx, own: own, held: held, known: map[data.ID]bool{}}
		for _, c := range cells {
			if err := w.put(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// quotaPlace is one cell of the grid.
type quotaPlace struct {
	person, territory data.ID // territory only without a person
	month             data.Day
}

func placeOfQuota(person, territory data.ID, month data.Day) quotaPlace {
	if !person.IsZero() {
		territory = data.NoID
	}
	return quotaPlace{person, territory, month}
}

// held reads the quotas that the book has in the months of cells.
func (q *Quotas) held(ctx context.Context, cells []QuotaCell) (map[quotaPlace][]data.Row, error) {
	if len(cells) == 0 {
		return nil, nil
	}
	byMonth := func(a, b QuotaCell) int { return int(a.Month) - int(b.Month) }
	from, to := slices.MinFunc(cells, byMonth).Month, slices.MaxFunc(cells, byMonth).Month
	return q.between(ctx, data.Period{From: from, To: to + 1})
}

// between reads the quotas of the months that begin within a period.
func (q *Quotas) between(ctx context.Context, p data.Period) (map[quotaPlace][]data.Row, error) {
	out := map[quotaPlace][]data.Row{}
	where := data.Filter{Field: "month", Test: data.Between, Values: []data.Value{p.From, p.To}}
	err := q.app.store.Each(ctx, data.Query{Kind: data.KindQuota, Where: []data.Filter{where}}, func(r data.Row) error {
		at := placeOfQuota(r.Ref("person"), r.Ref("territory"), r.Day("month"))
		out[at] = append(out[at], r)
		return nil
	})
	return out, err
}

// quotaWriter writes the cells of one act.
type quotaWriter struct {
	app  *App
	tx   *store.Tx
	own  data.Currency
	held map[quotaPlace][]data.Row

	known map[data.ID]bool // people and territories that are in the book
}

func (w *quotaWriter) put(ctx context.Context, c QuotaCell) error {
	rows := w.held[placeOfQuota(c.Person, c.Territory, c.Month)]
	if c.Clear {
		for _, r := range rows {
			if err := w.tx.Delete(data.KindQuota, r.ID); err != nil {
				return err
			}
		}
		return nil
	}
	currency := c.Currency
	if currency == "" {
		currency = w.own
	}
	if len(rows) == 0 {
		return w.add(ctx, c, currency)
	}
	weights := make([]int64, len(rows))
	for i, r := range rows {
		weights[i] = r.Int("amount")
	}
	for i, part := range SpreadBy(c.Amount, weights, 1) {
		if _, err := w.tx.Put(data.KindQuota, rows[i].ID, data.Values{"amount": part, "currency": string(currency)}); err != nil {
			return err
		}
	}
	return nil
}

func (w *quotaWriter) add(ctx context.Context, c QuotaCell, currency data.Currency) error {
	if who := cmp.Or(c.Person, c.Territory); !w.known[who] {
		if _, err := w.app.Quotas.holder(ctx, c); err != nil {
			return err
		}
		w.known[who] = true
	}
	values := data.Values{"month": c.Month, "amount": c.Amount, "currency": string(currency)}
	if c.Person.IsZero() {
		values["territory"] = c.Territory
	} else {
		values["person"] = c.Person
	}
	_, err := w.tx.Put(data.KindQuota, QuotaID(c.Person, c.Territory, c.Month), values)
	return err
}

// CopyQuotas says how a year's quotas are made from those of the year before.
type CopyQuotas struct {
	To      data.Period // the fiscal year
	Scope   data.Scope
	Change  int64 // in hundredths of a percent: 500 is 5 % more
	Step    int64 // minor units that amounts are rounded to; 0 is a whole unit of the currency
	Missing bool  // quotas that are set already stay
}

// CopyYear fills a fiscal year with the quotas of the year before, of people
// and territories, in one step for undo. It gives how many were copied. The
// error is NotFound where there are none to copy, Invalid for a change below
// –100 %.
func (q *Quotas) CopyYear(ctx context.Context, c CopyQuotas) (int, error) {
	const whole = 10_000
	if c.Change < -whole {
		return 0, data.FieldErrorf("change", "quotas cannot shrink by more than 100%%")
	}
	grid, err := q.Grid(ctx, c.To, c.Scope)
	if err != nil {
		return 0, err
	}
	in := map[data.ID]bool{}
	for _, l := range slices.Concat(grid.People, grid.Territories) {
		in[l.Person], in[l.Territory] = true, true
	}
	in[data.NoID] = false
	before := q.app.Book().Calendar.YearOf(grid.Year.From - 1)
	n := 0
	err = q.app.write(ctx, store.Act{What: copyWords(before, grid.Year, c.Change)}, func(tx *store.Tx) error {
		held, err := q.between(ctx, data.Period{From: before.From, To: grid.Year.To})
		if err != nil {
			return err
		}
		for _, at := range quotaOrder(held) {
			to := at
			to.month = at.month.AddMonths(QuotaMonths)
			if at.month >= grid.Year.From || !in[at.person] && !in[at.territory] || c.Missing && len(held[to]) > 0 {
				continue
			}
			n++
			if err := q.copyCell(tx, c, held[at], held[to]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && n == 0 {
		return 0, data.Errorf(data.NotFound, "%s has no quotas to copy. Nothing was changed; type the first number instead.", before.Name)
	}
	return n, err
}

// quotaOrder lists cells in an order that repeats.
func quotaOrder(held map[quotaPlace][]data.Row) []quotaPlace {
	return slices.SortedFunc(maps.Keys(held), func(a, b quotaPlace) int {
		return cmp.Or(cmp.Compare(a.month, b.month), cmp.Compare(a.person.String(), b.person.String()), cmp.Compare(a.territory.String(), b.territory.String()))
	})
}

// copyCell writes one cell a year later; what stood there goes, unless it is
// overwritten.
func (q *Quotas) copyCell(tx *store.Tx, c CopyQuotas, from, there []data.Row) error {
	const whole = 10_000
	kept := map[data.ID]bool{}
	for _, r := range from {
		person, territory, month := r.Ref("person"), r.Ref("territory"), r.Day("month").AddMonths(QuotaMonths)
		money := r.Money("amount", q.app.Book().Currency)
		values := data.Values{"month": month, "currency": string(money.Currency)}
		values["amount"] = scaled(max(money.Minor, 0), uint64(whole+c.Change), whole, c.step(money.Currency))
		if !person.IsZero() {
			values["person"] = person
		}
		if !territory.IsZero() {
			values["territory"] = territory
		}
		id := QuotaID(person, territory, month)
		kept[id] = true
		if _, err := tx.Put(data.KindQuota, id, values); err != nil {
			return err
		}
	}
	for _, r := range there {
		if kept[r.ID] {
			continue
		}
		if err := tx.Delete(data.KindQuota, r.ID); err != nil {
			return err
		}
	}
	return nil
}

func (c CopyQuotas) step(of data.Currency) uint64 {
	if c.Step > 0 {
		return uint64(c.Step)
	}
	return uint64(of.Unit())
}

func copyWords(from, to data.Period, change int64) string {
	words := fmt.Sprintf("Copy the quotas of %s to %s", from.Name, to.Name)
	percent := strings.TrimRight(strings.TrimRight(data.DecimalString(max(change, -change), 2), "0"), ".")
	switch {
	case change > 0:
		words += ", plus " + percent + "%"
	case change < 0:
		words += ", less " + percent + "%"
	}
	return words
}
