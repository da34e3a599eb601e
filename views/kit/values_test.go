package kit

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
)

func TestPlainNumber(t *testing.T) {
	for _, c := range []struct {
		text  string
		comma bool
		want  string
	}{
		{"12", false, "12"},
		{"1,234.50", false, "1234.5"},
		{"1.234,50", true, "1234.5"},
		{"1 234,5", true, "1234.5"},
		{"–3", false, "-3"},
		{"-0.0", false, "0"},
		{"4.8k", false, "4800"},
		{"1.25m", false, "1250000"},
		{"1.2345k", false, "1234.5"},
		{"007", false, "7"},
		{".5", false, "0.5"},
		{"2,5", true, "2.5"},
		{"1\u00a0000", false, "1000"},
		{"12.", false, "12"},
	} {
		if got, ok := plainNumber(c.text, c.comma); !ok || got != c.want {
			t.Errorf("%q: got %q, %v; want %q", c.text, got, ok, c.want)
		}
	}
	for _, text := range []string{"", "-", "x", "1,2", "1,23.4", "1.2.3", "--1", "k", "1e5", ","} {
		if got, ok := plainNumber(text, false); ok {
			t.Errorf("%q: got %q, want none", text, got)
		}
	}
}

func TestPlainNumberReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor, comma := rapid.Int64().Draw(t, "minor"), rapid.Bool().Draw(t, "comma")
		plain, ok := plainNumber(localNumber(data.DecimalString(minor, 2), comma), comma)
		if minor == -1<<63 {
			return // ParseDecimal's range is symmetric
		}
		back, err := data.ParseDecimal(plain, 2)
		if !ok || err != nil || back != minor {
			t.Fatalf("%d gives %q, which reads as %d, %v", minor, plain, back, err)
		}
	})
}

func TestValuesNameTheirField(t *testing.T) {
	v := Values{"n": "x", "d": "someday", "m": "1.234 USD", "ok": "12.5", "yes": "true"}
	_, err1 := v.Whole("n")
	_, err2 := v.Day("d")
	_, err3 := v.Money("m")
	got := mistakes(errors.Join(err1, err2, err3))
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, []string{"d", "m", "n"}) {
		t.Errorf("mistakes at %v", keys)
	}
	if n, err := v.Number("ok", 2); n != 1250 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
	if !v.Bool("yes") || v.Bool("no") {
		t.Error("yes and no")
	}
	if d, err := v.Day("none"); d.Valid() || err != nil {
		t.Errorf("no day is %s, %v", d, err)
	}
}

func TestWindow(t *testing.T) {
	tops := []float32{0, 26, 70, 114, 140}
	for _, c := range []struct {
		top, bottom float32
		from, to    int
	}{{0, 26, 0, 1}, {0, 27, 0, 2}, {26, 70, 1, 2}, {60, 120, 1, 4}, {140, 200, 4, 4}, {0, 0, 0, 0}} {
		if from, to := window(tops, c.top, c.bottom); from != c.from || to != c.to {
			t.Errorf("%v to %v: got %d to %d, want %d to %d", c.top, c.bottom, from, to, c.from, c.to)
		}
	}
	if from, to := window([]float32{0}, 0, 100); from != to {
		t.Error("rows in an empty window")
	}
}

func TestEdgeSpeed(t *testing.T) {
	if edgeSpeed(200, 400) != 0 || edgeSpeed(0, 400) != -scrollSpeed || edgeSpeed(400, 400) != scrollSpeed || edgeSpeed(-50, 400) != -scrollSpeed {
		t.Error("the edges scroll at the wrong speed")
	}
	if slow, fast := edgeSpeed(390, 400), edgeSpeed(399, 400); slow <= 0 || slow >= fast {
		t.Errorf("nearer to the edge is not faster: %v, %v", slow, fast)
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Darcel Schlecht": "DS", "Mei-Mei Johns": "MJ", "Élan": "É", "": "", "Ana Maria de Paz": "AP"} {
		if got := Initials(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
