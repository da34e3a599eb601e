package pdf

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"fieldbook/app/chart"
	"fieldbook/app/planning"
	"fieldbook/app/report"
	"fieldbook/assets"

	"github.com/go-text/typesetting/font"

	"fieldbook/data"
)

var update = flag.Bool("update", false, "write the golden pages anew")

func sampleDoc(people int) report.Doc {
	bars := report.AttainmentBars{
		Head: report.Head{Title: "Attainment by person"}, Zero: "0", Pace: report.Tick{At: 0.43, Label: "pace 43%"},
		Grid: []report.Tick{{At: 0.25, Label: "25%"}, {At: 0.5, Label: "50%"}, {At: 0.75, Label: "75%"}, {At: 1, Label: "100%"}},
	}
	table := report.Table{Columns: []report.Column{
		{Title: "Person"},
		{Title: "Quota", Right: true},
		{Title: "Won", Right: true},
		{Title: "Attained", Right: true, Bold: true},
		{Title: "Of pace", Right: true},
		{Title: "Won of closed", Right: true},
		{Title: "Coverage", Right: true},
	}}
	names := []string{"Anna Lindqvist", "Bram de Vries", "Chiara Rossi", "Dieter Vogel", "Ελένη Παππά", "Жанна Орлова"}
	for i := range people {
		name, pct := fmt.Sprintf("%s %d", names[i%len(names)], i), 90-i*7%90
		bars.Rows = append(bars.Rows, report.Attainment{
			Mark: report.Mark{Label: name, Text: fmt.Sprintf("%d%%", pct), Value: float64(pct)}, Full: 100, Expected: 43,
			Sub: fmt.Sprintf("%d%% of pace", pct*100/43), Tone: report.Good,
		})
		if i%6 == 0 {
			table.Rows = append(table.Rows, report.Row{Strong: true, Cells: texts("Team of "+name, "734,000", "329,543", "45%", "104%", "109 of 233", "2.0×")})
		}
		r := report.Row{Level: 1, Cells: texts(name, "90,000", "67,330", fmt.Sprintf("%d%%", pct), "88%", "21 of 41", "6.0×")}
		r.Cells[4].Tone, r.Cells[4].Sign = report.Bad, report.Down
		table.Rows = append(table.Rows, r)
	}
	table.Totals = []report.Row{{Cells: texts("Central", "1,123,000", "462,343", "41%", "96%", "203 of 411", "1.8×")}}
	return report.Doc{
		Title: "Quota and attainment", Org: "Harbour Tools", Note: "Fieldbook report, internal", Author: "M. Berg", Language: "en-US",
		Meta: []report.Fact{
			{Name: "Period", Text: "Q4 2017, Oct 1 – Dec 31"},
			{Name: "Scope", Text: "Central, 2 teams, 11 people"},
			{Name: "As of", Text: "Nov 17, 2017, day 48 of 92"},
			{Name: "Filters", Text: "none"},
		},
		Sections: []report.Section{
			{Blocks: []report.Block{report.Figures{Cards: []report.Card{
				{Name: "Attainment", Text: "41%"},
				{Name: "Won", Text: "$462K"},
				{Name: "Quota", Text: "$1.12M"},
				{Name: "Left to quota", Text: "$661K"},
				{Name: "Win rate, count", Text: "49%"},
			}}}},
			{Heading: "Attainment by person", Caption: "won as percent of quota, highest first", Blocks: []report.Block{report.Chart{Spec: bars}}},
			{Heading: "Figures", Caption: "USD, n = 411 closed deals", Blocks: []report.Block{table}},
		},
		DefinitionsTitle: "What the figures mean",
		Definitions: []report.Fact{
			{Name: "Quota", Text: "the published quota of the quarter for each person, version 1, USD"},
			{Name: "Won", Text: "amount of deals closed as won from Oct 1 to the as-of day, by close date, credited to the owner"},
			{Name: "Of pace", Text: "attained divided by 43%, the share of a quarter usually won by day 48 " + strings.Repeat("and so on ", 20)},
		},
		Fingerprint: "State fingerprint 2442 5449 fef3 f501", Known: "As of Nov 17, 2017",
		Created: time.Date(2017, 11, 17, 16, 55, 0, 0, time.UTC),
	}
}

func texts(ss ...string) []report.Cell {
	cells := make([]report.Cell, len(ss))
	for i, s := range ss {
		cells[i].Text = s
	}
	return cells
}

