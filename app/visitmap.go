package app

import (
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"fieldbook/app/geo"
	"fieldbook/app/report"
	"fieldbook/app/visits"
)

// Map draws a week: each day's round in a colour of its own, over the counties
// that it leads through, or over states where there are none.
func (v *Visits) Map(w *VisitWeek, dayName func(d VisitDay) string) (report.MapSpec, error) {
	atlas, err := geo.Load()
	if err != nil {
		return report.MapSpec{}, err
	}
	m := &weekMap{atlas: atlas, states: map[string]bool{}, round: orb.Bound{Min: orb.Point{180, 90}, Max: orb.Point{-180, -90}}}
	for i, d := range w.Days {
		m.spec.Groups = append(m.spec.Groups, report.MapGroup{Name: dayName(d), Colour: planColors[i%len(planColors)]})
		route := report.MapRoute{Group: i}
		for _, p := range d.Way(w.Home) {
			route.Points = append(route.Points, [2]float64{p.Lon, p.Lat})
			m.reach(p)
		}
		m.spec.Routes = append(m.spec.Routes, route)
		for _, s := range d.Stops {
			m.stop(s, i)
		}
	}
	for _, s := range w.Left {
		if s.Placed && s.Why != visits.TooFar { // who is a day away would make the rounds a dot
			m.reach(s.Point)
			m.stop(s, -1)
		}
	}
	m.areas()
	return m.spec, nil
}

// weekMap is a map in the making.
type weekMap struct {
	atlas  *geo.Atlas
	spec   report.MapSpec
	states map[string]bool // that the rounds lead through
	round  orb.Bound       // of all rounds
}

// reach widens the map to hold a place.
func (m *weekMap) reach(p visits.Point) {
	if !p.Placed {
		return
	}
	m.round = m.round.Extend(orb.Point{p.Lon, p.Lat})
	if u, ok := unitNear(m.atlas, geo.State, geo.Spot{Lon: p.Lon, Lat: p.Lat}); ok {
		m.states[u.Code] = true
	}
}

// stop puts an account on the map; one in no round is hollow.
func (m *weekMap) stop(s VisitStop, day int) {
	m.spec.Points = append(m.spec.Points, report.MapPoint{ID: s.Account.String(), Name: s.Name, Lon: s.Lon, Lat: s.Lat, Group: day, Size: 1, Hollow: s.Rough || day < 0})
}

// areas lays the ground below the rounds.
func (m *weekMap) areas() {
	round := m.round.Pad(max(0.4, (m.round.Max[0]-m.round.Min[0])/4))
	m.spec.Level = string(geo.County)
	for _, code := range slices.Sorted(maps.Keys(m.states)) {
		for _, u := range m.atlas.Units(geo.County, code) {
			if round.Contains(orb.Point{u.Lon, u.Lat}) { // the map fits what is on it: the rounds shall fill it
				m.spec.Areas = append(m.spec.Areas, report.MapArea{Code: u.Code, Group: -1})
			}
		}
	}
	if len(m.spec.Areas) > 0 {
		return
	}
	m.spec.Level = string(geo.State)
	for _, code := range slices.Sorted(maps.Keys(m.states)) {
		m.spec.Areas = append(m.spec.Areas, report.MapArea{Code: code, Group: -1})
	}
}
