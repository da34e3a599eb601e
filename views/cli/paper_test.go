package cli

import (
	"os"
	"strings"
	"testing"
)

// TestPaper sets each kind that has a paper on one, from the sample company.
func TestPaper(t *testing.T) {
	d := newBook(t)
	d.ok("sample", "--deals", "60", "--seed", "3")
	id := func(kind string) string {
		t.Helper()
		rows := d.list(kind)
		if len(rows) == 0 {
			t.Fatalf("the sample has no %s", kind)
		}
		return rows[0]["id"].(string)
	}
	for _, words := range [][]string{
		{"one-on-one", id("one-on-ones")},
		{"review", id("reviews")},
		{"candidate", id("candidates")},
		{"onboarding", id("onboardings")},
		{"competitor", id("competitors")},
		{"meeting", id("meetings")},
		{"skills"},
		{"recognitions"},
	} {
		file := d.file(words[0] + ".pdf")
		d.ok(append(append([]string{"paper"}, words...), "--out", file)...)
		if b, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(b), "%PDF") {
			t.Errorf("%s: %v", words[0], err)
		}
	}
	d.fails(exitUsage, "paper", "skills", "--out", d.file("s.txt"))
	d.fails(exitRefused, "paper", "candidate", "--out", d.file("s.pdf"))
	d.fails(exitRefused, "paper", "candidate", "Nobody", "--out", d.file("s.pdf"))
	d.fails(exitRefused, "paper", "deal", id("deals"), "--out", d.file("s.pdf"))
}
