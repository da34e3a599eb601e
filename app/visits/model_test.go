package visits

import (
	"math"
	"testing"

	"fieldbook/data"
)

func TestModelIsKeptAsText(t *testing.T) {
	m := Default()
	if err := m.Validate(); err != nil {
		t.Fatal(err)
	}
	m.Classes = []Class{{"Key", 52, 90}, {"Rest", 2, 20}}
	m.Other, m.SpeedKmh, m.DayStart = "Rest", 45, 8.5
	got, err := Parse(m.Text())
	if err != nil || got.Text() != m.Text() {
		t.Errorf("%+v, %v, not %+v", got, err, m)
	}
	if got, err := Parse(""); err != nil || got.Text() != Default().Text() {
		t.Errorf("of nothing %+v, %v", got, err)
	}
	if got, err := Parse(`{"speed_kmh": 50, "colour": "red"}`); err != nil || got.SpeedKmh != 50 || len(got.Classes) != 3 {
		t.Errorf("of a part %+v, %v", got, err)
	}
	for _, text := range []string{"{", `{"speed_kmh": 0}`, `{"classes": [{"name": ""}]}`} {
		if got, err := Parse(text); data.KindOf(err) != data.Invalid || got.Text() != Default().Text() {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
}

func TestModelRefusesNonsense(t *testing.T) {
	for name, spoil := range map[string]func(*Model){
		"unnamed":  func(m *Model) { m.Classes[0].Name = " " },
		"twice":    func(m *Model) { m.Classes[1].Name = "a" },
		"often":    func(m *Model) { m.Classes[1].VisitsYear = 1000 },
		"negative": func(m *Model) { m.Classes[1].Minutes = -1 },
		"stranger": func(m *Model) { m.Other = "D" },
		"still":    func(m *Model) { m.SpeedKmh = 0 },
		"nan":      func(m *Model) { m.SpeedKmh = math.NaN() },
		"shortcut": func(m *Model) { m.Circuity = 0.9 },
		"weeks":    func(m *Model) { m.WeeksYear = 60 },
		"hours":    func(m *Model) { m.DayHours = 25 },
		"days":     func(m *Model) { m.DaysWeek = 8 },
		"night":    func(m *Model) { m.DayStart = 24 },
	} {
		m := Default()
		spoil(&m)
		if err := m.Validate(); data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestGreatCircles(t *testing.T) {
	for _, c := range []struct {
		a, b Point
		want float64 // haversine with a radius of 6371 km
	}{
		{At(0, 0), At(0, 0), 0},
		{At(0, 0), At(1, 0), 111.1949},
		{At(10.75, 59.91), At(2.35, 48.86), 1341.24},
		{At(179.5, 10), At(-179.5, 10), 109.506},
		{At(0, 0), At(180, 0), math.Pi * 6371},
		{At(0, 0), Point{}, 0},
	} {
		if got := Km(c.a, c.b); math.Abs(got-c.want) > 1e-5*c.want {
			t.Errorf("%v to %v: %g km, not %g", c.a, c.b, got, c.want)
		}
	}
}
