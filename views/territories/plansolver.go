package territories

import (
	"context"
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/alignment"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// solver is the panel that divides a draft anew: three sliders that trade
// balance, travel and disruption for each other among the plans that were found.
type solver struct {
	p       *planner
	panel   *kit.Panel
	sliders [3]*kit.Slider
	shares  [3]*kit.Text
	effects [3]*kit.Text
	seek    *kit.Button
	adopt   *kit.Button
	reset   *kit.Button

	base   *app.PlanBook // the plan that the options are for
	found  *app.PlanFrontier
	chosen int         // option shown; -1 for the plan as it stands
	held   bool        // the draft was asked for while plans are looked for: what is found next is not shown by itself
	search *planSearch // under way; nil for none
}

// planSearch is one search for plans.
type planSearch struct {
	book *app.PlanBook // the draft that it is for
	stop context.CancelFunc
	void bool // what it finds concerns nobody any more
}

func newSolver(p *planner) *solver {
	s := &solver{p: p, chosen: -1}
	names := [3][2]string{
		{lang.T("Balance"), lang.T("even shares")}, {lang.T("Travel"), lang.T("short ways")}, {lang.T("Disruption"), lang.T("keep owners")},
	}
	var rows []fyne.CanvasObject
	for i, start := range [3]int{50, 30, 20} {
		s.sliders[i] = kit.NewSlider(start, func(int) { s.share(i) }, nil)
		s.shares[i] = kit.NewText("", kit.TextStyle{Bold: true, Align: fyne.TextAlignTrailing})
		s.effects[i] = kit.NewText("", kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Align: fyne.TextAlignTrailing})
		rows = append(rows, kit.HBox(8,
			kit.MinBox(fyne.NewSize(76, 22), kit.Body(names[i][0])), kit.MinBox(fyne.NewSize(78, 22), kit.Caption(names[i][1])),
			kit.Grow(s.sliders[i]), kit.MinBox(fyne.NewSize(44, 22), s.shares[i]), kit.MinBox(fyne.NewSize(190, 22), s.effects[i])))
	}
	s.seek = kit.NewButton(kit.ButtonOptions{Text: lang.T("Find plans"), Icon: "play", OnTap: s.look})
	s.adopt = kit.NewButton(kit.ButtonOptions{Text: lang.T("Take this plan"), Icon: "check", OnTap: s.take})
	s.reset = kit.NewButton(kit.ButtonOptions{Text: lang.T("Back to the draft"), OnTap: s.back})
	foot := kit.HBox(8, kit.Space(), s.reset, s.adopt, s.seek)
	s.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Rebalance"), Body: kit.VBox(4, append(rows, foot)...)})
	return s
}

// forget drops what was found and is looked for, as when another plan is shown.
func (s *solver) forget() {
	s.halt()
	s.base, s.found, s.chosen = nil, nil, -1
}

// previewing reports whether an option is shown in place of the draft; then
// nothing can be moved by hand, and that is said.
func (s *solver) previewing() bool {
	if s.found == nil || s.chosen < 0 || s.found.Options[s.chosen].Today {
		return false
	}
	s.p.s.host.Say(lang.T("Take this plan or go back to the draft, then change it by hand"))
	return true
}

// share keeps the three weights at 100 together and shows what fits them.
func (s *solver) share(moved int) {
	s.held = false
	var others []int
	sum := 0
	for i := range s.sliders {
		if i != moved {
			others = append(others, i)
			sum += s.sliders[i].Value()
		}
	}
	rest := 100 - s.sliders[moved].Value()
	first := rest / 2
	if sum > 0 {
		first = int(math.Round(float64(rest) * float64(s.sliders[others[0]].Value()) / float64(sum)))
	}
	s.sliders[others[0]].Set(first)
	s.sliders[others[1]].Set(rest - first)
	s.choose()
}

func (s *solver) choose() {
	if s.found != nil {
		was := s.chosen
		s.chosen = s.fitting()
		if s.chosen != was {
			s.preview()
			return
		}
	}
	s.show()
}

// look searches in the background and shows the first plan at once, then ever
// better ones, until it is stopped or nothing gets better.
func (s *solver) look() {
	p := s.p
	if p.book == nil {
		return
	}
	if s.search != nil {
		s.search.stop()
		return
	}
	book := p.book.Snapshot()
	if s.base != nil && s.base.Info.ID == book.Info.ID {
		book = s.base // from the draft, not from the plan that is shown in its place
	}
	ctx, stop := context.WithCancel(p.s.host.Context)
	run := &planSearch{book: book, stop: stop}
	s.search, s.held = run, false
	s.show()
	var found *app.PlanFrontier
	p.s.host.Job(lang.T("Rebalance %s", book.Info.Name), func(work context.Context, progress func(done, total int64)) (err error) {
		defer context.AfterFunc(work, stop)()
		defer p.s.host.Runner.Do(func() { s.ended(run) })
		found, err = book.Frontier(ctx, app.PlanSearch{Passes: app.PlanPasses, Progress: progress, Found: func(f *app.PlanFrontier) { //nolint:contextcheck // a screen loads in the context of its window, not in that of what set it off
			p.s.host.Runner.Do(func() { s.arrive(run, f) })
		}})
		return err
	}, func() { s.arrive(run, found) })
}

