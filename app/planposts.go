package app

import (
	"cmp"

	"fieldbook/app/planning"
	"fieldbook/data"
	"fieldbook/data/store"
)

// territories makes or renames those in force. A new one lies where what it is
// made from lies, so that its people stay in their region.
func (w *publisher) territories(tx *store.Tx) error {
	w.live = map[int]data.ID{}
	for i, t := range w.book.Plan.Territories {
		id := t.Live
		at, known := w.coverage.place[id]
		switch {
		case id.IsZero() || !known:
			// The same id in every book that publishes the same draft.
			id = data.ImportedID(data.KindTerritory, "plan", t.ID.String())
			if _, err := tx.Put(data.KindTerritory, id, data.Values{"name": t.Name, "color": textOrNil(t.Color), "parent": refOrNil(w.above(i))}); err != nil {
				return err
			}
			if _, err := tx.Put(data.KindPlanTerritory, t.ID, data.Values{"territory": id}); err != nil {
				return err
			}
			w.out.Territories++
		case w.coverage.territories[at].Title() != t.Name || w.coverage.territories[at].Text("color") != t.Color:
			if _, err := tx.Put(data.KindTerritory, id, data.Values{"name": t.Name, "color": textOrNil(t.Color)}); err != nil {
				return err
			}
			w.out.Territories++
		}
		w.live[i] = id
	}
	return nil
}

// above is the territory that a new one of the plan lies below: that of most of
// its accounts, else that of its person's today. A territory that several people
// own, or that has others below it, is such a one itself.
func (w *publisher) above(i int) data.ID {
	votes := map[data.ID]int{}
	for a, t := range w.placed() {
		if from := w.book.Accounts[a].Territory; t == i && !from.IsZero() {
			votes[w.region(from)]++
		}
	}
	if len(votes) == 0 {
		if at := w.coverage.owned(w.book.Plan.Territories[i].Person, w.app.Today()); at >= 0 {
			return w.region(w.coverage.territories[at].ID)
		}
	}
	var best data.ID
	for id, n := range votes {
		if most := votes[best]; n > most || n == most && cmp.Compare(id.String(), best.String()) < 0 {
			best = id
		}
	}
	return best
}

// region is the territory itself where it holds others or several people own it,
// else what it lies in; NoID for none.
func (w *publisher) region(id data.ID) data.ID {
	at, ok := w.coverage.place[id]
	if !ok {
		return data.NoID
	}
	if w.below()[id] || len(w.owners(id)) > 1 {
		return id
	}
	if up := w.coverage.parentOf(at); up >= 0 {
		return w.coverage.territories[up].ID
	}
	return data.NoID
}

// below tells which territories have others in them.
func (w *publisher) below() map[data.ID]bool {
	if w.parents == nil {
		w.parents = map[data.ID]bool{}
		for i := range w.coverage.territories {
			if up := w.coverage.parentOf(i); up >= 0 {
				w.parents[w.coverage.territories[up].ID] = true
			}
		}
	}
	return w.parents
}

// owners are the people who own a territory up to the plan's first day.
func (w *publisher) owners(id data.ID) map[data.ID]bool {
	out := map[data.ID]bool{}
	for _, p := range w.coverage.posts {
		if p.Territory == id && p.Role == data.AssignOwner && p.On(w.opt.From.AddDays(-1)) {
			out[p.Person] = true
		}
	}
	return out
}

// placed is the plan's territory of each account, planning.Nobody for none.
func (w *publisher) placed() []int {
	if w.to == nil {
		w.to = make([]int, len(w.book.Accounts))
		for i := range w.book.Accounts {
			w.to[i], _ = w.book.Plan.Place(&w.book.Accounts[i])
		}
	}
	return w.to
}

// posts ends what the owners of the plan's territories cover and lets the plan's
// people begin. Who goes on covering what he covers is left alone, and so is who
// owns a territory beside the plan's person and has no other one in the plan:
// that one is a region of several people.
func (w *publisher) posts(tx *store.Tx) error {
	seated := w.seated()
	for i, t := range w.book.Plan.Territories {
		stays, err := w.settleOwners(tx, w.live[i], t.Person, seated)
		if err != nil {
			return err
		}
		if t.Person.IsZero() || stays {
			continue
		}
		id := data.ImportedID(data.KindAssignment, "plan", t.ID.String()+"/"+t.Person.String())
		post := Post{Person: t.Person, Territory: w.live[i], Role: data.AssignOwner, From: w.opt.From, To: data.NoDay}
		if err := w.app.putPost(tx, id, post); err != nil {
			return err
		}
		w.out.Posts++
	}
	return nil
}

