package cli

import "testing"

// TestSystemFontsAnswerAlike: whatever fonts this computer has, a letter has
// the same face each time it is asked for, and asking is safe before any list
// of fonts was kept.
func TestSystemFontsAnswerAlike(t *testing.T) {
	find := SystemFonts(t.TempDir())
	for _, r := range "a東ع\U0010fffd" {
		if one, two := find(r), find(r); one != two {
			t.Errorf("%q: two faces", r)
		}
	}
}
