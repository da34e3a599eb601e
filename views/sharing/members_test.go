package sharing

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// club is a book that gets members: Lea leads, Ada sells, each at one computer.
type club struct {
	t   *testing.T
	dir string
	now time.Time
	lea *app.App
	ada *app.App
	ids map[string]data.ID
}

func (c *club) config(device string) app.Config {
	return app.Config{Device: device, Keys: keyring.Memory(), Now: func() time.Time { c.now = c.now.Add(time.Minute); return c.now }}
}

func (c *club) check(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func newClub(t *testing.T) *club {
	t.Helper()
	ctx := context.Background()
	c := &club{t: t, dir: t.TempDir(), now: time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC), ids: map[string]data.ID{}}
	t.Setenv("HOME", c.dir)
	var err error
	c.lea, err = app.Create(ctx, filepath.Join(c.dir, "lea.book"), app.NewBook{Name: "Sales", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, c.config("Lea's laptop"))
	c.check(err)
	t.Cleanup(func() { c.check(c.lea.Close()) })
	add := func(kind, name string, values data.Values) {
		values["name"] = name
		c.ids[name], err = c.lea.Records.Add(ctx, kind, values)
		c.check(err)
	}
	add(data.KindPerson, "Lea Lind", data.Values{"role": data.RoleLead})
	add(data.KindPerson, "Ada Berg", data.Values{"role": data.RoleRep, "manager": c.ids["Lea Lind"]})
	stages, err := c.lea.Records.List(ctx, data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "position"}}})
	c.check(err)
	for _, name := range []string{"Rangreen", "Bluth"} {
		add(data.KindDeal, name, data.Values{"stage": stages[0].ID, "owner": c.ids["Ada Berg"], "amount": int64(548200), "currency": "USD"})
	}
	add(data.KindDeal, "Isdom", data.Values{"stage": stages[0].ID, "owner": c.ids["Lea Lind"], "amount": int64(100), "currency": "USD"})
	return c
}

// says reports whether words stand on the screen, over the ends of lines.
func says(d *kittest.Desk, words string) bool {
	return strings.Contains(strings.Join(kittest.Texts(d.Root()), " "), words)
}

// agree presses a button, and the one of the question that it leads to.
func (c *club) agree(d *kittest.Desk, text string) bool {
	asks := d.Press(text)
	return asks && d.Press(text)
}

func (c *club) window(a *app.App) (*kittest.Desk, *Screen) {
	c.t.Helper()
	d := kittest.NewDesk(c.t, a, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return New(h) })
	return d, d.Screen.(*Screen)
}

// found gives the book members by clicks.
func (c *club) found() (*kittest.Desk, *Screen) {
	c.t.Helper()
	c.check(c.lea.SetMe(context.Background(), c.ids["Lea Lind"]))
	d, s := c.window(c.lea)
	must(c.t, d.Do("Members of the book") && kittest.Shows(d.Root(), "This is an open book"), "no explanation of members", d)
	must(c.t, c.agree(d, "Give the book members") && len(d.Failed) == 0, "the book cannot be given members", d)
	must(c.t, kittest.Shows(d.Root(), "Lea Lind") && kittest.Shows(d.Root(), "This computer"), "the founder is not listed", d)
	return d, s
}

