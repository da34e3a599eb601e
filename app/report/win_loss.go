package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// WinLoss is what the report of that name is made from: the deals closed in a
// period and the figures of its segments.
type WinLoss struct {
	Cover
	Total            metrics.Row
	Closed           []ClosedDeal
	Sector, Products metrics.Result // by sector and by product
}

// ClosedDeal is one deal that was won or lost in the period.
type ClosedDeal struct {
	Key        data.Key
	Won        bool
	Value      int64 // in the book's currency, with Known
	Known      bool
	Reason     string // why it was won or lost
	Competitor string
	Stage      string   // the furthest that a lost deal reached
	StageAt    int      // where that stands
	Segments   []string // of the market, that its account is in
}

// Doc lays the report out: the figures of all, why, to whom and where deals were
// lost, and the win rates of segments against all other deals.
func (w WinLoss) Doc() Doc {
	d := w.doc(lang.T("Win and loss"), 0)
	d.Sections = []Section{{Blocks: []Block{Figures{Cards: w.cards()}}}}
	if len(w.Closed) == 0 {
		d.say(lang.T("No deal was won or lost in this period."))
		d.Definitions = w.definitions()
		return d
	}
	currency := string(w.Numbers.Currency)
	lost := lang.T("lost deals, n = %s, values in %s", w.Numbers.Count(w.Total.Lost), currency)
	if w.Total.Lost > 0 {
		reasons := w.outcomes(outcomeAsk{lang.T("Reason"), lang.T("No reason given"), false, byCount, func(c ClosedDeal) string { return c.Reason }})
		stages := w.outcomes(outcomeAsk{lang.T("Furthest stage"), lang.T("Stage not known"), false, byStage, func(c ClosedDeal) string { return c.Stage }})
		d.Sections = append(d.Sections,
			Section{Heading: lang.T("Why deals were lost"), Caption: lost, Blocks: []Block{reasons}},
			Section{Heading: lang.T("How far lost deals came"), Caption: lost, Blocks: []Block{stages}},
		)
	}
	if slices.ContainsFunc(w.Closed, func(c ClosedDeal) bool { return c.Won && strings.TrimSpace(c.Reason) != "" }) {
		won := lang.T("won deals, n = %s, values in %s", w.Numbers.Count(w.Total.Won), currency)
		why := w.outcomes(outcomeAsk{lang.T("Reason"), lang.T("No reason given"), true, byCount, func(c ClosedDeal) string { return c.Reason }})
		d.Sections = append(d.Sections, Section{Heading: lang.T("Why deals were won"), Caption: won, Blocks: []Block{why}})
	}
	if w.Total.Lost > 0 && w.namedOnlyLost() {
		to := w.outcomes(outcomeAsk{lang.T("Competitor"), lang.T("No competitor named"), false, byCount, func(c ClosedDeal) string { return c.Competitor }})
		d.Sections = append(d.Sections, Section{Heading: lang.T("To whom deals were lost"), Caption: lost, Blocks: []Block{to}})
	}
	against := lang.T("win rate by count, each against all other deals of this report")
	for _, s := range []struct {
		heading, first string
		rows           []segment
	}{
		{lang.T("By competitor"), lang.T("Competitor"), w.competitors()},
		{lang.T("By segment"), lang.T("Segment"), w.markets()},
		{lang.T("By sector"), lang.T("Sector"), segments(w.Sector)},
		{lang.T("By product"), lang.T("Product"), segments(w.Products)},
		{lang.T("By size of deal"), lang.T("Value"), w.sizes()},
	} {
		if len(s.rows) > 0 {
			d.Sections = append(d.Sections, Section{Heading: s.heading, Caption: against, Blocks: []Block{w.rates(s.first, s.rows)}})
		}
	}
	d.say(leftOut(w.Total.LeftOut))
	d.Definitions = w.definitions()
	return d
}

