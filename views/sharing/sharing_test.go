package sharing

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// pair is a manager's book on a desk and, once shared, a rep's on a laptop.
type pair struct {
	t     *testing.T
	dir   string
	now   time.Time
	desk  *app.App
	other *app.App
	deals map[string]data.ID
}

func (p *pair) config(device string) app.Config {
	return app.Config{Device: device, Now: func() time.Time { p.now = p.now.Add(time.Minute); return p.now }}
}

func newPair(t *testing.T) *pair {
	t.Helper()
	p := &pair{t: t, dir: t.TempDir(), now: time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC), deals: map[string]data.ID{}}
	var err error
	p.desk, err = app.Create(context.Background(), filepath.Join(p.dir, "desk.book"),
		app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mia Moss", Role: data.RoleManager}, p.config("desk"))
	p.check(err)
	t.Cleanup(func() { p.check(p.desk.Close()) })
	ada, err := p.desk.Records.Add(context.Background(), data.KindPerson, data.Values{"name": "Ada Berg", "role": data.RoleManager})
	p.check(err)
	stages, err := p.desk.Records.List(context.Background(), data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "position"}}})
	p.check(err)
	for _, name := range []string{"Rangreen", "Bluth", "Isdom"} {
		p.deals[name], err = p.desk.Records.Add(context.Background(), data.KindDeal,
			data.Values{"name": name, "stage": stages[0].ID, "owner": ada, "amount": int64(548200), "currency": "USD", "next_step": "Call on price"})
		p.check(err)
	}
	return p
}

func (p *pair) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// receive opens the other book from a share file of the desk.
func (p *pair) receive(share string) {
	p.t.Helper()
	path := filepath.Join(p.dir, "laptop.book")
	_, err := app.Receive(context.Background(), app.Received{Book: path, Paths: []string{share}}, p.config("laptop"))
	p.check(err)
	p.other, err = app.Open(context.Background(), path, p.config("laptop"))
	p.check(err)
	p.t.Cleanup(func() { p.check(p.other.Close()) })
	ada, err := p.other.Records.Find(context.Background(), data.KindPerson, "Ada Berg")
	p.check(err)
	p.check(p.other.SetMe(context.Background(), ada.ID))
}

func (p *pair) set(a *app.App, deal string, values data.Values) {
	p.t.Helper()
	p.check(a.Records.Set(context.Background(), data.KindDeal, []data.ID{p.deals[deal]}, values))
}

func (p *pair) share(a *app.App, name string) string {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	_, err := a.Sharing.Share(context.Background(), path, app.ShareOptions{Everything: true})
	p.check(err)
	return path
}

// part lets both change the same deals, and gives the other's share file.
func (p *pair) part() string {
	p.t.Helper()
	p.receive(p.share(p.desk, "first.fieldbook"))
	p.set(p.desk, "Rangreen", data.Values{"amount": int64(510000), "next_step": "Send revised quote"})
	p.set(p.other, "Rangreen", data.Values{"amount": int64(490000), "next_step": "Visit in Dallas"})
	p.set(p.desk, "Bluth", data.Values{"note": "ours"})
	p.set(p.other, "Bluth", data.Values{"note": "theirs"})
	p.set(p.other, "Isdom", data.Values{"note": "only theirs"})
	return p.share(p.other, "laptop.fieldbook")
}

func (p *pair) window() *kittest.Desk {
	p.t.Helper()
	return kittest.NewDesk(p.t, p.desk, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return New(h) })
}

func must(t *testing.T, ok bool, what string, d *kittest.Desk) {
	t.Helper()
	if !ok {
		t.Fatalf("%s; failed %v, on the screen: %q", what, d.Failed, kittest.Texts(d.Root()))
	}
}

func (p *pair) deal(name string) data.Row {
	p.t.Helper()
	row, err := p.desk.Records.Get(context.Background(), data.KindDeal, p.deals[name])
	p.check(err)
	return row
}

