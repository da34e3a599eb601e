package app

import (
	"context"

	"fieldbook/app/meeting"
	"fieldbook/data"
)

// MeetingRecord is a meeting with all that belongs to it.
type MeetingRecord struct {
	Row     data.Row
	Scope   data.Scope
	Items   []MeetingItem // in the order of the agenda
	Actions []data.Row    // agreed in it, those to be done first
	Last    data.Row      // the meeting before of the same sort and scope; its Kind is nil where there was none
	Checked []data.Row    // what was agreed there, and whatever else of the scope is overdue
}

// MeetingItem is a deal of an agenda.
type MeetingItem struct {
	AgendaLine
	Item     data.ID
	Decision string // of this meeting
	Seen     bool
	Before   string   // what was decided of the deal before,
	On       data.Day // and when
	Away     bool     // the deal is in the book no more
	Actions  []data.Row
}

// Held reports whether the meeting was ended.
func (r *MeetingRecord) Held() bool { return r.Row.Text("status") == data.MeetingHeld }

// Seen counts the items that were spoken of.
func (r *MeetingRecord) Seen() int {
	n := 0
	for _, i := range r.Items {
		if i.Seen {
			n++
		}
	}
	return n
}

// Record reads a meeting. The error is NotFound where it is not in the book.
func (m *Meetings) Record(ctx context.Context, id data.ID) (*MeetingRecord, error) {
	row, err := m.app.store.Get(ctx, data.KindMeeting, id)
	if err != nil {
		return nil, err
	}
	out := &MeetingRecord{Row: row, Scope: MeetingScope(row)}
	if out.Actions, err = m.agreed(ctx, id); err != nil {
		return nil, err
	}
	if err := m.readItems(ctx, out); err != nil {
		return nil, err
	}
	if out.Last, err = m.last(ctx, row.Text("type"), out.Scope, row.Day("day").AddDays(-1)); err != nil {
		return nil, err
	}
	return out, m.check(ctx, out)
}

func (m *Meetings) items(ctx context.Context, id data.ID) ([]data.Row, error) {
	return m.app.store.List(ctx, data.Query{
		Kind: data.KindMeetingItem, Where: []data.Filter{{Field: "meeting", Test: data.Is, Values: []data.Value{id}}}, Sort: []data.Sort{{Field: "position"}},
	})
}

func (m *Meetings) agreed(ctx context.Context, id data.ID) ([]data.Row, error) {
	return m.actions(ctx, data.Query{Kind: data.KindAction, Where: []data.Filter{{Field: "meeting", Test: data.Is, Values: []data.Value{id}}}})
}

// readItems reads the deals of the agenda: as they stand today, with how they
// stood on the day from which the meeting looks for changes.
func (m *Meetings) readItems(ctx context.Context, out *MeetingRecord) error {
	rows, err := m.items(ctx, out.Row.ID)
	if err != nil || len(rows) == 0 {
		return err
	}
	lines, err := m.lines(ctx, out, rows)
	if err != nil {
		return err
	}
	before, err := m.decidedBefore(ctx, rows, out.Row.ID)
	if err != nil {
		return err
	}
	for i, r := range rows {
		item := MeetingItem{AgendaLine: lines[i], Item: r.ID, Decision: r.Text("decision"), Seen: r.Bool("seen"), On: data.NoDay}
		item.Reasons = meeting.ParseReasons(r.Text("reason"))
		item.Away = item.ID.IsZero()
		if item.Away {
			item.ID, item.Name = r.Ref("deal"), r.Labels["deal"]
		}
		if b, ok := before[item.ID]; ok {
			item.Before, item.On = b.Text("decision"), b.Day("day")
		}
		for _, a := range out.Actions {
			if a.Ref("deal") == item.ID && !item.ID.IsZero() {
				item.Actions = append(item.Actions, a)
			}
		}
		out.Items = append(out.Items, item)
	}
	return nil
}

func (m *Meetings) lines(ctx context.Context, out *MeetingRecord, rows []data.Row) ([]AgendaLine, error) {
	lines := make([]AgendaLine, len(rows))
	ids := make([]data.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.Ref("deal")
	}
	keys, err := m.app.store.KeysOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	q := AgendaQuery{Scope: out.Scope, Day: m.app.Today(), Since: out.Row.Day("since")}
	if err := m.settle(ctx, &q); err != nil {
		return nil, err
	}
	deals, stages, err := m.compared(ctx, q)
	if err != nil && data.KindOf(err) != data.NotFound { // the person or territory is in the book no more
		return nil, err
	}
	stands := make(map[data.Key]meeting.Deal, len(deals))
	for _, d := range deals {
		stands[d.Key] = d
	}
	for i := range lines {
		d, ok := stands[keys[i]]
		if !ok {
			d = meeting.Deal{Key: keys[i], StepOn: data.NoDay, Now: meeting.Standing{Close: data.NoDay}}
		}
		lines[i] = agendaLine(meeting.Item{Deal: d}, stages)
	}
	return lines, m.describe(ctx, lines)
}

// decidedBefore is what other meetings decided of the deals last.
func (m *Meetings) decidedBefore(ctx context.Context, rows []data.Row, but data.ID) (map[data.ID]data.Row, error) {
	var deals []data.Value
	for _, r := range rows {
		if id := r.Ref("deal"); !id.IsZero() {
			deals = append(deals, id)
		}
	}
	out := map[data.ID]data.Row{}
	if len(deals) == 0 {
		return out, nil
	}
	q := data.Query{Kind: data.KindMeetingItem, Sort: []data.Sort{{Field: "day"}}, Where: []data.Filter{
		{Field: "deal", Test: data.Is, Values: deals}, {Field: "decision", Test: data.Filled}, {Field: "meeting", Test: data.IsNot, Values: []data.Value{but}},
	}}
	return out, m.app.store.Each(ctx, q, func(r data.Row) error {
		out[r.Ref("deal")] = r
		return nil
	})
}

// check lists what is to be asked first: the actions of the last meeting, and
// those of the scope's people that are overdue.
func (m *Meetings) check(ctx context.Context, out *MeetingRecord) error {
	seen := map[data.ID]bool{}
	for _, a := range out.Actions {
		seen[a.ID] = true
	}
	if out.Last.Kind != nil {
		rows, err := m.agreed(ctx, out.Last.ID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			seen[r.ID] = true
		}
		out.Checked = rows
	}
	open, err := m.OpenActions(ctx, out.Scope)
	if err != nil {
		return err
	}
	for _, r := range open {
		if !seen[r.ID] && IsLate(r.Day("due_day"), m.app.Today()) {
			out.Checked = append(out.Checked, r)
		}
	}
	sortActions(out.Checked)
	return nil
}