func (w WinLoss) cards() []Card {
	n, t := w.Numbers, w.Total
	without, value := 0, int64(0)
	for _, c := range w.Closed {
		if !c.Won && c.Reason == "" {
			without++
			value += c.Value
		}
	}
	return []Card{
		n.wonCard(t),
		{Name: lang.T("Lost"), Text: n.Short(t.LostValue.Minor), Sub: lang.N("%d deal", "%d deals", t.Lost)},
		n.winRateCard(t),
		{Name: lang.T("Win rate, value"), Text: n.share(t.WinRateValue.Value())},
		{Name: lang.T("Lost, no reason"), Text: n.share(ratio(without, t.Lost)), Sub: n.Ratio(without, t.Lost)},
	}
}

// ratio is a part of a whole, if there is any.
func ratio[N int | int64](part, whole N) (float64, bool) {
	if whole <= 0 {
		return 0, false
	}
	return float64(part) / float64(whole), true
}

// mostLines is how many lines a table of the report has before the rest is summed.
const mostLines = 12

// lossGroup is what was lost for one reason or at one stage.
type lossGroup struct {
	name  string
	n     int
	value int64
	at    int
}

func byCount(a, b lossGroup) int {
	return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(b.value, a.value), cmp.Compare(a.name, b.name))
}

func byStage(a, b lossGroup) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.name, b.name)) }

// outcomeAsk asks for a count of the won or the lost deals by what of gives.
type outcomeAsk struct {
	first, none string
	won         bool
	order       func(a, b lossGroup) int
	of          func(ClosedDeal) string
}

// outcomes counts deals by what is asked; those without stand last. Texts that
// differ in case or spaces only are one.
func (w WinLoss) outcomes(a outcomeAsk) Table {
	groups := map[string]*lossGroup{}
	without := lossGroup{name: a.none}
	for _, c := range w.Closed {
		if c.Won != a.won {
			continue
		}
		g, name := &without, strings.TrimSpace(a.of(c))
		if key := strings.ToLower(name); key != "" {
			if g = groups[key]; g == nil {
				g = &lossGroup{name: name, at: c.StageAt}
				groups[key] = g
			}
			g.name = min(g.name, name)
		}
		g.n++
		g.value += c.Value
	}
	var list []lossGroup
	for _, g := range groups {
		list = append(list, *g)
	}
	slices.SortFunc(list, a.order)
	if len(list) > mostLines+1 {
		rest := lossGroup{name: lang.T("%d others", len(list)-mostLines)}
		for _, g := range list[mostLines:] {
			rest.n, rest.value = rest.n+g.n, rest.value+g.value
		}
		list = append(list[:mostLines], rest)
	}
	if without.n > 0 {
		list = append(list, without)
	}
	return w.outcomeTable(a, list)
}

func (w WinLoss) outcomeTable(a outcomeAsk, list []lossGroup) Table {
	n := w.Numbers
	titles, all := []string{lang.T("Lost"), lang.T("Of lost"), lang.T("Of lost value")}, lang.T("All lost deals")
	if a.won {
		titles, all = []string{lang.T("Won"), lang.T("Of won"), lang.T("Of won value")}, lang.T("All won deals")
	}
	t := Table{Columns: []Column{
		{Title: a.first, Share: 1},
		{Title: titles[0], Right: true, Bold: true},
		{Title: titles[1], Right: true},
		{Title: lang.T("Value"), Right: true},
		{Title: titles[2], Right: true},
	}}
	sum := lossGroup{name: all}
	for _, g := range list {
		sum.n, sum.value = sum.n+g.n, sum.value+g.value
	}
	cells := func(g lossGroup) []Cell {
		return []Cell{{Text: g.name}, {Text: n.Count(g.n)}, {Text: n.share(ratio(g.n, sum.n))}, {Text: n.Whole(g.value)}, {Text: n.share(ratio(g.value, sum.value))}}
	}
	for _, g := range list {
		t.Rows = append(t.Rows, Row{Cells: cells(g)})
	}
	t.Totals = []Row{{Cells: cells(sum)}}
	return t
}

