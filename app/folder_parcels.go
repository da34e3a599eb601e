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
	tag    string // for whom; "" is everybody
	full   bool   // the ones before it for the same are needed no more
	digest string
	plan   *sharePlan
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
	rest := st.rest(held)
	if f.app.store.Founded() {
		return f.forMembers(ctx, st, len(rest) > 0, post)
	}
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
// holds all that he is not known to hold, so those before it are not needed. He
// is written to when something was done here, and when a computer of his turns
// up that was not known: it may have nothing yet.
func (f *Folder) forMembers(ctx context.Context, st *folderState, news bool, post func(parcel) error) error {
	people, err := f.recipients(ctx)
	if err != nil {
		return err
	}
	replicas, err := f.replicasOf(ctx)
	if err != nil {
		return err
	}
	if st.Served == nil {
		st.Served = map[string]string{}
	}
	st.Founded, st.For = true, nil
	for _, person := range people {
		tag := personTag(f.app.store.BookID(), person)
		st.For = append(st.For, tag)
		known, served := st.Served[tag]
		if served && !news && known == replicas[person] {
			continue
		}
		plan, err := f.app.Sharing.plan(ctx, ShareOptions{To: person, Since: true})
		if err != nil {
			return err
		}
		digest := plan.digest()
		if (plan.only == nil || opsOf(plan.only) > 0) && !st.stands(tag, digest) {
			if err := post(parcel{tag: tag, full: true, digest: digest, plan: plan}); err != nil {
				return err
			}
		}
		st.Served[tag] = replicas[person]
	}
	return nil
}

// stands reports whether the newest own file for somebody tells the same.
func (st *folderState) stands(tag, digest string) bool {
	for _, s := range slices.Backward(st.Sent) {
		if tagOf(s.Name) == tag {
			return s.Digest == digest
		}
	}
	return false
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

// digest stands for what a file would tell: which ops, and of whom values are
// not kept back.
func (p *sharePlan) digest() string {
	byText := func(x, y data.ID) int { return strings.Compare(x.String(), y.String()) }
	people := slices.SortedFunc(slices.Values(p.part.sel.People), byText)
	text := fmt.Appendf(nil, "%v %v", p.part.sel.All, people)
	for _, id := range slices.SortedFunc(maps.Keys(p.only), byText) {
		text = fmt.Appendf(text, "\n%s %v", id, p.only[id])
	}
	if p.only == nil {
		text = fmt.Appendf(text, " %d", opsOf(p.held)) // the whole log, which only grows
	}
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
