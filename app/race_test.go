package app

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// raceForEver opens the book, writes into it and closes it, as its standard
// input asks.
func raceForEver(path string) error {
	ctx := context.Background()
	cfg := Config{Device: "racer", Now: time.Now}
	fmt.Println("ready")
	var a *App
	for words := bufio.NewScanner(os.Stdin); words.Scan(); {
		var err error
		switch words.Text() {
		case "open":
			if a, err = Open(ctx, path, cfg); err != nil {
				if data.KindOf(err) != data.Busy {
					return err
				}
				fmt.Println("lost", err)
				continue
			}
			if _, err = a.Records.Add(ctx, data.KindAccount, data.Values{"name": fmt.Sprint("Account ", time.Now().UnixNano())}); err == nil {
				fmt.Println("won")
			}
		case "close":
			if err = a.Close(); err == nil {
				fmt.Println("closed")
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// TestSoakTwoProcessesRace lets two processes open one book at the same moment.
// One gets it and writes; the other hears who has it. When the winner has let
// go, by closing or by being killed, the loser gets it at once.
func TestSoakTwoProcessesRace(t *testing.T) {
	m := newOffice(t, "laptop")
	a, err := Create(context.Background(), m.path(), NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, m.cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	races := datatest.Share(20, 1000)
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d races, seed %d", races, seed)
	r := rand.New(rand.NewPCG(seed, 5))
	racer := func() *child {
		c := startChild(t, "race", m.path())
		c.heard()
		return c
	}
	both := [2]*child{racer(), racer()}
	kills, wrote := 0, 0
	for range races {
		first := r.IntN(2)
		both[first].tell("open")
		time.Sleep(time.Duration(r.IntN(2000)) * time.Microsecond)
		both[1-first].tell("open")
		said := [2]string{both[0].heard(), both[1].heard()}
		won := 0
		if said[1] == "won" {
			won = 1
		}
		lost := 1 - won
		holder := fmt.Sprintf("(process %d on ", both[won].cmd.Process.Pid)
		if said[won] != "won" || !strings.HasPrefix(said[lost], "lost ") || !strings.Contains(said[lost], holder) {
			t.Fatalf("process %d says %q, %d says %q", both[0].cmd.Process.Pid, said[0], both[1].cmd.Process.Pid, said[1])
		}
		if r.IntN(4) == 0 {
			both[won].killed(0)
			kills++
		} else if got := both[won].ask("close"); got != "closed" {
			t.Fatal(got)
		}
		if got := both[lost].ask("open"); got != "won" {
			t.Fatalf("the other has let go, and yet %q", got)
		}
		wrote += 2
		if got := both[lost].ask("close"); got != "closed" {
			t.Fatal(got)
		}
		if both[won].cmd.ProcessState != nil {
			both[won] = racer()
		}
	}
	for _, c := range both {
		c.killed(0)
	}
	t.Logf("the winner was killed %d times", kills)
	m.open()
	m.sound()
	n, err := m.app.Records.Count(context.Background(), data.Query{Kind: data.KindAccount})
	if err != nil || n != wrote {
		t.Errorf("%d accounts, %v; %d were acknowledged", n, err, wrote)
	}
}