// ended tells that nothing more will come.
func (s *solver) ended(run *planSearch) {
	run.stop()
	if s.search == run {
		s.search = nil
		s.show()
	}
}

// arrive takes in what was found for a draft, where that is still the one in
// front.
func (s *solver) arrive(run *planSearch, found *app.PlanFrontier) {
	p := s.p
	switch {
	case run.void || p.book == nil:
		return
	case p.book.Info.ID != run.book.Info.ID:
		s.halt() // another plan is shown by now
		return
	case s.base == nil && !p.book.Same(run.book):
		s.halt()
		p.s.host.Say(lang.T("The draft has changed meanwhile; find plans again"))
		return
	}
	shown := s.option()
	s.base, s.found = run.book, found
	if s.held {
		s.show()
		return
	}
	s.chosen = s.fitting()
	if now := s.option(); shown != nil && now != nil && slices.Equal(now.Transfers, shown.Transfers) {
		s.show()
		return
	}
	s.preview()
}

// option is the one shown, nil for the plan as it stands.
func (s *solver) option() *app.PlanOption {
	if s.found == nil || s.chosen < 0 {
		return nil
	}
	return &s.found.Options[s.chosen]
}

// fitting is the option that fits the sliders.
func (s *solver) fitting() int {
	return s.found.Choose(float64(s.sliders[0].Value()), float64(s.sliders[1].Value()), float64(s.sliders[2].Value()))
}

// halt ends the search under way; nothing of it is shown.
func (s *solver) halt() {
	if s.search != nil {
		s.search.void = true
		s.search.stop()
		s.search = nil
	}
}

// renew keeps what was found while the draft is the one it was found for, and
// goes on showing what was chosen.
func (s *solver) renew() {
	switch {
	case s.found == nil:
	case !s.p.book.Same(s.base):
		s.forget()
	case s.chosen >= 0:
		s.p.book = s.base.Show(s.found.Options[s.chosen])
		s.p.now = s.p.book.Balance()
	}
}

// preview shows the chosen option on the map and in the balance.
func (s *solver) preview() {
	p := s.p
	p.drop()
	p.book = s.base
	if s.chosen >= 0 {
		p.book = s.base.Show(s.found.Options[s.chosen])
	}
	p.now = p.book.Balance()
	p.show()
}

func (s *solver) back() {
	s.chosen, s.held = -1, true
	s.preview()
}

func (s *solver) take() {
	if s.chosen < 0 {
		return
	}
	base, o := s.base, s.found.Options[s.chosen]
	s.p.s.host.Act(lang.T("Rebalance %s", base.Info.Name), func(ctx context.Context) error { return s.p.s.host.App.Plans.Adopt(ctx, base, o) }, func() {
		s.forget()
		s.p.reload()
	})
}

// show writes the weights and what they come to.
func (s *solver) show() {
	for i, slider := range s.sliders {
		s.shares[i].SetText(lang.T("%d %%", slider.Value()))
	}
	if s.search != nil {
		s.seek.SetText(lang.T("Stop"))
		s.seek.SetIcon("x")
	} else {
		s.seek.SetText(lang.T("Find plans"))
		s.seek.SetIcon("play")
	}
	fits := s.found != nil && s.chosen >= 0
	if !fits {
		for _, e := range s.effects {
			e.SetText("")
		}
		s.panel.SetCaption(lang.T("finds plans to slide between; weights add to 100 %, locked pieces stay put"))
		switch {
		case s.found == nil && s.search != nil:
			s.panel.SetCaption(lang.T("looking for plans; the first ones come in a moment and get better until you stop"))
		case s.found != nil:
			s.panel.SetCaption(lang.N("%d plan found; this is the draft as it stands", "%d plans found; this is the draft as it stands", len(s.found.Options), len(s.found.Options)))
		}
		s.adopt.Disable()
		s.reset.Disable()
		return
	}
	w := s.p.words
	o := s.found.Options[s.chosen]
	largest := s.base.Balance().Spread.Largest
	s.effects[0].SetText(lang.T("at most %s to %s points off", w.Num.Number(largest, 0), w.Num.Number(o.Spread.Largest, 0)))
	s.effects[1].SetText(lang.T("%s to %s km to an account, mean", w.Num.Count(int(s.found.Travel)), w.Num.Count(int(o.Travel))))
	s.effects[2].SetText(lang.T("%d of %d accounts move", o.Moved, len(s.base.Accounts)))
	s.panel.SetCaption(proofWords(o, len(s.found.Options)))
	if o.Today {
		s.adopt.Disable()
	} else {
		s.adopt.Enable()
	}
	s.reset.Enable()
}

// proofWords says how good a plan is known to be.
func proofWords(o app.PlanOption, n int) string {
	text := lang.N("%d plan, none better in all three", "%d plans, none better in all three", n, n)
	switch {
	case o.Today:
		text += lang.T("; this one is the draft as it stands")
	case o.Proof == alignment.Optimal:
		text += lang.T("; this one is proven: optimal for its balance")
	case o.Proof == alignment.Bounded:
		text += lang.T("; this one is within %.1f %% of the best there can be", o.Gap*100)
	default:
		text += lang.T("; this one is the best found, not proven")
	}
	if o.Broken {
		text += lang.T("; not every territory hangs together")
	}
	return text
}
