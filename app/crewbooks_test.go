package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fieldbook/app/keyring"
	"fieldbook/data"
)

// crewTemplate is a book that everybody joined, made once: invitations are
// locked with a passphrase, which costs half a second each.
var crewTemplate = sync.OnceValues(func() (*crewBooks, error) {
	dir, err := os.MkdirTemp("", "fieldbook-crew-")
	if err != nil {
		return nil, err
	}
	t := &crewBooks{dir: dir, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), vaults: map[string]keyring.Vault{}}
	return t, t.fill()
})

type crewBooks struct {
	dir    string
	now    time.Time
	book   data.ID
	vaults map[string]keyring.Vault
}

func (t *crewBooks) path(name string) string { return filepath.Join(t.dir, name+".book") }

func (t *crewBooks) config(name string) Config {
	if t.vaults[name] == nil {
		t.vaults[name] = keyring.Memory()
	}
	return Config{Device: name + "'s laptop", Keys: t.vaults[name], Now: func() time.Time { t.now = t.now.Add(time.Second); return t.now }}
}

func (t *crewBooks) fill() (err error) {
	ctx := context.Background()
	a, err := Create(ctx, t.path("Lea"), NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC", As: "Lea", Role: data.RoleLead}, t.config("Lea"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	t.book = a.Book().ID
	if err := t.staff(a); err != nil {
		return err
	}
	for _, name := range crewNames[1:] {
		if err := t.join(a, name); err != nil {
			return err
		}
	}
	for _, name := range crewNames[1:] {
		if err := t.hear(a, name); err != nil {
			return err
		}
	}
	return nil
}

// hear lets a person know of everybody's devices.
func (t *crewBooks) hear(a *App, name string) error {
	ctx := context.Background()
	person, err := a.Records.Find(ctx, data.KindPerson, name)
	if err != nil {
		return err
	}
	file := filepath.Join(t.dir, "again to "+name+".fieldbook")
	if _, err := a.Sharing.Share(ctx, file, ShareOptions{To: person.ID}); err != nil {
		return err
	}
	b, err := Open(ctx, t.path(name), t.config(name))
	if err != nil {
		return err
	}
	_, err = b.Sharing.Merge(ctx, []string{file}, MergeOptions{})
	return errors.Join(err, b.Close())
}

// staff gives each rep two deals, an account, a quota and a private note.
func (t *crewBooks) staff(a *App) (err error) {
	add := func(kind string, fields map[string]string) {
		values, wrong := a.Records.Parse(context.Background(), kind, fields)
		if wrong == nil {
			_, wrong = a.Records.Add(context.Background(), kind, values)
		}
		err = errors.Join(err, wrong)
	}
	add(data.KindPerson, map[string]string{"name": "Lin", "role": "lead"})
	add(data.KindPerson, map[string]string{"name": "Max", "role": "manager", "manager": "Lea", "note": "private word"})
	for _, name := range crewNames[crewLeads+1:] {
		person := map[string]string{"name": name, "role": "rep", "note": "private word", "phone": "1"}
		if name != "Cid" {
			person["manager"] = "Max"
		}
		add(data.KindPerson, person)
		add(data.KindDeal, map[string]string{"name": name + "'s deal", "owner": name, "stage": "Qualification", "amount": "100"})
		add(data.KindDeal, map[string]string{"name": name + "'s other deal", "owner": name, "stage": "Qualification"})
		add(data.KindAccount, map[string]string{"name": name + "'s account", "owner": name})
		add(data.KindQuota, map[string]string{"person": name, "month": "2026-03-01", "amount": "1000"})
	}
	return err
}

// join invites a person, who opens the file, and hears of it.
func (t *crewBooks) join(a *App, name string) error {
	ctx := context.Background()
	person, err := a.Records.Find(ctx, data.KindPerson, name)
	if err != nil {
		return err
	}
	file, back := filepath.Join(t.dir, "to "+name+".fieldbook"), filepath.Join(t.dir, "from "+name+".fieldbook")
	if _, err := a.Sharing.Share(ctx, file, ShareOptions{To: person.ID, Passphrase: "six words"}); err != nil {
		return err
	}
	if _, err := Receive(ctx, Received{Book: t.path(name), Paths: []string{file}, MergeOptions: MergeOptions{Passphrase: "six words"}}, t.config(name)); err != nil {
		return err
	}
	b, err := Open(ctx, t.path(name), t.config(name))
	if err != nil {
		return err
	}
	_, err = b.Sharing.Share(ctx, back, ShareOptions{Everything: true, Plain: true})
	if err := errors.Join(err, b.Close()); err != nil {
		return err
	}
	_, err = a.Sharing.Merge(ctx, []string{back}, MergeOptions{})
	return err
}
