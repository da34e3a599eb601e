package lang

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// dir holds one file per language, named by its tag: catalogues/nb.json.
const dir = "catalogues"

//go:embed catalogues
var shipped embed.FS

// catalogue is one language. A nil catalogue is English.
type catalogue struct {
	tag     language.Tag
	entries map[string]entry
}

// entry is one translation: a text, or one form per plural category of the
// language. In JSON: "Tekst", or {"one": "%d avtale", "other": "%d avtaler"}.
type entry struct {
	text  string
	forms map[plural.Form]string
}

var categories = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// UnmarshalJSON reads a text or an object of plural forms, of which "other"
// must be one.
func (e *entry) UnmarshalJSON(src []byte) error {
	if err := json.Unmarshal(src, &e.text); err == nil {
		return nil
	}
	var forms map[string]string
	if err := json.Unmarshal(src, &forms); err != nil {
		return errors.New("neither a text nor plural forms")
	}
	e.forms = make(map[plural.Form]string, len(forms))
	for name, text := range forms {
		form, ok := categories[name]
		if !ok {
			return fmt.Errorf("plural category %q is none of zero, one, two, few, many, other", name)
		}
		e.forms[form] = text
	}
	if _, ok := e.forms[plural.Other]; !ok {
		return errors.New(`plural forms need "other"`)
	}
	return nil
}

// languages lists English and the tags of the files in fsys.
func languages(fsys fs.FS) ([]string, error) {
	files, err := fs.Glob(fsys, dir+"/*.json")
	if err != nil {
		return nil, err
	}
	tags := []string{"en"}
	for _, file := range files {
		tags = append(tags, strings.TrimSuffix(path.Base(file), ".json"))
	}
	return tags, nil
}

// load reads the catalogue of fsys that serves tag best; nil is English.
func load(fsys fs.FS, tag string) (*catalogue, error) {
	if tag == "" {
		return nil, nil
	}
	names, err := languages(fsys)
	if err != nil {
		return nil, err
	}
	supported := make([]language.Tag, len(names))
	for i, name := range names {
		if supported[i], err = language.Parse(name); err != nil {
			return nil, fmt.Errorf("%s.json is not named by a language tag: %w", name, err)
		}
	}
	wanted, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("%q is not a language tag such as en or pt-BR: %w", tag, err)
	}
	_, i, confidence := language.NewMatcher(supported).Match(wanted)
	if confidence < language.High {
		return nil, fmt.Errorf("there is no translation for %s; there is %s", tag, strings.Join(names, ", "))
	}
	if i == 0 {
		return nil, nil
	}
	src, err := fs.ReadFile(fsys, dir+"/"+names[i]+".json")
	if err != nil {
		return nil, err
	}
	c, err := parse(supported[i], src)
	if err != nil {
		return nil, fmt.Errorf("%s.json: %w", names[i], err)
	}
	return c, nil
}

// parse reads one catalogue and refuses translations whose verbs do not take
// the arguments that the English text takes.
func parse(tag language.Tag, src []byte) (*catalogue, error) {
	c := &catalogue{tag: tag}
	if err := json.Unmarshal(src, &c.entries); err != nil {
		return nil, err
	}
	for key, e := range c.entries {
		if e.forms == nil && !maps.Equal(verbs(key), verbs(e.text)) {
			return nil, fmt.Errorf("%q and %q take different arguments", key, e.text)
		}
		for _, form := range e.forms {
			if conflict(verbs(key), verbs(form)) {
				return nil, fmt.Errorf("%q and %q take different arguments", key, form)
			}
		}
	}
	return c, nil
}

func (c *catalogue) text(english string) string {
	if c == nil {
		return english
	}
	if e, ok := c.entries[english]; ok && e.forms == nil {
		return e.text
	}
	return english
}

func (c *catalogue) plural(one, many string, n int) string {
	if n < 0 {
		n = -n
	}
	if c != nil {
		if forms := c.entries[one].forms; forms != nil {
			if text, ok := forms[plural.Cardinal.MatchPlural(c.tag, n, 0, 0, 0, 0)]; ok {
				return text
			}
			return forms[plural.Other]
		}
	}
	if n == 1 {
		return one
	}
	return many
}

// verbPattern is a verb of fmt with flags, index, width and precision.
var verbPattern = regexp.MustCompile(`%[-+# 0]*(?:\[(\d+)\])?\d*(?:\.\d*)?([a-zA-Z%])`)

// verbs tells which verb formats which argument, counted from 1.
func verbs(text string) map[int]string {
	found := map[int]string{}
	next := 1
	for _, m := range verbPattern.FindAllStringSubmatch(text, -1) {
		index, verb := m[1], m[2]
		if verb == "%" {
			continue
		}
		if index != "" {
			next, _ = strconv.Atoi(index) // digits only; one too large for an int is no argument of ours
		}
		found[next] = verb
		next++
	}
	return found
}

// conflict is true where one argument is formatted by two verbs. A form of a
// plural may leave an argument out ("one deal"), so absence is no conflict.
func conflict(a, b map[int]string) bool {
	for i, verb := range a {
		if other, ok := b[i]; ok && other != verb {
			return true
		}
	}
	return false
}
