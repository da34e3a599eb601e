package app

import (
	"context"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// AsOf opens the book as it stood at the end of a past day, read-only: every
// list, page and figure answers for that day, and Today is it. Deals stand where
// METRICS.md says that they stood. The caller closes it, and opens it again
// after a commit. It is Invalid for a day that is not past.
func (a *App) AsOf(ctx context.Context, day data.Day) (*App, error) {
	if !day.Valid() || day >= a.Today() {
		return nil, data.Errorf(data.Invalid, "%s is not a past day", day)
	}
	var deals []store.PastDeal
	err := a.Performance.facts.read(ctx, day, func(b *factBook) error {
		deals = b.elsewhere(day)
		return nil
	})
	if err != nil {
		return nil, err
	}
	s, err := a.store.AsOf(ctx, day, deals)
	if err != nil {
		return nil, err
	}
	past := build(s, a.cfg, &identity{})
	past.Performance = a.Performance // its facts know past days, and are loaded already
	return past, nil
}

// elsewhere lists the deals that stood in another stage at the end of a day than
// their row says, or were not there.
func (b *factBook) elsewhere(day data.Day) []store.PastDeal {
	var out []store.PastDeal
	b.EachState(day, func(i int, s metrics.State) {
		d := &b.Deals[i]
		p := store.PastDeal{Key: b.Keys[i], Absent: !s.Exists, Close: s.Close, Unpriced: s.Hidden}
		if s.Exists && s.Stage == d.Stage && !s.Hidden {
			return
		}
		if s.Stage != metrics.None {
			p.Stage = b.Stages[s.Stage].ID
		}
		out = append(out, p)
	})
	return out
}
