package roster

import (
	"cmp"
	"slices"
	"strings"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Keys of the columns, which are also those of the sort.
const (
	colName      = "name"
	colRole      = "role"
	colManager   = "manager"
	colRegion    = "region"
	colTerritory = "territory"
	colHired     = "hired"
	colStatus    = "status"
	colOpen      = "open"
	colOpenValue = "open_value"
	colWon       = "won"
	colQuota     = "quota"
	colEmail     = "email"
	colPhone     = "phone"
)

// filter is what the person wants to see of the roster.
type filter struct {
	search  string
	roles   []string
	regions []string // ids
	status  string   // statusHere, "" for everybody, or a status
	mend    bool     // only people with something to put right
}

// statusHere are all who have not left.
const statusHere = "here"

func (f filter) keeps(m *app.Member) bool {
	switch {
	case f.status == statusHere && m.Left():
		return false
	case f.status != "" && f.status != statusHere && m.Row.Text("status") != f.status:
		return false
	case len(f.roles) > 0 && !slices.Contains(f.roles, m.Row.Text("role")):
		return false
	case len(f.regions) > 0 && !slices.Contains(f.regions, m.Region.String()):
		return false
	case f.mend && len(m.Mends) == 0:
		return false
	}
	return f.search == "" || strings.Contains(kit.Fold(m.Row.Title()+" "+m.Row.Text("title")+" "+m.Row.Text("email")), kit.Fold(f.search))
}

// line is one row of the roster: a person and, in the tree, where he stands.
type line struct {
	member *app.Member
	depth  int
	below  int      // people shown or hidden right below
	open   bool     // they are shown
	dim    bool     // only here because somebody below passes the filter
	sums   app.Sums // with everybody below who passes, in the tree
}

// layout says how the roster is arranged.
type layout struct {
	filter filter
	sort   []kit.SortKey
	tree   bool
	closed map[data.ID]bool // people whose reports are hidden
}

// arrange puts the members that pass the filter in order. In the tree, people
// stand below their managers, and managers of those who pass stay visible.
func arrange(members []app.Member, l layout) []line {
	var kept []*app.Member
	for i := range members {
		if l.filter.keeps(&members[i]) {
			kept = append(kept, &members[i])
		}
	}
	if !l.tree {
		sortMembers(kept, l.sort)
		out := make([]line, len(kept))
		for i, m := range kept {
			out[i] = line{member: m, sums: m.Sums}
		}
		return out
	}
	return arrangeTree(members, kept, l)
}

func arrangeTree(members []app.Member, kept []*app.Member, l layout) []line {
	byID := map[data.ID]*app.Member{}
	for i := range members {
		byID[members[i].Row.ID] = &members[i]
	}
	shown, passes := map[data.ID]bool{}, map[data.ID]bool{}
	for _, m := range kept {
		passes[m.Row.ID] = true
		for at := m; at != nil && !shown[at.Row.ID]; at = byID[at.Manager] {
			shown[at.Row.ID] = true
		}
	}
	below := map[data.ID][]*app.Member{}
	for i := range members {
		m := &members[i]
		if shown[m.Row.ID] {
			below[m.Manager] = append(below[m.Manager], m)
		}
	}
	for _, list := range below {
		sortMembers(list, l.sort)
	}
	var out []line
	done := map[data.ID]bool{}
	var walk func(m *app.Member, depth int) app.Sums
	walk = func(m *app.Member, depth int) (sums app.Sums) {
		id := m.Row.ID
		if done[id] {
			return sums
		}
		done[id] = true
		if passes[id] {
			sums = m.Sums
		}
		at := len(out)
		out = append(out, line{member: m, depth: depth, below: len(below[id]), open: !l.closed[id], dim: !passes[id]})
		for _, b := range below[id] {
			sums.Add(walk(b, depth+1))
		}
		if l.closed[id] {
			out = out[:at+1]
		}
		out[at].sums = sums
		return sums
	}
	for _, m := range below[data.NoID] {
		walk(m, 0)
	}
	for i := range members { // a loop of managers has no top; it begins somewhere
		if shown[members[i].Row.ID] {
			walk(&members[i], 0)
		}
	}
	return out
}

// sortMembers sorts by the keys, then by name. Blank text and days come last.
func sortMembers(list []*app.Member, keys []kit.SortKey) {
	slices.SortStableFunc(list, func(a, b *app.Member) int {
		for _, k := range keys {
			c := compare(a, b, k)
			if c != 0 {
				return c
			}
		}
		return strings.Compare(kit.Fold(a.Row.Title()), kit.Fold(b.Row.Title()))
	})
}

func compare(a, b *app.Member, k kit.SortKey) int {
	ta, tb := sortText(a, k.Key), sortText(b, k.Key)
	c := strings.Compare(kit.Fold(ta), kit.Fold(tb))
	if ta == "" && tb == "" {
		c = cmp.Compare(sortNumber(a, k.Key), sortNumber(b, k.Key))
	} else if (ta == "") != (tb == "") {
		return cmp.Compare(len(tb), len(ta)) // blanks last, whichever way
	}
	if k.Desc {
		return -c
	}
	return c
}

func sortText(m *app.Member, key string) string {
	switch key {
	case colName:
		return m.Row.Title()
	case colRole:
		return m.Row.Text("role")
	case colManager:
		return managerName(m)
	case colRegion:
		return m.Place
	case colTerritory:
		return placeText(m)
	case colStatus:
		return m.Row.Text("status")
	case colEmail, colPhone:
		return m.Row.Text(key)
	}
	return ""
}

func sortNumber(m *app.Member, key string) int64 {
	switch key {
	case colHired:
		return int64(m.Row.Day("hire_day"))
	case colOpen:
		return int64(m.Sums.Open)
	case colOpenValue:
		return m.Sums.OpenValue
	case colWon:
		return m.Sums.WonValue
	case colQuota:
		return m.Sums.Quota
	}
	return 0
}

// managerName is the name of a manager who is in the book.
func managerName(m *app.Member) string {
	if m.Manager.IsZero() {
		return ""
	}
	return m.Row.Labels["manager"]
}

// placeText names the territories that a person covers today.
func placeText(m *app.Member) string {
	var names []string
	for _, p := range m.Posts {
		names = append(names, p.Place)
	}
	return strings.Join(names, ", ")
}

// words writes figures and days as this screen shows them.
type words struct{ kit.Words }

// tableRow draws a line.
func (w words) tableRow(l line, tree bool) kit.Row {
	m := l.member
	ink := kit.Token("")
	if l.dim || m.Left() {
		ink = kit.ColorFg2
	}
	name := kit.Cell{Text: m.Row.Title(), Color: ink, Bold: tree && l.below > 0 && !l.dim}
	if tree {
		name.Level = l.depth
		if l.below > 0 {
			name.Tree = kit.TreeClosed
			if l.open {
				name.Tree = kit.TreeOpen
			}
			name.Sub = lang.N("%d person", "%d people", l.below, l.below)
		}
		if mend, ok := managerMend(m); ok { // the tree has no need of the manager's column
			name.Tag = kit.Pill{Text: lang.T(string(mend)), Color: kit.ColorWarn, Bg: kit.ColorWarnBg}
		}
	}
	exact := func(minor int64) kit.Cell {
		return kit.Cell{Text: w.Money(minor), Copy: data.DecimalString(minor, w.Num.Currency.Digits()), Color: ink, Bold: name.Bold}
	}
	return kit.Row{ID: m.Row.ID.String(), Cells: []kit.Cell{
		name,
		roleCell(m),
		managerCell(m),
		{Text: m.Place, Color: ink},
		territoryCell(m),
		{Text: w.Count(l.sums.Open), Color: ink, Bold: name.Bold},
		exact(l.sums.OpenValue),
		exact(l.sums.WonValue),
		exact(l.sums.Quota),
		{Text: w.Day(m.Row.Day("hire_day")), Copy: m.Row.Day("hire_day").String(), Color: ink},
		statusCell(m),
		{Text: m.Row.Text("email"), Color: ink},
		{Text: m.Row.Text("phone"), Color: ink},
	}}
}

func roleCell(m *app.Member) kit.Cell {
	if slices.Contains(m.Mends, app.NoRole) {
		return mendCell(app.NoRole)
	}
	return kit.Cell{Text: lang.T(kit.Capital(m.Row.Text("role"))), Color: kit.ColorFg2}
}

func managerCell(m *app.Member) kit.Cell {
	if mend, ok := managerMend(m); ok {
		return mendCell(mend)
	}
	return kit.Cell{Text: managerName(m), Color: kit.ColorFg2}
}

// managerMend says what is wrong with whom a person reports to.
func managerMend(m *app.Member) (app.Mend, bool) {
	for _, mend := range []app.Mend{app.ReportsInLoop, app.ManagerLeft, app.NoManager} {
		if slices.Contains(m.Mends, mend) {
			return mend, true
		}
	}
	return "", false
}

func territoryCell(m *app.Member) kit.Cell {
	if slices.Contains(m.Mends, app.NoTerritory) {
		return mendCell(app.NoTerritory)
	}
	c := kit.Cell{Text: placeText(m)}
	if len(m.Posts) == 1 && m.Posts[0].Role != data.AssignOwner {
		c.Sub = lang.T(m.Posts[0].Role)
	}
	return c
}

func statusCell(m *app.Member) kit.Cell {
	switch s := m.Row.Text("status"); s {
	case data.StatusLeft:
		return kit.Cell{Tag: kit.Pill{Text: lang.T("left")}}
	case data.StatusLeave:
		return kit.Cell{Tag: kit.Pill{Text: lang.T("on leave"), Color: kit.ColorWarn, Bg: kit.ColorWarnBg}}
	default:
		return kit.Cell{Text: lang.T(kit.Capital(s)), Color: kit.ColorFg2}
	}
}

// mendCell says what is to be put right.
func mendCell(m app.Mend) kit.Cell {
	return kit.Cell{Text: lang.T(kit.Capital(string(m))), Icon: "warn", Color: kit.ColorWarn}
}

// totals is the row at the foot: everybody who passes the filter, folded away
// or not.
func (w words) totals(members []app.Member, f filter) kit.Row {
	var s app.Sums
	n := 0
	for i := range members {
		if f.keeps(&members[i]) {
			s.Add(members[i].Sums)
			n++
		}
	}
	return kit.Row{Bold: true, Cells: []kit.Cell{
		{Text: lang.N("%d person", "%d people", n, n)},
		{},
		{},
		{},
		{},
		{Text: w.Count(s.Open)},
		{Text: w.Money(s.OpenValue)},
		{Text: w.Money(s.WonValue)},
		{Text: w.Money(s.Quota)},
		{},
		{},
		{},
		{},
	}}
}
