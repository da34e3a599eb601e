package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// parcel is a file that is to be written into the folder.
type parcel struct {
	tag  string // for whom; "" is everybody
	full bool   // the ones before it for the same are needed no more
	plan *sharePlan
}

// How many and how large parts may become before everything is told anew in
// their place: a newcomer reads all of them.
const (
	mostParts = 30
	freeParts = 256 << 10 // bytes that parts may have in any case
)

// parcels gives post, one after another, what is to be written, given what the
// log holds.
func (f *Folder) parcels(ctx context.Context, st *folderState, held map[data.ID]oplog.Ranges, post func(parcel) error) error {
	if f.app.store.Founded() {
		return f.forMembers(ctx, st, held, post)
	}
	rest := st.rest(held)
	if len(rest) == 0 {
		return nil
	}
	plan, err := f.app.Sharing.plan(ctx, ShareOptions{Everything: true})
	if err != nil {
		return err
	}
	p := parcel{plan: plan, full: st.Covered == nil || st.partsEnough()}
	if !p.full {
		plan.only = rest
	}
	return post(p)
}

// partsEnough reports whether everything is to be told again.
func (st *folderState) partsEnough() bool {
	whole, parts, size := int64(-1), 0, int64(0)
	for _, s := range st.Sent {
		if s.Full {
			whole, parts, size = s.Bytes, 0, 0
		} else {
			parts++
			size += s.Bytes
		}
	}
	return parts >= mostParts || whole >= 0 && size > freeParts+whole/2 || whole < 0 && size > freeParts
}

// forMembers are a file for each member that there is something to tell. His
// holds all that is his to see and that he is not known to hold, so those before
// it are not needed.
func (f *Folder) forMembers(ctx context.Context, st *folderState, held map[data.ID]oplog.Ranges, post func(parcel) error) error {
	people, err := f.recipients(ctx)
	if err != nil {
		return err
	}
	replicas, err := f.replicasOf(ctx)
	if err != nil {
		return err
	}
	relays, err := f.relays(ctx)
	if err != nil {
		return err
	}
	if st.Served == nil {
		st.Served = map[string]string{}
	}
	rest := st.rest(held)
	st.Founded, st.For = true, nil
	for _, person := range people {
		tag := personTag(f.app.store.BookID(), person)
		st.For = append(st.For, tag)
		// What he lacks changes only with the log and with what is known of him.
		state := fmt.Sprint(opsOf(held), replicas[person])
		if st.Served[tag] == state {
			continue
		}
		plan, err := f.app.Sharing.plan(ctx, ShareOptions{To: person, Since: true})
		if err != nil {
			return err
		}
		lacks := plan.lacks()
		due := lacks
		if !relays(person) {
			due = f.ours(lacks, rest)
		}
		if !st.tells(tag, plan, due) {
			if err := post(parcel{tag: tag, full: true, plan: plan}); err != nil {
				return err
			}
		}
		st.Served[tag] = state
	}
	return nil
}

// lacks is what a planned file tells.
func (p *sharePlan) lacks() map[data.ID]oplog.Ranges {
	if p.only == nil {
		return p.held
	}
	return p.only
}

// ours is what this replica has to tell itself: what was done in it, and what
// did not come out of the folder. All else its author tells, who is in the folder too.
func (f *Folder) ours(lacks, rest map[data.ID]oplog.Ranges) map[data.ID]oplog.Ranges {
	out := map[data.ID]oplog.Ranges{}
	for id, runs := range lacks {
		if id != f.app.store.ReplicaID() {
			runs = runs.Without(runs.Without(rest[id]))
		}
		if len(runs) > 0 {
			out[id] = runs
		}
	}
	return out
}

// relays tells to whom this replica passes on what others did: a deal that
// changes hands may have edits whose authors do not know whose it is now. Who
// leads him, and who sees everything, does.
func (f *Folder) relays(ctx context.Context) (func(person data.ID) bool, error) {
	me, err := f.app.Me(ctx)
	if err != nil || me.ID.IsZero() {
		return func(data.ID) bool { return false }, err
	}
	part, err := f.app.Sharing.partFor(ctx, me.ID)
	if err != nil {
		return nil, err
	}
	return func(person data.ID) bool {
		return person != me.ID && (part.sel.All || slices.Contains(part.sel.People, person))
	}, nil
}

// toldMost is how many runs are remembered of what a file tells.
const toldMost = 500

// tells reports whether the newest own file for somebody tells what is due
// already, or nothing is.
func (st *folderState) tells(tag string, plan *sharePlan, due map[data.ID]oplog.Ranges) bool {
	if opsOf(due) == 0 {
		return true
	}
	for _, s := range slices.Backward(st.Sent) {
		if tagOf(s.Name) != tag {
			continue
		}
		if s.Digest == plan.digest() {
			return true
		}
		if s.Told == nil || s.Whose != plan.whose() {
			return false
		}
		for id, runs := range due {
			if len(runs.Without(s.Told[id.String()])) > 0 {
				return false
			}
		}
		return true
	}
	return false
}

// told is what a file tells, nil where that is too much to be remembered.
func (p *sharePlan) told() map[string]oplog.Ranges {
	out, n := map[string]oplog.Ranges{}, 0
	for id, runs := range p.lacks() {
		out[id.String()] = runs
		n += len(runs)
	}
	if n > toldMost {
		return nil
	}
	return out
}

// recipients are the members that have a device, oneself only with another one.
func (f *Folder) recipients(ctx context.Context) ([]data.ID, error) {
	members, err := f.app.Members.List(ctx)
	if err != nil {
		return nil, err
	}
	var out []data.ID
	for _, m := range members {
		others := slices.DeleteFunc(m.Devices, func(d Device) bool { return d.Mine || d.Revoked || d.Invitation })
		if len(others) > 0 {
			out = append(out, m.Person.ID)
		}
	}
	return out, nil
}

// replicasOf tells, for each person, which replicas of his were heard of.
func (f *Folder) replicasOf(ctx context.Context) (map[data.ID]string, error) {
	peers, err := f.app.store.Peers(ctx)
	if err != nil {
		return nil, err
	}
	all := map[data.ID][]string{}
	for _, p := range peers {
		all[p.Person] = append(all[p.Person], p.Replica.String())
	}
	out := map[data.ID]string{}
	for person, list := range all {
		slices.Sort(list)
		out[person] = strings.Join(list, " ")
	}
	return out, nil
}

// whose stands for whose part of the book it is: of others values are kept back.
func (p *sharePlan) whose() string {
	people := slices.SortedFunc(slices.Values(p.part.sel.People), byText)
	return short(fmt.Appendf(nil, "%v %v", p.part.sel.All, people))
}

// digest stands for what a file would tell.
func (p *sharePlan) digest() string {
	text := []byte(p.whose())
	lacks := p.lacks()
	for _, id := range slices.SortedFunc(maps.Keys(lacks), byText) {
		text = fmt.Appendf(text, "\n%s %v", id, lacks[id])
	}
	return short(text)
}

func byText(x, y data.ID) int { return strings.Compare(x.String(), y.String()) }

func short(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// myTag stands for who uses the book here; "" is nobody in particular.
func (f *Folder) myTag(ctx context.Context) (string, error) {
	me, err := f.app.Me(ctx)
	if err != nil || me.ID.IsZero() {
		return "", err
	}
	return personTag(f.app.store.BookID(), me.ID), nil
}
