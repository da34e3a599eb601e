package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/app/geo"
	"fieldbook/app/planning"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Giving hands areas and accounts of a plan to one of its territories; to
// nobody where Territory is NoID.
type Giving struct {
	Plan      data.ID
	Areas     []string
	Accounts  []data.ID
	Territory data.ID
}

// Given says what came of it.
type Given struct {
	Areas, Accounts int
	Locked          int // stayed where they are, since they are locked or their territory is
}

// Give carries out a giving as one act. A larger area takes all smaller ones in
// it along, save those that are locked.
func (p *Plans) Give(ctx context.Context, g Giving) (Given, error) {
	b, err := p.changing(ctx, g.Plan)
	if err != nil {
		return Given{}, err
	}
	edit := planEdit{book: b}
	to, name := planning.Nobody, "nobody"
	if !g.Territory.IsZero() {
		if to, err = b.territory(g.Territory); err != nil {
			return Given{}, err
		}
		name = b.Plan.Territories[to].Name
	}
	out := edit.give(g, to)
	if len(edit.parts)+len(edit.gone) == 0 {
		return out, nil
	}
	return out, p.app.write(ctx, store.Act{What: fmt.Sprintf("Give %s to %s in %s", out.words(), name, b.Info.Name)}, edit.write)
}

func (g Given) words() string {
	var out []string
	count := func(n int, one, many string) {
		switch {
		case n == 1:
			out = append(out, "1 "+one)
		case n > 1:
			out = append(out, fmt.Sprintf("%d %s", n, many))
		}
	}
	count(g.Areas, "area", "areas")
	count(g.Accounts, "account", "accounts")
	return strings.Join(out, " and ")
}

// changing reads a draft that is about to be changed.
func (p *Plans) changing(ctx context.Context, id data.ID) (*PlanBook, error) {
	if _, err := p.draft(ctx, id); err != nil {
		return nil, err
	}
	return p.Book(ctx, id)
}

func (b *PlanBook) territory(id data.ID) (int, error) {
	for i, t := range b.Plan.Territories {
		if t.ID == id {
			return i, nil
		}
	}
	return 0, data.Errorf(data.NotFound, "that territory is no longer in %s; nothing was changed", b.Info.Name)
}

// planEdit gathers parts to be written and taken out.
type planEdit struct {
	book  *PlanBook
	parts []PlanPart
	gone  []data.ID

	smaller []string // of gone: areas within one that was given
	bySize  map[geo.Level][]string
}

func (e *planEdit) give(g Giving, to int) Given {
	var out Given
	var id data.ID
	if to != planning.Nobody {
		id = e.book.Plan.Territories[to].ID
	}
	for _, code := range g.Areas {
		switch h := e.book.Plan.Holder(code, e.book.around(code)...); {
		case h.Territory == to && !e.finer(code, to):
		case e.fast(h) || e.shut(to):
			out.Locked++
		default:
			out.Areas++
			e.parts = append(e.parts, PlanPart{Plan: g.Plan, Unit: code, Territory: id})
			e.takeAlong(g.Plan, code)
		}
	}
	for _, account := range g.Accounts {
		i, ok := e.book.places[account]
		if !ok {
			continue
		}
		switch t, why := e.book.Plan.Place(&e.book.Accounts[i]); {
		case t == to && (why == planning.Named || why == planning.Pinned):
		case why == planning.Pinned || e.shut(t) || e.shut(to):
			out.Locked++
		default:
			out.Accounts++
			e.parts = append(e.parts, PlanPart{Plan: g.Plan, Account: account, Territory: id})
		}
	}
	return out
}

// takeAlong drops what the plan says of smaller areas within one.
func (e *planEdit) takeAlong(plan data.ID, code string) {
	for _, small := range e.within(code) {
		if !e.fast(e.book.Plan.Areas[small]) {
			e.gone = append(e.gone, PlanPart{Plan: plan, Unit: small}.ID())
			e.smaller = append(e.smaller, small)
		}
	}
}

// finer reports whether smaller areas within one go elsewhere.
func (e *planEdit) finer(code string, to int) bool {
	return slices.ContainsFunc(e.within(code), func(small string) bool {
		h := e.book.Plan.Areas[small]
		return h.Territory != to && !h.Locked
	})
}

// within lists the smaller areas of the plan that lie in one.
func (e *planEdit) within(code string) []string {
	if e.bySize == nil {
		e.bySize = map[geo.Level][]string{}
		for held := range e.book.Plan.Areas {
			if u, ok := e.book.atlas.Unit(held); ok {
				e.bySize[u.Level] = append(e.bySize[u.Level], held)
			}
		}
	}
	u, _ := e.book.atlas.Unit(code)
	var out []string
	sizes := []geo.Level{geo.ZIP, geo.ZIP3, geo.County, geo.State, geo.Country}
	for _, size := range sizes[:max(0, slices.Index(sizes, u.Level))] {
		for _, small := range e.bySize[size] {
			if e.book.atlas.Within(small, code) {
				out = append(out, small)
			}
		}
	}
	return out
}

