package app

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// twin is a row as far as telling duplicates goes.
type twin struct {
	id    data.ID
	place string // folded; "" where it has none
	marks []mark
}

// mark is something that two records of one thing have in common.
type mark struct {
	why  DuplicateReason
	text string
}

// twinGroup is rows that hang together by their marks.
type twinGroup struct {
	ids []data.ID
	why []DuplicateReason
}

// crowd is how many rows with one mark are compared pair by pair. A mark that
// more have, such as the mail address of an office, tells nothing.
const crowd = 30

// matchTwins puts rows together that share a mark, whose places do not
// contradict each other and that nobody said to be different. Groups and their
// rows come in the order of ids.
func matchTwins(rows []twin, different map[[2]data.ID]bool) []twinGroup {
	slices.SortFunc(rows, func(a, b twin) int { return bytes.Compare(a.id[:], b.id[:]) })
	bearers := map[mark][]int{}
	for i, r := range rows {
		for _, m := range r.marks {
			bearers[m] = append(bearers[m], i)
		}
	}
	head := make([]int, len(rows))
	why := make([][]DuplicateReason, len(rows))
	for i := range head {
		head[i] = i
	}
	find := func(i int) int {
		for head[i] != i {
			i = head[i]
		}
		return i
	}
	for m, list := range bearers {
		if len(list) > crowd {
			continue
		}
		for i, x := range list {
			for _, y := range list[i+1:] {
				if m.why == SameName && !samePlace(rows, list, x, y) || different[pairOf(rows[x].id, rows[y].id)] {
					continue
				}
				a, b := find(x), find(y)
				a, b = min(a, b), max(a, b)
				head[b] = a
				why[a] = append(append(why[a], why[b]...), m.why)
			}
		}
	}
	var out []twinGroup
	at := map[int]int{}
	for i, r := range rows {
		h := find(i)
		if len(why[h]) == 0 {
			continue
		}
		n, ok := at[h]
		if !ok {
			n = len(out)
			at[h] = n
			reasons := slices.Clone(why[h])
			slices.Sort(reasons)
			out = append(out, twinGroup{why: slices.Compact(reasons)})
		}
		out[n].ids = append(out[n].ids, r.id)
	}
	return out
}

// samePlace reports whether two of the rows of a name can stand at one place:
// one without a place belongs to the others where these have only one.
func samePlace(rows []twin, list []int, x, y int) bool {
	a, b := rows[x].place, rows[y].place
	if a == b {
		return true
	}
	if a != "" && b != "" {
		return false
	}
	for _, i := range list {
		if p := rows[i].place; p != "" && p != a && p != b {
			return false
		}
	}
	return true
}

func pairOf(a, b data.ID) [2]data.ID {
	if bytes.Compare(a[:], b[:]) > 0 {
		a, b = b, a
	}
	return [2]data.ID{a, b}
}

// markFields are the fields of a kind that its marks and place are made of.
var markFields = map[string][]string{
	data.KindPerson:    {"name", "external_id", "email"},
	data.KindContact:   {"name", "external_id", "email", "account"},
	data.KindAccount:   {"name", "external_id", "website", "postal_code", "city"},
	data.KindTerritory: {"name", "external_id", "parent"},
	data.KindProduct:   {"name", "external_id"},
	data.KindDeal:      {"name", "external_id", "account", "close_day", "amount", "currency"},
}

// marked is a row of which only those fields were read.
type marked struct {
	kind   string
	fields []string
	values []any
}

// text is a field as text, be it a number or a reference; "" where absent.
func (r marked) text(field string) string {
	switch v := r.values[slices.Index(r.fields, field)].(type) {
	case string:
		return strings.TrimSpace(v)
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return ""
}

// marks are what the row can have in common with another one.
func (r marked) marks() []mark {
	var out []mark
	add := func(why DuplicateReason, parts ...string) {
		if parts[0] != "" {
			out = append(out, mark{why, strings.Join(parts, "\x00")})
		}
	}
	add(SameExternalID, r.text("external_id"))
	switch r.kind {
	case data.KindPerson:
		add(SameMail, strings.ToLower(r.text("email")))
		add(SameName, sheet.Fold(r.text("name")))
	case data.KindContact:
		add(SameMail, strings.ToLower(r.text("email")))
		if account := r.text("account"); account != "" {
			add(SameName, sheet.Fold(r.text("name")), account)
		}
	case data.KindAccount:
		add(SameDomain, domainOf(r.text("website")))
		add(SameName, companyName(r.text("name")))
	case data.KindTerritory:
		add(SameName, sheet.Fold(r.text("name")), r.text("parent"))
	case data.KindProduct:
		add(SameName, sheet.Fold(r.text("name")))
	case data.KindDeal:
		if name := r.text("name"); name != "" {
			add(SameName, sheet.Fold(name), r.text("account"), r.text("close_day"), r.text("amount"), r.text("currency"))
		}
	}
	return out
}

// place is where an account stands, as exactly as it says.
func (r marked) place() string {
	if r.kind != data.KindAccount {
		return ""
	}
	if code := sheet.Fold(r.text("postal_code")); code != "" {
		return code
	}
	return sheet.Fold(r.text("city"))
}

// hosts that many firms share, so that they name none.
var sharedHosts = strings.Fields("facebook.com linkedin.com instagram.com twitter.com x.com youtube.com google.com sites.google.com wixsite.com wordpress.com blogspot.com github.io gmail.com outlook.com hotmail.com yahoo.com")

// domainOf is the host of a website without www; "" where it tells no firm.
func domainOf(website string) string {
	website = strings.ToLower(strings.TrimSpace(website))
	if website == "" {
		return ""
	}
	if !strings.Contains(website, "://") {
		website = "https://" + website
	}
	u, err := url.Parse(website)
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(strings.TrimPrefix(u.Hostname(), "www."), ".")
	if !strings.Contains(host, ".") || slices.Contains(sharedHosts, host) {
		return ""
	}
	return host
}

// legalForms are words at the end of a firm's name that say how it is owned.
var legalForms = strings.Fields(`inc incorporated corp corporation co company llc llp lp ltd limited plc gmbh mbh ag kg kgaa ohg ug ev sa sas sasu sarl
	srl spa sl slu sau bv nv ab as asa oy oyj aps kk pty pte sro doo ltda cv holding holdings group gruppe`)

// formSigns take out what stands inside of legal forms: S.A., A/S.
var formSigns = strings.NewReplacer(".", "", "A/S", "AS", "a/s", "as")

// companyName is the folded name of a firm without its legal form, since "Acme"
// and "ACME, Inc." are mostly one.
func companyName(name string) string {
	words := strings.FieldsFunc(formSigns.Replace(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		words[i] = sheet.Fold(w)
	}
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for len(words) > 1 && slices.Contains(legalForms, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	if short := strings.Join(words, ""); short != "" {
		return short
	}
	return sheet.Fold(name)
}
