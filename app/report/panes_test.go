package report

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// opened is what the marks of a chart open.
type opened struct {
	title  string
	behind []Behind
	kind   string
	keys   []data.Key
}

// made are the panes of a quarter, and what their marks open by key.
func made() (Panes, map[string]opened) {
	cal := data.Calendar{Start: 1}
	links := map[string]opened{}
	add := func(o opened) string {
		key := strconv.Itoa(len(links))
		links[key] = o
		return key
	}
	return Panes{
		Numbers: Numbers{Currency: "USD", Symbol: "$"}, Calendar: cal, Period: cal.Quarter(2017, 4), AsOf: data.NewDay(2017, 11, 17), Share: 0.43,
		Open: func(title string, behind ...Behind) string { return add(opened{title: title, behind: behind}) },
		Keys: func(title, kind string, keys []data.Key) string {
			return add(opened{title: title, kind: kind, keys: keys})
		},
	}, links
}

func result(rows ...metrics.Row) metrics.Result {
	r := metrics.Result{By: metrics.ByPerson, Rows: rows}
	for i := range rows {
		rows[i].Place = int32(i)
	}
	return r
}

func person(name string, won, quota int64) metrics.Row {
	r := metrics.Row{Key: name, ID: data.NewID(), Won: 2, WonValue: data.Money{Minor: won * 100, Currency: "USD"}, Credited: data.Money{Minor: won * 100, Currency: "USD"}}
	if quota > 0 {
		r.Quota = metrics.Target{Money: data.Money{Minor: quota * 100, Currency: "USD"}, Set: true}
		r.Attainment = metrics.Ratio{Num: float64(won), Den: float64(quota)}
	}
	return r
}

func labels(b AttainmentBars) []string {
	var out []string
	for _, r := range b.Rows {
		out = append(out, r.Label+" "+r.Text)
	}
	return out
}

