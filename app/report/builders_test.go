package report_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// company has two teams: Ann leads Bo and Cy, Dee leads Eli; Fay has no manager
// and no quota. All sales are in the last quarter of 2017.
func company() *metrics.Facts {
	f := &metrics.Facts{Calendar: data.Calendar{Start: 1}, Currencies: []data.Currency{"USD"}}
	f.Pipelines = []metrics.Pipeline{{Name: "Sales"}, {Name: "Service"}}
	f.Stages = []metrics.Stage{
		{Name: "Prospecting", Position: 1, Probability: 10},
		{Name: "Proposal", Position: 2, Probability: 50},
		{Name: "Won", Position: 3, Type: metrics.Won},
		{Name: "Lost", Position: 4, Type: metrics.Lost},
	}
	for i, name := range []string{"Ann Lee", "Bo Dahl", "Cy Young", "Dee Ruiz", "Eli Sand", "Fay Okoro"} {
		p := metrics.Person{Name: name, ID: data.ImportedID("person", "test", name), Hired: data.NoDay, Left: data.NoDay, Leads: i == 0 || i == 3}
		switch i {
		case 1, 2:
			p.Managers = []metrics.Span{{From: data.NoDay, To: 0}}
		case 4:
			p.Managers = []metrics.Span{{From: data.NoDay, To: 3}}
		}
		f.People = append(f.People, p)
	}
	for month := time.October; month <= time.December; month++ {
		for person, amount := range map[int32]int64{1: 30_000_00, 2: 20_000_00, 4: 40_000_00} {
			f.Quotas = append(f.Quotas, metrics.Quota{Person: person, Territory: metrics.None, Month: data.NewDay(2017, month, 1), Amount: amount})
		}
	}
	for i := range 60 {
		owner := []int32{1, 2, 4, 5}[i%4]
		d := metrics.Deal{
			Owner: owner, Product: metrics.None, Account: metrics.None, Stage: int32(1 + i%3), Snoozed: data.NoDay, Entered: data.NoDay,
			Created: data.NewDay(2017, time.October, 1+i%20), Engaged: data.NoDay, Close: data.NewDay(2017, time.November, 1+i%17),
			Amount: int64(i+1) * 150_00, Flags: metrics.HasAmount,
		}
		if d.Stage == 1 {
			d.Close = data.NewDay(2017, time.December, 15)
		}
		f.Upsert(data.Key(i+1), d)
	}
	return f
}

var asOf = data.NewDay(2017, time.November, 17)

func cover() report.Cover {
	return report.Cover{
		Org: "Harbour Tools", Numbers: report.Numbers{Currency: "USD", Symbol: "$"}, Period: data.Calendar{Start: 1}.Quarter(2017, 4), AsOf: asOf,
		Fingerprint: "2442 5449 fef3 f501",
	}
}

