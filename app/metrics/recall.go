package metrics

import "sync"

// mostRecalled bounds how many values of one kind a view keeps.
const mostRecalled = 6

// recall keeps what a view has computed: Home and Performance show partly the
// same, and a view does not change. Many may ask at once.
type recall[K comparable, V any] struct {
	mu     sync.Mutex
	values map[K]V
}

// get gives the value kept under a key, else a fresh one, which it keeps
// unless there is an error.
func (r *recall[K, V]) get(key K, fresh func() (V, error)) (V, error) {
	r.mu.Lock()
	v, ok := r.values[key]
	r.mu.Unlock()
	if ok {
		return v, nil
	}
	v, err := fresh()
	if err != nil {
		return v, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.values == nil || len(r.values) >= mostRecalled {
		r.values = map[K]V{}
	}
	r.values[key] = v
	return v, nil
}
