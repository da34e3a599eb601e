package review

import (
	"context"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// start opens the meeting that the front shows.
func (s *Screen) start() {
	kind := sorts[s.kind.Current()]
	agenda := s.loaded.agenda
	if agenda == nil {
		v := s.h.View()
		agenda = &app.ReviewAgenda{AgendaQuery: app.AgendaQuery{Scope: v.Scope, Day: v.AsOf, Since: data.NoDay}}
	}
	var id data.ID
	s.h.Act(lang.T("Start: %s", report.MeetingName(kind)), func(ctx context.Context) (err error) {
		id, err = s.h.App.Meetings.Start(ctx, kind, report.MeetingName(kind), agenda)
		return err
	}, func() { s.show(id) })
}

// end closes the meeting that is shown, and asks what is to be remembered of it.
func (s *Screen) end() {
	r := s.loaded.record
	if r == nil {
		return
	}
	s.deals.keep()
	s.talk.keep()
	left := len(r.Items) - r.Seen()
	help := ""
	if left > 0 && r.Row.Text("type") == data.MeetingPipeline {
		help = lang.N("%d deal of the agenda was not spoken of; it stays in the minutes", "%d deals of the agenda were not spoken of; they stay in the minutes", left)
	}
	note := r.Row.Text("note")
	if r.Row.Text("type") == data.MeetingPerformance {
		note = s.talk.note.Text
	}
	s.h.Ask(kit.Question{
		Title: lang.T("End the meeting"), Save: lang.T("End the meeting"),
		Fields: []kit.Field{{Key: "note", Label: lang.T("To be remembered"), Kind: kit.FieldLong, Value: note, Help: help}},
		Keep:   func(ctx context.Context, v kit.Values) error { return s.h.App.Meetings.End(ctx, r.Row.ID, v["note"]) },
	})
}

func (s *Screen) reopen() {
	id := s.loaded.record.Row.ID
	s.h.Act(lang.T("Go on with the meeting"), func(ctx context.Context) error { return s.h.App.Meetings.Reopen(ctx, id) }, nil)
}

func (s *Screen) rename(meeting data.Row) {
	s.edit(lang.T("Rename the meeting"), data.KindMeeting, meeting, []string{"subject", "day", "person"})
}

// edit shows a form of an existing record.
func (s *Screen) edit(title, kind string, row data.Row, fields []string) {
	k, err := s.h.App.Records.Kind(kind)
	if err != nil {
		return
	}
	s.h.ShowRecordForm(kit.RecordForm{
		Title: title, Save: lang.T("Save"), Kind: k, Fields: fields, Row: &row, What: title,
		Keep: func(ctx context.Context, values data.Values, _ kit.Values) error {
			return s.h.App.Records.Set(ctx, kind, []data.ID{row.ID}, values)
		},
	})
}

func (s *Screen) editAction(r data.Row) {
	s.edit(lang.T("Edit the action"), data.KindAction, r, []string{"what", "person", "due_day", "deal", "account", "status", "note"})
}

// askAction asks for an action: about a deal of the agenda, or none.
func (s *Screen) askAction(item *app.MeetingItem) {
	k, err := s.h.App.Records.Kind(data.KindAction)
	if err != nil || !s.writable() {
		return
	}
	preset := data.Row{Kind: k, Values: map[string]data.Value{"due_day": s.h.App.Today().AddDays(7)}, Labels: map[string]string{}}
	title := lang.T("New action")
	n := app.NewAction{}
	if s.loaded.record != nil {
		n.AgreedIn = s.loaded.record.Row.ID
	}
	if item != nil {
		n.Deal = item.ID
		title = lang.T("Action on %s", item.Name)
		preset.Values["person"], preset.Labels["person"] = item.OwnerID, item.Owner
	}
	s.h.ShowRecordForm(kit.RecordForm{
		Title: title, Save: lang.T("Save action"), Kind: k, Fields: []string{"what", "person", "due_day", "note"}, Preset: &preset,
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			n.What, _ = v["what"].(string)
			n.Note, _ = v["note"].(string)
			n.Person, _ = v["person"].(data.ID)
			n.Due = data.NoDay
			if day, ok := v["due_day"].(data.Day); ok {
				n.Due = day
			}
			_, err := s.h.App.Meetings.Promise(ctx, n)
			return err
		},
	})
}

func (s *Screen) removeActions(ids []data.ID) {
	if len(ids) > 0 {
		s.h.Act(lang.N("Remove %d action", "Remove %d actions", len(ids)), func(ctx context.Context) error { return s.h.App.Records.Remove(ctx, data.KindAction, ids) }, nil)
	}
}

// raise asks for a deal that the agenda did not have.
func (s *Screen) raise() {
	r := s.loaded.record
	if r == nil {
		return
	}
	field := s.h.ReferenceField("deal", lang.T("Deal"), data.KindDeal)
	field.Required = true
	s.h.Ask(kit.Question{
		Title: lang.T("Put a deal on the agenda"), Save: lang.T("Put it on"), Fields: []kit.Field{field},
		Keep: func(ctx context.Context, v kit.Values) error {
			_, err := s.h.App.Meetings.Raise(ctx, r.Row.ID, v.Ref("deal"))
			return err
		},
	})
}

func (s *Screen) remove(r data.Row) {
	kit.Confirm(s.h.Window, kit.ConfirmOptions{
		Title: lang.T("Remove the meeting"), Text: lang.T("Its agenda and what was decided go with it; actions stay. Undo brings it back."), Yes: lang.T("Remove"), Danger: true,
		OnYes: func() {
			s.h.Act(lang.T("Remove the meeting"), func(ctx context.Context) error { return s.h.App.Meetings.Discard(ctx, r.ID) }, s.leave)
		},
	})
}

// saveMinutes asks where to, and writes them.
func (s *Screen) saveMinutes() {
	r := s.loaded.record
	if r == nil {
		return
	}
	s.h.AskFile(lang.T("Save the minutes"), r.Row.Title()+" "+r.Row.Day("day").String()+".pdf", func(path string) {
		s.h.Act(lang.T("Minutes saved to %s", path), func(ctx context.Context) error { return s.h.App.Meetings.WriteMinutes(ctx, r.Row.ID, path) }, nil)
	})
}
