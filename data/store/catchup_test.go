package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// aged makes of a closed book one that a program wrote which did not know the
// kind deal and two fields of accounts: their ops lie in the log alone. It
// gives the step by which a newer program knows them.
func aged(path string) (step string, err error) {
	ctx := context.Background()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.QueryRowContext(ctx, `SELECT group_concat(sql, ';' || char(10)) FROM (SELECT sql FROM sqlite_master WHERE tbl_name = 'deal' AND sql IS NOT NULL ORDER BY type DESC)`).Scan(&step)
	if err != nil {
		return "", err
	}
	_, err = db.ExecContext(ctx, `DROP TABLE deal; ALTER TABLE account DROP COLUMN city; ALTER TABLE account DROP COLUMN latitude;
		DELETE FROM conflict WHERE cell = '_deleted' AND entity IN (SELECT e.key FROM entity e JOIN kind k ON k.key = e.kind WHERE k.name = 'deal');
		UPDATE entity SET deleted = 0 WHERE kind = (SELECT key FROM kind WHERE name = 'deal')`)
	if err != nil {
		return "", err
	}
	return step + ";\nALTER TABLE account ADD COLUMN city TEXT; ALTER TABLE account ADD COLUMN latitude REAL;", nil
}

// newer are the steps of this program and one more.
func newer(step string) (fs.FS, error) {
	out := fstest.MapFS{"migrations/9999_newer.sql": {Data: []byte(step)}}
	return out, fs.WalkDir(migrations, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		script, err := migrations.ReadFile(name)
		out[name] = &fstest.MapFile{Data: script}
		return err
	})
}

func TestOpsOfANewerFieldbookAreFoldedInAfterAnUpgrade(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a.book")
	s, err := Create(ctx, path, BookInfo{}, opts())
	if err != nil {
		t.Fatal(err)
	}
	acc, deal, gone := data.NewID(), data.NewID(), data.NewID()
	if _, err := mergeOps(s,
		peerOp(1, "account", acc, map[string]oplog.Cell{"name": value(`"n"`), "city": value(`"a"`), "place": value(`{"latitude":1.5,"longitude":2.5}`)}),
		peerOp(2, "account", acc, map[string]oplog.Cell{"city": value(`"b"`, oplog.Dot{Replica: benchPeer, Seq: 1})}),
		peerOp(3, "deal", deal, map[string]oplog.Cell{"account": value(`"` + acc.String() + `"`), "note": value(`"x"`)}),
		peerOp(4, "deal", gone, map[string]oplog.Cell{"note": value(`"x"`)}),
		peerOp(5, "deal", gone, map[string]oplog.Cell{oplog.DeletedCell: value(`true`, oplog.Dot{Replica: benchPeer, Seq: 4})}),
	); err != nil {
		t.Fatal(err)
	}
	want := dump(t, s)
	reopen := func(steps fs.FS) {
		t.Helper()
		o := opts()
		o.schema = steps
		if s, err = Open(ctx, path, o); err != nil {
			t.Fatal(err)
		}
		verified(t, s)
	}
	shut := func() {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	shut()
	step, err := aged(path)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := newer(step)
	if err != nil {
		t.Fatal(err)
	}
	reopen(steps)
	if got := dump(t, s); !slices.Equal(got, want) {
		t.Errorf("after the upgrade %q, want %q", got, want)
	}
	// Once: what stands in the tables afterwards is not looked at again.
	if _, err := s.write.ExecContext(ctx, `UPDATE account SET city = 'c'`); err != nil {
		t.Fatal(err)
	}
	shut()
	o := opts()
	o.schema = steps
	if s, err = Open(ctx, path, o); err != nil {
		t.Fatal(err)
	}
	if city := get(t, s, data.KindAccount, acc).Text("city"); city != "c" {
		t.Errorf("folded in twice: %s", city)
	}
	shut()
}

// An upgrade that does not come to its end leaves the book as it was.
func TestUpgradeThatFailsChangesNothing(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a.book")
	s, err := Create(ctx, path, BookInfo{}, opts())
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, data.KindDeal, data.NewID(), data.Values{"stage": soakID("stage", 1), "note": "x"})
	want := dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	step, err := aged(path)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := newer(step)
	if err != nil {
		t.Fatal(err)
	}
	broken, err := newer(step + " CREATE TABLE nonsense (")
	if err != nil {
		t.Fatal(err)
	}
	o := opts()
	o.schema = broken
	if _, err := Open(ctx, path, o); data.KindOf(err) != data.Internal || !strings.Contains(err.Error(), "it is unchanged") {
		t.Fatalf("opened with a step that fails: %v", err)
	}
	o.schema = steps
	if s, err = Open(ctx, path, o); err != nil {
		t.Fatal(err)
	}
	if got := dump(t, s); !slices.Equal(got, want) {
		t.Errorf("afterwards %q, want %q", got, want)
	}
	verified(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// upgrade lets books drift apart, takes what a newer program knew out of the
// tables of one and has it folded in again.
func upgrade(t *rapid.T) {
	w := newTeam(t, 2)
	defer w.close()
	for range rapid.IntRange(1, 25).Draw(t, "steps") {
		w.step()
	}
	m := w.books[0]
	want := w.dump(m)
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	step, err := aged(m.path)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := newer(step)
	if err != nil {
		t.Fatal(err)
	}
	o := w.options(m)
	o.schema = steps
	if m.Store, err = Open(context.Background(), m.path, o); err != nil {
		t.Fatal(err)
	}
	if got := w.dump(m); !slices.Equal(got, want) {
		t.Fatalf("after the upgrade\n%s\n\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	w.sound(m)
	// It goes on as one that knew all along.
	w.merge(m, w.pack(w.books[1], nil))
	w.merge(w.books[1], w.pack(m, nil))
	w.sound(m)
	if x, y := w.dump(m), w.dump(w.books[1]); !slices.Equal(x, y) {
		t.Fatalf("books differ\n%s\n\n%s", strings.Join(x, "\n"), strings.Join(y, "\n"))
	}
}

func TestSoakUpgrade(t *testing.T) { soak(t, 12, 2000, upgrade) }

// Undo takes back rows of kinds that only a newer Fieldbook knows too.
func TestUndoOfAMergeThatBroughtAnUnknownKind(t *testing.T) {
	s := create(t, BookInfo{})
	ctx := context.Background()
	if _, err := mergeOps(s, peerOp(1, "hologram", data.NewID(), map[string]oplog.Cell{"name": value(`"x"`)})); err != nil {
		t.Fatal(err)
	}
	gone := func() bool {
		t.Helper()
		var gone bool
		if err := s.read.QueryRowContext(ctx, `SELECT e.deleted FROM entity e JOIN kind k ON k.key = e.kind WHERE k.name = 'hologram'`).Scan(&gone); err != nil {
			t.Fatal(err)
		}
		verified(t, s)
		return gone
	}
	if done, err := s.Undo(ctx, data.NoID, Act{}); err != nil || done.Rows != 1 || !gone() {
		t.Errorf("undone: %+v %v", done, err)
	}
	if done, err := s.Redo(ctx, Act{}); err != nil || done.Rows != 1 || gone() {
		t.Errorf("redone: %+v %v", done, err)
	}
}
