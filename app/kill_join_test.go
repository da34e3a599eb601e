package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"filippo.io/age"

	"fieldbook/data"
	"fieldbook/data/seal"
)

const joinWords = "six words"

// joinOnce joins by the invitation that lies in a folder, and waits to be killed.
func joinOnce(dir string) error {
	fmt.Println("begun")
	_, err := Receive(context.Background(), joining(dir), pairConfig(dir, "new"))
	if err != nil {
		return err
	}
	fmt.Println("done 1")
	time.Sleep(time.Hour)
	return nil
}

func joining(dir string) Received {
	return Received{Book: filepath.Join(dir, "new", "sales.book"), Paths: []string{filepath.Join(dir, "invitation.fieldbook")}, MergeOptions: MergeOptions{Passphrase: joinWords}}
}

// cheaper locks a file anew so that its passphrase costs no half second to try.
func cheaper(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := seal.Reader(f, seal.Key{Passphrase: joinWords})
	if err != nil {
		t.Fatal(err)
	}
	to, err := age.NewScryptRecipient(joinWords)
	if err != nil {
		t.Fatal(err)
	}
	to.SetWorkFactor(10)
	var out bytes.Buffer
	lock, err := age.Encrypt(&out, to)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(lock, plain)
	if err := errors.Join(err, lock.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestSoakKillJoin kills a process that joins by an invitation. Who opens the
// invitation again is a member with one device, and nobody else can use it.
func TestSoakKillJoin(t *testing.T) {
	ctx := context.Background()
	kills, r := killsOf(t, 3, 1000, 13)
	lea := founded(t)
	invitation := cheaper(t, lea.share("Ada", joinWords))
	whole := filepath.Join(t.TempDir(), "lea.book")
	if err := lea.app.Journal.Backup(ctx, whole); err != nil {
		t.Fatal(err)
	}
	finished, begun := 0, 0
	for range kills {
		dir := t.TempDir()
		if err := errors.Join(os.Mkdir(filepath.Join(dir, "new"), 0o755), os.WriteFile(filepath.Join(dir, "invitation.fieldbook"), invitation, 0o600)); err != nil {
			t.Fatal(err)
		}
		c := startChild(t, "join", dir)
		c.heard()
		if c.killed(time.Duration(r.IntN(250))*time.Millisecond) != "" {
			finished++
		}
		if _, err := os.Stat(joining(dir).Book); err == nil {
			begun++
		}
		if _, err := Receive(ctx, joining(dir), pairConfig(dir, "new")); err != nil {
			t.Fatalf("the invitation is opened again: %v", err)
		}
		checkJoined(t, dir, lea, whole)
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d had joined, %d were cut short with a book", finished, begun-finished)
}

func checkJoined(t *testing.T, dir string, lea *office, whole string) {
	t.Helper()
	ctx := context.Background()
	ada := &office{t: t, dir: filepath.Join(dir, "new")}
	var err error
	if ada.app, err = Open(ctx, joining(dir).Book, pairConfig(dir, "new")); err != nil {
		t.Fatal(err)
	}
	ada.sound()
	if err := ada.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "7"}); err != nil {
		t.Fatalf("Ada cannot work: %v", err)
	}
	back := ada.share("Lea", "")
	oneDevice(t, ada.app)
	if err := ada.app.Close(); err != nil {
		t.Fatal(err)
	}
	there := &office{t: t, dir: dir}
	if err := copyBook(whole, there.path()); err != nil {
		t.Fatal(err)
	}
	if there.app, err = Open(ctx, there.path(), lea.cfg); err != nil {
		t.Fatal(err)
	}
	there.merge(back)
	there.sound()
	oneDevice(t, there.app)
	if got := there.find(data.KindDeal, "Ada's deal").Values["amount"]; got != int64(700) {
		t.Errorf("Lea sees %v", got)
	}
	if err := there.app.Close(); err != nil {
		t.Fatal(err)
	}
}

// oneDevice: Ada has one device, and the invitation is used up.
func oneDevice(t *testing.T, a *App) {
	t.Helper()
	list, err := a.Members.List(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	own, open := 0, 0
	for _, p := range list {
		for _, d := range p.Devices {
			switch {
			case p.Person.Title() != "Ada":
			case !d.Invitation:
				own++
			case !d.Revoked:
				open++
			}
		}
	}
	if own != 1 || open != 0 {
		t.Fatalf("%s: Ada has %d devices and %d open invitations", a.cfg.Device, own, open)
	}
}
