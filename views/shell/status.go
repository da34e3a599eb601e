package shell

import (
	"context"
	"path/filepath"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// statusFacts are what the status bar says of the book.
type statusFacts struct {
	me    app.Me
	items []app.FixItem
	toFix int // the sum of their counts
}

func readStatus(ctx context.Context, a *app.App) (statusFacts, error) {
	me, err := a.Me(ctx)
	if err != nil {
		return statusFacts{}, err
	}
	items, err := a.ToFix(ctx)
	if err != nil {
		return statusFacts{}, err
	}
	facts := statusFacts{me: me, items: items}
	for _, item := range items {
		facts.toFix += item.Count
	}
	return facts, nil
}

// showStatus fills the left of the status bar.
func (f *frame) showStatus(s *session, facts statusFacts) {
	b := s.app.Book()
	name := filepath.Base(b.Path)
	if b.Name != "" {
		name = b.Name
	}
	if b.Sample {
		name = lang.T("%s · sample data", name)
	}
	items := []kit.StatusItem{{Icon: "book", Text: name, Color: kit.ColorFg}}
	who := lang.T("open book")
	if facts.me.Name != "" {
		who = facts.me.Name + ", " + facts.me.Role
	}
	items = append(items, kit.StatusItem{Icon: "user", Text: who, OnTap: func() { s.show("settings") }})
	if part := s.view.Part; part != "" {
		items = append(items, kit.StatusItem{Icon: "layers", Text: part, OnTap: func() { s.show("sharing") }})
	}
	if facts.toFix > 0 {
		items = append(items, kit.StatusItem{Icon: "warn", Text: lang.T("%s to fix", report.Numbers{}.Count(facts.toFix)), OnTap: func() { s.showToFix(facts.items) }})
	}
	if b.ReadOnly {
		items = append(items, kit.StatusItem{Icon: "lock", Text: lang.T("read-only"), Color: kit.ColorWarn})
	}
	f.status.SetItems(items)
}
