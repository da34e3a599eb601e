package app_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/app"
	"fieldbook/app/report"
)

// TestPapersSayEveryFigure writes every report of a sample company and reads it
// again with another program: each figure of its cards and tables is there as
// text, and all fonts are embedded.
func TestPapersSayEveryFigure(t *testing.T) {
	ctx := context.Background()
	r := newReported(t)
	for _, name := range app.ReportNames() {
		q := r.query(name)
		path := filepath.Join(t.TempDir(), name+".pdf")
		if err := r.app.Reports.Write(ctx, q, path); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		embedded(t, path)
		if name == app.ReportQuarterlyReview {
			continue // the others, bound
		}
		doc, err := r.app.Reports.Doc(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		text := printed(t, path)
		said := figuresOf(doc)
		if len(said) == 0 && name != app.ReportTerritoryPlan {
			t.Errorf("%s has no figures", name)
		}
		for _, figure := range said {
			if !strings.Contains(text, figure) {
				t.Errorf("%s: %q is not on paper", name, figure)
			}
		}
	}
}

// printed is the text of a PDF with single spaces.
func printed(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// embedded holds that a PDF brings its fonts along.
func embedded(t *testing.T, path string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "pdffonts", path).Output()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || len(lines) < 3 {
		t.Fatalf("pdffonts %s: %v %s", path, err, out)
	}
	at := strings.Index(lines[0], "emb")
	for _, line := range lines[2:] {
		if !strings.HasPrefix(line[at:], "yes") {
			t.Errorf("%s: a font is not embedded: %s", filepath.Base(path), line)
		}
	}
}

// figuresOf are the texts of cards and of the columns of numbers.
func figuresOf(d report.Doc) []string {
	var out []string
	say := func(text string) {
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			out = append(out, text)
		}
	}
	for _, b := range blocksOf(d) {
		switch b := b.(type) {
		case report.Figures:
			for _, c := range b.Cards {
				say(c.Text)
			}
		case report.Table:
			for _, r := range slices.Concat(b.Rows, b.Totals) {
				for i, c := range r.Cells {
					if i < len(b.Columns) && b.Columns[i].Right {
						say(c.Text)
					}
				}
			}
		}
	}
	return out
}
