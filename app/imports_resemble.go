package app

import (
	"math/bits"
	"slices"
	"strings"

	"fieldbook/data/sheet"
)

// resembler finds names that one may be a slip of: the same words in another
// order or without a legal form, or a few letters that differ.
type resembler struct {
	byWords map[string]string    // sorted words → name
	byShape map[int][]likelyName // by length of the folded name
	taken   map[string]bool      // folded names
}

// likelyName is a name that another may be a slip of.
type likelyName struct {
	name, fold, digits string
	letters            uint64 // which letters are in it
}

// newResembler knows the names of a kind, those that came up in this import
// aside.
func newResembler(names *importNames, unknown []*unknownName) *resembler {
	r := &resembler{byWords: map[string]string{}, byShape: map[int][]likelyName{}, taken: map[string]bool{}}
	strange := map[*importName]bool{}
	for _, u := range unknown {
		strange[u.entry] = true
	}
	var known []string
	for _, e := range names.known {
		if !strange[e] && e.name != "" {
			known = append(known, e.name)
		}
	}
	slices.Sort(known) // maps have no order
	for _, name := range known {
		r.add(name)
	}
	return r
}

func (r *resembler) add(name string) {
	n := likely(name)
	if r.taken[n.fold] {
		return
	}
	r.taken[n.fold] = true
	words := likelyWords(name)
	if old, ok := r.byWords[words]; !ok || name < old {
		r.byWords[words] = name
	}
	r.byShape[len(n.fold)] = append(r.byShape[len(n.fold)], n)
}

// shortestLike is from which length on names are compared letter by letter.
const shortestLike = 4

// like gives the name that another resembles most; "" for none. Names whose
// digits differ are different things.
func (r *resembler) like(name string) string {
	n := likely(name)
	if n.fold == "" {
		return ""
	}
	if other, ok := r.byWords[likelyWords(name)]; ok && sheet.Fold(other) != n.fold {
		return other
	}
	if len(n.fold) < shortestLike {
		return ""
	}
	most := 1
	if len(n.fold) >= 8 {
		most = 2
	}
	best := ""
	for length := len(n.fold) - most; length <= len(n.fold)+most; length++ {
		for _, o := range r.byShape[length] {
			if o.digits != n.digits || o.fold == n.fold || bits.OnesCount64(o.letters^n.letters) > 2*most {
				continue
			}
			if d := slips(n.fold, o.fold, most); d <= most {
				best, most = o.name, d-1
			}
			if most == 0 {
				return best
			}
		}
	}
	return best
}

func likely(name string) likelyName {
	n := likelyName{name: name, fold: sheet.Fold(name)}
	for i := range len(n.fold) {
		c := n.fold[i]
		switch {
		case c >= '0' && c <= '9':
			n.digits += string(c)
		case c >= 'a' && c <= 'z':
			n.letters |= 1 << (c - 'a')
		default:
			n.letters |= 1 << (26 + c%32)
		}
	}
	return n
}

// likelyWords are the folded words of a name in order, legal forms left out.
func likelyWords(name string) string {
	var words []string
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" ,.;:/&()-_\t", r) }) {
		if fold := sheet.Fold(w); fold != "" && fold != "the" && !slices.Contains(legalForms, fold) {
			words = append(words, fold)
		}
	}
	if len(words) == 0 {
		return "\x00" + sheet.Fold(name) // legal forms alone resemble nothing
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// slips counts the letters to put in, take out, change or swap with their
// neighbour to get from a to b; more than most is most+1.
func slips(a, b string, most int) int {
	var rows [3][]int
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
	}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, now := rows[(i-1)%3], rows[i%3], rows[(i+1)%3]
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > most {
			return most + 1
		}
	}
	return rows[(len(a)+1)%3][len(b)]
}
