package app_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/data"
)

// TestAnOwnListOfPlaces: a town that the map does not know is known by a list of
// GeoNames, for plans and visits, for as long as the file is there.
func TestAnOwnListOfPlaces(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 200)
	id, err := a.Records.Add(ctx, data.KindAccount, data.Values{"name": "Birch Clinics", "city": "Lillehammer", "country": "Norway"})
	if err != nil {
		t.Fatal(err)
	}
	placed := func() bool {
		t.Helper()
		for _, x := range bookOf(t, a, data.NoID).Accounts {
			if x.ID == id {
				return x.Placed && !x.Rough && x.Lat > 61 && x.Lat < 61.2
			}
		}
		return false
	}
	if placed() {
		t.Fatal("the map knows Lillehammer by now; take another town")
	}
	path := filepath.Join(t.TempDir(), "NO.txt")
	line := "3147474\tLillehammer\tLillehammer\t\t61.11515\t10.46628\tP\tPPLA\tNO\t\t34\t3405\t\t\t28493\t\t179\tEurope/Oslo\t2019-09-05\n"
	if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := a.Gazetteer.Use(ctx, path)
	if err != nil || info.Cities != 1 || !placed() {
		t.Errorf("%+v %v, placed %v", info, err, placed())
	}
	other := filepath.Join(t.TempDir(), "x.txt")
	if err := os.WriteFile(other, []byte("no list\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Gazetteer.Use(ctx, other); data.KindOf(err) != data.Invalid || !placed() {
		t.Errorf("a file that is no list: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if info, err = a.Gazetteer.Info(ctx); err != nil || info.Fault == nil || !strings.Contains(info.Fault.Error(), "not there any more") || placed() {
		t.Errorf("the file is gone: %+v %v", info, err)
	}
	if info, err = a.Gazetteer.Use(ctx, ""); err != nil || info.Path != "" || info.Fault != nil {
		t.Errorf("without: %+v %v", info, err)
	}
}
