package report_test

import (
	"slices"
	"strings"
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

func performance(t *testing.T, f *metrics.Facts, in data.Period) report.TeamPerformance {
	t.Helper()
	v, err := metrics.NewView(f, metrics.Query{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	p := report.TeamPerformance{Cover: cover(), ManagerOf: map[int32]int32{1: 0, 2: 0, 4: 3}, Share: f.Share(in, asOf), Against: report.Against(f.Calendar, in, asOf)}
	p.Period = in
	before := f.ToDate(in, asOf)
	for by, into := range map[metrics.By][2]*metrics.Result{metrics.ByPerson: {&p.People, &p.PeopleBefore}, metrics.ByManager: {&p.Teams, &p.TeamsBefore}} {
		if *into[0], err = v.Compute(by, in); err != nil {
			t.Fatal(err)
		}
		if *into[1], err = v.Compute(by, before); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// Of Bo's deals, every fourth of the sixty from the first on, those numbered 5,
// 17, 29, 41 and 53 were won at 150 times their number: 21,750 in all, 4,350 on
// average and in the middle, after 31, 31, 34, 37 and 20 days. 9, 21, 33, 45 and
// 57 were lost: 24,750. On November 17, 48 of 92 days are over.
func TestTeamPerformanceListsEveryoneWithTheirTeam(t *testing.T) {
	f := company()
	f.Upsert(1000, metrics.Deal{ // Bo won 5,000 in the quarter before
		Owner: 1, Product: metrics.None, Account: metrics.None, Stage: 2, Snoozed: data.NoDay, Entered: data.NoDay,
		Created: data.NewDay(2017, 7, 1), Engaged: data.NoDay, Close: data.NewDay(2017, 8, 1), Amount: 5_000_00, Flags: metrics.HasAmount,
	})
	d := performance(t, f, cover().Period).Doc()
	want := []string{
		"Ann Lee’s team|41,250|10|5,000|44,250|0.4×|150,000|28%|53%",
		" Cy Young|19,500|5|0|25,500|0.6×|60,000|33%|62%",
		" Bo Dahl|21,750|5|5,000|18,750|0.3×|90,000|24%|46%",
		"Dee Ruiz’s team|26,250|5|0|23,250|0.2×|120,000|22%|42%",
		" Eli Sand|26,250|5|0|23,250|0.2×|120,000|22%|42%",
		"Without a manager|24,000|5|0|21,000|n/a|n/a|n/a|n/a",
		" Fay Okoro|24,000|5|0|21,000|n/a|n/a|n/a|n/a",
		"Total|91,500|20|5,000|88,500|0.5×|270,000|34%|65%",
		"Ann Lee’s team|10 of 20|50%|30–70%|100%|47%|4,125|4,125|31",
		" Cy Young|5 of 10|50%|24–76%|n/a|46%|3,900|3,900|31",
		" Bo Dahl|5 of 10|50%|24–76%|100%|47%|4,350|4,350|31",
		"Dee Ruiz’s team|5 of 10|50%|24–76%|n/a|56%|5,250|5,250|31",
		" Eli Sand|5 of 10|50%|24–76%|n/a|56%|5,250|5,250|31",
		"Without a manager|5 of 10|50%|24–76%|n/a|47%|4,800|4,800|31",
		" Fay Okoro|5 of 10|50%|24–76%|n/a|47%|4,800|4,800|31",
		"Total|20 of 40|50%|35–65%|100%|49%|4,575|4,575|31",
	}
	if got := lines(d); !slices.Equal(got, want) {
		t.Errorf("tables\n%s", strings.Join(got, "\n"))
	}
}

func TestTeamPerformanceWithoutQuotasOrDeals(t *testing.T) {
	f := company()
	f.Quotas = nil
	d := performance(t, f, cover().Period).Doc()
	if got := lines(d)[0]; got != "Ann Lee’s team|41,250|10|0|44,250" {
		t.Errorf("first line %q", got)
	}
	if bars := d.Sections[1].Blocks[0].(report.Chart).Spec.(report.AttainmentBars); bars.Rows[0].Label != "Eli Sand" || bars.Rows[0].Full != 26_250 || bars.Full != "$26.3K" {
		t.Errorf("bars %+v", bars)
	}
	empty := performance(t, &metrics.Facts{Calendar: data.Calendar{Start: 1}, Currencies: []data.Currency{"USD"}}, data.AllTime).Doc()
	if len(lines(empty)) != 0 || len(empty.Sections) != 2 || empty.Sections[0].Blocks[0].(report.Figures).Cards[1].Text != "n/a" {
		t.Errorf("empty book: %+v", empty.Sections)
	}
}
