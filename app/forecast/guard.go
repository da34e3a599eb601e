package forecast

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Refusal is a column that is not used, and why, in words.
type Refusal struct{ Name, Label, Reason string }

// What the guard asks for. A share differs where it does by so much and by so
// many standard errors; a distribution where the largest distance between two
// is so wide, beyond what time alone changed among closed deals.
const (
	fewOpen        = 30   // open deals below which there is nothing to compare with
	fillDiffers    = 0.05 // shares of deals with the column filled in
	farErrors      = 5.0
	spreadDiffers  = 0.15
	spreadHinted   = 0.08 // for columns whose name speaks of the close
	driftAllowance = 1.5
	timeParts      = 5
	nearPerfect    = 0.08 // error of the column alone as a share of what the base rate errs
	perfectRank    = 0.985
	tellingRank    = 0.53 // pairs of a won and a lost deal that a column by itself ranks right
	pureShare      = 0.003
	pureExpected   = 25 // deals of the other outcome that chance would have put there
)

// guard sorts the columns of examples into those that may be used and those
// that tell of the close or tell nothing.
type guard struct {
	e                 *Examples
	won, lost, closed []int
	open              []int
	times             [][]int // closed in parts that follow one another
}

// newGuard takes the closed deals in the order of time, as far as it is known:
// that of their close days, else that in which they stand.
func newGuard(e *Examples, order []int) *guard {
	g := &guard{e: e, won: e.rows(Won), lost: e.rows(Lost), closed: order, open: e.rows(StillOpen)}
	for i := range timeParts {
		g.times = append(g.times, order[len(order)*i/timeParts:len(order)*(i+1)/timeParts])
	}
	return g
}

// sift gives the places of usable columns and the refusals, in order.
func (g *guard) sift() (usable []int, refused []Refusal) {
	reasons := make([]string, len(g.e.Columns))
	leaking := map[string]bool{}
	for i := range g.e.Columns {
		c := &g.e.Columns[i]
		why, presence := g.judge(c)
		reasons[i] = why
		if presence && c.Source != "" {
			leaking[c.Source] = true
		}
	}
	for i := range g.e.Columns {
		c := &g.e.Columns[i]
		if reasons[i] == "" && leaking[c.Source] {
			reasons[i] = fmt.Sprintf("comes from the %s, and whether a deal has one tells whether it has closed", c.Source)
		}
		switch {
		case g.blank(c): // nothing to refuse
		case reasons[i] == "":
			usable = append(usable, i)
		default:
			refused = append(refused, Refusal{c.Name, c.Label, reasons[i]})
		}
	}
	return usable, refused
}

// judge gives the reason against a column, empty where there is none, and
// whether it lies in being filled in at all.
func (g *guard) judge(c *Column) (why string, presence bool) {
	if c.AtClose {
		return "filled in when a deal closes", false
	}
	if why := g.says(c); why != "" {
		return why, false
	}
	if why := g.filled(c); why != "" {
		return why, true
	}
	if why := g.separates(c); why != "" {
		return why, false
	}
	if c.Steady {
		return "", false
	}
	return g.spread(c), false
}

// says refuses what is the same in every deal or another in each.
func (g *guard) says(c *Column) string {
	filled, distinct, rising := 0, map[any]bool{}, c.numeric()
	last := math.Inf(-1)
	for i := range g.e.Outcomes {
		if !c.has(i) {
			continue
		}
		filled++
		distinct[c.key(i)] = true
		if rising {
			x := c.Numbers[i]
			rising, last = x > last && x == math.Trunc(x), x
		}
	}
	switch {
	case len(distinct) == 1 && filled == len(g.e.Outcomes):
		return "the same in every deal"
	case !c.numeric() && len(distinct) > 20 && len(distinct)*2 > filled:
		return "another in nearly every deal, as a name or a number of the deal is"
	case rising && len(distinct) > 20:
		return "counts the deals up, as a number of the deal does"
	}
	return ""
}

// blank reports whether no deal has the column.
func (g *guard) blank(c *Column) bool {
	for i := range g.e.Outcomes {
		if c.has(i) {
			return false
		}
	}
	return true
}

func (g *guard) share(c *Column, rows []int) float64 {
	n := 0
	for _, i := range rows {
		if c.has(i) {
			n++
		}
	}
	return float64(n) / float64(max(1, len(rows)))
}

