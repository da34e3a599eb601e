package territories

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Keys of the tree's columns, which are also those of the sort.
const (
	colName      = "name"
	colOwner     = "owner"
	colAccounts  = "accounts"
	colOpen      = "open"
	colOpenValue = "open_value"
	colWon       = "won"
	colQuota     = "quota"
)

// Rows of the tree that are no territory.
const (
	rowAll  = "all"  // every account
	rowNone = "none" // accounts without a territory
)

// line is one row of the tree: a territory, or one of the two rows around them.
type line struct {
	id   string
	at   *app.Territory // nil for rowAll and rowNone
	sums app.Sums
	open bool
}

// arrange lists the territories whose parents are open, siblings in order,
// between all accounts and those without a territory.
func arrange(tree *app.TerritoryTree, sort []kit.SortKey, closed map[data.ID]bool) []line {
	out := []line{{id: rowAll, sums: tree.Total}}
	var walk func(list []*app.Territory)
	walk = func(list []*app.Territory) {
		sortTerritories(list, sort)
		for _, t := range list {
			id := t.Row.ID
			out = append(out, line{id: id.String(), at: t, sums: t.Total, open: !closed[id]})
			if closed[id] {
				continue
			}
			below := make([]*app.Territory, len(t.Below))
			for i, b := range t.Below {
				below[i] = tree.Get(b)
			}
			walk(below)
		}
	}
	var roots []*app.Territory
	for _, t := range tree.List {
		if t.Parent.IsZero() {
			roots = append(roots, t)
		}
	}
	walk(roots)
	if tree.Loose != (app.Sums{}) {
		out = append(out, line{id: rowNone, sums: tree.Loose})
	}
	return out
}

func sortTerritories(list []*app.Territory, keys []kit.SortKey) {
	slices.SortStableFunc(list, func(a, b *app.Territory) int {
		for _, k := range keys {
			c := compare(a, b, k.Key)
			if k.Desc {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return strings.Compare(kit.Fold(a.Row.Title()), kit.Fold(b.Row.Title()))
	})
}

func compare(a, b *app.Territory, key string) int {
	switch key {
	case colName:
		return strings.Compare(kit.Fold(a.Row.Title()), kit.Fold(b.Row.Title()))
	case colOwner:
		return strings.Compare(kit.Fold(strings.Join(owners(a), ", ")), kit.Fold(strings.Join(owners(b), ", ")))
	}
	return cmp.Compare(figure(a.Total, key), figure(b.Total, key))
}

func figure(s app.Sums, key string) int64 {
	switch key {
	case colAccounts:
		return int64(s.Accounts)
	case colOpen:
		return int64(s.Open)
	case colOpenValue:
		return s.OpenValue
	case colWon:
		return s.WonValue
	case colQuota:
		return s.Quota
	}
	return 0
}

// owners names who own a territory, else who manage it.
func owners(t *app.Territory) []string {
	for _, role := range []string{data.AssignOwner, data.AssignManager} {
		var names []string
		for _, p := range t.Posts {
			if p.Role == role {
				names = append(names, p.Name)
			}
		}
		if len(names) > 0 {
			return names
		}
	}
	return nil
}

// ownerCell names the first and counts the others.
func ownerCell(t *app.Territory) kit.Cell {
	names := owners(t)
	switch {
	case len(names) > 1:
		return kit.Cell{Text: names[0], Sub: "+" + strconv.Itoa(len(names)-1), Copy: strings.Join(names, ", "), Color: kit.ColorFg2}
	case len(names) == 1:
		return kit.Cell{Text: names[0], Color: kit.ColorFg2}
	case len(t.Below) == 0:
		return kit.Cell{Text: lang.T("Nobody"), Icon: "warn", Color: kit.ColorWarn}
	}
	return kit.Cell{Color: kit.ColorFg2}
}

// words writes figures and days as this screen shows them.
type words struct{ kit.Words }

// name is what a row of the tree is called.
func (l line) name() string {
	switch {
	case l.at != nil:
		return l.at.Row.Title()
	case l.id == rowNone:
		return lang.T("Without a territory")
	}
	return lang.T("All accounts")
}

// treeRow draws a line.
func (w words) treeRow(l line) kit.Row {
	name := kit.Cell{Text: l.name(), Bold: l.at == nil || l.at.Depth == 0 || len(l.at.Below) > 0}
	owner := kit.Cell{Color: kit.ColorFg2}
	if l.at == nil {
		name.Icon = "layers"
		if l.id == rowNone {
			name.Icon, name.Color, name.Bold = "warn", kit.ColorWarn, false
		}
	} else {
		name.Level = l.at.Depth
		if len(l.at.Below) > 0 {
			name.Tree = kit.TreeClosed
			if l.open {
				name.Tree = kit.TreeOpen
			}
		}
		if l.at.Loose {
			name.Tag = kit.Pill{Text: lang.T("parent removed"), Color: kit.ColorWarn, Bg: kit.ColorWarnBg}
		}
		owner = ownerCell(l.at)
	}
	bold := name.Bold && l.at != nil
	money := func(minor int64) kit.Cell {
		return kit.Cell{Text: w.Money(minor), Copy: data.DecimalString(minor, w.Num.Currency.Digits()), Bold: bold}
	}
	return kit.Row{ID: l.id, Cells: []kit.Cell{
		name, owner,
		{Text: w.Count(l.sums.Accounts), Bold: bold},
		{Text: w.Count(l.sums.Open), Bold: bold},
		money(l.sums.OpenValue), money(l.sums.WonValue), money(l.sums.Quota),
	}}
}

// accountRow draws an account of a list.
func accountRow(r data.Row) kit.Row {
	place := kit.Cell{Text: r.Labels["territory"], Color: kit.ColorFg2}
	if place.Text == "" {
		place = kit.Cell{Text: lang.T("None"), Icon: "warn", Color: kit.ColorWarn}
	}
	city := kit.Cell{Text: r.Text("city"), Sub: r.Text("state")}
	if city.Sub == "" {
		city.Sub = r.Text("country")
	}
	if city.Text == "" {
		city.Text, city.Sub = r.Text("country"), ""
	}
	second := func(text string) kit.Cell { return kit.Cell{Text: text, Color: kit.ColorFg2} }
	return kit.Row{ID: r.ID.String(), Cells: []kit.Cell{
		{Text: r.Title()},
		place, second(r.Labels["owner"]), city,
		second(lang.T(kit.Capital(r.Text("industry")))), second(r.Text("state")), second(r.Text("country")),
	}}
}

// ruleText words a rule: "Industry is Medical; Retail".
func ruleText(k *data.Kind, r app.Rule) string {
	label := r.Field
	if f, ok := k.Field(r.Field); ok {
		label = lang.T(f.Label)
	}
	return label + " " + lang.T(string(r.Test)) + " " + r.Value
}

// previewText says what a rule would do.
func previewText(w words, p app.Preview) string {
	if p.Matches == 0 {
		return lang.T("Matches no account")
	}
	var parts []string
	if p.Here > 0 {
		parts = append(parts, lang.T("%s already here", w.Num.Count(p.Here)))
	}
	if p.Free > 0 {
		parts = append(parts, lang.T("%s in no territory", w.Num.Count(p.Free)))
	}
	if len(parts) == 0 {
		return lang.N("Matches %s account", "Matches %s accounts", p.Matches, w.Num.Count(p.Matches))
	}
	return lang.T("Matches %s: %s", w.Num.Count(p.Matches), strings.Join(parts, ", "))
}

func periodText(p data.Period) string {
	if p.IsAll() {
		return lang.T("all time")
	}
	return kit.PeriodText(p)
}
