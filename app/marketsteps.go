package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// journeys lays out the steps of each, with the open deals of its segment that
// stand there.
func (r *marketReader) journeys(ctx context.Context) error {
	rows, err := r.app.store.List(ctx, data.Query{Kind: data.KindJourney, Sort: []data.Sort{{Field: "name"}}})
	if err != nil {
		return err
	}
	at := map[data.ID]int{}
	for i, row := range rows {
		at[row.ID] = i
		segment := slices.IndexFunc(r.out.Segments, func(s SegmentFigures) bool { return s.Row.ID == row.Ref("segment") })
		r.out.Journeys = append(r.out.Journeys, Journey{Row: row, Segment: segment})
	}
	steps, err := r.app.store.List(ctx, data.Query{Kind: data.KindJourneyStep, Sort: []data.Sort{{Field: "position"}}})
	if err != nil {
		return err
	}
	for _, row := range steps {
		if i, ok := at[row.Ref("journey")]; ok {
			j := &r.out.Journeys[i]
			j.Steps = append(j.Steps, JourneyStep{Row: row, Stage: row.Labels["stage"]})
		}
	}
	return r.app.Performance.view(ctx, viewQuery{AsOf: r.out.AsOf}, func(b *factBook, v *metrics.View) error {
		v.EachOpen(func(s metrics.Standing) { r.walk(b, s) })
		return nil
	})
}

// walk puts an open deal on the journeys of its customer.
func (r *marketReader) walk(b *factBook, s metrics.Standing) {
	if s.Stage == metrics.None {
		return
	}
	stage := b.Stages[s.Stage].ID
	var segments []int
	if account := s.Deal.Account; account != metrics.None {
		if at, ok := r.place[b.Accounts[account].ID]; ok {
			segments = r.out.Accounts[at].Segments
		}
	}
	for i := range r.out.Journeys {
		j := &r.out.Journeys[i]
		if j.Segment >= 0 && !slices.Contains(segments, j.Segment) {
			continue
		}
		for k := range j.Steps {
			if step := &j.Steps[k]; step.Row.Ref("stage") == stage {
				step.Deals++
				step.Value += s.Value
				step.Keys = append(step.Keys, s.Key)
			}
		}
	}
}

// rank sorts the accounts by score and adds up what is left.
func (r *marketReader) rank() {
	for i := range r.out.Accounts {
		if a := &r.out.Accounts[i]; a.Open == 0 {
			for _, s := range a.Segments {
				r.out.Segments[s].Whitespace++
			}
		}
	}
	slices.SortFunc(r.out.Accounts, func(a, b MarketAccount) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Fit, a.Fit), cmp.Compare(b.Potential, a.Potential), cmp.Compare(a.Name, b.Name), slices.Compare(a.ID[:], b.ID[:]))
	})
	for i, counts := range r.reasons {
		list := &r.out.Competitors[i].Reasons
		for reason, n := range counts {
			*list = append(*list, ReasonCount{reason, n})
		}
		slices.SortFunc(*list, func(a, b ReasonCount) int {
			return cmp.Or(cmp.Compare(b.Deals, a.Deals), strings.Compare(a.Reason, b.Reason))
		})
	}
}

// BattleCard sets what is known of a competitor on a page. The error is NotFound
// where it is not in the book.
func (m *Market) BattleCard(ctx context.Context, competitor data.ID) (report.Doc, error) {
	b, err := m.Book(ctx)
	if err != nil {
		return report.Doc{}, err
	}
	at := slices.IndexFunc(b.Competitors, func(c CompetitorFigures) bool { return c.Row.ID == competitor })
	if at < 0 {
		return report.Doc{}, data.Errorf(data.NotFound, "there is no such competitor in this book")
	}
	c := b.Competitors[at]
	cover, err := m.app.Reports.cover(ctx, ReportQuery{AsOf: b.AsOf})
	if err != nil {
		return report.Doc{}, err
	}
	card := report.BattleCard{
		Cover: cover, Name: c.Row.Title(), Website: c.Row.Text("website"), Strengths: c.Row.Text("strengths"), Weaknesses: c.Row.Text("weaknesses"),
		Answers: c.Row.Text("answers"), Pricing: c.Row.Text("pricing"), Note: c.Row.Text("note"), All: against("", c.Deals),
	}
	for i, d := range c.BySegment {
		if d.Won+d.Lost+d.Open > 0 {
			card.Segments = append(card.Segments, against(b.Segments[i].Row.Title(), d))
		}
	}
	for _, r := range c.Reasons {
		card.Reasons = append(card.Reasons, report.Fact{Name: r.Reason, Text: cover.Numbers.Count(r.Deals)})
	}
	return card.Doc(), nil
}

