package app

import (
	"context"
	"encoding/json"
	"time"

	"fieldbook/app/reminder"
	"fieldbook/data"
)

// Reminders tell whoever uses the book of what is due, on this device.
type Reminders struct{ app *App }

const (
	prefReminders = "reminders"
	prefReminded  = "reminders.told"
)

// remindedSorts are the entries that tell themselves; a close day does not.
var remindedSorts = []string{EntryOneOnOne, EntryMeeting, EntryActivity, EntryStep, EntryCommitment, EntryAction, EntryOnboarding, EntryTraining}

// Setting says how long before things are told on this device.
func (r *Reminders) Setting(ctx context.Context) (reminder.Setting, error) {
	text, err := r.app.Pref(ctx, prefReminders)
	s := reminder.Usual()
	if err != nil || text == "" || json.Unmarshal([]byte(text), &s) != nil {
		return reminder.Usual(), err // a damaged memory is the same as none
	}
	return s, nil
}

// SetSetting keeps how long before things are told on this device.
func (r *Reminders) SetSetting(ctx context.Context, s reminder.Setting) error {
	if s.Minutes < 0 || s.Hour < 0 || s.Hour > 23 {
		return data.Errorf(data.Invalid, "a reminder comes before its time, and things without one at an hour from 0 to 23; nothing was changed")
	}
	return r.app.prefer(ctx, prefReminders, s)
}

func (a *App) prefer(ctx context.Context, name string, value any) error {
	b, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return a.SetPref(ctx, name, string(b))
}

// Reminded is what is to be told now.
type Reminded struct {
	Entries []CalendarEntry // the soonest first
	System  bool            // by the desktop too
	Wait    time.Duration   // until there is more to tell, where Later
	Later   bool
}

// Due lists what is to be told of the things of whoever uses the book; of an open
// book that nobody was chosen for, nothing.
func (r *Reminders) Due(ctx context.Context) (Reminded, error) {
	s, err := r.Setting(ctx)
	if err != nil || s.Off {
		return Reminded{}, err
	}
	told, err := r.told(ctx)
	if err != nil {
		return Reminded{}, err
	}
	entries, err := r.mine(ctx, s)
	if err != nil {
		return Reminded{}, err
	}
	now, known := r.app.cfg.Now().In(r.app.Book().Zone), map[string]bool{}
	for key := range told {
		known[key] = true
	}
	at := map[string]CalendarEntry{}
	var items []reminder.Item
	for _, e := range entries {
		if key := reminderKey(e); !e.Done {
			at[key] = e
			items = append(items, reminder.Item{Key: key, Day: e.Day, Time: e.Time})
		}
	}
	out := Reminded{System: s.System}
	for _, it := range reminder.Due(items, known, s, now) {
		out.Entries = append(out.Entries, at[it.Key])
		known[it.Key] = true
	}
	out.Wait, out.Later = reminder.Next(items, known, s, now)
	return out, nil
}

// mine reads what is due from today on of whoever uses the book.
func (r *Reminders) mine(ctx context.Context, s reminder.Setting) ([]CalendarEntry, error) {
	me, err := r.app.Me(ctx)
	if err != nil || me.ID.IsZero() {
		return nil, err
	}
	today := r.app.Today()
	span := data.Period{From: today, To: today.AddDays(s.Farthest() + 1)}
	return r.app.Calendar.Entries(ctx, CalendarQuery{Scope: data.Scope{Person: me.ID}, Span: span, Sorts: remindedSorts})
}

// Told remembers that entries were told, so that they are told once. What is moved
// to another day is told again.
func (r *Reminders) Told(ctx context.Context, entries []CalendarEntry) error {
	told, err := r.told(ctx)
	if err != nil {
		return err
	}
	today := r.app.Today()
	for key, day := range told {
		if data.Day(day) < today {
			delete(told, key)
		}
	}
	for _, e := range entries {
		told[reminderKey(e)] = int(e.Day)
	}
	return r.app.prefer(ctx, prefReminded, told)
}

func (r *Reminders) told(ctx context.Context) (map[string]int, error) {
	text, err := r.app.Pref(ctx, prefReminded)
	told := map[string]int{}
	if err != nil || text == "" || json.Unmarshal([]byte(text), &told) != nil {
		return map[string]int{}, err
	}
	return told, nil
}

func reminderKey(e CalendarEntry) string {
	return e.Sort + " " + e.ID.String() + " " + e.Day.String() + " " + e.Time
}
