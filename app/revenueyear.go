package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// inFull is all of it, in hundredths of a percent.
const inFull = 10_000

// CopyRevenue says how a scenario is made of another.
type CopyRevenue struct {
	Plan   data.ID
	Name   string
	Change int64 // in hundredths of a percent: 500 is 5 % more
}

// Copy makes a draft of another scenario, with all that it says.
func (r *Revenue) Copy(ctx context.Context, c CopyRevenue) (data.ID, error) {
	name := strings.TrimSpace(c.Name)
	switch {
	case name == "":
		return data.NoID, data.FieldErrorf("name", "a plan needs a name, such as With two hires")
	case c.Change < -inFull:
		return data.NoID, data.FieldErrorf("change", "a plan cannot shrink by more than 100%%")
	}
	s, err := r.sheetOf(ctx, c.Plan, "")
	if err != nil {
		return data.NoID, err
	}
	from := s.Plan
	if c.Change != 0 {
		to := s.table.total()
		for i := range to {
			to[i] = scaled(to[i], uint64(inFull+c.Change), inFull, 1)
		}
		s.table.rescale(to)
	}
	id := data.NewID()
	values := data.Values{
		"name": name, "year": from.Row.Int("year"), "status": data.RevenueDraft, "source": from.ID, "stretch": from.Row.Values["stretch"],
		"season": from.Row.Values["season"], "note": from.Row.Values["note"],
	}
	s.Plan, s.rows = &RevenuePlan{ID: id, Name: name}, nil
	err = r.app.write(ctx, store.Act{What: fmt.Sprintf("Copy the revenue plan %s as %s", from.Name, name)}, func(tx *store.Tx) error {
		if _, err := tx.Put(data.KindRevenuePlan, id, values); err != nil {
			return err
		}
		return r.storeFrom(tx, s, nil)
	})
	return id, err
}

// SetStatus proposes, approves, puts away a plan or takes it back to a draft. The
// one that is approved takes the place of the year's approved one, which is put
// away, and gets the next revision. Who may approve follows from the rights.
func (r *Revenue) SetStatus(ctx context.Context, plan data.ID, status string) error {
	s, err := r.sheetOf(ctx, plan, "")
	if err != nil {
		return err
	}
	me, err := r.app.Me(ctx)
	if err != nil {
		return err
	}
	words := map[string]string{
		data.RevenueDraft: "Take %s back to a draft", data.RevenueProposed: "Propose %s", data.RevenueApproved: "Approve %s", data.RevenueArchived: "Put %s away",
	}[status]
	if words == "" {
		return data.Errorf(data.Invalid, "a plan is draft, proposed, approved or archived, not %q", status)
	}
	values := data.Values{"status": status, "approved_by": nil, "approved_day": nil}
	others := []data.ID{}
	if status == data.RevenueApproved {
		if s.Plan.Total == 0 {
			return data.Errorf(data.Refused, "the plan %s has no amounts yet; nothing was changed", s.Plan.Name)
		}
		values["approved_by"], values["approved_day"], values["revision"] = refOrNil(me.ID), r.app.Today(), int64(1)
		for i := range s.Plans {
			p := &s.Plans[i]
			values["revision"] = max(values["revision"].(int64), p.Revision+1)
			if p.ID != plan && p.Status == data.RevenueApproved {
				others = append(others, p.ID)
			}
		}
	} else if status == data.RevenueArchived && s.Plan.Status == data.RevenueApproved {
		delete(values, "approved_by") // who approved it stays with what was put away
		delete(values, "approved_day")
	}
	return r.app.write(ctx, store.Act{What: fmt.Sprintf(words, "the revenue plan "+s.Plan.Name)}, func(tx *store.Tx) error {
		for _, id := range others {
			if _, err := tx.Put(data.KindRevenuePlan, id, data.Values{"status": data.RevenueArchived}); err != nil {
				return err
			}
		}
		_, err := tx.Put(data.KindRevenuePlan, plan, values)
		return err
	})
}

// Remove takes a plan and its targets out of the book, in one step for undo.
func (r *Revenue) Remove(ctx context.Context, plan data.ID) error {
	s, err := r.sheetOf(ctx, plan, "")
	if err != nil {
		return err
	}
	return r.app.write(ctx, store.Act{What: "Remove the revenue plan " + s.Plan.Name}, func(tx *store.Tx) error {
		for _, row := range s.rows {
			if err := tx.Delete(data.KindRevenueTarget, row.ID); err != nil {
				return err
			}
		}
		return tx.Delete(data.KindRevenuePlan, plan)
	})
}

