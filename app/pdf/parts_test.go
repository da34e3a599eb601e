package pdf

import (
	"slices"
	"strings"
	"testing"

	"fieldbook/app/report"
)

// A chart of many rows begins under its heading and goes on over pages; nobody is
// left out, and no page but the last is left empty.
func TestListsGoOnOverPages(t *testing.T) {
	doc := sampleDoc(90)
	bars := doc.Sections[1].Blocks[0].(report.Chart).Spec.(report.AttainmentBars)
	board := report.Leaderboard{Head: report.Head{Title: "Leaderboard"}}
	for i, r := range bars.Rows {
		board.Rows = append(board.Rows, report.Leader{Mark: report.Mark{Label: "Leader " + r.Label, Text: r.Text, Value: r.Value}, Place: i + 1})
	}
	doc.Sections = append(doc.Sections[:2], report.Section{Blocks: []report.Block{report.Chart{Spec: board}}})
	for _, page := range []Page{{}, {Landscape: true}, {Size: Letter, Landscape: true}} {
		pages, _ := lay(doc, page)
		var all []string
		for i, p := range pages {
			texts := p.Texts()
			all = append(all, texts...)
			if i == 0 && !slices.Contains(texts, "Anna Lindqvist 0") {
				t.Errorf("%+v: the first page has no bar", page)
			}
		}
		for _, r := range bars.Rows {
			if !slices.Contains(all, r.Label) || !slices.Contains(all, "Leader "+r.Label) {
				t.Errorf("%+v: %s is left out", page, r.Label)
			}
		}
		if slices.ContainsFunc(all, func(s string) bool { return strings.HasSuffix(s, " more") }) {
			t.Errorf("%+v: rows are counted only", page)
		}
	}
}

// What a card is called and made of is read whole where two lines hold it.
func TestCardsBreakTheirTexts(t *testing.T) {
	doc := sampleDoc(3)
	cards := doc.Sections[0].Blocks[0].(report.Figures).Cards
	cards[0].Sub, cards[1].Name = "won, open by the odds of its stage", "Coefficient of variation"
	pages, _ := lay(doc, Page{})
	text := strings.Join(pages[0].Texts(), " ")
	for _, want := range []string{cards[0].Sub, cards[1].Name} {
		for _, word := range strings.Fields(want) {
			if !strings.Contains(text, word) {
				t.Errorf("no %q of %q", word, want)
			}
		}
	}
}
