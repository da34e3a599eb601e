package planning

import "math"

// Force is who sells in one part of a company, as a year's plan asks for it:
// months of full work, in the year to come and in the time that is looked back on.
type Force struct {
	Months float64 // of who is here, after ramps, leave and days in role
	Hires  float64 // of who is to be hired
	Worked float64 // behind Won
	Won    int64   // minor units
	Deals  int     // won
}

// Capacity is what people who are here and who will come can sell in a year.
type Capacity struct {
	Heads  float64 // Months and Hires as people for a whole year
	Hires  float64 // of Heads
	Rate   float64 // won by one in a month of full work, minor units
	Own    bool    // the rate is the part's own, not the company's
	Known  bool    // some rate is known
	Amount int64   // minor units
}

// What a part must have done for its own rate to count.
const (
	leastWorked = 6.0
	leastSold   = 8
	yearMonths  = 12
)

// Capacities gives what each part can sell, at its own rate where it worked six
// months and won eight deals, else at that of all together, and the sum of them.
// Nothing is known where nobody has worked, and where nothing was won: a book
// that ends before says nothing of what its people can sell.
func Capacities(parts []Force) (each []Capacity, all Capacity) {
	var worked, won float64
	for _, f := range parts {
		worked, won = worked+f.Worked, won+float64(f.Won)
	}
	all.Known = worked > 0 && won > 0
	common := 0.0
	if all.Known {
		common = won / worked
	}
	months := 0.0
	for _, f := range parts {
		c := Capacity{Heads: (f.Months + f.Hires) / yearMonths, Hires: f.Hires / yearMonths, Rate: common, Known: all.Known}
		if f.Worked >= leastWorked && f.Deals >= leastSold {
			c.Rate, c.Own = float64(f.Won)/f.Worked, true
		}
		c.Amount = int64(math.Round(c.Rate * (f.Months + f.Hires)))
		each = append(each, c)
		all.Heads, all.Hires, all.Amount = all.Heads+c.Heads, all.Hires+c.Hires, all.Amount+c.Amount
		months += f.Months + f.Hires
	}
	all.Rate = common
	if months > 0 {
		all.Rate = float64(all.Amount) / months
	}
	return each, all
}

// Ramped is how many months of full work somebody does within a year who begins
// in a month of it (0 its first, below 0 before it): shares are the percents of
// his first months, later ones count in full.
func Ramped(shares []float64, begins int) float64 {
	out := 0.0
	for month := max(0, begins); month < yearMonths; month++ {
		share := 100.0
		if at := month - begins; at < len(shares) {
			share = shares[at]
		}
		out += share / 100
	}
	return out
}
