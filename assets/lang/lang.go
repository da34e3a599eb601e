// Package lang puts the words that a person sees into the chosen language.
//
// The key of a text is the English text itself, format verbs included, as in
// gettext: code reads as it looks on screen, and what has no translation
// appears in English. Days, numbers and money are not its matter.
package lang

import (
	"fmt"
	"strings"
	"sync/atomic"
)

// current is the chosen language; nil is English. Like the locale of a
// process it is chosen once, before the first screen is built.
var current atomic.Pointer[catalogue]

// Use chooses the language of all later texts by a BCP 47 tag ("nb", "pt-BR").
// A near relative serves: "nb-NO" finds nb. "" and "en" are English. Where
// there is no such language, or its file is damaged, an error says so and the
// language stays what it was. Safe for concurrent use.
func Use(tag string) error {
	c, err := load(shipped, tag)
	if err != nil {
		return err
	}
	current.Store(c)
	return nil
}

// Languages lists the tags that Use knows, English first, the others in order
// of their tags.
func Languages() ([]string, error) { return languages(shipped) }

// T returns the text in the chosen language. With args it is a format of
// fmt.Sprintf; without, it is taken as it stands, so that "100%" needs no care.
func T(english string, args ...any) string {
	return format(current.Load().text(english), args)
}

// N returns the form that the chosen language uses for n things. The key in
// the catalogue is the English singular, one. Without args n is the only
// argument of the format: N("%d deal", "%d deals", n). With args, only those
// are: N("%d deal of %s", "%d deals of %s", n, n, name). A form without verbs
// ("one deal") is taken as it stands.
func N(one, many string, n int, args ...any) string {
	form := current.Load().plural(one, many, n)
	if !strings.Contains(form, "%") {
		return form
	}
	if len(args) == 0 {
		args = []any{n}
	}
	return format(form, args)
}

func format(text string, args []any) string {
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}
