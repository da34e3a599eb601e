package app

import "testing"

func TestFileName(t *testing.T) {
	for title, want := range map[string]string{
		"Pipeline review 2026-11-28.pdf": "Pipeline review 2026-11-28.pdf",
		"North/South: a \"plan\"?":       "North-South- a -plan--",
		"Müller & Söhne":                 "Müller & Söhne",
		"two\nlines":                     "two-lines",
		" .. ":                           "unnamed",
		"":                               "unnamed",
		"Acme Inc.":                      "Acme Inc",
	} {
		if got := FileName(title); got != want {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
}

func TestPeopleOfOneNameHaveFilesOfTheirOwn(t *testing.T) {
	given := fileNames{}
	for _, c := range [][2]string{{"Ann Lee", "Ann Lee"}, {"ANN LEE", "ANN LEE 2"}, {"Ann Lee", "Ann Lee 3"}, {"Ann Lee 2", "Ann Lee 2 2"}, {"Bo", "Bo"}} {
		if got := given.of(c[0]); got != c[1] {
			t.Errorf("%s has the file %s, want %s", c[0], got, c[1])
		}
	}
}
