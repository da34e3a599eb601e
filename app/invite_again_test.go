package app

import (
	"context"
	"testing"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/bundle"
)

// TestJoiningAgainGoesOn opens an invitation again: after it was used here, and
// after joining was cut short between its two acts.
func TestJoiningAgainGoesOn(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	for name, cut := range map[string]bool{"Ada": false, "Bob": true} {
		file := lea.share(name, "six words")
		opened := MergeOptions{Passphrase: "six words"}
		n := newOffice(t, name+"'s laptop")
		if cut {
			n.cutShort(lea, file, opened)
		} else if _, err := Receive(ctx, Received{Book: n.path(), Paths: []string{file}, MergeOptions: opened}, n.cfg); err != nil {
			t.Fatal(err)
		}
		n.open()
		if _, err := n.app.Sharing.Merge(ctx, []string{file}, opened); err != nil {
			t.Errorf("%s opens the invitation again: %v", name, err)
		}
		list, err := n.app.Members.List(ctx)
		if err != nil {
			t.Fatal(err)
		}
		own, open := 0, 0
		for _, p := range list {
			for _, d := range p.Devices {
				switch {
				case p.Person.Title() != name:
				case !d.Invitation:
					own++
				case !d.Revoked:
					open++
				}
			}
		}
		if own != 1 || open != 0 {
			t.Errorf("%s has %d devices and %d open invitations", name, own, open)
		}
		if err := n.set(data.KindDeal, name+"'s deal", map[string]string{"amount": "7"}); err != nil {
			t.Errorf("%s cannot work: %v", name, err)
		}
		n.sound()
	}
}

// cutShort joins up to where the new device is entered, as a process does that
// is killed there.
func (m *office) cutShort(lead *office, file string, o MergeOptions) {
	m.t.Helper()
	ctx := context.Background()
	a, err := CreateReplica(ctx, m.path(), lead.app.Book().ID, m.cfg)
	if err != nil {
		m.t.Fatal(err)
	}
	files, err := openShares(ctx, m.vault, []string{file}, o)
	if err != nil {
		m.t.Fatal(err)
	}
	defer files.close()
	invite := files[0].Manifest.Invite
	files[0].Manifest.Invite = nil
	if _, err := a.Sharing.take(ctx, files, a.Sharing.asked()); err != nil {
		m.t.Fatal(err)
	}
	if err := enterOnly(ctx, a, invite); err != nil {
		m.t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		m.t.Fatal(err)
	}
}

func enterOnly(ctx context.Context, a *App, in *bundle.Invite) error {
	invitation, err := keyring.Decode(in.Secret)
	if err != nil {
		return err
	}
	d, err := keyring.New()
	if err != nil {
		return err
	}
	if err := a.id.vault.Keep(a.Book().ID, d); err != nil {
		return err
	}
	return a.Sharing.enter(ctx, in, invitation, d)
}