func against(name string, d Deals) report.RivalDeals {
	return report.RivalDeals{Name: name, Rate: d.WinRate(), TooFew: d.TooFew(), Won: d.Won, Lost: d.Lost, Open: d.Open, OpenValue: d.OpenValue}
}

// WriteBattleCard writes it as PDF, whole or not at all.
func (m *Market) WriteBattleCard(ctx context.Context, competitor data.ID, path string) error {
	doc, err := m.BattleCard(ctx, competitor)
	if err != nil {
		return err
	}
	return writePDF(doc, path)
}

// Adopt gives a name that deals mention to a competitor: the deals then name it as
// it is called. NoID makes a new competitor of the name.
func (m *Market) Adopt(ctx context.Context, name string, competitor data.ID) error {
	if competitor.IsZero() {
		_, err := m.app.Records.Add(ctx, data.KindCompetitor, data.Values{"name": strings.TrimSpace(name)})
		return err
	}
	row, err := m.app.store.Get(ctx, data.KindCompetitor, competitor)
	if err != nil {
		return err
	}
	want := sheet.Fold(name)
	var deals []data.ID
	err = m.app.store.EachNarrow(ctx, store.Narrow{Kind: data.KindDeal, Fields: []string{"competitor"}}, func(_ data.Key, id data.ID, values []any) error {
		if text, _ := values[0].(string); text != "" && sheet.Fold(text) == want {
			deals = append(deals, id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return m.app.write(ctx, store.Act{What: "Name " + row.Title() + " on deals against " + name}, func(tx *store.Tx) error {
		for _, id := range deals {
			if _, err := tx.Put(data.KindDeal, id, data.Values{"competitor": row.Title()}); err != nil {
				return err
			}
		}
		return nil
	})
}

// CheckRule reads the rule of a segment or of fit before it is kept. The error is
// Invalid, names the field and says at which word it stopped.
func (m *Market) CheckRule(kind, text string) error {
	if kind != data.KindSegment && kind != data.KindFitRule || text == "" {
		return nil
	}
	k, err := m.app.store.Kind(data.KindAccount)
	if err != nil {
		return err
	}
	_, err = NewCondition(k, text, m.app.Book().Currency.Digits())
	return err
}

// accountSegments names the segments of each account that is in any.
func (m *Market) accountSegments(ctx context.Context) (map[data.ID][]string, error) {
	book, err := m.Book(ctx)
	if err != nil {
		return nil, err
	}
	out := map[data.ID][]string{}
	for _, a := range book.Accounts {
		for _, s := range a.Segments {
			out[a.ID] = append(out[a.ID], book.Segments[s].Row.Title())
		}
	}
	return out, nil
}

// inSegments tells which segments an account is in. Only where a rule asks for
// what its deals are about, the whole market is worked out.
func (m *Market) inSegments(ctx context.Context, account data.ID) (map[data.ID]bool, error) {
	out := map[data.ID]bool{}
	row, err := m.app.store.Get(ctx, data.KindAccount, account)
	if err != nil {
		if data.KindOf(err) == data.NotFound {
			return out, nil
		}
		return nil, err
	}
	r := &marketReader{app: m.app, out: &MarketBook{}}
	if err := r.segments(ctx); err != nil {
		return nil, err
	}
	if !r.products {
		for i, c := range r.inside {
			out[r.out.Segments[i].Row.ID] = c != nil && c.Passes(row)
		}
		return out, nil
	}
	book, err := m.Book(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range book.Accounts {
		if a.ID == account {
			for _, s := range a.Segments {
				out[book.Segments[s].Row.ID] = true
			}
		}
	}
	return out, nil
}
