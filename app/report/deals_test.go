package report_test

import (
	"slices"
	"strings"
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

func same(t *testing.T, d report.Doc, want ...string) {
	t.Helper()
	if got := lines(d); !slices.Equal(got, want) {
		t.Errorf("tables\n%s", strings.Join(got, "\n"))
	}
}

func TestWinLossCountsReasonsAndSegments(t *testing.T) {
	w := report.WinLoss{Cover: cover()}
	add := func(n int, d report.ClosedDeal) {
		for range n {
			w.Closed = append(w.Closed, d)
		}
	}
	add(30, report.ClosedDeal{Won: true, Value: 100_00, Known: true, Competitor: "Acme"})
	add(10, report.ClosedDeal{Won: true, Value: 400_00, Known: true})
	add(12, report.ClosedDeal{Value: 100_00, Known: true, Reason: "Price", Stage: "Proposal", StageAt: 2})
	add(3, report.ClosedDeal{Value: 200_00, Known: true, Reason: " price ", Stage: "Prospecting", StageAt: 1})
	add(25, report.ClosedDeal{Value: 400_00, Known: true, Stage: "Proposal", StageAt: 2})
	usd := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }
	w.Total = metrics.Row{
		Won: 40, Lost: 40, WonValue: usd(7_000_00), LostValue: usd(11_800_00), WinRate: metrics.NewWinRate(40, 40),
		WinRateValue: metrics.Ratio{Num: 7_000_00, Den: 18_800_00},
	}
	w.Sector = metrics.Result{Rows: []metrics.Row{
		{Key: "food", Won: 35, Lost: 20, WonValue: usd(5_000_00), LostValue: usd(5_000_00)},
		{Key: "retail", Won: 5, Lost: 20, WonValue: usd(2_000_00), LostValue: usd(6_800_00)},
	}}
	w.Products = metrics.Result{Rows: []metrics.Row{{Key: "(none)", Won: 40, Lost: 40}}}
	d := w.Doc()
	// Food 35 of 55 is 64%, retail 5 of 25 is 20%: 44 points, of which the interval
	// leaves out 0. Acme 30 of 30 against 10 of 50: 80 points. A size of at most 100
	// is 30 of 42 against 10 of 38.
	same(t, d,
		"Price|15|38%|1,800|15%", "No reason given|25|63%|10,000|85%", "All lost deals|40|100%|11,800|100%",
		"Prospecting|3|8%|600|5%", "Proposal|37|93%|11,200|95%", "All lost deals|40|100%|11,800|100%",
		"Acme|30 of 30|100%|89–100%|100%|3,000|higher by 80 points", "All closed deals|40 of 80|50%|39–61%|37%|7,000|",
		"food|35 of 55|64%|50–75%|50%|5,000|higher by 44 points", "retail|5 of 25|20%|9–39%|23%|2,000|lower by 44 points", "All closed deals|40 of 80|50%|39–61%|37%|7,000|",
		"up to $100|30 of 42|71%|56–83%|71%|3,000|higher by 45 points", "over $100, up to $400|10 of 38|26%|15–42%|27%|4,000|lower by 45 points", "All closed deals|40 of 80|50%|39–61%|37%|7,000|",
	)
	if card := d.Sections[0].Blocks[0].(report.Figures).Cards[4]; card.Text != "63%" || card.Sub != "25 of 40" {
		t.Errorf("no reason: %+v", card)
	}
}

