package metrics

// Chance is the probability by which open deals of a stage count in "weighted":
// Won of Of deals won. Learned tells that these are deals; else it is the
// stage's own probability, in parts of a million.
type Chance struct {
	Won, Of uint64
	Learned bool
}

// Share is the chance from 0 to 1.
func (c Chance) Share() float64 { return float64(c.Won) / float64(c.Of) }

// Weigh is what a value counts for, rounded to minor units.
func (c Chance) Weigh(minor int64) int64 {
	x, _ := mulDiv(minor, c.Won, c.Of)
	return x
}

// fewThrough is how many closed deals must have been in a stage for the share
// won of them to stand for its probability.
const fewThrough = 30

// Chances gives the chance of each stage as known on the view's day (metric
// definition "weighted"), whatever its scope: the share won of the closed deals
// that were in the stage, where deals without a history went through all of their
// pipeline; while they are few the stage's own probability.
func (v *View) Chances() []Chance {
	out, _ := v.chances.get(struct{}{}, func() ([]Chance, error) { return v.f.chances(v.reader), nil })
	return out
}

type wonOf struct{ won, all uint64 }

func (w *wonOf) count(won bool) {
	w.all++
	if won {
		w.won++
	}
}

// through counts closed deals by stage, and those without a history by pipeline.
type through struct{ stages, lines []wonOf }

func (f *Facts) chances(r *reader) []Chance {
	const step = 1 << 14
	accs := make([]through, workers())
	for w := range accs {
		accs[w] = through{make([]wonOf, len(f.Stages)), make([]wonOf, len(f.Pipelines))}
	}
	inParallel((len(f.Deals)+step-1)/step, func(w, i int) {
		seen := make([]int, len(f.Stages))
		for at := i * step; at < min((i+1)*step, len(f.Deals)); at++ {
			accs[w].deal(f, r, at, seen)
		}
	})
	all := accs[0]
	for _, acc := range accs[1:] {
		for i, x := range acc.stages {
			all.stages[i].won, all.stages[i].all = all.stages[i].won+x.won, all.stages[i].all+x.all
		}
		for i, x := range acc.lines {
			all.lines[i].won, all.lines[i].all = all.lines[i].won+x.won, all.lines[i].all+x.all
		}
	}
	out := make([]Chance, len(f.Stages))
	for i, s := range f.Stages {
		c := all.stages[i]
		if s.Pipeline != None {
			c.won, c.all = c.won+all.lines[s.Pipeline].won, c.all+all.lines[s.Pipeline].all
		}
		out[i] = Chance{Won: percent(s.Probability), Of: wholePercent}
		if c.all >= fewThrough && s.Type == Open {
			out[i] = Chance{c.won, c.all, true}
		}
	}
	return out
}

// deal counts one; seen holds, by stage, the place + 1 of the deal counted last.
func (t *through) deal(f *Facts, r *reader, at int, seen []int) {
	d := &f.Deals[at]
	s := r.state(d)
	if !s.Exists || s.Type == Open || s.Stage == None {
		return
	}
	won, moves := s.Type == Won, f.History(d)
	if line := f.Stages[s.Stage].Pipeline; len(moves) == 0 && line != None {
		t.lines[line].count(won)
		return
	}
	for _, m := range moves {
		if m.Stage != None && seen[m.Stage] != at+1 {
			seen[m.Stage] = at + 1
			t.stages[m.Stage].count(won)
		}
	}
}
