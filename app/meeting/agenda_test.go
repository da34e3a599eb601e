package meeting_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/meeting"
	"fieldbook/data"
)

var (
	today   = data.NewDay(2026, 5, 20)
	quarter = data.Period{Name: "2026-Q2", From: data.NewDay(2026, 4, 1), To: data.NewDay(2026, 7, 1)}
)

// steady is a deal that nobody need speak of.
func steady(key data.Key) meeting.Deal {
	at := meeting.Standing{Stage: 2, Close: today.AddDays(20), Value: 1000, Known: true}
	return meeting.Deal{Key: key, Now: at, Before: at, Was: true, Planned: true, StepOn: today.AddDays(3)}
}

func TestReasonsOfADeal(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*meeting.Deal)
		want   string
	}{
		"nothing happened":         {func(*meeting.Deal) {}, ""},
		"close day gone by":        {func(d *meeting.Deal) { d.Now.Close, d.Before.Close = today-1, today-1 }, "close day gone by"},
		"due today is not gone by": {func(d *meeting.Deal) { d.Now.Close, d.Before.Close = today, today }, ""},
		"pushed":                   {func(d *meeting.Deal) { d.Before.Close = today.AddDays(5) }, "close day pushed"},
		"pulled in":                {func(d *meeting.Deal) { d.Before.Close = today.AddDays(50) }, "changed"},
		"stalled has no step":      {func(d *meeting.Deal) { d.Stalled, d.Planned, d.StepOn = 40, false, data.NoDay }, "stalled"},
		"no step":                  {func(d *meeting.Deal) { d.Planned, d.StepOn = false, data.NoDay }, "no next step"},
		"step overdue":             {func(d *meeting.Deal) { d.StepOn = today - 1 }, "next step overdue"},
		"moved":                    {func(d *meeting.Deal) { d.Before.Stage = 1 }, "changed"},
		"worth less":               {func(d *meeting.Deal) { d.Before.Value = 1500 }, "changed"},
		"new":                      {func(d *meeting.Deal) { d.Was, d.Fresh = false, true }, "new"},
		"from somebody else":       {func(d *meeting.Deal) { d.Was = false }, "changed"},
		"won":                      {func(d *meeting.Deal) { d.State = meeting.IsWon; d.Planned = false }, "won"},
		"lost":                     {func(d *meeting.Deal) { d.State = meeting.IsLost }, "lost"},
		"commit that is well":      {func(d *meeting.Deal) { d.Commit = true }, ""},
		"commit pushed":            {func(d *meeting.Deal) { d.Commit, d.Before.Close = true, today }, "commit at risk; close day pushed"},
		"commit of another period": {func(d *meeting.Deal) {
			d.Commit, d.Planned, d.StepOn = true, false, data.NoDay
			d.Now.Close = quarter.To
			d.Before.Close = quarter.To
		}, "no next step"},
		"several": {func(d *meeting.Deal) { d.Before.Close, d.Before.Stage, d.StepOn = today, 1, today-2 }, "close day pushed; next step overdue; changed"},
	} {
		t.Run(name, func(t *testing.T) {
			d := steady(1)
			c.change(&d)
			big := steady(2) // so that the one deal is not the largest
			big.Now.Value, big.Before.Value = 9000, 9000
			got := ""
			var reasons []meeting.Reason
			for _, item := range meeting.Make([]meeting.Deal{d, big}, meeting.Options{Day: today, Period: quarter}).Items {
				if item.Key == 1 {
					got, reasons = item.Words(), item.Reasons
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if back := meeting.ParseReasons(got); !slices.Equal(back, reasons) {
				t.Errorf("read back are %q, not %q", back, reasons)
			}
		})
	}
}

func TestWhatIsMostPressingComesFirst(t *testing.T) {
	var deals []meeting.Deal
	for i := range 12 {
		d := steady(data.Key(i + 1))
		d.Now.Value += int64(i)
		d.Before = d.Now
		d.Planned, d.StepOn = false, data.NoDay
		deals = append(deals, d)
	}
	deals[0].Commit = true
	won := steady(20)
	won.State = meeting.IsWon
	got := meeting.Make(append(deals, won), meeting.Options{Day: today, Period: quarter, Most: 5})
	var keys []data.Key
	for _, item := range got.Items {
		keys = append(keys, item.Key)
	}
	if want := []data.Key{1, 12, 11, 10, 9, 8, 20}; !slices.Equal(keys, want) {
		t.Errorf("got %v, want %v", keys, want)
	}
	if len(got.Rest) != 1 || len(got.Rest[meeting.NoStep]) != 6 {
		t.Errorf("left out: %v", got.Rest)
	}
}

// No deal is spoken of twice or lost, whatever came together.
func TestEveryDealStandsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.Custom(func(t *rapid.T) data.Day {
			if rapid.Bool().Draw(t, "none") {
				return data.NoDay
			}
			return today.AddDays(rapid.IntRange(-40, 80).Draw(t, "day"))
		})
		at := rapid.Custom(func(t *rapid.T) meeting.Standing {
			return meeting.Standing{Stage: rapid.Int32Range(-1, 4).Draw(t, "stage"), Close: day.Draw(t, "close"), Value: rapid.Int64Range(0, 100).Draw(t, "value"), Known: rapid.Bool().Draw(t, "known")}
		})
		deals := make([]meeting.Deal, rapid.IntRange(0, 60).Draw(t, "deals"))
		for i := range deals {
			deals[i] = meeting.Deal{
				Key: data.Key(i + 1), State: meeting.State(rapid.IntRange(0, 2).Draw(t, "state")), Now: at.Draw(t, "now"), Before: at.Draw(t, "before"),
				Was: rapid.Bool().Draw(t, "was"), Fresh: rapid.Bool().Draw(t, "fresh"), Commit: rapid.Bool().Draw(t, "commit"), Planned: rapid.Bool().Draw(t, "planned"),
				StepOn: day.Draw(t, "step"), Stalled: rapid.IntRange(0, 3).Draw(t, "stalled"),
			}
		}
		opt := meeting.Options{Day: today, Period: quarter, Most: rapid.IntRange(0, 4).Draw(t, "most")}
		a := meeting.Make(deals, opt)
		seen := map[data.Key]bool{}
		place := -1
		for _, item := range a.Items {
			at := slices.Index(meeting.Reasons(), item.Reason())
			if at < place || seen[item.Key] || len(item.Reasons) == 0 {
				t.Fatalf("item %v stands wrongly", item)
			}
			place, seen[item.Key] = at, true
		}
		for _, keys := range a.Rest {
			for _, key := range keys {
				if seen[key] {
					t.Fatalf("deal %d stands twice", key)
				}
				seen[key] = true
			}
		}
		whole := meeting.Make(deals, meeting.Options{Day: today, Period: quarter})
		if len(whole.Items) != len(seen) {
			t.Fatalf("%d of %d stand", len(seen), len(whole.Items))
		}
	})
}
