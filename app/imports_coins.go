package app

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// coinScan counts in which currencies the amounts of a column say that they are.
type coinScan struct {
	signed map[data.Currency]int // amounts that name a currency
	shared int                   // that have a sign of several currencies
	bare   int                   // that have none
	sign   string                // the first of several currencies
	line   int                   // of the first that names one
	value  string
	known  map[string]coinWords // what stood around amounts

	sharedLine  int // of the first with a sign of several
	sharedValue string
}

// coinWords is what the words around an amount say.
type coinWords struct {
	code data.Currency
	sign bool
}

// mostCoinWords is the longest text around an amount that is looked at, in bytes.
const mostCoinWords = 8

func (s *coinScan) add(line int, value string) {
	words, digits := amountWords(value)
	switch {
	case !digits:
		return
	case words == "":
		s.bare++
		return
	}
	means, seen := s.known[words]
	if !seen {
		if s.known == nil {
			s.known, s.signed = map[string]coinWords{}, map[data.Currency]int{}
		}
		means.code, means.sign = sheet.CurrencyAround(words)
		if len(s.known) < scanDistinct {
			s.known[words] = means
		}
	}
	switch {
	case means.code != "":
		if s.signed[means.code]++; s.value == "" {
			s.line, s.value = line, strings.Clone(value)
		}
	case means.sign:
		if s.shared++; s.sign == "" {
			s.sign, s.sharedLine, s.sharedValue = words, line, strings.Clone(value)
		}
	}
}

// amountWords takes what stands around the digits of an amount; where that is
// long it is none.
func amountWords(value string) (words string, digits bool) {
	var around [mostCoinWords]byte
	n := 0
	for i := range len(value) {
		switch c := value[i]; {
		case c >= '0' && c <= '9':
			digits = true
		case strings.IndexByte(" .,'()-+", c) >= 0:
		case n == mostCoinWords:
			return "", false
		default:
			around[n] = c
			n++
		}
	}
	return string(around[:n]), digits
}

// CoinVerdict is what a column of amounts shows of their currency.
type CoinVerdict struct {
	Currency data.Currency // of those that name none; "" for the book's
	Named    []data.Currency
	Why      string // what shows it
	Shared   string // a sign of several currencies of which the book's is none: Currency is a guess
}

// result weighs what was added: where all amounts that name a currency name the
// same, those that name none are in it too.
// A sign that several share is the book's if it can be, else the likeliest.
func (s *coinScan) result(head string, book data.Currency) CoinVerdict {
	v := CoinVerdict{Currency: headCurrencyOf(head)}
	total := s.bare + s.shared
	for code, n := range s.signed {
		v.Named = append(v.Named, code)
		total += n
	}
	slices.Sort(v.Named)
	if len(v.Named) > 0 {
		v.Why = fmt.Sprintf("line %d: %q; %d of %d amounts have a sign", s.line, s.value, total-s.bare, total)
	}
	if v.Currency == "" && len(v.Named) == 1 && s.shared == 0 {
		v.Currency = v.Named[0]
	}
	if of := sheet.CurrenciesOf(s.sign); v.Currency == "" && len(v.Named) == 0 && len(of) > 0 && !slices.Contains(of, book) {
		v.Currency, v.Shared = of[0], s.sign
		v.Why = fmt.Sprintf("line %d: %q", s.sharedLine, s.sharedValue)
	}
	return v
}

// coinOf is the currency of a column's amounts that name none. Where another
// column says it row by row, signs tell of their own cell alone.
func (f *FilePlan) coinOf(c *ColumnPlan) data.Currency {
	if f.ColumnOf("currency") != nil && c.Coin == c.Coins.Currency {
		return headCurrencyOf(c.Name)
	}
	return c.Coin
}

// coinNote says in which currency the amounts of a column are that name none,
// where the column's other amounts tell, or where they leave doubt.
func (f *FilePlan) coinNote(c *ColumnPlan) (Reading, bool) {
	own := f.app.Book().Currency
	switch {
	case c.Coins.Shared != "" && c.Coin == c.Coins.Currency && f.ColumnOf("currency") == nil:
		return Reading{c.Name, fmt.Sprintf("%s is taken for %s, which shares the sign with others", c.Coins.Shared, c.Coin), c.Coins.Why, len(sheet.CurrenciesOf(c.Coins.Shared)) > 1}, true
	case len(c.Coins.Named) == 0 || c.bare == 0 || f.ColumnOf("currency") != nil:
		return Reading{}, false
	case c.Coin != c.Coins.Currency: // a person has chosen
		return Reading{}, false
	case len(c.Coins.Named) == 1 && c.Coin == c.Coins.Named[0]:
		return Reading{c.Name, fmt.Sprintf("Amounts without a sign are in %s, as the others", c.Coin), c.Coins.Why, false}, c.Coin != own
	case c.Coin == "":
		return Reading{c.Name, fmt.Sprintf("Amounts are in the currency of their sign, without one in %s", own), c.Coins.Why, true}, true
	}
	return Reading{}, false
}

// SetCoin says in which currency the amounts of a column are that name none;
// "" for the book's.
func (f *FilePlan) SetCoin(column int, code data.Currency) error {
	c, err := f.column(column)
	if err != nil {
		return err
	}
	if code != "" && !sheet.IsCurrency(code) {
		return data.FieldErrorf("currency", "%q is no currency; write the three letters of one, such as EUR", code)
	}
	c.Coin, f.edited = code, true
	return nil
}

// SetCoins says so of all columns of amounts.
func (f *FilePlan) SetCoins(code data.Currency) error {
	for c := range f.moneyColumns() {
		if err := f.SetCoin(c.Index, code); err != nil {
			return err
		}
	}
	return nil
}

// chosenCoins are the currencies that a person chose, by column.
func (f *FilePlan) chosenCoins() map[string]string {
	out := map[string]string{}
	for c := range f.moneyColumns() {
		if c.Coin != c.Coins.Currency {
			out[c.Name] = string(cmp.Or(c.Coin, f.app.Book().Currency))
		}
	}
	return out
}

// usualCoins can be chosen for amounts that name no currency.
var usualCoins = []data.Currency{"USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "INR", "CNY", "BRL"}

// coins lists the currencies to choose from, the book's first.
func (f *FilePlan) coins() []string {
	out := []string{string(f.app.Book().Currency)}
	add := func(codes ...data.Currency) {
		for _, code := range codes {
			if code != "" && !slices.Contains(out, string(code)) {
				out = append(out, string(code))
			}
		}
	}
	for c := range f.moneyColumns() {
		add(c.Coin)
		add(c.Coins.Named...)
		add(sheet.CurrenciesOf(c.Coins.Shared)...)
	}
	add(usualCoins...)
	return out
}

// moneyColumn is the first column of amounts; nil where none is, or another says
// in which currency each row is.
func (f *FilePlan) moneyColumn() *ColumnPlan {
	if f.own || f.ColumnOf("currency") != nil {
		return nil
	}
	for c := range f.moneyColumns() {
		if c.Filled > 0 {
			return c
		}
	}
	return nil
}

// moneyColumns goes through the columns that are read as amounts.
func (f *FilePlan) moneyColumns() iter.Seq[*ColumnPlan] {
	return func(yield func(*ColumnPlan) bool) {
		for _, c := range f.Columns {
			if t, used := f.typeOf(c); used && t == data.TypeMoney && !yield(c) {
				return
			}
		}
	}
}