// invited opens Ada's book from an invitation made by clicks.
func (c *club) invited(d *kittest.Desk, s *Screen) {
	c.t.Helper()
	must(c.t, d.Do("Invite…") && kittest.Shows(d.Root(), "Invite somebody into the book"), "nobody can be invited", d)
	must(c.t, d.Tap("Choose a person"), "nobody can be chosen", d)
	must(c.t, d.Tap("Ada Berg"), "Ada is not offered", d)
	must(c.t, says(d, "Ada Berg becomes a member as rep on the computer that opens the file, and sees own deals, accounts, quota and activities."), "what happens is not said", d)
	phrase := ""
	for _, text := range kittest.Texts(d.Root()) {
		if strings.Count(text, "-") == 5 {
			phrase = text
		}
	}
	path := filepath.Join(c.dir, "ada.fieldbook")
	must(c.t, d.Press("Copy") && fyne.CurrentApp().Clipboard().Content() == phrase && phrase != "", "the passphrase is not copied", d)
	must(c.t, d.Press("Choose a place…"), "no place is asked for", d)
	c.write(d, path)
	must(c.t, len(d.Failed) == 0 && kittest.Shows(d.Root(), "Ada Berg is invited") && kittest.Shows(d.Root(), phrase) && kittest.Shows(d.Root(), s.state.members.words), "the passphrase and the fingerprint are not shown", d)
	must(c.t, d.Press("Done"), "the dialog does not close", d)
	must(c.t, kittest.Shows(d.Root(), "Not joined yet"), "the invitation is not listed", d)

	book := filepath.Join(c.dir, "ada.book")
	cfg := c.config("Ada's laptop")
	_, err := app.Receive(context.Background(), app.Received{Book: book, Paths: []string{path}, MergeOptions: app.MergeOptions{Passphrase: phrase}}, cfg)
	c.check(err)
	c.ada, err = app.Open(context.Background(), book, cfg)
	c.check(err)
	c.t.Cleanup(func() { c.check(c.ada.Close()) })
}

// write fills in the dialog that asks for a file; it begins in the person's home.
func (c *club) write(d *kittest.Desk, path string) {
	c.t.Helper()
	d.Shortcut(&fyne.ShortcutSelectAll{})
	d.Type(filepath.Base(path))
	must(c.t, d.Press("Save"), "no Save", d)
}

// fromAda is what Ada writes for Lea.
func (c *club) fromAda() string {
	c.t.Helper()
	path := filepath.Join(c.dir, "to Lea Lind.fieldbook")
	_, err := c.ada.Sharing.Share(context.Background(), path, app.ShareOptions{To: c.ids["Lea Lind"], Since: true})
	c.check(err)
	return path
}

func (c *club) amount(a *app.App, deal string) int64 {
	c.t.Helper()
	row, err := a.Records.Get(context.Background(), data.KindDeal, c.ids[deal])
	c.check(err)
	return row.Int("amount")
}

func (c *club) set(a *app.App, deal string, amount int64) {
	c.t.Helper()
	c.check(a.Records.Set(context.Background(), data.KindDeal, []data.ID{c.ids[deal]}, data.Values{"amount": amount}))
}

func TestNobodyFoundsABookBeforeHeSaysWhoHeIs(t *testing.T) {
	kittest.App(t, false)
	c := newClub(t)
	d, s := c.window(c.lea)
	s.turn(tabMembers)
	must(t, d.Press("Say first who you are") && len(d.Went) == 1 && d.Went[0].Screen == "settings", "no way to say who one is", d)
}

