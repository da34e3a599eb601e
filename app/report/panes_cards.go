package report

import (
	"math"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// Names of the cards that Panes makes.
const (
	CardWon        = "won"
	CardAttainment = "attainment-card"
	CardCoverage   = "coverage"
	CardWinRate    = "win-rate"
	CardDealSize   = "deal-size"
	CardCycle      = "cycle"
	CardOpen       = "open"
	CardVelocity   = "velocity"
	CardLeft       = "left"
)

// Card makes one card of the whole; then is what it is compared with. False for a
// name that none has.
func (p Panes) Card(name string, t *metrics.Row, then *Compared, spark metrics.Sparklines) (Card, bool) {
	against, was := "", metrics.Row{}
	if then != nil {
		against, was = then.Name, then.Table.Total
	}
	switch name {
	case CardWon:
		c := p.wonCard(*t).grown(p.Grown(float64(t.WonValue.Minor), float64(was.WonValue.Minor), against))
		c.Spark = finite(spark.Won)
		return p.keyed(c, metrics.WonDeals), true
	case CardAttainment:
		return p.keyed(p.attainment(t, spark), metrics.WonDeals), true
	case CardCoverage:
		return p.keyed(p.coverageOf(t, spark), metrics.OpenDeals), true
	case CardWinRate:
		return p.keyed(p.winRateAgainst(*t, was, against, spark), metrics.ClosedDeals), true
	case CardDealSize:
		return p.keyed(p.dealSizeAgainst(*t, was, against, spark), metrics.WonDeals), true
	case CardCycle:
		return p.keyed(p.cycleAgainst(*t, was, against), metrics.WonDeals), true
	case CardOpen:
		return p.keyed(Card{Name: lang.T("Open value in period"), Text: p.Short(t.OpenValue.Minor), Sub: p.deals(t.Open)}, metrics.OpenDeals), true
	case CardVelocity:
		return p.keyed(Card{Name: lang.T("Velocity per day"), Text: p.shortMoney(t.VelocityPerDay.Value()), Sub: lang.T("over 365 days")}, metrics.WonDeals), true
	case CardLeft:
		return p.keyed(p.leftToQuota(*t), metrics.OpenDeals), true
	}
	return Card{}, false
}

// keyed opens the deals of the whole.
func (p Panes) keyed(c Card, m metrics.Measure) Card {
	c.Key = p.Open(lang.T("%s, %s", c.Name, p.Span()), p.total(m))
	return c
}

func (p Panes) attainment(t *metrics.Row, spark metrics.Sparklines) Card {
	c := Card{Name: lang.T("Attainment"), Text: p.ofRatio(t.Attainment), Sub: lang.T("no quota"), Spark: finite(spark.Attainment)}
	if t.Quota.Set {
		c.Sub = lang.T("%s of %s", p.Short(t.Credited.Minor), p.Short(t.Quota.Minor))
	}
	if pace, ok := t.Pace.Value(); ok {
		c = c.grown(lang.T("%s of pace", p.Percent(pace)), pace-1, true)
	}
	return c
}

func (p Panes) coverageOf(t *metrics.Row, spark metrics.Sparklines) Card {
	c := Card{Name: lang.T("Coverage"), Text: p.coverage(*t), Sub: lang.T("%s open", p.Short(t.OpenValue.Minor))}
	v, ok := t.Coverage.Value()
	if !ok {
		return c
	}
	c.Sub, c.Spark = lang.T("%s on %s left", p.Short(t.OpenValue.Minor), p.Short(t.Quota.Minor-t.Credited.Minor)), finite(spark.Coverage)
	if need, known := t.CoverageNeeded.Value(); known {
		text := lang.T("below the %s needed", p.Times(need))
		if v >= need {
			text = lang.T("above the %s needed", p.Times(need))
		}
		c = c.grown(text, v-need, true)
	}
	return c
}

func (p Panes) winRateAgainst(t, was metrics.Row, against string, spark metrics.Sparklines) Card {
	c := p.winRateCard(t)
	now, known := t.WinRate.Value()
	then, before := was.WinRate.Value()
	if known && before {
		c = c.grown(p.Points(now, then, against))
	}
	c.Spark = finite(spark.WinRate)
	return c
}

func (p Panes) dealSizeAgainst(t, was metrics.Row, against string, spark metrics.Sparklines) Card {
	c := p.averageCard(t)
	c.Name = lang.T("Average won deal")
	now, known := t.AvgWon.Value()
	then, _ := was.AvgWon.Value()
	if known {
		c = c.grown(p.Grown(now, then, against))
	}
	c.Spark = finite(spark.AvgWon)
	return c
}

func (p Panes) cycleAgainst(t, was metrics.Row, against string) Card {
	c := p.cycleCard(t)
	now, known := t.CycleWonMedian.Value()
	then, _ := was.CycleWonMedian.Value()
	if text, change, ok := p.Grown(now, then, against); ok && known {
		c = c.grown(text, change, ok)
		c.Tone = map[Tone]Tone{Good: Bad, Bad: Good, Quiet: Quiet}[c.Tone] // longer is worse
	}
	return c
}

func (p Panes) leftToQuota(t metrics.Row) Card {
	c := Card{Name: lang.T("Left to quota"), Text: p.notAvailable(), Sub: lang.T("no quota")}
	if t.Quota.Set {
		c.Text, c.Sub = p.Short(max(0, t.Quota.Minor-t.Credited.Minor)), lang.T("of %s", p.Short(t.Quota.Minor))
	}
	return c
}

// finite drops what a small curve cannot draw.
func finite(values []float64) []float64 {
	var out []float64
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			out = append(out, v)
		}
	}
	return out
}
