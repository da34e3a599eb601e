package store

import (
	"context"
	"testing"

	"fieldbook/data"
)

func TestExternalIDs(t *testing.T) {
	s := create(t, BookInfo{})
	id := data.NewID()
	put(t, s, "account", id, data.Values{"name": "x", "external_id": "A1"})
	put(t, s, "account", data.NewID(), data.Values{"name": "y"})
	got := map[data.ID]string{}
	if err := s.ExternalIDs(context.Background(), "account", func(id data.ID, outer string) { got[id] = outer }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[id] != "A1" {
		t.Errorf("external ids %v", got)
	}
	if err := s.ExternalIDs(context.Background(), "planet", nil); data.KindOf(err) != data.Invalid {
		t.Errorf("no such kind: %v", err)
	}
}
