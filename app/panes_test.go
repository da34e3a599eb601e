package app_test

import (
	"math"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// paned is a sample book with all its panes of the quarter.
func paned(t *testing.T) (*app.App, app.PaneQuery, []app.Pane) {
	t.Helper()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	if err := a.Sample(t.Context(), app.SampleOptions{Deals: 500, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	q := app.PaneQuery{FigureQuery: app.FigureQuery{Period: a.Book().Calendar.YearOf(a.Today()), AsOf: a.Today()}, Numbers: report.Numbers{Currency: "USD", Symbol: "$"}}
	for _, kind := range app.PaneKinds() {
		q.Panes = append(q.Panes, app.PaneAsk{Name: kind.Name})
		for _, against := range kind.Against {
			q.Panes = append(q.Panes, app.PaneAsk{Name: kind.Name, Against: against})
		}
		for _, by := range kind.By {
			q.Panes = append(q.Panes, app.PaneAsk{Name: kind.Name, By: by})
		}
	}
	panes, err := a.Performance.Panes(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return a, q, panes
}

// behind is how many records a mark opens.
func behind(t *testing.T, a *app.App, q app.PaneQuery, p app.Pane, key string) int {
	t.Helper()
	l, ok := p.Links.Find(key)
	if !ok {
		t.Fatalf("%s: %q leads nowhere", p.Name, key)
	}
	if l.Behind == nil {
		return len(l.Keys)
	}
	keys, err := a.Performance.Deals(t.Context(), q.FigureQuery, l.Behind...)
	if err != nil {
		t.Fatal(err)
	}
	return len(keys)
}

// Every kind makes a card or a chart that has something to show, whatever it is
// grouped by and compared with.
func TestEveryPaneShowsSomething(t *testing.T) {
	_, _, panes := paned(t)
	for _, p := range panes {
		kind, _ := app.PaneNamed(p.Name)
		switch {
		case kind.Card && (p.Card == nil || p.Card.Text == "" || p.Card.Key == ""):
			t.Errorf("%s is %+v", p.Name, p.Card)
		case !kind.Card && (p.Spec == nil || len(report.Tabulate(p.Spec)) < 2):
			t.Errorf("%s by %q against %q has nothing to show: %+v", p.Name, p.By, p.Against, p.Spec)
		case !kind.Card && p.Spec.Describe().Title == "":
			t.Errorf("%s has no title", p.Name)
		}
	}
}

// A mark that counts deals opens as many.
func TestPaneMarksOpenWhatTheyCount(t *testing.T) {
	a, q, panes := paned(t)
	tried := 0
	same := func(p app.Pane, m report.Mark) {
		if m.Key == "" {
			return
		}
		tried++
		if n := behind(t, a, q, p, m.Key); n != int(m.Value) {
			t.Errorf("%s, %s opens %d records", p.Name, m.Hint+m.Label+" "+m.Text, n)
		}
	}
	for _, p := range panes {
		switch s := p.Spec.(type) {
		case report.HeatMap:
			for _, r := range s.Rows {
				for _, c := range r.Cells {
					same(p, c)
				}
			}
		case report.Flow:
			for _, l := range s.Links {
				same(p, l.Mark)
			}
		case report.Calendar:
			for _, d := range s.Days {
				same(p, d)
			}
		case report.Funnel:
			for _, step := range s.Steps {
				same(p, step.Mark)
			}
		}
	}
	if tried < 50 {
		t.Errorf("only %d marks open something", tried)
	}
}

// The parts of the mix and the months are the won value of the months.
func TestPanesAgreeWithTheFigures(t *testing.T) {
	a, q, _ := paned(t)
	q.Panes = []app.PaneAsk{{Name: app.PaneMix}, {Name: app.PaneMonths, Against: app.AgainstYear}, {Name: app.PaneEach}, {Name: app.PaneLoad}}
	panes, err := a.Performance.Panes(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	mix, months, each := panes[0].Spec.(report.Stacks), panes[1].Spec.(report.Columns), panes[2].Spec.(report.Multiples)
	for i, bar := range mix.Bars {
		sum := 0.0
		for _, c := range each.Cells {
			sum += c.Values[i]
		}
		if d := bar.Value - months.Bars[i].Value; d > 0.005 || d < -0.005 {
			t.Errorf("%s: %v and %v", bar.Label, bar.Value, months.Bars[i].Value)
		}
		if d := bar.Value - sum; d > 0.005 || d < -0.005 {
			t.Errorf("%s: %v, people together %v", bar.Label, bar.Value, sum)
		}
	}
	for i, bar := range months.Bars {
		then := a.Book().Calendar.MonthOf(q.AsOf.AddMonths(i - len(months.Bars) - 11))
		want := computed(t, a, app.ComputeQuery{By: metrics.ByNone, Period: then, AsOf: q.AsOf}).Total.WonValue.Minor
		if got := months.Trend.Values[i]; math.Abs(got-float64(want)/100) > 0.005 {
			t.Errorf("a year before %s: %v, want %d cents", bar.Label, got, want)
		}
	}
	open := computed(t, a, app.ComputeQuery{By: metrics.ByNone, Period: data.AllTime, AsOf: q.AsOf}).Total.Open
	cells := 0.0
	for _, r := range panes[3].Spec.(report.HeatMap).Rows {
		for _, c := range r.Cells {
			if c.Key != "" {
				cells += c.Value
			}
		}
	}
	if int(cells) != open {
		t.Errorf("%v deals in cells of %d open", cells, open)
	}
}

// A pane of an unknown name, or asking for what its kind does not offer, does no harm.
func TestPanesOfANewerFieldbook(t *testing.T) {
	a, q, _ := paned(t)
	q.Panes = []app.PaneAsk{{Name: "hologram"}, {Name: app.PaneGauge, By: "aura", Against: "tomorrow"}}
	panes, err := a.Performance.Panes(t.Context(), q)
	if err != nil || panes[0].Spec != nil || panes[0].Card != nil || panes[1].Spec == nil || panes[1].By != metrics.ByNone || panes[1].Against != "" {
		t.Errorf("%+v, %v", panes, err)
	}
}

func TestLinkOfNoMark(t *testing.T) {
	var l app.PaneLinks
	for _, key := range []string{"", "x", "-1", "0"} {
		if _, ok := l.Find(key); ok {
			t.Errorf("%q leads somewhere", key)
		}
	}
}
