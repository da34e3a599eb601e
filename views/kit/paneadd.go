package kit

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// AddToDashboard is the line of a menu that puts a chart onto a dashboard; none in a
// book that is only read.
func (h *Host) AddToDashboard(ask func() app.PaneAsk) []*fyne.MenuItem {
	if h.App.Book().ReadOnly {
		return nil
	}
	return []*fyne.MenuItem{fyne.NewMenuItem(lang.T("Add to a dashboard"), func() { h.chooseDashboard(ask()) })}
}

// chooseDashboard asks which page a card or chart is to stand on.
func (h *Host) chooseDashboard(ask app.PaneAsk) {
	var pages []app.Dashboard
	h.Act(lang.T("Choose a dashboard"), func(ctx context.Context) error {
		var err error
		pages, err = h.App.Dashboards.List(ctx)
		return err
	}, func() {
		var options []Option
		for _, p := range pages {
			name := p.Name
			if p.ID.IsZero() {
				name = lang.T("A page of my own")
			}
			options = append(options, Option{Key: p.ID.String(), Text: name})
		}
		h.Ask(Question{
			Title: lang.T("Add %s to a dashboard", PaneText(ask.Name)), Save: lang.T("Add"), What: lang.T("Added %s", PaneText(ask.Name)),
			Fields: []Field{{Key: "page", Label: lang.T("Dashboard"), Kind: FieldChoice, Required: true, Options: options, Value: options[0].Key, Wide: true}},
			Keep: func(ctx context.Context, v Values) error {
				for _, p := range pages {
					if p.ID.String() != v["page"] {
						continue
					}
					if p.Fault != nil {
						return p.Fault
					}
					if p.ID == data.NoID {
						p.Name = lang.T("My dashboard")
					}
					p.Layout = p.Layout.Add(ask)
					_, err := h.App.Dashboards.Save(ctx, p)
					return err
				}
				return nil
			},
		})
	})
}