func TestBarsRankByAttainmentThenWon(t *testing.T) {
	p, links := made()
	b := p.Attainment(metrics.ByPerson, result(person("Ann", 50, 100), person("Bob", 90, 100), person("Cy", 70, 0), person("Di", 80, 0)), nil)
	if got, want := labels(b), []string{"Bob 90%", "Ann 50%", "Di n/a", "Cy n/a"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if b.Pace.Label != "pace 43%" || b.Rows[0].Sub != "90 of 100" || b.Rows[0].Expected != 43 {
		t.Errorf("%+v", b)
	}
	if l, ok := links[b.Rows[0].Key]; !ok || l.behind[0].Measure != metrics.WonDeals || l.title != "Won by Bob, Oct 1 – Nov 17, 2017" {
		t.Errorf("%+v", l)
	}
}

func TestBarsWithoutQuotasShowWon(t *testing.T) {
	p, _ := made()
	if got, want := labels(p.Attainment(metrics.ByPerson, result(person("Ann", 50, 0), person("Bob", 90, 0)), nil)), []string{"Bob $90", "Ann $50"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestMonthsNameDaysOfTheLast(t *testing.T) {
	p, _ := made()
	month := func(y, m int, partial bool) metrics.Month {
		return metrics.Month{Period: p.Calendar.Month(y, time.Month(m)), Won: 1, WonValue: data.Money{Minor: 100, Currency: "USD"}, Mean: NA(), Partial: partial}
	}
	months := []metrics.Month{month(2016, 12, false), month(2017, 1, false), month(2017, 11, true)}
	var got []string
	for _, b := range p.Months(months, MonthsAgainst{}).Bars {
		got = append(got, b.Label)
	}
	if want := []string{"Dec", "Jan 2017", "Nov 1–17"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Places gained are those against the period before; equals share one.
func TestLeadersGainPlaces(t *testing.T) {
	p, _ := made()
	now := result(person("Ann", 50, 0), person("Bob", 90, 0), person("Cy", 50, 0))
	then := result(person("Ann", 70, 0), person("Bob", 10, 0), person("Cy", 20, 0))
	var got []string
	for _, r := range p.Leaders(metrics.ByPerson, now, &Compared{Name: "Q3", Table: then}).Rows {
		got = append(got, strconv.Itoa(r.Place)+" "+r.Label+" "+strconv.Itoa(r.Moved))
	}
	if want := []string{"1 Bob 2", "2 Ann -1", "2 Cy 0"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A flow holds each deal that was open on the first day, or came since, once.
func TestFlowHoldsEachDealOnce(t *testing.T) {
	p, links := made()
	at := func(name string, position int, kind metrics.StageType) StageAt {
		return StageAt{Name: name, Position: position, Type: kind, Value: 100}
	}
	before := map[data.Key]StageAt{
		1: at("Discovery", 1, metrics.Open), 2: at("Proposal", 2, metrics.Open), 3: at("Proposal", 2, metrics.Open), 4: at("Proposal", 2, metrics.Open),
		5: at("", 0, metrics.Won), 6: at("Discovery", 1, metrics.Open),
	}
	after := map[data.Key]StageAt{
		1: at("Proposal", 2, metrics.Open), 2: at("Discovery", 1, metrics.Open), 3: at("", 0, metrics.Won), 5: at("", 0, metrics.Won), 6: at("Discovery", 1, metrics.Open),
		7: at("Discovery", 1, metrics.Open),
	}
	f := p.StageFlow(data.NewDay(2017, 11, 10), data.NewDay(2017, 11, 17), before, after)
	var got []string
	held := map[data.Key]int{}
	for _, l := range f.Links {
		got = append(got, f.From[l.From].Label+" > "+f.To[l.To].Label+" "+strconv.Itoa(int(l.Value))+" "+strconv.Itoa(int(l.Tone)))
		for _, key := range links[l.Key].keys {
			held[key]++
		}
	}
	want := []string{
		"New > Discovery 1 0", "Discovery > Discovery 1 1", "Discovery > Proposal 1 0", "Proposal > Discovery 1 4", "Proposal > Won 1 2", "Proposal > Elsewhere 1 3",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for key := range before {
		if want := 1; held[key] != want && key != 5 {
			t.Errorf("deal %d is held %d times", key, held[key])
		}
	}
	if held[5] != 0 || held[7] != 1 {
		t.Errorf("%v", held)
	}
}

// The mix of a month adds up to what was won in it, the rest in one part.
func TestMixAddsUp(t *testing.T) {
	p, _ := made()
	var rows []MonthRow
	for i := range 9 {
		rows = append(rows, MonthRow{Label: string(rune('a' + i)), Place: int32(i), Values: []int64{int64(i * 100), 100}})
	}
	s := p.Mix(metrics.ByProduct, []data.Period{p.Calendar.Month(2017, time.October), p.Calendar.Month(2017, time.November)}, rows)
	if len(s.Series) != mostParts+1 || s.Series[0].Label != "i" {
		t.Fatalf("%+v", s.Series)
	}
	for i, want := range []float64{36, 9} {
		sum := 0.0
		for _, m := range s.Bars[i].Parts {
			sum += m.Value
		}
		if sum != want || s.Bars[i].Value != want {
			t.Errorf("month %d adds up to %v of %v, want %v", i, sum, s.Bars[i].Value, want)
		}
	}
}

// What has no figure is left out, and the lines part at the whole's figures.
func TestSizesNeedBothFigures(t *testing.T) {
	p, _ := made()
	seen := func(name string, won, lost int) metrics.Row {
		r := person(name, 50, 0)
		r.WinRate = metrics.NewWinRate(won, lost)
		r.AvgWon = metrics.Ratio{Num: float64(won) * 1000, Den: float64(won), N: won}
		return r
	}
	table := result(seen("Ann", 2, 2), seen("Bob", 0, 3), seen("Cy", 4, 1))
	table.Total = seen("", 6, 6)
	s := p.Sizes(metrics.ByPerson, table)
	if len(s.Dots) != 2 || s.Dots[0].Label != "Ann" || s.Dots[1].Value != 0.8 || s.SplitY != 0.5 || s.SplitX != 10 {
		t.Errorf("%+v", s)
	}
}
