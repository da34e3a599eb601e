package app

import (
	"regexp"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// currencyNames are the currencies that programs write out, folded.
var currencyNames = map[string]data.Currency{
	"usdollar": "USD", "usdollars": "USD", "unitedstatesdollar": "USD", "americandollar": "USD", "usdollarus": "USD", "euro": "EUR", "euros": "EUR", "poundsterling": "GBP", "britishpound": "GBP", "britishpoundsterling": "GBP", "ukpound": "GBP", "ukpounds": "GBP",
	"japaneseyen": "JPY", "yen": "JPY", "円": "JPY", "日本円": "JPY", "swissfranc": "CHF", "schweizerfranken": "CHF", "franken": "CHF", "francsuisse": "CHF", "canadiandollar": "CAD", "australiandollar": "AUD", "newzealanddollar": "NZD", "swedishkrona": "SEK", "norwegiankrone": "NOK", "danishkrone": "DKK",
	"polishzloty": "PLN", "zloty": "PLN", "czechkoruna": "CZK", "hungarianforint": "HUF", "indianrupee": "INR", "chineseyuan": "CNY", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "人民币": "CNY", "brazilianreal": "BRL", "realbrasileiro": "BRL", "mexicanpeso": "MXN", "singaporedollar": "SGD", "hongkongdollar": "HKD",
	"southafricanrand": "ZAR", "turkishlira": "TRY", "russianruble": "RUB", "рубль": "RUB", "southkoreanwon": "KRW", "koreanwon": "KRW", "israelishekel": "ILS", "newshekel": "ILS", "uaedirham": "AED",
}

var currencyCode = regexp.MustCompile(`\b[A-Z]{3}\b`)

// importCurrency is the currency that a cell names: by its code, its sign or its
// name. A sign that several share is the book's if it can be, else the likeliest.
func importCurrency(text string, book data.Currency) data.Currency {
	if code := currencyNames[sheet.Fold(text)]; code != "" {
		return code
	}
	if code := sheet.CurrencyNamed(strings.ToUpper(text)); code != "" {
		return code
	}
	for _, word := range currencyCode.FindAllString(text, -1) {
		if code := sheet.CurrencyNamed(word); code != "" {
			return code
		}
	}
	code, sign := sheet.CurrencyAround(text)
	if of := sheet.CurrenciesOf(text); code == "" && sign && len(of) > 0 {
		if slices.Contains(of, book) {
			return book
		}
		return of[0]
	}
	return code
}
