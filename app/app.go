// Package app holds what can be done with a book, one file per subject. The
// window and the command line call the same methods; each checks its input,
// writes through one transaction and leaves the announcement to the hub.
package app

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"fieldbook/app/keyring"
	"fieldbook/app/printer"
	"fieldbook/data"
	"fieldbook/data/draft"
	"fieldbook/data/oplog"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// Config is what the edge of the program hands in.
type Config struct {
	Now    func() time.Time
	Device string // the computer's name, for the log
	Posing bool   // the book is read for a picture of itself: it shows as one that can be written
	Logger *slog.Logger
	Keys   keyring.Vault // where this computer's keys are; nil signs nothing and makes no book with members
}

// App is one open book and everything that can be done with it.
type App struct {
	cfg   Config
	store *store.Store
	hub   *Hub

	Records     *Records
	Journal     *Journal
	Performance *Performance
	Dashboards  *Dashboards
	Roster      *Roster
	Territories *Territories
	Pipeline    *Pipeline
	Process     *Process
	Quotas      *Quotas
	WhatIfs     *WhatIfs
	Imports     *Imports
	Duplicates  *Duplicates
	Sharing     *Sharing
	Reports     *Reports
	Printing    *Printing
	Backups     *Backups
	Settings    *Settings
	Members     *Members
	Privacy     *Privacy
	Plans       *Plans
	Gazetteer   *Gazetteer
	Calls       *Calls
	Coaching    *Coaching
	Revenue     *Revenue
	Hiring      *Hiring
	Visits      *Visits
	Forecasts   *Forecasts
	Meetings    *Meetings
	Market      *Market
	Calendar    *Calendar
	Reminders   *Reminders

	id *identity
}

// NewBook says how a book is made.
type NewBook struct {
	Name        string
	Currency    data.Currency
	FiscalStart time.Month // first month of the fiscal year
	Zone        string     // IANA name; the book's days are counted in it
	As          string     // the name of the person who uses it; empty makes an open book
	Role        string     // his role, with As
}

// Names of the book's shared settings.
const (
	settingName        = "name"
	settingCurrency    = "currency"
	settingFiscalStart = "fiscal_start"
	settingZone        = "zone"
	settingSample      = "sample"
	settingSeason      = "season" // share of each calendar month in a year's sales, January first; blank is even
)

// prefMe remembers which person uses the book on this device.
const prefMe = "me"

func (b NewBook) validate() error {
	switch {
	case b.Name == "":
		return data.FieldErrorf("name", "the book needs a name")
	case !sheet.IsCurrency(b.Currency):
		return data.FieldErrorf("currency", "%q is not a currency; write a code of three capitals such as USD", b.Currency)
	case b.FiscalStart < time.January || b.FiscalStart > time.December:
		return data.FieldErrorf("fiscal_start", "the fiscal year must start in a month from 1 to 12")
	case b.Role != "" && b.Role != data.RoleRep && b.Role != data.RoleManager && b.Role != data.RoleLead:
		return data.FieldErrorf("role", "%q is not a role; choose rep, manager or lead", b.Role)
	}
	if _, err := time.LoadLocation(b.Zone); err != nil {
		return data.FieldErrorf("zone", "%q is not a time zone; write one such as Europe/Oslo", b.Zone)
	}
	return nil
}

// Create makes a new book with a first pipeline and opens it. It is Refused
// where the file exists.
func Create(ctx context.Context, path string, book NewBook, cfg Config) (*App, error) {
	if err := book.validate(); err != nil {
		return nil, err
	}
	opt, id := cfg.options(false)
	fill := func(s *store.Store) error { return build(s, cfg, id).furnish(ctx, book) }
	s, err := store.Create(ctx, path, store.BookInfo{Fill: fill}, opt)
	if err != nil {
		return nil, err
	}
	return build(s, cfg, id), nil
}

// CreateReplica makes an empty book with the id of another one, to merge that
// book's share file into.
func CreateReplica(ctx context.Context, path string, book data.ID, cfg Config) (*App, error) {
	opt, id := cfg.options(false)
	s, err := store.Create(ctx, path, store.BookInfo{ID: book}, opt)
	if err != nil {
		return nil, err
	}
	return build(s, cfg, id).settled(ctx), nil
}

// Open opens a book for reading and writing. One of an older Fieldbook is backed
// up, then brought up to date. The error of a damaged one holds a *Rescue where
// a backup helps.
func Open(ctx context.Context, path string, cfg Config) (*App, error) {
	opt, id := cfg.options(false)
	s, err := store.Open(ctx, path, opt)
	if err != nil {
		return nil, rescued(ctx, path, cfg, err)
	}
	draft.Sweep(backupFolder(path))
	return build(s, cfg, id).settled(ctx), nil
}

// settled gives a file that was copied or restored its replica before anybody is
// told of it. A keyring that cannot be read now is asked again at the first
// write, which says so.
func (a *App) settled(ctx context.Context) *App {
	_ = a.store.Settle(ctx)
	return a
}

