package metrics

import (
	"math"
	"math/bits"
	"sort"

	"fieldbook/data"
)

// worth says whether a deal's value is known.
type worth uint8

const (
	known    worth = iota
	noRate         // in a currency without a rate on its day: left out and reported
	noAmount       // neither amount nor list price
)

// pricer values deals in the book's currency (metric definition "value" and
// the rule of dated rates: that of the close day, for open deals the as-of day).
type pricer struct {
	f     *Facts
	rates [][]factor
	now   []factor // by currency, on the as-of day
	list  []listed // by product
}

// factor is a rate ready for minor units: n × num ÷ den.
type factor struct {
	from     data.Day
	num, den uint64 // den 0: no rate
}

type listed struct {
	minor    int64 // in its own currency
	today    int64 // in the book's currency on the as-of day
	currency int16
	priced   bool
	rated    bool // today is known
}

func newPricer(f *Facts, asOf data.Day) *pricer {
	p := &pricer{f: f, rates: make([][]factor, len(f.Currencies)), now: make([]factor, len(f.Currencies))}
	for c := range f.Currencies {
		if c > 0 && c < len(f.Rates) {
			for _, r := range f.Rates[c] {
				p.rates[c] = append(p.rates[c], newFactor(r, f.Currencies[c].Digits(), f.Currency().Digits()))
			}
		}
		p.now[c] = p.on(int16(c), asOf)
	}
	p.list = make([]listed, len(f.Products))
	for i, product := range f.Products {
		l := listed{minor: product.Price, currency: product.Currency, priced: product.HasPrice}
		l.today, l.rated = p.now[l.currency].convert(l.minor)
		p.list[i] = l
	}
	return p
}

// newFactor folds the digits of both currencies into the rate. A rate that
// does not fit, or is not above 0, is no rate.
func newFactor(r DatedRate, from, to int) factor {
	num, den := r.Rate.Num, r.Rate.Den
	for ; from < to && num < math.MaxInt64/10; from++ {
		num *= 10
	}
	for ; from > to && den < math.MaxInt64/10; from-- {
		den *= 10
	}
	if from != to || num <= 0 || den <= 0 {
		return factor{from: r.From}
	}
	return factor{from: r.From, num: uint64(num), den: uint64(den)}
}

// on is the newest factor of a currency that is not after day.
func (p *pricer) on(currency int16, day data.Day) factor {
	if currency == 0 {
		return factor{num: 1, den: 1}
	}
	rates := p.rates[currency]
	i := sort.Search(len(rates), func(i int) bool { return rates[i].from > day })
	if i == 0 {
		return factor{}
	}
	return rates[i-1]
}

// convert rounds half away from zero; false where there is no rate or the
// result is too large.
func (r factor) convert(minor int64) (int64, bool) {
	if r.num == r.den {
		return minor, r.den != 0
	}
	return mulDiv(minor, r.num, r.den)
}

// mulDiv is n × num ÷ den, rounded half away from zero, in 128 bits.
func mulDiv(n int64, num, den uint64) (int64, bool) {
	u := uint64(n)
	if n < 0 {
		u = -u
	}
	hi, lo := bits.Mul64(u, num)
	if hi >= den {
		return 0, false
	}
	q, rem := bits.Div64(hi, lo, den)
	if rem >= den-rem {
		q++
	}
	if q > math.MaxInt64 {
		return 0, false
	}
	if n < 0 {
		return -int64(q), true
	}
	return int64(q), true
}

// value is what the deal counts for in the given state, in the book's currency.
func (p *pricer) value(d *Deal, s *State) (int64, worth) {
	amount := d.Amount
	has := d.Flags&HasAmount != 0
	switch {
	case s.Type == Open:
		return p.open(d, has && !s.Hidden)
	case s.Type == Lost:
		if d.LastOpenAmount != 0 {
			amount, has = d.LastOpenAmount, true
		}
		if !has || amount == 0 {
			return p.listOn(d.Product, s.Close)
		}
	case !has:
		return 0, noAmount
	}
	return rated(p.factorOn(d.Currency, s.Close).convert(amount))
}

func (p *pricer) open(d *Deal, known bool) (int64, worth) {
	if known {
		return rated(p.now[d.Currency].convert(d.Amount))
	}
	if d.Product == None || !p.list[d.Product].priced {
		return 0, noAmount
	}
	l := &p.list[d.Product]
	return rated(l.today, l.rated)
}

func (p *pricer) listOn(product int32, day data.Day) (int64, worth) {
	if product == None || !p.list[product].priced {
		return 0, noAmount
	}
	l := &p.list[product]
	if l.currency == 0 {
		return l.minor, known
	}
	return rated(p.factorOn(l.currency, day).convert(l.minor))
}

// factorOn is the factor of a close day; a close without day takes the as-of day's.
func (p *pricer) factorOn(currency int16, day data.Day) factor {
	if !day.Valid() {
		return p.now[currency]
	}
	return p.on(currency, day)
}

func rated(minor int64, ok bool) (int64, worth) {
	if !ok {
		return 0, noRate
	}
	return minor, known
}
