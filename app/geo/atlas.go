// Package geo is the map: the areas that territories are made of, where they
// lie, what borders on what, and where an address is; and pictures of it.
//
// Coordinates are degrees, longitude first, between -180 and 180 and between
// -90 and 90.
package geo

import (
	"sync"

	"fieldbook/assets"

	"github.com/paulmach/orb"
)

// Level is a kind of area.
type Level string

// The levels, from coarse to fine. Below a state there are areas in the
// United States alone.
const (
	Country Level = "country"
	State   Level = "state" // states, provinces, departments: what ISO 3166-2 lists
	County  Level = "county"
	ZIP3    Level = "zip3" // all postal areas whose code begins with the same three digits
	ZIP     Level = "zip"
)

// Point is a longitude and a latitude in degrees.
type Point = orb.Point

// Unit is one area that territories can be made of.
type Unit struct {
	Code       string  // "US", "US-TX", "US/c48201", "US/z787", "US/z78701"
	Level      Level   //
	Name       string  // "Texas", "Harris County", "78701"
	In         string  // the unit above: of a state its country, of anything smaller its state
	Lon, Lat   float64 // a point inside it
	Population int64   // 0 where unknown; known of the United States, their states and counties (2019)
}

// Shape is the outline of a unit: closed rings, outer ones and holes, to be
// filled by the even-odd rule. No ring crosses ±180°.
type Shape struct {
	Rings  [][]Point
	Bounds orb.Bound
}

// Line is a stretch of border between two units, Left and Right as one walks
// along it. Where no unit lies on a side (the sea), its code is "".
type Line struct {
	Points      []Point
	Left, Right string
}

// Atlas is the map and the gazetteers that places are looked up in. It is safe
// for concurrent use. What it returns is shared: callers do not write to it.
type Atlas struct {
	*world
	own *Gazetteer // the person's, nil without
}

// world is the embedded map.
type world struct {
	units  []Unit // of all levels but ZIP and ZIP3
	drawn  []drawing
	byCode map[string]int32

	countries, states, counties *layer          // states: of the whole world, coarsely drawn
	usStates                    *layer          // on the arcs of the counties
	abroad                      map[int32]int32 // arcs of counties → division across the border, in states

	outlineOnce sync.Once
	outlines    map[string][]int32 // arcs of counties between a state and what is not of it

	zips   zips
	cities []city
	names  names
}

// drawing tells where the shape of a unit is.
type drawing struct {
	layer *layer
	place int32
}

var load = sync.OnceValues(func() (*Atlas, error) {
	w, err := decode(assets.Atlas)
	if err != nil {
		return nil, err
	}
	return &Atlas{world: w}, nil
})

// Load gives the embedded map. It is decoded once for the whole program.
func Load() (*Atlas, error) { return load() }

// With gives the same map with places of the person's own, which go before
// those of the map.
func (a *Atlas) With(own *Gazetteer) *Atlas { return &Atlas{world: a.world, own: own} }