// RevenueQuotas says how quotas are made of a plan.
type RevenueQuotas struct {
	Plan data.ID
	Over int64  // by how much people's quotas exceed the plan, in hundredths of a percent
	How  string // RevenueEqually, RevenueByHistory or RevenueByPotential, among the people of a region
}

// RevenueQuotasMade is what became of it.
type RevenueQuotasMade struct {
	Quotas, People, Regions int
	Nobody                  []string // regions in which nobody sells, so that only the region has a quota
}

// MakeQuotas sets the quotas of a year from its approved plan: each region is asked
// for what the plan says, and its people for that and Over, month by month, to the
// cent. What stood there is overwritten, in one step for undo.
func (r *Revenue) MakeQuotas(ctx context.Context, q RevenueQuotas) (*RevenueQuotasMade, error) {
	s, err := r.sheetOf(ctx, q.Plan, RevenueRegion)
	if err != nil {
		return nil, err
	}
	if err := s.asksQuotas(q); err != nil {
		return nil, err
	}
	grid, err := r.app.Quotas.Grid(ctx, s.Year, data.Scope{})
	if err != nil {
		return nil, err
	}
	weigh, err := r.weights(ctx, s, q.How)
	if err != nil {
		return nil, err
	}
	out := &RevenueQuotasMade{}
	var cells []QuotaCell
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Months.Year() == 0 || l.ID.IsZero() {
			continue
		}
		people := slices.DeleteFunc(slices.Clone(grid.People), func(p QuotaLine) bool { return p.Left || p.Region != l.ID })
		weights := make([]int64, len(people))
		for k, p := range people {
			weights[k] = weigh(p.Person)
		}
		for m, amount := range l.Months {
			month := s.Months[m].From
			cells = append(cells, QuotaCell{Territory: l.ID, Month: month, Amount: amount})
			for k, part := range SpreadBy(scaled(amount, uint64(inFull+q.Over), inFull, 1), weights, 1) {
				cells = append(cells, QuotaCell{Person: people[k].Person, Month: month, Amount: part})
			}
		}
		out.Regions++
		if out.People += len(people); len(people) == 0 {
			out.Nobody = append(out.Nobody, l.Name)
		}
	}
	out.Quotas = len(cells)
	return out, r.app.Quotas.put(ctx, fmt.Sprintf("Make the quotas of %s from the plan %s", s.Year.Name, s.Plan.Name), cells)
}

// asksQuotas refuses quotas of a plan that is not approved or not divided by region.
func (s *RevenueSheet) asksQuotas(q RevenueQuotas) error {
	switch {
	case s.Plan.Status != data.RevenueApproved:
		return data.Errorf(data.Refused, "quotas are made from the approved plan, and %s is a %s; nothing was changed. Approve it first", s.Plan.Name, s.Plan.Status)
	case !s.Divided():
		return data.Errorf(data.Refused, "the plan %s is not divided by region, so nobody knows whose quota is which; nothing was changed", s.Plan.Name)
	case q.Over < 0 || q.Over > inFull:
		return data.FieldErrorf("over", "write how much more people are asked for, from 0 to 100%%")
	}
	return nil
}

// weights says how people of a region share it.
func (r *Revenue) weights(ctx context.Context, s *RevenueSheet, how string) (func(data.ID) int64, error) {
	held := map[data.ID]int64{}
	switch how {
	case RevenueEqually:
		return func(data.ID) int64 { return 1 }, nil
	case RevenueByHistory:
		err := r.app.Performance.view(ctx, viewQuery{AsOf: r.app.Today()}, func(_ *factBook, v *metrics.View) error {
			result, err := v.Compute(metrics.ByPerson, s.Past)
			for _, row := range result.Rows {
				held[row.ID] = row.WonValue.Minor
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	case RevenueByPotential:
		book, err := r.app.Market.Book(ctx)
		if err != nil {
			return nil, err
		}
		for _, a := range book.Accounts {
			held[a.OwnerID] += int64(a.Potential + 0.5)
		}
	default:
		return nil, data.Errorf(data.Invalid, "people share a region by %s, %s or %s, not by %q", RevenueEqually, RevenueByHistory, RevenueByPotential, how)
	}
	return func(id data.ID) int64 { return held[id] }, nil
}
