package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"pgregory.net/rapid"

	"fieldbook/app/keyring"
	"fieldbook/data"
)

const crewWords = "six words"

// invitation is a file that makes a computer a member.
type invitation struct {
	path string
	name string // the person's
}

// invite sends an invitation for another computer of somebody who is there, or
// for somebody new whom a lead takes on.
func (w *crew) invite(m *colleague) {
	if w.invites == 0 {
		return
	}
	ctx := context.Background()
	name := rapid.SampledFrom(append(slices.Clone(crewNames), "somebody new")).Draw(w.t, "guest")
	if name == "somebody new" {
		w.count++
		name = fmt.Sprintf("Guest %d", w.count)
		manager := rapid.SampledFrom(crewNames).Draw(w.t, "under")
		id, err := m.Records.Add(ctx, data.KindPerson, data.Values{"name": name, "role": data.RoleRep, "manager": w.people[manager], "note": "private word", "phone": "1"})
		if !w.may(err) {
			return
		}
		w.people[name] = id
	}
	w.count++
	in := invitation{filepath.Join(w.dir, fmt.Sprintf("invitation %d.fieldbook", w.count)), name}
	_, err := m.Sharing.Share(ctx, in.path, ShareOptions{To: w.people[name], Passphrase: crewWords, Invite: true})
	if w.may(err) {
		w.invites--
		w.guests = append(w.guests, in)
	}
}

// join opens an invitation on a new computer.
func (w *crew) join() {
	if len(w.guests) == 0 {
		return
	}
	ctx := context.Background()
	in := w.guests[0]
	w.guests = w.guests[1:]
	w.count++
	m := &colleague{name: in.name, guest: true, dir: filepath.Join(w.dir, fmt.Sprintf("guest %d", w.count))}
	w.must(os.Mkdir(m.dir, 0o755))
	m.cfg = Config{Device: in.name + "'s desk", Keys: keyring.Memory(), Now: w.mates[0].cfg.Now}
	_, err := Receive(ctx, Received{Book: m.path(), Paths: []string{in.path}, MergeOptions: MergeOptions{Passphrase: crewWords}}, m.cfg)
	if !w.may(err) {
		return // it was withdrawn, or whoever wrote it had no right to
	}
	w.open(m)
	w.mates = append(w.mates, m)
	w.look(m)
	w.discreet(m)
}
