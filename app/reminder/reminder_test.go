package reminder_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/app/reminder"
	"fieldbook/data"
)

var (
	oslo  = time.FixedZone("CEST", 2*60*60)
	today = data.NewDay(2026, 5, 20)
)

func at(day, hour, minute int) time.Time { return time.Date(2026, 5, day, hour, minute, 0, 0, oslo) }

func TestDue(t *testing.T) {
	usual := reminder.Usual()
	for name, c := range map[string]struct {
		item    reminder.Item
		setting reminder.Setting
		now     time.Time
		told    bool
		want    bool
	}{
		"too early":                {reminder.Item{Day: today, Time: "14:30"}, usual, at(20, 13, 59), false, false},
		"half an hour before":      {reminder.Item{Day: today, Time: "14:30"}, usual, at(20, 14, 0), false, true},
		"late on its day":          {reminder.Item{Day: today, Time: "14:30"}, usual, at(20, 23, 59), false, true},
		"its day is over":          {reminder.Item{Day: today, Time: "14:30"}, usual, at(21, 0, 0), false, false},
		"told":                     {reminder.Item{Day: today, Time: "14:30"}, usual, at(20, 14, 10), true, false},
		"without a time":           {reminder.Item{Day: today}, usual, at(20, 8, 30), false, true},
		"without a time, at eight": {reminder.Item{Day: today}, usual, at(20, 8, 29), false, false},
		"a time in words":          {reminder.Item{Day: today, Time: "noon"}, usual, at(20, 8, 30), false, true},
		"a day before":             {reminder.Item{Day: today + 1, Time: "10:00"}, reminder.Setting{Minutes: 24 * 60, Hour: 9}, at(20, 10, 0), false, true},
		"a day before, too early":  {reminder.Item{Day: today + 1, Time: "10:00"}, reminder.Setting{Minutes: 24 * 60, Hour: 9}, at(20, 9, 59), false, false},
		"never":                    {reminder.Item{Day: today}, reminder.Setting{Off: true, Hour: 9}, at(20, 12, 0), false, false},
	} {
		t.Run(name, func(t *testing.T) {
			c.item.Key = "x"
			got := reminder.Due([]reminder.Item{c.item}, map[string]bool{"x": c.told}, c.setting, c.now)
			if (len(got) == 1) != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// TestNothingIsMissed: whatever is not due now and not over is due once the wait
// that Next tells has passed, and nothing was due in between.
func TestNothingIsMissed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var items []reminder.Item
		for i := range rapid.IntRange(0, 6).Draw(t, "items") {
			clock := rapid.SampledFrom([]string{"", "00:00", "08:15", "23:59"}).Draw(t, "time")
			items = append(items, reminder.Item{Key: string(rune('a' + i)), Day: today.AddDays(rapid.IntRange(-1, 2).Draw(t, "day")), Time: clock})
		}
		s := reminder.Setting{Minutes: rapid.SampledFrom([]int{0, 15, 60, 1440}).Draw(t, "before"), Hour: 9}
		now := at(20, rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))
		told := map[string]bool{}
		for _, it := range reminder.Due(items, told, s, now) {
			told[it.Key] = true
		}
		wait, ok := reminder.Next(items, told, s, now)
		if !ok {
			return
		}
		if early := reminder.Due(items, told, s, now.Add(wait-time.Second)); len(early) > 0 {
			t.Fatalf("%v before the wait of %v", early, wait)
		}
		if len(reminder.Due(items, told, s, now.Add(wait))) == 0 {
			t.Fatalf("nothing after %v", wait)
		}
	})
}
