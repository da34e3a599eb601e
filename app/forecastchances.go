package app

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"fieldbook/app/forecast"
	"fieldbook/app/metrics"
	"fieldbook/data"
)

// Chances are the win probabilities of the deals that are open on a day.
type Chances struct {
	Model *forecast.Model
	odds  map[data.Key]float64 // where the model tells deals apart
	open  map[data.Key]bool

	labels map[string]string // of columns, by name
}

// Of is the probability that an open deal is won; ok is false for one that is
// not open, and where no deal has closed.
func (c *Chances) Of(key data.Key) (p float64, ok bool) {
	if !c.open[key] || c.Model.Learned == 0 {
		return 0, c.open[key] && c.Model.Learned > 0
	}
	if p, told := c.odds[key]; told {
		return p, true
	}
	return c.Model.Base, true
}

// ModelColumn is a column that was asked for what it tells.
type ModelColumn struct {
	Name, Label string
	Used        bool
	Why         string // it is refused, in words
}

// Columns lists the columns that the model uses, then those that it refuses.
func (c *Chances) Columns() []ModelColumn {
	var out []ModelColumn
	for _, name := range c.Model.Inputs {
		out = append(out, ModelColumn{Name: name, Label: c.labels[name], Used: true})
	}
	for _, r := range c.Model.Refused {
		out = append(out, ModelColumn{Name: r.Name, Label: r.Label, Why: r.Reason})
	}
	return out
}

// Open reports whether a deal was open on the day.
func (c *Chances) Open(key data.Key) bool { return c.open[key] }

// lift is how far a deal's log odds lie from the average.
func (c *Chances) lift(key data.Key) float64 {
	p, ok := c.odds[key]
	if !ok {
		return 0
	}
	return c.Model.Lift(p)
}

// How many deals a model is learned from, and how many open ones it asks what leaks.
const (
	mostLearned = 24_000
	mostAsked   = 6_000
	rowsAtOnce  = 2_000
)

// Chances learns from the closed deals of the whole book what tells won from
// lost, by what was known at the end of a day, and applies it to the open ones.
//
// What was learned is kept until something changes that it is learned from.
func (k *Forecasts) Chances(ctx context.Context, asOf data.Day) (*Chances, error) {
	if !asOf.Valid() {
		asOf = k.app.Today()
	}
	return k.kept.get(asOf, func() (*Chances, error) { return k.chances(ctx, asOf) })
}

