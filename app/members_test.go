package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/oplog"
)

// office is one person at one computer with a book that has members.
type office struct {
	t     *testing.T
	dir   string
	vault keyring.Vault
	app   *App
	cfg   Config
}

func newOffice(t *testing.T, device string) *office {
	t.Helper()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	m := &office{t: t, dir: t.TempDir(), vault: keyring.Memory()}
	m.cfg = Config{Device: device, Keys: m.vault, Now: func() time.Time { now = now.Add(time.Second); return now }}
	return m
}

func (m *office) path() string { return filepath.Join(m.dir, "sales.book") }

func (m *office) open() {
	m.t.Helper()
	a, err := Open(context.Background(), m.path(), m.cfg)
	if err != nil {
		m.t.Fatal(err)
	}
	m.use(a)
}

func (m *office) use(a *App) {
	m.app = a
	m.t.Cleanup(func() {
		if err := a.Close(); err != nil {
			m.t.Error(err)
		}
	})
}

// founded is a book that Lea founded: Max manages Ada and Bob, who have a deal
// and a quota each.
func founded(t *testing.T) *office {
	t.Helper()
	m := newOffice(t, "lea's laptop")
	a, err := Create(context.Background(), m.path(), NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC", As: "Lea", Role: data.RoleLead}, m.cfg)
	if err != nil {
		t.Fatal(err)
	}
	m.use(a)
	max := m.add(data.KindPerson, map[string]string{"name": "Max", "role": "manager", "manager": "Lea"})
	for _, name := range []string{"Ada", "Bob"} {
		m.add(data.KindPerson, map[string]string{"name": name, "role": "rep", "manager": max.String(), "note": "private word on " + name})
		m.add(data.KindDeal, map[string]string{"name": name + "'s deal", "owner": name, "stage": "Qualification", "amount": "100"})
		m.add(data.KindQuota, map[string]string{"person": name, "month": "2026-03-01", "amount": "1000"})
	}
	return m
}

func (m *office) add(kind string, fields map[string]string) data.ID {
	m.t.Helper()
	values, err := m.app.Records.Parse(context.Background(), kind, fields)
	if err != nil {
		m.t.Fatal(err)
	}
	id, err := m.app.Records.Add(context.Background(), kind, values)
	if err != nil {
		m.t.Fatal(err)
	}
	return id
}

func (m *office) find(kind, name string) data.Row {
	m.t.Helper()
	row, err := m.app.Records.Find(context.Background(), kind, name)
	if err != nil {
		m.t.Fatal(err)
	}
	return row
}

func (m *office) set(kind, name string, fields map[string]string) error {
	m.t.Helper()
	values, err := m.app.Records.Parse(context.Background(), kind, fields)
	if err != nil {
		m.t.Fatal(err)
	}
	return m.app.Records.Set(context.Background(), kind, []data.ID{m.find(kind, name).ID}, values)
}

func (m *office) titles(kind string) []string {
	m.t.Helper()
	rows, err := m.app.Records.List(context.Background(), data.Query{Kind: kind})
	if err != nil {
		m.t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		title := r.Title()
		if kind == data.KindQuota {
			title = r.Labels["person"]
		}
		out = append(out, title)
	}
	slices.Sort(out)
	return out
}

// share writes a file for a person, opened with a passphrase where one is given.
func (m *office) share(to, passphrase string) string {
	m.t.Helper()
	path := filepath.Join(m.dir, "to "+to+".fieldbook")
	_, err := m.app.Sharing.Share(context.Background(), path, ShareOptions{To: m.find(data.KindPerson, to).ID, Passphrase: passphrase, Since: true})
	if err != nil {
		m.t.Fatal(err)
	}
	return path
}

func (m *office) merge(path string) *Merged {
	m.t.Helper()
	out, err := m.app.Sharing.Merge(context.Background(), []string{path}, MergeOptions{})
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

// joined is a person who opened an invitation.
func (m *office) joined(name string) *office {
	m.t.Helper()
	file := m.share(name, "six words for "+name)
	n := newOffice(m.t, name+"'s laptop")
	_, err := Receive(context.Background(), Received{Book: n.path(), Paths: []string{file}, MergeOptions: MergeOptions{Passphrase: "six words for " + name}}, n.cfg)
	if err != nil {
		m.t.Fatal(err)
	}
	n.open()
	return n
}

func (m *office) sound() {
	m.t.Helper()
	r, err := m.app.Journal.Verify(context.Background())
	if err != nil || r.Faults > 0 {
		m.t.Fatalf("verify: %v %v", err, r.Findings)
	}
}

func refused(err error, words string) bool {
	return err != nil && data.KindOf(err) == data.Refused && strings.Contains(err.Error(), words)
}

func TestMembersShareByScopeAndKeepTheirRights(t *testing.T) {
	lea := founded(t)
	if got, err := lea.app.Sharing.Share(context.Background(), filepath.Join(lea.dir, "x.fieldbook"), ShareOptions{To: lea.find(data.KindPerson, "Ada").ID}); err == nil {
		t.Errorf("a file for a person without a device was written: %+v", got)
	}
	ada := lea.joined("Ada")
	if got := ada.titles(data.KindDeal); !slices.Equal(got, []string{"Ada's deal"}) {
		t.Errorf("Ada holds the deals %q", got)
	}
	if got := ada.titles(data.KindQuota); !slices.Equal(got, []string{"Ada"}) {
		t.Errorf("Ada holds the quotas of %q", got)
	}
	if got := ada.titles(data.KindPerson); !slices.Equal(got, []string{"Ada", "Bob", "Lea", "Max"}) {
		t.Errorf("Ada knows %q", got)
	}
	if note := ada.find(data.KindPerson, "Bob").Text("note"); note != "" {
		t.Errorf("Ada reads of Bob: %q", note)
	}
	if note := ada.find(data.KindPerson, "Ada").Text("note"); note == "" {
		t.Error("Ada does not read what stands on herself")
	}
	if me, err := ada.app.Me(context.Background()); err != nil || me.Name != "Ada" {
		t.Errorf("the book is used by %+v (%v)", me, err)
	}
	ada.sound()

	if err := ada.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "150"}); err != nil {
		t.Errorf("her own deal: %v", err)
	}
	for _, c := range []struct {
		kind, name string
		fields     map[string]string
	}{
		{data.KindPerson, "Ada", map[string]string{"role": "lead"}},
		{data.KindPerson, "Bob", map[string]string{"title": "Clown"}},
		{data.KindDeal, "Ada's deal", map[string]string{"owner": "Bob"}},
	} {
		if err := ada.set(c.kind, c.name, c.fields); !refused(err, "nothing was changed") {
			t.Errorf("%s %s %v: %v", c.kind, c.name, c.fields, err)
		}
	}
	quota, err := ada.app.Records.List(context.Background(), data.Query{Kind: data.KindQuota})
	if err != nil {
		t.Fatal(err)
	}
	if err := ada.app.Records.Set(context.Background(), data.KindQuota, []data.ID{quota[0].ID}, data.Values{"amount": int64(1)}); !refused(err, "your role") {
		t.Errorf("her own quota: %v", err)
	}

	m := lea.merge(ada.share("Lea", ""))
	if f := m.Files[0]; f.Changed == 0 || f.Refused > 0 {
		t.Errorf("Lea's merge: %+v", f)
	}
	if got := lea.find(data.KindDeal, "Ada's deal").Values["amount"]; got != int64(15000) {
		t.Errorf("Lea sees %v", got)
	}
	if again := lea.merge(filepath.Join(ada.dir, "to Lea.fieldbook")); again.Txn != nil {
		t.Errorf("the same file again: %+v", again)
	}
	lea.sound()

	// A deal handed over leaves Ada's scope: she gets the edit and no more.
	if err := lea.set(data.KindDeal, "Ada's deal", map[string]string{"owner": "Bob"}); err != nil {
		t.Fatal(err)
	}
	if err := lea.set(data.KindDeal, "Ada's deal", map[string]string{"next_step": "Bob's secret plan"}); err != nil {
		t.Fatal(err)
	}
	ada.merge(lea.share("Ada", ""))
	row := ada.find(data.KindDeal, "Ada's deal")
	if row.Labels["owner"] != "Bob" || row.Text("next_step") != "" {
		t.Errorf("Ada's copy is %s's, next step %q", row.Labels["owner"], row.Text("next_step"))
	}
	if err := ada.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "1"}); !refused(err, "not yours") {
		t.Errorf("a deal handed over: %v", err)
	}
	ada.sound()
}

