package app

import (
	"context"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Territories is what can be done with territories: their tree, who covers
// them, which accounts they hold and the rules that hand accounts out.
type Territories struct{ app *App }

// Territory is one territory of the tree.
type Territory struct {
	Row    data.Row
	Parent data.ID // NoID at the top, and where the parent is gone or a loop was cut
	Depth  int     // 0 at the top
	Below  []data.ID
	Posts  []Post // held today, owners first
	Others []Post // held before, or to be held later: the newest first
	Own    Sums   // without those below
	Total  Sums   // with all below
	Loose  bool   // its parent was removed, or it stood in a loop
}

// TerritoryTree is all territories, parents before children, siblings by name.
type TerritoryTree struct {
	List  []*Territory
	Loose Sums // of accounts and deals that stand in no territory
	Total Sums
	Year  data.Period // of the quotas
	byID  map[data.ID]*Territory
}

// Get finds a territory of the tree, nil where it is gone.
func (t *TerritoryTree) Get(id data.ID) *Territory { return t.byID[id] }

// Path lists a territory and what it is part of, the root first.
func (t *TerritoryTree) Path(id data.ID) []*Territory {
	var out []*Territory
	for at := t.byID[id]; at != nil; at = t.byID[at.Parent] {
		out = append([]*Territory{at}, out...)
	}
	return out
}

// Under lists the ids of a territory and of all below it.
func (t *TerritoryTree) Under(id data.ID) []data.ID {
	at := t.byID[id]
	if at == nil {
		return nil
	}
	out := []data.ID{id}
	for _, b := range at.Below {
		out = append(out, t.Under(b)...)
	}
	return out
}

// Tree reads all territories with figures.
//
// A deal counts in its account's territory, else in the one that its owner
// owned on the close day (open deals: today). A territory's own quota is the
// one set for it, else those of the people who own it as the month ends; a total
// adds what is below, unless a quota was set for the whole.
func (t *Territories) Tree(ctx context.Context, span Span) (*TerritoryTree, error) {
	c, err := t.app.coverage(ctx)
	if err != nil {
		return nil, err
	}
	tree := c.tree(span.Today)
	tree.Year = span.Year(t.app.Book().Calendar)
	if err := t.count(ctx, c, tree); err != nil {
		return nil, err
	}
	set, err := t.sum(ctx, c, span, tree)
	if err != nil {
		return nil, err
	}
	tree.total(set)
	return tree, nil
}

// tree arranges the territories. Each is reached once, however parents point.
func (c *coverage) tree(today data.Day) *TerritoryTree {
	tree := &TerritoryTree{byID: map[data.ID]*Territory{}}
	children := map[int][]int{}
	for i := range c.territories {
		p := c.parentOf(i)
		children[p] = append(children[p], i)
	}
	var walk func(i int, parent *Territory)
	walk = func(i int, parent *Territory) {
		row := c.territories[i]
		if tree.byID[row.ID] != nil {
			return
		}
		t := &Territory{Row: row, Loose: parent == nil && row.Has("parent")}
		if parent != nil {
			t.Parent, t.Depth = parent.Row.ID, parent.Depth+1
			parent.Below = append(parent.Below, row.ID)
		}
		tree.byID[row.ID] = t
		tree.List = append(tree.List, t)
		for _, child := range children[i] {
			walk(child, t)
		}
	}
	for _, i := range children[-1] {
		walk(i, nil)
	}
	for i := range c.territories {
		walk(i, nil) // only what a loop kept from the top is left
	}
	for _, role := range []string{data.AssignOwner, data.AssignManager, data.AssignOverlay} {
		for _, p := range c.posts {
			if p.Role == role && p.On(today) {
				at := tree.byID[p.Territory]
				at.Posts = append(at.Posts, p)
			}
		}
	}
	for _, p := range slices.Backward(c.posts) {
		if at := tree.byID[p.Territory]; !p.On(today) {
			at.Others = append(at.Others, p)
		}
	}
	return tree
}

func (t *Territories) count(ctx context.Context, c *coverage, tree *TerritoryTree) error {
	counts, err := t.app.store.AccountCounts(ctx)
	if err != nil {
		return err
	}
	for key, n := range counts {
		if i, ok := c.placeKey[key]; ok {
			tree.byID[c.territories[i].ID].Own.Accounts += n
		} else {
			tree.Loose.Accounts += n
		}
	}
	return nil
}

// sum adds deals and quotas to the territories. set names those with a quota of their own.
func (t *Territories) sum(ctx context.Context, c *coverage, span Span, tree *TerritoryTree) (set map[data.ID]bool, err error) {
	deals, err := t.app.dealSums(ctx, metrics.ByTerritory, span)
	if err != nil {
		return nil, err
	}
	tree.Loose.Add(deals[data.NoID])
	for _, at := range tree.List {
		at.Own.Add(deals[at.Row.ID])
		for _, below := range at.Below {
			at.Own.subtractDeals(deals[below])
		}
	}
	set = map[data.ID]bool{}
	people := map[data.ID]int64{}
	err = t.app.quotas(ctx, span, func(q store.QuotaSum, minor int64) {
		if i, ok := c.placeKey[q.Territory]; ok {
			id := c.territories[i].ID
			if q.Person == 0 {
				tree.byID[id].Own.Quota += minor
				set[id] = true
			} else {
				people[id] += minor
			}
		} else if i, ok := c.personKey[q.Person]; ok {
			if at := c.owned(c.people[i].ID, q.Month.AddMonths(1).AddDays(-1)); at >= 0 {
				people[c.territories[at].ID] += minor
			}
		}
	})
	for id, minor := range people {
		if !set[id] {
			tree.byID[id].Own.Quota += minor
		}
	}
	return set, err
}

// total rolls the figures up, children before parents.
func (t *TerritoryTree) total(set map[data.ID]bool) {
	for i := len(t.List) - 1; i >= 0; i-- {
		at := t.List[i]
		at.Total.Add(at.Own)
		if set[at.Row.ID] {
			at.Total.Quota = at.Own.Quota
		}
		if parent := t.byID[at.Parent]; parent != nil {
			parent.Total.Add(at.Total)
		} else {
			t.Total.Add(at.Total)
		}
	}
	t.Total.Add(t.Loose)
}

// Deals gives the deals behind a figure of a territory and all below it: open
// ones for data.StageOpen, else those closed in the span's period. NoID asks
// for the deals that stand in no territory.
func (t *Territories) Deals(ctx context.Context, id data.ID, stage string, span Span) ([]data.Key, error) {
	c, err := t.app.coverage(ctx)
	if err != nil {
		return nil, err
	}
	wanted := map[int]bool{}
	for _, under := range c.tree(span.Today).Under(id) {
		wanted[c.place[under]] = true
	}
	if id.IsZero() {
		wanted[-1] = true
	}
	q := store.DealChoice{Type: stage, Period: span.Period}
	if stage == data.StageOpen {
		q.Period = data.AllTime
	}
	return t.app.store.DealKeys(ctx, q, func(territory, owner data.Key, day data.Day) bool {
		if stage == data.StageOpen || !day.Valid() {
			day = span.Today
		}
		return wanted[c.placeOf(territory, owner, day)]
	})
}
