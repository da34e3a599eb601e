package metrics

import "fieldbook/data"

// By says what rows a result has.
type By string

// The groupings. A deal counts under its owner's direct manager and region
// (the root of the territory the owner owns), and under its account's
// territory, else the owner's, on its close day; an open deal on the as-of day.
const (
	ByNone      By = ""
	ByPerson    By = "person"
	ByManager   By = "manager"
	ByRegion    By = "region"
	ByTerritory By = "territory"
	ByProduct   By = "product"
	ByFamily    By = "family"
	BySector    By = "sector"
	ByAccount   By = "account"
	ByStage     By = "stage"
	ByMonth     By = "month"
	ByQuarter   By = "quarter"
	ByYear      By = "year"
)

// Query asks for figures.
type Query struct {
	By     By
	Period data.Period // won and lost closed in it, open expected to close in it
	AsOf   data.Day    // what was known at the end of this day
	Scope  Scope
	Filter Filter
}

// Scope says whose deals count; the zero Scope is everyone's.
type Scope struct {
	Whose Whose
	Place int32 // of the person or territory
}

// Whose is a sort of scope.
type Whose uint8

// The scopes. A team is the person and everyone below, through any number of
// steps; a territory includes all below it. Membership is that of the deal's
// close day, for open deals of the as-of day.
const (
	Everyone Whose = iota
	OfPerson
	OfTeam
	OfRegion
	OfTerritory
)

// Filter is a segment: each list that is not empty keeps the deals whose
// entry is one of it. None in a list stands for deals without that entry.
type Filter struct {
	Products, Families, Accounts, Industries, Countries, Owners, Stages, Pipelines []int32
}

// ownersOnly reports whether quotas still compare with the segment.
func (f Filter) ownersOnly() bool {
	return len(f.Products)+len(f.Families)+len(f.Accounts)+len(f.Industries)+len(f.Countries)+len(f.Stages)+len(f.Pipelines) == 0
}

// pass tells for each entry of a table, shifted by one so that None is at 0,
// whether it is kept. nil keeps everything.
type pass []bool

func newPass(n int, keep []int32) pass {
	if len(keep) == 0 {
		return nil
	}
	p := make(pass, n+1)
	for _, i := range keep {
		if i >= None && int(i) < n {
			p[i+1] = true
		}
	}
	return p
}

func (p pass) has(i int32) bool { return p == nil || p[i+1] }

// through keeps the n entries whose entry of another table is kept as well;
// of maps one to the other.
func (p pass) through(n int, outer pass, of func(i int) int32) pass {
	if outer == nil {
		return p
	}
	out := make(pass, n+1)
	out[0] = p.has(None) && outer.has(None)
	for i := range n {
		out[i+1] = p.has(int32(i)) && outer.has(of(i))
	}
	return out
}

// segment is a Filter made ready: one look-up a dimension of Deal.
type segment struct{ product, account, owner, stage pass }

func (f *Facts) segment(q Filter) segment {
	product, account, stage := newPass(len(f.Products), q.Products), newPass(len(f.Accounts), q.Accounts), newPass(len(f.Stages), q.Stages)
	product = product.through(len(f.Products), newPass(len(f.Families), q.Families), func(i int) int32 { return f.Products[i].Family })
	account = account.through(len(f.Accounts), newPass(len(f.Industries), q.Industries), func(i int) int32 { return f.Accounts[i].Industry })
	account = account.through(len(f.Accounts), newPass(len(f.Countries), q.Countries), func(i int) int32 { return f.Accounts[i].Country })
	stage = stage.through(len(f.Stages), newPass(len(f.Pipelines), q.Pipelines), func(i int) int32 { return f.Stages[i].Pipeline })
	return segment{product: product, account: account, owner: newPass(len(f.People), q.Owners), stage: stage}
}

func (s *segment) keeps(d *Deal) bool {
	return s.product.has(d.Product) && s.account.has(d.Account) && s.owner.has(d.Owner)
}
