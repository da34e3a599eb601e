package app

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"fieldbook/app/planning"
	"fieldbook/app/visits"
	"fieldbook/data"
)

// Close takes a territory out of a draft and hands what it held to the others,
// evenly and near by. What the others have they keep. Accounts that were listed
// for it by name go with their area, or with the nearest one where they lie in none.
func (p *Plans) Close(ctx context.Context, b *PlanBook, id data.ID) error {
	at, err := b.territory(id)
	if err != nil {
		return err
	}
	plan, unlisted := b.without(at)
	task := b.task(plan)
	pieces := task.Pieces()
	if err := b.divisible(pieces); err != nil {
		return err
	}
	for i := range pieces.Problem.Units {
		u := &pieces.Problem.Units[i]
		u.Locked = u.Current // Anywhere for what is to be handed out
	}
	pieces.Problem.Tolerance, pieces.Problem.AsToday = b.Info.Tolerance/100, true
	s, err := p.solve(ctx, pieces.Problem)
	if err != nil {
		return err
	}
	transfers := pieces.Transfers(s.Of)
	strays, unlisted := b.strays(task.Apply(transfers), unlisted)
	return p.rewrite(ctx, b, rewriting{
		what: fmt.Sprintf("Close %s in %s", b.Plan.Territories[at].Name, b.Info.Name), plan: plan, removed: []data.ID{id}, unlisted: unlisted,
		transfers: append(transfers, strays...),
	})
}

// strays hands each of some accounts that lies in no area, as one on a pier may,
// to whoever has the nearest one and is not locked. The others are given back.
func (b *PlanBook) strays(plan *planning.Plan, accounts []data.ID) (handed []planning.Transfer, others []data.ID) {
	for i := range b.Accounts {
		a := &b.Accounts[i]
		if !slices.Contains(accounts, a.ID) {
			continue
		}
		to := planning.Nobody
		if _, why := plan.Place(a); why == planning.NoArea {
			to = b.nearest(plan, a)
		}
		if to == planning.Nobody {
			others = append(others, a.ID)
			continue
		}
		handed = append(handed, planning.Transfer{Area: planning.Nobody, Account: i, Territory: to})
	}
	return handed, others
}

// nearest is the territory of the nearest area that one has which is not locked.
func (b *PlanBook) nearest(plan *planning.Plan, a *planning.Account) int {
	to, least := planning.Nobody, math.Inf(1)
	for i := range b.Areas {
		area := &b.Areas[i]
		h := plan.HolderOf(area)
		if h.Territory == planning.Nobody || plan.Territories[h.Territory].Locked {
			continue
		}
		if km := kilometres(a.Lon, a.Lat, area.Lon, area.Lat); km < least {
			to, least = h.Territory, km
		}
	}
	return to
}

// without is the plan with one territory locked away and nothing in it.
func (b *PlanBook) without(at int) (*planning.Plan, []data.ID) {
	plan := &planning.Plan{Areas: maps.Clone(b.Plan.Areas), Named: maps.Clone(b.Plan.Named)}
	for i, t := range b.Plan.Territories {
		t.Locked = t.Locked || i == at
		plan.Territories = append(plan.Territories, t)
	}
	for code, h := range plan.Areas {
		if h.Territory == at {
			plan.Areas[code] = planning.Hold{Territory: planning.Nobody}
		}
	}
	var unlisted []data.ID
	for account, h := range plan.Named {
		if h.Territory != at {
			continue
		}
		if len(b.Areas) > 0 {
			unlisted = append(unlisted, account)
			delete(plan.Named, account)
		} else {
			plan.Named[account] = planning.Hold{Territory: planning.Nobody}
		}
	}
	return plan, unlisted
}

// Staffing says how many people a plan's accounts ask for.
type Staffing struct {
	Hours    float64 // a week, under the plan as it stands
	Capacity float64 // hours a week that a person has for customers
	Heads    float64 // people needed
	Seats    float64 // territories, part-timers in parts
	Over     []int   // territories whose hours are more than their person has
}

// Staffing reckons the heads needed from the hours of visits and drives, by what
// the plan's people have for customers, on average.
func (b *PlanBook) Staffing(ctx context.Context, p *Plans) (Staffing, error) {
	var s Staffing
	d := b.Divide()
	s.Hours = d.Total.Of(planning.Hours)
	hours := map[data.ID]float64{}
	err := p.app.store.Each(ctx, data.Query{Kind: data.KindPerson}, func(r data.Row) error {
		hours[r.ID] = r.Float("weekly_hours")
		return nil
	})
	if err != nil {
		return s, err
	}
	var sum float64
	for i, t := range b.Plan.Territories {
		has := b.model.Capacity(hours[t.Person])
		sum += has
		s.Seats += t.Weight()
		if d.Loads[i].Of(planning.Hours) > has*t.Weight()+1e-9 {
			s.Over = append(s.Over, i)
		}
	}
	s.Capacity = b.model.Capacity(0)
	if n := len(b.Plan.Territories); n > 0 {
		s.Capacity = sum / float64(n)
	}
	s.Heads = visits.Heads(visits.Load{HoursWeek: s.Hours}, s.Capacity)
	s.Heads = math.Round(s.Heads*10) / 10
	return s, nil
}
