package data

import "slices"

// Topic says what changed: a kind and, up to MaxTopicIDs rows, which ones.
// An empty IDs means any number of rows of the kind.
type Topic struct {
	Kind string
	IDs  []ID
}

// MaxTopicIDs is how many rows a topic names before it means the whole kind.
const MaxTopicIDs = 100

// Change is what one commit touched, published once after it.
type Change struct {
	Topics []Topic
}

// Touches reports whether any of the kinds changed. No kinds means any.
func (c Change) Touches(kinds ...string) bool {
	if len(kinds) == 0 {
		return len(c.Topics) > 0
	}
	return slices.ContainsFunc(c.Topics, func(t Topic) bool { return slices.Contains(kinds, t.Kind) })
}

// Mark adds a row of a kind to the change.
func (c *Change) Mark(kind string, id ID) {
	for i := range c.Topics {
		t := &c.Topics[i]
		if t.Kind != kind {
			continue
		}
		if t.IDs == nil || slices.Contains(t.IDs, id) {
			return
		}
		if t.IDs = append(t.IDs, id); len(t.IDs) > MaxTopicIDs {
			t.IDs = nil
		}
		return
	}
	c.Topics = append(c.Topics, Topic{Kind: kind, IDs: []ID{id}})
}

// MarkAll says that any row of a kind may have changed.
func (c *Change) MarkAll(kind string) {
	for i := range c.Topics {
		if c.Topics[i].Kind == kind {
			c.Topics[i].IDs = nil
			return
		}
	}
	c.Topics = append(c.Topics, Topic{Kind: kind})
}

// Scope says whose records are meant: everyone's, a person's, a person's with
// all who report to him, or a territory's with all below it.
type Scope struct {
	Person    ID
	Team      bool // with Person: his team too, however deep
	Territory ID
}

// Everyone is the scope without bounds.
var Everyone = Scope{}

// IsEveryone reports whether the scope has no bounds.
func (s Scope) IsEveryone() bool { return s.Person.IsZero() && s.Territory.IsZero() }
