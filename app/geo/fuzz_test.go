package geo

import (
	"bytes"
	"strings"
	"testing"

	"fieldbook/assets"

	"github.com/klauspost/compress/zstd"
)

// small is a map of two countries with a state, two counties and a ZIP.
func small() []byte {
	var out []byte
	count := func(ns ...int) {
		for _, n := range ns {
			out = append(out, byte(n)) // all below 64
		}
	}
	step := func(ns ...int) {
		for _, n := range ns {
			out = append(out, byte(n<<1^n>>31))
		}
	}
	text := func(texts ...string) {
		for _, s := range texts {
			count(len(s))
			out = append(out, s...)
		}
	}
	one := []byte{0, 0, 0, 0, 0, 0, 0xf0, 0x3f} // 1.0
	squares := func() {                         // two squares with an edge in common
		for range 2 {
			out = append(out, one...)
			out = append(out, make([]byte, 8)...)
		}
		count(3, 2, 4, 4)
		step(1, 0, 0, -1, 0, 1, 0, 1, 0, -1)
		step(0, 1, 0, 0, -1, 0, 1, 0, -1, 0)
	}
	unit := func(code string, parent int, refs ...int) {
		text(code, "Name of "+code, "Other|Names")
		count(parent, 5)
		step(50, 50)
		count(1, len(refs))
		last := 0
		for _, ref := range refs {
			step(ref - last)
			last = ref
		}
	}
	squares()
	count(2)
	unit("NO", 0, 0, 1)
	unit("US", 0, ^0, 2)
	squares()
	count(2)
	unit("NO-03", 1, 0, 1)
	unit("US-TX", 2, ^0, 2)
	squares()
	count(1)
	unit("US-TX", 2, 0, 1)
	count(2)
	unit("US/c48001", 1, 0, 1)
	unit("US/c48003", 1, ^0, 2)
	count(1, 2, 0) // the arc 2 has NO-03 across it
	count(2, 63, 1)
	step(0, 1, 30, 50, 50, 40)
	count(1)
	text("Oslo|Christiania", "NO")
	step(50, 50)
	count(6)
	return out
}

// Whatever the file holds, it is refused or gives a map that can be asked.
func FuzzUnpack(f *testing.F) {
	f.Add(small())
	f.Add([]byte{})
	from, err := zstd.NewReader(nil)
	if err != nil {
		f.Fatal(err)
	}
	defer from.Close()
	whole, err := from.DecodeAll(bytes.TrimPrefix(assets.Atlas, []byte(magic)), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole[:5000])
	f.Fuzz(func(t *testing.T, plain []byte) {
		if len(plain) > 1<<16 {
			return // a fault shows in small files too
		}
		w, err := unpack(plain)
		if err != nil {
			return
		}
		a := &Atlas{world: w}
		var codes []string
		for _, level := range []Level{Country, State, County, ZIP3, ZIP} {
			for _, u := range a.Units(level, "") {
				codes = append(codes, u.Code)
				a.Shape(u.Code)
				a.At(level, u.Lon, u.Lat)
				a.Nearest(level, u.Lon, u.Lat)
			}
			a.Borders(level, "")
		}
		a.Neighbours(codes)
	})
}

func TestASmallMap(t *testing.T) {
	w, err := unpack(small())
	if err != nil {
		t.Fatal(err)
	}
	a := &Atlas{world: w}
	if n := len(a.units); n != 6 {
		t.Errorf("%d units", n)
	}
	if u, ok := a.At(County, 0.5, 0.5); !ok || u.Code != "US/c48001" {
		t.Errorf("in the left square lies %+v", u)
	}
	for cut := range small() {
		if _, err := unpack(small()[:cut]); err == nil {
			t.Errorf("cut off after %d bytes it is taken", cut)
		}
	}
}

func TestADamagedMapIsRefused(t *testing.T) {
	for name, file := range map[string][]byte{
		"empty": {}, "another file": []byte("PNG"), "cut off": assets.Atlas[:len(assets.Atlas)-9], "nothing packed": []byte(magic),
	} {
		if _, err := decode(file); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func FuzzReadGazetteer(f *testing.F) {
	f.Add(tabs(somePlaces) + tabs(anOther) + tabs(aMountain))
	f.Add(tabs(aCode) + tabs(outward) + tabs(aBox))
	f.Add("\ufeff\n\t\t\n" + strings.Repeat("\t", 18))
	f.Fuzz(func(t *testing.T, text string) {
		own, err := ReadGazetteer(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, c := range own.cities {
			if !onGlobe(c.at[0], c.at[1]) || c.people < 0 {
				t.Fatalf("%+v", c)
			}
		}
		for _, line := range strings.Split(text, "\n") {
			columns := strings.Split(line, "\t")
			if len(columns) > 2 {
				own.postalCode(columns[0], columns[1])
				own.byName(cityKey(columns[1]))
			}
		}
	})
}