// OpenReadOnly opens a book that another process may have open for writing, or
// that lies where nothing can be written.
func OpenReadOnly(ctx context.Context, path string, cfg Config) (*App, error) {
	opt, id := cfg.options(true)
	s, err := store.Open(ctx, path, opt)
	if err != nil {
		return nil, rescued(ctx, path, cfg, err)
	}
	return build(s, cfg, id), nil
}

func (c Config) options(readOnly bool) (store.Options, *identity) {
	id := &identity{vault: c.Keys}
	backUp := func(ctx context.Context, s *store.Store) error {
		_, err := build(s, c, id).Backups.make(ctx, "before upgrade")
		return err
	}
	return store.Options{Now: c.Now, Device: c.Device, ReadOnly: readOnly, Signer: id.signer, BeforeUpgrade: backUp}, id
}

func build(s *store.Store, cfg Config, id *identity) *App {
	a := &App{cfg: cfg, store: s, hub: &Hub{}, id: id}
	id.store = s
	a.Records = &Records{a}
	a.Journal = &Journal{a}
	a.Performance = &Performance{app: a, facts: facts{app: a}}
	a.hub.subscribe(a.Performance.facts.note)
	a.Dashboards = &Dashboards{a}
	a.Roster = &Roster{a}
	a.Territories = &Territories{a}
	a.Pipeline = &Pipeline{a}
	a.Process = &Process{a}
	a.Quotas, a.Revenue = &Quotas{a}, &Revenue{a}
	a.WhatIfs = &WhatIfs{a}
	a.Imports = &Imports{a}
	a.Duplicates = &Duplicates{app: a, counts: duplicateCounts{known: map[string]int{}}}
	a.hub.subscribe(a.Duplicates.counts.forget)
	a.Sharing = &Sharing{app: a}
	a.Sharing.Folder = newFolder(a)
	a.Reports = &Reports{a}
	a.Printing = &Printing{app: a, Spooler: printer.System()}
	a.Backups = &Backups{a}
	a.Settings = &Settings{a}
	a.Members = &Members{a}
	a.Privacy = &Privacy{a}
	a.Plans = &Plans{app: a}
	a.Gazetteer = &Gazetteer{app: a}
	a.Calls = &Calls{a}
	a.Coaching = &Coaching{a}
	a.Hiring = &Hiring{a}
	a.Visits = &Visits{a}
	a.Forecasts = &Forecasts{app: a}
	a.hub.subscribe(a.Forecasts.kept.note)
	a.Meetings = &Meetings{a}
	a.Market = &Market{app: a}
	a.Calendar = &Calendar{a}
	a.Reminders = &Reminders{a}
	a.hub.subscribe(a.Market.note)
	return a
}

// Close lets the book go.
func (a *App) Close() error { return a.store.Close() }

// furnish writes what every new book starts with.
func (a *App) furnish(ctx context.Context, b NewBook) error {
	act := store.Act{What: "Create the book", Aside: true}
	var me data.ID
	if b.As != "" {
		me, act.Name = data.NewID(), b.As
		act.Author = me
	}
	err := a.write(ctx, act, func(tx *store.Tx) error {
		settings := []struct{ name, value string }{
			{settingName, b.Name},
			{settingCurrency, string(b.Currency)},
			{settingFiscalStart, strconv.Itoa(int(b.FiscalStart))},
			{settingZone, b.Zone},
		}
		for _, s := range settings {
			if err := putSetting(tx, s.name, s.value); err != nil {
				return err
			}
		}
		if !me.IsZero() {
			role := b.Role
			if role == "" {
				role = data.RoleManager
			}
			if _, err := tx.Put(data.KindPerson, me, data.Values{"name": b.As, "role": role, "status": data.StatusActive}); err != nil {
				return err
			}
			if a.id.vault != nil {
				if err := a.Members.found(ctx, tx, me, oplog.Cut{}); err != nil {
					return err
				}
			}
		}
		return putFirstPipeline(tx)
	})
	if err != nil || me.IsZero() {
		return err
	}
	return a.store.SetPref(ctx, prefMe, me.String())
}

func putSetting(tx *store.Tx, name, value string) error {
	_, err := tx.Put(data.KindSetting, store.SettingID(name), data.Values{"name": name, "value": value})
	return err
}

// write runs one transaction as act and announces it. An act without author is
// that of the person who uses the book.
func (a *App) write(ctx context.Context, act store.Act, fn func(tx *store.Tx) error) error {
	_, err := a.writeTxn(ctx, act, fn)
	return err
}

func (a *App) writeTxn(ctx context.Context, act store.Act, fn func(tx *store.Tx) error) (data.ID, error) {
	res, err := a.writeActs(ctx, act, fn)
	return res.Txn, err
}

