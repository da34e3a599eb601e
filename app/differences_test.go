package app_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
)

// A preview tells of a conflict also where one's own value goes on showing, and
// names records that come with the same file.
func TestAPreviewShowsWhatWillWait(t *testing.T) {
	ctx := context.Background()
	mine, theirs, deal, _ := twoDesks(t)
	ada, err := theirs.Records.Add(ctx, data.KindPerson, data.Values{"name": "Ada Berg", "external_id": "X1"})
	if err != nil {
		t.Fatal(err)
	}
	set(t, theirs, deal, data.Values{"amount": int64(490000), "owner": ada})
	set(t, theirs, deal, data.Values{"competitor": "Others"})
	set(t, mine, deal, data.Values{"amount": int64(510000)})
	set(t, theirs, deal, data.Values{"note": "theirs"})
	path := filepath.Join(t.TempDir(), "theirs.fieldbook")
	if _, err := theirs.Sharing.Share(ctx, path, app.ShareOptions{Everything: true}); err != nil {
		t.Fatal(err)
	}
	m, err := mine.Sharing.Preview(ctx, []string{path}, app.MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(m.Differences, func(d app.Difference) bool { return d.Kind == data.KindDeal })
	if i < 0 || m.Differences[i].Title != "Rangreen" || m.Differences[i].State != app.DifferenceConflicting {
		t.Fatalf("%+v", m.Differences)
	}
	got := map[string]app.FieldChange{}
	for _, f := range m.Differences[i].Fields {
		got[f.Field] = f
	}
	if f := got["amount"]; f.Old != "5,100" || f.New != "5,100" || len(f.Waiting) != 1 || f.Waiting[0] != "4,900 USD of desk" {
		t.Errorf("the amount: %+v", f)
	}
	if f := got["owner"]; f.New != "Ada Berg" || len(f.Waiting) != 0 {
		t.Errorf("the owner: %+v", f)
	}
	if f := got["competitor"]; f.Old != "" || f.New != "Others" {
		t.Errorf("the competitor: %+v", f)
	}
	if _, there := got["currency"]; there {
		t.Error("the currency did not change")
	}
	if row, err := mine.Records.Get(ctx, data.KindDeal, deal); err != nil || row.Text("competitor") != "" {
		t.Errorf("a preview changed the book: %v, %v", row.Values, err)
	}
}
