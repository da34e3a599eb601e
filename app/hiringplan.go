package app

import (
	"context"
	"fmt"
	"math"

	"fieldbook/data"
	"fieldbook/data/store"
)

// MissingHeads is a region whose people, those to come included, sell less in the
// year than the revenue plan asks for.
type MissingHeads struct {
	Region data.ID
	Name   string
	Gap    int64 // minor units a year
	Each   int64 // what one person there sells in a year
	Heads  int   // that would close it
}

// Missing reads from the revenue plan of this fiscal year, else of the next, how
// many people each region lacks: of the approved plan where there is one. It is
// NotFound without a plan, and Refused where nothing was sold that capacity could
// be reckoned from.
func (h *Hiring) Missing(ctx context.Context) ([]MissingHeads, error) {
	cal := h.app.Book().Calendar
	year := cal.YearOf(h.app.Today())
	s, err := h.app.Revenue.Sheet(ctx, RevenueQuery{Year: year, AsOf: h.app.Today()})
	if err == nil && s.Plan == nil {
		s, err = h.app.Revenue.Sheet(ctx, RevenueQuery{Year: cal.YearOf(year.To), AsOf: h.app.Today()})
	}
	if err != nil {
		return nil, err
	}
	switch {
	case s.Plan == nil:
		return nil, data.Errorf(data.NotFound, "neither this fiscal year nor the next has a revenue plan, so nothing tells how many people it asks for; make one in Quotas")
	case !s.Whole.Capacity.Known:
		return nil, data.Errorf(data.Refused, "nobody has won anything in the last twelve months, so what one person sells is not known")
	}
	var out []MissingHeads
	for i := range s.Lines {
		l := &s.Lines[i]
		each := l.Capacity.Rate * QuotaMonths
		if gap := l.Gap(); gap > 0 && each >= 1 && !l.ID.IsZero() {
			out = append(out, MissingHeads{l.ID, l.Name, gap, int64(math.Round(each)), int(math.Ceil(float64(gap) / each))})
		}
	}
	return out, nil
}

// Wanted asks for openings in a region.
type Wanted struct {
	Region data.ID
	Heads  int
}

// OpenWanted makes openings with territory and role: for territories in the region
// that nobody owns while there are any, then for the region itself.
func (h *Hiring) OpenWanted(ctx context.Context, list []Wanted, role string, needed data.Day) error {
	openings, err := h.app.store.List(ctx, data.Query{Kind: data.KindOpening})
	if err != nil {
		return err
	}
	vacant, err := h.vacant(ctx, openings)
	if err != nil {
		return err
	}
	var places []data.Row
	for _, w := range list {
		if w.Heads < 0 {
			return data.FieldErrorf(w.Region.String(), "A number of people is not below 0")
		}
		some, err := h.placesIn(ctx, w, vacant)
		if err != nil {
			return err
		}
		places = append(places, some...)
	}
	if len(places) == 0 {
		return data.FieldErrorf("needed", "Say for at least one region how many people are wanted")
	}
	me, err := h.app.Me(ctx)
	if err != nil {
		return err
	}
	return h.app.write(ctx, store.Act{What: fmt.Sprintf("Open %d places by the revenue plan", len(places))}, func(tx *store.Tx) error {
		for _, t := range places {
			values := openingFor(t, h.app.Today(), needed)
			values["role"], values["manager"] = role, refOrNil(me.ID)
			if err := h.app.put(tx, data.KindOpening, data.NewID(), values); err != nil {
				return err
			}
		}
		return nil
	})
}

// placesIn are the territories that openings of a region are for.
func (h *Hiring) placesIn(ctx context.Context, w Wanted, vacant []data.Row) ([]data.Row, error) {
	below, err := h.app.below(ctx, data.KindTerritory, "parent", w.Region)
	if err != nil {
		return nil, err
	}
	within := map[data.ID]bool{}
	for _, id := range below {
		within[id] = true
	}
	var out []data.Row
	for _, t := range vacant {
		if within[t.ID] && len(out) < w.Heads {
			out = append(out, t)
		}
	}
	if len(out) == w.Heads {
		return out, nil
	}
	region, err := h.app.store.Get(ctx, data.KindTerritory, w.Region)
	for err == nil && len(out) < w.Heads {
		out = append(out, region)
	}
	return out, err
}

// openingFor is an opening of a rep in a territory.
func openingFor(territory data.Row, today, needed data.Day) data.Values {
	return data.Values{
		"title": "Field sales, " + territory.Title(), "role": data.RoleRep, "territory": territory.ID, "status": data.OpeningOpen, "open_day": today, "start_day": dayOrNil(needed),
	}
}