// writeActs is write for what may be several acts.
func (a *App) writeActs(ctx context.Context, act store.Act, fn func(tx *store.Tx) error) (store.Result, error) {
	act, err := a.signed(ctx, act)
	if err != nil {
		return store.Result{}, err
	}
	res, err := a.store.Write(ctx, act, fn)
	if err != nil {
		return store.Result{}, err
	}
	if !act.Aside && res.Change.Touches(data.KindRedaction) {
		// An erasure came along: what it took is out of the book, and no trace of it
		// shall be left in the file. That it could not be done changes nothing.
		if err := a.store.Compact(context.WithoutCancel(ctx)); err != nil && a.cfg.Logger != nil {
			a.cfg.Logger.Warn("the file was not rewritten after an erasure", "err", err)
		}
	}
	a.hub.publish(res.Change)
	return res, nil
}

// within is the app as it reads inside a transaction that has not ended, for
// reading alone.
func (a *App) within(tx *store.Tx) *App { return build(tx.Book(), a.cfg, &identity{}) }

// signed fills in who acts.
func (a *App) signed(ctx context.Context, act store.Act) (store.Act, error) {
	if !act.Author.IsZero() || act.Name != "" {
		return act, nil
	}
	me, err := a.Me(ctx)
	if err != nil {
		return act, err
	}
	act.Author, act.Name = me.ID, me.Name
	if act.Name == "" {
		act.Name = a.cfg.Device
	}
	return act, nil
}

// Me is the person who uses the book on this device.
type Me struct {
	ID   data.ID // NoID in an open book that nobody was chosen for
	Name string
	Role string
}

// Me tells who uses the book here.
func (a *App) Me(ctx context.Context) (Me, error) {
	text, err := a.store.Pref(ctx, prefMe)
	if err != nil || text == "" {
		return Me{}, err
	}
	id, err := data.ParseID(text)
	if err != nil {
		return Me{}, nil //nolint:nilerr // a damaged preference is the same as none
	}
	row, err := a.store.Get(ctx, data.KindPerson, id)
	if data.KindOf(err) == data.NotFound && err != nil {
		return Me{}, nil
	}
	return Me{ID: id, Name: row.Text("name"), Role: row.Text("role")}, err
}

// SetMe says who uses the book on this device; NoID is nobody in particular.
func (a *App) SetMe(ctx context.Context, id data.ID) error {
	if err := a.store.SetPref(ctx, prefMe, id.String()); err != nil {
		return err
	}
	a.hub.publish(data.Change{Topics: []data.Topic{{Kind: data.KindSetting}}})
	return nil
}

// Book is what every screen says of the book.
type Book struct {
	ID       data.ID
	Path     string
	Name     string
	Currency data.Currency
	Calendar data.Calendar
	Zone     *time.Location
	Sample   bool // its content is made up
	ReadOnly bool
	Past     data.Day // the day as of which it is open, NoDay for the present
}

// Book describes the open book.
func (a *App) Book() Book {
	b := Book{
		ID: a.store.BookID(), Path: a.store.Path(), Name: a.store.Setting(settingName),
		Currency: data.Currency(a.store.Setting(settingCurrency)), Zone: a.store.Zone(),
		Sample: a.store.Setting(settingSample) != "", ReadOnly: a.store.Past().Valid() || a.store.ReadOnly() && !a.cfg.Posing,
	}
	b.Past = a.store.Past()
	if !b.Currency.Valid() {
		b.Currency = "USD"
	}
	b.Calendar.Start = time.January
	if n, err := strconv.Atoi(a.store.Setting(settingFiscalStart)); err == nil && n >= 1 && n <= 12 {
		b.Calendar.Start = time.Month(n)
	}
	return b
}

// Rename gives the book another name.
func (a *App) Rename(ctx context.Context, name string) error {
	if name == "" {
		return data.FieldErrorf("name", "the book needs a name")
	}
	return a.write(ctx, store.Act{What: "Rename the book to " + name}, func(tx *store.Tx) error {
		return putSetting(tx, settingName, name)
	})
}

// Today is the calendar day in the book's zone; in a book that is open as of a
// past day it is that day.
func (a *App) Today() data.Day {
	if day := a.store.Past(); day.Valid() {
		return day
	}
	return data.DayOf(a.cfg.Now(), a.store.Zone())
}

// CloseSpan gives the first and the newest close day not after today, today
// where no deal has one.
func (a *App) CloseSpan(ctx context.Context) (first, newest data.Day, err error) {
	today := a.Today()
	first, newest, err = a.store.CloseSpan(ctx, today)
	if !newest.Valid() {
		newest = today
	}
	return first.Min(newest), newest, err
}

// Now is this moment.
func (a *App) Now() data.Instant { return data.InstantOf(a.cfg.Now()) }

// Pref is a remembered wish of this device, such as a table's columns.
func (a *App) Pref(ctx context.Context, name string) (string, error) {
	return a.store.Pref(ctx, "view."+name)
}

// SetPref remembers a wish.
func (a *App) SetPref(ctx context.Context, name, value string) error {
	return a.store.SetPref(ctx, "view."+name, value)
}

// Subscribe calls fn after every commit with what changed, on the goroutine
// that wrote. The returned function ends it.
func (a *App) Subscribe(fn func(data.Change)) (cancel func()) { return a.hub.subscribe(fn) }
