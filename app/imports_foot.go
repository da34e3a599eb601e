package app

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"fieldbook/data/sheet"
)

// Report programs write remarks and sums below a table, and names of columns
// above each of its groups. Rows that are no rows of the table are left out, and
// the plan tells which.

// mostFoot is how many rows at the end of a file can be its foot.
const mostFoot = 40

var (
	footSum    = regexp.MustCompile(`(?i)^(grand ?totals?|total|totals|sub ?totals?|sum|summe|gesamt|gesamtsummen?|totaux|totaux généraux|totales|totales generales|totais|totais gerais|totali|totali generali|eindtotalen|gesamtergebnis|total général|total general|totale|totale generale|totaal|eindtotaal|total geral|somme|suma|soma|razem|celkem|totalt|summa|合計|小計|計|总计|合计|합계)\s*:?\s*(\([^)]*\))?:?$`)
	footRemark = regexp.MustCompile(`(?i)^(copyright|©|confidential|generated (by|on|at)|exported (by|on|from)|report (generated|run|date|created)|printed (by|on)|as of |data as of|all rights reserved|vertraulich|機密|社外秘|作成者|作成日|erstellt (von|am)|confidentiel|généré|généré par|page \d+|end of report|ende des berichts|applied filters?|filters applied|\d+ (records?|rows?|datensätze|enregistrements|registros|deals?)\b)`)
)

// Sums and titles of groups in the middle of a table, each known by its words.
var (
	groupSum   = regexp.MustCompile(`(?i)^((sub ?totals?|zwischensummen?|teilergebnis|sous-totaux?|sous-total|subtotale|subtotaal|record count|row count|count|anzahl|average|avg|durchschnitt)\s*:?|(sub ?total|sum|total|average|avg|count|min|max|summe|anzahl|somme|nombre|suma|recuento|soma|contagem|somma|conteggio|som|aantal) (of|for|von|für|de|du|des|di|van) .+)$`)
	groupTitle = regexp.MustCompile(`(?i)\(\d+ (records?|rows?|items?|deals?|opportunit(y|ies)|accounts?|leads?|datensätze?|zeilen|enregistrements?|lignes?|registros?|filas?|elementi|righe|registraties)\)$`)
)

// betweenGroups reports whether a thin row stands between groups of rows: a sum
// with figures alone behind its words, or a title with a count.
func betweenGroups(cells []string) bool {
	first, figures, words := firstCell(cells), 0, 0
	for _, c := range cells {
		c = strings.TrimSpace(c)
		switch {
		case c == "" || groupSum.MatchString(c) || footSum.MatchString(c):
		case isFigure(c):
			figures++
		default:
			words++
		}
	}
	if groupTitle.MatchString(first) {
		return figures == 0 && words == 1
	}
	return words == 0 && (groupSum.MatchString(first) || footSum.MatchString(first))
}

// isFigure reports whether a cell holds an amount, a number or a share.
func isFigure(cell string) bool {
	_, _, err := sheet.ParseMoney(strings.TrimSuffix(cell, "%"), 2, sheet.AnyMark)
	var unsure *sheet.AmbiguousError
	return err == nil || errors.As(err, &unsure)
}

// footScan holds rows back that may be the foot of the file.
type footScan struct{ held []heldRow }

type heldRow struct {
	line  int
	cells []string
	sum   bool // of a group, as its figures show
}

// take says whether a row can be of the foot, and holds it back then.
func (t *footScan) take(rec sheet.Record, width int) bool {
	if width < 3 || len(t.held) >= mostFoot || !thin(rec.Cells, width) {
		return false
	}
	t.hold(rec, false)
	return true
}

// hold keeps a row back.
func (t *footScan) hold(rec sheet.Record, sum bool) {
	t.held = append(t.held, heldRow{rec.Line, slices.Clone(rec.Cells), sum})
}

// thin reports whether a row has too little for the table: one cell, or a word
// for a sum before figures.
func thin(cells []string, width int) bool {
	n, first := 0, ""
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" {
			if n++; n == 1 {
				first = c
			}
		}
	}
	return n <= 1 || n <= 3 && footRemark.MatchString(first) || n < (width+1)/2+1 && (footSum.MatchString(first) || groupSum.MatchString(first))
}

// foot is the number of held rows, from the first, that belong to the table;
// the others are the foot. All belong to it unless one is known for a remark
// or a sum.
func (t *footScan) foot() int {
	for i, row := range t.held {
		if text := firstCell(row.cells); footSum.MatchString(text) || footRemark.MatchString(text) {
			for i > 0 && t.held[i-1].line >= t.held[i].line-2 && !t.ordinary(t.held[i-1].cells) {
				i--
			}
			return i
		}
	}
	return len(t.held)
}

// ordinary reports whether a thin row has its one cell elsewhere than first:
// a remark stands at the left.
func (t *footScan) ordinary(cells []string) bool { return strings.TrimSpace(cells[0]) == "" }

func firstCell(cells []string) string {
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" {
			return c
		}
	}
	return ""
}

// DroppedRow is a row of the file that is no row of its table.
type DroppedRow struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

func droppedRow(line int, cells []string) DroppedRow {
	var words []string
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" {
			words = append(words, c)
		}
	}
	text := strings.Join(words, " ")
	if len(text) > longestValue {
		text = strings.ToValidUTF8(text[:longestValue], "") + "…"
	}
	return DroppedRow{line, text}
}

// drops reports whether a line is left out as no row of the table.
func (f *FilePlan) drops(line int) bool {
	_, found := slices.BinarySearchFunc(f.Dropped, line, func(d DroppedRow, line int) int { return d.Line - line })
	return found
}
