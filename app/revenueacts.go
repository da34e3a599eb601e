package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/store"
)

// NewRevenue is a scenario to begin with.
type NewRevenue struct {
	Name    string
	Year    data.Period
	Total   int64 // minor units
	Stretch float64
	Season  [QuotaMonths]float64
	Note    string
}

// Add begins a scenario of a year: its whole, spread over the months by its season.
func (r *Revenue) Add(ctx context.Context, n NewRevenue) (data.ID, error) {
	name := strings.TrimSpace(n.Name)
	switch {
	case name == "":
		return data.NoID, data.FieldErrorf("name", "a plan needs a name, such as Steady growth")
	case n.Total < 0:
		return data.NoID, data.FieldErrorf("total", "a year cannot bring less than nothing")
	}
	id := data.NewID()
	year, _, _ := (r.app.Book().Calendar.YearOf(n.Year.From).To - 1).Date()
	values := data.Values{
		"name": name, "year": int64(year), "status": data.RevenueDraft, "stretch": n.Stretch, "season": textOrNil(SeasonText(n.Season)), "note": textOrNil(strings.TrimSpace(n.Note)),
	}
	s := &RevenueSheet{Year: r.app.Book().Calendar.YearOf(n.Year.From), Plan: &RevenuePlan{ID: id, Name: name}, table: newRevenueTable()}
	err := r.app.write(ctx, store.Act{What: fmt.Sprintf("Begin the revenue plan %s of %s", name, s.Year.Name)}, func(tx *store.Tx) error {
		if _, err := tx.Put(data.KindRevenuePlan, id, values); err != nil {
			return err
		}
		return r.store(tx, s, func(t *revenueTable) {
			t.whole, t.set = seasoned(n.Total, n.Season, r.app.Book().Currency.Unit()), true
		})
	})
	return id, err
}

// SeasonText writes shares of months as a plan and the book's season keep them; ""
// for none.
func SeasonText(season [QuotaMonths]float64) string {
	if season == [QuotaMonths]float64{} {
		return ""
	}
	parts := make([]string, QuotaMonths)
	for i, x := range season {
		parts[i] = strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", x), "0"), ".")
	}
	return strings.Join(parts, "; ")
}

// RevenueCell is an amount to set: of a line of a cut, or of the whole, for some
// months of the year, which share it as they do now.
type RevenueCell struct {
	By     string // "" is the whole
	ID     data.ID
	Name   string // of a product line
	Months []int
	Amount int64
}

// Set sets an amount. A change of the whole takes the lines along in proportion.
func (r *Revenue) Set(ctx context.Context, plan data.ID, c RevenueCell) error {
	if c.Amount < 0 {
		return data.FieldErrorf("amount", "a plan cannot ask for less than nothing")
	}
	return r.change(ctx, plan, c.By, func(s *RevenueSheet) (string, error) {
		what := fmt.Sprintf("Plan %s for %s", report.Numbers{Currency: s.Currency}.Exact(c.Amount), s.words(c))
		return what, r.edit(s, c)
	})
}

func (s *RevenueSheet) words(c RevenueCell) string {
	if c.By == "" {
		return "the whole of " + s.Year.Name
	}
	for i := range s.Lines {
		if l := &s.Lines[i]; l.key().is(revenueKey{c.ID, c.Name}) {
			return l.Name + " in " + s.Year.Name
		}
	}
	return s.Year.Name
}

func (r *Revenue) edit(s *RevenueSheet, c RevenueCell) error {
	months := s.table.total()
	var line *RevenueMonths
	if c.By != "" {
		cut := s.table.cut(c.By)
		line = &cut.lines[cut.at(revenueKey{c.ID, c.Name})]
		months = *line
	}
	season := seasoned(1_000_000, s.Plan.Season, 1)
	now, even := make([]int64, len(c.Months)), make([]int64, len(c.Months))
	for i, m := range c.Months {
		if m < 0 || m >= QuotaMonths {
			return data.Errorf(data.Invalid, "a year has twelve months; nothing was changed")
		}
		now[i], even[i] = months[m], season[m]
	}
	if months.Sum(c.Months...) == 0 {
		now = even
	}
	for i, part := range SpreadBy(c.Amount, now, 1) {
		months[c.Months[i]] = part
	}
	if line != nil {
		*line = months
		return nil
	}
	s.table.rescale(months)
	s.table.whole, s.table.set = months, true
	return nil
}