// filled refuses a column whose being filled in tells open deals from closed
// ones, or one end from the other.
func (g *guard) filled(c *Column) string {
	closed := g.share(c, g.closed)
	if len(g.open) >= fewOpen {
		open := g.share(c, g.open)
		p := (open*float64(len(g.open)) + closed*float64(len(g.closed))) / float64(len(g.open)+len(g.closed))
		se := math.Sqrt(p * (1 - p) * (1/float64(len(g.open)) + 1/float64(len(g.closed))))
		drift := 0.0
		for _, part := range g.times {
			drift = max(drift, math.Abs(g.share(c, part)-closed))
		}
		if d := math.Abs(open - closed); d > fillDiffers && d > driftAllowance*drift && d > farErrors*se {
			return fmt.Sprintf("filled in for %s of closed deals and %s of open ones, so it tells of the close", percent(closed), percent(open))
		}
	}
	won, lost := g.share(c, g.won), g.share(c, g.lost)
	for _, side := range []struct{ won, lost float64 }{{won, lost}, {1 - won, 1 - lost}} {
		nw, nl := side.won*float64(len(g.won)), side.lost*float64(len(g.lost))
		base := float64(len(g.won)) / float64(max(1, len(g.closed)))
		n := nw + nl
		if min(nw, nl) <= pureShare*n && n*min(base, 1-base) >= pureExpected {
			return fmt.Sprintf("filled in for %s of won deals and %s of lost ones, which only the close can have done", percent(won), percent(lost))
		}
	}
	return ""
}

// separates refuses a column that by itself tells won from lost as nothing
// that is known beforehand does.
func (g *guard) separates(c *Column) string {
	rank, miss := g.alone(c)
	base := min(len(g.won), len(g.lost))
	if base < pureExpected {
		return ""
	}
	if miss <= nearPerfect*float64(base) || rank >= perfectRank {
		return "tells won from lost without fail, which nothing known before the close does"
	}
	switch {
	case c.Steady:
	case len(g.open) < fewOpen && hinted(c.Label):
		return "its name speaks of the close, and too few open deals are there to show that it is known before"
	case namesClose(c.Label) && max(rank, g.inTenths(c)) >= tellingRank:
		return "its name speaks of the close, and by itself it tells won from lost; that open deals have it as well does not show that it was known before"
	}
	return ""
}

// inTenths is how well a number ranks won before lost by the tenth of the deals
// that it lies in, whichever tenths go with which end; of a text 0.5.
func (g *guard) inTenths(c *Column) float64 {
	if !c.numeric() {
		return 0.5
	}
	sorted := filledNumbers(c, g.closed)
	tenths := Column{Texts: make([]string, len(c.Numbers))}
	for i, x := range c.Numbers {
		if c.has(i) && len(sorted) > 0 {
			at, _ := slices.BinarySearch(sorted, x)
			tenths.Texts[i] = string(rune('a' + 10*at/(len(sorted)+1)))
		}
	}
	rank, _ := g.alone(&tenths)
	return rank
}

// alone gives how well a column ranks won before lost by itself (0.5 to 1) and
// how many closed deals it gets wrong, each value voting for its majority.
func (g *guard) alone(c *Column) (rank, miss float64) {
	type tally struct{ won, lost float64 }
	cells := map[any]*tally{}
	var keys []any
	for _, i := range g.closed {
		if !c.has(i) {
			continue
		}
		key := c.key(i)
		t := cells[key]
		if t == nil {
			t = &tally{}
			cells[key] = t
			keys = append(keys, key)
		}
		if g.e.Outcomes[i] == Won {
			t.won++
		} else {
			t.lost++
		}
	}
	rate := func(t *tally) float64 { return t.won / (t.won + t.lost) }
	slices.SortStableFunc(keys, func(a, b any) int {
		if c.numeric() {
			return cmp.Compare(a.(float64), b.(float64))
		}
		return cmp.Compare(rate(cells[a]), rate(cells[b]))
	})
	// Numbers vote in neighbourhoods, else each would be right by itself.
	var pairs, right, lostBefore, inWon, inLost float64
	var won, lost float64
	least := 1.0
	if c.numeric() {
		least = max(20, float64(len(g.closed))/200)
	}
	for _, key := range keys {
		t := cells[key]
		right += t.won * (lostBefore + t.lost/2)
		lostBefore += t.lost
		won, lost = won+t.won, lost+t.lost
		if !c.numeric() && t.won+t.lost < 3 { // too few to vote
			miss += (t.won + t.lost) / 2
			continue
		}
		inWon, inLost = inWon+t.won, inLost+t.lost
		if inWon+inLost >= least {
			miss += min(inWon, inLost)
			inWon, inLost = 0, 0
		}
	}
	miss += min(inWon, inLost)
	miss += min(float64(len(g.won))-won, float64(len(g.lost))-lost) // where it is absent
	if pairs = won * lost; pairs == 0 {
		return 0.5, miss
	}
	rank = right / pairs
	return max(rank, 1-rank), miss
}

