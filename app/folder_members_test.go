package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
)

// Members who share through a folder.

func (m *office) choose(dir string) {
	m.t.Helper()
	if err := m.app.Sharing.Folder.Choose(context.Background(), dir); err != nil {
		m.t.Fatal(err)
	}
}

func (m *office) post() FolderSent {
	m.t.Helper()
	out, err := m.app.Sharing.Folder.Send(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

func (m *office) collect() FolderReceipt {
	m.t.Helper()
	out, err := m.app.Sharing.Folder.Receive(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	if len(out.Refused)+out.Arriving > 0 {
		m.t.Fatalf("left alone: %+v", out)
	}
	return out
}

// untilQuiet lets everybody send and collect until nobody has anything to tell,
// and gives how many files that took.
func untilQuiet(t *testing.T, all ...*office) (files int) {
	t.Helper()
	for range 8 {
		quiet := true
		for _, m := range all {
			n := m.post().Files
			quiet = n == 0 && quiet
			files += n
		}
		for _, m := range all {
			quiet = len(m.collect().Came) == 0 && quiet
		}
		if quiet {
			return files
		}
	}
	t.Fatal("they never stop writing")
	return files
}

func TestMembersShareThroughAFolder(t *testing.T) {
	shared := t.TempDir()
	lea := founded(t)
	max, ada, bob := lea.joined("Max"), lea.joined("Ada"), lea.joined("Bob")
	all := []*office{lea, max, ada, bob}
	for _, m := range all {
		m.choose(shared)
	}
	untilQuiet(t, all...)

	if err := ada.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "150"}); err != nil {
		t.Fatal(err)
	}
	if sent := ada.post(); sent.Files == 0 || sent.Files > 3 {
		t.Errorf("Ada sent %+v", sent)
	}
	if files := untilQuiet(t, all...); files > 4 {
		t.Errorf("one edit of Ada's made the others write %d files", files)
	}
	for _, m := range []*office{lea, max} {
		if got := m.find(data.KindDeal, "Ada's deal").Int("amount"); got != 15000 {
			t.Errorf("%s sees the amount %d", m.cfg.Device, got)
		}
	}
	if got := bob.titles(data.KindDeal); !slices.Equal(got, []string{"Bob's deal"}) {
		t.Errorf("Bob holds the deals %q", got)
	}

	// The deal is handed over: its new owner gets its whole history.
	if err := max.set(data.KindDeal, "Ada's deal", map[string]string{"owner": "Bob"}); err != nil {
		t.Fatal(err)
	}
	untilQuiet(t, all...)
	if got := bob.titles(data.KindDeal); !slices.Equal(got, []string{"Ada's deal", "Bob's deal"}) {
		t.Errorf("Bob holds the deals %q", got)
	}
	if got := bob.find(data.KindDeal, "Ada's deal").Int("amount"); got != 15000 {
		t.Errorf("Bob sees the amount %d", got)
	}
	for _, m := range all {
		m.sound()
		s, err := m.app.Sharing.Folder.Status(context.Background())
		if err != nil || s.Waits != 0 || len(s.People) != 3 {
			t.Fatalf("%s: %+v, %v", m.cfg.Device, s, err)
		}
		for _, p := range s.People {
			if p.Name == "" || p.Waiting+p.Arriving+p.Unseen+len(p.Refused) > 0 {
				t.Errorf("%s says of %+v", m.cfg.Device, p)
			}
		}
	}
	nobodyElseReads(t, shared)
}

// nobodyElseReads makes sure that nothing in the folder can be read without a key.
func nobodyElseReads(t *testing.T, shared string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared, "*", "*", "*"))
	if err != nil || len(files) < 8 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, shareEnd) && !bytes.HasPrefix(b, []byte("age-encryption.org/")) {
			t.Errorf("%s is not encrypted", path)
		}
		for _, name := range []string{"Lea", "Max", "Ada", "Bob", "laptop"} {
			if strings.HasSuffix(path, noteEnd) && bytes.Contains(b, []byte(name)) || strings.Contains(filepath.Base(path), name) {
				t.Errorf("%s names %s", path, name)
			}
		}
	}
}

