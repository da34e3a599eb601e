package market

import (
	"context"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// formFields are those that a form of each kind asks for.
var formFields = map[string][]string{
	data.KindSegment:     {"name", "rule", "priority", "size", "potential", "share_goal", "note"},
	data.KindFitRule:     {"name", "rule", "points", "position"},
	data.KindCompetitor:  {"name", "website", "pricing", "strengths", "weaknesses", "answers", "note"},
	data.KindJourney:     {"name", "segment", "note"},
	data.KindJourneyStep: {"name", "position", "stage", "customer", "us", "proof"},
}

// add asks for a new record; common values are kept with it.
func (s *Screen) add(kind, title string, common data.Values) {
	k, err := s.h.App.Records.Kind(kind)
	switch {
	case err != nil:
		return // built in; it cannot be missing
	case !s.writable():
		s.h.Say(lang.T("Managers and leads keep the market, as of today"))
		return
	}
	s.h.ShowRecordForm(kit.RecordForm{
		Title: title, Save: lang.T("Save"), Kind: k, Fields: formFields[kind], Check: s.check(kind),
		Keep: func(ctx context.Context, values data.Values, _ kit.Values) error {
			for name, v := range common {
				values[name] = v
			}
			_, err := s.h.App.Records.Add(ctx, kind, values)
			return err
		},
	})
}

// edit asks for the fields of a record that is there.
func (s *Screen) edit(kind string, row data.Row) {
	k, err := s.h.App.Records.Kind(kind)
	if err != nil || !s.writable() {
		return
	}
	title := lang.T("Edit %s", row.Title())
	s.h.ShowRecordForm(kit.RecordForm{
		Title: title, Save: lang.T("Save"), Kind: k, Fields: formFields[kind], Row: &row, What: title, Check: s.check(kind),
		Keep: func(ctx context.Context, values data.Values, _ kit.Values) error {
			return s.h.App.Records.Set(ctx, kind, []data.ID{row.ID}, values)
		},
	})
}

// check reads a rule before it is kept.
func (s *Screen) check(kind string) func(kit.Values) error {
	return func(typed kit.Values) error { return s.h.App.Market.CheckRule(kind, typed["rule"]) }
}

func (s *Screen) remove(kind string, row data.Row) {
	if s.writable() {
		s.h.Act(lang.T("Remove %s", row.Title()), func(ctx context.Context) error { return s.h.App.Records.Remove(ctx, kind, []data.ID{row.ID}) }, nil)
	}
}

// openDeals leads to deals of an owner of figures.
func (s *Screen) openDeals(title string, where ...data.Filter) {
	s.h.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, Query: &data.Query{Kind: data.KindDeal, Where: where}, Title: title})
}
