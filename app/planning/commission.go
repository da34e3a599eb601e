package planning

import (
	"math/big"
	"strconv"
	"strings"

	"fieldbook/data"
)

// Rate is one line of a commission plan. Both figures are in ten-thousandths of
// a percent.
type Rate struct {
	From    int64 // attainment at which it begins
	Percent int64 // of the won value from there to the next rate
}

const (
	rateDigits = 4
	wholeRate  = 100 * 10_000 // a hundred percent
	mostRate   = 10 * wholeRate
	mostRates  = 20
)

// Rates is a commission plan, by rising attainment. Below its first rate nothing
// is paid.
type Rates []Rate

// ParseRates reads "from attainment: percent of won value" with semicolons
// between them, such as "0: 3; 80: 5; 100: 8".
func ParseRates(text string) (Rates, error) {
	var out Rates
	for _, part := range strings.Split(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		from, percent, ok := strings.Cut(part, ":")
		if !ok {
			return nil, wrongRates("%q has no colon; write from which attainment, a colon and the percent paid, such as 0: 3; 80: 5; 100: 8", part)
		}
		r, err := parseRate(from, percent)
		if err != nil {
			return nil, err
		}
		if len(out) > 0 && r.From <= out[len(out)-1].From {
			return nil, wrongRates("%s%% does not come after %s%%; write the lowest attainment first", percentText(r.From), percentText(out[len(out)-1].From))
		}
		out = append(out, r)
	}
	switch {
	case len(out) == 0:
		return nil, wrongRates("there is no rate; write from which attainment which percent is paid, such as 0: 3; 80: 5; 100: 8")
	case len(out) > mostRates:
		return nil, wrongRates("these are %d rates; write at most %d", len(out), mostRates)
	}
	return out, nil
}

func parseRate(from, percent string) (Rate, error) {
	r := Rate{}
	for _, p := range []struct {
		text string
		most int64
		to   *int64
		what string
	}{{from, mostRate, &r.From, "an attainment from 0 to 1000"}, {percent, wholeRate, &r.Percent, "a percent of the won value from 0 to 100"}} {
		text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(p.text), "%"))
		n, err := data.ParseDecimal(text, rateDigits)
		if err != nil || n < 0 || n > p.most {
			return r, wrongRates("%q is not %s; write a plain number such as 80 or 7.5", text, p.what)
		}
		*p.to = n
	}
	return r, nil
}

func wrongRates(format string, args ...any) error { return data.FieldErrorf("rates", format, args...) }

func percentText(n int64) string {
	return strconv.FormatFloat(float64(n)/10_000, 'f', -1, 64)
}

// String is what ParseRates reads.
func (r Rates) String() string {
	parts := make([]string, len(r))
	for i, x := range r {
		parts[i] = percentText(x.From) + ": " + percentText(x.Percent)
	}
	return strings.Join(parts, "; ")
}

// flat says that the attainment, and with it the quota, has no bearing.
func (r Rates) flat() bool { return len(r) == 1 && r[0].From == 0 }

// Estimate is the commission on a credited value, in the same minor units. The
// rates are marginal: each part of the value earns the rate of the band of
// attainment that it falls in, and reaching a higher band pays nothing more on
// what lies below it. It is rounded once, half away from zero. ok is false
// where the plan needs a quota and there is none.
func (r Rates) Estimate(credited, quota int64) (pay int64, ok bool) {
	if len(r) == 0 || quota <= 0 && !r.flat() {
		return 0, false
	}
	if credited <= 0 {
		return 0, true
	}
	// Everything is in shares of a minor unit: value × wholeRate.
	value := times(credited, wholeRate)
	sum := new(big.Int)
	for i, rate := range r {
		low, high := times(quota, rate.From), value
		if i+1 < len(r) {
			if top := times(quota, r[i+1].From); top.Cmp(high) < 0 {
				high = top
			}
		}
		if part := new(big.Int).Sub(high, low); part.Sign() > 0 {
			sum.Add(sum, part.Mul(part, big.NewInt(rate.Percent)))
		}
	}
	unit := times(wholeRate, wholeRate)
	sum.Add(sum, new(big.Int).Quo(unit, big.NewInt(2)))
	return sum.Quo(sum, unit).Int64(), true
}

// At is the percent that the next sale earns at an attainment (1 is the quota).
func (r Rates) At(credited, quota int64) (percent float64, ok bool) {
	if len(r) == 0 || quota <= 0 && !r.flat() {
		return 0, false
	}
	value := times(max(0, credited), wholeRate)
	for _, rate := range r {
		if times(quota, rate.From).Cmp(value) <= 0 {
			percent = float64(rate.Percent) / 10_000
		}
	}
	return percent, true
}

func times(a, b int64) *big.Int { return new(big.Int).Mul(big.NewInt(a), big.NewInt(b)) }
