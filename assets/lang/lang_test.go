package lang

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

const norwegian = `{
	"Pipeline": "Salgsløp",
	"Won %s": "Vunnet %s",
	"%s owns %d deals": "%[2]d avtaler eies av %[1]s",
	"%d deal": {"one": "%d avtale", "other": "%d avtaler"},
	"one deal": {"one": "én avtale", "other": "%d avtaler"}
}`

// Polish has few (2–4) beside one, many and other.
const polish = `{"%d deal of %s": {"one": "%d umowa: %s", "few": "%d umowy: %s", "many": "%d umów: %s", "other": "%d umowy: %s"}}`

var testLibrary = fstest.MapFS{
	dir + "/nb.json":   {Data: []byte(norwegian)},
	dir + "/pl.json":   {Data: []byte(polish)},
	dir + "/README.md": {Data: []byte("not a catalogue")},
}

// speak chooses a language of the test library for one test.
func speak(t *testing.T, tag string) {
	t.Helper()
	c, err := load(testLibrary, tag)
	if err != nil {
		t.Fatal(err)
	}
	before := current.Swap(c)
	t.Cleanup(func() { current.Store(before) })
}

func TestText(t *testing.T) {
	tests := []struct {
		tag, english string
		args         []any
		want         string
	}{
		{"", "Pipeline", nil, "Pipeline"},
		{"en-GB", "Won %s", []any{"12"}, "Won 12"},
		{"en", "100% sure", nil, "100% sure"},
		{"nb", "Pipeline", nil, "Salgsløp"},
		{"nb-NO", "Won %s", []any{"12"}, "Vunnet 12"},
		{"no", "Pipeline", nil, "Salgsløp"},
		{"nb", "%s owns %d deals", []any{"Ada", 3}, "3 avtaler eies av Ada"},
		{"nb", "Not translated %d", []any{7}, "Not translated 7"},
		{"nb", "%d deal", []any{7}, "7 deal"}, // a plural entry is not a text
	}
	for _, tt := range tests {
		t.Run(tt.tag+"/"+tt.english, func(t *testing.T) {
			speak(t, tt.tag)
			if got := T(tt.english, tt.args...); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPlural(t *testing.T) {
	tests := []struct {
		tag, one, many string
		n              int
		args           []any
		want           string
	}{
		{"en", "%d deal", "%d deals", 1, nil, "1 deal"},
		{"en", "%d deal", "%d deals", 0, nil, "0 deals"},
		{"en", "%d deal", "%d deals", -1, nil, "-1 deal"},
		{"en", "one deal", "%d deals", 1, nil, "one deal"},
		{"en", "%s: %d deal", "%s: %d deals", 2, []any{"Ada", 2}, "Ada: 2 deals"},
		{"nb", "%d deal", "%d deals", 1, nil, "1 avtale"},
		{"nb", "%d deal", "%d deals", 5, nil, "5 avtaler"},
		{"nb", "one deal", "%d deals", 1, nil, "én avtale"},
		{"nb", "%d account", "%d accounts", 2, nil, "2 accounts"},
		{"pl", "%d deal of %s", "%d deals of %s", 1, []any{1, "Ada"}, "1 umowa: Ada"},
		{"pl", "%d deal of %s", "%d deals of %s", 3, []any{3, "Ada"}, "3 umowy: Ada"},
		{"pl", "%d deal of %s", "%d deals of %s", 12, []any{12, "Ada"}, "12 umów: Ada"},
	}
	for _, tt := range tests {
		t.Run(tt.tag+"/"+tt.want, func(t *testing.T) {
			speak(t, tt.tag)
			if got := N(tt.one, tt.many, tt.n, tt.args...); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestUseKeepsTheLanguageThatItCannotReplace(t *testing.T) {
	speak(t, "nb")
	for _, tag := range []string{"xx-not-a-tag-at-all", "fi", "!"} {
		if err := Use(tag); err == nil {
			t.Errorf("Use(%q) found a language", tag)
		}
	}
	if got := T("Pipeline"); got != "Salgsløp" {
		t.Errorf("after refusals T gives %q", got)
	}
	if err := Use("en-US"); err != nil {
		t.Fatal(err)
	}
	if got := T("Pipeline"); got != "Pipeline" {
		t.Errorf("in English T gives %q", got)
	}
}

func TestUnknownLanguageNamesTheKnownOnes(t *testing.T) {
	_, err := load(testLibrary, "fi")
	if err == nil || !strings.Contains(err.Error(), "en, nb, pl") {
		t.Errorf("got %v, want the list en, nb, pl", err)
	}
}

func TestDamagedCatalogueIsRefused(t *testing.T) {
	tests := map[string]string{
		"not json":           `{"a": `,
		"number":             `{"a": 1}`,
		"no other":           `{"%d deal": {"one": "%d avtale"}}`,
		"unknown category":   `{"%d deal": {"ein": "%d avtale", "other": "%d avtaler"}}`,
		"verb lost":          `{"Won %s": "Vunnet"}`,
		"verb added":         `{"Won": "Vunnet %s"}`,
		"verb of other kind": `{"Won %s": "Vunnet %d"}`,
		"order changed":      `{"%s owns %d": "%d eies av %s"}`,
		"plural verb":        `{"%d deal": {"one": "%s avtale", "other": "%d avtaler"}}`,
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{dir + "/nb.json": {Data: []byte(src)}}
			if _, err := load(fsys, "nb"); err == nil {
				t.Errorf("accepted %s", src)
			}
		})
	}
	if _, err := load(fstest.MapFS{dir + "/norsk_språk.json": {Data: []byte(`{}`)}}, "nb"); err == nil {
		t.Error("accepted a file that no tag names")
	}
}

func TestEveryShippedLanguageLoads(t *testing.T) {
	tags, err := Languages()
	if err != nil || len(tags) == 0 || tags[0] != "en" {
		t.Fatalf("Languages() = %v, %v; want English first", tags, err)
	}
	for _, tag := range tags {
		if _, err := load(shipped, tag); err != nil {
			t.Errorf("%s: %v", tag, err)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	speak(t, "nb")
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for range 200 {
				if got := T("Pipeline"); got != "Salgsløp" && got != "Pipeline" {
					t.Errorf("T gives %q", got)
				}
				if err := Use("en"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	readers.Wait()
}
