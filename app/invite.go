package app

import (
	"context"
	"encoding/hex"
	"slices"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/bundle"
	"fieldbook/data/oplog"
	"fieldbook/data/store"
)

// An invitation is a share file, locked with a passphrase, that carries the keys
// of a device of its own. Whoever opens it joins by that device: it enters the
// new computer's device and is revoked by it at once, so that it works once.

// lock decides who can open a file: with a passphrase whoever knows it, in a
// book with members the devices of whom it is for, in an open one everybody.
func (s *Sharing) lock(ctx context.Context, o ShareOptions, p *sharePlan) error {
	if o.Plain {
		return nil
	}
	rights, err := s.app.store.Rights(ctx)
	if err != nil {
		return err
	}
	var devices []oplog.Device
	if rights.Founded() {
		if devices, err = s.readers(ctx, rights, o); err != nil {
			return err
		}
	}
	p.options.Lock.Passphrase = o.Passphrase
	p.out.Encrypted = o.Passphrase != "" || rights.Founded()
	if !rights.Founded() {
		return nil
	}
	if !o.To.IsZero() && (o.Invite || !slices.ContainsFunc(devices, func(d oplog.Device) bool { return d.Person == o.To })) {
		return s.invite(ctx, o, p)
	}
	if o.Passphrase != "" {
		return nil
	}
	for _, d := range devices {
		p.options.Lock.Recipients = append(p.options.Lock.Recipients, d.Sealing)
	}
	return nil
}

// readers are the devices that a file is for: those of the person and the
// sender's own; of everybody who may see it where it is for nobody in particular.
func (s *Sharing) readers(ctx context.Context, rights *oplog.Rights, o ShareOptions) ([]oplog.Device, error) {
	now := rights.Now()
	var out []oplog.Device
	signer, err := s.app.id.signer(ctx)
	if err != nil {
		return nil, err
	}
	var mine oplog.Device
	if signer != nil {
		mine, _ = now.Device(signer.Public())
	}
	for _, d := range now.Devices() {
		a := now.Author(d)
		lead := a.Founder || a.Role == data.RoleLead
		if d.Sealing == "" || d.Invitation {
			continue
		}
		if d.Person == mine.Person && !mine.Person.IsZero() || d.Person == o.To || o.To.IsZero() && lead {
			out = append(out, d)
		}
	}
	return out, nil
}

// invite makes the file an invitation.
func (s *Sharing) invite(ctx context.Context, o ShareOptions, p *sharePlan) error {
	person, err := s.app.store.Get(ctx, data.KindPerson, o.To)
	if err != nil {
		return err
	}
	if o.Passphrase == "" {
		return data.Errorf(data.Refused, "%s has no device in this book yet, so the file must invite one; nothing was written. Lock it with a passphrase and tell it by another way than the file", person.Title())
	}
	d, err := keyring.New()
	if err != nil {
		return err
	}
	act := store.Act{What: "Invite " + person.Title()}
	err = s.app.write(ctx, act, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindDevice, deviceID(d.Public()), deviceValues(o.To, "Invitation", d, data.DeviceInvitation))
		return err
	})
	if err != nil {
		return err
	}
	words, err := s.app.Members.FounderWords(ctx)
	if err != nil {
		return err
	}
	role := person.Text("role")
	if role == "" {
		role = data.RoleRep
	}
	p.out.Invites, p.out.Words = person.Title(), words
	p.manifest.Invite = &bundle.Invite{Person: o.To, Name: person.Title(), Role: role, Sees: seesWords(p.part.word), Secret: d.Encode()}
	return nil
}

func seesWords(scope string) string {
	switch scope {
	case bundle.ScopeEverything:
		return "the whole book"
	case bundle.ScopeLead:
		return "the region's deals, accounts, quotas and activities"
	case bundle.ScopeManager:
		return "the team's deals, accounts, quotas and activities"
	case bundle.ScopeCustom:
		return "a part picked by hand"
	}
	return "own deals, accounts, quota and activities"
}

