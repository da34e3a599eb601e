package app

import (
	"context"

	"fieldbook/app/report"
	"fieldbook/data"
)

// Minutes set a meeting on paper.
func (m *Meetings) Minutes(ctx context.Context, id data.ID) (report.Doc, error) {
	r, err := m.Record(ctx, id)
	if err != nil {
		return report.Doc{}, err
	}
	day := r.Row.Day("day")
	cover, err := m.app.Reports.cover(ctx, ReportQuery{AsOf: day, Scope: r.Scope})
	if data.KindOf(err) == data.NotFound { // whom it was about is in the book no more
		cover, err = m.app.Reports.cover(ctx, ReportQuery{AsOf: day})
	}
	if err != nil {
		return report.Doc{}, err
	}
	out := report.Minutes{
		Cover: cover, Subject: r.Row.Title(), Kind: r.Row.Text("type"), Day: day, Since: r.Row.Day("since"), Leader: r.Row.Labels["person"], About: r.Row.Labels["about"],
		Held: r.Held(), Note: r.Row.Text("note"), Actions: m.minuted(r.Actions), Checked: m.minuted(r.Checked),
	}
	if name := r.Row.Labels["territory"]; name != "" {
		out.About = name
	}
	for _, i := range r.Items {
		out.Deals = append(out.Deals, report.MinuteDeal{
			Name: i.Name, Owner: i.Owner, Stage: i.Stage, Value: i.Now.Value, Known: i.Now.Known, Reasons: i.Reasons, Decision: i.Decision, Seen: i.Seen, Actions: m.minuted(i.Actions),
		})
	}
	if out.Kind == data.MeetingPerformance {
		d, err := m.Discussion(ctx, r.Scope, day)
		if err != nil {
			return report.Doc{}, err
		}
		out.Month, out.Earlier, out.Leading, out.Lagging = d.Period, d.Before, d.Leading, d.Lagging
	}
	return out.Doc(), nil
}

func (m *Meetings) minuted(rows []data.Row) []report.MinuteAction {
	out := make([]report.MinuteAction, len(rows))
	for i, r := range rows {
		open := ActionIsOpen(r)
		due := r.Day("due_day")
		out[i] = report.MinuteAction{
			What: r.Text("what"), Who: r.Labels["person"], Deal: r.Labels["deal"], Due: due, Done: r.Day("done_day"), Open: open, Overdue: open && IsLate(due, m.app.Today()),
		}
	}
	return out
}

// WriteMinutes writes the minutes as PDF, whole or not at all.
func (m *Meetings) WriteMinutes(ctx context.Context, id data.ID, path string) error {
	doc, err := m.Minutes(ctx, id)
	if err != nil {
		return err
	}
	return writePDF(doc, path)
}
