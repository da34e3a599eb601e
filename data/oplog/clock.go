package oplog

import (
	"time"

	"fieldbook/data"
)

// Stamp is a hybrid logical clock reading: milliseconds since 1970 in the upper
// bits, a counter in the lower 15 (Kulkarni et al., "Logical Physical Clocks",
// 2014). It stays positive for any year up to 10889.
type Stamp int64

const (
	counterBits = 15
	maxMillis   = 1<<(63-counterBits) - 1
	// MaxAhead is how far a foreign stamp may run ahead of this device's clock
	// and still be absorbed.
	MaxAhead = 24 * time.Hour
)

// NewStamp is the stamp of an instant with counter 0.
func NewStamp(i data.Instant) Stamp {
	return Stamp(min(max(int64(i), 0), maxMillis) << counterBits)
}

// Instant is the wall-clock part of the stamp.
func (s Stamp) Instant() data.Instant { return data.Instant(s >> counterBits) }

// Clock gives stamps that only grow.
type Clock struct {
	last Stamp
}

// NewClock starts behind the newest stamp that the book holds of its own.
func NewClock(last Stamp) *Clock { return &Clock{last: last} }

// Next is a stamp greater than every earlier one and not before now.
func (c *Clock) Next(now data.Instant) Stamp {
	c.last = max(c.last+1, NewStamp(now))
	return c.last
}

// Observe takes note of a foreign stamp so that the next own one is greater.
// A stamp more than MaxAhead ahead of now is not absorbed and ok is false: its
// author's clock is wrong and must not drag ours along.
func (c *Clock) Observe(s Stamp, now data.Instant) (ok bool) {
	if s.Instant() > now+data.Instant(MaxAhead.Milliseconds()) {
		return false
	}
	c.last = max(c.last, s)
	return true
}