// spread refuses a column whose values lie elsewhere in open deals than in
// closed ones, more than time alone explains.
func (g *guard) spread(c *Column) string {
	if len(g.open) < fewOpen {
		return ""
	}
	d, n := distance(c, g.open, g.closed)
	drift := 0.0
	for _, part := range g.times {
		apart, _ := distance(c, part, g.closed)
		drift = max(drift, apart)
	}
	limit := spreadDiffers
	if hinted(c.Label) {
		limit = spreadHinted
	}
	if d > limit && d > driftAllowance*drift && d*math.Sqrt(n) > 2.5 {
		return fmt.Sprintf("lies elsewhere in closed deals than in open ones (%s of them apart), so the close changes it", percent(d))
	}
	return ""
}

// distance is the largest difference between the shares of two sets of deals up
// to a value (numbers), or half the sum of differences of shares (texts), with
// the number of deals that it speaks for.
func distance(c *Column, a, b []int) (d, n float64) {
	if c.numeric() {
		return numbersApart(filledNumbers(c, a), filledNumbers(c, b))
	}
	shares := map[string][2]float64{}
	var of [2]float64
	for side, rows := range [][]int{a, b} {
		for _, i := range rows {
			if c.has(i) {
				s := shares[c.Texts[i]]
				s[side]++
				shares[c.Texts[i]] = s
				of[side]++
			}
		}
	}
	if of[0] == 0 || of[1] == 0 {
		return 0, 0
	}
	n = of[0] * of[1] / (of[0] + of[1])
	chance := 0.0
	for _, s := range shares {
		p := (s[0] + s[1]) / (of[0] + of[1])
		d += math.Abs(s[0]/of[0]-s[1]/of[1]) / 2
		chance += math.Sqrt(p*(1-p)/n) * 0.4 // what equal shares differ by on average: √(2/π) ÷ 2
	}
	return max(0, d-chance), n
}

// numbersApart takes sorted numbers.
func numbersApart(x, y []float64) (d, n float64) {
	if len(x) == 0 || len(y) == 0 {
		return 0, 0
	}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		v := min(x[i], y[j])
		for i < len(x) && x[i] == v {
			i++
		}
		for j < len(y) && y[j] == v {
			j++
		}
		d = max(d, math.Abs(float64(i)/float64(len(x))-float64(j)/float64(len(y))))
	}
	return d, float64(len(x)) * float64(len(y)) / float64(len(x)+len(y))
}

func filledNumbers(c *Column, rows []int) []float64 {
	out := make([]float64, 0, len(rows))
	for _, i := range rows {
		if c.has(i) {
			out = append(out, c.Numbers[i])
		}
	}
	slices.Sort(out)
	return out
}

// hints are words in the name of a column that speak of the close. They make
// the guard look closer, and decide alone where no open deals can be asked.
var hints = []string{"closing", "closed", "close", "total days", "outcome", "result", "won", "lost", "loss", "final", "actual"}

func hinted(label string) bool { return speaks(label, hints) }

// What names a measure taken at the close, and what says that it was before.
var (
	closeNames = []string{
		"through closing", "through close", "to closing", "to close", "until closing", "until close", "at closing", "at close", "after close", "closed", "to total days", "of total days", "to total time",
		"close reason", "closing reason", "win reason", "won reason", "loss reason", "lost reason", "reason lost", "reason won", "outcome", "result", "final", "actual",
	}
	beforeNames = []string{"past", "last", "previous", "prior", "former", "history", "expected", "estimated", "planned", "projected", "forecast", "target"}
)

// namesClose reports whether a name says that the column is measured at the close.
func namesClose(label string) bool { return speaks(label, closeNames) && !speaks(label, beforeNames) }

// speaks reports whether a name has one of some phrases among its words.
func speaks(label string, phrases []string) bool {
	words := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	folded := " " + strings.Join(words, " ") + " "
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(folded, " "+p+" ") })
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }
