package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"pgregory.net/rapid"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/oplog"
)

// crewNames are who works with the book of the long test: two leads, a manager,
// his two reps and a rep of nobody's.
var crewNames = []string{"Lea", "Lin", "Max", "Ada", "Bob", "Cid"}

// crewLeads is how many of them, the first, are leads.
const crewLeads = 2

// crew is the people of one run, each with a book of his own.
type crew struct {
	t       *rapid.T // chance
	f       failer
	dir     string
	now     time.Time
	mates   []*colleague
	files   []carriedFile
	count   int
	people  map[string]data.ID
	revoked bool                // some device was, at some time
	scope   map[[2]data.ID]bool // whose records somebody may see, by the scope of roles in whosever book
	invites int                 // how many invitations are still to come
	guests  []invitation        // on their way
	forged  map[data.ID]bool    // replicas of acts that the program lets nobody do
}

type failer interface {
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Error(args ...any)
}

// carriedFile is a share file on its way.
type carriedFile struct {
	path string
	to   *colleague
}

// colleague is one person at one computer.
type colleague struct {
	*App
	name   string // the person's; who has two computers is two of them
	guest  bool   // came by an invitation: not all may know of it yet
	dir    string
	cfg    Config
	off    time.Duration // how wrong his clock is
	backup string
}

func (m *colleague) path() string { return filepath.Join(m.dir, "sales.book") }

// drawnCrew has clocks off by hours, some by years.
func drawnCrew(t *rapid.T, dir string) *crew {
	w := newCrew(t, dir)
	w.t = t
	w.invites = rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "invitations") // each costs a second
	for _, m := range w.mates {
		m.off = time.Duration(rapid.IntRange(-10, 10).Draw(t, "hours off")) * time.Hour
		if rapid.IntRange(0, 7).Draw(t, "years off") == 0 {
			m.off *= 24 * 365
		}
	}
	return w
}

func newCrew(f failer, dir string) *crew {
	from, err := crewTemplate()
	if err != nil {
		f.Fatal(err)
	}
	w := &crew{f: f, dir: dir, now: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC), people: map[string]data.ID{}, forged: map[data.ID]bool{}, scope: map[[2]data.ID]bool{}}
	for _, name := range crewNames {
		m := &colleague{name: name, dir: filepath.Join(dir, name)}
		vault := keyring.Memory()
		keys, err := from.vaults[name].Devices(from.book)
		w.must(err)
		for _, d := range keys {
			w.must(vault.Keep(from.book, d))
		}
		w.must(os.Mkdir(m.dir, 0o755))
		w.must(copyBook(from.path(name), m.path()))
		m.cfg = Config{Device: name + "'s laptop", Keys: vault, Now: func() time.Time { return w.now.Add(m.off) }}
		w.mates = append(w.mates, m)
		w.open(m)
	}
	rows, err := w.mates[0].Records.List(context.Background(), data.Query{Kind: data.KindPerson})
	w.must(err)
	for _, r := range rows {
		w.people[r.Title()] = r.ID
	}
	for _, m := range w.mates {
		w.look(m)
	}
	return w
}

func copyBook(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600)
}

func (w *crew) open(m *colleague) {
	var err error
	m.App, err = Open(context.Background(), m.path(), m.cfg)
	w.must(err)
}

func (w *crew) must(err error) {
	if err != nil {
		w.f.Fatal(err)
	}
}

// may passes over what people are told that they cannot do.
func (w *crew) may(err error) (done bool) {
	var told *data.Error
	switch {
	case err == nil:
		return true
	case errors.As(err, &told) && (told.Kind == data.Refused || told.Kind == data.NotFound || told.Field != ""):
		return false
	}
	w.f.Fatal(err)
	return false
}

func (w *crew) close() {
	for _, m := range w.mates {
		if err := m.Close(); err != nil {
			w.f.Error(err)
		}
	}
}

