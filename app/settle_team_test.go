package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/data/store"

	"pgregory.net/rapid"
)

// team is some replicas of one book that hold the deal Rangreen; their clocks
// may be off.
type team struct {
	t     rapidOrTest
	dir   string
	n     int
	books []*app.App
	deal  data.ID
	now   time.Time
}

type rapidOrTest interface {
	Helper()
	Fatal(args ...any)
}

func newTeam(t rapidOrTest, off ...time.Duration) *team {
	t.Helper()
	dir, err := os.MkdirTemp("", "fieldbook-team-")
	m := &team{t: t, dir: dir, now: time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)}
	m.check(err)
	config := func(i int) app.Config {
		return app.Config{Device: fmt.Sprintf("device%d", i), Now: func() time.Time { m.now = m.now.Add(time.Minute); return m.now.Add(off[i]) }}
	}
	ctx := context.Background()
	first, err := app.Create(ctx, filepath.Join(dir, "0.book"), app.NewBook{Name: "Team", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config(0))
	m.check(err)
	m.books = append(m.books, first)
	stages, err := first.Records.List(ctx, data.Query{Kind: data.KindStage})
	m.check(err)
	m.deal, err = first.Records.Add(ctx, data.KindDeal, data.Values{"name": "Rangreen", "stage": stages[0].ID, "note": "start"})
	m.check(err)
	share := m.share(0)
	for i := 1; i < len(off); i++ {
		path := filepath.Join(dir, fmt.Sprintf("%d.book", i))
		_, err := app.Receive(ctx, app.Received{Book: path, Paths: []string{share}}, config(i))
		m.check(err)
		a, err := app.Open(ctx, path, config(i))
		m.check(err)
		m.books = append(m.books, a)
	}
	return m
}

func (m *team) close() {
	for _, a := range m.books {
		m.check(a.Close())
	}
	m.check(os.RemoveAll(m.dir))
}

func (m *team) check(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *team) share(from int) string {
	m.t.Helper()
	m.n++
	path := filepath.Join(m.dir, fmt.Sprintf("%d.fieldbook", m.n))
	_, err := m.books[from].Sharing.Share(context.Background(), path, app.ShareOptions{Everything: true})
	m.check(err)
	return path
}

func (m *team) send(from, to int) {
	m.t.Helper()
	_, err := m.books[to].Sharing.Merge(context.Background(), []string{m.share(from)}, app.MergeOptions{})
	m.check(err)
}

// meet lets all know all.
func (m *team) meet() {
	m.t.Helper()
	for i := 1; i < len(m.books); i++ {
		m.send(i, 0)
	}
	for i := 1; i < len(m.books); i++ {
		m.send(0, i)
	}
}

func (m *team) set(i int, values data.Values) {
	m.t.Helper()
	m.check(m.books[i].Records.Set(context.Background(), data.KindDeal, []data.ID{m.deal}, values))
}

