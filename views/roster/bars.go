package roster

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// filterBar is the line above the roster.
type filterBar struct {
	s      *Screen
	root   fyne.CanvasObject
	status *kit.Picker
	role   *kit.Picker
	region *kit.Picker
	mend   *kit.Button
	count  *kit.Text
}

func newFilterBar(s *Screen) *filterBar {
	b := &filterBar{s: s}
	b.status = kit.NewPicker(kit.PickerOptions{Icon: "filter", Text: lang.T("Everybody"), Options: []kit.Option{
		{Key: statusHere, Text: lang.T("Working here")},
		{Key: "all", Text: lang.T("Everybody")},
		{Key: data.StatusActive, Text: lang.T("Active")},
		{Key: data.StatusLeave, Text: lang.T("On leave")},
		{Key: data.StatusLeft, Text: lang.T("Left")},
	}, OnPick: func(keys []string) {
		s.layout.filter.status = first(keys)
		if s.layout.filter.status == "all" {
			s.layout.filter.status = ""
		}
		s.show()
	}}, statusHere)
	b.role = kit.NewPicker(kit.PickerOptions{Text: lang.T("Any role"), Multi: true, Options: []kit.Option{
		{Key: data.RoleRep, Text: lang.T("Rep")}, {Key: data.RoleManager, Text: lang.T("Manager")}, {Key: data.RoleLead, Text: lang.T("Lead")},
	}, OnPick: func(keys []string) { s.layout.filter.roles = keys; s.show() }})
	b.region = kit.NewPicker(kit.PickerOptions{Text: lang.T("Any region"), Multi: true, OnPick: func(keys []string) {
		s.layout.filter.regions = keys
		s.show()
	}})
	b.mend = kit.NewButton(kit.ButtonOptions{Icon: "warn", OnTap: func() {
		s.layout.filter.mend = !s.layout.filter.mend
		s.show()
	}})
	b.count = kit.NewText("", kit.TextStyle{Color: kit.ColorFg2})
	columns := kit.NewButton(kit.ButtonOptions{Text: lang.T("Columns"), Icon: "cols"})
	columns.SetOnTap(func() { s.host.ShowUnder(columns, s.table.ColumnItems()...) })
	b.root = kit.HBox(8, b.status, b.role, b.region, b.mend, kit.Space(), b.count, columns)
	return b
}

func first(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return keys[0]
}

// show brings counts and regions up to date.
func (b *filterBar) show() {
	s := b.s
	mends, shown, regions, seen := 0, 0, []kit.Option{}, map[data.ID]bool{}
	for i := range s.list.Members {
		m := &s.list.Members[i]
		if len(m.Mends) > 0 {
			mends++
		}
		if s.layout.filter.keeps(m) {
			shown++
		}
		if !m.Region.IsZero() && !seen[m.Region] {
			seen[m.Region] = true
			regions = append(regions, kit.Option{Key: m.Region.String(), Text: m.Place})
		}
	}
	b.region.SetOptions(regions)
	b.count.SetText(lang.T("%d of %d people", shown, len(s.list.Members)))
	switch {
	case s.layout.filter.mend:
		b.mend.SetText(lang.T("Only to fix"))
		b.mend.SetIcon("x")
	default:
		b.mend.SetText(lang.T("%d to fix", mends))
		b.mend.SetIcon("warn")
	}
	if mends > 0 || s.layout.filter.mend {
		b.mend.Show()
	} else {
		b.mend.Hide()
	}
}

// reset shows that nothing is filtered.
func (b *filterBar) reset() {
	b.status.SetKeys("all")
	b.role.SetKeys()
	b.region.SetKeys()
}

// bulkBar offers what can be done with several people.
type bulkBar struct {
	s     *Screen
	root  *fyne.Container
	words *kit.Text
}

func newBulkBar(s *Screen) *bulkBar {
	b := &bulkBar{s: s, words: kit.Strong("")}
	button := func(text, icon string, tap func()) fyne.CanvasObject {
		return kit.NewButton(kit.ButtonOptions{Text: text, Icon: icon, OnTap: tap})
	}
	line := kit.HBox(8, b.words, kit.Space(),
		button(lang.T("Change manager"), "users", func() { s.askManager(s.selected()) }),
		button(lang.T("Change role"), "user", func() { s.askRole(s.selected()) }),
		button(lang.T("Change status"), "flag", func() { s.askStatus(s.selected()) }),
		button(lang.T("Remove"), "x", func() { s.askRemove(s.selected()) }),
		kit.NewButton(kit.ButtonOptions{Text: lang.T("Clear"), Kind: kit.ButtonBare, OnTap: func() { s.table.ClearSelection() }}),
	)
	b.root = container.NewStack(kit.Fill(kit.ColorSel), kit.Pad(kit.Insets{Top: 10, Right: kit.PadPanel, Bottom: 10, Left: kit.PadPanel}, line))
	b.root.Hide()
	return b
}

func (b *bulkBar) show(ids []data.ID) {
	if len(ids) < 2 || !b.s.writable() {
		b.root.Hide()
		return
	}
	b.words.SetText(lang.T("%d selected", len(ids)))
	b.root.Show()
}
