package app

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fieldbook/app/visits"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Visits is calling on customers: what they ask for in hours, and whom to see
// in a week, in which order.
type Visits struct{ app *App }

// settingWorkload is the shared setting that holds the model.
const settingWorkload = "workload"

// Model is how visits are reckoned in this book, the usual way where nothing else
// was set. It is Invalid where what was set cannot be read.
func (v *Visits) Model() (visits.Model, error) {
	return visits.Parse(v.app.store.Setting(settingWorkload))
}

// SetModel changes how visits are reckoned, for everyone. It is Invalid, with the
// field, where a number makes no sense.
func (v *Visits) SetModel(ctx context.Context, m visits.Model) error {
	if err := m.Validate(); err != nil {
		return err
	}
	return v.app.write(ctx, store.Act{What: "Change how visits are reckoned"}, func(tx *store.Tx) error {
		return putSetting(tx, settingWorkload, m.Text())
	})
}

// VisitWeek is a person's week of visits, ready to show. Times are in the book's
// zone.
type VisitWeek struct {
	Person   data.ID
	Name     string // the person's
	Monday   data.Day
	HomeText string // as the person wrote it
	Home     visits.Point
	Capacity float64 // hours of the week
	Model    visits.Model
	Accounts int // that the person owns
	Days     []VisitDay
	Left     []VisitStop // due, but in no round: Why says the reason
	Unplaced []VisitStop // all the person's accounts whose place is not known, due or not
	Hours    float64     // of all days, with the drive
	Km       float64     // on the road
	Entered  int         // visits of this week that stand in the book already
}

// Label is the week as people and the command line call it: "2026-W48".
func (w *VisitWeek) Label() string { return WeekLabel(w.Monday) }

// Stops counts the visits of all days.
func (w *VisitWeek) Stops() int {
	n := 0
	for _, d := range w.Days {
		n += len(d.Stops)
	}
	return n
}

// VisitDay is one day's round.
type VisitDay struct {
	Day          data.Day
	Start, End   time.Time
	Stops        []VisitStop
	Km           float64
	DriveMinutes float64
	VisitMinutes float64
	HomeKm       float64 // the leg back home
	HomeMinutes  float64
}

// Way is the day's round as points for a map: home, the stops, home. Without a
// known home it is the stops alone.
func (d VisitDay) Way(home visits.Point) []visits.Point {
	var out []visits.Point
	for _, s := range d.Stops {
		out = append(out, s.Point)
	}
	if home.Placed {
		out = append(append([]visits.Point{home}, out...), home)
	}
	return out
}

// VisitStop is one account in a week.
type VisitStop struct {
	Account   data.ID
	Name      string
	Class     string // as reckoned with, "C" where it has none
	Address   string // in one line
	Phone     string
	Potential float64
	visits.Point
	Rough        bool          // the place is no better than that of its town or area
	LastVisit    data.Day      // NoDay for never
	Due          data.Day      // NoDay where nothing is due
	OverdueDays  int           // on Monday
	Minutes      float64       // of the visit
	Km           float64       // of the leg to it
	DriveMinutes float64       // of the leg to it
	Arrive       time.Time     // zero where it is in no round
	Leave        time.Time     // zero where it is in no round
	Why          visits.Reason // of those left over
}

var isoWeek = regexp.MustCompile(`^(\d{4})-[Ww](\d\d)$`)

// ParseWeek gives the Monday of a week: "2026-W48", or any day in it.
func ParseWeek(text string) (data.Day, error) {
	text = strings.TrimSpace(text)
	if m := isoWeek.FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[1]) // digits
		week, _ := strconv.Atoi(m[2])
		monday := MondayOf(data.NewDay(year, time.January, 4)).AddDays(7 * (week - 1))
		if strings.EqualFold(WeekLabel(monday), text) {
			return monday, nil
		}
	} else if day, err := data.ParseDay(text); err == nil && day.Valid() {
		return MondayOf(day), nil
	}
	return data.NoDay, data.FieldErrorf("week", "%q is not a week; write it as 2026-W48 or as a day in it, 2026-11-25", text)
}

