package forecast

import (
	"math"

	"fieldbook/data"
)

const (
	mostOrigins  = 12
	originStep   = 15   // days
	fewKnown     = 50   // deals closed by an origin
	unseenError  = 0.2  // of the whole
	unseenPart   = 0.25 // of what open deals bring, and of what new ones do: these make up for each other
	unseenWeight = 2.0  // origins that the error counted on before any is seen stands for
	shrinkTo     = 0.25 // origins that no error at all stands for
	otherPhase   = 0.1  // weight of an origin that lies elsewhere in its period
	mostError    = 3.0
	mostSpread   = 1.0
)

// Origin is an earlier day from which the same computation looked as far ahead,
// and what came of it.
type Origin struct {
	Day, From, To data.Day // To is included
	Forecast      float64  // the middle, recentred by what was known then
	Low, High     float64
	Naive         float64 // open deals × the share won by then
	Actual        float64

	weight         float64
	told, came     byAge      // from deals open at the day
	fresh          [2]float64 // from others, told and come
	variance       float64
	rows, rowsTold float64 // squared errors of groups beyond chance, and what they are relative to
}

// byAge are amounts of open deals by how long they had been open.
type byAge [ageBands]float64

func (x *byAge) sum() float64 { return sum(x[:]) }

// Accuracy is how forecasts from earlier days did: error is forecast − actual,
// so positive bias is over-forecast.
type Accuracy struct {
	Origins    []Origin
	WAPE, Bias float64 // Σ|e| ÷ Σactual, Σe ÷ Σactual
	NaiveWAPE  float64
	NaiveBias  float64
	Held       int // origins whose P10–P90 held what came
	Defined    bool
}

// errors is how far a forecast is recentred (log of the factor) and how far it
// errs around that.
type errors struct {
	open            byAge
	fresh           float64
	openSD, freshSD float64
	totalSD, rowSD  float64
}

// lookBack runs the forecast from earlier days whose windows have passed by
// then, oldest first.
func (b *Book) lookBack(w window) []Origin {
	b = b.sample()
	var out []Origin
	ahead := int(w.to - w.day)
	for k := mostOrigins; k >= 0; k-- {
		n := ahead + k*max(originStep, ahead/6)
		if o, ok := b.origin(w.back(n)); ok {
			o.weight = b.phase(n, int(w.to-w.from)+1) * math.Exp2(-float64(n-ahead)/float64(ahead))
			out = append(out, o)
		}
	}
	return out
}

// mostLookedBack is how many deals are enough to tell how far forecasts err.
const mostLookedBack = 100_000

// sample is the book with fewer of its deals, evenly; what they bring and what
// is told of them shrink alike.
func (b *Book) sample() *Book {
	step := uint64(len(b.Deals)/mostLookedBack + 1)
	if step == 1 {
		return b
	}
	out := *b
	out.Deals = make([]Deal, 0, len(b.Deals)/int(step)+1)
	for i := range b.Deals {
		if mix(uint64(i))%step == 0 {
			out.Deals = append(out.Deals, b.Deals[i])
		}
	}
	return &out
}

// phase weighs an origin: one that lies where the as-of day lies, whole periods
// before, tells more, since deals are closed towards a period's end. (lookBack
// weighs newer ones more.)
func (b *Book) phase(back, period int) float64 {
	off := back % period
	if off = min(off, period-off); off <= period/12 {
		return 1
	}
	return otherPhase
}

func (b *Book) origin(w window) (Origin, bool) {
	known, opened, worth, wins := 0, 0, 0.0, 0
	for i := range b.Deals {
		d := &b.Deals[i]
		if d.Outcome != StillOpen && d.Close <= w.day && d.Close.Valid() {
			known++
			if d.Outcome == Won {
				wins++
			}
		}
		if d.openAt(w.day) {
			opened++
			worth += float64(d.Open)
		}
	}
	if known < fewKnown {
		return Origin{}, false
	}
	e, ok := b.expect(w, false)
	if !ok {
		return Origin{}, false
	}
	o := Origin{Day: w.day, From: w.from, To: w.to, Naive: worth * float64(wins) / float64(known)}
	open, fresh, came := b.brought(w)
	told, news := e.totals()
	o.told, o.came = e.ages, came
	o.fresh = [2]float64{news.mean, sum(fresh)}
	o.Actual = o.came.sum() + o.fresh[1]
	o.variance = told.variance + news.variance
	all := told.mean + news.mean
	if all <= 0 || o.Actual <= 0 {
		return Origin{}, false
	}
	for g := range open {
		p := (e.open[g].mean + e.fresh[g].mean) * o.Actual / all // what a common error explains is no row's own
		d := open[g] + fresh[g] - p
		o.rows += d*d - e.open[g].variance - e.fresh[g].variance
		o.rowsTold += p * p
	}
	return o, true
}

