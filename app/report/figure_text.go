package report

import (
	"math"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// leastToTell is how many closed deals a rate needs before it is compared with
// another.
const leastToTell = 20

// interval writes Wilson's interval of a rate: "45–54%".
func (n Numbers) interval(w metrics.WinRate) string {
	if w.Den == 0 {
		return n.notAvailable()
	}
	return n.Number(w.Low*100, 0) + "–" + n.Percent(w.High)
}

// rateWithN is the interval with what it was made from: "45–54%, n = 411".
func (n Numbers) rateWithN(w metrics.WinRate) string {
	if w.Den == 0 {
		return ""
	}
	return lang.T("%s, n = %s", n.interval(w), n.Count(w.N))
}

// coverage is "2.0×", "met" where nothing remains to the quota.
func (n Numbers) coverage(r metrics.Row) string {
	if r.Met {
		return lang.T("met")
	}
	if v, ok := r.Coverage.Value(); ok {
		return n.Times(v)
	}
	return n.notAvailable()
}

// money writes a mean or median of minor units in whole major ones.
func (n Numbers) money(v float64, ok bool) string {
	if !ok {
		return n.notAvailable()
	}
	return n.Whole(int64(math.Round(v)))
}

// shortMoney is money as a card writes it.
func (n Numbers) shortMoney(v float64, ok bool) string {
	if !ok {
		return n.notAvailable()
	}
	return n.Short(int64(math.Round(v)))
}

// days writes a number of days with no more decimals than it has.
func (n Numbers) days(v float64, ok bool) string {
	if !ok {
		return n.notAvailable()
	}
	return n.Number(v, 0)
}

// grown gives a card the change of a figure against another.
func (c Card) grown(text string, change float64, ok bool) Card {
	if !ok {
		return c
	}
	c.Change = text
	c.Sign, c.Tone = Up, Good
	if change < 0 {
		c.Sign, c.Tone = Down, Bad
	}
	if change == 0 {
		c.Sign, c.Tone = NoSign, Quiet
	}
	return c
}
