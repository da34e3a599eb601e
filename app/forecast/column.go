package forecast

import (
	"math"

	"fieldbook/data"
)

// Outcome is how a deal ended by the day that is looked at.
type Outcome uint8

// The outcomes.
const (
	StillOpen Outcome = iota
	Won
	Lost
)

// Column is one property of the deals of Examples, in their order. One of
// Numbers and Texts is filled.
type Column struct {
	Name, Label string
	Numbers     []float64 // NaN where absent
	Texts       []string  // empty where absent
	// Source names the record that several columns come from, such as the
	// account: where that record's presence tells of the close, all of them go.
	Source string
	// Steady columns do not change over a deal's life and are known from its
	// beginning, so that a change in their mix is no leak.
	Steady bool
	// AtClose says that the column is by definition filled when a deal closes.
	AtClose bool
}

func (c *Column) numeric() bool { return c.Numbers != nil }

func (c *Column) has(i int) bool {
	if c.numeric() {
		return !math.IsNaN(c.Numbers[i])
	}
	return c.Texts[i] != ""
}

// key is the value in a form that maps take.
func (c *Column) key(i int) any {
	if c.numeric() {
		return c.Numbers[i]
	}
	return c.Texts[i]
}

// Examples are deals to learn from, closed ones and open ones. What a column
// says of a closed deal is how it stood while the deal was open, as far as the
// book can tell.
type Examples struct {
	Outcomes []Outcome
	Closed   []data.Day // NoDay where open or not known
	Columns  []Column
	// Seen is how many closed deals the book has, where Examples hold a sample; 0 is all.
	Seen int
}

// rows lists the deals with one of some outcomes.
func (e *Examples) rows(of ...Outcome) []int {
	var out []int
	for i, o := range e.Outcomes {
		for _, want := range of {
			if o == want {
				out = append(out, i)
			}
		}
	}
	return out
}

func (e *Examples) won(i int) float64 {
	if e.Outcomes[i] == Won {
		return 1
	}
	return 0
}
