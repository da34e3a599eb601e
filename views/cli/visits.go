package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/app/visits"
	"fieldbook/data"
)

type visitsCmd struct {
	For   string `required:"" placeholder:"PERSON" help:"Whose week: an id, an external id or a name."`
	Week  string `placeholder:"2026-W48" help:"The week, as 2026-W48 or by a day in it; this week by default."`
	Out   string `type:"path" placeholder:"FILE" help:"Write appointments (.ics), a list to print (.pdf) or a table (.csv, .xlsx)."`
	Enter bool   `help:"Put the visits into the book as planned. Entered again, they move along with the plan."`
	JSON  bool   `name:"json" help:"Print one JSON document."`
}

// Validate refuses other endings.
func (c visitsCmd) Validate() error {
	if c.For == "" {
		return errors.New("say whose week with --for")
	}
	return endsIn(c.Out, ".ics", ".pdf", ".csv", ".xlsx")
}

func (c visitsCmd) Run(ctx context.Context, s *session) error {
	open := s.read
	if c.Enter {
		open = s.write
	}
	return open(ctx, func(a *app.App) error {
		person, err := a.Records.Find(ctx, data.KindPerson, c.For)
		if err != nil {
			return err
		}
		day := a.Today()
		if c.Week != "" {
			if day, err = app.ParseWeek(c.Week); err != nil {
				return err
			}
		}
		w, err := a.Visits.Week(ctx, person.ID, day)
		if err != nil {
			return err
		}
		if c.Out != "" {
			if err := a.Visits.Write(ctx, w, c.Out); err != nil {
				return err
			}
		}
		var entered *app.Entered
		if c.Enter {
			done, err := a.Visits.Enter(ctx, w)
			if err != nil {
				return err
			}
			entered = &done
		}
		if c.JSON {
			return writeJSON(s.Out, weekJSON(w, entered))
		}
		return c.print(s, w, entered)
	})
}

// print lists the week for people, or says only what was written.
func (c visitsCmd) print(s *session, w *app.VisitWeek, entered *app.Entered) error {
	if entered != nil {
		if err := s.say("%s entered for %s: %d new, %d changed, %d removed, %d as they were", w.Label(), w.Name, entered.New, entered.Changed, entered.Removed, entered.Kept); err != nil {
			return err
		}
	}
	if c.Out != "" {
		if err := s.say("%s of %s in %s written to %s", some(w.Stops(), "visit"), w.Name, w.Label(), c.Out); err != nil {
			return err
		}
	}
	if c.Out == "" && entered == nil {
		if err := weekTable(w).print(s.Out); err != nil {
			return err
		}
	}
	return s.say("%s", weekSum(w))
}

// weekSum is the last line.
func weekSum(w *app.VisitWeek) string {
	home := ""
	if !w.Home.Placed {
		home = "; where the days begin is not known: write it into the person's home"
	}
	return fmt.Sprintf("%s on %s, %.0f km, %.1f of %g hours; %d due left over, %d of %s without a place%s",
		some(w.Stops(), "visit"), some(len(w.Days), "day"), w.Km, w.Hours, w.Capacity, len(w.Left), len(w.Unplaced), some(w.Accounts, "account"), home)
}

func weekTable(w *app.VisitWeek) table {
	var rows [][]string
	line := func(s app.VisitStop, cells ...string) {
		last := s.LastVisit.String()
		if last == "" {
			last = "never"
		}
		rows = append(rows, append(cells, s.Name, s.Class, s.Address, last, blankZero(s.OverdueDays)))
	}
	for _, d := range w.Days {
		for _, s := range d.Stops {
			line(s, d.Day.Weekday().String()[:3]+" "+d.Day.String(), s.Arrive.Format("15:04"), s.Leave.Format("15:04"), strconv.Itoa(int(math.Round(s.Km))))
		}
	}
	for _, s := range w.Left {
		line(s, report.LeftWords(s.Why), "", "", "")
	}
	return table{columns: []column{
		{title: "day", keep: true},
		{title: "from"},
		{title: "to"},
		{title: "km", right: true},
		{title: "account", keep: true},
		{title: "class"},
		{title: "address"},
		{title: "last visit"},
		{title: "days late", right: true},
	}, rows: fixed(rows)}
}

