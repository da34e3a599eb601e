package shell

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"fieldbook/app"
	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// invitation is a file that invites Ada into Lea's book, in which a deal of
// hers was handed over.
func invitation(t *testing.T, phrase string) (path string, ada data.ID) {
	t.Helper()
	ctx := context.Background()
	dir := t.TempDir()
	cfg := config()
	cfg.Keys = keyring.Memory()
	lea, err := app.Create(ctx, filepath.Join(dir, "lea.book"), app.NewBook{Name: "Sales", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Lea Lind", Role: data.RoleLead}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := lea.Close(); err != nil {
			t.Error(err)
		}
	}()
	ada, err = lea.Records.Add(ctx, data.KindPerson, data.Values{"name": "Ada Berg", "role": data.RoleRep})
	if err != nil {
		t.Fatal(err)
	}
	stages, err := lea.Records.List(ctx, data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "position"}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lea.Records.Add(ctx, data.KindDeal, data.Values{"name": "Rangreen", "stage": stages[0].ID, "owner": ada, "amount": int64(548200), "currency": "USD"}); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "ada.fieldbook")
	if _, err := lea.Sharing.Share(ctx, path, app.ShareOptions{To: ada, Passphrase: phrase}); err != nil {
		t.Fatal(err)
	}
	return path, ada
}

func TestAnInvitationOnTheStartPageMakesTheBook(t *testing.T) {
	const phrase = "three-cat-bag-entry-puppy-desk"
	path, ada := invitation(t, phrase)
	folder := t.TempDir()
	cfg := config()
	cfg.Keys = keyring.Memory()
	sh := newShell(t.Context(), kittest.App(t, false), Options{Config: cfg, Folder: folder, Zone: "UTC", Runner: kittest.Sync{}})
	t.Cleanup(func() {
		if err := sh.closeSession(); err != nil {
			t.Error(err)
		}
	})
	hand := kittest.Hand{Window: sh.window}
	top := func() fyne.CanvasObject { return sh.window.Canvas().Overlays().Top() }
	press := func(text string) {
		t.Helper()
		b := kittest.Button(top(), text)
		if b == nil {
			t.Fatalf("no button %q: %q", text, kittest.Texts(top()))
		}
		b.Tapped(nil)
	}
	says := func(words string) {
		t.Helper()
		if got := strings.Join(kittest.Texts(top()), " "); !strings.Contains(got, words) {
			t.Fatalf("%q is not said: %s", words, got)
		}
	}
	sh.dropped([]fyne.URI{storage.NewFileURI(path)})
	says("ada.fieldbook is locked with a passphrase")
	hand.Type("three-dogs")
	press("Open the file")
	says("does not open the file")
	hand.Shortcut(&fyne.ShortcutSelectAll{})
	hand.Type(phrase)
	press("Open the file")
	says("Join as Ada Berg?")
	says("you will see own deals, accounts, quota and activities")
	if sh.session != nil {
		t.Fatal("a book was made before anybody agreed")
	}
	press("Join")
	a := book(t, sh)
	if a.Book().Path != filepath.Join(folder, "Book from Lea Lind.book") || count(t, a, data.Query{Kind: data.KindDeal}) != 1 {
		t.Errorf("made %+v", a.Book())
	}
	me, err := a.Me(context.Background())
	if err != nil || me.ID != ada {
		t.Errorf("the book is used by %+v, %v", me, err)
	}

	// It is said everywhere that this is a part of the book.
	sh.session.count()
	mustShow(t, sh, "Ada Berg's part")
	v := sh.session.view
	if v.Part != "Ada Berg's part" || v.Holder != ada || !v.HandedOver(data.NewID()) || v.HandedOver(ada) || v.Holds("USD") != "USD, of what this book holds" {
		t.Errorf("the view is %+v", v)
	}
	if whole := (kit.View{}); whole.HandedOver(ada) || whole.Holds("USD") != "USD" {
		t.Error("a whole book counts as a part")
	}
	sh.session.show("pipeline")
	mustShow(t, sh, "of what this book holds")

	// The invitation is used up; the next book gets another name.
	sh.showStart()
	if got := sh.freePath("Book from Lea Lind"); filepath.Base(got) != "Book from Lea Lind 2.book" {
		t.Errorf("the next book would be %s", got)
	}
}
