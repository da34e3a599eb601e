package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
)

// Names that a person settled count in rows written into an exported file, too.
func TestSettledNamesInAnExportedFile(t *testing.T) {
	a := importBook(t)
	importText(t, a, PlanOptions{}, "Deal ID,Deal name,Account,Owner,Stage,Amount\n1,Loom,Harbour Foods,Ann Lee,Talk,5\n")
	path := filepath.Join(t.TempDir(), "deals.csv")
	if _, err := a.Records.Export(context.Background(), data.Query{Kind: data.KindDeal}, path); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(raw), "\r\n")
	row := func(name, account, owner string) string {
		cells := strings.Split(head, ",")
		for i, c := range cells {
			cells[i] = map[string]string{"name": name, "account": account, "owner": owner, "stage": "Talk", "external_id": name}[c]
		}
		return strings.Join(cells, ",") + "\r\n"
	}
	text := head + "\r\n" + rest + row("A", "Harbor Food", "Ann Lee") + row("B", "Nobody", "Ann Lee") + row("C", "Newco", "Ann Lee") + row("D", "Elsewhere", "Ann Lee")
	m, err := ParseMapping([]byte(`{"joins": {"account": {"harbor food": "Harbour Foods", "Nobody": null, "Newco": {"new": true}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	f := importText(t, a, PlanOptions{Mapping: m}, text).Files[0]
	if f.New != 3 || f.SetAside != 1 || f.Problems[0].Why != `there is no account "Elsewhere" in this book` || len(f.Names) != 4 || !f.Names[0].Settled {
		t.Errorf("%d new, %d set aside: %+v %+v", f.New, f.SetAside, f.Problems, f.Names)
	}
	var got []string
	for _, name := range []string{"A", "B", "C"} {
		got = append(got, fmt.Sprintf("%q", importRow1(t, a, data.KindDeal, name).Labels["account"]))
	}
	if strings.Join(got, " ") != `"Harbour Foods" "" "Newco"` {
		t.Errorf("%v", got)
	}
	importVerified(t, a)
	if again := importText(t, a, PlanOptions{Mapping: m}, text); again.Txn != "" {
		t.Errorf("again: %+v", again.Files[0])
	}
	names := importText(t, a, PlanOptions{}, head+"\r\n"+rest+row("E", "Harbor Foods", "Ann Lee")+row("F", "Harbor Foods", "Ann Lee")).Files[0]
	want := []StrangeName{{Kind: data.KindAccount, Column: "account", Name: "Harbor Foods", Rows: 2, Resembles: "Harbour Foods", Aside: true}}
	if names.SetAside != 2 || !slices.Equal(names.Names, want) {
		t.Errorf("%d set aside, %+v", names.SetAside, names.Names)
	}
}
