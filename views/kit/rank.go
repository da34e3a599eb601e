package kit

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// PaletteItem is one thing that the palette can find.
type PaletteItem struct {
	Key    string
	Group  string // "Commands", "People", "Accounts", …
	Icon   string
	Text   string
	Detail string // caption beside the text; searched last
	Short  string // a shortcut such as "Ctrl+N", shown at the right
}

// How well a text answers a query; less is better.
const (
	matchExact = iota
	matchPrefix
	matchWordStart
	matchInside
	matchLetters // the query's letters in order, with gaps
	matchDetail
	matchNone
)

// Rank keeps the items that answer the query, best first: the whole text, its
// beginning, the beginning of its words, within it, its letters in order, and
// last the detail. Case and accents do not count. Among equals shorter texts
// come first, then the order given. An empty query keeps all as they are.
func Rank(query string, items []PaletteItem) []PaletteItem {
	q := Fold(query)
	if q == "" {
		return items
	}
	type scored struct {
		item        PaletteItem
		tier, width int
	}
	var found []scored
	for _, it := range items {
		text := Fold(it.Text)
		tier := matchTier(q, text)
		if tier == matchNone && matchTier(q, Fold(it.Detail)) < matchLetters {
			tier = matchDetail
		}
		if tier < matchNone {
			found = append(found, scored{it, tier, len(text)})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int {
		if a.tier != b.tier {
			return a.tier - b.tier
		}
		return a.width - b.width
	})
	out := make([]PaletteItem, len(found))
	for i, f := range found {
		out[i] = f.item
	}
	return out
}

// Grouped gathers ranked items under their groups; groups stand in the order of
// their best item, and perGroup (0: no limit) caps each.
func Grouped(ranked []PaletteItem, perGroup int) [][]PaletteItem {
	var groups [][]PaletteItem
	at := map[string]int{}
	for _, it := range ranked {
		i, ok := at[it.Group]
		if !ok {
			i = len(groups)
			at[it.Group] = i
			groups = append(groups, nil)
		}
		if perGroup == 0 || len(groups[i]) < perGroup {
			groups[i] = append(groups[i], it)
		}
	}
	return groups
}

// Fold lowers case, drops accents and joins white space, so that "Å  Ø" and
// "a o" compare equal.
func Fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		r = unicode.ToLower(r)
		if plain, ok := strokes[r]; ok {
			b.WriteString(plain)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// strokes are letters that Unicode does not take apart.
var strokes = map[rune]string{'ø': "o", 'đ': "d", 'ł': "l", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ð': "d", 'þ': "th"}

// matchTier compares folded texts.
func matchTier(query, text string) int {
	switch {
	case text == query:
		return matchExact
	case strings.HasPrefix(text, query):
		return matchPrefix
	case wordsStart(query, text):
		return matchWordStart
	case strings.Contains(text, query):
		return matchInside
	case letters(query, text):
		return matchLetters
	}
	return matchNone
}

// wordsStart reports whether each word of the query begins some word of the text.
func wordsStart(query, text string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for q := range strings.FieldsSeq(query) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, q) }) {
			return false
		}
	}
	return true
}

// letters reports whether the query's letters stand in the text in order, the
// first of them at the beginning of a word.
func letters(query, text string) bool {
	q := []rune(strings.ReplaceAll(query, " ", ""))
	runes := []rune(text)
	for start, r := range runes {
		if r != q[0] || start > 0 && unicode.IsLetter(runes[start-1]) {
			continue
		}
		i := 0
		for _, r := range runes[start:] {
			if i < len(q) && r == q[i] {
				i++
			}
		}
		if i == len(q) {
			return true
		}
	}
	return false
}