func (w *crew) step() {
	w.now = w.now.Add(time.Duration(rapid.IntRange(0, 2000).Draw(w.t, "wait")) * time.Millisecond)
	m := w.anyone("who")
	defer func() { w.look(m) }()
	ctx := context.Background()
	switch rapid.SampledFrom([]string{
		"edit", "edit", "edit", "edit", "edit", "craft", "craft", "share", "share", "share", "merge", "merge", "merge", "merge", "role", "hand over", "undo",
		"forge", "revoke", "readmit", "back up", "restore", "judge", "invite", "join",
	}).Draw(w.t, "do") {
	case "edit":
		w.edit(m)
	case "craft":
		w.craft(m)
	case "role":
		who := w.drawn(crewNames[crewLeads:], "whose")
		change := rapid.SampledFrom([]data.Values{{"role": data.RoleManager}, {"role": data.RoleRep}, {"manager": w.people["Max"]}, {"manager": w.people["Ada"]}, {"manager": nil}}).Draw(w.t, "standing")
		if who.name != "Bob" || change["role"] == nil { // he stays a rep
			w.may(m.Records.Set(ctx, data.KindPerson, []data.ID{w.people[who.name]}, change))
		}
	case "hand over":
		w.set(m, data.KindDeal, data.Values{"owner": w.people[rapid.SampledFrom(crewNames[crewLeads:]).Draw(w.t, "new owner")]})
	case "undo":
		_, err := m.Journal.Undo(ctx, data.NoID)
		w.may(err)
	case "share":
		w.share(m, w.anyone("to"))
	case "merge":
		if len(w.files) > 0 {
			w.take(m, w.files[rapid.IntRange(0, len(w.files)-1).Draw(w.t, "file")])
			w.discreet(m)
		}
	case "forge":
		w.forge(m)
	case "revoke", "readmit":
		w.membership(m)
	case "back up":
		w.count++
		m.backup = filepath.Join(w.dir, fmt.Sprintf("backup %d.book", w.count))
		w.must(m.Journal.Backup(ctx, m.backup))
	case "restore":
		if m.backup != "" {
			w.must(m.Close())
			w.must(Restore(ctx, Restoring{Backup: m.backup, Book: m.path()}, m.cfg))
			w.open(m)
		}
	case "judge":
		w.decide(m)
	case "invite":
		w.invite(m)
	case "join":
		w.join()
	}
}

func (w *crew) anyone(what string) *colleague {
	return w.mates[rapid.IntRange(0, len(w.mates)-1).Draw(w.t, what)]
}

func isLead(name string) bool { return slices.Contains(crewNames[:crewLeads], name) }

// at is the crew member of a name.
func (w *crew) at(name string) *colleague {
	return w.mates[slices.Index(crewNames, name)]
}

func (w *crew) drawn(names []string, what string) *colleague {
	return w.at(rapid.SampledFrom(names).Draw(w.t, what))
}

// set changes one record of a kind, if there is one here.
func (w *crew) set(m *colleague, kind string, values data.Values) {
	rows, err := m.Records.List(context.Background(), data.Query{Kind: kind})
	w.must(err)
	if len(rows) > 0 {
		w.may(m.Records.Set(context.Background(), kind, []data.ID{rows[rapid.IntRange(0, len(rows)-1).Draw(w.t, "row")].ID}, values))
	}
}

func (w *crew) edit(m *colleague) {
	text := rapid.SampledFrom([]string{"x", "y", "z"}).Draw(w.t, "text")
	number := int64(rapid.IntRange(1, 3).Draw(w.t, "number"))
	switch rapid.SampledFrom([]string{"deal", "deal", "amount", "account", "quota", "person", "phone", "activity", "remove"}).Draw(w.t, "edit") {
	case "deal":
		w.set(m, data.KindDeal, data.Values{"next_step": text})
	case "amount":
		w.set(m, data.KindDeal, data.Values{"amount": number, "currency": "USD"})
	case "account":
		w.set(m, data.KindAccount, data.Values{"city": text})
	case "quota":
		w.set(m, data.KindQuota, data.Values{"amount": number})
	case "person":
		w.set(m, data.KindPerson, data.Values{"note": text})
	case "phone":
		w.set(m, data.KindPerson, data.Values{"phone": text})
	case "activity":
		rows, err := m.Records.List(context.Background(), data.Query{Kind: data.KindDeal})
		w.must(err)
		if len(rows) > 0 {
			_, err := m.Records.Add(context.Background(), data.KindActivity, data.Values{
				"deal": rows[rapid.IntRange(0, len(rows)-1).Draw(w.t, "row")].ID, "person": w.people[m.name], "type": "call", "subject": text, "day": m.Today(),
			})
			w.may(err)
		}
	case "remove":
		rows, err := m.Records.List(context.Background(), data.Query{Kind: data.KindDeal})
		w.must(err)
		if len(rows) > 0 {
			w.may(m.Records.Remove(context.Background(), data.KindDeal, []data.ID{rows[rapid.IntRange(0, len(rows)-1).Draw(w.t, "row")].ID}))
		}
	}
}

