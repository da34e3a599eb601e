package app

import (
	"math"

	"github.com/paulmach/orb"
	sphere "github.com/paulmach/orb/geo"

	"fieldbook/app/planning"
	"fieldbook/data"
	"fieldbook/data/store"
)

// planSeed makes a draft of what is in force.
type planSeed struct {
	book *PlanBook // what is in force
	info PlanInfo
	ids  []data.ID // of the draft's territories
	edit planEdit
}

// grow gives areas to whom most accounts in them belong to, and lists the rest by name.
func (s *planSeed) grow() {
	b := s.book
	for range b.Plan.Territories {
		s.ids = append(s.ids, data.NewID())
	}
	if len(s.ids) == 0 {
		return
	}
	b.Info.Level, b.Info.Frame = s.info.Level, s.info.Frame
	b.Areas = nil
	(&planReader{book: b}).areas()
	of := s.areas()
	for i, t := range of {
		if t != planning.Nobody {
			s.edit.parts = append(s.edit.parts, PlanPart{Plan: s.info.ID, Unit: b.Areas[i].Code, Territory: s.ids[t]})
		}
	}
	byArea := planning.Plan{Territories: b.Plan.Territories, Areas: map[string]planning.Hold{}}
	for i, t := range of {
		byArea.Areas[b.Areas[i].Code] = planning.Hold{Territory: t}
	}
	for i := range b.Accounts {
		a := &b.Accounts[i]
		has, _ := b.Plan.Place(a)
		if gets, _ := byArea.Place(a); has != planning.Nobody && has != gets {
			s.edit.parts = append(s.edit.parts, PlanPart{Plan: s.info.ID, Account: a.ID, Territory: s.ids[has]})
		}
	}
}

// areas gives each area to the territory that most of its accounts belong to,
// else to that of the nearest area which has one.
func (s *planSeed) areas() []int {
	of := s.votes()
	var held []int
	for i, t := range of {
		if t != planning.Nobody {
			held = append(held, i)
		}
	}
	for i := range of {
		if of[i] == planning.Nobody {
			of[i] = s.nearest(i, held, of)
		}
	}
	return of
}

// votes is whom most accounts of each area belong to, Nobody where there are none.
func (s *planSeed) votes() []int {
	b := s.book
	at := map[string]int{}
	for i, a := range b.Areas {
		at[a.Code] = i
	}
	votes := make([]map[int]int, len(b.Areas))
	for i := range b.Accounts {
		t, _ := b.Plan.Place(&b.Accounts[i])
		if t == planning.Nobody {
			continue
		}
		for _, code := range b.Accounts[i].Codes {
			if n, ok := at[code]; ok {
				if votes[n] == nil {
					votes[n] = map[int]int{}
				}
				votes[n][t]++
				break
			}
		}
	}
	of := make([]int, len(b.Areas))
	for i := range of {
		of[i] = planning.Nobody
		best := 0
		for t := range b.Plan.Territories { // in order, so that equal votes settle alike everywhere
			if n := votes[i][t]; n > best {
				of[i], best = t, n
			}
		}
	}
	return of
}

func (s *planSeed) nearest(i int, held, of []int) int {
	best, out := math.Inf(1), planning.Nobody
	a := s.book.Areas[i]
	for _, j := range held {
		if d := kilometres(a.Lon, a.Lat, s.book.Areas[j].Lon, s.book.Areas[j].Lat); d < best {
			best, out = d, of[j]
		}
	}
	return out
}

func (s *planSeed) write(tx *store.Tx) error {
	if _, err := tx.Put(data.KindPlan, s.info.ID, s.info.values()); err != nil {
		return err
	}
	for i, id := range s.ids {
		if _, err := tx.Put(data.KindPlanTerritory, id, territoryValues(s.info.ID, s.book.Plan.Territories[i])); err != nil {
			return err
		}
	}
	return s.edit.write(tx)
}

// kilometres is the great-circle distance between two places in degrees.
func kilometres(lon1, lat1, lon2, lat2 float64) float64 {
	return sphere.DistanceHaversine(orb.Point{lon1, lat1}, orb.Point{lon2, lat2}) / 1000
}