// Reseason gives the year another season: every month of the whole and of all
// lines follows it, and no year's sum changes.
func (r *Revenue) Reseason(ctx context.Context, plan data.ID, season [QuotaMonths]float64) error {
	return r.change(ctx, plan, "", func(s *RevenueSheet) (string, error) {
		s.Plan.Row.Values["season"] = textOrNil(SeasonText(season))
		s.table.rescale(seasoned(s.table.total().Year(), season, r.app.Book().Currency.Unit()))
		return fmt.Sprintf("Give the plan %s another season", s.Plan.Name), nil
	})
}

// How a plan is divided among the lines of a cut.
const (
	RevenueEqually     = "equal"
	RevenueByHistory   = "history" // what was won in the twelve months before
	RevenueByPotential = "potential"
	RevenueByCapacity  = "capacity" // what people there can sell
)

// RevenueWays lists the ways of dividing.
var RevenueWays = []string{RevenueEqually, RevenueByHistory, RevenueByPotential, RevenueByCapacity}

// Split divides the whole among the lines of a cut. It is Refused where nobody
// knows what it is to be divided by.
func (r *Revenue) Split(ctx context.Context, plan data.ID, by, how string) error {
	return r.change(ctx, plan, by, func(s *RevenueSheet) (string, error) {
		weights := make([]int64, len(s.Lines))
		keys := make([]revenueKey, len(s.Lines))
		var sum int64
		for i := range s.Lines {
			l := &s.Lines[i]
			keys[i] = l.key()
			switch how {
			case RevenueEqually:
				weights[i] = 1
			case RevenueByHistory:
				weights[i] = l.Won
			case RevenueByPotential:
				weights[i] = l.Potential
			case RevenueByCapacity:
				weights[i] = l.Capacity.Amount
			default:
				return "", data.Errorf(data.Invalid, "a plan is divided by %s, not by %q", strings.Join(RevenueWays, ", "), how)
			}
			sum += max(0, weights[i])
		}
		if len(keys) == 0 {
			return "", data.Errorf(data.Refused, "the book has no %s to divide the plan among; nothing was changed", map[string]string{RevenueRegion: "regions", RevenueSegment: "segments", RevenueFamily: "product lines"}[by])
		}
		if sum == 0 {
			return "", data.Errorf(data.Refused, "the book does not know the %s of these lines; nothing was changed. Divide the plan in another way", map[string]string{
				RevenueByHistory: "sales of the last twelve months", RevenueByPotential: "potential", RevenueByCapacity: "capacity",
			}[how])
		}
		s.table.divide(by, keys, weights, r.app.Book().Currency.Unit())
		return fmt.Sprintf("Divide the plan %s by %s, %s", s.Plan.Name, by, how), nil
	})
}

// change writes what do made of a plan's table, in one step for undo. It is
// Refused for a plan whose amounts stand.
func (r *Revenue) change(ctx context.Context, plan data.ID, by string, do func(*RevenueSheet) (what string, err error)) error {
	s, err := r.sheetOf(ctx, plan, by)
	if err != nil {
		return err
	}
	if s.Plan.Fixed() {
		return data.Errorf(data.Refused, "the plan %s is %s, so its amounts stand; nothing was changed. Copy it and change the copy", s.Plan.Name, s.Plan.Status)
	}
	season := s.Plan.Row.Text("season")
	before := s.table.cells()
	what, err := do(s)
	if err != nil {
		return err
	}
	return r.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		if now := s.Plan.Row.Text("season"); now != season {
			if _, err := tx.Put(data.KindRevenuePlan, plan, data.Values{"season": textOrNil(now)}); err != nil {
				return err
			}
		}
		return r.storeFrom(tx, s, before)
	})
}

// sheetOf reads a plan in one of its cuts; with "" for the cut its amounts alone,
// without lines and what stands beside them.
func (r *Revenue) sheetOf(ctx context.Context, plan data.ID, by string) (*RevenueSheet, error) {
	row, err := r.app.store.Get(ctx, data.KindRevenuePlan, plan)
	if err != nil {
		return nil, err
	}
	q := RevenueQuery{Year: r.app.Book().Calendar.Year(int(row.Int("year"))), Plan: plan, By: by, AsOf: r.app.Today()}
	if by != "" {
		return r.Sheet(ctx, q)
	}
	b := r.reader(q)
	return b.s, b.plans(ctx)
}

