package lang_test

import (
	"testing"

	"fieldbook/assets/lang"
)

func TestFirstLetters(t *testing.T) {
	for _, c := range [][2]string{{"", ""}, {"ærlig", "Ærlig"}, {"best case", "Best case"}, {"étage", "Étage"}, {"日本", "日本"}} {
		if got := lang.Capital(c[0]); got != c[1] {
			t.Errorf("%q is %q, not %q", c[0], got, c[1])
		}
		if got := lang.Small(lang.Capital(c[0])); got != c[0] {
			t.Errorf("%q comes back as %q", c[0], got)
		}
	}
}