func (e *planEdit) write(tx *store.Tx) error {
	for _, id := range e.gone {
		if err := tx.Delete(data.KindPlanPart, id); err != nil {
			return err
		}
	}
	for _, part := range e.parts {
		if _, err := tx.Put(data.KindPlanPart, part.ID(), part.values()); err != nil {
			return err
		}
	}
	return nil
}

// around lists the areas that an area lies in, the smallest first.
func (b *PlanBook) around(code string) []string {
	u, ok := b.atlas.Unit(code)
	if !ok {
		return nil
	}
	return around(b.atlas, u)
}

// Lock keeps areas and accounts where they are, whatever is painted over them or
// solved; unlock lets them go again.
func (p *Plans) Lock(ctx context.Context, g Giving, locked bool) error {
	b, err := p.changing(ctx, g.Plan)
	if err != nil {
		return err
	}
	edit := planEdit{book: b}
	holder := func(t int) data.ID {
		if t == planning.Nobody {
			return data.NoID
		}
		return b.Plan.Territories[t].ID
	}
	for _, code := range g.Areas {
		h := b.Plan.Holder(code, b.around(code)...)
		edit.parts = append(edit.parts, PlanPart{Plan: g.Plan, Unit: code, Territory: holder(h.Territory), Locked: locked})
	}
	for _, account := range g.Accounts {
		if i, ok := b.places[account]; ok {
			t, _ := b.Plan.Place(&b.Accounts[i])
			edit.parts = append(edit.parts, PlanPart{Plan: g.Plan, Account: account, Territory: holder(t), Locked: locked})
		}
	}
	word := "Lock"
	if !locked {
		word = "Unlock"
	}
	what := fmt.Sprintf("%s %s in %s", word, Given{Areas: len(g.Areas), Accounts: len(g.Accounts)}.words(), b.Info.Name)
	return p.app.write(ctx, store.Act{What: what}, edit.write)
}

// Unlist lets accounts go where rules and areas put them, instead of by name.
func (p *Plans) Unlist(ctx context.Context, plan data.ID, accounts []data.ID) error {
	b, err := p.changing(ctx, plan)
	if err != nil {
		return err
	}
	edit := planEdit{book: b}
	for _, account := range accounts {
		if _, ok := b.Plan.Named[account]; ok {
			edit.gone = append(edit.gone, PlanPart{Plan: plan, Account: account}.ID())
		}
	}
	if len(edit.gone) == 0 {
		return nil
	}
	what := fmt.Sprintf("Let %s go by rules and areas in %s", Given{Accounts: len(edit.gone)}.words(), b.Info.Name)
	return p.app.write(ctx, store.Act{What: what}, edit.write)
}

// SaveTerritory adds a territory to a draft, or changes the one with its id.
func (p *Plans) SaveTerritory(ctx context.Context, plan data.ID, t planning.Territory) (data.ID, error) {
	info, err := p.draft(ctx, plan)
	if err != nil {
		return data.NoID, err
	}
	if t.Name = strings.TrimSpace(t.Name); t.Name == "" {
		return data.NoID, data.FieldErrorf("name", "The territory needs a name")
	}
	if t.Rule = strings.TrimSpace(t.Rule); t.Rule != "" {
		k, err := p.app.store.Kind(data.KindAccount)
		if err != nil {
			return data.NoID, err
		}
		if _, err := NewCondition(k, t.Rule, p.app.Book().Currency.Digits()); err != nil {
			return data.NoID, err
		}
	}
	what := fmt.Sprintf("Change %s in %s", t.Name, info.Name)
	if t.ID.IsZero() {
		t.ID, what = data.NewID(), fmt.Sprintf("Add %s to %s", t.Name, info.Name)
		if t.Color == "" {
			if t.Color, err = p.nextColor(ctx, plan); err != nil {
				return data.NoID, err
			}
		}
	}
	return t.ID, p.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindPlanTerritory, t.ID, territoryValues(plan, t))
		return err
	})
}

func territoryValues(plan data.ID, t planning.Territory) data.Values {
	values := data.Values{
		"plan": plan, "name": t.Name, "territory": refOrNil(t.Live), "person": refOrNil(t.Person), "color": textOrNil(t.Color),
		"locked": trueOrNil(t.Locked), "share": nil, "rule": textOrNil(t.Rule), "rule_order": nil,
	}
	if t.Share > 0 && t.Share != 100 {
		values["share"] = t.Share
	}
	if t.Rule != "" {
		values["rule_order"] = t.Order
	}
	return values
}

