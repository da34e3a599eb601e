package app

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fieldbook/data"
)

// TestEveryKindIsToldApartInFiles: rows of files without ids would be one row else.
func TestEveryKindIsToldApartInFiles(t *testing.T) {
	byID := []string{data.KindQuota, data.KindRate, data.KindCustomField, data.KindSetting} // made from what they say
	notInFiles := []string{data.KindDevice, data.KindRedaction, data.KindAlias}
	for _, k := range data.Kinds() {
		fields := importKeys[k.Name]
		if len(fields) == 0 && !importNamed(k.Name) && !slices.Contains(byID, k.Name) && !slices.Contains(notInFiles, k.Name) {
			t.Errorf("nothing tells rows of kind %s apart", k.Name)
		}
		for _, name := range fields {
			if _, ok := k.Field(name); !ok {
				t.Errorf("a %s has no field %s", k.Name, name)
			}
		}
	}
}

// TestFilesWithoutIDsKeepRowsApart imports rows that have one name, one day or one
// text in common, twice, beside one that was entered by hand.
func TestFilesWithoutIDsKeepRowsApart(t *testing.T) {
	ctx := t.Context()
	for _, c := range []struct {
		kind, file string
		by         data.Values // entered by hand before
		want       int
	}{
		{data.KindOneOnOne, "person,day,status,notes\nAnn Ek,2026-05-04,held,Spoke of mills\nBo Lund,2026-05-04,held,Spoke of labs\nAnn Ek,2026-05-11,held,Again\n", nil, 3},
		{data.KindCommitment, "person,what,day\nAnn Ek,Call five mills,2026-05-04\nBo Lund,Call five mills,2026-05-04\n", nil, 2},
		{data.KindGoal, "person,name\nAnn Ek,Win a fleet\nBo Lund,Win a fleet\n", nil, 2},
		{data.KindReview, "person,period,type\nAnn Ek,2026-Q1,quarterly\nBo Lund,2026-Q1,quarterly\n", nil, 2},
		{data.KindCompetitor, "name,pricing\nBrix,high\nCrown,low\n", data.Values{"name": "Brix"}, 2},
		{data.KindSkill, "name,target\nTrading,3\nListening,4\n", data.Values{"name": "Listening"}, 2},
		{data.KindAction, "what,person\nSend the offer,Ann Ek\nSend the offer,Bo Lund\n", nil, 2},
	} {
		t.Run(c.kind, func(t *testing.T) {
			w := newWeeks(t)
			if c.by != nil {
				w.add(c.kind, c.by)
			}
			path := filepath.Join(t.TempDir(), c.kind+".csv")
			if err := os.WriteFile(path, []byte(c.file), 0o600); err != nil {
				t.Fatal(err)
			}
			for i := range 2 {
				plan, err := w.Imports.Plan(ctx, []string{path}, PlanOptions{Kind: c.kind})
				w.must(err)
				got, err := w.Imports.Apply(ctx, plan, func(int, int, string) {})
				w.must(err)
				rows, err := w.Records.List(ctx, data.Query{Kind: c.kind})
				w.must(err)
				if len(rows) != c.want || len(got.Files[0].Problems) > 0 {
					t.Fatalf("there are %d rows, not %d; %+v", len(rows), c.want, got.Files[0].Problems)
				}
				if f := got.Files[0]; i > 0 && (f.New > 0 || f.Changed > 0) {
					t.Errorf("the same file again: %d new, %d changed", f.New, f.Changed)
				}
			}
		})
	}
}
