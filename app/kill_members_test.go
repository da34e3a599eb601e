package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/oplog"
)

// pair are Lea, a lead, and Ada, a rep, with a book each, keys in files and a
// shared folder, all below one folder, so that a child process can work with them.
type pair struct {
	dir      string
	lea, ada *App
	people   map[string]data.ID
}

func pairConfig(dir, name string) Config {
	return Config{Device: name + "'s laptop", Now: time.Now, Keys: keyring.Open(keyring.Options{Folder: filepath.Join(dir, name, "keys"), NoSystem: true})}
}

func openPair(dir string) (*pair, error) {
	ctx := context.Background()
	p := &pair{dir: dir, people: map[string]data.ID{}}
	var err error
	if p.lea, err = Open(ctx, filepath.Join(dir, "Lea", "sales.book"), pairConfig(dir, "Lea")); err != nil {
		return nil, err
	}
	if p.ada, err = Open(ctx, filepath.Join(dir, "Ada", "sales.book"), pairConfig(dir, "Ada")); err != nil {
		return nil, errors.Join(err, p.lea.Close())
	}
	rows, err := p.lea.Records.List(ctx, data.Query{Kind: data.KindPerson})
	for _, r := range rows {
		p.people[r.Title()] = r.ID
	}
	return p, err
}

func (p *pair) close() error { return errors.Join(p.lea.Close(), p.ada.Close()) }