// ratio is the log of what came ÷ what was told; a little of the whole on both
// sides keeps small amounts from counting for much.
func ratio(told, came, whole float64) float64 {
	little := 0.01 * whole
	if told+little <= 0 || came+little <= 0 {
		return 0
	}
	return max(-mostError, min(mostError, math.Log((came+little)/(told+little))))
}

// judge learns the errors of some origins, of windows of as many days.
func judge(origins []Origin, days int) errors {
	var e errors
	var told, came byAge
	var fresh [2]float64
	weight, whole := 0.0, 0.0
	for i := range origins {
		o := &origins[i]
		weight, whole = weight+o.weight, whole+o.weight*o.Actual
		for a := range told {
			told[a], came[a] = told[a]+o.weight*o.told[a], came[a]+o.weight*o.came[a]
		}
		fresh[0], fresh[1] = fresh[0]+o.weight*o.fresh[0], fresh[1]+o.weight*o.fresh[1]
	}
	trust := weight / (weight + shrinkTo)
	for a := range told {
		e.open[a] = trust * ratio(told[a], came[a], whole)
	}
	e.fresh = trust * ratio(fresh[0], fresh[1], whole)
	e.spread(origins, weight, days)
	return e
}

// spread is what is left of the errors once recentred.
func (e *errors) spread(origins []Origin, weight float64, days int) {
	var open, fresh, total, rows, rowsTold float64
	for i := range origins {
		o := &origins[i]
		x := ratio(e.centreOpen(o), o.came.sum(), o.Actual)
		y := ratio(o.fresh[0]*math.Exp(e.fresh), o.fresh[1], o.Actual)
		z := ratio(e.centre(o), o.Actual, 0)
		chance := o.variance / max(1, o.Actual*o.Actual)
		open, fresh, total = open+o.weight*x*x, fresh+o.weight*y*y, total+o.weight*max(0, z*z-chance)
		rows, rowsTold = rows+o.rows, rowsTold+o.rowsTold
	}
	// Windows that overlap are not seen as often as they are many.
	seen := weight
	if n := len(origins); n > 1 {
		seen = min(weight, float64(origins[n-1].Day-origins[0].Day)/float64(max(1, days))+1)
	}
	sd := func(sum, unseen float64) float64 {
		v := 0.0
		if weight > 0 {
			v = sum / weight
		}
		return min(mostSpread, math.Sqrt((v*seen+unseen*unseen*unseenWeight)/(seen+unseenWeight)))
	}
	e.openSD, e.freshSD, e.totalSD, e.rowSD = sd(open, unseenPart), sd(fresh, unseenPart), sd(total, unseenError), unseenPart
	if rowsTold > 0 {
		e.rowSD = math.Sqrt(max(0.01, min(mostSpread, rows/rowsTold)))
	}
}

// centre is an origin's forecast under these errors.
func (e *errors) centre(o *Origin) float64 { return e.centreOpen(o) + o.fresh[0]*math.Exp(e.fresh) }

func (e *errors) centreOpen(o *Origin) float64 {
	out := 0.0
	for a, told := range o.told {
		out += told * math.Exp(e.open[a])
	}
	return out
}

// accuracy recentres each origin by those whose windows had passed by its day,
// as a forecast of that day would have been.
func accuracy(origins []Origin, days int) Accuracy {
	a := Accuracy{Origins: origins}
	var actual, off, sum, naiveOff, naiveSum float64
	for i := range origins {
		o := &origins[i]
		var before []Origin
		for _, x := range origins[:i] {
			if x.To <= o.Day {
				before = append(before, x)
			}
		}
		e := judge(before, days)
		o.Forecast = e.centre(o)
		sd := math.Sqrt(e.totalSD*e.totalSD + o.variance/max(1, o.Forecast*o.Forecast))
		o.Low, o.High = o.Forecast*math.Exp(-tenth*sd), o.Forecast*math.Exp(tenth*sd)
		if o.Actual >= o.Low && o.Actual <= o.High {
			a.Held++
		}
		d, n := o.Forecast-o.Actual, o.Naive-o.Actual
		actual, off, sum = actual+o.Actual, off+math.Abs(d), sum+d
		naiveOff, naiveSum = naiveOff+math.Abs(n), naiveSum+n
	}
	if actual > 0 {
		a.Defined = true
		a.WAPE, a.Bias, a.NaiveWAPE, a.NaiveBias = off/actual, sum/actual, naiveOff/actual, naiveSum/actual
	}
	return a
}

// tenth is how many standard deviations the tenth of a normal distribution lies
// below its middle.
const tenth = 1.2815515655446004
