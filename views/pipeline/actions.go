package pipeline

import (
	"context"
	"slices"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// chosen is what an action works on.
type chosen struct {
	keys []data.Key
	name string // "Rangreen", "6 deals"
}

// choose gives what is chosen on the face in front.
func (s *Screen) choose() chosen {
	var keys []data.Key
	switch s.mode {
	case modeBoard:
		if key := parseKey(s.board.board.Selected()); key != 0 {
			keys = []data.Key{key}
		}
	case modeTable:
		keys = s.table.chosen()
	case modeDeal:
		if s.deal.key != 0 {
			keys = []data.Key{s.deal.key}
		}
	}
	c := chosen{keys: keys, name: lang.N("%d deal", "%d deals", len(keys))}
	if len(keys) == 1 {
		if d, ok := s.loaded(keys[0]); ok {
			c.name = app.DealName(d.Row)
		}
	}
	return c
}

// loaded finds a deal among those that are shown.
func (s *Screen) loaded(key data.Key) (app.Deal, bool) {
	switch s.mode {
	case modeBoard:
		d, at := s.board.cards.deal(key)
		return d, at >= 0
	case modeTable:
		d, ok := s.table.deals[key]
		return d, ok
	default:
		return s.deal.story.Deal, s.deal.key == key
	}
}

// withChosen does something with what is chosen, if anything is.
func (s *Screen) withChosen(do func(chosen)) {
	c := s.choose()
	if len(c.keys) == 0 {
		s.h.Say(lang.T("Choose a deal first"))
		return
	}
	if !s.readOnly() {
		do(c)
	}
}

// act runs one call of app on the deals of keys.
func (s *Screen) act(what string, keys []data.Key, call func(ctx context.Context, ids []data.ID) error) {
	s.h.Act(what, func(ctx context.Context) error {
		ids, err := s.h.App.Pipeline.IDs(ctx, keys)
		if err != nil {
			return err
		}
		return call(ctx, ids)
	}, nil)
}

func (s *Screen) set(what string, c chosen, values data.Values) {
	s.act(what, c.keys, func(ctx context.Context, ids []data.ID) error { return s.h.App.Pipeline.SetDeals(ctx, ids, values) })
}

// moveDeal moves one deal, asking first for what its stage needs to know.
func (s *Screen) moveDeal(d app.Deal, to app.Stage) {
	c := chosen{keys: []data.Key{d.Key}, name: app.DealName(d.Row)}
	switch {
	case to.ID == d.Ref("stage"):
	case to.Type == data.StageLost:
		s.askLoss(c, to, d.Text("competitor"))
	case to.Type == data.StageWon:
		s.askWon(c, to, d)
	default:
		s.move(c, app.MoveDeal{Stage: to.ID}, to)
	}
}

// askLoss asks for the reason of a loss and who won.
func (s *Screen) askLoss(c chosen, to app.Stage, competitor string) {
	fields := []kit.Field{
		{Key: "loss_reason", Label: lang.T("Why was it lost?"), Hint: lang.T("Price, timing, no decision, …"), Required: true, Wide: true, Search: s.offered("loss_reason")},
		{Key: "competitor", Label: lang.T("Who won it?"), Value: competitor, Help: lang.T("Leave it open where nobody did"), Search: s.offered("competitor")},
		{Key: "day", Label: lang.T("Close day"), Kind: kit.FieldDay, Value: s.h.App.Today().String()},
		evidenceField(),
	}
	s.form(formAsk{title: lang.T("%s is lost", c.name), save: lang.T("Mark as lost"), fields: fields, then: func(v kit.Values) error {
		day, err := v.Day("day")
		if err != nil {
			return err
		}
		s.move(c, app.MoveDeal{Stage: to.ID, Day: day, LossReason: v["loss_reason"], Competitor: v["competitor"], Evidence: v["evidence"]}, to)
		return nil
	}})
}

// offered finds what a field of deals offers to be written.
func (s *Screen) offered(field string) func(query string) []kit.Option {
	f, _ := s.found.kind.Field(field)
	return s.h.Offered(data.KindDeal, f)
}

// evidenceField asks what an outcome is known from.
func evidenceField() kit.Field {
	return kit.Field{Key: "evidence", Label: lang.T("How do we know?"), Hint: lang.T("In the customer’s words, from whom and when"), Kind: kit.FieldLong}
}

// askWon asks why deals were won and, of one deal, what it was won for where it
// has no amount of its own.
func (s *Screen) askWon(c chosen, to app.Stage, d app.Deal) {
	book := s.h.App.Book()
	amount := ""
	if d.Valued {
		amount = data.Money{Minor: d.Value, Currency: book.Currency}.Decimal() + " " + string(book.Currency)
	}
	var fields []kit.Field
	priced := d.Kind != nil && !d.Has("amount")
	if priced {
		fields = append(fields, kit.Field{Key: "amount", Label: lang.T("Won for"), Kind: kit.FieldMoney, Value: amount, Currencies: s.currencies(""), Required: true, Help: lang.T("The list price, unless you agreed on another")})
	}
	fields = append(fields,
		kit.Field{Key: "day", Label: lang.T("Close day"), Kind: kit.FieldDay, Value: s.h.App.Today().String()},
		kit.Field{Key: "win_reason", Label: lang.T("Why was it won?"), Hint: lang.T("Price, service, trust, …"), Wide: true, Search: s.offered("win_reason")},
		kit.Field{Key: "competitor", Label: lang.T("Won against"), Value: compete(d), Help: lang.T("Leave it open where nobody else was asked"), Search: s.offered("competitor")},
		evidenceField(),
	)
	s.form(formAsk{title: lang.T("%s is won", c.name), save: lang.T("Mark as won"), fields: fields, then: func(v kit.Values) error {
		day, err := v.Day("day")
		if err != nil {
			return err
		}
		m := app.MoveDeal{Stage: to.ID, Day: day, WinReason: v["win_reason"], Competitor: v["competitor"], Evidence: v["evidence"]}
		if priced {
			money, err := v.Money("amount")
			if err != nil {
				return err
			}
			m.Amount = &money
		}
		s.move(c, m, to)
		return nil
	}})
}

// compete is whom a deal is known to be fought against.
func compete(d app.Deal) string {
	if d.Kind == nil {
		return ""
	}
	return d.Text("competitor")
}

// askStage moves all that is chosen.
func (s *Screen) askStage(c chosen) {
	var options []kit.Option
	stages := s.found.stages.pipeline(s.found.pipeline)
	for _, st := range stages {
		options = append(options, kit.Option{Key: st.ID.String(), Text: st.Name})
	}
	s.form(formAsk{title: lang.T("Move %s", c.name), save: lang.T("Move"), fields: []kit.Field{
		{Key: "stage", Label: lang.T("To stage"), Kind: kit.FieldChoice, Options: options, Required: true, Wide: true},
	}, then: func(v kit.Values) error {
		i := slices.IndexFunc(stages, func(st app.Stage) bool { return st.ID.String() == v["stage"] })
		if d, ok := s.loaded(c.keys[0]); ok && len(c.keys) == 1 {
			s.moveDeal(d, stages[i])
		} else if stages[i].Type == data.StageLost {
			s.askLoss(c, stages[i], "")
		} else if stages[i].Type == data.StageWon {
			s.askWon(c, stages[i], app.Deal{})
		} else {
			s.move(c, app.MoveDeal{Stage: stages[i].ID}, stages[i])
		}
		return nil
	}})
}

// moveChosen moves one deal a stage on or back.
func (s *Screen) moveChosen(by int) {
	s.withChosen(func(c chosen) {
		d, ok := s.loaded(c.keys[0])
		if !ok || len(c.keys) != 1 {
			s.h.Say(lang.T("Choose one deal first"))
			return
		}
		stages := s.found.stages.pipeline(s.found.stages.of(d.Ref("stage")).Pipeline)
		at := slices.IndexFunc(stages, func(st app.Stage) bool { return st.ID == d.Ref("stage") })
		if at+by >= 0 && at+by < len(stages) {
			s.moveDeal(d, stages[at+by])
		}
	})
}

func (s *Screen) askStep(c chosen) {
	step, day := "", ""
	if d, ok := s.loaded(c.keys[0]); ok && len(c.keys) == 1 {
		step, day = d.Text("next_step"), d.Day("next_step_day").String()
	}
	s.form(formAsk{title: lang.T("Next step of %s", c.name), fields: []kit.Field{
		{Key: "next_step", Label: lang.T("Next step"), Value: step, Hint: lang.T("Call about the quote"), Required: true, Wide: true},
		{Key: "next_step_day", Label: lang.T("When"), Kind: kit.FieldDay, Value: day, Hint: "fri, +2w", Required: true},
	}, then: func(v kit.Values) error {
		d, err := v.Day("next_step_day")
		if err != nil {
			return err
		}
		s.set(lang.T("Next step of %s set", c.name), c, data.Values{"next_step": v["next_step"], "next_step_day": d})
		return nil
	}})
}

func (s *Screen) askOwner(c chosen) {
	s.form(formAsk{title: lang.T("Owner of %s", c.name), fields: []kit.Field{
		{Key: "owner", Label: lang.T("Owner"), Kind: kit.FieldReference, Options: s.found.people, Search: s.search(data.KindPerson, false), Required: true, Wide: true},
	}, then: func(v kit.Values) error {
		id, err := data.ParseID(v["owner"])
		if err != nil {
			return err
		}
		s.set(lang.T("Owner of %s changed", c.name), c, data.Values{"owner": id})
		return nil
	}})
}

func (s *Screen) askClose(c chosen) {
	day := ""
	if d, ok := s.loaded(c.keys[0]); ok && len(c.keys) == 1 {
		day = d.Day("close_day").String()
	}
	s.form(formAsk{title: lang.T("Close day of %s", c.name), fields: []kit.Field{
		{Key: "close_day", Label: lang.T("Close day"), Kind: kit.FieldDay, Value: day, Hint: "end of month, +2w", Required: true},
	}, then: func(v kit.Values) error {
		d, err := v.Day("close_day")
		if err != nil {
			return err
		}
		s.set(lang.T("Close day of %s changed", c.name), c, data.Values{"close_day": d})
		return nil
	}})
}

func (s *Screen) askCategory(c chosen) {
	f, _ := s.found.kind.Field("category")
	s.form(formAsk{title: lang.T("Forecast category of %s", c.name), fields: []kit.Field{
		{Key: "category", Label: lang.T(f.Label), Kind: kit.FieldChoice, Options: choiceOptions(f), Required: true},
	}, then: func(v kit.Values) error {
		s.set(lang.T("Forecast category of %s changed", c.name), c, data.Values{"category": v["category"]})
		return nil
	}})
}

func choiceOptions(f data.Field) []kit.Option {
	var out []kit.Option
	for _, choice := range f.Choices {
		out = append(out, kit.Option{Key: choice, Text: kit.Capital(choice)})
	}
	return out
}

func (s *Screen) askRemove(c chosen) {
	kit.Confirm(s.h.Window, kit.ConfirmOptions{
		Title: lang.T("Remove %s?", c.name), Danger: true, Yes: lang.T("Remove"),
		Text: lang.T("It leaves the board and every figure. Activities stay with the account. Undo brings it back, also tomorrow."),
		OnYes: func() {
			s.act(lang.T("Removed %s", c.name), c.keys, s.h.App.Pipeline.RemoveDeals)
			if s.mode == modeDeal {
				s.leaveDeal()
			}
		},
	})
}

func (s *Screen) openChosen() {
	if c := s.choose(); len(c.keys) > 0 {
		s.openKey(c.keys[0], s.shown())
	}
}

// shown are the deals of the face in front, in their order.
func (s *Screen) shown() []data.Key {
	if s.mode == modeTable {
		return s.table.keys
	}
	return s.board.cards.keys()
}

func (s *Screen) editChosen() {
	s.withChosen(func(c chosen) {
		if d, ok := s.loaded(c.keys[0]); ok && len(c.keys) == 1 {
			s.editDeal(d)
			return
		}
		s.h.Say(lang.T("Choose one deal first"))
	})
}
