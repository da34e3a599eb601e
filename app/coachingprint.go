package app

import (
	"context"

	"fieldbook/app/report"
	"fieldbook/data"
)

// PrintTalk sets a one-on-one on paper: a held one as it went, one to come with
// the agenda that the book makes.
func (c *Coaching) PrintTalk(ctx context.Context, id data.ID, path string) error {
	row, err := c.app.store.Get(ctx, data.KindOneOnOne, id)
	if err != nil {
		return err
	}
	today := c.app.Today()
	page, err := c.Person(ctx, row.Ref("person"), FigureQuery{Period: c.app.Book().Calendar.QuarterOf(today), AsOf: today})
	if err != nil {
		return err
	}
	n := c.numbers()
	paper := report.TalkPaper{
		Person: row.Labels["person"], Manager: row.Labels["manager"], Day: n.DayYear(row.Day("day")), Figures: row.Text("figures"), Agenda: row.Text("agenda"), Notes: row.Text("notes"),
	}
	if row.Text("status") != data.OneOnOneHeld {
		paper.Figures = n.Frozen(page.Figures, page.Period.Name, n.DayYear(today))
		if paper.Agenda == "" {
			paper.Agenda = page.Lines(n)
		}
	}
	for _, p := range page.Commitments {
		if IsOpenPromise(p.Row) || p.Row.Ref("one_on_one") == id {
			line := report.PromiseLine{What: p.Row.Title(), Due: n.Day(p.Row.Day("due_day")), Status: p.Row.Text("status")}
			if p.Effect != nil {
				line.Effect = n.Effect(p.Metric, *p.Effect)
			}
			paper.Promises = append(paper.Promises, line)
		}
	}
	if paper.Cover, err = c.cover(ctx, page.Period); err != nil {
		return err
	}
	return writePDF(paper.Doc(), path)
}

// PrintReview sets a review on paper.
func (c *Coaching) PrintReview(ctx context.Context, id data.ID, path string) error {
	row, err := c.app.store.Get(ctx, data.KindReview, id)
	if err != nil {
		return err
	}
	if _, own, err := c.mine(ctx, row.Ref("person")); err != nil {
		return err
	} else if own && row.Text("status") != data.ReviewFinal {
		return data.Errorf(data.Refused, "the review is not final yet; it can be printed once it is")
	}
	n := c.numbers()
	rating, _ := row.Kind.Field("rating")
	paper := report.ReviewPaper{
		Person: row.Labels["person"], Of: row.Text("period"), Day: n.DayYear(row.Day("day")), Status: row.Text("status"), Rating: rating.Format(row.Values["rating"], 0),
		SelfText: row.Text("self_text"), ManagerText: row.Text("manager_text"), Figures: row.Text("figures"),
	}
	if paper.Cover, err = c.cover(ctx, data.AllTime); err != nil {
		return err
	}
	return writePDF(paper.Doc(), path)
}

// PrintWall sets the wall of recognition of a period on paper.
func (c *Coaching) PrintWall(ctx context.Context, in data.Period, path string) error {
	rows, err := c.Wall(ctx, in.From)
	if err != nil {
		return err
	}
	n := c.numbers()
	var paper report.WallPaper
	for _, r := range rows {
		if in.Contains(r.Day("day")) {
			paper.Entries = append(paper.Entries, report.WallEntry{Person: r.Labels["person"], Day: n.DayYear(r.Day("day")), Title: r.Text("title"), Reason: r.Text("reason"), By: r.Labels["given_by"]})
		}
	}
	if paper.Cover, err = c.cover(ctx, in); err != nil {
		return err
	}
	return writePDF(paper.Doc(), path)
}

func (c *Coaching) cover(ctx context.Context, in data.Period) (report.Cover, error) {
	return c.app.Reports.cover(ctx, ReportQuery{Period: in, AsOf: c.app.Today()})
}