// segment is some of the closed deals.
type segment struct {
	name                string
	won, lost           int
	wonValue, lostValue int64
	keys                []data.Key // where the deals are known one by one
}

func segments(r metrics.Result) []segment {
	var out []segment
	for _, row := range r.Rows {
		if row.Won+row.Lost > 0 {
			out = append(out, segment{name: row.Key, won: row.Won, lost: row.Lost, wonValue: row.WonValue.Minor, lostValue: row.LostValue.Minor})
		}
	}
	if len(out) == 1 && out[0].name == "(none)" {
		return nil
	}
	return out
}

func (s *segment) add(c ClosedDeal) {
	s.keys = append(s.keys, c.Key)
	if c.Won {
		s.won, s.wonValue = s.won+1, s.wonValue+c.Value
		return
	}
	s.lost, s.lostValue = s.lost+1, s.lostValue+c.Value
}

// namedOnlyLost reports whether competitors are named on lost deals alone: a win
// rate against one would then be 0 by the way it is noted.
func (w WinLoss) namedOnlyLost() bool {
	named := false
	for _, c := range w.Closed {
		if strings.TrimSpace(c.Competitor) != "" {
			if c.Won {
				return false
			}
			named = true
		}
	}
	return named
}

func (w WinLoss) competitors() []segment {
	if w.namedOnlyLost() {
		return nil
	}
	return w.grouped(func(c ClosedDeal) []string { return []string{c.Competitor} })
}

// markets are the segments of the market. A deal counts in each that its account
// is in, and in none where that is in none.
func (w WinLoss) markets() []segment {
	return w.grouped(func(c ClosedDeal) []string { return c.Segments })
}

// grouped sorts the closed deals by names; those that differ in case or spaces
// only are one, blank ones none.
func (w WinLoss) grouped(of func(ClosedDeal) []string) []segment {
	groups := map[string]*segment{}
	for _, c := range w.Closed {
		for _, name := range of(c) {
			name = strings.TrimSpace(name)
			key := strings.ToLower(name)
			if key == "" {
				continue
			}
			if groups[key] == nil {
				groups[key] = &segment{name: name}
			}
			groups[key].name = min(groups[key].name, name)
			groups[key].add(c)
		}
	}
	var out []segment
	for _, s := range groups {
		out = append(out, *s)
	}
	return out
}

// sizes cuts the closed deals into quarters by value.
func (w WinLoss) sizes() []segment {
	var values []int64
	for _, c := range w.Closed {
		if c.Known {
			values = append(values, c.Value)
		}
	}
	slices.Sort(values)
	if len(values) < 4 {
		return nil
	}
	var edges []int64
	for i := 1; i < 4; i++ {
		edges = append(edges, values[len(values)*i/4-1])
	}
	edges = slices.Compact(append(edges, values[len(values)-1]))
	out := make([]segment, len(edges))
	for i, edge := range edges {
		out[i].name = lang.T("up to %s", w.Numbers.Short(edge))
		if i > 0 {
			out[i].name = lang.T("over %s, up to %s", w.Numbers.Short(edges[i-1]), w.Numbers.Short(edge))
		}
	}
	for _, c := range w.Closed {
		if at, _ := slices.BinarySearch(edges, c.Value); c.Known {
			out[at].add(c)
		}
	}
	return out
}

