// Package meeting makes the agenda of a pipeline review: which deals are to be
// spoken of, for which reasons, in which order. It is pure.
package meeting

import (
	"cmp"
	"slices"
	"strings"

	"fieldbook/data"
)

// Reason is why a deal is on the agenda. Its text is kept with the item.
type Reason string

// The reasons, in the order in which they are spoken of: what can still be
// saved first, what is over last.
const (
	CommitAtRisk Reason = "commit at risk"
	PastClose    Reason = "close day gone by"
	Pushed       Reason = "close day pushed"
	Stalled      Reason = "stalled"
	NoStep       Reason = "no next step"
	StepOverdue  Reason = "next step overdue"
	Large        Reason = "large"
	Changed      Reason = "changed"
	New          Reason = "new"
	Lost         Reason = "lost"
	Won          Reason = "won"
)

// Reasons lists all, in order.
func Reasons() []Reason {
	return []Reason{CommitAtRisk, PastClose, Pushed, Stalled, NoStep, StepOverdue, Large, Changed, New, Lost, Won}
}

// State is whether a deal is open or how it ended.
type State uint8

// The states.
const (
	Open State = iota
	IsWon
	IsLost
)

// Standing is how a deal stood on a day.
type Standing struct {
	Stage int32    // place of the stage, negative for none
	Close data.Day // NoDay where it has none
	Value int64    // minor units of the book's currency, with Known
	Known bool
}

// Deal is one deal on the day of the meeting and on the day of the last.
type Deal struct {
	Key    data.Key
	State  State
	Now    Standing
	Before Standing // with Was
	Was    bool     // it was open in the scope on the day of the last meeting
	Fresh  bool     // it was not in the book then
	Commit bool     // its forecast category is commit

	Planned bool     // a next step or an activity is planned
	StepOn  data.Day // NoDay where the step has none
	Stalled int      // days in the stage, 0 unless it is stalled
}

// Options say for which meeting the agenda is.
type Options struct {
	Day    data.Day    // of the meeting
	Period data.Period // deals due in it are weighed
	Most   int         // items under one reason; 0 is no limit
}

// Item is one deal of an agenda.
type Item struct {
	Deal
	Reasons []Reason // the first is the one under which it stands
}

// Reason is the one under which the item stands.
func (i Item) Reason() Reason { return i.Reasons[0] }

// Words are the reasons as they are kept.
func (i Item) Words() string {
	out := make([]string, len(i.Reasons))
	for n, r := range i.Reasons {
		out[n] = string(r)
	}
	return strings.Join(out, "; ")
}

// ParseReasons reads what Words wrote; text of people's own is kept as it is.
func ParseReasons(words string) []Reason {
	var out []Reason
	for part := range strings.SplitSeq(words, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, Reason(part))
		}
	}
	return out
}

// Agenda is what a meeting is to speak of. No deal is in it twice.
type Agenda struct {
	Items []Item                // by reason, then the largest first
	Rest  map[Reason][]data.Key // deals that Most left out, under the reason they would stand
}

// Make makes the agenda. A deal that gives no reason to be spoken of is not on it.
func Make(deals []Deal, opt Options) Agenda {
	large := largeFrom(deals, opt.Period)
	under := map[Reason][]Item{}
	for _, d := range deals {
		if reasons := reasonsOf(d, opt, large); len(reasons) > 0 {
			under[reasons[0]] = append(under[reasons[0]], Item{d, reasons})
		}
	}
	out := Agenda{Rest: map[Reason][]data.Key{}}
	for _, r := range Reasons() {
		items := under[r]
		slices.SortFunc(items, func(a, b Item) int {
			return cmp.Or(cmp.Compare(b.Now.Value, a.Now.Value), cmp.Compare(len(b.Reasons), len(a.Reasons)), cmp.Compare(a.Key, b.Key))
		})
		for i, item := range items {
			if opt.Most > 0 && i >= opt.Most {
				out.Rest[r] = append(out.Rest[r], item.Key)
				continue
			}
			out.Items = append(out.Items, item)
		}
	}
	return out
}

// reasonsOf lists why a deal is to be spoken of, the first first.
func reasonsOf(d Deal, opt Options, large int64) []Reason {
	switch d.State {
	case IsWon:
		return []Reason{Won}
	case IsLost:
		return []Reason{Lost}
	case Open:
	}
	has := given(d, opt, large)
	has[CommitAtRisk] = commitAtRisk(d, opt.Period, has)
	var out []Reason
	for _, r := range Reasons() {
		if has[r] {
			out = append(out, r)
		}
	}
	return out
}

// given are the reasons that an open deal gives by itself, whatever its category.
func given(d Deal, opt Options, large int64) map[Reason]bool {
	return map[Reason]bool{
		PastClose:   d.Now.Close.Valid() && d.Now.Close < opt.Day,
		Pushed:      d.Was && d.Before.Close.Valid() && d.Now.Close > d.Before.Close,
		Stalled:     d.Stalled > 0,
		NoStep:      !d.Planned && d.Stalled == 0, // who is stalled has none
		StepOverdue: d.StepOn.Valid() && d.StepOn < opt.Day,
		Large:       large > 0 && d.Now.Known && d.Now.Value >= large && due(d, opt.Period),
		New:         d.Fresh,
		Changed:     d.Was && changed(d) || !d.Was && !d.Fresh,
	}
}

// commitAtRisk reports whether a deal is counted on though a reason speaks against it.
func commitAtRisk(d Deal, period data.Period, has map[Reason]bool) bool {
	return d.Commit && (due(d, period) || has[PastClose]) &&
		(has[PastClose] || has[Pushed] || has[Stalled] || has[NoStep] || has[StepOverdue])
}

func due(d Deal, period data.Period) bool { return d.Now.Close.Valid() && period.Contains(d.Now.Close) }

// changed reports whether stage or value are others, or the deal is to close earlier.
func changed(d Deal) bool {
	return d.Now.Stage != d.Before.Stage || d.Now.Known && d.Before.Known && d.Now.Value != d.Before.Value ||
		d.Now.Close.Valid() && d.Before.Close.Valid() && d.Now.Close < d.Before.Close
}

// largeFrom is the least value of the largest tenth of the open deals that are
// due in the period, 0 where none is.
func largeFrom(deals []Deal, period data.Period) int64 {
	var values []int64
	for _, d := range deals {
		if d.State == Open && d.Now.Known && due(d, period) {
			values = append(values, d.Now.Value)
		}
	}
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)-(len(values)+9)/10]
}
