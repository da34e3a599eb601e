package app

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"
	"strings"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/oplog"
	"fieldbook/data/store"
)

// Members is who belongs to a book, on which devices, and what each may change.
// An open book has none: everybody may do everything in it.
type Members struct{ app *App }

// Device is one device of a member.
type Device struct {
	ID         data.ID
	Name       string
	Words      string // its fingerprint, six words
	Invitation bool   // not yet taken up
	Founder    bool
	Mine       bool // this one
	Revoked    bool
}

// Participant is a person who belongs to the book.
type Participant struct {
	Person  data.Row
	Role    string
	Founder bool
	Devices []Device
}

// Founded reports whether the book has members.
func (m *Members) Founded() bool { return m.app.store.Founded() }

// FounderWords is the fingerprint of the device that founded the book, six words.
func (m *Members) FounderWords(ctx context.Context) (string, error) {
	rights, err := m.app.store.Rights(ctx)
	if err != nil || !rights.Founded() {
		return "", err
	}
	return keyring.Words(rights.Root()), nil
}

// List gives everybody who has or had a device in the book, by name.
func (m *Members) List(ctx context.Context) ([]Participant, error) {
	rights, err := m.app.store.Rights(ctx)
	if err != nil || !rights.Founded() {
		return nil, err
	}
	now := rights.Now()
	rows, err := m.app.store.List(ctx, data.Query{Kind: data.KindDevice, Sort: []data.Sort{{Field: "name"}}})
	if err != nil {
		return nil, err
	}
	mine, err := m.app.store.Pref(ctx, prefDevice)
	if err != nil {
		return nil, err
	}
	by := map[data.ID]*Participant{}
	for _, row := range rows {
		key, err := hex.DecodeString(row.Text("signing_key"))
		if err != nil {
			continue
		}
		known, ok := now.Device(key)
		if !ok || known.Row != row.ID {
			continue
		}
		person := by[known.Person]
		if person == nil {
			who, err := found(m.app.store.Get(ctx, data.KindPerson, known.Person))
			if err != nil {
				return nil, err
			}
			person = &Participant{Person: who, Role: now.Role(known.Person)}
			by[known.Person] = person
		}
		person.Founder = person.Founder || known.Founder
		person.Devices = append(person.Devices, Device{
			ID: row.ID, Name: row.Text("name"), Words: keyring.Words(key), Invitation: known.Invitation, Founder: known.Founder,
			Revoked: known.Revoked, Mine: row.Text("signing_key") == mine,
		})
	}
	out := make([]Participant, 0, len(by))
	for _, p := range by {
		if p.Person.Kind != nil {
			out = append(out, *p)
		}
	}
	slices.SortFunc(out, func(a, b Participant) int { return cmp.Compare(a.Person.Title(), b.Person.Title()) })
	return out, nil
}

// Found gives an open book members: the person who uses it here becomes the
// first, with a lead's rights. What the book holds now is accepted; what others
// did that has not come yet will wait for a lead's word.
func (m *Members) Found(ctx context.Context) error {
	if m.Founded() {
		return data.Errorf(data.Refused, "the book has members already; nothing was changed")
	}
	me, err := m.app.Me(ctx)
	if err != nil {
		return err
	}
	if me.ID.IsZero() {
		return data.Errorf(data.Refused, "nobody is known to use the book here; nothing was changed. Say in Settings who you are")
	}
	cut, err := m.app.store.Cut(ctx)
	if err != nil {
		return err
	}
	act := store.Act{What: "Give the book members", Aside: true}
	return m.app.write(ctx, act, func(tx *store.Tx) error { return m.found(ctx, tx, me.ID, cut) })
}

// found writes the device that founds the book.
func (m *Members) found(ctx context.Context, tx *store.Tx, person data.ID, cut oplog.Cut) error {
	if m.app.id.vault == nil {
		return data.Errorf(data.Refused, "this computer keeps no keys, so the book cannot have members here; nothing was changed")
	}
	d, err := m.app.id.device(ctx)
	if err != nil {
		return err
	}
	values := deviceValues(person, m.app.cfg.Device, d, data.DeviceOwn)
	values["founding"] = cut.String()
	_, err = tx.Put(data.KindDevice, deviceID(d.Public()), values)
	return err
}

func deviceValues(person data.ID, name string, d keyring.Device, typ string) data.Values {
	return data.Values{"person": person, "name": name, "type": typ, "signing_key": hex.EncodeToString(d.Public()), "sealing_key": d.Recipient()}
}