func TestMemberWithANewComputerAndOneWhoIsRevoked(t *testing.T) {
	ctx := context.Background()
	shared := t.TempDir()
	lea := founded(t)
	max, bob := lea.joined("Max"), lea.joined("Bob")
	for _, m := range []*office{lea, max, bob} {
		m.choose(shared)
	}
	untilQuiet(t, lea, max, bob)

	// A file that vanished is written again.
	own := filepath.Join(shared, folderName(lea.app.Book().ID), lea.app.store.ReplicaID().String())
	if files, err := filepath.Glob(filepath.Join(own, "*"+shareEnd)); err != nil || len(files) == 0 {
		t.Fatalf("files %v, %v", files, err)
	} else if err := os.Remove(files[len(files)-1]); err != nil {
		t.Fatal(err)
	}
	if sent := lea.post(); sent.Files != 1 {
		t.Errorf("after one vanished Lea sent %+v", sent)
	}

	// Max restores an old backup: it is another replica, and lacks what came since.
	backup := filepath.Join(t.TempDir(), "copy.book")
	if err := max.app.Journal.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	if err := bob.set(data.KindDeal, "Bob's deal", map[string]string{"amount": "777"}); err != nil {
		t.Fatal(err)
	}
	untilQuiet(t, lea, max, bob)
	again := newOffice(t, "max's laptop")
	again.vault, again.cfg.Keys, again.cfg.Now = max.vault, max.vault, max.cfg.Now
	a, err := Open(ctx, backup, again.cfg)
	if err != nil {
		t.Fatal(err)
	}
	again.use(a)
	untilQuiet(t, lea, again, bob)
	if got := again.find(data.KindDeal, "Bob's deal").Int("amount"); got != 77700 {
		t.Errorf("after the restore Max sees the amount %d", got)
	}

	members, err := lea.app.Members.List(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range members {
		for _, d := range m.Devices {
			if m.Person.Title() == "Bob" && !d.Invitation && !d.Revoked {
				if err := lea.app.Members.Revoke(ctx, d.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	lea.post()
	tag := personTag(lea.app.Book().ID, lea.find(data.KindPerson, "Bob").ID)
	if left, err := filepath.Glob(filepath.Join(own, "*-"+tag+shareEnd)); err != nil || len(left) != 0 {
		t.Errorf("files for a revoked member stay: %v, %v", left, err)
	}
}

// What lay in the folder for everybody goes once the book has members.
func TestOpenFilesGoWhenTheBookGetsMembers(t *testing.T) {
	ctx := context.Background()
	shared := t.TempDir()
	m := newOffice(t, "lea's laptop")
	a, err := Create(ctx, m.path(), NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, m.cfg)
	if err != nil {
		t.Fatal(err)
	}
	m.use(a)
	lea := m.add(data.KindPerson, map[string]string{"name": "Lea", "role": "lead"})
	m.choose(shared)
	m.post()
	if err := a.SetMe(ctx, lea); err != nil {
		t.Fatal(err)
	}
	if err := a.Members.Found(ctx); err != nil {
		t.Fatal(err)
	}
	if sent := m.post(); !sent.Alone || sent.Files != 0 {
		t.Errorf("sent %+v to nobody", sent)
	}
	if s, err := a.Sharing.Folder.Status(ctx); err != nil || !s.Team || !s.Alone || s.Waits != 0 {
		t.Errorf("status %+v, %v", s, err)
	}
	if left, err := filepath.Glob(filepath.Join(shared, "*", "*", "*"+shareEnd)); err != nil || len(left) != 0 {
		t.Errorf("open files stay: %v, %v", left, err)
	}
}
