package app

import (
	"context"

	"fieldbook/app/geo"
	"fieldbook/app/visits"
	"fieldbook/data"
)

// visitPlaces finds out where homes and accounts are.
type visitPlaces struct{ atlas *geo.Atlas }

func (v *Visits) places(ctx context.Context) (*visitPlaces, error) {
	atlas, err := v.app.Gazetteer.atlas(ctx)
	return &visitPlaces{atlas}, err
}

// account is where an account is, and whether that is only the middle of its
// town or postal code. One that is known by its state or country alone is
// nowhere: there is no driving there.
func (p *visitPlaces) account(r data.Row) (at visits.Point, rough bool) {
	if lat, lon := r.Float("latitude"), r.Float("longitude"); r.Has("latitude") && r.Has("longitude") && onEarth(lat, lon) {
		return visits.At(lon, lat), false
	}
	spot, ok := placeOfAccount(p.atlas, r)
	return driveTo(spot, ok)
}

// home is where a person starts from, as he wrote it.
func (p *visitPlaces) home(text string) visits.Point {
	at, _ := driveTo(placeOfText(p.atlas, text))
	return at
}

func driveTo(spot geo.Spot, ok bool) (at visits.Point, rough bool) {
	if !ok || spot.Precision == geo.ByState || spot.Precision == geo.ByCountry {
		return visits.Point{}, false
	}
	return visits.At(spot.Lon, spot.Lat), spot.Precision != byPoint
}