func TestFoundInviteShareRefuseAccept(t *testing.T) {
	kittest.App(t, false)
	c := newClub(t)
	d, s := c.found()
	c.invited(d, s)
	if rows, err := c.ada.Records.List(context.Background(), data.Query{Kind: data.KindDeal}); err != nil || len(rows) != 2 {
		t.Fatalf("Ada holds %d deals, %v", len(rows), err)
	}

	// What Ada does comes back and counts.
	c.set(c.ada, "Rangreen", 600000)
	s.Open(kit.Target{Paths: []string{c.fromAda()}})
	must(t, d.Do("Merge") && len(d.Failed) == 0 && c.amount(c.lea, "Rangreen") == 600000, "what Ada did does not come", d)
	must(t, d.Do("Members of the book") && kittest.Shows(d.Root(), "Ada's laptop") && kittest.Shows(d.Root(), "Invitation used"), "Ada's computer is not listed", d)

	// Once her computer is revoked, what comes from it is refused until somebody accepts it.
	must(t, d.Tap("Ada's laptop") && d.Press("Revoke…") && d.Press("Revoke") && len(d.Failed) == 0, "her computer cannot be revoked", d)
	must(t, kittest.Shows(d.Root(), "Revoked"), "that is not shown", d)
	c.set(c.ada, "Rangreen", 700000)
	c.set(c.ada, "Bluth", 1)
	s.Open(kit.Target{Paths: []string{c.fromAda()}})
	must(t, kittest.Shows(d.Root(), "2 changes were made without a right to them and will not count. After the merge you find them under Refused"), "the preview does not say what is refused", d)
	must(t, d.Do("Merge") && c.amount(c.lea, "Rangreen") == 600000, "a refused change counts", d)
	must(t, d.Do("Refused changes") && kittest.Shows(d.Root(), "Amount: 6,000 USD → 7,000 USD") && kittest.Shows(d.Root(), "Amount: 5,482 USD → 0.01 USD"), "the refused changes are not listed", d)
	must(t, kittest.Button(d.Root(), "Accept").Disabled(), "nothing is marked, and yet something can be accepted", d)
	must(t, d.Tap("Rangreen") && kittest.Shows(d.Root(), "6,000 USD → 7,000 USD") && d.Press("Accept") && len(d.Failed) == 0, "it cannot be accepted", d)
	must(t, c.amount(c.lea, "Rangreen") == 700000, "what was accepted does not count", d)
	must(t, d.Tap("Bluth") && c.agree(d, "Set aside") && len(d.Failed) == 0, "it cannot be set aside", d)
	must(t, kittest.Shows(d.Root(), "Nothing was refused") && c.amount(c.lea, "Bluth") == 548200, "what was set aside is still there", d)

	must(t, d.Do("Members of the book") && d.Tap("Ada's laptop") && d.Press("Take in again") && len(d.Failed) == 0, "she cannot be taken in again", d)
	must(t, kittest.Shows(d.Root(), "Member") && !kittest.Shows(d.Root(), "Revoked"), "that is not shown", d)
}

func TestARepSeesTheMembersAndInvitesNobody(t *testing.T) {
	kittest.App(t, false)
	c := newClub(t)
	c.invited(c.found())
	d, s := c.window(c.ada)
	must(t, d.Do("Members of the book") && kittest.Shows(d.Root(), "Lea Lind") && s.Primary().Text == "Share…", "a rep does not see the members, or may invite", d)
	must(t, d.Tap("Lea's laptop") && d.Press("Revoke…") && d.Press("Revoke"), "it is not tried", d)
	must(t, len(d.Failed) == 1 && data.KindOf(d.Failed[0]) == data.Refused && !kittest.Shows(d.Root(), "Revoked"), "a rep revokes the founder", d)
}

func TestALockedFileIsOpenedInPlace(t *testing.T) {
	kittest.App(t, false)
	c := newClub(t)
	d, s := c.found()
	path := filepath.Join(c.dir, "ada.fieldbook")
	_, err := c.lea.Sharing.Share(context.Background(), path, app.ShareOptions{To: c.ids["Ada Berg"], Passphrase: "one-two-three"})
	c.check(err)
	s.Open(kit.Target{Paths: []string{path}})
	must(t, kittest.Shows(d.Root(), "ada.fieldbook is locked with a passphrase") && s.Primary() == nil, "no passphrase is asked for", d)
	kittest.GoldenImage(t, "passphrase", d.Window.Canvas().Capture())
	open := func(phrase string) {
		t.Helper()
		entry, _ := kittest.Find[fyne.Focusable](d.Root())
		d.Window.Canvas().Focus(entry)
		d.Type(phrase)
		must(t, d.Press("Open the file"), "no button to open it", d)
	}
	open("one")
	must(t, says(d, "does not open"), "a wrong passphrase is not told", d)
	open("one-two-three")
	must(t, s.Primary() != nil && s.Primary().Text == "Join", "an invitation is not offered to be joined by", d)
	s.leave()
	must(t, kittest.Shows(d.Root(), "Merged and settled") || kittest.Shows(d.Root(), "Work together by files"), "no way back", d)
}

