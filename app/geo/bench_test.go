package geo

import (
	"testing"

	"fieldbook/assets"
)

func BenchmarkLoad(b *testing.B) {
	for range b.N {
		if _, err := decode(assets.Atlas); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAt(b *testing.B) {
	a := atlas(b)
	for _, level := range []Level{Country, State, County, ZIP} {
		a.At(level, -97.74, 30.27)
		b.Run(string(level), func(b *testing.B) {
			for i := range b.N {
				a.At(level, -120+float64(i%500)/10, 30+float64(i%150)/10)
			}
		})
	}
}

// fresh decodes the map anew, so that nothing is computed yet.
func fresh(b *testing.B) *Atlas {
	b.Helper()
	b.StopTimer()
	w, err := decode(assets.Atlas)
	if err != nil {
		b.Fatal(err)
	}
	b.StartTimer()
	return &Atlas{world: w}
}

func codesOf(units []Unit) []string {
	codes := make([]string, len(units))
	for i, u := range units {
		codes[i] = u.Code
	}
	return codes
}

func BenchmarkNeighboursCounties(b *testing.B) {
	codes := codesOf(atlas(b).Units(County, ""))
	for range b.N {
		fresh(b).Neighbours(codes)
	}
}

func BenchmarkNeighboursZIPs(b *testing.B) {
	codes := codesOf(atlas(b).Units(ZIP, ""))
	for range b.N {
		fresh(b).Neighbours(codes)
	}
}

func BenchmarkShapes(b *testing.B) {
	for _, level := range []Level{Country, State, County, ZIP3, ZIP} {
		codes := codesOf(atlas(b).Units(level, ""))
		b.Run(string(level), func(b *testing.B) {
			for range b.N {
				a := fresh(b)
				for _, code := range codes {
					a.Shape(code)
				}
			}
		})
	}
}

func BenchmarkBorders(b *testing.B) {
	for _, level := range []Level{Country, State, County, ZIP3, ZIP} {
		b.Run(string(level), func(b *testing.B) {
			for range b.N {
				fresh(b).Borders(level, "")
			}
		})
	}
}

func BenchmarkPlace(b *testing.B) {
	a := atlas(b)
	a.lookups()
	for _, addr := range []Address{
		{PostalCode: "78701", State: "TX", Country: "US"},
		{City: "Munich", State: "Bavaria", Country: "Germany"},
		{City: "Nowhere", State: "Ohio", Country: "United States"},
	} {
		b.Run(addr.State, func(b *testing.B) {
			for range b.N {
				a.Place(addr)
			}
		})
	}
}
