package report

import (
	"math"
	"strings"
)

// NA is the value of a mark that has none, because its denominator is 0. It
// is drawn as its Text, or as "n/a".
func NA() float64 { return math.NaN() }

// Spec is one chart, one of the types of this package. Values are plain
// numbers in one unit (money in major units); they place marks, while Text
// says what a person reads.
type Spec interface {
	// Describe returns the title and caption.
	Describe() Head
	// table returns what it shows as lines of cells, see Tabulate.
	table(title string) [][]string
}

// Head says what a chart shows.
type Head struct {
	Title  string
	Unit   string // "USD", "deals"
	Period string // "Oct 1 – Nov 17"
	N      string // "n = 233 closed"
	Note   string // how to read it: "line is the trailing 3-month mean"
	Right  string // at the right edge of the title: "day 48 of 92"
	Empty  string // what to say when there is nothing to draw; "Nothing to show" when empty
	More   string // pattern with one %d for marks that do not fit; "and %d more" when empty
}

// Describe returns the head itself.
func (h Head) Describe() Head { return h }

// Caption joins unit, period, n and note with commas, leaving out what is empty.
func (h Head) Caption() string {
	var parts []string
	for _, p := range []string{h.Unit, h.Period, h.N, h.Note} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// Mark is one thing drawn from a value.
type Mark struct {
	Label string  // its name: "Marty Freudenburg"
	Text  string  // its value, formatted: "75%"
	Value float64 // where it stands; NA() when there is none
	Key   string  // opaque: what a click opens; empty opens nothing
	Hint  string  // what hovering says; empty falls back to label and text
}

// Tick is a labelled place on an axis.
type Tick struct {
	At    float64
	Label string
}

// Format turns an axis value into text.
type Format func(v float64) string

// AttainmentBars shows done against full with what is expected by now, one row
// a mark. Mark.Value is done and Mark.Text the percentage; a row whose Full is
// 0 or less has no bar.
type AttainmentBars struct {
	Head
	Rows []Attainment
	Zero string // label over the left end: "0"
	Pace Tick   // share of full that is expected by now, 0.43 with "pace 43%"; no label draws none
	Full string // label over the full tick: "quota"
	Grid []Tick // further shares with a grid line, such as 0.25 with "25%"
}

// Attainment is one row of AttainmentBars.
type Attainment struct {
	Mark
	Expected float64 // by now, in the unit of Value; 0 draws no tick
	Full     float64
	Sub      string // at the far right: "67,330 of 90,000"
	Tone     Tone   // of Sub
}

// Gauge is a half circle of done against full. Done.Value is done, Done.Text
// the percentage in the middle.
type Gauge struct {
	Head
	Done     Mark
	Expected float64
	Full     float64
	Sub      string // under the percentage: "28,844 of 108,000"
	Pace     string // label of the expected tick; empty draws none
	Quota    string // label of the full tick
	Zero     string // label of the left end
	Max      Tick   // right end as a share of full, 1.2 with "120%"; At 0 takes 1.2
}

// Funnel shows how many reached each step. The last bar is accented.
type Funnel struct {
	Head
	Steps []Step
}

// Step is one bar of a funnel; Mark.Value is the count.
type Step struct {
	Mark
	Rate    string // conversion from the step before
	Dropped string // "33 dropped"
	LostKey string // what a click on Dropped opens
}

// Columns are vertical bars over time with their Text on the bar.
type Columns struct {
	Head
	Bars  []Bar
	Trend *Trend
	Axis  Format // labels grid lines; nil draws none
}

// Bar is one column.
type Bar struct {
	Mark
	Quota   float64 // a line across the column; 0 draws none. Text then stands above both
	Partial bool    // its period is not over: drawn muted, or accented beside a quota
}

// Trend is a line over the columns, one value a column, NA() for a gap.
type Trend struct {
	Label  string
	Values []float64
	Off    bool // left out for now, see Without
}

// Bands is a histogram with the count on each bar.
type Bands struct {
	Head
	Bars   []Mark
	Accent int // index of the bar in the accent, -1 for none
}

// Intervals shows rates with their confidence interval: a dot on a bar.
type Intervals struct {
	Head
	Rows []Interval
	Axis Format // nil writes percentages
}

// Interval is one row; Mark.Value lies within Low and High, all three shares.
type Interval struct {
	Mark
	Low, High float64
	Sub       string // "45–54%, n 411"
}

// StageBars shows a part within a whole for each stage, on two-line rows.
type StageBars struct {
	Head
	Rows  []Stage
	Part  string // legend of the part: "weighted"
	Whole string // legend of the whole: "open value"
}

// Stage is one row; Mark.Value is the whole.
type Stage struct {
	Mark
	Part float64
	Sub  string // second line: "296 deals · $77.1K weighted"
}

// Lines shows running totals along one axis, labelled at their ends.
type Lines struct {
	Head
	Series []Line
	Range  *Range
	Level  *Level
	MinX   float64
	MaxX   float64 // not above MinX takes the range of the points
	Ticks  []Tick  // of the horizontal axis
	Axis   Format  // of the vertical axis; nil writes plain numbers
}

// LineStyle says what a line stands for.
type LineStyle int

// The styles: what happened, what happened last period, what is expected, and
// what is likely to follow what happened.
const (
	Main LineStyle = iota
	Past
	Expected
	Likely
)

// Line is one series, its points ascending in X.
type Line struct {
	Label  string // stands at its end: "Won $330K"
	Style  LineStyle
	Area   bool // filled down to zero
	Off    bool // left out for now, see Without
	Points []Point
	Key    string
}

// Range is a band between two courses, such as P10 and P90, labelled at its
// right end. Points ascend in X; one without a number is a gap.
type Range struct {
	Low, High string // labels: "P10 $599K", "P90 $755K"
	Points    []RangePoint
	Key       string
}

// RangePoint is the band at one place.
type RangePoint struct {
	X, Low, High float64
	Hint         string
}

// Point is one value of a line. Gaps are points whose Y is NA().
type Point struct {
	X, Y float64
	Key  string
	Hint string
}

// Level is a horizontal line across the plot, such as the quota.
type Level struct {
	Value float64
	Label string
	Key   string
}

// Sparkline is a bare line with a dot on its last value.
type Sparkline struct {
	Head
	Values []float64
	Key    string
	Hint   string
}