func TestIncrementalFilesHealWhatWasLost(t *testing.T) {
	lea := founded(t)
	ada := lea.joined("Ada")
	lea.merge(ada.share("Lea", ""))
	if err := lea.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "200"}); err != nil {
		t.Fatal(err)
	}
	lost := lea.share("Ada", "") // never arrives
	if err := os.Remove(lost); err != nil {
		t.Fatal(err)
	}
	if err := lea.set(data.KindDeal, "Ada's deal", map[string]string{"next_step": "call"}); err != nil {
		t.Fatal(err)
	}
	m := ada.merge(lea.share("Ada", ""))
	if got := ada.find(data.KindDeal, "Ada's deal"); got.Values["amount"] != int64(20000) || got.Text("next_step") != "call" {
		t.Errorf("Ada sees %v, %q", got.Values["amount"], got.Text("next_step"))
	}
	if f := m.Files[0]; f.Already > 2 {
		t.Errorf("%d edits came again that Lea knew to be there", f.Already)
	}
}

func TestInvitationWorksOnce(t *testing.T) {
	lea := founded(t)
	file := lea.share("Ada", "six words")
	for i, want := range []bool{true, false} {
		n := newOffice(t, "laptop")
		_, err := Receive(context.Background(), Received{Book: n.path(), Paths: []string{file}, MergeOptions: MergeOptions{Passphrase: "wrong words"}}, n.cfg)
		if data.KindOf(err) != data.Refused {
			t.Errorf("with a wrong passphrase: %v", err)
		}
		if _, err := os.Stat(n.path()); !errors.Is(err, os.ErrNotExist) {
			t.Error("a refused file left a book behind")
		}
		if _, err := Receive(context.Background(), Received{Book: n.path(), Paths: []string{file}, MergeOptions: MergeOptions{Passphrase: "six words"}}, n.cfg); err != nil {
			t.Fatal(err)
		}
		n.open()
		if err := n.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "300"}); err != nil {
			t.Fatal(err)
		}
		// Who comes second can write here, but what he does is refused by all who
		// heard of the first.
		m := lea.merge(n.share("Lea", ""))
		if got := lea.find(data.KindDeal, "Ada's deal").Values["amount"] == int64(30000); got != want {
			t.Errorf("opened %d times: what was done counts %t (%+v)", i+1, got, m.Files[0])
		}
		if err := lea.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "5"}); err != nil {
			t.Fatal(err)
		}
		lea.sound()
	}
}

