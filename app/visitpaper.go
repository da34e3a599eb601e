package app

import (
	"context"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"

	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Write writes a week to a file that appears whole or not at all: appointments
// (.ics), a list to print, a page a day (.pdf), or a table (.csv or .xlsx). It is
// Invalid for another ending.
func (v *Visits) Write(ctx context.Context, w *VisitWeek, path string) error {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".ics":
		return WriteFile(path, func(out io.Writer) error { return sheet.WriteCalendar(out, v.Agenda(w)) })
	case ".pdf":
		doc, err := v.Doc(ctx, w)
		if err != nil {
			return err
		}
		return writePDF(doc, path)
	case ".csv", ".xlsx":
		return writeTable(path, "visits", w.table)
	}
	return data.FieldErrorf("out", "%s must end in .ics, .pdf, .csv or .xlsx", path)
}

// Agenda is the week as appointments, one a stop, in the book's zone. A visit has
// the same UID whenever the week is planned anew.
func (v *Visits) Agenda(w *VisitWeek) sheet.Agenda {
	out := sheet.Agenda{Name: w.Name + ", " + w.Label(), Zone: v.app.Book().Zone, Stamp: v.app.cfg.Now()}
	for _, d := range w.Days {
		for i, s := range d.Stops {
			notes := []string{fmt.Sprintf("Stop %d of %d, %.0f km", i+1, len(d.Stops), s.Km)}
			if s.Phone != "" {
				notes = append(notes, s.Phone)
			}
			out.Events = append(out.Events, sheet.Event{
				UID: w.activity(s.Account).String() + "@fieldbook", Subject: "Visit " + s.Name, Note: strings.Join(notes, "\n"), Place: s.Address,
				Start: s.Arrive, End: s.Leave, Lon: s.Lon, Lat: s.Lat, Located: s.Placed && !s.Rough,
			})
		}
	}
	return out
}

// Doc is the week as a list to print, a page a day.
func (v *Visits) Doc(ctx context.Context, w *VisitWeek) (report.Doc, error) {
	cover, err := v.app.Reports.cover(ctx, ReportQuery{AsOf: v.app.Today()})
	if err != nil {
		return report.Doc{}, err
	}
	r := report.VisitRounds{Cover: cover, Person: w.Name, Week: w.Label()}
	if w.Home.Placed {
		r.Home = w.HomeText
	}
	for _, d := range w.Days {
		round := report.VisitRound{
			Day: d.Day, Start: d.Start, End: d.End, Km: d.Km, DriveMinutes: d.DriveMinutes, VisitMinutes: d.VisitMinutes, HomeKm: d.HomeKm, HomeMinutes: d.HomeMinutes,
		}
		for _, s := range d.Stops {
			round.Lines = append(round.Lines, s.line())
		}
		r.Days = append(r.Days, round)
	}
	for _, s := range w.Left {
		r.Left = append(r.Left, s.line())
	}
	return r.Doc(), nil
}

func (s VisitStop) line() report.VisitLine {
	return report.VisitLine{
		Name: s.Name, Class: s.Class, Address: s.Address, Phone: s.Phone, Arrive: s.Arrive, Leave: s.Leave, Km: s.Km, DriveMinutes: s.DriveMinutes,
		LastVisit: s.LastVisit, Due: s.Due, OverdueDays: s.OverdueDays, Rough: s.Rough, Why: s.Why,
	}
}

// visitColumns are the columns of a week as a table.
var visitColumns = []sheet.Column{
	{Title: "day", Kind: sheet.DayKind},
	{Title: "stop", Kind: sheet.NumberKind},
	{Title: "arrive", Kind: sheet.TextKind},
	{Title: "leave", Kind: sheet.TextKind},
	{Title: "account", Kind: sheet.TextKind},
	{Title: "account_id", Kind: sheet.TextKind},
	{Title: "class", Kind: sheet.TextKind},
	{Title: "address", Kind: sheet.TextKind},
	{Title: "phone", Kind: sheet.TextKind},
	{Title: "km", Kind: sheet.NumberKind},
	{Title: "drive_minutes", Kind: sheet.NumberKind},
	{Title: "visit_minutes", Kind: sheet.NumberKind},
	{Title: "last_visit", Kind: sheet.DayKind},
	{Title: "due", Kind: sheet.DayKind},
	{Title: "overdue_days", Kind: sheet.NumberKind},
	{Title: "latitude", Kind: sheet.NumberKind},
	{Title: "longitude", Kind: sheet.NumberKind},
	{Title: "left_over", Kind: sheet.TextKind},
}

// table writes the stops in their order, then what was left over.
func (w *VisitWeek) table(out sheet.Writer) error {
	if err := out.WriteHeader(visitColumns); err != nil {
		return err
	}
	for _, d := range w.Days {
		for i, s := range d.Stops {
			cells := append([]sheet.Cell{
				sheet.DayCell(d.Day), sheet.NumberCell(float64(i + 1)), sheet.TextCell(s.Arrive.Format("15:04")), sheet.TextCell(s.Leave.Format("15:04")),
			}, s.cells("")...)
			if err := out.WriteRow(cells); err != nil {
				return err
			}
		}
	}
	for _, s := range w.Left {
		if err := out.WriteRow(append(make([]sheet.Cell, 4), s.cells(report.LeftWords(s.Why))...)); err != nil {
			return err
		}
	}
	return nil
}

// cells are the columns from the account on.
func (s VisitStop) cells(why string) []sheet.Cell {
	out := []sheet.Cell{
		sheet.TextCell(s.Name), sheet.TextCell(s.Account.String()), sheet.TextCell(s.Class), sheet.TextCell(s.Address), sheet.TextCell(s.Phone),
		{},
		{},
		sheet.NumberCell(s.Minutes), sheet.DayCell(s.LastVisit), sheet.DayCell(s.Due), sheet.NumberCell(float64(s.OverdueDays)),
		{},
		{},
		sheet.TextCell(why),
	}
	if !s.Arrive.IsZero() {
		out[5], out[6] = sheet.NumberCell(tenth(s.Km)), sheet.NumberCell(tenth(s.DriveMinutes))
	}
	if s.Placed {
		out[11], out[12] = sheet.NumberCell(s.Lat), sheet.NumberCell(s.Lon)
	}
	return out
}

// tenth rounds to one decimal.
func tenth(x float64) float64 { return math.Round(x*10) / 10 }
