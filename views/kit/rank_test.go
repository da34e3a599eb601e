package kit

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func items(texts ...string) []PaletteItem {
	out := make([]PaletteItem, len(texts))
	for i, t := range texts {
		out[i] = PaletteItem{Key: t, Text: t}
	}
	return out
}

func texts(items []PaletteItem) []string {
	out := []string{}
	for _, it := range items {
		out = append(out, it.Text)
	}
	return out
}

func TestRankOrder(t *testing.T) {
	for _, c := range []struct {
		query string
		in    []string
		want  []string
	}{
		{"con", []string{"Falcon", "New contact", "Conecom", "Con", "Cat on"}, []string{"Con", "Conecom", "New contact", "Falcon", "Cat on"}},
		{"elan", []string{"Élan", "ELAN"}, []string{"Élan", "ELAN"}},
		{"oy", []string{"Øyvind"}, []string{"Øyvind"}},
		{"gtx ton", []string{"Tongas · GTX Pro", "GTX Basic"}, []string{"Tongas · GTX Pro"}},
		{"nd", []string{"New deal", "Undo"}, []string{"Undo", "New deal"}},
		{"zz", []string{"New deal"}, []string{}},
		{"", []string{"b", "a"}, []string{"b", "a"}},
		{"ab", []string{"Abacus trading", "Abc"}, []string{"Abc", "Abacus trading"}},
	} {
		if got := texts(Rank(c.query, items(c.in...))); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %v, want %v", c.query, got, c.want)
		}
	}
}

func TestRankDetailComesLast(t *testing.T) {
	got := Rank("panama", []PaletteItem{{Text: "Rangreen", Detail: "Panama"}, {Text: "Panama office"}})
	if want := []string{"Panama office", "Rangreen"}; !slices.Equal(texts(got), want) {
		t.Errorf("got %v, want %v", texts(got), want)
	}
}

func TestGroupedKeepsBestFirst(t *testing.T) {
	groups := Grouped([]PaletteItem{{Text: "1", Group: "b"}, {Text: "2", Group: "a"}, {Text: "3", Group: "b"}, {Text: "4", Group: "b"}}, 2)
	if len(groups) != 2 || !slices.Equal(texts(groups[0]), []string{"1", "3"}) || !slices.Equal(texts(groups[1]), []string{"2"}) {
		t.Errorf("got %v", groups)
	}
}

func TestRankKeepsEveryPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Za-zÀ-ÿ]{1,8}( [A-Za-z]{1,8})?`).Draw(t, "text")
		runes := []rune(text)
		query := string(runes[:rapid.IntRange(1, len(runes)).Draw(t, "n")])
		if got := Rank(query, items("other", text)); len(got) == 0 || !slices.Contains(texts(got), text) {
			t.Fatalf("%q does not find %q", query, text)
		}
	})
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"  Å  Ø ": "a o", "Straße": "strasse", "ﬁnance": "finance", "": "", "Łódź": "lodz"} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}
