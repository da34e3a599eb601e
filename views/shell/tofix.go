package shell

import (
	"strings"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// fixable are the kinds that can want mending and where they are mended.
var fixable = map[string]struct{ group, icon, screen string }{
	data.KindDeal:    {"Deals", "pipeline", "pipeline"},
	data.KindAccount: {"Accounts", "building", "territories"},
	data.KindPerson:  {"People", "user", "roster"},
	data.KindQuota:   {"Quotas", "quotas", "quotas"},
	data.KindAlias:   {"Duplicates", "link", "settings"},
}

// showToFix lists what is to fix, each line with its number; a line leads to
// the very records that it counts, or to the screen where they are mended.
func (s *session) showToFix(items []app.FixItem) {
	lines := make([]kit.PaletteItem, len(items))
	for i, item := range items {
		lines[i] = fixLine(item)
	}
	kit.ShowPalette(s.host.Window, kit.PaletteOptions{Items: lines, Hint: lang.T("What is to fix"), OnPick: func(picked kit.PaletteItem) {
		for _, item := range items {
			if item.Name == picked.Key {
				s.open(fixTarget(item))
			}
		}
	}})
}

func fixLine(item app.FixItem) kit.PaletteItem {
	at := fixable[item.Query.Kind]
	if strings.HasPrefix(item.Name, "open_") {
		at.group = "Open deals"
	}
	return kit.PaletteItem{Key: item.Name, Group: lang.T(at.group), Icon: at.icon, Text: sentence(lang.T(item.Label)), Short: report.Numbers{}.Count(item.Count)}
}

func fixTarget(item app.FixItem) kit.Target {
	t := kit.Target{Screen: fixable[item.Query.Kind].screen}
	if item.Query.Kind == data.KindAlias {
		t.Kind = data.KindAlias
	}
	if item.Query.Kind == data.KindDeal {
		t.Kind, t.Query, t.Title = data.KindDeal, &item.Query, sentence(lang.T(item.Label))
	}
	return t
}

// sentence begins a text with a capital.
func sentence(text string) string {
	first, rest := text, ""
	for i := range text {
		if i > 0 {
			first, rest = text[:i], text[i:]
			break
		}
	}
	return strings.ToUpper(first) + rest
}