// MondayOf is the first day of a day's week.
func MondayOf(d data.Day) data.Day { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// WeekLabel names a week as ISO 8601 does: the one with the year's first Thursday
// is W01.
func WeekLabel(d data.Day) string {
	year, week := d.Time().ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// Week plans a person's week from the day's Monday on: the accounts that he owns,
// by when each was visited last (a visit or meeting that is done, or one planned
// for between today and the end of the week), in rounds from his home. It writes
// nothing. The error is NotFound for no such person.
func (v *Visits) Week(ctx context.Context, person data.ID, day data.Day) (*VisitWeek, error) {
	row, err := v.app.Records.Get(ctx, data.KindPerson, person)
	if err != nil {
		return nil, err
	}
	model, err := v.Model()
	if err != nil {
		return nil, err
	}
	places, err := v.places(ctx)
	if err != nil {
		return nil, err
	}
	w := &VisitWeek{
		Person: person, Name: row.Title(), Monday: MondayOf(day), HomeText: row.Text("home"), Model: model, Capacity: model.Capacity(row.Float("weekly_hours")),
	}
	w.Home = places.home(w.HomeText)
	p := &weekPlanner{visits: v, week: w, places: places, at: map[string]VisitStop{}}
	if err := p.accounts(ctx); err != nil {
		return nil, err
	}
	if err := p.lastVisits(ctx); err != nil {
		return nil, err
	}
	p.plan()
	return w, nil
}

// weekPlanner fills a week.
type weekPlanner struct {
	visits *Visits
	week   *VisitWeek
	places *visitPlaces
	known  []visits.Known
	at     map[string]VisitStop
}

// accounts reads those that the person owns.
func (p *weekPlanner) accounts(ctx context.Context) error {
	q := data.Query{Kind: data.KindAccount, Where: []data.Filter{{Field: "owner", Test: data.Is, Values: []data.Value{p.week.Person}}}}
	return p.visits.app.store.Each(ctx, q, func(r data.Row) error {
		s := VisitStop{
			Account: r.ID, Name: r.Title(), Class: p.week.Model.Class(r.Text("visit_class")).Name, Address: oneAddress(r), Phone: r.Text("phone"),
			Potential: r.Float("potential"), LastVisit: data.NoDay, Due: data.NoDay,
		}
		s.Point, s.Rough = p.places.account(r)
		p.week.Accounts++
		if !s.Placed {
			p.week.Unplaced = append(p.week.Unplaced, s)
		}
		id := r.ID.String()
		p.at[id] = s
		p.known = append(p.known, visits.Known{
			Stop:      visits.Stop{ID: id, Class: r.Text("visit_class"), Point: s.Point, Value: s.Potential},
			LastVisit: data.NoDay,
		})
		return nil
	})
}

// lastVisits reads when each account was seen last, by whomever.
func (p *weekPlanner) lastVisits(ctx context.Context) error {
	last := map[string]data.Day{}
	today := p.visits.app.Today()
	q := data.Query{Kind: data.KindActivity, Where: []data.Filter{
		{Field: "account.owner", Test: data.Is, Values: []data.Value{p.week.Person}},
		{Field: "type", Test: data.Is, Values: []data.Value{"visit", "meeting"}},
	}}
	err := p.visits.app.store.Each(ctx, q, func(r data.Row) error {
		day, id := r.Day("day"), r.Ref("account").String()
		if !day.Valid() {
			return nil
		}
		if !r.Bool("done") {
			if r.ID == p.week.activity(r.Ref("account")) {
				p.week.Entered++
				return nil
			}
			if day < today || day >= p.week.Monday.AddDays(7) {
				return nil
			}
		}
		if day > last[id] || last[id] == 0 {
			last[id] = day
		}
		return nil
	})
	for i := range p.known {
		if day, ok := last[p.known[i].ID]; ok {
			p.known[i].LastVisit = day
		}
	}
	return err
}

// plan makes the rounds.
func (p *weekPlanner) plan() {
	w := p.week
	due := w.Model.Due(p.known, w.Monday, 0)
	plan := w.Model.Week(w.Home, due, w.Monday, w.Capacity)
	for _, r := range plan.Rounds {
		d := VisitDay{Day: r.Day, Start: p.clock(r.Day, r.Start), End: p.clock(r.Day, r.End), Km: r.Km, DriveMinutes: r.DriveMinutes, VisitMinutes: r.VisitMinutes}
		for i, visit := range r.Stops {
			s := p.stop(visit.DueStop)
			s.Km, s.DriveMinutes = r.Legs[i].Km, r.Legs[i].Minutes
			s.Arrive, s.Leave = p.clock(r.Day, visit.Arrive), p.clock(r.Day, visit.Leave)
			d.Stops = append(d.Stops, s)
		}
		back := r.Legs[len(r.Legs)-1]
		d.HomeKm, d.HomeMinutes = back.Km, back.Minutes
		w.Days = append(w.Days, d)
		w.Hours += r.Hours()
		w.Km += r.Km
	}
	for _, l := range plan.Left {
		s := p.stop(l.DueStop)
		s.Why = l.Why
		w.Left = append(w.Left, s)
	}
	slices.SortStableFunc(w.Unplaced, func(a, b VisitStop) int { return strings.Compare(a.Name, b.Name) })
}

func (p *weekPlanner) stop(d visits.DueStop) VisitStop {
	s := p.at[d.ID]
	s.LastVisit, s.Due, s.OverdueDays, s.Minutes = d.LastVisit, d.Due, d.OverdueDays, d.Minutes
	return s
}

// clock is a time of day in the book's zone, to the minute.
func (p *weekPlanner) clock(day data.Day, minutes float64) time.Time {
	y, m, d := day.Date()
	whole := int(minutes + 0.5)
	return time.Date(y, m, d, whole/60, whole%60, 0, 0, p.visits.app.Book().Zone)
}

// oneAddress is where an account is, in one line: "Storgata 1, 0150 Oslo, Norway".
func oneAddress(r data.Row) string {
	town := strings.TrimSpace(r.Text("postal_code") + " " + r.Text("city"))
	if state := r.Text("state"); state != "" {
		town = strings.TrimSpace(strings.TrimPrefix(r.Text("city")+", "+state+" "+r.Text("postal_code"), ", "))
	}
	var out []string
	for _, part := range []string{strings.Join(strings.Fields(r.Text("address")), " "), town, r.Text("country")} {
		if part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, ", ")
}
