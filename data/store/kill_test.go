package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// killEnv names the book that a child process writes to until it is killed or,
// where killStepEnv names the file of a further step of the schema, upgrades.
const (
	killEnv     = "FIELDBOOK_KILL_BOOK"
	killStepEnv = "FIELDBOOK_KILL_STEP"
)

// TestMain turns the test binary into the child where it is asked to be one.
func TestMain(m *testing.M) {
	path, step := os.Getenv(killEnv), os.Getenv(killStepEnv)
	switch {
	case path != "" && step != "":
		fmt.Fprintln(os.Stderr, upgradeAndWait(path, step))
		os.Exit(1)
	case path != "":
		fmt.Fprintln(os.Stderr, writeForEver(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForEver imports, edits, merges, backs up and undoes. Before each act it
// says "try N" and, once the act is acknowledged, "done N".
func writeForEver(path string) error {
	ctx := context.Background()
	o := Options{Now: time.Now, Device: "child"}
	s, err := Open(ctx, path, o)
	if err != nil {
		return err
	}
	steps, err := s.Steps(ctx, 1)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(uint64(len(steps)), uint64(time.Now().UnixNano())))
	for n := time.Now().UnixNano(); ; n++ {
		fmt.Printf("try %d\n", n)
		if err := oneAct(ctx, s, r, n); err != nil {
			return err
		}
		fmt.Printf("done %d\n", n)
	}
}

// oneAct leaves an account named N behind in one transaction with what it does,
// so that the parent can look for it.
func oneAct(ctx context.Context, s *Store, r *rand.Rand, n int64) error {
	mark := func(tx *Tx) error {
		return putting(data.KindAccount, killedID(n), data.Values{"name": strconv.FormatInt(n, 10)})(tx)
	}
	switch r.IntN(5) {
	case 0: // an import
		_, err := s.Write(ctx, Act{What: "Import"}, func(tx *Tx) error {
			for i := range 200 {
				if err := putting(data.KindDeal, data.ImportedID("deal", "kill", fmt.Sprint(n, i)), data.Values{"stage": soakID("stage", 1), "note": fmt.Sprint(n)})(tx); err != nil {
					return err
				}
			}
			return mark(tx)
		})
		return err
	case 1: // a merge
		_, err := s.Write(ctx, Act{What: "Merge"}, func(tx *Tx) error {
			m := tx.Merger()
			txn := peerTxn()
			txn.ID, txn.Replica = data.NewID(), data.NewID()
			if err := m.Txn(txn, nil); err != nil {
				return err
			}
			for i := range uint64(50) {
				op := peerOp(i+1, data.KindAccount, data.ImportedID("account", "peer", fmt.Sprint(n, i)), nil)
				op.Txn, op.Replica, op.Cells = txn.ID, txn.Replica, map[string]oplog.Cell{"name": value(`"n"`), "city": value(fmt.Sprintf(`"%d"`, n))}
				if err := m.Op(op); err != nil {
					return err
				}
			}
			if err := m.Finish(); err != nil {
				return err
			}
			return mark(tx)
		})
		return err
	case 2:
		if err := s.Backup(ctx, s.Path()+".copy"); err != nil {
			return err
		}
	case 3: // take back an edit of its own, so that what was acknowledged before stays
		scrap := putting(data.KindAccount, soakID("account", 99), data.Values{"name": strconv.FormatInt(n, 10)})
		if _, err := s.Write(ctx, Act{What: "Scrap"}, scrap); err != nil {
			return err
		}
		if _, err := s.Undo(ctx, data.NoID, Act{}); err != nil && data.KindOf(err) != data.NotFound {
			return err
		}
	}
	_, err := s.Write(ctx, Act{What: "Edit"}, mark)
	return err
}

func killedID(n int64) data.ID { return data.ImportedID("account", "kill", strconv.FormatInt(n, 10)) }

// killPlan says how many processes to kill, and gives chance for when.
func killPlan(t *testing.T) (kills int, r *rand.Rand) {
	t.Helper()
	kills = 3
	if n, err := strconv.Atoi(os.Getenv("FIELDBOOK_SOAK")); err == nil && n > 0 {
		kills = 100 * n
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d kills, seed %d", kills, seed)
	return kills, rand.New(rand.NewPCG(seed, 2))
}

// killsOfABook is how many kills a book lives through.
const killsOfABook = 40

func makeKillBook(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := Create(context.Background(), path, BookInfo{}, opts())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestSoakKill kills a writing process at random points. Afterwards the book is
// sound and holds what was acknowledged last, with all that belongs to it.
func TestSoakKill(t *testing.T) {
	kills, r := killPlan(t)
	path := ""
	for n := range kills {
		if n%killsOfABook == 0 { // a book grows with each, and so would the time to check it
			path = filepath.Join(t.TempDir(), fmt.Sprint(n), "k.book")
			makeKillBook(t, path)
		}
		done := runAndKill(t, time.Duration(r.IntN(400))*time.Millisecond, killEnv+"="+path)
		checkKilled(t, path, done)
	}
}

// runAndKill gives the last act that the child said was done, 0 for none.
func runAndKill(t *testing.T, after time.Duration, env ...string) (done int64) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var deadline <-chan time.Time
	if lines.Scan() { // it writes from here on
		deadline = time.After(after)
	}
	go func() {
		<-deadline
		_ = cmd.Process.Kill() // gone already is as good
	}()
	for lines.Scan() {
		if n, ok := strings.CutPrefix(lines.Text(), "done "); ok {
			if done, err = strconv.ParseInt(n, 10, 64); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the child ended by itself: %v", err)
	}
	return done
}

func checkKilled(t *testing.T, path string, done int64) {
	t.Helper()
	s, err := Open(context.Background(), path, opts())
	if err != nil {
		t.Fatal(err)
	}
	verified(t, s)
	if done != 0 {
		if _, err := s.Get(context.Background(), data.KindAccount, killedID(done)); err != nil {
			t.Fatalf("what was acknowledged is lost: %v", err)
		}
	}
	// An import is whole or not there: 200 deals stand beside each of their marks.
	n, err := s.Count(context.Background(), data.Query{Kind: data.KindDeal})
	if err != nil || n%200 != 0 {
		t.Fatalf("%d deals, %v", n, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if copied := path + ".copy"; exists(copied) {
		o := opts()
		o.ReadOnly = true
		b, err := Open(context.Background(), copied, o)
		if err != nil {
			t.Fatalf("the backup is not whole: %v", err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
