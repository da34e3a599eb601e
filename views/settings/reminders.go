package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"fieldbook/app/reminder"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// reminders is the panel that says how long before things are told.
type reminders struct {
	screen *Screen
	before *kit.Picker
	hour   *kit.Picker
	system *kit.Picker
	panel  fyne.CanvasObject
	now    reminder.Setting
}

const never = "never"

func newReminders(s *Screen) *reminders {
	r := &reminders{screen: s, now: reminder.Usual()}
	change := func([]string) { r.keep() }
	r.before = kit.NewPicker(kit.PickerOptions{Options: []kit.Option{
		{Key: never, Text: lang.T("Never")},
		{Key: "0", Text: lang.T("At its time")},
		{Key: "15", Text: lang.T("15 minutes before")},
		{Key: "30", Text: lang.T("Half an hour before")},
		{Key: "60", Text: lang.T("An hour before")},
		{Key: "240", Text: lang.T("Four hours before")},
		{Key: "1440", Text: lang.T("A day before")},
	}, OnPick: change}, "30")
	var hours []kit.Option
	for h := 6; h <= 18; h++ {
		hours = append(hours, kit.Option{Key: strconv.Itoa(h), Text: strconv.Itoa(h) + ":00"})
	}
	r.hour = kit.NewPicker(kit.PickerOptions{Options: hours, OnPick: change}, "9")
	r.system = kit.NewPicker(kit.PickerOptions{Options: []kit.Option{{Key: "no", Text: lang.T("In this window alone")}, {Key: "yes", Text: lang.T("By the desktop too")}}, OnPick: change}, "no")
	line := func(name string, p *kit.Picker) fyne.CanvasObject {
		return kit.HBox(8, kit.MinBox(fyne.NewSize(280, kit.HeightControl), kit.NewText(name, kit.TextStyle{Color: kit.ColorFg2, Cut: true})), p, kit.Space())
	}
	r.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Reminders"), Caption: lang.T("of my activities, next steps, talks, meetings, commitments, actions, onboarding tasks and trainings"), Body: kit.VBox(8,
		line(lang.T("Tell me"), r.before), line(lang.T("What has no time of day counts as at"), r.hour), line(lang.T("Where"), r.system))})
	return r
}

func (r *reminders) load(ctx context.Context) (func(), error) {
	set, err := r.screen.host.App.Reminders.Setting(ctx)
	return func() {
		r.now = set
		r.before.SetKeys(strconv.Itoa(set.Minutes))
		if set.Off {
			r.before.SetKeys(never)
		}
		r.hour.SetKeys(strconv.Itoa(set.Hour))
		r.system.SetKeys(map[bool]string{false: "no", true: "yes"}[set.System])
	}, err
}

// keep takes over what the pickers say.
func (r *reminders) keep() {
	set := r.now
	set.Off = r.before.Key() == never
	if n, err := strconv.Atoi(r.before.Key()); err == nil {
		set.Minutes = n
	}
	if n, err := strconv.Atoi(r.hour.Key()); err == nil {
		set.Hour = n
	}
	set.System = r.system.Key() == "yes"
	h := r.screen.host
	h.Act(lang.T("Changed the reminders"), func(ctx context.Context) error { return h.App.Reminders.SetSetting(ctx, set) }, func() { r.now = set })
}
