package planning_test

import (
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/planning"
	"fieldbook/data"
)

func TestSuppose(t *testing.T) {
	cal := data.Calendar{Start: 1}
	quarter := cal.Quarter(2026, 2)
	in, after := quarter.From+5, quarter.To+5
	due, later, blank := data.NewID(), data.NewID(), data.NewID()
	deals := []planning.OpenDeal{{ID: due, Close: in, Value: 300_00, Known: true}, {ID: later, Close: after, Value: 100_00, Known: true}, {ID: blank, Close: in}}
	standing := planning.Standing{Period: quarter, Credited: 500_00, Quota: 1_000_00, HasQuota: true, Rates: rates(t, usual)}
	stays := func(c planning.Change) planning.Change {
		c.Close = data.NoDay
		return c
	}
	for name, c := range map[string]struct {
		changes  map[data.ID]planning.Change
		value    int64
		pay      int64
		outside  int
		unvalued int
	}{
		"nothing":            {nil, 500_00, 15_00, 0, 0},
		"won":                {map[data.ID]planning.Change{due: stays(planning.Change{Won: true})}, 800_00, 24_00, 0, 0},
		"only moved":         {map[data.ID]planning.Change{later: {Close: in}}, 500_00, 15_00, 0, 0},
		"won, later":         {map[data.ID]planning.Change{later: stays(planning.Change{Won: true})}, 500_00, 15_00, 1, 0},
		"won and pulled in":  {map[data.ID]planning.Change{later: {Won: true, Close: in}}, 600_00, 18_00, 0, 0},
		"pushed out":         {map[data.ID]planning.Change{due: {Won: true, Close: after}}, 500_00, 15_00, 1, 0},
		"without a value":    {map[data.ID]planning.Change{blank: stays(planning.Change{Won: true})}, 500_00, 15_00, 0, 1},
		"other amount":       {map[data.ID]planning.Change{blank: stays(planning.Change{Won: true, HasAmount: true, Amount: 500_00})}, 1_000_00, 34_00, 0, 0},
		"gone from the book": {map[data.ID]planning.Change{data.NewID(): stays(planning.Change{Won: true})}, 500_00, 15_00, 0, 0},
	} {
		got := planning.Suppose(standing, deals, c.changes)
		if got.Value != c.value || got.Pay != c.pay || got.Outside != c.outside || got.Unvalued != c.unvalued || !got.HasPay || got.Attainment != float64(c.value)/1_000_00 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	standing.HasQuota = false
	if got := planning.Suppose(standing, deals, nil); got.HasQuota || got.HasPay {
		t.Errorf("without a quota %+v", got)
	}
}

func TestWhatIfComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, err := planning.ReadWhatIf("")
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 5).Draw(t, "deals") {
			c := planning.Change{Won: rapid.Bool().Draw(t, "won"), Close: data.NoDay}
			if rapid.Bool().Draw(t, "amount") {
				c.Amount, c.HasAmount = rapid.Int64().Draw(t, "value"), true
			}
			if rapid.Bool().Draw(t, "day") || c.IsZero() {
				c.Close = data.NewDay(2020, 1, 1) + data.Day(rapid.IntRange(0, 9999).Draw(t, "close"))
			}
			w.Changes[data.NewID()] = c
		}
		text, err := w.Text()
		if err != nil {
			t.Fatal(err)
		}
		again, err := planning.ReadWhatIf(text)
		if err != nil || !maps.Equal(again.Changes, w.Changes) {
			t.Errorf("%s: %v %v", text, again, err)
		}
	})
}

func TestWhatIfKeepsWhatItDoesNotKnow(t *testing.T) {
	id := data.NewID()
	w, err := planning.ReadWhatIf(`{"version":1,"mood":"high","deals":{"` + id.String() + `":{"won":true,"with":["Ann"]}}}`)
	if err != nil || !w.Changes[id].Won {
		t.Fatal(w, err)
	}
	delete(w.Changes, id)
	text, err := w.Text()
	if err != nil || !strings.Contains(text, `"mood":"high"`) || !strings.Contains(text, `"with":["Ann"]`) || strings.Contains(text, "won") {
		t.Error(text, err)
	}
}

func TestWhatIfThatCannotBeRead(t *testing.T) {
	id := data.NewID().String()
	for text, want := range map[string]data.ErrorKind{
		"x": data.Invalid, "[]": data.Invalid, "{}": data.Invalid, `{"version":2}`: data.Unsupported, `{"version":1,"deals":[]}`: data.Invalid,
		`{"version":1,"deals":{"x":{}}}`: data.Invalid, `{"version":1,"deals":{"` + id + `":{"won":3}}}`: data.Invalid,
		`{"version":1,"deals":{"` + id + `":{"amount":"1"}}}`: data.Invalid, `{"version":1,"deals":{"` + id + `":{"close":"soon"}}}`: data.Invalid,
	} {
		if w, err := planning.ReadWhatIf(text); data.KindOf(err) != want || w != nil {
			t.Errorf("%s: %v %v", text, w, err)
		}
	}
}
