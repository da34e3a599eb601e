package app

import (
	"slices"
	"sync"

	"fieldbook/data"
)

// Hub passes on what commits changed. Subscribers are called in the order in
// which they came, after the commit, never within it.
type Hub struct {
	mu   sync.Mutex
	next int
	subs []subscriber
}

type subscriber struct {
	id int
	fn func(data.Change)
}

func (h *Hub) subscribe(fn func(data.Change)) (cancel func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next++
	id := h.next
	h.subs = append(h.subs, subscriber{id, fn})
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.subs = slices.DeleteFunc(h.subs, func(s subscriber) bool { return s.id == id })
	}
}

func (h *Hub) publish(c data.Change) {
	if len(c.Topics) == 0 {
		return
	}
	h.mu.Lock()
	subs := slices.Clone(h.subs)
	h.mu.Unlock()
	for _, s := range subs {
		s.fn(c)
	}
}