// settleIn does what merged files ask of this computer besides: it joins by an
// invitation, takes on whose part of the book this is, and remembers with which
// of its devices a file could be read.
// Only a book that held nothing before becomes a part by what comes.
func (s *Sharing) settleIn(ctx context.Context, files shareFiles, blank bool) error {
	for _, f := range files {
		m := f.Manifest
		if m.Invite != nil {
			if err := s.join(ctx, m.Invite); err != nil {
				return err
			}
		} else if err := s.recognise(ctx); err != nil {
			return err
		}
		if m.Scope == bundle.ScopeEverything || !blank {
			continue
		}
		if err := s.takePart(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// takePart notes that this is a part of a book, and whose.
func (s *Sharing) takePart(ctx context.Context, m *bundle.Manifest) error {
	me, err := s.app.Me(ctx)
	if err != nil {
		return err
	}
	if me.ID.IsZero() && !m.To.IsZero() {
		if err := s.app.SetMe(ctx, m.To); err != nil {
			return err
		}
	}
	return s.app.store.SetPref(ctx, prefPart, m.Scope)
}

// prefPart remembers which part of the book this file is; nothing is all of it.
const prefPart = "part"

// Part is which part of the book this file holds, such as "rep"; "" is all.
func (s *Sharing) Part(ctx context.Context) (string, error) {
	return s.app.store.Pref(ctx, prefPart)
}

// recognise takes on the device of this computer that the book knows, where it
// does not know the one of this file.
func (s *Sharing) recognise(ctx context.Context) error {
	if s.app.id.vault == nil || !s.app.store.Founded() {
		return nil
	}
	d, err := s.app.id.device(ctx)
	if err != nil {
		return err
	}
	rights, err := s.app.store.Rights(ctx)
	if err != nil {
		return err
	}
	if _, ok := rights.Now().Device(d.Public()); ok {
		return nil
	}
	all, err := s.app.id.vault.Devices(s.app.store.BookID())
	if err != nil {
		return err
	}
	now := rights.Now()
	for _, d := range all {
		known, ok := now.Device(d.Public())
		if !ok || known.Revoked {
			continue
		}
		if err := s.app.store.SetPref(ctx, prefDevice, hex.EncodeToString(d.Public())); err != nil {
			return err
		}
		s.app.store.ForgetSigner()
		return s.app.SetMe(ctx, known.Person)
	}
	return nil
}

// join makes this computer's device a member by an invitation.
func (s *Sharing) join(ctx context.Context, in *bundle.Invite) error {
	if s.app.id.vault == nil {
		return data.Errorf(data.Refused, "this computer keeps no keys, so it cannot join; ask for a file without an invitation")
	}
	invitation, err := keyring.Decode(in.Secret)
	if err != nil {
		return err
	}
	rights, err := s.app.store.Rights(ctx)
	if err != nil {
		return err
	}
	known, ok := rights.Now().Device(invitation.Public())
	if again, err := s.joinedAlready(ctx, rights, in); err != nil || again {
		if err == nil && ok && !known.Revoked {
			err = s.withdraw(ctx, invitation)
		}
		return err
	}
	if !ok || known.Revoked {
		return data.Errorf(data.Refused, "this invitation was used or withdrawn; ask for a new one")
	}
	return s.joinBy(ctx, in, invitation)
}

// joinBy enters a new device of this computer and uses the invitation up.
func (s *Sharing) joinBy(ctx context.Context, in *bundle.Invite, invitation keyring.Device) error {
	id := s.app.id
	d, err := keyring.New()
	if err != nil {
		return err
	}
	if err := id.vault.Keep(s.app.store.BookID(), d); err != nil {
		return err
	}
	if err := s.app.store.SetPref(ctx, prefMe, in.Person.String()); err != nil {
		return err
	}
	if err := s.enter(ctx, in, invitation, d); err != nil {
		return err
	}
	if err := id.adopt(ctx, d); err != nil {
		return err
	}
	s.app.store.ForgetSigner()
	if err := s.withdraw(ctx, invitation); err != nil {
		return err
	}
	return s.app.SetMe(ctx, in.Person)
}

// joinedAlready reports whether this computer is a member as the person whom an
// invitation names: the file comes again, or joining was cut short.
func (s *Sharing) joinedAlready(ctx context.Context, rights *oplog.Rights, in *bundle.Invite) (bool, error) {
	if err := s.recognise(ctx); err != nil {
		return false, err
	}
	d, err := s.app.id.device(ctx)
	if err != nil || d.IsZero() {
		return false, err
	}
	mine, ok := rights.Now().Device(d.Public())
	if !ok || mine.Revoked || mine.Person != in.Person {
		return false, nil
	}
	return true, s.app.SetMe(ctx, in.Person)
}

// enter writes the new device by the hand of the invitation.
func (s *Sharing) enter(ctx context.Context, in *bundle.Invite, invitation, d keyring.Device) error {
	id := s.app.id
	id.acts = invitation
	s.app.store.ForgetSigner()
	defer func() {
		id.acts = keyring.Device{}
		s.app.store.ForgetSigner()
	}()
	act := store.Act{What: "Join on " + s.app.cfg.Device, Author: in.Person, Name: in.Name, Aside: true}
	return s.app.write(ctx, act, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindDevice, deviceID(d.Public()), deviceValues(in.Person, s.app.cfg.Device, d, data.DeviceOwn))
		return err
	})
}

// withdraw revokes the invitation by the device that joined with it, so that
// nobody else can.
func (s *Sharing) withdraw(ctx context.Context, invitation keyring.Device) error {
	all, err := s.app.store.Cut(ctx)
	if err != nil {
		return err
	}
	key := hex.EncodeToString(invitation.Public())
	cut := oplog.Cut{}
	for id, end := range all {
		if end.Key == key {
			cut[id] = oplog.CutEnd{To: end.To}
		}
	}
	return s.app.write(ctx, store.Act{What: "Use up the invitation", Aside: true}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindDevice, deviceID(invitation.Public()), data.Values{"revoked": cut.String()})
		return err
	})
}