// mixedDoc has every block and charts without a section's heading.
func mixedDoc() report.Doc {
	d := sampleDoc(3)
	d.Title, d.Subtitle = "A report with a title so long that it takes a second line on any paper there is in the printer", "Everything a page can hold"
	bars := []report.Bar{{Mark: report.Mark{Label: "Q1", Text: "109%", Value: 44}, Quota: 41}, {Mark: report.Mark{Label: "Q2", Text: "82%", Value: 80}, Quota: 98}}
	d.Sections = []report.Section{{Heading: "Mixed", Blocks: []report.Block{
		report.Text{Paragraphs: []string{strings.Repeat("A paragraph that wraps at the edge of the page. ", 12), "Another one."}},
		report.Figures{Cards: []report.Card{
			{Name: "Won", Text: "$330K", Sub: "109 deals", Change: "7.5% on Q3, day 48", Sign: report.Down, Tone: report.Bad},
			{Name: "Coverage", Text: "2.0×", Sub: "$820K on $404K left", Change: "above the 1.7× needed", Sign: report.Up, Tone: report.Good},
		}},
		report.Chart{Spec: report.Gauge{Head: report.Head{Title: "My quarter", Unit: "USD"}, Done: report.Mark{Text: "27%", Value: 27}, Full: 100, Expected: 43, Pace: "pace 43%", Quota: "quota", Zero: "0", Max: report.Tick{At: 1.2, Label: "120%"}}},
		report.Chart{Spec: report.Columns{Head: report.Head{Title: "Won against quota"}, Bars: bars, Axis: report.Numbers{Symbol: "$"}.Axis()}},
		report.Table{
			Columns: []report.Column{{Title: "Person"}, {Title: "Progress"}, {Title: strings.Repeat("A very long head ", 9), Right: true}},
			Rows:    []report.Row{{Cells: []report.Cell{{Text: strings.Repeat("Long name ", 20)}, {Bar: &report.Progress{Done: 3, Expected: 4, Full: 9}}, {Text: "–5", Tone: report.Bad}}}},
		},
	}}}
	return d
}

func compareGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".png")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a, errA := png.Decode(bytes.NewReader(got))
	b, errB := png.Decode(bytes.NewReader(want))
	if err := errors.Join(errA, errB); err != nil {
		t.Fatal(err)
	}
	if n := differing(t, a, b); n > 1500 {
		t.Errorf("%s: %d values differ; look at it, then run with -update", name, n)
	}
}

// differing counts the bytes of two opaque pictures that are further apart
// than an edge that was rounded otherwise.
func differing(t *testing.T, a, b image.Image) int {
	t.Helper()
	x, okX := a.(*image.RGBA)
	y, okY := b.(*image.RGBA)
	if !okX || !okY || x.Bounds() != y.Bounds() {
		t.Fatalf("pictures of %T %v and %T %v", a, a.Bounds(), b, b.Bounds())
	}
	n := 0
	for i, v := range x.Pix {
		if w := y.Pix[i]; max(v, w)-min(v, w) > 24 {
			n++
		}
	}
	return n
}

func TestPagesLookAsTheyDid(t *testing.T) {
	for name, p := range map[string]struct {
		doc  report.Doc
		page Page
	}{
		"one-page":  {sampleDoc(11), Page{}},
		"two-pages": {sampleDoc(20), Page{Size: Letter}},
		"landscape": {sampleDoc(6), Page{Landscape: true, Mono: true}},
		"mixed":     {mixedDoc(), Page{}},
	} {
		got, err := Set(p.doc, p.page).PNG(1)
		if err != nil {
			t.Fatal(err)
		}
		compareGolden(t, name, got)
	}
}

// TestEveryTextIsInThePDF looks for the texts of the layout as PDF strings, in
// their order, in an uncompressed file.
func TestEveryTextIsInThePDF(t *testing.T) {
	doc := sampleDoc(40)
	pages, marks := lay(doc, Page{})
	file, err := write(document{doc: doc, pages: pages, marks: marks, width: 595, height: 842, pointsPerPixel: 0.75})
	if err != nil {
		t.Fatal(err)
	}
	rest := file
	for i, p := range pages {
		for _, text := range p.Texts() {
			at := bytes.Index(rest, pdfString(text))
			if at < 0 {
				t.Fatalf("page %d: no %q", i+1, text)
			}
			rest = rest[at:]
		}
	}
	for _, want := range []string{"/Lang (en-US)", "/Outlines", "/FontFile2", "(D:20171117165500)", "/Title " + string(titleString("Quota and attainment"))} {
		if !bytes.Contains(file, []byte(want)) {
			t.Errorf("no %q in the file", want)
		}
	}
	if n := bytes.Count(file, []byte("/Dest [")); n != 3 {
		t.Errorf("%d bookmarks, want 3", n)
	}
}

