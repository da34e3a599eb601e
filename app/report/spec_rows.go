package report

import (
	"strconv"

	"fieldbook/assets/lang"
)

// Bullets shows one measure a row against its target, on shades that say what
// is poor, fair and good. Every row has a scale of its own, so that measures of
// different units can stand below each other.
type Bullets struct {
	Head
	Rows []Bullet
}

// Bullet is one row; Mark.Value is the measure.
type Bullet struct {
	Mark
	Sub    string    // under the name: "USD, Oct 1 – Nov 17"
	Target float64   // NA() draws none
	Aim    string    // the target in words, under the value: "of 90,000"
	Shades []float64 // upper ends of the shades, ascending, three at most
	Axis   Format    // labels the ends of the scale; nil writes none
}

func (b Bullets) table(title string) [][]string {
	return figures([]string{title, lang.T("Value"), lang.T("Target")}, b.Rows, func(r Bullet) []string {
		return []string{r.Label, plain(r.Value), plain(r.Target)}
	})
}

// Boxes shows how values spread: the box holds the middle half, the line in it
// is the median, whiskers reach to Low and High, dots lie beyond.
type Boxes struct {
	Head
	Rows []Box
	Axis Format // nil writes plain numbers
	Zero bool   // the axis holds 0
}

// Box is one row; Mark.Value is the median.
type Box struct {
	Mark
	Low, Q1, Q3, High float64
	Beyond            []Mark // each with its own value
	Sub               string // under the text: "n 48, 21–65 days"
}

func (b Boxes) table(title string) [][]string {
	return figures([]string{title, lang.T("Low"), lang.T("Lower quartile"), lang.T("Median"), lang.T("Upper quartile"), lang.T("High")}, b.Rows, func(r Box) []string {
		return []string{r.Label, plain(r.Low), plain(r.Q1), plain(r.Value), plain(r.Q3), plain(r.High)}
	})
}

// Leaderboard ranks people or things in the order given. A row that is Mine is
// always shown, after those that fit if it comes later.
type Leaderboard struct {
	Head
	Rows []Leader
}

// Leader is one row.
type Leader struct {
	Mark
	Place int    // 1 for the first; equals share one
	Moved int    // places gained since the last period, negative for lost
	Sub   string // at the far right: "67,330 of 90,000"
	Mine  bool   // drawn in the accent
}

func (l Leaderboard) table(title string) [][]string {
	return figures([]string{lang.T("Place"), title, lang.T("Value"), lang.T("Places gained")}, l.Rows, func(r Leader) []string {
		return []string{strconv.Itoa(r.Place), r.Label, plain(r.Value), strconv.Itoa(r.Moved)}
	})
}
