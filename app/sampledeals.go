package app

import (
	"math"

	"fieldbook/data"
	"fieldbook/data/store"
)

// sampleTell is how many deals go by between two words on progress.
const sampleTell = 2000

// sampleDealFields are those of a sample deal, in the order of sampler.deal.
var sampleDealFields = []string{
	"external_id", "account", "owner", "product", "contact", "stage", "close_day", "loss_reason", "amount", "currency",
	"created_day", "engaged_day", "next_step", "next_step_day", "competitor", "source",
}

// samplePath is how one deal went: the days on which it entered each open
// stage, and how it ended.
type samplePath struct {
	entered []data.Day // of the open stages, in order; shorter where it stopped
	end     data.Row   // its stage now
	closed  data.Day   // NoDay while open
	lost    bool
}

func (g *sampler) deals() error {
	bulk, err := g.tx.Bulk(store.BulkPlan{Kind: data.KindDeal, Fields: sampleDealFields, Expect: g.n})
	if err != nil {
		return err
	}
	later := &sampleLater{}
	for i := range g.n {
		if err := g.deal(bulk, i, later); err != nil {
			return err
		}
		if i%sampleTell == 0 {
			if err := g.ctx.Err(); err != nil {
				return err
			}
			g.progress(int64(i), int64(g.n))
		}
	}
	return later.write(g)
}

// deal makes one deal; what belongs to it in other tables is kept for later,
// so that all deals go in at one stretch.
func (g *sampler) deal(bulk *store.Bulk, i int, later *sampleLater) error {
	acc := g.accounts[g.rng.IntN(len(g.accounts))]
	rep := g.reps[acc.rep]
	product := g.rng.IntN(len(g.products))
	path := g.path(rep.skill, acc.rep%7)
	id := g.id(data.KindDeal)
	v := make([]data.Value, len(sampleDealFields))
	v[0], v[1], v[2], v[3], v[4] = sampleKey(i), acc.id, rep.id, g.products[product], acc.contact
	if g.rng.IntN(60) == 0 {
		v[1], v[4] = nil, nil // left for the to-fix list
	}
	v[5] = path.end.ID
	price := float64(g.prices[product])
	amount := int64(price*(0.8+g.rng.Float64()*0.35)/100) * 100
	switch {
	case path.lost:
		v[6], v[7], v[8], v[9] = path.closed, g.pick(sampleLosses), amount, g.currency
		if v[7] == "competitor" {
			v[14] = g.pick(sampleRivals)
		}
	case path.closed.Valid():
		v[6], v[8], v[9] = path.closed, amount, g.currency
		if i%8 == 0 {
			v[14] = sampleRivals[i/8%len(sampleRivals)]
		}
	default:
		if i%6 == 0 {
			v[14] = sampleRivals[i/6%len(sampleRivals)]
		}
		v[6] = g.today.AddDays(g.rng.IntN(120) - 6)
		if g.rng.IntN(3) > 0 {
			v[8], v[9] = amount, g.currency
		}
		if g.rng.IntN(4) > 0 {
			v[12], v[13] = g.pick(sampleSteps), g.today.AddDays(g.rng.IntN(24)-5)
		}
	}
	v[10] = path.entered[0].AddDays(-g.rng.IntN(3))
	if len(path.entered) > 1 {
		v[11] = path.entered[1]
	}
	v[15] = g.pick(sampleSources)
	if _, err := bulk.Put(id, v); err != nil {
		return err
	}
	later.note(g, i, sampleDealNote{id: id, acc: acc, rep: rep.id, path: path})
	return nil
}

// sampleKey is the external id of the i-th deal: "S-000123".
func sampleKey(i int) string {
	b := []byte("S-000000")
	for p := len(b) - 1; i > 0 && p > 1; p-- {
		b[p] = byte('0' + i%10)
		i /= 10
	}
	return string(b)
}

