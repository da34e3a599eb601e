package app

import (
	"regexp"
	"strings"

	"fieldbook/data"
)

// Programs for staff write people as "Lee, Ann". A column in which all names are
// written so is read as Ann Lee, unless the book calls somebody just as the file.
var (
	lastFirst        = regexp.MustCompile(`^([\p{L}'’.-]+(?: [\p{L}'’.-]+){0,3}),\s*([\p{L}'’.-]+(?: [\p{L}'’.-]+){0,2})$`)
	lastFirstContact = regexp.MustCompile(`^([\p{L}'’.-]+(?: [\p{L}'’.-]+)?),\s*([\p{L}'’.-]+(?: \p{L}\.?)?)$`) // others may be two people
	nameSuffix       = regexp.MustCompile(`(?i)^(jr|sr|ii|iii|iv|phd|md|esq|inc|llc|ltd|gmbh|ag|co)\.?$`)
)

// firstLast puts the first name first; "" where a text is not written that way.
func firstLast(text string, written *regexp.Regexp) string {
	m := written.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || nameSuffix.MatchString(m[2]) {
		return ""
	}
	return m[2] + " " + m[1]
}

// lastFirst gives the pattern of names in a column that fills a field with people;
// nil for any other column, and for one in which a first value is written otherwise.
func (f *FilePlan) lastFirst(c *ColumnPlan, field data.Field) *regexp.Regexp {
	written := lastFirst
	switch {
	case field.Type == data.TypeRef && field.Ref == data.KindPerson, f.Kind == data.KindPerson && field.Name == "name":
	case field.Type == data.TypeRef && field.Ref == data.KindContact, f.Kind == data.KindContact && field.Name == "name":
		written = lastFirstContact
	default:
		return nil
	}
	if f.own || c.Filled == 0 {
		return nil
	}
	found := false
	for _, row := range f.Preview {
		text := strings.TrimSpace(cellAt(row.Cells, c.Index))
		if text == "" {
			continue
		}
		if firstLast(text, written) == "" {
			return nil
		}
		found = true
	}
	if !found {
		return nil
	}
	return written
}

// turned is a name with the first name first, where its column writes the last one
// first and nobody is called just as it stands there.
func (w *importWriter) turned(names *importNames, i int, text string) string {
	if i < 0 || w.shape.turn[i] == nil {
		return text
	}
	name := firstLast(text, w.shape.turn[i])
	if name == "" {
		return text
	}
	// "Kim, Kim" turned round is folded to the same, so that finds it too.
	if e := names.find(text); e != nil && (e.name == text || e != names.find(name)) {
		return text
	}
	return name
}
