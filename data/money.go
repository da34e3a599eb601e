package data

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Currency is an ISO 4217 code such as "USD".
type Currency string

// currencyDigits lists the currencies whose minor unit is not a hundredth
// (ISO 4217, list one).
var currencyDigits = map[Currency]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
	"UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "CLF": 4, "UYW": 4,
}

// Digits is the number of decimals of the currency's minor unit.
func (c Currency) Digits() int {
	if d, ok := currencyDigits[c]; ok {
		return d
	}
	return 2
}

// Unit is how many minor units make one whole: 100 of most currencies.
func (c Currency) Unit() int64 {
	unit := int64(1)
	for range c.Digits() {
		unit *= 10
	}
	return unit
}

// Valid reports whether c has the form of an ISO 4217 code.
func (c Currency) Valid() bool {
	if len(c) != 3 {
		return false
	}
	for _, r := range c {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}

// Money is an amount in minor units of a currency; never a float.
type Money struct {
	Minor    int64
	Currency Currency
}

// Decimal writes the amount in major units with the currency's digits:
// "10005534.00".
func (m Money) Decimal() string { return DecimalString(m.Minor, m.Currency.Digits()) }

// DecimalString writes minor units as a decimal number with the given digits.
func DecimalString(minor int64, digits int) string {
	neg := minor < 0
	s := strconv.FormatUint(absolute(minor), 10)
	if digits > 0 {
		if len(s) <= digits {
			s = strings.Repeat("0", digits-len(s)+1) + s
		}
		s = s[:len(s)-digits] + "." + s[len(s)-digits:]
	}
	if neg {
		return "-" + s
	}
	return s
}

func absolute(n int64) uint64 {
	if n < 0 {
		return uint64(-(n + 1)) + 1
	}
	return uint64(n)
}

// ParseDecimal reads a plain decimal number ("-1054.5") into minor units.
// More decimals than the currency has, or a number too large, is an error.
func ParseDecimal(s string, digits int) (int64, error) {
	text := strings.TrimSpace(s)
	neg := strings.HasPrefix(text, "-")
	body := strings.TrimPrefix(strings.TrimPrefix(text, "-"), "+")
	whole, frac, _ := strings.Cut(body, ".")
	frac = strings.TrimRight(frac, "0")
	if whole == "" && frac == "" && !strings.Contains(body, "0") {
		return 0, Errorf(Invalid, "%q is not an amount", s)
	}
	if len(frac) > digits {
		return 0, Errorf(Invalid, "%q has more than %d decimals", s, digits)
	}
	var n uint64
	most := uint64(math.MaxInt64)
	if neg {
		most++
	}
	for _, r := range whole + frac + strings.Repeat("0", digits-len(frac)) {
		if r < '0' || r > '9' {
			return 0, Errorf(Invalid, "%q is not an amount", s)
		}
		d := uint64(r - '0')
		if n > (most-d)/10 {
			return 0, Errorf(Invalid, "%q is too large for an amount", s)
		}
		n = n*10 + d
	}
	if neg {
		return -int64(n), nil
	}
	return int64(n), nil
}

// Rate is the price of one major unit of a currency in major units of the
// book's currency, as a fraction so that conversion is exact.
type Rate struct {
	Num, Den int64
}

// Convert turns minor units of one currency into minor units of another at the
// rate, rounded half away from zero. ok is false where the result overflows.
func (r Rate) Convert(minor int64, from, to Currency) (result int64, ok bool) {
	n := new(big.Int).Mul(big.NewInt(minor), big.NewInt(r.Num))
	d := big.NewInt(r.Den)
	shift := to.Digits() - from.Digits()
	pow := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(shift, -shift))), nil)
	if shift >= 0 {
		n.Mul(n, pow)
	} else {
		d.Mul(d, pow)
	}
	if d.Sign() == 0 {
		return 0, false
	}
	return roundedQuotient(n, d)
}

func roundedQuotient(n, d *big.Int) (int64, bool) {
	neg := n.Sign()*d.Sign() < 0
	n, d = new(big.Int).Abs(n), new(big.Int).Abs(d)
	q := n.Mul(n, big.NewInt(2)).Add(n, d)
	q.Div(q, d.Mul(d, big.NewInt(2)))
	if neg {
		q.Neg(q)
	}
	return q.Int64(), q.IsInt64()
}
