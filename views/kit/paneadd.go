package kit

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// AddTo are the lines of a menu that put a card or chart onto a dashboard or into a
// report; none in a book that is only read.
func (h *Host) AddTo(ask func() app.PaneAsk) []*fyne.MenuItem {
	if h.App.Book().ReadOnly {
		return nil
	}
	return []*fyne.MenuItem{
		fyne.NewMenuItem(lang.T("Add to a dashboard"), func() { h.chooseDashboard(ask()) }),
		fyne.NewMenuItem(lang.T("Add to a report"), func() { h.chooseReport(ask()) }),
	}
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
			options = append(options, Option{Key: keyOf(p), Text: name})
		}
		h.Ask(Question{
			Title: lang.T("Add %s to a dashboard", PaneText(ask.Name)), Save: lang.T("Add"), What: lang.T("Added %s", PaneText(ask.Name)),
			Fields: []Field{{Key: "page", Label: lang.T("Dashboard"), Kind: FieldChoice, Required: true, Options: options, Value: options[0].Key, Wide: true}},
			Keep: func(ctx context.Context, v Values) error {
				for _, p := range pages {
					if keyOf(p) != v["page"] {
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

// keyOf is the choice of a page; that of the role, which the book does not hold yet,
// has no id.
func keyOf(p app.Dashboard) string {
	if p.ID.IsZero() {
		return "own"
	}
	return p.ID.String()
}

// newReport is the choice of a report that is not there yet.
const newReport = "new"

// chooseReport asks into which report of charts a card or chart goes, and what is
// said to it there.
func (h *Host) chooseReport(ask app.PaneAsk) {
	var saved []app.SavedReport
	h.Act(lang.T("Choose a report"), func(ctx context.Context) error {
		var err error
		saved, err = h.App.Reports.Saved(ctx)
		return err
	}, func() {
		var options []Option
		for _, r := range saved {
			if r.Report == app.ReportCharts {
				options = append(options, Option{Key: r.ID.String(), Text: r.Name})
			}
		}
		options = append(options, Option{Key: newReport, Text: lang.T("A new report")})
		h.Ask(Question{
			Title: lang.T("Add %s to a report", PaneText(ask.Name)), Save: lang.T("Add"), What: lang.T("Added %s", PaneText(ask.Name)),
			Fields: []Field{
				{Key: "report", Label: lang.T("Report"), Kind: FieldChoice, Required: true, Options: options, Value: options[0].Key},
				{Key: "name", Label: lang.T("Name of a new one"), Value: lang.T("My charts")},
				{Key: "note", Label: lang.T("What to say to it"), Kind: FieldLong, Wide: true, Help: lang.T("It stands under the chart. Everybody with this book has the report.")},
			},
			Keep: func(ctx context.Context, v Values) error {
				id := data.NoID
				if v["report"] != newReport {
					id = v.Ref("report")
				}
				_, err := h.App.Reports.AddChart(ctx, id, v["name"], app.ReportChart{PaneAsk: ask, Note: v["note"]})
				return err
			},
		})
	})
}
