package app

import (
	"slices"
	"sync"

	"fieldbook/data"
)

// mostKept is of how many days win probabilities are kept: the day looked at and
// the one it is compared with.
const mostKept = 2

// keptChances are win probabilities that were learned and still hold.
type keptChances struct {
	mu   sync.Mutex
	days map[data.Day]*Chances
	at   int // how often something changed
}

// learnedFrom are the kinds that win probabilities follow: what figures are made
// from apart from quotas and what goes with them, and fields of one's own.
var learnedFrom = slices.Concat([]string{data.KindCustomField}, slices.DeleteFunc(slices.Clone(factKinds), func(kind string) bool {
	return slices.Contains([]string{data.KindQuota, data.KindRampProfile, data.KindRamp, data.KindAbsence, data.KindDealSplit}, kind)
}))

func (k *keptChances) note(c data.Change) {
	if c.Touches(learnedFrom...) {
		k.forget()
	}
}

func (k *keptChances) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.days, k.at = nil, k.at+1
}

// get gives what is kept of a day, else learns it and keeps it, unless something
// changed meanwhile.
func (k *keptChances) get(day data.Day, learn func() (*Chances, error)) (*Chances, error) {
	k.mu.Lock()
	c, at := k.days[day], k.at
	k.mu.Unlock()
	if c != nil {
		return c, nil
	}
	c, err := learn()
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if at == k.at {
		if k.days == nil || len(k.days) >= mostKept {
			k.days = map[data.Day]*Chances{}
		}
		k.days[day] = c
	}
	return c, nil
}

// Forget lets go of the win probabilities that are kept.
func (k *Forecasts) Forget() { k.kept.forget() }