func blankZero(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// weekJSON is a week as scripts read it.
func weekJSON(w *app.VisitWeek, entered *app.Entered) map[string]any {
	days := []map[string]any{}
	for _, d := range w.Days {
		days = append(days, map[string]any{
			"day": d.Day.String(), "start": d.Start.Format("15:04"), "end": d.End.Format("15:04"), "km": tenth(d.Km), "drive_minutes": tenth(d.DriveMinutes),
			"visit_minutes": tenth(d.VisitMinutes), "home_km": tenth(d.HomeKm), "stops": stopsJSON(d.Stops, true),
		})
	}
	left := stopsJSON(w.Left, false)
	for i, s := range w.Left {
		left[i]["why"] = report.LeftWords(s.Why)
	}
	doc := map[string]any{
		"person": w.Name, "person_id": w.Person.String(), "week": w.Label(), "monday": w.Monday.String(), "accounts": w.Accounts, "visits": w.Stops(),
		"km": tenth(w.Km), "hours": tenth(w.Hours), "capacity": w.Capacity, "home": pointJSON(w.Home), "days": days, "left_over": left, "unplaced": stopsJSON(w.Unplaced, false),
	}
	if entered != nil {
		doc["entered"] = map[string]any{"new": entered.New, "changed": entered.Changed, "removed": entered.Removed, "kept": entered.Kept, "txn": textJSON(entered.Txn.String())}
	}
	return doc
}

// pointJSON is a place as [latitude, longitude], null where it is not known.
func pointJSON(p visits.Point) any {
	if !p.Placed {
		return nil
	}
	return []float64{p.Lat, p.Lon}
}

func stopsJSON(stops []app.VisitStop, timed bool) []map[string]any {
	out := []map[string]any{}
	for _, s := range stops {
		row := map[string]any{
			"account": s.Name, "account_id": s.Account.String(), "class": s.Class, "address": s.Address, "place": pointJSON(s.Point), "by_town": s.Rough,
			"last_visit": textJSON(s.LastVisit.String()), "due": textJSON(s.Due.String()), "overdue_days": s.OverdueDays, "minutes": s.Minutes,
		}
		if timed {
			row["arrive"], row["leave"], row["km"], row["drive_minutes"] = s.Arrive.Format("15:04"), s.Leave.Format("15:04"), tenth(s.Km), tenth(s.DriveMinutes)
		}
		out = append(out, row)
	}
	return out
}

func tenth(x float64) float64 { return math.Round(x*10) / 10 }

type workloadCmd struct {
	JSON bool `name:"json" help:"Print one JSON document."`
}

func (c workloadCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		w, err := a.Visits.Workloads(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, workloadJSON(w))
		}
		var rows [][]string
		for _, p := range w.People {
			rows = append(rows, loadCells(p.Name, p.Load, hours(p.Capacity), hours(p.Heads)))
		}
		if w.Nobody.Accounts > 0 {
			rows = append(rows, loadCells("nobody", w.Nobody, "", ""))
		}
		rows = append(rows, loadCells("total", w.Total, hours(w.Capacity), hours(w.Heads)))
		columns := []column{{title: "person", keep: true}}
		for _, title := range []string{"accounts", "visits a year", "visit hours", "drive hours", "hours a week", "capacity", "heads", "too far", "no place"} {
			columns = append(columns, column{title: title, right: true})
		}
		if err := (table{columns: columns, rows: fixed(rows)}).print(s.Out); err != nil {
			return err
		}
		for _, list := range []struct {
			name, none string
			segments   []visits.Segment
		}{{"class", "not visited", w.ByClass}, {"industry", "none", w.ByIndustry}} {
			if err := s.segments(list.name, list.none, list.segments); err != nil {
				return err
			}
		}
		return nil
	})
}

func hours(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

func loadCells(name string, l visits.Load, capacity, heads string) []string {
	return []string{
		name, strconv.Itoa(l.Accounts), strconv.FormatFloat(l.Visits, 'f', 0, 64), hours(l.VisitHoursYear), hours(l.DriveHoursYear), hours(l.HoursWeek), capacity, heads,
		blankZero(l.Far), blankZero(l.Unplaced),
	}
}

func (s *session) segments(name, none string, list []visits.Segment) error {
	if err := s.say(""); err != nil {
		return err
	}
	var rows [][]string
	for _, g := range list {
		key := g.Key
		if key == "" {
			key = none
		}
		rows = append(rows, []string{key, strconv.Itoa(g.Accounts), strconv.FormatFloat(g.Visits, 'f', 0, 64), hours(g.HoursWeek), percent(g.Share, true)})
	}
	return table{columns: []column{
		{title: name, keep: true},
		{title: "accounts", right: true},
		{title: "visits a year", right: true},
		{title: "hours a week", right: true},
		{title: "share", right: true},
	}, rows: fixed(rows)}.print(s.Out)
}

// workloadJSON is everyone's load as scripts read it.
func workloadJSON(w *app.Workloads) map[string]any {
	people := []map[string]any{}
	for _, p := range w.People {
		row := loadJSON(p.Load)
		row["person"], row["person_id"], row["home_known"], row["capacity"], row["heads"] = p.Name, p.ID.String(), p.HasHome, p.Capacity, hundredth(p.Heads)
		people = append(people, row)
	}
	segments := func(list []visits.Segment) []map[string]any {
		out := []map[string]any{}
		for _, g := range list {
			row := loadJSON(g.Load)
			row["key"], row["share"] = g.Key, math.Round(g.Share*1e6)/1e6
			out = append(out, row)
		}
		return out
	}
	total := loadJSON(w.Total)
	total["capacity"], total["heads"] = w.Capacity, hundredth(w.Heads)
	return map[string]any{"model": w.Model, "people": people, "nobody": loadJSON(w.Nobody), "total": total, "by_class": segments(w.ByClass), "by_industry": segments(w.ByIndustry)}
}

func hundredth(x float64) float64 { return math.Round(x*100) / 100 }

func loadJSON(l visits.Load) map[string]any {
	return map[string]any{
		"accounts": l.Accounts, "unplaced": l.Unplaced, "too_far": l.Far, "visits_year": hundredth(l.Visits), "visit_hours_year": hundredth(l.VisitHoursYear),
		"drive_hours_year": hundredth(l.DriveHoursYear), "hours_week": hundredth(l.HoursWeek),
	}
}
