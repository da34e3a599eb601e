package app

import (
	"context"
	"sync"

	"fieldbook/data"
)

// duplicateCounts remembers how many groups of duplicates each kind has, until
// rows of it change.
type duplicateCounts struct {
	mu    sync.Mutex
	known map[string]int
	round int // counts begun before a change are not kept
}

// forget drops the counts of the kinds that changed.
func (c *duplicateCounts) forget(change data.Change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.round++
	for _, kind := range DuplicateKinds() {
		if change.Touches(kind, data.KindAlias) {
			delete(c.known, kind)
		}
	}
}

// Count is how many groups of records the book seems to hold twice.
func (d *Duplicates) Count(ctx context.Context) (int, error) {
	total := 0
	for _, kind := range DuplicateKinds() {
		n, err := d.countKind(ctx, kind)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

func (d *Duplicates) countKind(ctx context.Context, kind string) (int, error) {
	d.counts.mu.Lock()
	n, known := d.counts.known[kind]
	round := d.counts.round
	d.counts.mu.Unlock()
	if known {
		return n, nil
	}
	different, err := d.different(ctx, kind)
	if err != nil {
		return 0, err
	}
	suspects, err := d.suspects(ctx, kind)
	if err != nil {
		return 0, err
	}
	n = len(matchTwins(suspects, different))
	d.counts.mu.Lock()
	defer d.counts.mu.Unlock()
	if round == d.counts.round {
		d.counts.known[kind] = n
	}
	return n, nil
}
