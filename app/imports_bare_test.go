package app

import (
	"path/filepath"
	"testing"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// Files without names of columns are known by what these hold: firms with
// coordinates, of which many share a name and stand at different places.
func TestHeaderlessFirmsWithCoordinates(t *testing.T) {
	dir := datatest.Real(t, "territory-customers")
	for name, want := range map[string]struct {
		rows, accounts int
		find, address  string
		lat, lon       float64
	}{
		"USA.csv":            {857, 857, "Williams Legal Services", "23 COMMON ST., PETERSHAM, 01366", 42.4892, -72.186557},
		"United Kingdom.csv": {661, 661, "Wilson Models", "59 Smiths Lane, Fakenham, Norfolk, NR21 8LQ", 52.8329580285132, 0.869845811869315},
		"France.csv":         {9110, 9109, "Solvay-interox Sa", "Ld Moussidiere", 44.8664855957, 1.2180080414},
	} {
		a := importBook(t)
		path := filepath.Join(dir, name)
		f := importFiles(t, a, path).Files[0]
		if f.Kind != data.KindAccount || f.Rows != want.rows || f.New != want.accounts || f.SetAside != 0 || importCount(t, a, "account") != want.accounts {
			t.Errorf("%s: %s, %d rows, %d new, %d aside, %v %v", name, f.Kind, f.Rows, f.New, f.SetAside, f.LeftOut, f.Problems[:min(3, len(f.Problems))])
			continue
		}
		if n := importCount(t, a, "account", data.Filter{Field: "address", Test: data.Is, Values: []data.Value{want.address}}); n != 1 {
			t.Errorf("%s: %d at %s", name, n, want.address)
		}
		twice := want.rows - want.accounts // one firm stands twice at one address, with two coordinates
		if again := importFiles(t, a, path).Files[0]; again.New > 0 || again.Changed > 2*twice {
			t.Errorf("%s again: %+v", name, *again)
		}
		importVerified(t, a)
	}
}

func TestHeaderlessDeals(t *testing.T) {
	a := importBook(t)
	f := importText(t, a, PlanOptions{}, "Looms for the mill,Ann Lee,Won,12500.00,2026-03-14\nChillers,Bo Ek,Negotiation,48000.50,2026-05-31\nSpares,Bo Ek,Lost,900.00,2026-02-28\nKiln,Bo Ek,Proposal,7000.00,2026-07-15\nBelts,Ann Lee,Proposal,70.00,2026-07-16\nOil,Bo Ek,Lost,5.00,2026-02-27\n").Files[0]
	want := []string{
		"Belts | Sales/Proposal open 55% | - | Ann Lee | 70.00 USD | 2026-07-16 | -",
		"Chillers | Sales/Negotiation open 70% | - | Bo Ek | 48000.50 USD | 2026-05-31 | -",
	}
	if got := toldDeals(t, a); f.New != 6 || len(got) != 6 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%d new: %q", f.New, got)
	}
}
