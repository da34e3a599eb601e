package chart

import (
	"slices"
	"strings"
	"testing"
)

// semitic lends the letters of these tests.
func semitic(t *testing.T) {
	t.Helper()
	letters := map[rune]rune{' ': ' ', '王': 'A', '小': 'B', '明': 'C', '会': 'D', '。': '.'}
	for _, r := range "שלוםמבע" {
		letters[r] = 'W'
	}
	for _, r := range "شركةالنور" {
		letters[r] = 'n'
	}
	borrow(t, letters)
}

// What is read from right to left stands so, with its numbers and brackets, in
// lines that run from left to right. Parts are named from left to right.
func TestOrderOfSight(t *testing.T) {
	semitic(t)
	for text, want := range map[string][]string{
		"שלום":            {"שלום"},
		"Anna שלום GmbH":  {"Anna ", "שלום", " GmbH"},
		"שלום 2024 בעמ":   {"בעמ", " ", "2024", " ", "שלום"},
		"שלום 2024":       {"2024", " ", "שלום"},
		"שלום 2024 GmbH":  {"2024", " ", "שלום", " GmbH"},
		"שלום (בעמ)":      {"(", "בעמ", ") ", "שלום"},
		"שלום.":           {".", "שלום"},
		"شركة 1,5% النور": {"النور", " %", "1,5", " ", "شركة"},
		"王小 2024":         {"王小", " 2024"},
	} {
		var got []string
		for _, r := range runsOf(text) {
			got = append(got, r.text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Letters that join are not parted from what joins them, nor from their marks.
func TestWhatJoinsIsShapedTogether(t *testing.T) {
	semitic(t)
	for _, text := range []string{"شر\u200cكة", "شر\u200dكة", "ש\u05b8לום"} {
		if runs := runsOf(clean(text)); len(runs) != 1 {
			t.Errorf("%q: %+v", text, runs)
		}
	}
}

// A name that is cut ends where it is read to: at the left of Hebrew.
func TestDotsStandWhereReadingEnds(t *testing.T) {
	semitic(t)
	got := Fit("שלום שלום שלום", 50, 13, Regular)
	if runs := runsOf(clean(got)); len(runs) < 2 || runs[0].text != "…" || TextWidth(got, 13, Regular) > 50.1 {
		t.Errorf("%q: %+v", got, runs)
	}
	if whole := "שלום"; Fit(whole, TextWidth(whole, 13, Regular), 13, Regular) != whole {
		t.Error("what fits is cut")
	}
}

// Paragraphs lose nothing, whatever they are written in.
func TestWrapLosesNothing(t *testing.T) {
	semitic(t)
	for _, text := range []string{
		strings.Repeat("王小明会", 30), strings.Repeat("a", 200), "see https://example.com/" + strings.Repeat("path/", 30) + " there",
		"王小明 and " + strings.Repeat("王小明会。", 20), strings.Repeat("שלום ", 40),
	} {
		lines := Wrap(text, 100, 13, Regular)
		for _, l := range lines {
			if TextWidth(l, 13, Regular) > 100.1 || strings.HasPrefix(l, "。") {
				t.Errorf("line %q", l)
			}
		}
		if got, want := strings.ReplaceAll(strings.Join(lines, ""), " ", ""), strings.ReplaceAll(text, " ", ""); got != want {
			t.Errorf("%q became %q", want, got)
		}
	}
}
