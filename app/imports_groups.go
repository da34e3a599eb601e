package app

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"

	"fieldbook/data/sheet"
)

// Spreadsheets put a sum below each group, named for it: "Ann Lee Total". So may a
// record be called, so a row counts as a sum only where its words are those of the
// group above it and its figures come to what the group has.

// mostGroup is how many rows of a group are added up; a sum below a longer one is
// known by its words.
const mostGroup = 2048

var (
	sumAfter  = regexp.MustCompile(`(?i)^(.+?)\s*[-–:]?\s*(?:sub-?\s?total|total|totals|sum|summe|gesamt|ergebnis|teilergebnis|anzahl|count|average|avg|mittelwert|somme|moyenne|nombre|suma|promedio|cuenta|soma|média|contagem|somma|media|conteggio|totale|totaal|aantal|gemiddelde|razem|celkem|totalt|summa|i alt|小計|合計|計)$`)
	sumBefore = regexp.MustCompile(`(?i)^(?:sub-?\s?total|total|sum|summe|gesamt|ergebnis|teilergebnis|sous-total|somme|suma|soma|totale|subtotale|totaal|subtotaal|razem|celkem|totalt|summa)\s*(?:of|for|von|für|de|du|des|di|do|da|van|för)?\s*[-–:]?\s*(.+)$`)
)

// sumWords are how a sum of all rows is called that is no thinner than they are.
var sumWords = []string{"total", "totals", "grand total", "sum", "summe", "gesamt", "totale", "totaal", "somme", "suma", "soma", "razem", "celkem", "totalt", "summa", "合計", "小計", "計"}

// groupRows are the last rows of a table, to be compared with a sum below them.
type groupRows struct {
	rows   [][]string
	next   int
	all    int
	filled int // cells of the last one
}

// add keeps a row.
func (g *groupRows) add(cells []string) {
	g.all, g.filled = g.all+1, filledCells(cells)
	if len(g.rows) < mostGroup {
		g.rows = append(g.rows, slices.Clone(cells))
		return
	}
	g.rows[g.next] = append(g.rows[g.next][:0], cells...)
	g.next = (g.next + 1) % mostGroup
}

func filledCells(cells []string) int {
	n := 0
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

// backwards calls fn with the rows, the last first, until it gives false.
func (g *groupRows) backwards(fn func(cells []string) bool) {
	for i := range len(g.rows) {
		at := (g.next - 1 - i + 2*len(g.rows)) % len(g.rows)
		if !fn(g.rows[at]) {
			return
		}
	}
}

// sums reports whether a row is the sum of a group, or of all rows.
func (g *groupRows) sums(cells []string) bool {
	if len(g.rows) == 0 || filledCells(cells) >= g.filled && !slices.ContainsFunc(sumWords, func(w string) bool { return strings.EqualFold(w, strings.TrimSpace(cells[0])) }) {
		return false // most rows, at no cost
	}
	at, words := wordsIn(cells)
	if words == 0 && g.all > 1 {
		return g.all <= len(g.rows) && g.comes(cells, func([]string) bool { return true })
	}
	if words != 1 {
		return false
	}
	word := strings.TrimSpace(cells[at])
	if footSum.MatchString(word) {
		return g.all <= len(g.rows) && g.comes(cells, func([]string) bool { return true })
	}
	for _, called := range []*regexp.Regexp{sumAfter, sumBefore} {
		if m := called.FindStringSubmatch(word); m != nil {
			group := sheet.Fold(m[1])
			if g.comes(cells, func(row []string) bool { return sheet.Fold(cellAt(row, at)) == group }) {
				return true
			}
		}
	}
	return false
}

// wordsIn counts the cells that are no figures and gives the first; -1 for none.
func wordsIn(cells []string) (first, words int) {
	first = -1
	for i, c := range cells {
		if c = strings.TrimSpace(c); c != "" && !isFigure(c) {
			if words++; words == 1 {
				first = i
			}
		}
	}
	return first, words
}

// comes reports whether a figure of a row is the sum, the number or the mean of
// what the rows above it have in its column, as far up as they are of the group.
func (g *groupRows) comes(cells []string, of func(row []string) bool) bool {
	for _, mark := range []sheet.DecimalMark{sheet.Point, sheet.Comma} {
		sums, n, figures := make([]float64, len(cells)), 0, 0
		g.backwards(func(row []string) bool {
			if !of(row) {
				return false
			}
			n++
			for i := range sums {
				v, _ := figureIn(cellAt(row, i), mark)
				sums[i] += v
			}
			return true
		})
		for i, sum := range sums {
			v, ok := figureIn(cells[i], mark)
			if !ok {
				continue
			}
			if figures++; n > 0 && (near(v, sum) || near(v, float64(n)) || near(v, sum/float64(n))) {
				return true
			}
		}
		if n == mostGroup && figures > 0 {
			return true
		}
	}
	return false
}

func near(a, b float64) bool { return math.Abs(a-b) <= 0.011+1e-9*math.Abs(b) }

// figureIn is the number in a cell.
func figureIn(cell string, mark sheet.DecimalMark) (float64, bool) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return 0, false
	}
	minor, _, err := sheet.ParseMoney(cell, 2, mark)
	var unsure *sheet.AmbiguousError
	if err != nil && !errors.As(err, &unsure) {
		return 0, false
	}
	return float64(minor) / 100, true
}
