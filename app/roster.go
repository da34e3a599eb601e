package app

import (
	"context"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Roster is what can be done with people: their reporting lines, what they
// cover, coming and going.
type Roster struct{ app *App }

// Mend is something about a person that wants to be put right.
type Mend string

// What may be wrong with a person who has not left.
const (
	NoRole        Mend = "no role"
	NoManager     Mend = "no manager"
	NoTerritory   Mend = "no territory"
	ManagerLeft   Mend = "manager left"
	ReportsInLoop Mend = "reports to themselves" // however far up, as a merge may leave it
)

// Member is one person of the roster.
type Member struct {
	Row     data.Row
	Manager data.ID // NoID where none, or gone
	Region  data.ID // the root territory that the person belongs to
	Place   string  // the region's name
	Posts   []Post  // held today, owned ones first
	Reports int     // direct ones who have not left
	Sums    Sums    // of the deals that the person owns, and the quota; no accounts
	Mends   []Mend
}

// Left reports whether the person no longer works here.
func (m Member) Left() bool { return m.Row.Text("status") == data.StatusLeft }

// RosterList is the whole roster, by name.
type RosterList struct {
	Members []Member
	Year    data.Period // of the quotas
	Total   Sums
}

// List reads everybody with figures. Region: the root of the territory a
// person owns, else of the one managed, else that of the reports where they
// agree.
func (r *Roster) List(ctx context.Context, span Span) (*RosterList, error) {
	c, err := r.app.coverage(ctx)
	if err != nil {
		return nil, err
	}
	out := &RosterList{Year: span.Year(r.app.Book().Calendar), Members: make([]Member, len(c.people))}
	for i, p := range c.people {
		m := Member{Row: p, Posts: c.held(p.ID, span.Today)}
		if _, ok := c.person[p.Ref("manager")]; ok {
			m.Manager = p.Ref("manager")
		}
		out.Members[i] = m
	}
	c.regions(out.Members)
	c.mend(out.Members)
	if err := r.sum(ctx, c, span, out); err != nil {
		return nil, err
	}
	return out, nil
}

func (r *Roster) sum(ctx context.Context, c *coverage, span Span, out *RosterList) error {
	deals, err := r.app.dealSums(ctx, metrics.ByPerson, span)
	if err != nil {
		return err
	}
	for i := range out.Members {
		m := &out.Members[i]
		m.Sums = deals[m.Row.ID]
		out.Total.Add(m.Sums)
	}
	return r.app.quotas(ctx, span, func(q store.QuotaSum, minor int64) {
		if i, ok := c.personKey[q.Person]; ok {
			out.Members[i].Sums.Quota += minor
			out.Total.Quota += minor
		}
	})
}

// regions gives everybody a region, those with territories first.
func (c *coverage) regions(members []Member) {
	region := make([]int, len(members))
	for i, m := range members {
		region[i] = -1
		for _, p := range m.Posts {
			if p.Role != data.AssignOverlay {
				region[i] = c.roots[c.place[p.Territory]]
				break
			}
		}
	}
	for range members { // a level a round, until nothing more is known
		if !c.regionsFromReports(members, region) {
			break
		}
	}
	for i, at := range region {
		if at >= 0 {
			members[i].Region, members[i].Place = c.territories[at].ID, c.territories[at].Title()
		}
	}
}

// several stands for reports in more than one region.
const several = -2

func (c *coverage) regionsFromReports(members []Member, region []int) (more bool) {
	found := map[int]int{}
	for i, m := range members {
		boss, ok := c.person[m.Manager]
		if !ok || region[boss] != -1 || region[i] == -1 || m.Left() {
			continue
		}
		if at, seen := found[boss]; seen && at != region[i] {
			found[boss] = several
		} else {
			found[boss] = region[i]
		}
	}
	for boss, at := range found {
		region[boss] = at
		more = true
	}
	return more
}

// mend counts reports and finds what wants to be put right.
func (c *coverage) mend(members []Member) {
	for _, m := range members {
		if boss, ok := c.person[m.Manager]; ok && !m.Left() {
			members[boss].Reports++
		}
	}
	for i := range members {
		if m := &members[i]; !m.Left() {
			m.Mends = append(m.Mends, c.mendsOf(members, i)...)
		}
	}
}

// mendsOf finds what wants to be put right of one member who has not left.
func (c *coverage) mendsOf(members []Member, i int) []Mend {
	var out []Mend
	m := &members[i]
	role := m.Row.Text("role")
	if role == "" {
		out = append(out, NoRole)
	}
	switch boss, ok := c.person[m.Manager]; {
	case ok && c.inLoop(i):
		out = append(out, ReportsInLoop)
	case ok && members[boss].Left() || !ok && m.Row.Has("manager"):
		out = append(out, ManagerLeft)
	case !ok && (role == data.RoleRep || role == "") && m.Reports == 0:
		out = append(out, NoManager)
	}
	if len(m.Posts) == 0 && role != data.RoleLead && m.Reports == 0 {
		out = append(out, NoTerritory)
	}
	return out
}

// inLoop reports whether following managers from a person comes back to them.
func (c *coverage) inLoop(i int) bool {
	at := i
	for range c.people {
		boss, ok := c.person[c.people[at].Ref("manager")]
		if !ok {
			return false
		}
		if at = boss; at == i {
			return true
		}
	}
	return false
}

// PersonPage is everything the roster shows of one person.
type PersonPage struct {
	Row     data.Row
	Posts   []Post // of all times, the newest first
	Reports []data.Row
	Story   []Edited // the newest first
	Deals   int      // of all stages
	Held    int      // accounts
}

// Person reads one person.
func (r *Roster) Person(ctx context.Context, id data.ID) (*PersonPage, error) {
	row, err := r.app.store.Get(ctx, data.KindPerson, id)
	if err != nil {
		return nil, err
	}
	page := &PersonPage{Row: row}
	c, err := r.app.coverage(ctx)
	if err != nil {
		return nil, err
	}
	for i := len(c.posts) - 1; i >= 0; i-- {
		if c.posts[i].Person == id {
			page.Posts = append(page.Posts, c.posts[i])
		}
	}
	for _, p := range c.people {
		if p.Ref("manager") == id && p.Text("status") != data.StatusLeft {
			page.Reports = append(page.Reports, p)
		}
	}
	if page.Deals, err = r.app.store.Count(ctx, ownedBy(data.KindDeal, id)); err != nil {
		return nil, err
	}
	if page.Held, err = r.app.store.Count(ctx, ownedBy(data.KindAccount, id)); err != nil {
		return nil, err
	}
	page.Story, err = r.app.story(ctx, data.KindPerson, id)
	return page, err
}

func ownedBy(kind string, person data.ID) data.Query {
	return data.Query{Kind: kind, Where: []data.Filter{{Field: "owner", Test: data.Is, Values: []data.Value{person}}}}
}