// pdfString is text as a PDF shows it: UTF-16 with brackets escaped.
func pdfString(s string) []byte {
	var raw []byte
	for _, u := range utf16.Encode([]rune(s)) {
		raw = append(raw, byte(u>>8), byte(u))
	}
	return append([]byte("("), append(escape(raw), ')')...)
}

func titleString(s string) []byte {
	inner := bytes.TrimPrefix(pdfString(s), []byte("("))
	return append([]byte("(\xfe\xff"), inner...)
}

func escape(raw []byte) []byte {
	return []byte(strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`, "\r", `\r`).Replace(string(raw)))
}

func TestHeadsAndFooterStandOnEveryPage(t *testing.T) {
	doc := sampleDoc(70)
	pages, _ := lay(doc, Page{})
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, p := range pages {
		if want := fmt.Sprintf("Page %d of %d", i+1, len(pages)); !slices.Contains(p.Texts(), want) {
			t.Errorf("page %d: no %q", i+1, want)
		}
		if !slices.Contains(p.Texts(), doc.Fingerprint) {
			t.Errorf("page %d: no fingerprint", i+1)
		}
		if slices.Contains(p.Texts(), "21 of 41") && !slices.Contains(p.Texts(), "Won of closed") {
			t.Errorf("page %d: rows without heads", i+1)
		}
		if slices.Contains(p.Texts(), "1,123,000") && !slices.Contains(p.Texts(), "21 of 41") {
			t.Errorf("page %d: totals stand alone", i+1)
		}
	}
}

// A letter is one page of any paper, however much changes.
func TestLettersAreOnePage(t *testing.T) {
	accounts := make([]planning.Account, 400)
	for i := range accounts {
		accounts[i].Name = fmt.Sprintf("A customer with a rather long name, branch %d", i)
	}
	l := report.PlanLetter{
		Cover: report.Cover{Org: "Harbour Tools", Fingerprint: "2442 5449 fef3 f501"}, Signer: "Ann Lee", Plan: "Spring", Person: "Bo Dahl", Territory: "North", HasHome: true, Accounts: accounts,
		Effect: planning.Effect{Quota: 1},
	}
	for i := range accounts {
		if i%2 == 0 {
			l.Effect.Comes = append(l.Effect.Comes, planning.Passing{Account: i})
		} else {
			l.Effect.Goes = append(l.Effect.Goes, planning.Passing{Account: i})
		}
	}
	for _, page := range []Page{{}, {Size: Letter}} {
		if pages := Set(l.Doc(), page).Pages(); len(pages) != 1 || !slices.Contains(pages[0].Texts(), "Place and date") {
			t.Errorf("%d pages", len(pages))
		}
	}
}

func TestDocumentsAreBound(t *testing.T) {
	one, two := sampleDoc(3), sampleDoc(40)
	two.Title = "Another"
	var begins []int
	cover := func(pages []int) report.Doc {
		begins = pages
		return report.Doc{Title: "All of it"}
	}
	bound, err := Bind(cover, []report.Doc{one, two}, Page{}).PDF()
	if err != nil {
		t.Fatal(err)
	}
	first, second := len(Set(one, Page{}).Pages()), len(Set(two, Page{}).Pages())
	if !slices.Equal(begins, []int{2, 2 + first}) {
		t.Errorf("the parts begin on %v", begins)
	}
	if n := bytes.Count(bound, []byte("/Type /Page\n")); n != 1+first+second {
		t.Errorf("%d pages, not %d", n, 1+first+second)
	}
	if n := bytes.Count(bound, []byte("/Dest [")); n != 9 {
		t.Errorf("%d bookmarks, want three titles, and three headings under two of them", n)
	}
}

func TestSectionsBeginPages(t *testing.T) {
	pages, marks := lay(report.Doc{Title: "Rounds", Sections: []report.Section{
		{Heading: "Monday", Blocks: []report.Block{report.Text{Paragraphs: []string{"a"}}}}, {Heading: "Tuesday", Page: true}, {Heading: "With it"},
	}}, Page{})
	if len(pages) != 2 || marks[0].page != 0 || marks[1].page != 1 || marks[2].page != 1 {
		t.Errorf("%d pages, headings %+v", len(pages), marks)
	}
}

// TestSameInputSameBytes renders in parallel, because fpdf works on the font's
// bytes.
func TestSameInputSameBytes(t *testing.T) {
	want, err := Render(mixedDoc(), Page{})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			got, err := Render(mixedDoc(), Page{})
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("another file (%v, %d and %d bytes)", err, len(got), len(want))
			}
		})
	}
	wg.Wait()
	if undated, err := Render(report.Doc{}, Page{}); err != nil || !bytes.Contains(undated, []byte("(D:19700101000000)")) {
		t.Errorf("a document without date: %v", err)
	}
}

func TestSVGHasAllPages(t *testing.T) {
	out, err := Set(sampleDoc(30), Page{}).SVG()
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(bytes.NewReader(out))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"Page 1 of 2", "Page 2 of 2", "Жанна Орлова 5"} {
		if !bytes.Contains(out, []byte(">"+want+"<")) {
			t.Errorf("no %q", want)
		}
	}
}

func TestTooManyPagesForAPicture(t *testing.T) {
	_, err := Set(sampleDoc(900), Page{}).PNG(1)
	if data.KindOf(err) != data.Refused {
		t.Errorf("error %v", err)
	}
}

func TestNastyDocuments(t *testing.T) {
	long := strings.Repeat("Übergroße 東京 𝄞 (\\) ", 40)
	wide := report.Table{Rows: []report.Row{{Cells: texts(long, long), Level: 90}, {}, {Cells: make([]report.Cell, 99)}}}
	for range 40 {
		wide.Columns = append(wide.Columns, report.Column{Title: long, Right: true})
	}
	totals := report.Table{Columns: wide.Columns[:1], Totals: make([]report.Row, 80)}
	for name, doc := range map[string]report.Doc{
		"empty": {},
		"long": {
			Title: long, Subtitle: long, Org: long, Note: long, Fingerprint: long, Known: long, PageOf: "%d/%d",
			Meta: []report.Fact{{Name: long, Text: long}, {Name: "b", Text: long}, {}, {}, {}}, Definitions: []report.Fact{{Name: long, Text: long}, {}},
			Sections: []report.Section{{Heading: long, Caption: long, Blocks: []report.Block{
				report.Table{},
				wide, totals,
				report.Figures{},
				report.Text{Paragraphs: []string{long, ""}},
				report.Figures{Cards: []report.Card{{Name: long, Text: long, Sub: long, Change: long}}},
				report.Chart{Spec: report.Bands{}, Height: 90_000},
			}}, {}, {Heading: "Bare"}},
		},
	} {
		for _, page := range []Page{{}, {Size: Letter, Landscape: true}} {
			if _, err := Render(doc, page); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			w, h := page.pixels()
			for i, p := range Set(doc, page).Pages() {
				if p.Width != w || p.Height != h {
					t.Errorf("%s page %d: %d × %d", name, i+1, p.Width, p.Height)
				}
			}
		}
	}
}

func TestChartAsPDF(t *testing.T) {
	spec := report.Bands{Head: report.Head{Title: "Attainment bands"}, Bars: []report.Mark{{Label: "0–20%", Text: "8", Value: 8}}}
	a, err := Chart(spec, chart.Options{Width: 400, Height: 200}, time.Time{})
	if err != nil || !bytes.HasPrefix(a, []byte("%PDF-")) || !bytes.Contains(a, []byte("/MediaBox [0 0 300.00 150.00]")) {
		t.Errorf("chart: %v, %.300q", err, a)
	}
}

// TestBorrowedLettersAreDrawnAndReadable: letters that Noto Sans lacks are
// outlines that read as their text.
func TestBorrowedLettersAreDrawnAndReadable(t *testing.T) {
	face, err := font.ParseTTF(bytes.NewReader(assets.FontRegular))
	if err != nil {
		t.Fatal(err)
	}
	face.Cmap = allAs(40)
	chart.UseFonts(func(rune) *font.Face { return face })
	t.Cleanup(func() { chart.UseFonts(nil) })
	doc := report.Doc{Title: "Q 東京", Language: "ja"}
	pages, marks := lay(doc, Page{})
	file, err := write(document{doc: doc, pages: pages, marks: marks, width: 595, height: 842, pointsPerPixel: 0.75})
	if err != nil {
		t.Fatal(err)
	}
	span := []byte("/Span <</ActualText <FEFF67714EAC>>> BDC")
	if n, ends := bytes.Count(file, span), bytes.Count(file, []byte("EMC")); n == 0 || ends < n {
		t.Errorf("%d texts and %d ends in the file", n, ends)
	}
}

// allAs is a character map that shows every letter as one glyph.
type allAs font.GID

func (a allAs) Lookup(rune) (font.GID, bool) { return font.GID(a), true }
func (a allAs) Iter() font.CmapIter          { return nil }

func BenchmarkRender(b *testing.B) {
	doc := sampleDoc(70)
	for b.Loop() {
		if _, err := Render(doc, Page{}); err != nil {
			b.Fatal(err)
		}
	}
}