// inbox writes what waits in a book, whose and on what base, but not what is ours.
func (m *team) inbox(i int) []string {
	m.t.Helper()
	clashes, err := m.books[i].Journal.Clashes(context.Background())
	m.check(err)
	var out []string
	for _, c := range clashes {
		for _, f := range c.Fields {
			line := fmt.Sprintf("%s: %q became", f.Label, f.Base)
			for _, s := range f.Sides {
				line += fmt.Sprintf(" %q by %s at %d,", s.Text, s.Device, s.At)
			}
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return out
}

func (m *team) only(i int) (app.Clash, app.ClashField) {
	m.t.Helper()
	clashes, err := m.books[i].Journal.Clashes(context.Background())
	m.check(err)
	if len(clashes) != 1 || len(clashes[0].Fields) != 1 {
		m.t.Fatal(m.inbox(i))
	}
	return clashes[0], clashes[0].Fields[0]
}

func (m *team) dump(i int) string {
	m.t.Helper()
	var sb strings.Builder
	m.check(m.books[i].Journal.Dump(context.Background(), func(line string) error {
		sb.WriteString(line + "\n")
		return nil
	}))
	return sb.String()
}

// The base is what all sides had seen, though one of them changed it again and
// again, and though a third had written a newer value that not all knew.
func TestTheBaseIsWhatAllSidesSaw(t *testing.T) {
	m := newTeam(t, 0, 0, 0)
	defer m.close()
	m.set(0, data.Values{"note": "agreed"})
	m.meet()
	m.set(1, data.Values{"note": "one"})
	m.send(1, 2)
	m.set(2, data.Values{"note": "two after one"})
	m.set(2, data.Values{"note": "two again"})
	m.set(0, data.Values{"note": "zero"})
	m.meet()
	for i := range m.books {
		if _, f := m.only(i); f.Base != "agreed" || len(f.Sides) != 2 || f.Sides[0].Text != "zero" || f.Sides[1].Text != "two again" {
			t.Errorf("in book %d: %v", i, m.inbox(i))
		}
	}
}

func TestThreeSidesStandBesideEachOther(t *testing.T) {
	m := newTeam(t, 0, 0, 0)
	defer m.close()
	for i := range m.books {
		m.set(i, data.Values{"note": fmt.Sprintf("of %d", i)})
	}
	m.meet()
	c, f := m.only(1)
	if len(f.Sides) != 3 || f.Base != "start" || f.Both != "device0: of 0\n\ndevice1: of 1\n\ndevice2: of 2" {
		t.Fatalf("%+v", f)
	}
	if err := m.books[1].Journal.KeepBoth(context.Background(), c, f); err != nil {
		t.Fatal(err)
	}
	m.meet()
	for i := range m.books {
		if left := m.inbox(i); len(left) != 0 {
			t.Errorf("settled in one book, book %d still asks %v", i, left)
		}
	}
	if _, err := m.books[1].Journal.Undo(context.Background(), data.NoID); err != nil {
		t.Fatal(err)
	}
	m.meet()
	for i := range m.books {
		if _, again := m.only(i); len(again.Sides) != 3 || again.Both != f.Both {
			t.Errorf("undone, book %d asks %v", i, m.inbox(i))
		}
	}
}

func TestAClockThatWasOffIsMarked(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct {
		off  time.Duration
		want int // days
	}{{0, 0}, {20 * time.Hour, 0}, {3 * day, 3}, {-3 * day, -3}, {-20 * time.Hour, 0}} {
		m := newTeam(t, 0, c.off)
		m.set(0, data.Values{"note": "right"})
		m.set(1, data.Values{"note": "off"})
		m.send(1, 0)
		_, f := m.only(0)
		for _, s := range f.Sides {
			want := 0
			if !s.Mine {
				want = c.want
			}
			if got := int((s.Off + s.Off/time.Duration(100)).Hours() / 24); got != want && got != want-1 {
				t.Errorf("a clock off by %v: %s is marked as off by %v", c.off, s.Device, s.Off)
			}
			if (s.Off != 0) != (want != 0) {
				t.Errorf("a clock off by %v: %s is marked: %v", c.off, s.Device, s.Off)
			}
		}
		m.close()
	}
}

func TestConcurrentValuesThatAreAlikeNeedNoDecision(t *testing.T) {
	m := newTeam(t, 0, 0, 0)
	defer m.close()
	stages, err := m.books[0].Records.List(context.Background(), data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "position"}}})
	m.check(err)
	for i := range m.books {
		m.set(i, data.Values{"stage": stages[1].ID, "amount": int64(100), "currency": "USD", "next_step": "Call", "next_step_day": data.NewDay(2026, 6, 1)})
	}
	m.meet()
	for i := range m.books {
		if left := m.inbox(i); len(left) != 0 {
			t.Errorf("book %d asks %v", i, left)
		}
	}
}

// Whatever a team does, once all know all they ask the same questions on the
// same base; what one settles is settled for all, and its undo asks all again.
func TestATeamAsksAndSettlesAlike(t *testing.T) {
	few(t, 6)
	rapid.Check(t, func(t *rapid.T) {
		m := newTeam(t, 0, time.Duration(rapid.IntRange(-50, 50).Draw(t, "clock off"))*time.Hour, 0)
		defer m.close()
		ctx := context.Background()
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			i, to := rapid.IntRange(0, 2).Draw(t, "who"), rapid.IntRange(0, 2).Draw(t, "to")
			switch rapid.SampledFrom([]string{"note", "note", "source", "send", "undo", "settle"}).Draw(t, "step") {
			case "note":
				m.set(i, data.Values{"note": rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "note")})
			case "source":
				m.set(i, data.Values{"source": rapid.SampledFrom([]string{"fair", "web"}).Draw(t, "source")})
			case "send":
				if i != to {
					m.send(i, to)
				}
			case "undo":
				m.undo(i)
			case "settle":
				_, err := m.books[i].Journal.KeepAll(ctx, app.Choice{Mine: true})
				m.check(err)
			}
		}
		m.agree(t)
		asked := m.inbox(0)
		if len(asked) == 0 {
			return
		}
		clashes, err := m.books[0].Journal.Clashes(ctx)
		m.check(err)
		c := clashes[0]
		m.check(m.books[0].Journal.Keep(ctx, c, c.Fields[0], c.Fields[0].Sides[len(c.Fields[0].Sides)-1]))
		m.agree(t)
		if left := m.inbox(2); len(left) != len(asked)-1 {
			t.Fatalf("after one of %v was settled, %v waits", asked, left)
		}
		_, err = m.books[0].Journal.Undo(ctx, data.NoID)
		m.check(err)
		m.agree(t)
	})
}

// undo takes back the newest step of a book, but not that which brought the deal.
func (m *team) undo(i int) {
	m.t.Helper()
	steps, err := m.books[i].Journal.Steps(context.Background(), 1000)
	m.check(err)
	steps = slices.DeleteFunc(steps, func(s store.Step) bool { return s.Undone })
	if len(steps) > 1 {
		_, err := m.books[i].Journal.Undo(context.Background(), data.NoID)
		m.check(err)
	}
}

// agree lets all know all and compares what they show and ask.
func (m *team) agree(t *rapid.T) {
	t.Helper()
	m.meet()
	for i := 1; i < len(m.books); i++ {
		if a, b := m.dump(0), m.dump(i); a != b {
			t.Fatalf("books 0 and %d differ:\n%s\n%s", i, a, b)
		}
		if a, b := m.inbox(0), m.inbox(i); !slices.Equal(a, b) {
			t.Fatalf("books 0 and %d ask otherwise:\n%v\n%v", i, a, b)
		}
	}
}