// share writes a file for somebody: his part of the book or, among leads, all.
func (w *crew) share(m, to *colleague) {
	if m == to {
		return
	}
	o := ShareOptions{To: w.people[to.name], Since: rapid.Bool().Draw(w.t, "since")}
	if isLead(to.name) && rapid.Bool().Draw(w.t, "everything") {
		o = ShareOptions{Everything: true}
	}
	w.send(m, to, o)
}

func (w *crew) send(m, to *colleague, o ShareOptions) (file carriedFile, sent bool) {
	w.count++
	file = carriedFile{filepath.Join(w.dir, fmt.Sprintf("%d.fieldbook", w.count)), to}
	_, err := m.Sharing.Share(context.Background(), file.path, o)
	if !w.may(err) {
		return file, false
	}
	w.files = append(w.files, file)
	return file, true
}

// take merges a file; one for somebody else is refused and changes nothing.
func (w *crew) take(m *colleague, f carriedFile) {
	_, err := m.Sharing.Merge(context.Background(), []string{f.path}, MergeOptions{})
	w.look(m)
	if done := w.may(err); !done && m == f.to && !w.revoked && !m.guest {
		w.f.Fatalf("%s was refused a file of his: %v", m.name, err)
	}
}

// membership revokes some device or takes it in again.
func (w *crew) membership(m *colleague) {
	list, err := m.Members.List(context.Background())
	w.must(err)
	var devices []Device
	for _, p := range list {
		if !slices.Contains(crewNames[:crewLeads], p.Person.Title()) {
			devices = append(devices, p.Devices...)
		}
	}
	devices = slices.DeleteFunc(devices, func(d Device) bool { return d.Invitation })
	if len(devices) == 0 {
		return
	}
	d := devices[rapid.IntRange(0, len(devices)-1).Draw(w.t, "device")]
	change := m.Members.Revoke
	if d.Revoked {
		change = m.Members.Readmit
	}
	if w.may(change(context.Background(), d.ID)) {
		w.revoked = true
	}
}

// decide accepts or discards something in quarantine.
func (w *crew) decide(m *colleague) {
	list, err := m.Members.Quarantine(context.Background())
	w.must(err)
	if len(list) == 0 {
		return
	}
	i := rapid.IntRange(0, len(list)-1).Draw(w.t, "held")
	how := m.Members.Accept
	if list[i].Kind == data.KindPerson || rapid.Bool().Draw(w.t, "discard") { // a lead by forgery could do all that is forged
		how = m.Members.Discard
	}
	w.may(how(context.Background(), list[i:i+1]))
}

// forge sends round an act that a rep's program would not let him do.
func (w *crew) forge(m *colleague) {
	if isLead(m.name) {
		return
	}
	held, err := m.store.Held(context.Background())
	w.must(err)
	lea := w.mates[0].store.ReplicaID()
	over := []oplog.Dot{{Replica: lea, Seq: 1}}
	for id, runs := range held {
		if lea != id && len(runs) > 0 && id.String() < over[0].Replica.String() {
			over = []oplog.Dot{{Replica: id, Seq: runs[0].From}}
		}
	}
	forged := []oplog.Op{
		{Kind: data.KindPerson, Row: w.people[m.name], Cells: map[string]oplog.Cell{"role": {Value: []byte(`"lead"`), Overwrites: over}}},
		{Kind: data.KindQuota, Row: QuotaID(w.people[m.name], data.NoID, data.NewDay(2026, 3, 1)), Cells: map[string]oplog.Cell{"amount": {Value: []byte(`{"amount":1,"currency":"USD"}`), Overwrites: over}}},
		{Kind: data.KindSetting, Row: data.ImportedID("soak", "", "setting"), Cells: map[string]oplog.Cell{"name": {Value: []byte(`"mine"`)}}},
	}[rapid.IntRange(0, 2).Draw(w.t, "forged")]
	w.count++
	path := filepath.Join(w.dir, fmt.Sprintf("%d.fieldbook", w.count))
	if err := forgeFile(m.App, m.name, path, &forged); !w.may(err) {
		return
	}
	w.forged[forged.Replica] = true
	for _, lead := range w.mates[:crewLeads] {
		w.files = append(w.files, carriedFile{path, lead})
	}
}
