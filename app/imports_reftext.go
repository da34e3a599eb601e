package app

import (
	"regexp"
	"strings"
)

// What programs write behind the name of another record: its address on the
// web, its page in a wiki's export, or a mail address.
var (
	refAddress = regexp.MustCompile(`\s*\(https?://[^)]*\)`)
	refPage    = regexp.MustCompile(`\s*\([^()\s]*[0-9a-f]{32}[^()\s]*\)`)
	refMail    = regexp.MustCompile(`^(.*\S)\s*[(<]([^()<>\s]+@[^()<>\s]+)[)>]$`)
)

// refText is the name in a reference, without what a program adds to it.
func refText(text string) string {
	if _, name, ok := strings.Cut(text, "::::"); ok { // with the module that it stands in
		text = strings.TrimSpace(name)
	}
	if strings.Contains(text, "(http") {
		text = strings.TrimSpace(refAddress.ReplaceAllString(text, ""))
	}
	if strings.HasSuffix(text, ".md)") {
		text = strings.TrimSpace(refPage.ReplaceAllString(text, ""))
	}
	if m := refMail.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	return text
}

// refFirst is the first name of a list such as "Acme; Beta"; "" where the text
// is no list. A name may hold a comma, so commas part none.
func refFirst(text string) string {
	first, _, list := strings.Cut(text, ";")
	if first = strings.TrimSpace(first); !list {
		return ""
	}
	return first
}
