package app

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// editedSheet exports a kind, edits the table and gives the file.
func editedSheet(t *testing.T, a *App, kind string, edit func(rows []map[string]string) []map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), kind+".csv")
	if _, err := a.Records.Export(t.Context(), data.Query{Kind: kind}, path); err != nil {
		t.Fatal(err)
	}
	rewrite(t, path, edit)
	return path
}

func rewrite(t *testing.T, path string, edit func(rows []map[string]string) []map[string]string) {
	t.Helper()
	header := datatest.Lines(t, path)[0]
	var out strings.Builder
	w := csv.NewWriter(&out)
	lines := [][]string{header}
	for _, row := range edit(datatest.Table(t, path)) {
		var line []string
		for _, name := range header {
			line = append(line, row[name])
		}
		lines = append(lines, line)
	}
	if err := w.WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(out.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// each edits every row.
func eachRow(edit func(row map[string]string)) func([]map[string]string) []map[string]string {
	return func(rows []map[string]string) []map[string]string {
		for _, row := range rows {
			edit(row)
		}
		return rows
	}
}

func addRow(t *testing.T, a *App, kind string, values data.Values) data.ID {
	t.Helper()
	id, err := a.Records.Add(t.Context(), kind, values)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func setRow(t *testing.T, a *App, kind string, id data.ID, values data.Values) {
	t.Helper()
	if err := a.Records.Set(t.Context(), kind, []data.ID{id}, values); err != nil {
		t.Fatal(err)
	}
}

func getRow(t *testing.T, a *App, kind string, id data.ID) data.Row {
	t.Helper()
	row, err := a.Records.Get(t.Context(), kind, id)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// applyFile imports one file and gives its result.
func applyFile(t *testing.T, a *App, path string, opt PlanOptions) *FileResult {
	t.Helper()
	plan, err := a.Imports.Plan(t.Context(), []string{path}, opt)
	if err != nil {
		t.Fatal(err)
	}
	res, err := a.Imports.Apply(t.Context(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	f := res.Files[0]
	if f.New+f.Changed+f.Unchanged+f.SetAside != f.Rows {
		t.Errorf("the rows do not add up: %+v", f)
	}
	return f
}

// What was edited in an exported sheet meets what was edited in the book
// meanwhile, cell by cell.
func TestEditsInSheetAndBookMeet(t *testing.T) {
	type fields = data.Values
	for _, c := range []struct {
		name        string
		sheet       map[string]string
		book        fields
		opt         PlanOptions
		want        fields
		changed     int
		clash, open bool
	}{
		{name: "nothing", want: fields{"city": "Oslo", "phone": "1"}},
		{name: "sheet", sheet: map[string]string{"city": "Bergen"}, want: fields{"city": "Bergen", "phone": "1"}, changed: 1},
		{name: "book", book: fields{"city": "Bergen"}, want: fields{"city": "Bergen", "phone": "1"}},
		{name: "different cells", sheet: map[string]string{"city": "Bergen"}, book: fields{"phone": "2"}, want: fields{"city": "Bergen", "phone": "2"}, changed: 1},
		{name: "the same", sheet: map[string]string{"city": "Bergen"}, book: fields{"city": "Bergen"}, want: fields{"city": "Bergen", "phone": "1"}},
		{name: "clash", sheet: map[string]string{"city": "Bergen"}, book: fields{"city": "Hamar"}, want: fields{"city": "Hamar", "phone": "1"}, clash: true, open: true},
		{name: "clash to sheet", sheet: map[string]string{"city": "Bergen"}, book: fields{"city": "Hamar"}, opt: PlanOptions{Clash: ClashSheet}, want: fields{"city": "Bergen", "phone": "1"}, changed: 1, clash: true},
		{name: "clash to book", sheet: map[string]string{"city": "Bergen", "phone": "3"}, book: fields{"city": "Hamar"}, opt: PlanOptions{Clash: ClashBook}, want: fields{"city": "Hamar", "phone": "3"}, changed: 1, clash: true},
		{name: "cleared in the sheet", sheet: map[string]string{"city": ""}, book: fields{"phone": "2"}, want: fields{"city": nil, "phone": "2"}, changed: 1},
		{name: "blank leaves", sheet: map[string]string{"city": ""}, opt: PlanOptions{Blank: BlankLeave}, want: fields{"city": "Oslo", "phone": "1"}},
		{name: "cleared in the book", book: fields{"city": nil}, want: fields{"city": nil, "phone": "1"}},
		{name: "back and forth in the book", sheet: map[string]string{"city": "Bergen"}, book: fields{"city": "Oslo"}, want: fields{"city": "Bergen", "phone": "1"}, changed: 1},
		{name: "unknown version", sheet: map[string]string{"version": "v0000000000000000", "city": "Bergen", "phone": ""}, book: fields{"phone": "2"}, want: fields{"city": "Bergen", "phone": "2"}, changed: 1},
		{name: "no version", sheet: map[string]string{"version": "", "city": "Bergen"}, want: fields{"city": "Bergen", "phone": "1"}, changed: 1},
		{name: "create only", sheet: map[string]string{"city": "Bergen"}, opt: PlanOptions{Mode: ModeCreate}, want: fields{"city": "Oslo", "phone": "1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := exportBook(t, "a.book")
			id := addRow(t, a, data.KindAccount, data.Values{"name": "Acme", "city": "Oslo", "phone": "1"})
			path := editedSheet(t, a, data.KindAccount, eachRow(func(row map[string]string) {
				for name, text := range c.sheet {
					row[name] = text
				}
			}))
			if c.book != nil {
				setRow(t, a, data.KindAccount, id, data.Values{"note": "since"})
				setRow(t, a, data.KindAccount, id, c.book)
				c.want["note"] = "since"
			}
			f := applyFile(t, a, path, c.opt)
			row := getRow(t, a, data.KindAccount, id)
			for name, v := range c.want {
				if row.Values[name] != v {
					t.Errorf("%s is %v, want %v", name, row.Values[name], v)
				}
			}
			if f.Changed != c.changed || f.SetAside > 0 {
				t.Errorf("%+v", f)
			}
			if (len(f.Clashes) > 0) != c.clash || c.clash && f.Clashes[0].Open != c.open || (len(f.Problems) > 0) != c.open {
				t.Errorf("clashes %+v, problems %+v", f.Clashes, f.Problems)
			}
		})
	}
}

// A stage, its close day and the reason change together, so they clash
// together.
func TestCellsClashWhole(t *testing.T) {
	a := exportBook(t, "a.book")
	won, err := a.Records.Find(t.Context(), data.KindStage, "Won")
	if err != nil {
		t.Fatal(err)
	}
	open, err := a.Records.Find(t.Context(), data.KindStage, "Proposal")
	if err != nil {
		t.Fatal(err)
	}
	id := addRow(t, a, data.KindDeal, data.Values{"name": "Deal", "stage": open.ID, "close_day": data.NewDay(2017, 12, 1), "amount": int64(105450), "currency": "USD"})
	path := editedSheet(t, a, data.KindDeal, eachRow(func(row map[string]string) {
		row["close_day"], row["amount"] = "12/24/2017", "1,054.5" // as a spreadsheet writes them
	}))
	setRow(t, a, data.KindDeal, id, data.Values{"stage": won.ID, "close_day": data.NewDay(2017, 11, 2)})
	f := applyFile(t, a, path, PlanOptions{})
	if len(f.Clashes) != 1 || f.Clashes[0].Column != "stage, close_day" || f.Clashes[0].Book != "Won, 2017-11-02" || f.Clashes[0].Sheet != "Proposal, 2017-12-24" || f.Unchanged != 1 {
		t.Errorf("%+v", f)
	}
	plan, err := a.Imports.Plan(t.Context(), []string{path}, PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.Files[0].SettleClash(f.Clashes[0].Key, ClashSheet); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Imports.Apply(t.Context(), plan, nil); err != nil {
		t.Fatal(err)
	}
	if row := getRow(t, a, data.KindDeal, id); row.Day("close_day") != data.NewDay(2017, 12, 24) || row.Ref("stage") != won.ID {
		t.Errorf("%+v", row.Values)
	}
}

// A name written beside an id counts, a rename in the book does not.
func TestNamesBesideIds(t *testing.T) {
	a := exportBook(t, "a.book")
	ann, bo := addRow(t, a, data.KindPerson, data.Values{"name": "Ann"}), addRow(t, a, data.KindPerson, data.Values{"name": "Bo"})
	x := addRow(t, a, data.KindAccount, data.Values{"name": "X", "owner": ann})
	y := addRow(t, a, data.KindAccount, data.Values{"name": "Y", "owner": ann})
	z := addRow(t, a, data.KindAccount, data.Values{"name": "Z", "owner": ann})
	path := editedSheet(t, a, data.KindAccount, eachRow(func(row map[string]string) {
		row["phone"] = "1"
		switch row["name"] {
		case "X":
			row["owner"] = "Bo"
		case "Z":
			row["owner"] = ""
		}
	}))
	setRow(t, a, data.KindPerson, ann, data.Values{"name": "Ann Berg"})
	if f := applyFile(t, a, path, PlanOptions{}); f.Changed != 3 {
		t.Errorf("%+v", f)
	}
	for id, want := range map[data.ID]data.ID{x: bo, y: ann, z: data.NoID} {
		if row := getRow(t, a, data.KindAccount, id); row.Ref("owner") != want {
			t.Errorf("%s: owner %v, want %v", row.Title(), row.Ref("owner"), want)
		}
	}
}

// Rows that were added have no id; the file again makes no second ones. Rows
// that were taken out stay, rows deleted in the book stay deleted.
func TestRowsAddedTakenOutAndDeleted(t *testing.T) {
	a := exportBook(t, "a.book")
	kept := addRow(t, a, data.KindAccount, data.Values{"name": "Kept", "city": "Oslo"})
	gone := addRow(t, a, data.KindAccount, data.Values{"name": "Gone"})
	edited := addRow(t, a, data.KindAccount, data.Values{"name": "Edited"})
	path := editedSheet(t, a, data.KindAccount, func(rows []map[string]string) []map[string]string {
		rows = slices.DeleteFunc(rows, func(row map[string]string) bool { return row["name"] == "Kept" })
		eachRow(func(row map[string]string) {
			if row["name"] == "Edited" {
				row["city"] = "Hamar"
			}
		})(rows)
		return append(rows, map[string]string{"name": "Added", "city": "Molde"}, map[string]string{"id": "nonsense", "name": "Odd"})
	})
	if err := a.Records.Remove(t.Context(), data.KindAccount, []data.ID{gone, edited}); err != nil {
		t.Fatal(err)
	}
	f := applyFile(t, a, path, PlanOptions{})
	if f.Rows != 4 || f.New != 1 || f.Unchanged != 2 || f.SetAside != 1 || len(f.Clashes) != 1 {
		t.Errorf("%+v", f)
	}
	if f = applyFile(t, a, path, PlanOptions{}); f.New != 0 || f.Unchanged != 3 {
		t.Errorf("again: %+v", f)
	}
	getRow(t, a, data.KindAccount, kept)
	for _, id := range []data.ID{gone, edited} {
		if _, err := a.Records.Get(t.Context(), data.KindAccount, id); data.KindOf(err) != data.NotFound {
			t.Errorf("came back: %v", err)
		}
	}
	if f = applyFile(t, a, path, PlanOptions{Clash: ClashSheet}); f.New != 2 {
		t.Errorf("the sheet's: %+v", f)
	}
	if row := getRow(t, a, data.KindAccount, edited); row.Text("city") != "Hamar" {
		t.Errorf("%+v", row.Values)
	}
}

// What an undo took out comes in again.
func TestAnUndoneImportComesInAgain(t *testing.T) {
	a, b := exportBook(t, "a.book"), exportBook(t, "b.book")
	addRow(t, a, data.KindAccount, data.Values{"name": "Acme"})
	path := editedSheet(t, a, data.KindAccount, eachRow(func(map[string]string) {}))
	if f := applyFile(t, b, path, PlanOptions{}); f.New != 1 {
		t.Fatalf("%+v", f)
	}
	if _, err := b.Journal.Undo(t.Context(), data.NoID); err != nil {
		t.Fatal(err)
	}
	if f := applyFile(t, b, path, PlanOptions{}); f.New != 1 {
		t.Errorf("%+v", f)
	}
}

// A spreadsheet program drops the zeros that a text begins with and changes
// line ends; nobody edited that.
func TestWhatSpreadsheetsChangeIsNoEdit(t *testing.T) {
	a := exportBook(t, "a.book")
	id := addRow(t, a, data.KindAccount, data.Values{"name": "Acme", "external_id": "000123", "phone": "+4722334455", "postal_code": "0150", "note": "a\nb"})
	path := editedSheet(t, a, data.KindAccount, eachRow(func(row map[string]string) {
		row["external_id"], row["phone"], row["postal_code"], row["note"], row["city"] = "123", "4722334455", "150", "a\r\nb", "Oslo"
	}))
	if f := applyFile(t, a, path, PlanOptions{}); f.Changed != 1 || len(f.Mended) != 3 {
		t.Errorf("%+v", f)
	}
	row := getRow(t, a, data.KindAccount, id)
	if row.Text("external_id") != "000123" || row.Text("phone") != "+4722334455" || row.Text("postal_code") != "0150" || row.Text("city") != "Oslo" || row.Text("note") != "a\nb" {
		t.Errorf("%+v", row.Values)
	}
}

// Columns may be taken out and added; a file that was cut down is still known.
func TestCutDownSheet(t *testing.T) {
	a := exportBook(t, "a.book")
	id := addRow(t, a, data.KindContact, data.Values{"name": "Ann", "title": "Boss", "phone": "1"})
	row := getRow(t, a, data.KindContact, id)
	version := newRowVersion(row.Kind).of(row.Values)
	path := importFile(t, "remark,version,phone,id\nhm,"+version+",2,"+id.String()+"\n")[0]
	f := applyFile(t, a, path, PlanOptions{})
	if f.Kind != data.KindContact || f.Source != SourceOwn || f.Changed != 1 {
		t.Fatalf("%+v", f)
	}
	if row := getRow(t, a, data.KindContact, id); row.Text("phone") != "2" || row.Text("title") != "Boss" {
		t.Errorf("%+v", row.Values)
	}
}
