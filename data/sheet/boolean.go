package sheet

import "strings"

// ParseBool reads yes and no as programs write them, in any case: true, yes,
// y, t, 1, on, x, ✓ and false, no, n, f, 0, off. Blank text is an error.
func ParseBool(text string) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "true", "yes", "y", "t", "1", "1.0", "on", "x", "✓", "✔", "checked", "wahr", "ja", "oui", "vrai", "sí", "si", "verdadero", "sim", "verdadeiro", "vero", "waar", "sì", "sant", "tak", "ano", "done", "completed":
		return true, nil
	case "false", "no", "n", "f", "0", "0.0", "off", "✗", "unchecked", "falsch", "nein", "non", "faux", "falso", "não", "nao", "nee", "onwaar", "nej", "nei", "nie", "ne", "to do", "todo", "not done", "open":
		return false, nil
	case "":
		return false, numberError(text, "is blank, neither yes nor no")
	}
	return false, numberError(text, "is neither yes nor no")
}