func TestShareBoxSaysWhatItWouldWrite(t *testing.T) {
	kittest.App(t, false)
	c := newClub(t)
	d, s := c.found()
	must(t, d.Do("Share…") && says(d, "It opens on the computers of the founder and of leads, and on yours."), "it is not said who can open the file", d)
	must(t, d.Tap("Everybody who may see everything"), "for whom it is cannot be chosen", d)
	must(t, d.Tap("Ada Berg") && kittest.Shows(d.Root(), "What Ada Berg is to see"), "her part is not proposed", d)
	must(t, says(d, "the file is an invitation"), "it is not said that the file invites", d)
	must(t, d.Tap("What Ada Berg is to see"), "the part cannot be chosen", d)
	d.Type("Lea")
	must(t, d.Tap("Team of Lea Lind") && says(d, "edits, about"), "the size is not told", d)
	must(t, d.Press("Choose a place…"), "no place is asked for", d)
	path := filepath.Join(c.dir, "team.fieldbook")
	c.write(d, path)
	must(t, len(d.Failed) == 0 && kittest.Shows(d.Root(), "Ada Berg is invited"), "nothing was written", d)
	must(t, d.Press("Done") && s.state.ever, "it is not remembered", d)

	must(t, d.Do("Share…") && d.Press("With a passphrase") && d.Press("Choose a place…"), "no share with a passphrase", d)
	c.write(d, filepath.Join(c.dir, "all.fieldbook"))
	must(t, len(d.Failed) == 0 && kittest.Shows(d.Root(), "The file is locked") && d.Press("Done"), "the passphrase is not told", d)
}

// pin shows words that are the same in every run, where keys are random.
func (c *club) pin(s *Screen) {
	s.state.members.words = "focus rival dentist dad uncover cabin"
	for i, m := range s.state.members.list {
		for k := range m.Devices {
			s.state.members.list[i].Devices[k].Words = []string{"focus rival dentist dad uncover cabin", "long mango burger blade horror frown", "idle whale brand seed obtain twelve"}[(2*i+k)%3]
		}
	}
	s.show()
}

func TestMembersLookRight(t *testing.T) {
	for suffix, dark := range map[string]bool{"": false, "-dark": true} {
		kittest.App(t, dark)
		c := newClub(t)
		d, s := c.window(c.lea)
		s.turn(tabMembers)
		kittest.GoldenImage(t, "openbook"+suffix, d.Window.Canvas().Capture())
		d, s = c.found()
		c.invited(d, s)
		c.set(c.ada, "Rangreen", 600000)
		_, err := c.lea.Sharing.Merge(context.Background(), []string{c.fromAda()}, app.MergeOptions{})
		c.check(err)
		c.pin(s)
		must(t, d.Tap("Ada's laptop"), "Ada's computer is not listed", d)
		kittest.GoldenImage(t, "members"+suffix, d.Window.Canvas().Capture())
		must(t, d.Press("Revoke…"), "her computer cannot be revoked", d)
		kittest.GoldenImage(t, "revoke"+suffix, d.Window.Canvas().Capture())
		must(t, d.Press("Revoke"), "her computer cannot be revoked", d)
		c.pin(s)
		must(t, d.Do("Share…"), "no dialog to share", d)
		kittest.GoldenImage(t, "share"+suffix, d.Window.Canvas().Capture())
		must(t, d.Press("Cancel"), "no way back", d)
		s.invite(c.ids["Ada Berg"])
		for _, text := range kittest.FindAll[*kit.Text](d.Root()) {
			if strings.Count(text.Text(), "-") == 5 {
				text.SetText("three-cat-bag-entry-puppy-desk")
			}
		}
		kittest.GoldenImage(t, "invite"+suffix, d.Window.Canvas().Capture())
		must(t, d.Press("Cancel"), "no way back", d)
		c.set(c.ada, "Rangreen", 700000)
		c.set(c.ada, "Bluth", 1)
		s.Open(kit.Target{Paths: []string{c.fromAda()}})
		kittest.GoldenImage(t, "preview"+suffix, d.Window.Canvas().Capture())
		must(t, d.Do("Merge") && d.Do("Refused changes") && d.Tap("Rangreen"), "the refused changes are not listed", d)
		kittest.GoldenImage(t, "refused"+suffix, d.Window.Canvas().Capture())
	}
}
