package geo

import (
	"slices"
	"testing"
)

func pairsOf(a *Atlas, codes []string) map[[2]string]bool {
	pairs := map[[2]string]bool{}
	for _, p := range a.Neighbours(codes) {
		pairs[[2]string{codes[p[0]], codes[p[1]]}] = true
		pairs[[2]string{codes[p[1]], codes[p[0]]}] = true
	}
	return pairs
}

func TestNeighbours(t *testing.T) {
	a := atlas(t)
	counties := codesOf(a.Units(County, ""))
	states := codesOf(a.Units(State, ""))
	mixed := append(codesOf(a.Units(County, "US-TX")), "US-OK", "US-NM", "MX", "CA-ON", "US-NY")
	tests := []struct {
		codes    []string
		one, two string
		want     bool
	}{
		{counties, "US/c48201", "US/c48157", true}, // Harris, Fort Bend
		{counties, "US/c48201", "US/c48453", false},
		{counties, "US/c06075", "US/c06041", false}, // San Francisco and Marin: the Golden Gate
		{counties, "US/c06075", "US/c06081", true},
		{counties, "US/c04001", "US/c08083", false}, // Four Corners: a point is no border
		{states, "US-TX", "US-LA", true},
		{states, "US-TX", "MX-COA", true},
		{states, "US-MN", "CA-ON", true},
		{states, "US-CO", "US-AZ", false},
		{states, "US-ME", "CA-NB", true},
		{states, "FR-75", "FR-92", true},
		{states, "NO-18", "SE-BD", true},
		{mixed, "US/c48043", "MX", true}, // Brewster County, on the Rio Grande
		{mixed, "US/c48201", "MX", false},
		{mixed, "US/c48141", "US-NM", true}, // El Paso
		{mixed, "US-OK", "US-NM", true},
		{mixed, "CA-ON", "US-NY", true},
		{[]string{"FR", "DE", "ES", "CH"}, "FR", "DE", true},
		{[]string{"FR", "DE", "ES", "CH"}, "ES", "DE", false},
		{[]string{"US/z78701", "US/z78702", "US/z78745"}, "US/z78701", "US/z78702", true},
		{[]string{"US/z787", "US/z786", "US/z799"}, "US/z787", "US/z786", true},
	}
	known := map[string]map[[2]string]bool{}
	for _, tt := range tests {
		key := tt.codes[0] + tt.codes[len(tt.codes)-1]
		if known[key] == nil {
			known[key] = pairsOf(a, tt.codes)
		}
		if pairs := known[key]; pairs[[2]string{tt.one, tt.two}] != tt.want {
			t.Errorf("%s and %s: neighbours %v, want %v", tt.one, tt.two, !tt.want, tt.want)
		}
	}
}

func TestAllHangsTogether(t *testing.T) {
	a := atlas(t)
	for _, codes := range [][]string{
		codesOf(a.Units(Country, "")), codesOf(a.Units(State, "")), codesOf(a.Units(County, "")), codesOf(a.Units(ZIP3, "")),
		codesOf(a.Units(ZIP, "US-HI")),
		{"US-HI", "NO", "US/c48201"},
		{"US-HI", "nowhere", "NO", "US-HI"},
	} {
		groups := newGroups(len(codes))
		pairs := a.Neighbours(codes)
		for i, p := range pairs {
			if p[0] >= p[1] || i > 0 && slices.Compare(pairs[i-1][:], p[:]) >= 0 {
				t.Fatalf("pair %v after %v", p, pairs[max(0, i-1)])
			}
			groups.join(p[0], p[1])
		}
		var known []int
		for i, code := range codes {
			if _, ok := a.Unit(code); ok {
				known = append(known, i)
			} else if slices.ContainsFunc(pairs, func(p [2]int) bool { return p[0] == i || p[1] == i }) {
				t.Errorf("%q has neighbours", code)
			}
		}
		if n := len(groups.members(known)); n != 1 {
			t.Errorf("%s and %d others fall into %d groups", codes[0], len(codes)-1, n)
		}
	}
	if pairs := a.Neighbours(nil); len(pairs) != 0 {
		t.Errorf("neighbours of nothing: %v", pairs)
	}
}

// Hawaii's counties are joined to each other and the nearest of the mainland.
func TestIslandsAreJoinedToTheNearest(t *testing.T) {
	a := atlas(t)
	pairs := pairsOf(a, codesOf(a.Units(County, "")))
	for _, want := range [][2]string{
		{"US/c15009", "US/c15001"}, // Maui, Hawaii
		{"US/c25019", "US/c25007"}, // Nantucket, Dukes
	} {
		if !pairs[want] {
			t.Errorf("%v are not joined", want)
		}
	}
}