func attainment(t *testing.T, f *metrics.Facts) report.QuotaAttainment {
	t.Helper()
	v, err := metrics.NewView(f, metrics.Query{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	q := report.QuotaAttainment{Cover: cover(), ManagerOf: map[int32]int32{1: 0, 2: 0, 4: 3}, Share: f.Share(cover().Period, asOf)}
	if q.People, err = v.Compute(metrics.ByPerson, q.Period); err != nil {
		t.Fatal(err)
	}
	if q.Teams, err = v.Compute(metrics.ByManager, q.Period); err != nil {
		t.Fatal(err)
	}
	return q
}

func funnel(t *testing.T, f *metrics.Facts, in data.Period) report.FunnelReport {
	t.Helper()
	v, err := metrics.NewView(f, metrics.Query{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	c := cover()
	c.Period = in
	return report.FunnelReport{Cover: c, Funnels: v.Journey(in, metrics.CreatedIn).Funnels, Cohort: v.CohortRate(in)}
}

// lines are the rows of a document's tables as text.
func lines(d report.Doc) []string {
	var out []string
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			table, ok := b.(report.Table)
			if !ok {
				continue
			}
			for _, r := range append(table.Rows, table.Totals...) {
				var cells []string
				for _, c := range r.Cells {
					cells = append(cells, c.Text)
				}
				if len(cells) != len(table.Columns) {
					out = append(out, "ragged row")
				}
				out = append(out, strings.Repeat(" ", r.Level)+strings.Join(cells, "|"))
			}
		}
	}
	return out
}

func TestQuotaAttainmentListsEveryoneUnderTheirManager(t *testing.T) {
	want := []string{
		"Ann Lee’s team|150,000|41,250|28%|108,750|10 of 20|50%|0.4×",
		" Cy Young|60,000|19,500|33%|40,500|5 of 10|50%|0.6×",
		" Bo Dahl|90,000|21,750|24%|68,250|5 of 10|50%|0.3×",
		"Dee Ruiz’s team|120,000|26,250|22%|93,750|5 of 10|50%|0.2×",
		" Eli Sand|120,000|26,250|22%|93,750|5 of 10|50%|0.2×",
		"Without a manager|n/a|24,000|n/a|n/a|5 of 10|50%|n/a",
		" Fay Okoro|n/a|24,000|n/a|n/a|5 of 10|50%|n/a",
		"Total|270,000|91,500|34%|178,500|20 of 40|50%|0.5×",
	}
	d := attainment(t, company()).Doc()
	if got := lines(d); !slices.Equal(got, want) {
		t.Errorf("table\n%s", strings.Join(got, "\n"))
	}
	bars := d.Sections[1].Blocks[0].(report.Chart).Spec.(report.AttainmentBars)
	if len(bars.Rows) != 3 || bars.Rows[0].Label != "Cy Young" || bars.Rows[0].Value != 19_500 || bars.Rows[0].Full != 60_000 || bars.Rows[0].Tone != report.Bad {
		t.Errorf("bars %+v", bars.Rows)
	}
	if bars.Pace.Label != "pace 52%" || bars.Pace.At != 48.0/92 {
		t.Errorf("pace %+v", bars.Pace)
	}
	meta := d.Meta[0].Text + "; " + d.Meta[1].Text + "; " + d.Meta[2].Text + "; " + d.Meta[3].Text
	if meta != "2017-Q4, Oct 1 – Dec 31, 2017; Whole book, 4 people; Nov 17, 2017, day 48 of 92; none" {
		t.Errorf("meta %q", meta)
	}
	if d.Fingerprint != "State fingerprint 2442 5449 fef3 f501" || d.Known != "As of Nov 17, 2017" {
		t.Errorf("footer %q %q", d.Fingerprint, d.Known)
	}
}

// A manager who left the period's figures to others still heads nobody's row,
// and nobody is dropped: each person stands in the table once.
func TestQuotaAttainmentDropsNobody(t *testing.T) {
	q := attainment(t, company())
	q.ManagerOf = map[int32]int32{1: 4, 2: 5, 4: 1, 5: 2}
	seen := map[string]int{}
	for _, l := range lines(q.Doc()) {
		name, _, _ := strings.Cut(strings.TrimSpace(l), "|")
		seen[name]++
	}
	for _, name := range []string{"Bo Dahl", "Cy Young", "Eli Sand", "Fay Okoro"} {
		if seen[name] != 1 {
			t.Errorf("%s stands %d times in the table", name, seen[name])
		}
	}
}

func TestReportsOfAnEmptyBook(t *testing.T) {
	f := &metrics.Facts{Calendar: data.Calendar{Start: 1}, Currencies: []data.Currency{"USD"}}
	if got := lines(attainment(t, f).Doc()); !slices.Equal(got, []string{"Total|0|0 of 0|n/a"}) {
		t.Errorf("table %q", got)
	}
	d := funnel(t, f, data.AllTime).Doc()
	if len(d.Sections) != 1 || d.Sections[0].Blocks[0].(report.Text).Paragraphs[0] != "No deal was created in this period." {
		t.Errorf("funnel %+v", d.Sections)
	}
}

// Without quotas nothing is held against one, and the page says why.
func TestQuotaAttainmentWithoutQuotas(t *testing.T) {
	f := company()
	f.Quotas = nil
	d := attainment(t, f).Doc()
	for _, l := range append(lines(d), cardTexts(d)...) {
		if strings.Contains(l, "n/a") {
			t.Errorf("line %q", l)
		}
	}
	said := slices.ContainsFunc(d.Sections, func(s report.Section) bool {
		text, ok := s.Blocks[0].(report.Text)
		return ok && strings.HasPrefix(text.Paragraphs[0], "Nobody has a quota in this period")
	})
	if !said || len(d.Definitions) != 2 {
		t.Errorf("%+v", d)
	}
}

func cardTexts(d report.Doc) []string {
	var out []string
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if figures, ok := b.(report.Figures); ok {
				for _, c := range figures.Cards {
					out = append(out, c.Name+" "+c.Text)
				}
			}
		}
	}
	return out
}

func TestFunnelCountsItsSteps(t *testing.T) {
	d := funnel(t, company(), data.AllTime).Doc()
	want := []string{"Prospecting|60|40|20|0|67%|20|34", "Proposal|40|20|0|20|100%|n/a|n/a", "All deals|60|20|20|20|50%||"}
	if got := lines(d); !slices.Equal(got, want) {
		t.Errorf("table\n%s", strings.Join(got, "\n"))
	}
	steps := d.Sections[1].Blocks[0].(report.Chart).Spec.(report.Funnel).Steps
	if len(steps) != 3 || steps[0].Rate != "" || steps[1].Rate != "67%" || steps[1].Dropped != "20 lost" || steps[2].Label != "Won" || steps[2].Value != 20 {
		t.Errorf("steps %+v", steps)
	}
	if d.Meta[0].Text != "All time" || d.Meta[2].Text != "Nov 17, 2017" {
		t.Errorf("meta %+v", d.Meta)
	}
}

func TestLeftOutDealsAreSaid(t *testing.T) {
	q := attainment(t, company())
	q.People.Total.LeftOut = metrics.LeftOut{NoRate: 3, NoAmount: 1}
	sections := q.Doc().Sections
	text, ok := sections[len(sections)-1].Blocks[0].(report.Text)
	if !ok || !strings.Contains(text.Paragraphs[0], "3 deals without an exchange rate, 1 deal without an amount or list price.") {
		t.Errorf("last section %+v", sections[len(sections)-1])
	}
}
