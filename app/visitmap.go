package app

import (
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
	spec := report.MapSpec{}
	states, round := map[string]bool{}, orb.Bound{Min: orb.Point{180, 90}, Max: orb.Point{-180, -90}}
	seen := func(p visits.Point) {
		if p.Placed {
			round = round.Extend(orb.Point{p.Lon, p.Lat})
		}
		if u, ok := unitNear(atlas, geo.State, geo.Spot{Lon: p.Lon, Lat: p.Lat}); ok && p.Placed {
			states[u.Code] = true
		}
	}
	for i, d := range w.Days {
		spec.Groups = append(spec.Groups, report.MapGroup{Name: dayName(d), Colour: planColors[i%len(planColors)]})
		route := report.MapRoute{Group: i}
		for _, p := range d.Way(w.Home) {
			route.Points = append(route.Points, [2]float64{p.Lon, p.Lat})
			seen(p)
		}
		spec.Routes = append(spec.Routes, route)
		for _, s := range d.Stops {
			spec.Points = append(spec.Points, report.MapPoint{ID: s.Account.String(), Name: s.Name, Lon: s.Lon, Lat: s.Lat, Group: i, Size: 1, Hollow: s.Rough})
		}
	}
	for _, s := range w.Left {
		if s.Placed && s.Why != visits.TooFar { // who is a day away would make the rounds a dot
			seen(s.Point)
			spec.Points = append(spec.Points, report.MapPoint{ID: s.Account.String(), Name: s.Name, Lon: s.Lon, Lat: s.Lat, Group: -1, Size: 1, Hollow: true})
		}
	}
	round = round.Pad(max(0.4, (round.Max[0]-round.Min[0])/4))
	spec.Level = string(geo.County)
	for code := range states {
		for _, u := range atlas.Units(geo.County, code) {
			if !round.Contains(orb.Point{u.Lon, u.Lat}) {
				continue // the map fits what is on it: the rounds shall fill it
			}
			spec.Areas = append(spec.Areas, report.MapArea{Code: u.Code, Group: -1})
		}
	}
	if len(spec.Areas) == 0 {
		spec.Level = string(geo.State)
		for code := range states {
			spec.Areas = append(spec.Areas, report.MapArea{Code: code, Group: -1})
		}
	}
	return spec, nil
}