func TestWhyDealsWereWon(t *testing.T) {
	w := report.WinLoss{Cover: cover(), Total: metrics.Row{Won: 3}, Closed: []report.ClosedDeal{
		{Won: true, Value: 100_00, Known: true, Reason: "Service"}, {Won: true, Value: 300_00, Known: true, Reason: "service"}, {Won: true, Value: 100_00, Known: true},
	}}
	got := lines(w.Doc())
	for _, want := range []string{"Service|2|67%|400|80%", "No reason given|1|33%|100|20%", "All won deals|3|100%|500|100%"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
}

func TestCompetitorsNamedOnLossesAloneHaveNoWinRate(t *testing.T) {
	w := report.WinLoss{Cover: cover(), Total: metrics.Row{Won: 1, Lost: 1}, Closed: []report.ClosedDeal{{Won: true}, {Competitor: "Acme", Value: 5_00, Known: true}}}
	if got := lines(w.Doc()); !slices.Contains(got, "Acme|1|100%|5|100%") || slices.ContainsFunc(got, func(l string) bool { return strings.Contains(l, "0 of 1") }) {
		t.Errorf("tables\n%s", strings.Join(got, "\n"))
	}
	if d := (report.WinLoss{Cover: cover()}).Doc(); len(lines(d)) != 0 || d.Sections[0].Blocks[0].(report.Figures).Cards[4].Text != "n/a" {
		t.Errorf("nothing closed: %+v", d.Sections)
	}
}

func TestRatesAreToldApartOnlyWithEnoughDeals(t *testing.T) {
	for _, c := range []struct {
		a, b [2]int // won, lost
		want string
	}{
		{[2]int{19, 0}, [2]int{0, 100}, "too few to tell"},
		{[2]int{100, 0}, [2]int{0, 19}, "too few to tell"},
		{[2]int{10, 10}, [2]int{50, 50}, "no clear difference"},
		{[2]int{20, 0}, [2]int{10, 10}, "higher by 50 points"},
		{[2]int{56, 14}, [2]int{48, 32}, "higher by 20 points"}, // Newcombe's own example: 0.0524 to 0.3339
		{[2]int{0, 0}, [2]int{0, 0}, "too few to tell"},
	} {
		if got := report.Apart(metrics.NewWinRate(c.a[0], c.a[1]), metrics.NewWinRate(c.b[0], c.b[1])); got != c.want {
			t.Errorf("%v against %v: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func TestPipelineReviewListsEachDealOnce(t *testing.T) {
	due := data.NewDay(2017, 12, 1)
	deal := func(key data.Key, owner string, cents int64) report.OpenDeal {
		return report.OpenDeal{Key: key, Owner: owner, Stage: "Proposal", Close: due, Value: cents, Known: true, Planned: true, StepOn: data.NoDay}
	}
	stalled, overdue, none, pushed := deal(1, "Bo", 10_01), deal(2, "Bo", 20_00), deal(3, "Cy", 30_00), deal(4, "Cy", 40_50)
	stalled.Planned, stalled.Stalled, stalled.Pushed = false, 44, 1
	overdue.StepOn = asOf - 1
	none.Planned = false
	pushed.Pushed, pushed.StepOn = 2, asOf
	p := report.PipelineReview{Cover: cover(), Deals: []report.OpenDeal{stalled, overdue, none, pushed, deal(5, "", 900_00)}, NoDay: 2}
	for i := range 14 {
		p.Deals = append(p.Deals, deal(data.Key(10+i), "Eli", 1_00))
	}
	p.Names = map[data.Key]string{1: "A", 2: "B", 3: "C", 4: "D", 5: "E"}
	want := []string{
		"A|Bo|Proposal|Dec 1|10.01|44|pushed", "1 deal||||10.01||",
		"B|Bo|Proposal|Dec 1|20|Nov 16|", "1 deal||||20||",
		"C|Cy|Proposal|Dec 1|30|", "1 deal||||30|",
		"D|Cy|Proposal|Dec 1|40.50|2|big", "1 deal||||40.50||",
		"E||Proposal|Dec 1|900", "1 deal||||900",
	}
	for range 12 {
		want = append(want, "|Eli|Proposal|Dec 1|1")
	}
	want = append(want, "and 2 more||||2", "14 deals||||14",
		"Nobody|1|900|0|0|0|0|1", "Cy|2|70.50|0|0|1|1|1", "Bo|2|30.01|1|1|1|1|0", "Eli|14|14|0|0|0|0|0", "Total|19|1,014.51|1|1|2|2|2")
	same(t, p.Doc(), want...)
	if got := len(p.Shown()); got != 17 {
		t.Errorf("%d deals are named", got)
	}
	if d := (report.PipelineReview{Cover: cover()}).Doc(); len(lines(d)) != 0 {
		t.Errorf("no deals: %+v", d.Sections)
	}
}