// rates sets segments side by side, the largest first but for sizes, which come
// in order.
func (w WinLoss) rates(first string, list []segment) Table {
	n := w.Numbers
	t := Table{Columns: []Column{
		{Title: first, Share: 1},
		{Title: lang.T("Won of closed"), Right: true},
		{Title: lang.T("Win rate"), Right: true, Bold: true},
		{Title: lang.T("Interval"), Right: true},
		{Title: lang.T("By value"), Right: true},
		{Title: lang.T("Won"), Right: true},
		{Title: lang.T("Against others")},
	}}
	list = slices.Clone(list)
	if first != lang.T("Value") {
		slices.SortFunc(list, func(a, b segment) int {
			return cmp.Or(cmp.Compare(b.won+b.lost, a.won+a.lost), cmp.Compare(a.name, b.name))
		})
	}
	row := func(s segment, verdict string) Row {
		rate := metrics.NewWinRate(s.won, s.lost)
		return Row{Cells: []Cell{
			{Text: s.name},
			{Text: n.Ratio(s.won, s.won+s.lost)},
			{Text: n.share(rate.Value())},
			{Text: n.interval(rate)},
			{Text: n.share(ratio(s.wonValue, s.wonValue+s.lostValue))},
			{Text: n.Whole(s.wonValue)},
			{Text: verdict},
		}}
	}
	all := metrics.NewWinRate(w.Total.Won, w.Total.Lost)
	for i, s := range list {
		if i >= mostLines && len(list) > mostLines+1 {
			rest := segment{name: lang.T("%d others", len(list)-i)}
			for _, s := range list[i:] {
				rest.won, rest.lost, rest.wonValue, rest.lostValue = rest.won+s.won, rest.lost+s.lost, rest.wonValue+s.wonValue, rest.lostValue+s.lostValue
			}
			t.Rows = append(t.Rows, row(rest, ""))
			break
		}
		t.Rows = append(t.Rows, row(s, Apart(metrics.NewWinRate(s.won, s.lost), metrics.NewWinRate(int(all.Num)-s.won, all.N-int(all.Num)-s.lost))))
	}
	t.Totals = []Row{row(segment{name: lang.T("All closed deals"), won: w.Total.Won, lost: w.Total.Lost, wonValue: w.Total.WonValue.Minor, lostValue: w.Total.LostValue.Minor}, "")}
	return t
}

// Apart says in words whether two win rates differ: the 95 % interval of their
// difference from the two score intervals (Newcombe 1998, method 10) leaves out
// 0. Below 20 closed deals on either side it says that these are too few.
func Apart(a, b metrics.WinRate) string {
	if a.N < leastToTell || b.N < leastToTell {
		return lang.T("too few to tell")
	}
	p, _ := a.Value()
	q, _ := b.Value()
	d := p - q
	switch {
	case d-math.Hypot(p-a.Low, b.High-q) > 0:
		return lang.T("higher by %s", points(d))
	case d+math.Hypot(a.High-p, q-b.Low) < 0:
		return lang.T("lower by %s", points(-d))
	}
	return lang.T("no clear difference")
}

func points(d float64) string {
	n := int(math.Round(d * 100))
	return lang.N("%d point", "%d points", n)
}

func (w WinLoss) definitions() []Fact {
	return []Fact{
		{Name: lang.T("Won, lost"), Text: lang.T("deals closed in the period, by close date; a lost deal counts its last open amount, else its list price")},
		{Name: lang.T("Win rate"), Text: lang.T("won deals divided by won and lost deals; the interval is Wilson’s at 95%")},
		{Name: lang.T("By value"), Text: lang.T("won value divided by won and lost value")},
		{Name: lang.T("Against others"), Text: lang.T("the win rate beside that of all other closed deals of this report; told apart only where the 95%% interval of the difference leaves out 0, "+
			"and with at least %d closed deals on both sides. Of twenty such lines about one differs by chance", leastToTell)},
		{Name: lang.T("Furthest stage"), Text: lang.T("the last open stage that a lost deal reached; one without history got to the first")},
		{Name: lang.T("Segment"), Text: lang.T("of the market, as its rule has it today; a deal counts in each that its account is in")},
		{Name: lang.T("Size"), Text: lang.T("closed deals in four parts by value, as equal in number as equal values allow")},
	}
}
