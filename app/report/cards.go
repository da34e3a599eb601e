package report

import (
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// wonCard is what was won and in how many deals.
func (n Numbers) wonCard(r metrics.Row) Card {
	return Card{Name: lang.T("Won"), Text: n.Short(r.WonValue.Minor), Sub: lang.N("%d deal", "%d deals", r.Won)}
}

// attainedCard is the attainment with the quota that it is of.
func (n Numbers) attainedCard(r metrics.Row) Card {
	c := Card{Name: lang.T("Attainment"), Text: n.share(r.Attainment.Value()), Sub: lang.T("no quota")}
	if r.Quota.Set {
		c.Sub = lang.T("of %s", n.Short(r.Quota.Minor))
	}
	return c
}

// winRateCard is the win rate by count with its interval.
func (n Numbers) winRateCard(r metrics.Row) Card {
	return Card{Name: lang.T("Win rate, count"), Text: n.share(r.WinRate.Value()), Sub: n.rateWithN(r.WinRate)}
}

// averageCard is the mean and the median of won deals.
func (n Numbers) averageCard(r metrics.Row) Card {
	return Card{Name: lang.T("Average deal"), Text: n.shortMoney(r.AvgWon.Value()), Sub: lang.T("median %s", n.shortMoney(r.MedianWon.Value()))}
}

// cycleCard is how long won deals took.
func (n Numbers) cycleCard(r metrics.Row) Card {
	c := Card{Name: lang.T("Cycle, median days"), Text: n.days(r.CycleWonMedian.Value())}
	if r.CycleWonMedian.N > 0 {
		c.Sub = lang.N("%d won deal", "%d won deals", r.CycleWonMedian.N)
	}
	return c
}