// Revoke ends a device's membership. What it did up to what this book holds
// counts; nothing that it does from there on.
func (m *Members) Revoke(ctx context.Context, device data.ID) error {
	row, err := m.app.store.Get(ctx, data.KindDevice, device)
	if err != nil {
		return err
	}
	all, err := m.app.store.Cut(ctx)
	if err != nil {
		return err
	}
	cut := oplog.Cut{}
	for id, end := range all {
		if end.Key == row.Text("signing_key") {
			cut[id] = oplog.CutEnd{To: end.To}
		}
	}
	return m.app.write(ctx, store.Act{What: "Revoke the device " + row.Text("name") + " of " + row.Labels["person"]}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindDevice, device, data.Values{"revoked": cut.String()})
		return err
	})
}

// Readmit takes a device in again that was revoked.
func (m *Members) Readmit(ctx context.Context, device data.ID) error {
	row, err := m.app.store.Get(ctx, data.KindDevice, device)
	if err != nil {
		return err
	}
	return m.app.write(ctx, store.Act{What: "Take the device " + row.Text("name") + " in again"}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindDevice, device, data.Values{"revoked": nil})
		return err
	})
}

// Standing is what the person who uses the book here may do.
type Standing struct {
	Founded bool
	Member  bool // his device belongs to the book; in an open book everybody does
	Lead    bool // he may do everything
	Role    string
}

// Mine is the standing of the person who uses the book here.
func (m *Members) Mine(ctx context.Context) (Standing, error) {
	rights, err := m.app.store.Rights(ctx)
	if err != nil || !rights.Founded() {
		return Standing{Member: true, Lead: true}, err
	}
	s := Standing{Founded: true}
	mine, err := m.app.store.Pref(ctx, prefDevice)
	if err != nil {
		return s, err
	}
	key, err := hex.DecodeString(mine)
	if err != nil {
		return s, nil //nolint:nilerr // a damaged preference is the same as none
	}
	now := rights.Now()
	d, ok := now.Device(key)
	if !ok || d.Revoked {
		return s, nil
	}
	a := now.Author(d)
	s.Member, s.Role, s.Lead = true, a.Role, a.Founder || a.Role == data.RoleLead
	return s, nil
}

// Quarantine lists the changes that came in share files and do not count, since
// their author had no right to them.
func (m *Members) Quarantine(ctx context.Context) ([]Held, error) {
	all, err := m.app.store.Quarantine(ctx)
	if err != nil {
		return nil, err
	}
	var out []Held
	for _, q := range all {
		h := Held{Quarantined: q, Title: strings.ReplaceAll(q.Kind, "_", " ")}
		if k, err := m.app.store.Kind(q.Kind); err == nil {
			h.Label = k.Label
			row, err := found(m.app.store.Get(ctx, q.Kind, q.Row))
			if err != nil {
				return nil, err
			}
			if h.Title = k.Label; row.Kind != nil {
				h.Title = row.Title()
			} else if name, ok := q.Values[k.Title].(string); ok && name != "" {
				h.Title = name
			}
			if h.Changes, err = m.changes(ctx, k, row, q); err != nil {
				return nil, err
			}
		}
		out = append(out, h)
	}
	return out, nil
}

// Held is a change in quarantine as a person reads it.
type Held struct {
	store.Quarantined
	Label   string // the kind's
	Title   string // the record's
	Changes []FieldChange
}

func (m *Members) changes(ctx context.Context, k *data.Kind, row data.Row, q store.Quarantined) ([]FieldChange, error) {
	if q.Delete {
		return []FieldChange{{Field: deletedField, Label: "Deleted", New: "Yes"}}, nil
	}
	var out []FieldChange
	w := m.app.words()
	done := map[string]bool{}
	for _, f := range k.Fields {
		fields := k.CellFields(f.Cell)
		if done[f.Cell] || !slices.ContainsFunc(fields, func(f data.Field) bool { _, says := q.Values[f.Name]; return says }) {
			continue
		}
		done[f.Cell] = true
		old, err := w.cell(ctx, fields, row.Values)
		if err != nil {
			return nil, err
		}
		now, err := w.cell(ctx, fields, q.Values)
		if err != nil {
			return nil, err
		}
		if old != now {
			out = append(out, FieldChange{Field: f.Name, Label: fields[0].Label, Old: old, New: now})
		}
	}
	return out, nil
}

// Accept makes refused changes one's own, by the right that one has.
func (m *Members) Accept(ctx context.Context, list []Held) error {
	return m.app.write(ctx, store.Act{What: "Accept refused changes"}, func(tx *store.Tx) error {
		for _, h := range list {
			if err := tx.Accept(h.Quarantined); err != nil {
				return err
			}
		}
		return nil
	})
}

// Discard sets refused changes aside for good.
func (m *Members) Discard(ctx context.Context, list []Held) error {
	return m.app.write(ctx, store.Act{What: "Set refused changes aside", Aside: true}, func(tx *store.Tx) error {
		for _, h := range list {
			if err := tx.Discard(h.Quarantined); err != nil {
				return err
			}
		}
		return nil
	})
}
