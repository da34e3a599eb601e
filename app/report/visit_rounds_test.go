package report_test

import (
	"slices"
	"testing"
	"time"

	"fieldbook/app/report"
	"fieldbook/app/visits"
	"fieldbook/data"
)

func TestVisitRoundsGoFromHomeToHome(t *testing.T) {
	day := data.NewDay(2017, time.November, 20)
	at := func(hour, minute int) time.Time {
		return time.Date(2017, time.November, 20, hour, minute, 0, 0, time.UTC)
	}
	c := cover()
	r := report.VisitRounds{Cover: c, Person: "Bo Dahl", Week: "2017-W47", Home: "Oslo", Days: []report.VisitRound{
		{
			Day: day, Start: at(8, 0), End: at(11, 15), Km: 95, DriveMinutes: 95, VisitMinutes: 100, HomeKm: 30, HomeMinutes: 30,
			Lines: []report.VisitLine{
				{Name: "Rangreen", Class: "A", Address: "Gate 1, Moss", Phone: "+47 1", Arrive: at(8, 40), Leave: at(9, 40), Km: 40.4, DriveMinutes: 40, LastVisit: day - 30, OverdueDays: 15},
				{Name: "Isdom", Class: "C", Rough: true, Arrive: at(10, 5), Leave: at(10, 45), Km: 25, DriveMinutes: 25, LastVisit: data.NoDay},
			},
		},
		{Day: day + 1, Start: at(8, 0), End: at(9, 0)},
	}, Left: []report.VisitLine{{Name: "Konex", Class: "B", Address: "Tromsø", LastVisit: day - 1, Why: visits.TooFar}, {Name: "Zumgo", LastVisit: data.NoDay, Why: visits.NoTime}}}
	d := r.Doc()
	want := []string{
		"1|08:40–09:40|Rangreen|A|Oct 21, 15 days late|40|0:40|[   ]",
		"||Gate 1, Moss · +47 1|||||",
		"2|10:05–10:45|Isdom|C|never|25|0:25|[   ]",
		"||placed by its town|||||",
		"|11:15|Home|||30|0:30|",
		"|3:15|2 visits|||95|1:35|",
		"|09:00|Home|||0|0:00|",
		"|0:00|0 visits|||0|0:00|",
		"Konex|B|Nov 19|Tromsø|too far for a day",
		"Zumgo||never||the week is full",
	}
	if got := lines(d); !slices.Equal(got, want) {
		t.Errorf("rows\n%q", got)
	}
	if d.Title != "Visits of Bo Dahl" || d.Sections[0].Heading != "Monday, Nov 20, 2017" || d.Sections[0].Caption != "08:00–11:15" || d.Sections[0].Page || !d.Sections[1].Page || !d.Sections[2].Page ||
		!slices.Contains(d.Meta, report.Fact{Name: "Hours, with the drive", Text: "3.3"}) || !slices.Contains(d.Meta, report.Fact{Name: "From and to", Text: "Oslo"}) {
		t.Errorf("%q %q %+v", d.Title, d.Sections[0].Heading, d.Meta)
	}
	r.Left = make([]report.VisitLine, 43)
	if got := lines(r.Doc()); len(got) != 8+41 || got[len(got)-1] != "and 3 more||||" {
		t.Errorf("a long list %q", got)
	}
	r.Days, r.Home = nil, ""
	if d := r.Doc(); len(d.Sections) != 2 || d.Sections[1].Page || !slices.Contains(d.Meta, report.Fact{Name: "From and to", Text: "not known"}) {
		t.Errorf("an empty week: %+v", d)
	}
}