// newPair makes the two out of the books of the long test of members.
func newPair(t *testing.T) (dir string) {
	t.Helper()
	from, err := crewTemplate()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	for _, name := range []string{"Lea", "Ada"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		keys, err := from.vaults[name].Devices(from.book)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range keys {
			if err := pairConfig(dir, name).Keys.Keep(from.book, d); err != nil {
				t.Fatal(err)
			}
		}
		if err := copyBook(from.path(name), filepath.Join(dir, name, "sales.book")); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "shared"), 0o755); err != nil {
		t.Fatal(err)
	}
	p, err := openPair(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	err = errors.Join(p.lea.Sharing.Folder.Choose(ctx, filepath.Join(dir, "shared")), p.ada.Sharing.Folder.Choose(ctx, filepath.Join(dir, "shared")))
	if err := errors.Join(err, p.close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// pairActs are what a child does until it is killed. Each writes the round where
// checkPair finds it.
var pairActs = map[string]func(p *pair, n int64) error{
	"file": func(p *pair, n int64) error {
		if err := p.edit(n); err != nil {
			return err
		}
		path := filepath.Join(p.dir, "to Lea.fieldbook")
		if _, err := p.ada.Sharing.Share(context.Background(), path, ShareOptions{To: p.people["Lea"], Since: n%2 == 0}); err != nil {
			return err
		}
		_, err := p.lea.Sharing.Merge(context.Background(), []string{path}, MergeOptions{})
		return err
	},
	"folder": func(p *pair, n int64) error {
		if err := p.edit(n); err != nil {
			return err
		}
		if _, err := p.ada.Sharing.Folder.Send(context.Background()); err != nil {
			return err
		}
		got, err := p.lea.Sharing.Folder.Receive(context.Background())
		if err == nil && len(got.Refused) > 0 {
			err = fmt.Errorf("refused: %+v", got.Refused)
		}
		if err == nil {
			_, err = p.lea.Sharing.Folder.Send(context.Background())
		}
		if err == nil {
			_, err = p.ada.Sharing.Folder.Receive(context.Background())
		}
		return err
	},
	"quarantine": func(p *pair, n int64) error {
		path := filepath.Join(p.dir, "forged.fieldbook")
		op := oplog.Op{Kind: data.KindSetting, Row: data.ImportedID("kill", "", fmt.Sprint(n)), Cells: map[string]oplog.Cell{"name": {Value: []byte(`"mine"`)}}}
		if err := forgeFile(p.ada, "Ada", path, &op); err != nil {
			return err
		}
		if _, err := p.lea.Sharing.Merge(context.Background(), []string{path}, MergeOptions{}); err != nil {
			return err
		}
		held, err := p.lea.Members.Quarantine(context.Background())
		if err != nil {
			return err
		}
		how := p.lea.Members.Discard
		if n%2 == 0 {
			how = p.lea.Members.Accept
		}
		return how(context.Background(), held)
	},
	"revoke":  func(p *pair, _ int64) error { return p.membership(p.lea.Members.Revoke) },
	"readmit": func(p *pair, _ int64) error { return p.membership(p.lea.Members.Readmit) },
	"erase": func(p *pair, n int64) error {
		id, err := p.lea.Records.Add(context.Background(), data.KindContact, data.Values{"name": secretOf(n), "email": secretOf(n) + "@example.org"})
		if err == nil {
			_, err = p.lea.Privacy.Erase(context.Background(), data.KindContact, id, "asked for")
		}
		return err
	},
}

func secretOf(n int64) string { return fmt.Sprintf("Secret%dPerson", n) }

// edit writes a round into all of Ada's deals in one act.
func (p *pair) edit(n int64) error {
	rows, err := p.ada.Records.List(context.Background(), data.Query{Kind: data.KindDeal})
	var ids []data.ID
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return errors.Join(err, p.ada.Records.Set(context.Background(), data.KindDeal, ids, data.Values{"next_step": strconv.FormatInt(n, 10)}))
}

// bob is the device of Bob, who shares nothing here.
func (p *pair) bob() (Device, error) {
	list, err := p.lea.Members.List(context.Background())
	for _, m := range list {
		if m.Person.ID == p.people["Bob"] {
			return m.Devices[slices.IndexFunc(m.Devices, func(d Device) bool { return !d.Invitation })], err
		}
	}
	return Device{}, errors.Join(err, errors.New("Bob has no device"))
}

func (p *pair) membership(change func(context.Context, data.ID) error) error {
	d, err := p.bob()
	if err != nil {
		return err
	}
	return change(context.Background(), d.ID)
}

// pairForEver does one act after another. It says "try ACT N" before each and
// "done ACT N" once it is acknowledged.
func pairForEver(dir string) error {
	p, err := openPair(dir)
	if err != nil {
		return err
	}
	var acts []string
	for name := range pairActs {
		acts = append(acts, name)
	}
	slices.Sort(acts)
	fmt.Println("begun")
	for n := time.Now().UnixNano(); ; n++ {
		name := acts[rand.IntN(len(acts))]
		fmt.Printf("try %s %d\n", name, n)
		if err := pairActs[name](p, n); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Printf("done %s %d\n", name, n)
	}
}

// told is what a child said before it was killed.
type told struct {
	done  map[string]int64 // by act, the last round that was acknowledged
	erase []int64          // all rounds of it that were
	under string           // the act under way, "" for none
	last  string           // of revoke and readmit, which was acknowledged last
}

func heardFrom(c *child, after time.Duration) told {
	c.t.Helper()
	c.heard()
	out := told{done: map[string]int64{}}
	timer := time.AfterFunc(after, func() { _ = c.cmd.Process.Kill() })
	defer timer.Stop()
	for c.lines.Scan() {
		words := strings.Fields(c.lines.Text())
		if len(words) != 3 {
			continue // cut short by the kill
		}
		n, err := strconv.ParseInt(words[2], 10, 64)
		if err != nil {
			c.t.Fatal(err)
		}
		if out.under = words[1]; words[0] == "try" {
			continue
		}
		out.done[words[1]], out.under = n, ""
		switch words[1] {
		case "erase":
			out.erase = append(out.erase, n)
		case "revoke", "readmit":
			out.last = words[1]
		}
	}
	c.waitKilled()
	return out
}

// killsOf is how many processes a long test kills.
func killsOf(t *testing.T, few, full int, seedOf uint64) (kills int, r *rand.Rand) {
	t.Helper()
	kills = datatest.Share(few, full)
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d kills, seed %d", kills, seed)
	return kills, rand.New(rand.NewPCG(seed, seedOf))
}

// pairKills is after how many kills the two begin with small books again.
const pairKills = 25

// TestSoakKillMembers kills a process in which a lead and a rep of one book share by
// file and by folder, judge quarantine, revoke and erase. Afterwards both books
// are sound, hold what was acknowledged, and nothing by half; the next process
// does it all again.
func TestSoakKillMembers(t *testing.T) {
	kills, r := killsOf(t, 3, 3000, 11)
	dir, under := "", map[string]int{}
	for i := range kills {
		if i%pairKills == 0 {
			dir = newPair(t)
		}
		said := heardFrom(startChild(t, "pair", dir), time.Duration(r.IntN(400))*time.Millisecond)
		under[said.under]++
		checkPair(t, dir, said)
	}
	t.Logf("killed during %v", under)
	p, err := openPair(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, act := range pairActs {
		if err := act(p, time.Now().UnixNano()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := p.close(); err != nil {
		t.Error(err)
	}
	noDrafts(t, dir)
}

// noDrafts: what was cut short is cleared away by whoever writes there next.
func noDrafts(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), "~fieldbook-") {
			t.Errorf("%s still lies there", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkPair(t *testing.T, dir string, said told) {
	t.Helper()
	p, err := openPair(dir)
	if err != nil {
		t.Fatalf("%+v: %v", said, err)
	}
	for _, a := range []*App{p.lea, p.ada} {
		if report, err := a.Journal.Verify(context.Background()); err != nil || report.Faults > 0 {
			t.Fatalf("%+v: %s: %v %v", said, a.cfg.Device, err, report.Findings)
		}
	}
	shared := max(said.done["file"], said.done["folder"])
	if lea, ada := p.round(t, p.lea), p.round(t, p.ada); lea < shared || ada < lea {
		t.Fatalf("%+v: Lea has round %d of Ada's deals, Ada %d", said, lea, ada)
	}
	bob, err := p.bob()
	if err != nil {
		t.Fatal(err)
	}
	if open := said.under == "revoke" || said.under == "readmit"; said.last != "" && !open && bob.Revoked != (said.last == "revoke") {
		t.Fatalf("%+v: revoked %t", said, bob.Revoked)
	}
	if held, err := p.lea.Members.Quarantine(context.Background()); err != nil || len(held) > 0 && said.done["quarantine"] != 0 && said.under != "quarantine" {
		t.Fatalf("%+v: %d in quarantine, %v", said, len(held), err)
	}
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "Lea", "sales.book"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range said.erase {
		if bytes.Contains(text, []byte(secretOf(n))) {
			t.Fatalf("%+v: the file still tells of who was erased", said)
		}
	}
}

// round is what one of them sees in all of Ada's deals, the same in each.
func (p *pair) round(t *testing.T, a *App) int64 {
	t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: "owner", Test: data.Is, Values: []data.Value{p.people["Ada"]}}}})
	if err != nil || len(rows) < 2 {
		t.Fatal(len(rows), err)
	}
	for _, r := range rows {
		if r.Text("next_step") != rows[0].Text("next_step") {
			t.Fatalf("%s has an act by half: %q and %q", a.cfg.Device, r.Text("next_step"), rows[0].Text("next_step"))
		}
	}
	n, err := strconv.ParseInt("0"+rows[0].Text("next_step"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
