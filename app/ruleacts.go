package app

import (
	"context"
	"fmt"

	"fieldbook/data"
	"fieldbook/data/store"
)

// RuleBook holds the rules of a book and its accounts, so that a rule can be
// tried out while it is being written. It is a picture of one moment.
type RuleBook struct {
	Rules    []Rule // in the order they are tried
	kind     *data.Kind
	digits   int
	places   map[data.ID]bool // territories that are in the book
	accounts []data.Row
}

// RuleBook reads rules and accounts.
func (t *Territories) RuleBook(ctx context.Context) (*RuleBook, error) {
	k, err := t.app.store.Kind(data.KindAccount)
	if err != nil {
		return nil, err
	}
	b := &RuleBook{kind: k, digits: t.app.Book().Currency.Digits(), places: map[data.ID]bool{}}
	if err := t.byID(ctx, data.KindTerritory, func(r data.Row) { b.places[r.ID] = true }); err != nil {
		return nil, err
	}
	if b.Rules, err = t.rules(ctx); err != nil {
		return nil, err
	}
	b.accounts, err = t.app.store.List(ctx, data.Query{Kind: data.KindAccount})
	return b, err
}

func (t *Territories) rules(ctx context.Context) ([]Rule, error) {
	var out []Rule
	q := data.Query{Kind: data.KindRule, Sort: []data.Sort{{Field: "position"}, {Field: "id"}}}
	err := t.app.store.Each(ctx, q, func(r data.Row) error {
		out = append(out, Rule{
			ID: r.ID, Territory: r.Ref("territory"), Position: r.Int("position"),
			Field: r.Text("field"), Test: data.Test(r.Text("test")), Value: r.Text("value"),
		})
		return nil
	})
	return out, err
}

// Fields are the fields of an account that a rule may test.
func (b *RuleBook) Fields() []data.Field {
	var out []data.Field
	for _, f := range b.kind.Fields {
		if f.Name != "territory" && f.Type != data.TypeLongText {
			out = append(out, f)
		}
	}
	return out
}

// Preview says what a rule would do.
type Preview struct {
	Matches int // accounts that pass it
	Free    int // of Matches: without a territory
	Here    int // of Matches: in its territory already
}

// Preview tries a rule on every account, apart from all other rules.
func (b *RuleBook) Preview(r Rule) (Preview, error) {
	var p Preview
	m, err := NewMatcher(b.kind, []Rule{r}, b.digits)
	if err != nil {
		return p, err
	}
	for _, a := range b.accounts {
		if _, _, ok := m.Match(a); !ok {
			continue
		}
		p.Matches++
		switch {
		case !b.places[a.Ref("territory")]:
			p.Free++
		case a.Ref("territory") == r.Territory:
			p.Here++
		}
	}
	return p, nil
}

// Reach says which accounts rules may put into a territory.
type Reach int

// By hand goes before any rule: an account that stands in a territory keeps
// it unless Everyone is asked for.
const (
	Unplaced     Reach = iota // those without a territory
	EveryAccount              // all that a rule matches, whatever was chosen by hand
)

// AccountMove puts an account into a territory.
type AccountMove struct{ Account, Territory data.ID }

// Plan is what applying the rules would do.
type Plan struct {
	Moves    []AccountMove // in the order of the accounts
	Kept     int           // match a rule for another territory, and stay where they are
	Unplaced int           // have no territory and match no rule
	Broken   int           // rules that cannot be read, or whose territory is gone; they are left out
}

// Plan works out what applying the rules would do.
func (b *RuleBook) Plan(reach Reach) (*Plan, error) {
	p := &Plan{}
	var sound []Rule
	for _, r := range b.Rules {
		if _, err := compile(b.kind, r, b.digits); err != nil || !b.places[r.Territory] {
			p.Broken++
			continue
		}
		sound = append(sound, r)
	}
	m, err := NewMatcher(b.kind, sound, b.digits)
	if err != nil {
		return nil, err
	}
	for _, a := range b.accounts {
		at := a.Ref("territory")
		placed := b.places[at]
		to, _, ok := m.Match(a)
		switch {
		case !ok && !placed:
			p.Unplaced++
		case !ok || to == at && placed:
		case placed && reach == Unplaced:
			p.Kept++
		default:
			p.Moves = append(p.Moves, AccountMove{a.ID, to})
		}
	}
	return p, nil
}

// ApplyRules puts accounts into the territories that the rules name, in one
// act, and says what it did.
func (t *Territories) ApplyRules(ctx context.Context, reach Reach) (*Plan, error) {
	b, err := t.RuleBook(ctx)
	if err != nil {
		return nil, err
	}
	p, err := b.Plan(reach)
	if err != nil || len(p.Moves) == 0 {
		return p, err
	}
	what := fmt.Sprintf("Apply the territory rules to %d accounts", len(p.Moves))
	return p, t.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		for _, m := range p.Moves {
			if _, err := tx.Put(data.KindAccount, m.Account, data.Values{"territory": m.Territory}); err != nil {
				return err
			}
		}
		return nil
	})
}

// SaveRule adds a rule, last in the order, or changes the one with its id.
func (t *Territories) SaveRule(ctx context.Context, r Rule) (data.ID, error) {
	b, err := t.RuleBook(ctx)
	if err != nil {
		return data.NoID, err
	}
	if _, err := NewMatcher(b.kind, []Rule{r}, b.digits); err != nil {
		return data.NoID, err
	}
	place, err := t.app.named(ctx, data.KindTerritory, "territory", r.Territory)
	if err != nil {
		return data.NoID, err
	}
	what := "Change a rule of " + place
	if r.ID.IsZero() {
		r.ID, what = data.NewID(), "Add a rule to "+place
		for _, old := range b.Rules {
			r.Position = max(r.Position, old.Position+1)
		}
	}
	values := data.Values{"territory": r.Territory, "position": r.Position, "field": r.Field, "test": string(r.Test), "value": r.Value}
	return r.ID, t.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindRule, r.ID, values)
		return err
	})
}

// MoveRule makes a rule be tried earlier (by < 0) or later, by that many places.
func (t *Territories) MoveRule(ctx context.Context, id data.ID, by int) error {
	rules, err := t.rules(ctx)
	if err != nil {
		return err
	}
	at := -1
	for i, r := range rules {
		if r.ID == id {
			at = i
		}
	}
	if at < 0 {
		return data.Errorf(data.NotFound, "that rule is no longer in this book; nothing was changed")
	}
	to := max(0, min(at+by, len(rules)-1))
	rule := rules[at]
	rules = append(rules[:at], rules[at+1:]...)
	rules = append(rules[:to], append([]Rule{rule}, rules[to:]...)...)
	return t.app.write(ctx, store.Act{What: "Change the order of the territory rules"}, func(tx *store.Tx) error {
		for i, r := range rules {
			if r.Position == int64(i+1) {
				continue
			}
			if _, err := tx.Put(data.KindRule, r.ID, data.Values{"position": int64(i + 1)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveRule takes a rule out. Accounts stay where it put them.
func (t *Territories) RemoveRule(ctx context.Context, id data.ID) error {
	return t.app.write(ctx, store.Act{What: "Remove a territory rule"}, func(tx *store.Tx) error {
		return tx.Delete(data.KindRule, id)
	})
}
