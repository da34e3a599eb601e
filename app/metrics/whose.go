package metrics

import "fieldbook/data"

// varies marks a person whose entry depends on the day.
const varies int32 = -2

// roster answers who managed whom and who owned what on a day. Most people
// have one manager and one territory for good, which the fixed tables give
// without a search.
type roster struct {
	f                      *Facts
	manager, owned, region []int32 // by person; varies where the day matters
	root                   []int32 // by territory
}

func newRoster(f *Facts) *roster {
	r := &roster{f: f, root: f.roots()}
	n := len(f.People)
	r.manager, r.owned, r.region = make([]int32, n), make([]int32, n), make([]int32, n)
	for i, p := range f.People {
		r.manager[i], r.owned[i] = fixed(p.Managers), fixed(p.Territories)
		r.region[i] = r.owned[i]
		if r.owned[i] >= 0 {
			r.region[i] = r.root[r.owned[i]]
		}
	}
	return r
}

// fixed is the entry that holds on every day, or varies.
func fixed(spans []Span) int32 {
	switch {
	case len(spans) == 0:
		return None
	case len(spans) == 1 && !spans[0].From.Valid():
		return spans[0].To
	}
	return varies
}

// at is the entry that holds on a day, None before the first.
func at(spans []Span, day data.Day) int32 {
	for i := len(spans) - 1; i >= 0; i-- {
		if spans[i].From <= day {
			return spans[i].To
		}
	}
	return None
}

// roots gives each territory the top of its tree. A loop of parents, which a
// merge may leave, ends at the territory where it was met.
func (f *Facts) roots() []int32 {
	out := make([]int32, len(f.Territories))
	for i := range out {
		t := int32(i)
		for range f.Territories {
			parent := f.Territories[t].Parent
			if parent == None || parent == int32(i) {
				break
			}
			t = parent
		}
		out[i] = t
	}
	return out
}

func (r *roster) managerOf(person int32, day data.Day) int32 {
	if person == None {
		return None
	}
	if m := r.manager[person]; m != varies {
		return m
	}
	return at(r.f.People[person].Managers, day)
}

func (r *roster) ownedBy(person int32, day data.Day) int32 {
	if person == None {
		return None
	}
	if t := r.owned[person]; t != varies {
		return t
	}
	return at(r.f.People[person].Territories, day)
}

func (r *roster) regionOf(person int32, day data.Day) int32 {
	if person == None {
		return None
	}
	if t := r.region[person]; t != varies {
		return t
	}
	if t := at(r.f.People[person].Territories, day); t != None {
		return r.root[t]
	}
	return None
}

// territoryOf is the account's territory, else the one the owner owns.
func (r *roster) territoryOf(account, owner int32, day data.Day) int32 {
	if account != None {
		if t := r.f.Accounts[account].Territory; t != None {
			return t
		}
	}
	return r.ownedBy(owner, day)
}

// inTeam reports whether person is lead or below, on the day.
func (r *roster) inTeam(person, lead int32, day data.Day) bool {
	for range r.f.People {
		if person == lead || person == None {
			return person == lead
		}
		person = r.managerOf(person, day)
	}
	return false
}

// below reports whether territory t is top or under it.
func (r *roster) below(t, top int32) bool {
	for range r.f.Territories {
		if t == top || t == None {
			return t == top
		}
		t = r.f.Territories[t].Parent
	}
	return false
}

// inScope reports whether a deal of owner and account counts on a day.
func (r *roster) inScope(s Scope, account, owner int32, day data.Day) bool {
	switch s.Whose {
	case OfPerson:
		return owner == s.Place
	case OfTeam:
		return r.inTeam(owner, s.Place, day)
	case OfRegion:
		return r.regionOf(owner, day) == s.Place
	case OfTerritory:
		return r.below(r.territoryOf(account, owner, day), s.Place)
	default:
		return true
	}
}

// RegionOf is the region of a person on a day, None for none.
func (v *View) RegionOf(person int32, day data.Day) int32 { return v.roster.regionOf(person, day) }

// Looks reports whether a person, None for nobody, is one of those whose deals the
// view looks at on its day: himself, of the team, or with a territory there.
func (v *View) Looks(person int32) bool {
	return v.roster.inScope(v.query.Scope, None, person, v.query.AsOf)
}