// settleOwners settles the posts of a territory's owners and reports whether the
// plan's person is one of them.
func (w *publisher) settleOwners(tx *store.Tx, territory, person data.ID, seated map[data.ID]bool) (stays bool, err error) {
	together := w.owners(territory)
	shared := len(together) > 1 && together[person]
	for _, post := range w.coverage.posts {
		if post.Territory != territory || post.Role != data.AssignOwner || post.To.Valid() && post.To < w.opt.From {
			continue
		}
		if shared && post.Person != person && !seated[post.Person] {
			continue
		}
		stays = stays || post.Person == person
		if err := w.settle(tx, post, post.Person == person); err != nil {
			return stays, err
		}
	}
	return stays, nil
}

// seated are the people to whom the plan gives a territory.
func (w *publisher) seated() map[data.ID]bool {
	out := map[data.ID]bool{}
	for _, t := range w.book.Plan.Territories {
		if !t.Person.IsZero() {
			out[t.Person] = true
		}
	}
	return out
}

// leave ends the posts in territories that the plan does not name and that no
// account stays in: those that it empties, and empty ones whose people it seats
// elsewhere. The territory and its past stay in the book.
func (w *publisher) leave(tx *store.Tx) error {
	kept, emptied, seated := w.kept(), w.withAccounts(), w.seated()
	for _, row := range w.coverage.territories {
		if kept[row.ID] {
			continue
		}
		if !emptied[row.ID] && !w.moved(row.ID, seated) {
			continue
		}
		ended, err := w.endPosts(tx, row.ID)
		if err != nil {
			return err
		}
		if ended {
			w.out.Left++
		}
	}
	return nil
}

// withAccounts are the territories in which accounts lie today.
func (w *publisher) withAccounts() map[data.ID]bool {
	out := map[data.ID]bool{}
	for i := range w.book.Accounts {
		if from := w.book.Accounts[i].Territory; !from.IsZero() {
			out[from] = true
		}
	}
	return out
}

// moved reports whether a territory without others in it has owners and the plan
// seats them all.
func (w *publisher) moved(territory data.ID, seated map[data.ID]bool) bool {
	owners := w.owners(territory)
	moved := len(owners) > 0 && !w.below()[territory]
	for person := range owners {
		moved = moved && seated[person]
	}
	return moved
}

// endPosts ends all that is covered in a territory from the first day on, and
// reports whether there was any.
func (w *publisher) endPosts(tx *store.Tx, territory data.ID) (ended bool, err error) {
	for _, post := range w.coverage.posts {
		if post.Territory != territory || post.To.Valid() && post.To < w.opt.From {
			continue
		}
		ended = true
		if err := w.settle(tx, post, false); err != nil {
			return ended, err
		}
	}
	return ended, nil
}

// kept are the territories that the plan names or that an account stays in, with
// all that they lie in.
func (w *publisher) kept() map[data.ID]bool {
	out := map[data.ID]bool{}
	keep := func(id data.ID) {
		for at, ok := w.coverage.place[id]; ok && !out[id]; at, ok = w.coverage.place[id] {
			out[id] = true
			id = data.NoID
			if up := w.coverage.parentOf(at); up >= 0 {
				id = w.coverage.territories[up].ID
			}
		}
	}
	for i, id := range w.live {
		keep(id)
		if w.book.Plan.Territories[i].Live != id {
			keep(w.above(i))
		}
	}
	for i, t := range w.placed() {
		if t == planning.Nobody {
			keep(w.book.Accounts[i].Territory)
		}
	}
	return out
}

// settle lets a post go on from the first day, or ends it the day before; one
// that would have begun later never was.
func (w *publisher) settle(tx *store.Tx, post Post, goesOn bool) error {
	later := post.From.Valid() && post.From >= w.opt.From
	switch {
	case goesOn && post.From <= w.opt.From:
		return nil
	case goesOn:
		post.From = w.opt.From
		w.out.Posts++
	case later:
		return tx.Delete(data.KindAssignment, post.ID)
	default:
		post.To = w.opt.From.AddDays(-1)
	}
	return w.app.putPost(tx, post.ID, post)
}