// forge writes a file with one act of a member's device that the program would
// not let him do.
func (m *office) forge(op *oplog.Op) string {
	m.t.Helper()
	path := filepath.Join(m.dir, "forged.fieldbook")
	if err := forgeFile(m.app, "Ada", path, op); err != nil {
		m.t.Fatal(err)
	}
	return path
}

func TestForgedRightsAreKeptInQuarantine(t *testing.T) {
	lea := founded(t)
	ada := lea.joined("Ada")
	lea.merge(ada.share("Lea", ""))
	bob := lea.find(data.KindPerson, "Bob").ID
	held, err := lea.app.store.Held(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var seen oplog.Dot
	for id := range held {
		if id == lea.app.store.ReplicaID() {
			seen = oplog.Dot{Replica: id, Seq: 1}
		}
	}
	over := []oplog.Dot{seen}
	for name, op := range map[string]*oplog.Op{
		"role":  {Kind: data.KindPerson, Row: lea.find(data.KindPerson, "Ada").ID, Cells: map[string]oplog.Cell{"role": {Value: []byte(`"lead"`), Overwrites: over}}},
		"quota": {Kind: data.KindQuota, Row: QuotaID(bob, data.NoID, data.NewDay(2026, 3, 1)), Cells: map[string]oplog.Cell{"amount": {Value: []byte(`{"amount":1,"currency":"USD"}`), Overwrites: over}}},
		"deal":  {Kind: data.KindDeal, Row: lea.find(data.KindDeal, "Bob's deal").ID, Cells: map[string]oplog.Cell{"next_step": {Value: []byte(`{"next_step":"mine now"}`), Overwrites: over}}},
	} {
		before := lea.dump()
		m := lea.merge(ada.forge(op))
		if f := m.Files[0]; f.Refused != 1 || f.Changed != 0 {
			t.Errorf("%s: %+v", name, f)
		}
		if !slices.Equal(before, lea.dump()) {
			t.Errorf("%s: the book changed", name)
		}
		if again := lea.merge(filepath.Join(ada.dir, "forged.fieldbook")); again.Files[0].Already != 1 {
			t.Errorf("%s, again: %+v", name, again.Files[0])
		}
	}
	list, err := lea.app.Members.Quarantine(context.Background())
	if err != nil || len(list) != 3 {
		t.Fatalf("%d in quarantine (%v)", len(list), err)
	}
	i := slices.IndexFunc(list, func(h Held) bool { return h.Kind == data.KindDeal })
	if h := list[i]; h.Title != "Bob's deal" || h.Reason == "" || len(h.Changes) != 1 || h.Changes[0].New != "mine now" {
		t.Errorf("in quarantine: %+v", h)
	}
	if err := lea.app.Members.Accept(context.Background(), list[i:i+1]); err != nil {
		t.Fatal(err)
	}
	if got := lea.find(data.KindDeal, "Bob's deal").Text("next_step"); got != "mine now" {
		t.Errorf("accepted: next step %q", got)
	}
	if err := lea.app.Members.Discard(context.Background(), slices.Delete(list, i, i+1)); err != nil {
		t.Fatal(err)
	}
	if list, err := lea.app.Members.Quarantine(context.Background()); err != nil || len(list) != 0 {
		t.Errorf("%d are left (%v)", len(list), err)
	}
	lea.sound()
}

func (m *office) dump() []string {
	m.t.Helper()
	var out []string
	if err := m.app.Journal.Dump(context.Background(), func(l string) error { out = append(out, l); return nil }); err != nil {
		m.t.Fatal(err)
	}
	return out
}