// store changes the table of a plan and writes it.
func (r *Revenue) store(tx *store.Tx, s *RevenueSheet, do func(*revenueTable)) error {
	before := s.table.cells()
	do(s.table)
	return r.storeFrom(tx, s, before)
}

// revenueCellKey is a place in a table.
type revenueCellKey struct {
	by    string
	id    data.ID
	name  string // of a product line, in lower case
	month int
}

// cells are the amounts of a table, by place.
func (t *revenueTable) cells() map[revenueCellKey]int64 {
	out := map[revenueCellKey]int64{}
	if t.set {
		for m, x := range t.whole {
			out[revenueCellKey{month: m}] = x
		}
	}
	for by, c := range t.cuts {
		for i, k := range c.keys {
			for m, x := range c.lines[i] {
				out[revenueCellKey{by, k.id, k.folded(), m}] = x
			}
		}
	}
	return out
}

// folded is the name of a line without an id.
func (k revenueKey) folded() string {
	if !k.id.IsZero() {
		return ""
	}
	return strings.ToLower(k.name)
}

// storeFrom writes the cells of a plan's table that are other than before.
func (r *Revenue) storeFrom(tx *store.Tx, s *RevenueSheet, before map[revenueCellKey]int64) error {
	held := map[revenueCellKey][]data.Row{}
	for _, row := range s.rows {
		p := placeOfTarget(row)
		at := revenueCellKey{p.by, p.key.id, p.key.folded(), row.Day("month").Month() - s.Year.From.Month()}
		held[at] = append(held[at], row)
	}
	names := map[string]string{}
	for _, k := range s.table.cut(RevenueFamily).keys {
		names[k.folded()] = k.name
	}
	now := s.table.cells()
	for at := range before {
		if _, there := now[at]; !there {
			now[at] = 0
		}
	}
	for _, at := range revenueCellOrder(now) {
		if old, was := before[at]; was && old == now[at] || !was && now[at] == 0 {
			continue
		}
		if err := r.storeCell(tx, s, at, now[at], names[at.name], held[at]); err != nil {
			return err
		}
	}
	return nil
}

// revenueCellOrder lists places in an order that repeats.
func revenueCellOrder(cells map[revenueCellKey]int64) []revenueCellKey {
	out := make([]revenueCellKey, 0, len(cells))
	for at := range cells {
		out = append(out, at)
	}
	slices.SortFunc(out, func(a, b revenueCellKey) int {
		return cmp.Or(strings.Compare(a.by, b.by), strings.Compare(a.id.String(), b.id.String()), strings.Compare(a.name, b.name), a.month-b.month)
	})
	return out
}

// storeCell writes one amount; an amount of nothing takes the target away.
func (r *Revenue) storeCell(tx *store.Tx, s *RevenueSheet, at revenueCellKey, amount int64, family string, held []data.Row) error {
	for i, row := range held {
		if i > 0 || amount == 0 {
			if err := tx.Delete(data.KindRevenueTarget, row.ID); err != nil {
				return err
			}
		}
	}
	if amount == 0 {
		return nil
	}
	money := data.Values{"amount": amount, "currency": string(r.app.Book().Currency)}
	if len(held) > 0 {
		_, err := tx.Put(data.KindRevenueTarget, held[0].ID, money)
		return err
	}
	values := data.Values{"plan": s.Plan.ID, "month": s.Year.From.AddMonths(at.month), "amount": amount, "currency": string(r.app.Book().Currency)}
	switch at.by {
	case RevenueRegion:
		values["territory"] = at.id
	case RevenueSegment:
		values["segment"] = at.id
	case RevenueFamily:
		values["family"] = family
	case revenuePerson:
		values["person"] = at.id
	}
	id := data.ImportedID(data.KindRevenueTarget, s.Plan.ID.String(), fmt.Sprint(at.by, "/", at.id, "/", at.name, "/", at.month))
	_, err := tx.Put(data.KindRevenueTarget, id, values)
	return err
}
