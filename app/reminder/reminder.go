// Package reminder chooses what is to be told of what is due, and when to look
// again. It is pure: the clock is handed in.
package reminder

import (
	"cmp"
	"slices"
	"time"

	"fieldbook/data"
)

// Item is something that is due on a day.
type Item struct {
	Key  string // the same as long as it is due on that day
	Day  data.Day
	Time string // "14:30"; what has none, or one that cannot be read, is due at Setting.Hour
}

// Setting says how long before, and whether at all.
type Setting struct {
	Off     bool `json:"off,omitempty"`
	Minutes int  `json:"minutes"` // before the time
	Hour    int  `json:"hour"`    // of what has no time of day
	System  bool `json:"system"`  // by the desktop as well as in the window
}

// Usual is the setting of who chose none: at nine, or half an hour before.
func Usual() Setting { return Setting{Minutes: 30, Hour: 9} }

// Farthest is how many days ahead of today items have to be read.
func (s Setting) Farthest() int { return (s.Minutes + 24*60 - 1) / (24 * 60) }

// At is when an item is to be told, in the zone of the book.
func (s Setting) At(it Item, zone *time.Location) time.Time {
	y, m, d := it.Day.Date()
	at := time.Date(y, m, d, min(max(s.Hour, 0), 23), 0, 0, 0, zone)
	if clock, err := time.Parse("15:04", it.Time); err == nil {
		at = time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, zone)
	}
	return at.Add(-time.Duration(s.Minutes) * time.Minute)
}

// Due lists what is to be told now, the soonest first: what its time has come for,
// until its day is over, unless it was told.
func Due(items []Item, told map[string]bool, s Setting, now time.Time) []Item {
	if s.Off {
		return nil
	}
	today := data.DayOf(now, now.Location())
	out := slices.DeleteFunc(slices.Clone(items), func(it Item) bool {
		return told[it.Key] || it.Day < today || s.At(it, now.Location()).After(now)
	})
	slices.SortStableFunc(out, func(a, b Item) int {
		return cmp.Or(s.At(a, now.Location()).Compare(s.At(b, now.Location())), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// Next is how long until there is more to tell of some items; ok is false where
// nothing is left of them.
func Next(items []Item, told map[string]bool, s Setting, now time.Time) (wait time.Duration, ok bool) {
	for _, it := range items {
		at := s.At(it, now.Location())
		if s.Off || told[it.Key] || !at.After(now) {
			continue
		}
		if until := at.Sub(now); !ok || until < wait {
			wait, ok = until, true
		}
	}
	return wait, ok
}
