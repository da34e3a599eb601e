package report

// MapSpec says what a map shows: areas, points and routes, coloured by group
// or by value. It holds codes and degrees only; package geo knows the shapes.
type MapSpec struct {
	Title string
	Note  string // at the bottom right: "3,108 counties, Albers, population 2022"
	Empty string // what to say where nothing can be placed

	// Frame is what to show: "world", a country's code (the United States get
	// Alaska, Hawaii and Puerto Rico as insets), or "" for what is there.
	Frame string

	Level   string // the units that Areas are: "country", "state", "county", "zip3", "zip"
	Areas   []MapArea
	Ramp    bool       // areas are filled by Value, not by Group
	Classes []MapClass // of Ramp, ascending; without them the ramp is continuous

	Groups []MapGroup
	Points []MapPoint
	Routes []MapRoute
	Sizes  MapSizes
}

// MapArea is one unit of the map.
type MapArea struct {
	Code  string
	Group int     // index into Groups, -1 for none
	Value float64 // for Ramp; NaN where there is none
	Dim   bool    // hatched: locked
}

// MapClass is one step of a ramp and its text in the legend. It holds the
// values from Least up to the next class.
type MapClass struct {
	Least float64
	Text  string
}

// MapGroup is what areas and points belong to: a territory.
type MapGroup struct {
	Name   string
	Colour string // "#0072B2"
	Note   string // beside the name: "104"
	Warn   bool   // the note asks for action; it says so in its own words or sign
}

// MapPoint is one dot. Its area grows with Size.
type MapPoint struct {
	ID       string
	Name     string
	Lon, Lat float64
	Size     float64 // ≥ 0
	Group    int     // index into Groups, -1 for none
	Hollow   bool    // placed only roughly
	Locked   bool
}

// MapRoute is one line through places, such as the round of a day.
type MapRoute struct {
	Points [][2]float64 // longitude, latitude
	Group  int          // index into Groups, -1 for none
}

// MapSizes is the legend of the dots.
type MapSizes struct {
	Title string // "Account dot, open value"
	Dots  []MapSize
}

// MapSize is one dot of the legend.
type MapSize struct {
	Value float64
	Text  string
}
