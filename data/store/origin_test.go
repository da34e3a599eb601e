package store

import (
	"context"
	"path/filepath"
	"testing"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// What a file of an older Fieldbook is called stays; one that nobody signed for
// takes an id that only its device can write under.
func TestReplicaFollowsFromItsDevice(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a.book")
	ann := newSeedSigner("Ann")
	var s *Store
	reopen := func(device string) data.ID {
		t.Helper()
		if s != nil {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
		o := opts()
		if device != "" {
			o.Signer = testSigner(device)
		}
		var err error
		if s, err = Open(ctx, path, o); err != nil {
			t.Fatal(err)
		}
		put(t, s, data.KindAccount, data.NewID(), data.Values{"name": "x"})
		return s.ReplicaID()
	}
	first, err := Create(ctx, path, BookInfo{}, opts())
	if err != nil {
		t.Fatal(err)
	}
	unsigned := first.ReplicaID()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if got := reopen(""); got != unsigned || oplog.Bound(got) {
		t.Errorf("without a device %s became %s", unsigned, got)
	}
	signed := reopen("Ann")
	if signed == unsigned || !oplog.Bound(signed) || !oplog.Owns(ann.Public(), signed) {
		t.Errorf("%s signs as %s, which is not hers alone", unsigned, signed)
	}
	if got := reopen("Ann"); got != signed {
		t.Errorf("%s became %s though nothing changed", signed, got)
	}
	if got := reopen("Bo"); got == signed || !oplog.Owns(newSeedSigner("Bo").Public(), got) {
		t.Errorf("another device goes on as %s", got)
	}
	if got := reopen(""); oplog.Bound(got) {
		t.Errorf("no device goes on as %s", got)
	}

	// As an older Fieldbook left it.
	old := data.NewID()
	for _, query := range []string{`INSERT OR IGNORE INTO signer (public) VALUES (?1)`, `UPDATE replica SET id = ?2, signer = (SELECT key FROM signer WHERE public = ?1) WHERE key = ?3`} {
		if _, err := s.write.ExecContext(ctx, query, []byte(ann.Public()), old[:], s.replica); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.setMeta(ctx, "replica", old.String()); err != nil {
		t.Fatal(err)
	}
	if got := reopen("Ann"); got != old {
		t.Errorf("the older replica %s became %s", old, got)
	}
	verified(t, s)
	if err := s.Renew(ctx); err != nil {
		t.Fatal(err)
	}
	put(t, s, data.KindAccount, data.NewID(), data.Values{"name": "y"})
	if got := s.ReplicaID(); got == old || !oplog.Owns(ann.Public(), got) {
		t.Errorf("restored it goes on as %s", got)
	}
	verified(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