func (k *Forecasts) chances(ctx context.Context, asOf data.Day) (*Chances, error) {
	out := &Chances{open: map[data.Key]bool{}}
	var s subjects
	err := k.app.Performance.view(ctx, viewQuery{AsOf: asOf}, func(b *factBook, v *metrics.View) error {
		s.gather(b, v, asOf)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range s.open {
		out.open[s.open[i].key] = true
	}
	src := k.app
	if asOf < k.app.Today() {
		if src, err = k.app.AsOf(ctx, asOf); err != nil {
			return nil, err
		}
	}
	err = k.learn(ctx, src, &s, out)
	if src != k.app {
		err = errors.Join(err, src.Close())
	}
	return out, err
}

// learn reads what the rows of the deals hold beside the facts.
func (k *Forecasts) learn(ctx context.Context, src *App, s *subjects, out *Chances) error {
	in, err := inputsOf(src)
	if err != nil {
		return err
	}
	e := &forecast.Examples{Seen: s.closedSeen}
	out.labels = map[string]string{}
	for _, c := range in {
		out.labels[c.name] = c.label
		e.Columns = append(e.Columns, forecast.Column{Name: c.name, Label: c.label, Source: c.source, Steady: c.steady, AtClose: c.atClose})
	}
	asked := s.open
	if len(asked) > mostAsked {
		asked = sampled(asked, mostAsked)
	}
	r := rowReader{src: src, accounts: map[data.ID]data.Row{}}
	for _, list := range [][]subject{s.closed, asked} {
		err := r.each(ctx, list, func(x *subject, row data.Row) {
			e.Outcomes, e.Closed = append(e.Outcomes, x.outcome), append(e.Closed, x.closed)
			for i := range in {
				c := &e.Columns[i]
				if in[i].number != nil {
					c.Numbers = append(c.Numbers, in[i].number(x, row))
				} else {
					c.Texts = append(c.Texts, in[i].text(x, row))
				}
			}
		})
		if err != nil {
			return err
		}
	}
	fillEmpty(e, in)
	if out.Model, err = forecast.Learn(ctx, e); err != nil {
		return data.Wrap(data.Canceled, err, "stopped; nothing was changed")
	}
	if !out.Model.Used {
		return nil
	}
	out.odds = make(map[data.Key]float64, len(s.open))
	return r.each(ctx, s.open, func(x *subject, row data.Row) {
		out.odds[x.key] = out.Model.Probability(
			func(c int) float64 { return in[c].number(x, row) },
			func(c int) string { return in[c].text(x, row) },
		)
	})
}

// fillEmpty gives the columns of a book without deals their kind.
func fillEmpty(e *forecast.Examples, in []input) {
	for i := range in {
		if in[i].number != nil && e.Columns[i].Numbers == nil {
			e.Columns[i].Numbers = []float64{}
		}
	}
}

// rowReader reads deals with their accounts, some at a time.
type rowReader struct {
	src      *App
	accounts map[data.ID]data.Row
}

func (r *rowReader) each(ctx context.Context, list []subject, fn func(*subject, data.Row)) error {
	for chunk := range slices.Chunk(list, rowsAtOnce) {
		keys := make([]data.Key, len(chunk))
		byKey := make(map[data.Key]*subject, len(chunk))
		for i := range chunk {
			keys[i] = chunk[i].key
			byKey[chunk[i].key] = &chunk[i]
		}
		rows, err := r.src.store.Rows(ctx, data.KindDeal, keys)
		if err != nil {
			return err
		}
		if err := r.readAccounts(ctx, rows, byKey); err != nil {
			return err
		}
		for _, row := range rows {
			x := byKey[row.Key]
			x.account, x.hasAccount = r.accounts[row.Ref("account")]
			fn(x, row)
		}
	}
	return nil
}

func (r *rowReader) readAccounts(ctx context.Context, rows []data.Row, deals map[data.Key]*subject) error {
	var keys []data.Key
	for _, row := range rows {
		id, key := row.Ref("account"), deals[row.Key].accountKey
		if _, known := r.accounts[id]; known || id.IsZero() || key == 0 {
			continue
		}
		keys = append(keys, key)
	}
	slices.Sort(keys)
	accounts, err := r.src.store.Rows(ctx, data.KindAccount, slices.Compact(keys))
	for _, a := range accounts {
		r.accounts[a.ID] = a
	}
	return err
}

// subject is one deal to learn from or to tell of, as the facts have it.
type subject struct {
	key        data.Key
	outcome    forecast.Outcome
	closed     data.Day
	start      data.Day
	at         data.Day // the day on which it is looked at: of a closed deal one while it was open
	stage      string   // where it stood then, empty where its history does not tell
	amount     float64  // NaN where not known
	list       float64
	family     string
	accountKey data.Key
	account    data.Row
	hasAccount bool
}

// subjects are the deals of a view, closed ones as a sample.
type subjects struct {
	closed, open []subject
	closedSeen   int
}

func (s *subjects) gather(b *factBook, v *metrics.View, asOf data.Day) {
	closed := 0
	for c := range v.All() {
		if c.Type != metrics.Open {
			closed++
		}
	}
	s.closedSeen = closed
	step := uint64(closed/mostLearned + 1)
	for c := range v.All() {
		if c.Type != metrics.Open && spreadKey(c.Key)%step != 0 {
			continue
		}
		x := b.subject(&c, asOf)
		if c.Type == metrics.Open {
			s.open = append(s.open, x)
		} else {
			s.closed = append(s.closed, x)
		}
	}
	byKey := func(x, y subject) int { return cmp.Compare(x.key, y.key) }
	slices.SortFunc(s.closed, byKey)
	slices.SortFunc(s.open, byKey)
}

// sampled takes about n of a list, evenly.
func sampled(list []subject, n int) []subject {
	step := uint64(len(list)/n + 1)
	var out []subject
	for _, x := range list {
		if spreadKey(x.key)%step == 0 {
			out = append(out, x)
		}
	}
	return out
}

// spreadKey turns keys, which count up, into numbers that are spread evenly.
func spreadKey(key data.Key) uint64 {
	x := uint64(key) * 0x9e3779b97f4a7c15
	x ^= x >> 31
	x *= 0xbf58476d1ce4e5b9
	return x ^ x>>29
}

func (b *factBook) subject(c *metrics.Counted, asOf data.Day) subject {
	d := &b.Deals[c.Place]
	x := subject{key: c.Key, closed: data.NoDay, start: startOf(d, asOf), at: asOf, amount: b.amountSeen(c, asOf), list: math.NaN()}
	if c.Type != metrics.Open {
		x.outcome, x.closed, x.at = forecast.Lost, c.Close, data.NoDay
		if c.Type == metrics.Won {
			x.outcome = forecast.Won
		}
		if x.start.Valid() && c.Close >= x.start {
			x.at = x.start + data.Day(spreadKey(c.Key+1)>>33%uint64(c.Close-x.start+1))
		}
	}
	if x.at.Valid() && len(b.History(d)) > 0 {
		if s := b.StateAt(c.Place, x.at); s.Type == metrics.Open && s.Stage != metrics.None {
			x.stage = b.Stages[s.Stage].Name
		}
	}
	if d.Product != metrics.None {
		p := &b.Products[d.Product]
		if p.HasPrice {
			x.list = b.major(p.Price, p.Currency)
		}
		if p.Family != metrics.None {
			x.family = b.Families[p.Family]
		}
	}
	if d.Account != metrics.None {
		x.accountKey = b.Accounts[d.Account].Key
	}
	return x
}

// amountSeen is a deal's amount as it was while the deal was open, as far as
// the book can tell; NaN where it has none.
func (b *factBook) amountSeen(c *metrics.Counted, asOf data.Day) float64 {
	d := &b.Deals[c.Place]
	switch {
	case c.Type != metrics.Open && d.LastOpenAmount != 0:
		return b.major(d.LastOpenAmount, d.Currency)
	case d.Flags&metrics.HasAmount == 0 || c.Type == metrics.Open && b.StateAt(c.Place, asOf).Hidden:
		return math.NaN()
	}
	return b.major(d.Amount, d.Currency)
}

// major is an amount in major units of its currency.
func (b *factBook) major(minor int64, currency int16) float64 {
	return float64(minor) / float64(b.Currencies[currency].Unit())
}