// path walks a deal through the stages from a random day of the last two years.
func (g *sampler) path(skill float64, pace int) samplePath {
	var open []data.Row
	var won, lost data.Row
	for _, s := range g.stages {
		switch s.Text("type") {
		case data.StageWon:
			won = s
		case data.StageLost:
			lost = s
		default:
			open = append(open, s)
		}
	}
	// More deals lately than at first, so the company grows.
	age := int(float64(sampleDays) * (1 - math.Sqrt(g.rng.Float64())))
	day := g.today.AddDays(-age)
	p := samplePath{closed: data.NoDay}
	for i := range open {
		if day > g.today {
			p.end = open[max(0, i-1)]
			return p
		}
		p.entered = append(p.entered, day)
		stay := 3 + g.rng.IntN(14+2*pace)
		if g.rng.IntN(12) == 0 {
			stay *= 4 // some stall
		}
		day = day.AddDays(stay)
		if day > g.today {
			p.end = open[i]
			return p
		}
		if g.rng.Float64() < 0.14-skill/2 {
			p.end, p.closed, p.lost = lost, day, true
			return p
		}
	}
	p.end, p.closed = won, day
	if g.rng.Float64() < 0.12-skill {
		p.end, p.lost = lost, true
	}
	return p
}

type sampleDealNote struct {
	id   data.ID
	acc  sampleAccount
	rep  data.ID
	path samplePath
}

// sampleLater holds the newest deals, whose stage history and activities are
// written when all deals stand.
type sampleLater struct {
	notes []sampleDealNote
}

// sampleWorked is how many open deals are told more of.
const sampleWorked = 48

func (l *sampleLater) note(g *sampler, i int, n sampleDealNote) {
	if !n.path.closed.Valid() && len(g.open) < sampleWorked {
		g.open = append(g.open, n)
	}
	if i >= g.n-sampleHistories {
		l.notes = append(l.notes, n)
	}
}

func (l *sampleLater) write(g *sampler) error {
	var open []data.Row
	for _, s := range g.stages {
		if s.Text("type") == data.StageOpen {
			open = append(open, s)
		}
	}
	for i, n := range l.notes {
		if err := l.history(g, n, open); err != nil {
			return err
		}
		if err := l.contacted(g, n); err != nil {
			return err
		}
		if i%sampleTell == 0 && g.ctx.Err() != nil {
			return g.ctx.Err()
		}
	}
	return nil
}

func (l *sampleLater) history(g *sampler, n sampleDealNote, open []data.Row) error {
	for i, day := range n.path.entered {
		if _, err := g.put(data.KindStageEntry, data.Values{"deal": n.id, "stage": open[i].ID, "day": day}); err != nil {
			return err
		}
	}
	if !n.path.closed.Valid() {
		return nil
	}
	_, err := g.put(data.KindStageEntry, data.Values{"deal": n.id, "stage": n.path.end.ID, "day": n.path.closed})
	return err
}

// contacted writes what was done on a deal: a few past activities and, on some
// open ones, a planned one.
func (l *sampleLater) contacted(g *sampler, n sampleDealNote) error {
	if g.activities >= sampleActivities {
		return nil
	}
	types := []string{"call", "email", "meeting", "visit"}
	for range g.rng.IntN(3) {
		last := n.path.closed
		if !last.Valid() {
			last = g.today
		}
		first := n.path.entered[0]
		kind := g.pick(types)
		day := first.AddDays(g.rng.IntN(max(1, int(last-first))))
		if err := l.activity(g, n, data.Values{"type": kind, "subject": g.pick(sampleSubjects[kind]), "day": day, "minutes": int64(5 + g.rng.IntN(55)), "done": true}); err != nil {
			return err
		}
	}
	if n.path.closed.Valid() || g.rng.IntN(4) > 0 {
		return nil
	}
	return l.activity(g, n, data.Values{"type": g.pick(types), "subject": g.pick(sampleSteps), "day": g.today.AddDays(g.rng.IntN(20) - 3), "done": false})
}

func (l *sampleLater) activity(g *sampler, n sampleDealNote, values data.Values) error {
	g.activities++
	values["deal"], values["account"], values["contact"], values["person"] = n.id, n.acc.id, n.acc.contact, n.rep
	_, err := g.put(data.KindActivity, values)
	return err
}