func TestShareMergeSettleAndUndo(t *testing.T) {
	kittest.App(t, false)
	p := newPair(t)
	d := p.window()
	s := d.Screen.(*Screen)
	must(t, kittest.Shows(d.Root(), "Work together by files"), "a book that was never shared does not say what sharing is", d)

	s.shareTo(filepath.Join(p.dir, "first.fieldbook"), app.ShareOptions{Everything: true})
	must(t, len(d.Failed) == 0 && kittest.Shows(d.Root(), "Merged and settled"), "sharing failed", d)
	if _, err := os.Stat(filepath.Join(p.dir, "first.fieldbook")); err != nil {
		t.Fatal(err)
	}
	theirs := p.part()

	s.Open(kit.Target{Paths: []string{theirs}})
	must(t, kittest.Shows(d.Root(), "Record by record") && kittest.Shows(d.Root(), "only theirs"), "no preview", d)
	if p.deal("Isdom").Text("note") != "" {
		t.Fatal("a preview changed the book")
	}
	must(t, d.Do("Merge") && len(d.Failed) == 0, "the merge failed", d)
	if p.deal("Isdom").Text("note") != "only theirs" {
		t.Error("the merge brought nothing")
	}
	must(t, kittest.Shows(d.Root(), "To decide") && kittest.Shows(d.Root(), "Rangreen") && kittest.Shows(d.Root(), "Bluth"), "the conflicts are not shown", d)

	s.choose(p.deals["Rangreen"].String())
	must(t, kittest.Shows(d.Root(), "5,100 USD") && kittest.Shows(d.Root(), "4,900 USD") && kittest.Shows(d.Root(), "5,482 USD"), "base, mine and theirs are not shown", d)
	must(t, d.Press("Keep mine") && len(d.Failed) == 0, "mine cannot be kept", d)
	if got := p.deal("Rangreen").Int("amount"); got != 510000 {
		t.Errorf("the amount is %d", got)
	}
	must(t, len(s.state.clashes[0].Fields)+len(s.state.clashes[1].Fields) == 2, "the settled field is still asked for", d)

	s.pickPerson([]string{"Ada Berg"})
	must(t, d.Do("Keep everything of Ada Berg") && len(d.Failed) == 0, "no settling by person", d)
	must(t, len(s.state.clashes) == 0 && p.deal("Bluth").Text("note") == "theirs", "not all is settled", d)

	must(t, d.Do("Undo the last merge") && len(d.Failed) == 0, "the merge cannot be undone", d)
	if p.deal("Isdom").Text("note") != "" {
		t.Error("undo left what the merge brought")
	}
}

func TestTheSameFileAgainBringsNothing(t *testing.T) {
	kittest.App(t, false)
	p := newPair(t)
	theirs := p.part()
	d := p.window()
	s := d.Screen.(*Screen)
	s.Open(kit.Target{Paths: []string{theirs}})
	must(t, d.Do("Merge"), "no merge", d)
	s.Open(kit.Target{Paths: []string{theirs}})
	must(t, kittest.Shows(d.Root(), "Nothing new") && s.Primary() == nil, "the same file is offered again", d)
	s.leave()
	must(t, kittest.Shows(d.Root(), "To decide"), "no way back to the inbox", d)
}

func TestAFileOfAnotherBookIsRefusedInPlace(t *testing.T) {
	kittest.App(t, false)
	p, q := newPair(t), newPair(t)
	d := p.window()
	s := d.Screen.(*Screen)
	s.Open(kit.Target{Paths: []string{q.share(q.desk, "foreign.fieldbook")}})
	must(t, s.loader.Failure() != "" && s.Primary() == nil, "a file of another book is taken", d)
	s.leave()
	must(t, s.loader.Failure() == "", "the failure stays", d)
}

func TestAStepOfTheHistoryIsUndone(t *testing.T) {
	kittest.App(t, false)
	p := newPair(t)
	theirs := p.part()
	if _, err := p.desk.Sharing.Merge(context.Background(), []string{theirs}, app.MergeOptions{}); err != nil {
		t.Fatal(err)
	}
	d := p.window()
	must(t, d.Tap("Merge from Ada Berg"), "the merge is not in the history", d)
	must(t, d.Press("Undo this step") && len(d.Failed) == 0, "the merge cannot be undone", d)
	must(t, kittest.Shows(d.Root(), "Undone"), "the history does not say so", d)
}

func TestEveryStateShowsItself(t *testing.T) {
	for suffix, dark := range map[string]bool{"": false, "-dark": true} {
		kittest.App(t, dark)
		p := newPair(t)
		d := p.window()
		s := d.Screen.(*Screen)
		s.Open(kit.Target{Paths: []string{p.part()}})
		must(t, kittest.Shows(d.Root(), "What the files would bring"), "no preview", d)
		must(t, d.Do("Merge"), "no merge", d)
		s.choose(p.deals["Rangreen"].String())
		must(t, kittest.Shows(d.Root(), "Conflicts"), "no inbox", d)
		kittest.GoldenImage(t, "inbox"+suffix, d.Window.Canvas().Capture())
	}
}
