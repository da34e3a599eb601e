package shell

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit/kittest"
)

const (
	craftPeople     = 200
	craftDeals      = 20_000
	craftActivities = 500_000
	craftTalks      = 20_000
)

// craftFile writes a table that the book imports.
func craftFile(b *testing.B, folder, kind string, lines func(write func(format string, args ...any))) {
	b.Helper()
	f, err := os.Create(filepath.Join(folder, kind+".csv"))
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	lines(func(format string, args ...any) {
		if _, err := fmt.Fprintf(w, format+"\n", args...); err != nil {
			b.Fatal(err)
		}
	})
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

// craftBook is a year of a company: 200 people, 20 managers, 20,000 deals, 500,000
// activities on them and 20,000 talks with notes, beside the sample company.
func craftBook(b *testing.B, path string) {
	b.Helper()
	ctx, folder := b.Context(), b.TempDir()
	a, err := app.Create(ctx, path, app.NewBook{Name: "Craft", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Boss", Role: data.RoleLead}, config())
	if err != nil {
		b.Fatal(err)
	}
	if err := a.Sample(ctx, app.SampleOptions{Seed: 1}, func(int64, int64) {}); err != nil {
		b.Fatal(err)
	}
	today := a.Today()
	craftFile(b, folder, data.KindPerson, func(write func(string, ...any)) {
		write("name,role,manager")
		for i := range 20 {
			write("Manager %02d,manager,Boss", i)
		}
		for i := range craftPeople {
			write("Person %03d,rep,Manager %02d", i, i%20)
		}
	})
	craftFile(b, folder, data.KindAccount, func(write func(string, ...any)) {
		write("external_id,name,owner")
		for i := range craftDeals / 5 {
			write("A%d,Account %04d,Person %03d", i, i, i%craftPeople)
		}
	})
	stages := []string{"Won", "Won", "Lost", "Prospecting", "Won", "Discovery", "Lost", "Proposal"}
	craftFile(b, folder, data.KindDeal, func(write func(string, ...any)) {
		write("external_id,name,account,owner,stage,amount,currency,created_day,close_day,next_step,next_step_day")
		for i := range craftDeals {
			created, n := today.AddDays(-20-i%380), i%(craftDeals/5)
			write("D%d,Deal %05d,A%d,Person %03d,%s,%d,USD,%s,%s,Call,%s", i, i, n, n%craftPeople, stages[i%len(stages)], 1000+i%19000, created, min(today, created.AddDays(60)), today.AddDays(i%25-5))
		}
	})
	types := []string{"call", "email", "meeting", "visit"}
	craftFile(b, folder, data.KindActivity, func(write func(string, ...any)) {
		write("external_id,type,subject,person,deal,day,done")
		for i := range craftActivities {
			write("T%d,%s,Asked about the budget,Person %03d,D%d,%s,yes", i, types[i%4], i%craftPeople, i*7%craftDeals, today.AddDays(-(i/craftPeople)%365))
		}
	})
	craftFile(b, folder, data.KindOneOnOne, func(write func(string, ...any)) {
		write("person,manager,day,status,notes")
		for i := range craftTalks {
			write("Person %03d,Manager %02d,%s,held,\"Spoke of the quarter, of what is open and of what was promised.\"", i%craftPeople, i%20, today.AddDays(-1-i/craftPeople*3))
		}
	})
	for _, kind := range []string{data.KindPerson, data.KindAccount, data.KindDeal, data.KindActivity, data.KindOneOnOne} {
		plan, err := a.Imports.Plan(ctx, []string{filepath.Join(folder, kind+".csv")}, app.PlanOptions{Kind: kind})
		if err != nil {
			b.Fatal(err)
		}
		got, err := a.Imports.Apply(ctx, plan, func(int, int, string) {})
		if err != nil || got.Files[0].New != got.Files[0].Rows {
			b.Fatalf("%s: %+v, %v", kind, got, err)
		}
	}
	if err := a.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkCraft times what a lead of that company opens in a week, and the share
// files of its book.
func BenchmarkCraft(b *testing.B) {
	path := filepath.Join(b.TempDir(), "craft.book")
	craftBook(b, path)
	fyneApp := kittest.App(b, false)
	start := func() *shell {
		return newShell(b.Context(), fyneApp, Options{Config: config(), Book: path, Folder: b.TempDir(), Runner: kittest.Sync{}})
	}
	end := func(sh *shell) {
		if err := sh.closeSession(); err != nil {
			b.Error(err)
		}
	}
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
			end(start())
		}
	})
	sh := start()
	defer end(sh)
	for _, name := range Screens() {
		b.Run("screen "+name, func(b *testing.B) {
			sh.session.show(name)
			for b.Loop() {
				sh.session.stale[name] = true
				sh.session.show(name)
			}
		})
	}
	benchCraftCalls(b, sh.session.app)
	benchCraftShare(b, sh.session.app)
}

func benchCraftCalls(b *testing.B, a *app.App) {
	b.Helper()
	rep, err := a.Records.Find(b.Context(), data.KindPerson, "Person 003")
	if err != nil {
		b.Fatal(err)
	}
	today := a.Today()
	q := app.FigureQuery{Period: a.Book().Calendar.QuarterOf(today), AsOf: today}
	week := data.Period{From: app.MondayOf(today), To: app.MondayOf(today).AddDays(7)}
	for _, c := range []struct {
		name string
		do   func(ctx context.Context) error
	}{
		{"calendar of a week, everyone", func(ctx context.Context) error {
			_, err := a.Calendar.Entries(ctx, app.CalendarQuery{Span: week})
			return err
		}},
		{"calendar of a month, one person", func(ctx context.Context) error {
			_, err := a.Calendar.Entries(ctx, app.CalendarQuery{Scope: data.Scope{Person: rep.ID}, Span: data.Period{From: today.AddDays(-30), To: today.AddDays(5)}})
			return err
		}},
		{"overdue, everyone", func(ctx context.Context) error {
			_, err := a.Calendar.Overdue(ctx, app.CalendarQuery{})
			return err
		}},
		{"reminders", func(ctx context.Context) error { _, err := a.Reminders.Due(ctx); return err }},
		{"home", func(ctx context.Context) error { _, err := a.Performance.Home(ctx, q); return err }},
		{"goal", func(ctx context.Context) error { _, err := a.Performance.Goal(ctx, q); return err }},
		{"agenda", func(ctx context.Context) error {
			_, err := a.Meetings.Agenda(ctx, app.AgendaQuery{Day: today})
			return err
		}},
		{"coaching of all", func(ctx context.Context) error { _, err := a.Coaching.Team(ctx, q); return err }},
		{"coaching of one", func(ctx context.Context) error { _, err := a.Coaching.Person(ctx, rep.ID, q); return err }},
		{"playbook", func(ctx context.Context) error { _, err := a.Process.Playbook(ctx, q); return err }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if err := c.do(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchCraftShare(b *testing.B, a *app.App) {
	b.Helper()
	rep, err := a.Records.Find(b.Context(), data.KindPerson, "Person 003")
	if err != nil {
		b.Fatal(err)
	}
	folder := b.TempDir()
	const phrase = "six words for the whole of it"
	for _, c := range []struct {
		name string
		o    app.ShareOptions
	}{
		{"a rep's part", app.ShareOptions{To: rep.ID, Passphrase: phrase}},
		{"everything", app.ShareOptions{Everything: true, Passphrase: phrase}},
	} {
		file := filepath.Join(folder, c.name+".fieldbook")
		b.Run("write "+c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := a.Sharing.Share(b.Context(), file, c.o); err != nil {
					b.Fatal(err)
				}
			}
			if info, err := os.Stat(file); err == nil {
				b.ReportMetric(float64(info.Size())/1e6, "MB")
			}
		})
		b.Run("merge "+c.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				o := app.Received{Book: filepath.Join(b.TempDir(), fmt.Sprintf("%d.book", i)), Paths: []string{file}, MergeOptions: app.MergeOptions{Passphrase: phrase}}
				if _, err := app.Receive(b.Context(), o, config()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
