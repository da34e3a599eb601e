package sheet

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/currency"

	"fieldbook/data"
)

// ParseMoney reads an amount into minor units of a currency that has decimals
// decimals, exactly. currency is the ISO 4217 code that stands in the text; ""
// where none does, or only a sign that several currencies share ($, ¥, kr).
// Amounts with more decimals than the currency has, percentages and amounts
// beyond int64 are errors that say so.
func ParseMoney(text string, decimals int, mark DecimalMark) (minor int64, currency string, err error) {
	d, err := parseDecimal(text, mark)
	if err != nil {
		return 0, "", err
	}
	if d.percent {
		return 0, "", numberError(text, "is a percentage, not an amount")
	}
	if currency, err = currencyOf(text, d.words); err != nil {
		return 0, "", err
	}
	minor, err = d.minorUnits(text, decimals)
	return minor, currency, err
}

// minorUnits shifts the number by decimals places.
func (d decimal) minorUnits(text string, decimals int) (int64, error) {
	digits, shift := d.digits, decimals-d.scale
	for shift < 0 && strings.HasSuffix(digits, "0") {
		digits, shift = digits[:len(digits)-1], shift+1
	}
	if digits == "" {
		return 0, nil
	}
	if shift < 0 {
		return 0, numberError(text, fmt.Sprintf("has more than %d decimals", decimals))
	}
	if len(digits)+shift > 19 {
		return 0, numberError(text, "is too large for an amount")
	}
	var n uint64
	for _, c := range []byte(digits + strings.Repeat("0", shift)) {
		n = n*10 + uint64(c-'0')
	}
	if n > math.MaxInt64 {
		return 0, numberError(text, "is too large for an amount")
	}
	if d.negative {
		return -int64(n), nil
	}
	return int64(n), nil
}

// currencyOf reads what stands around an amount.
func currencyOf(text, words string) (string, error) {
	if words == "" {
		return "", nil
	}
	if code, ok := currencySign(strings.ToLower(words)); ok {
		return code, nil
	}
	letters := strings.Join(strings.FieldsFunc(words, func(r rune) bool { return !unicode.IsLetter(r) }), " ")
	code := strings.ToUpper(letters)
	rest := strings.Trim(strings.Replace(words, letters, "", 1), " .")
	if len(letters) != 3 || !IsCurrency(data.Currency(code)) {
		return "", numberError(text, fmt.Sprintf("is not an amount: %q is no currency", words))
	}
	if rest != "" {
		if of, ok := currencySign(rest); !ok || (of != "" && of != code) {
			return "", numberError(text, fmt.Sprintf("is not an amount: %q and %q do not belong together", letters, rest))
		}
	}
	return code, nil
}

// IsCurrency reports whether ISO 4217 has a code for money, of today or of the past.
func IsCurrency(code data.Currency) bool { return code.Valid() && CurrencyNamed(string(code)) == code }

// CurrencyAround reads what stands around an amount: the code of a currency and
// whether it is the sign of any, such as "$", which several share.
func CurrencyAround(words string) (code data.Currency, sign bool) {
	text, err := currencyOf(words, words)
	return data.Currency(text), err == nil && words != ""
}

// sharedSigns are the currencies that share a sign, the likeliest first; a
// backslash is how Japanese programs write theirs.
var sharedSigns = map[string][]data.Currency{
	"$":  {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "ARS", "CLP", "COP"},
	"¥":  {"JPY", "CNY"},
	"￥":  {"JPY", "CNY"},
	`\`:  {"JPY", "CNY"},
	"kr": {"SEK", "NOK", "DKK", "ISK"},
	"rs": {"INR", "PKR", "LKR", "NPR"},
	"₨":  {"INR", "PKR", "LKR", "NPR"},
	"fr": {"CHF"},
}

// CurrenciesOf lists the currencies that share a sign, the likeliest first. It is
// not to be changed.
func CurrenciesOf(sign string) []data.Currency {
	return sharedSigns[strings.Trim(strings.ToLower(sign), " .")]
}

// currencySigns are the codes of the signs that one currency has.
var currencySigns = map[string]string{
	"円": "JPY", "元": "CNY",
	"€": "EUR",
	"£": "GBP",
	"₹": "INR",
	"₽": "RUB", "руб": "RUB",
	"₩":   "KRW",
	"₺":   "TRY",
	"₪":   "ILS",
	"₫":   "VND",
	"₱":   "PHP",
	"₴":   "UAH",
	"zł":  "PLN",
	"kč":  "CZK",
	"ft":  "HUF",
	"sfr": "CHF",
	"us$": "USD", "$us": "USD",
	"c$": "CAD", "ca$": "CAD", "cdn$": "CAD",
	"a$": "AUD", "au$": "AUD",
	"nz$": "NZD",
	"hk$": "HKD",
	"s$":  "SGD", "sg$": "SGD",
	"mx$": "MXN",
	"r$":  "BRL",
}

// currencySign gives the code of a currency sign; "" for one that several
// currencies share.
func currencySign(sign string) (code string, ok bool) {
	sign = strings.Trim(sign, " .")
	if code, ok = currencySigns[sign]; ok {
		return code, true
	}
	return "", sharedSigns[sign] != nil
}

// newerCodes are those that ISO 4217 has taken in since the table of x/text was made.
var newerCodes = []string{"MRU", "SLE", "UYW", "VED", "VES", "XCG", "ZWG"}

// CurrencyNamed is the currency of an ISO 4217 code or of a sign that only one
// currency has; "" for any other text, and for the codes that stand for none.
func CurrencyNamed(text string) data.Currency {
	if unit, err := currency.ParseISO(text); err == nil && unit != currency.XXX && unit != currency.XTS {
		return data.Currency(unit.String())
	}
	if code := strings.ToUpper(text); slices.Contains(newerCodes, code) {
		return data.Currency(code)
	}
	return data.Currency(currencySigns[strings.ToLower(text)])
}
