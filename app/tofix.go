package app

import (
	"context"

	"fieldbook/data"
)

// FixItem is something in the book that wants a person's attention: what is the
// matter, how many rows it concerns, and the query that lists them.
type FixItem struct {
	Name  string // snake_case, for scripts
	Label string // in words, without the number: "open deals without account"
	Count int
	Query data.Query
}

// ToFix lists what is incomplete or out of date in the book, without what
// concerns no row. Nothing of it is refused anywhere: imports and merges bring
// in what they find.
func (a *App) ToFix(ctx context.Context) ([]FixItem, error) {
	items := a.fixItems()
	wheres := map[string][][]data.Filter{}
	for _, item := range items {
		wheres[item.Query.Kind] = append(wheres[item.Query.Kind], item.Query.Where)
	}
	counts := map[string][]int{}
	for kind, list := range wheres {
		var err error
		if counts[kind], err = a.store.CountEach(ctx, kind, list); err != nil {
			return nil, err
		}
	}
	var out []FixItem
	for _, item := range items {
		kind := item.Query.Kind
		item.Count, counts[kind] = counts[kind][0], counts[kind][1:]
		if item.Count > 0 {
			out = append(out, item)
		}
	}
	twins, err := a.Duplicates.Count(ctx)
	if twins > 0 {
		out = append(out, FixItem{Name: "duplicates", Label: "records that seem to stand twice", Count: twins, Query: data.Query{Kind: data.KindAlias}})
	}
	return out, err
}

// fixItems lists every kind of item, the ones that figures depend on first.
func (a *App) fixItems() []FixItem {
	open := fixIs("stage.type", data.StageOpen)
	closed := data.Filter{Field: "stage.type", Test: data.Is, Values: []data.Value{data.StageWon, data.StageLost}}
	yesterday := a.Today().AddDays(-1)
	deals := func(name, label string, where ...data.Filter) FixItem {
		return FixItem{Name: name, Label: label, Query: data.Query{Kind: data.KindDeal, Where: where}}
	}
	rows := func(name, label, kind string, where ...data.Filter) FixItem {
		return FixItem{Name: name, Label: label, Query: data.Query{Kind: kind, Where: where}}
	}
	return []FixItem{
		deals("deals_without_stage", "deals whose stage is gone", fixBlank("stage.type")),
		deals("closed_without_close_day", "closed deals without close day", closed, fixBlank("close_day")),
		deals("won_without_amount", "won deals without amount", fixIs("stage.type", data.StageWon), fixBlank("amount")),
		deals("open_without_amount", "open deals without amount or list price", open, fixBlank("amount"), fixBlank("product.price")),
		deals("open_without_close_day", "open deals without close day", open, fixBlank("close_day")),
		deals("open_past_close_day", "open deals past their close day", open, fixAtMost("close_day", yesterday)),
		deals("deals_without_owner", "deals without owner", fixBlank("owner")),
		deals("open_without_account", "open deals without account", open, fixBlank("account")),
		deals("open_next_step_due", "open deals whose next step is past due", open, fixAtMost("next_step_day", yesterday)),
		deals("open_without_next_step", "open deals without next step", open, fixBlank("next_step"), fixBlank("next_step_day")),
		rows("accounts_without_territory", "accounts without territory", data.KindAccount, fixBlank("territory")),
		rows("reps_without_manager", "reps without manager", data.KindPerson, fixIs("role", data.RoleRep), fixBlank("manager"),
			data.Filter{Field: "status", Test: data.IsNot, Values: []data.Value{data.StatusLeft}}),
		rows("quotas_without_amount", "quotas without amount", data.KindQuota, fixBlank("amount")),
	}
}

func fixIs(field string, v data.Value) data.Filter {
	return data.Filter{Field: field, Test: data.Is, Values: []data.Value{v}}
}

func fixBlank(field string) data.Filter { return data.Filter{Field: field, Test: data.Blank} }

func fixAtMost(field string, v data.Value) data.Filter {
	return data.Filter{Field: field, Test: data.AtMost, Values: []data.Value{v}}
}
