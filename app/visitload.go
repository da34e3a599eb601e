package app

import (
	"cmp"
	"context"
	"slices"

	"fieldbook/app/visits"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Workloads is what all accounts ask for.
type Workloads struct {
	Model      visits.Model
	People     []PersonLoad // who owns accounts or may: those with most hours for their capacity first
	Nobody     visits.Load  // accounts that nobody owns; their drive is taken for that of the others
	Total      visits.Load
	Capacity   float64          // hours a week of all people
	Heads      float64          // people of full weeks that the total asks for
	ByClass    []visits.Segment // "A", "B", …; "" is not visited at all
	ByIndustry []visits.Segment // "" has none
}

// PersonLoad is what the accounts of one person ask for.
type PersonLoad struct {
	ID       data.ID
	Name     string
	HasHome  bool    // where he starts from is known
	Capacity float64 // hours a week
	Heads    float64 // people of such a week that his accounts ask for: 1.2 is a fifth too much
	visits.Load
}

// Workloads reckons the hours of every person's accounts. People who left count
// only where they still own some.
func (v *Visits) Workloads(ctx context.Context) (*Workloads, error) {
	model, err := v.Model()
	if err != nil {
		return nil, err
	}
	r := &loadReader{visits: v, out: &Workloads{Model: model}, owners: map[data.Key]int{}}
	if r.places, err = v.places(ctx); err != nil {
		return nil, err
	}
	if err := r.people(ctx); err != nil {
		return nil, err
	}
	if err := r.accounts(ctx); err != nil {
		return nil, err
	}
	r.reckon()
	return r.out, nil
}

// loadReader fills workloads.
type loadReader struct {
	visits *Visits
	places *visitPlaces
	out    *Workloads
	owners map[data.Key]int // places among people; the one behind the last is nobody
	homes  []visits.Point
	left   []bool
	stops  [][]visits.Stop
	about  [][]string // industries
}

func (r *loadReader) people(ctx context.Context) error {
	err := r.visits.app.store.Each(ctx, data.Query{Kind: data.KindPerson, Sort: []data.Sort{{Field: "name"}}}, func(row data.Row) error {
		home := r.places.home(row.Text("home"))
		r.owners[row.Key] = len(r.homes)
		r.homes = append(r.homes, home)
		r.left = append(r.left, row.Text("status") == data.StatusLeft)
		r.out.People = append(r.out.People, PersonLoad{ID: row.ID, Name: row.Title(), HasHome: home.Placed, Capacity: r.out.Model.Capacity(row.Float("weekly_hours"))})
		return nil
	})
	r.stops, r.about = make([][]visits.Stop, len(r.homes)+1), make([][]string, len(r.homes)+1)
	return err
}

// loadFields are the fields of an account that its hours depend on, in the order
// in which accounts reads them.
var loadFields = []string{"owner", "visit_class", "industry", "latitude", "longitude", "city", "state", "postal_code", "country"}

func (r *loadReader) accounts(ctx context.Context) error {
	return r.visits.app.store.EachNarrow(ctx, store.Narrow{Kind: data.KindAccount, Fields: loadFields}, func(_ data.Key, id data.ID, values []any) error {
		of := len(r.homes)
		if key, ok := values[0].(int64); ok {
			if place, known := r.owners[data.Key(key)]; known {
				of = place
			}
		}
		text := func(i int) string { s, _ := values[i].(string); return s }
		row := data.Row{Values: map[string]data.Value{}}
		for i, f := range loadFields[3:] {
			row.Values[f] = values[i+3]
		}
		at, _ := r.places.account(row)
		r.stops[of] = append(r.stops[of], visits.Stop{ID: id.String(), Class: text(1), Point: at})
		r.about[of] = append(r.about[of], text(2))
		return nil
	})
}

func (r *loadReader) reckon() {
	out, m := r.out, r.out.Model
	var stops []visits.Stop
	var costs []visits.Cost
	var industries []string
	for i := range out.People {
		p := &out.People[i]
		own := m.Costs(r.homes[i], r.stops[i])
		p.Load = m.Sum(r.stops[i], own)
		p.Heads = visits.Heads(p.Load, p.Capacity)
		stops, costs, industries = append(stops, r.stops[i]...), append(costs, own...), append(industries, r.about[i]...)
	}
	owned := m.Sum(stops, costs)
	nobody := len(out.People)
	for i, s := range r.stops[nobody] {
		c := m.Class(s.Class)
		cost := visits.Cost{Visits: c.VisitsYear, Visit: c.VisitsYear * c.Minutes / 60}
		if owned.Visits > 0 {
			cost.Drive = c.VisitsYear * owned.DriveHoursYear / owned.Visits
		}
		stops, costs, industries = append(stops, s), append(costs, cost), append(industries, r.about[nobody][i])
	}
	out.Nobody = m.Sum(stops[owned.Accounts:], costs[owned.Accounts:])
	out.Total = m.Sum(stops, costs)
	out.ByClass = m.Allocate(stops, costs, func(i int) string { return m.Class(stops[i].Class).Name })
	out.ByIndustry = m.Allocate(stops, costs, func(i int) string { return industries[i] })
	left := map[data.ID]bool{}
	for i, p := range out.People {
		left[p.ID] = r.left[i]
	}
	out.People = slices.DeleteFunc(out.People, func(p PersonLoad) bool { return left[p.ID] && p.Accounts == 0 })
	for _, p := range out.People {
		if !left[p.ID] {
			out.Capacity += p.Capacity
		}
	}
	out.Heads = visits.Heads(out.Total, m.Capacity(0))
	slices.SortStableFunc(out.People, func(a, b PersonLoad) int { return cmp.Compare(b.Heads, a.Heads) })
}
