package app

import (
	"cmp"
	"regexp"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// head is one way to read the name of a column: folded words, and how far the
// reading is from the name as it stands; less is nearer.
type head struct {
	word string
	far  int
}

// The parts that programs add to the names of their columns.
var (
	headNote     = regexp.MustCompile(`^(.*\S)\s*[(\[{][^()\[\]{}]*[)\]}]\s*[*:]*$`)
	headPrefix   = regexp.MustCompile(`^([\p{L} ]{3,24}?)\s*(?:\s[-–—]|[:>/.])\s*(.+)$`)
	headRequired = regexp.MustCompile(`(?i)^[*\s]*(.*?)[\s*:]*(?:\((?:required|pflichtfeld|obligatoire|obligatorio|optional|mandatory)\))?[\s*:]*$`)
	headCurrency = regexp.MustCompile(`(?i)^(.*?[\p{L})])(?:\s*[,-])?[\s_]+(?:in\s+|en\s+|em\s+)?\(?([A-Z]{3}|[€£$¥₹])\)?$`)
	headOfDeal   = regexp.MustCompile(`(?i)^(.*\S)\s+(?:del negocio|del trato|de la oportunidad|de l['’]opportunité|de la transaction|de l['’]affaire|do negócio|da oportunidade|dell['’]opportunità|dell['’]affare|della trattativa|der verkaufschance|des deals?|des geschäfts|van (?:de )?deal|szansy(?: sprzedaży)?|transakcji|сделки)$`)
	headWorded   = regexp.MustCompile(`(?i)(?:[(\[,]\s*([^()\[\],]{1,16})[)\]]?|_([a-z]{3}))$`)
	headNoted    = regexp.MustCompile(`[(\[]\s*(?:in\s+)?([A-Z]{3}|[€£₹])\s*[)\]]`)
)

// headKinds are the names under which programs put the kind of record before
// the name of a column, as in "Deal - Title".
var headKinds = map[string]string{
	"deal": data.KindDeal, "deals": data.KindDeal, "opportunity": data.KindDeal, "opportunities": data.KindDeal, "potential": data.KindDeal, "oppty": data.KindDeal,
	"organization": data.KindAccount, "organisation": data.KindAccount, "account": data.KindAccount, "company": data.KindAccount, "customer": data.KindAccount,
	"person": data.KindContact, "contact": data.KindContact, "people": data.KindContact,
	"product": data.KindProduct, "activity": data.KindActivity, "task": data.KindActivity, "event": data.KindActivity,
	"user": data.KindPerson, "owner": data.KindPerson, "lead": data.KindDeal,
}

// heads lists the readings of a column's name in a file of a kind, the nearest
// first: as it stands, without notes such as (required) or (USD), without the
// prefix of a program, without the kind of record before it.
func heads(name, kind string) []head {
	var out []head
	seen := map[string]bool{}
	add := func(text string, far int) {
		if w := sheet.Fold(text); w != "" && !seen[w] {
			seen[w] = true
			out = append(out, head{w, far})
		}
	}
	name = numbered(name)
	bare := headRequired.ReplaceAllString(strings.TrimSpace(name), "$1")
	add(name, 0)
	add(bare, 1)
	for _, text := range []string{bare, withoutKind(bare, kind)} {
		if text == "" {
			continue
		}
		add(text, 2)
		if m := headNote.FindStringSubmatch(text); m != nil {
			add(m[1], 3)
			text = m[1]
		}
		if m := headCurrency.FindStringSubmatch(text); m != nil && sheet.CurrencyNamed(m[2]) != "" {
			add(m[1], 4)
		}
		if before, _, ok := strings.Cut(text, ","); ok {
			add(before, 4)
		}
		if m := headOfDeal.FindStringSubmatch(text); m != nil && kind == data.KindDeal {
			add(m[1], 4)
		}
		fold := sheet.Fold(text)
		for _, prefix := range []string{"property", "properties", "fields", "attributes", "custom", "crm"} {
			if rest, ok := strings.CutPrefix(fold, prefix); ok && len(rest) > 2 {
				add(rest, 5)
			}
		}
	}
	return out
}

// numbered writes out the sign behind "Employee #".
func numbered(name string) string {
	if of, ok := strings.CutSuffix(strings.TrimSpace(name), "#"); ok && strings.TrimSpace(of) != "" {
		return of + " number"
	}
	return name
}

// withoutKind takes off the kind of record that stands before a name. That of
// another record names a reference: "Organization - Name" is the organization.
func withoutKind(name, kind string) string {
	m := headPrefix.FindStringSubmatch(name)
	if m == nil {
		return ""
	}
	of, known := headKinds[sheet.Fold(m[1])]
	switch {
	case !known:
		return ""
	case of == kind:
		return m[2]
	}
	switch sheet.Fold(m[2]) {
	case "name", "title", "fullname":
		return m[1]
	case "id":
		return m[1] + " id"
	}
	return m[1] + " " + m[2]
}

// headCurrencyOf is the currency that a column's name says its amounts are in:
// "Amount (EUR)", "Value in USD"; "" where it says none.
func headCurrencyOf(name string) data.Currency {
	if m := headNoted.FindStringSubmatch(name); m != nil {
		return sheet.CurrencyNamed(m[1])
	}
	if m := headCurrency.FindStringSubmatch(strings.TrimSpace(name)); m != nil && strings.ToUpper(m[2]) == m[2] {
		return sheet.CurrencyNamed(m[2])
	}
	if m := headWorded.FindStringSubmatch(strings.TrimSpace(name)); m != nil {
		words := strings.Trim(m[1]+strings.ToUpper(m[2]), " .")
		return cmp.Or(currencyNames[sheet.Fold(words)], sheet.CurrencyNamed(words))
	}
	return ""
}
