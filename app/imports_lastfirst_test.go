package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fieldbook/data"
)

// TestNamesTurnedRoundStay: the last name first is read as the first name first,
// and the same file again changes nothing, also of who reads alike both ways.
func TestNamesTurnedRoundStay(t *testing.T) {
	a := importBook(t)
	path := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(path, []byte("Worker,Job Title\n\"Lee, Ann\",Rep\n\"Kim, Kim\",Rep\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, again := range []bool{false, true} {
		res, err := a.Imports.Apply(context.Background(), planFiles(t, a, PlanOptions{Kind: data.KindPerson}, path), nil)
		if err != nil {
			t.Fatal(err)
		}
		if again != (res.Txn == "") {
			t.Errorf("again %v: %+v", again, res.Files[0])
		}
	}
	rows, err := a.Records.List(context.Background(), data.Query{Kind: data.KindPerson, Sort: []data.Sort{{Field: "name"}}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range rows {
		names = append(names, r.Title())
	}
	if !slices.Equal(names, []string{"Ann Lee", "Kim Kim"}) {
		t.Errorf("they are called %q", names)
	}
}