// nextColor is the colour that a plan's territories have the least of.
func (p *Plans) nextColor(ctx context.Context, plan data.ID) (string, error) {
	content, err := p.content(ctx, plan)
	if err != nil {
		return "", err
	}
	used := map[string]int{}
	for _, r := range content.territories {
		used[r.Text("color")]++
	}
	return slices.MinFunc(planColors, func(a, b string) int { return used[a] - used[b] }), nil
}

// RemoveTerritory takes a territory out of a draft. What it held goes to another
// one, or to nobody where into is NoID.
func (p *Plans) RemoveTerritory(ctx context.Context, plan, id, into data.ID) error {
	b, err := p.changing(ctx, plan)
	if err != nil {
		return err
	}
	at, err := b.territory(id)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("Remove %s from %s", b.Plan.Territories[at].Name, b.Info.Name)
	if !into.IsZero() {
		other, err := b.territory(into)
		if err != nil {
			return err
		}
		if other == at {
			return data.FieldErrorf("into", "Choose another territory than %s", b.Plan.Territories[at].Name)
		}
		what = fmt.Sprintf("Merge %s into %s in %s", b.Plan.Territories[at].Name, b.Plan.Territories[other].Name, b.Info.Name)
	}
	edit := planEdit{book: b}
	for code, h := range b.Plan.Areas {
		if h.Territory == at {
			edit.parts = append(edit.parts, PlanPart{Plan: plan, Unit: code, Territory: into, Locked: h.Locked && !into.IsZero()})
		}
	}
	for account, h := range b.Plan.Named {
		if h.Territory == at {
			edit.parts = append(edit.parts, PlanPart{Plan: plan, Account: account, Territory: into, Locked: h.Locked && !into.IsZero()})
		}
	}
	return p.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		if err := edit.write(tx); err != nil {
			return err
		}
		return tx.Delete(data.KindPlanTerritory, id)
	})
}

// PlaceAccount says where an account is on the map.
func (p *Plans) PlaceAccount(ctx context.Context, account data.ID, lon, lat float64) error {
	return p.app.Records.Set(ctx, data.KindAccount, []data.ID{account}, data.Values{"latitude": lat, "longitude": lon})
}

// NewPlan says how a draft begins.
type NewPlan struct {
	Name      string
	Level     string // geo levels; "" goes by accounts alone
	Frame     string // "" is where the accounts are
	Mix       planning.Mix
	Tolerance float64
	Blank     bool // without what is in force today
}

// Create makes a draft. It holds the territories in force; the areas of its level
// go to whom most accounts in them belong to today, those without accounts to
// whoever is nearest, and accounts that belong to somebody else are listed by name.
func (p *Plans) Create(ctx context.Context, n NewPlan) (data.ID, error) {
	if n.Name = strings.TrimSpace(n.Name); n.Name == "" {
		return data.NoID, data.FieldErrorf("name", "The plan needs a name")
	}
	if n.Level != "" && !slices.Contains(PlanLevels(n.Frame), n.Level) {
		return data.NoID, data.FieldErrorf("level", "%q is no size of areas there; choose one of %s", n.Level, strings.Join(PlanLevels(n.Frame), ", "))
	}
	b, err := p.Book(ctx, data.NoID)
	if err != nil {
		return data.NoID, err
	}
	info := PlanInfo{
		ID: data.NewID(), Name: n.Name, Status: data.PlanDraft, Start: data.NoDay, Level: n.Level, Frame: n.Frame, Mix: n.Mix, Tolerance: n.Tolerance, Source: b.Info.Source,
	}
	if info.Frame == "" {
		info.Frame = b.Info.Frame
	}
	if info.Tolerance <= 0 {
		info.Tolerance = defaultTolerance
	}
	seed := &planSeed{book: b, info: info}
	if !n.Blank {
		seed.grow()
	}
	return info.ID, p.app.write(ctx, store.Act{What: "Plan " + info.Name}, seed.write)
}

// PlanLevels are the sizes of areas that a plan about a part of the world can be
// drawn with.
func PlanLevels(frame string) []string {
	switch frame {
	case "", "US":
		return []string{string(geo.State), string(geo.County), string(geo.ZIP3), string(geo.ZIP)}
	case "world":
		return []string{string(geo.Country), string(geo.State)}
	}
	return []string{string(geo.State)}
}

// shut reports whether a territory is locked.
func (e *planEdit) shut(t int) bool { return t != planning.Nobody && e.book.Plan.Territories[t].Locked }

// fast reports whether a hold may not be let go.
func (e *planEdit) fast(h planning.Hold) bool { return h.Locked || e.shut(h.Territory) }
