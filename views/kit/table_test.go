package kit_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// bench is a table in a window with a hand over it.
type bench struct {
	*kittest.Hand
	table  *kit.Table
	sorted []kit.SortKey
	states []kit.TableState
	opened []int
	menus  []int
}

const (
	firstRowY = 28 + 14 // the middle of row 0
	tableW    = 1160
	tableH    = 28 + 10*28 // ten rows below the header
)

func newBench(t *testing.T, change func(*kit.TableOptions)) *bench {
	t.Helper()
	kittest.App(t, false)
	b := &bench{}
	opts := kit.TableOptions{
		Columns: dealColumns(), Rows: dealRows(100), Select: kit.SelectMany, Check: true,
		OnSort:  func(keys []kit.SortKey) { b.sorted = keys },
		OnState: func(s kit.TableState) { b.states = append(b.states, s) },
		OnOpen:  func(row int) { b.opened = append(b.opened, row) },
		OnMenu:  func(row int, _ fyne.Position) { b.menus = append(b.menus, row) },
	}
	if change != nil {
		change(&opts)
	}
	b.table = kit.NewTable(opts)
	b.Hand = &kittest.Hand{Window: kittest.Window(t, b.table, tableW, tableH)}
	return b
}

func (b *bench) head(t *testing.T, title string) fyne.Position {
	t.Helper()
	at, ok := kittest.At(b.table, title)
	if !ok {
		t.Fatalf("no header %q among %v", title, kittest.Texts(b.table))
	}
	return at
}

func rowAt(row int) fyne.Position { return fyne.NewPos(100, firstRowY+28*float32(row)) }

func (b *bench) selected() []int { return slices.Collect(b.table.Selection().Rows()) }

func (b *bench) wantSelected(t *testing.T, want ...int) {
	t.Helper()
	if got := b.selected(); !slices.Equal(got, want) {
		t.Errorf("selected rows %v, want %v", got, want)
	}
}

func TestSortCycle(t *testing.T) {
	b := newBench(t, nil)
	want := func(keys ...kit.SortKey) {
		t.Helper()
		if !slices.Equal(b.sorted, keys) {
			t.Errorf("sorted by %v, want %v", b.sorted, keys)
		}
	}
	b.Click(b.head(t, "Account"))
	want(kit.SortKey{Key: "account"})
	b.Click(b.head(t, "Account"))
	want(kit.SortKey{Key: "account", Desc: true})
	b.Click(b.head(t, "Account"))
	want()
	b.Click(b.head(t, "Value")) // figures begin with the highest
	want(kit.SortKey{Key: "value", Desc: true})
	b.Click(b.head(t, "In stage"), fyne.KeyModifierShift)
	want(kit.SortKey{Key: "value", Desc: true}, kit.SortKey{Key: "age"})
	if !kittest.Shows(b.table, "1") || !kittest.Shows(b.table, "2") {
		t.Error("the headers do not number the sort keys")
	}
	b.Click(b.head(t, "Owner")) // a plain click starts anew
	want(kit.SortKey{Key: "owner"})
	b.Click(b.head(t, "Next step")) // not sortable
	want(kit.SortKey{Key: "owner"})
}

func TestSelectByMouse(t *testing.T) {
	b := newBench(t, nil)
	b.Click(rowAt(2))
	b.wantSelected(t, 2)
	b.Click(rowAt(5), fyne.KeyModifierShift)
	b.wantSelected(t, 2, 3, 4, 5)
	b.Click(rowAt(7), fyne.KeyModifierShortcutDefault)
	b.wantSelected(t, 2, 3, 4, 5, 7)
	b.Click(rowAt(3), fyne.KeyModifierShortcutDefault)
	b.wantSelected(t, 2, 4, 5, 7)
	check := func(row int) fyne.Position { return fyne.NewPos(18, firstRowY+28*float32(row)) }
	b.Click(check(0))
	b.wantSelected(t, 0, 2, 4, 5, 7)
	b.Click(check(2))
	b.wantSelected(t, 0, 4, 5, 7)
	all := fyne.NewPos(18, 14)
	b.Click(all)
	if n := b.table.Selection().Count(); n != 100 {
		t.Errorf("the header's box selects %d rows, want 100", n)
	}
	b.Click(all)
	b.wantSelected(t)
}

func TestSelectByKeys(t *testing.T) {
	b := newBench(t, nil)
	b.Click(rowAt(0))
	b.Key(fyne.KeyDown)
	b.Key(fyne.KeyDown)
	b.wantSelected(t, 2)
	b.Key(fyne.KeyDown, fyne.KeyModifierShift)
	b.Key(fyne.KeyDown, fyne.KeyModifierShift)
	b.wantSelected(t, 2, 3, 4)
	b.Key(fyne.KeyUp, fyne.KeyModifierShift)
	b.wantSelected(t, 2, 3)
	b.Key(fyne.KeySpace)
	b.wantSelected(t, 2)
	b.Key(fyne.KeyPageDown)
	b.wantSelected(t, 12)
	b.Key(fyne.KeyEnd)
	b.wantSelected(t, 99)
	if !kittest.Shows(b.table, "Nov 16") { // row 99
		t.Error("End does not scroll to the last row")
	}
	b.Key(fyne.KeyHome)
	b.wantSelected(t, 0)
	b.Key(fyne.KeyPageUp)
	b.wantSelected(t, 0)
	b.Shortcut(&fyne.ShortcutSelectAll{})
	if n := b.table.Selection().Count(); n != 100 {
		t.Errorf("Ctrl+A selects %d rows, want 100", n)
	}
	b.Key(fyne.KeyEscape)
	b.wantSelected(t)
}

func TestOpenAndMenu(t *testing.T) {
	b := newBench(t, nil)
	b.DoubleClick(rowAt(3))
	b.Click(rowAt(4))
	b.Key(fyne.KeyReturn)
	if !slices.Equal(b.opened, []int{3, 4}) {
		t.Errorf("opened %v, want rows 3 and 4", b.opened)
	}
	b.RightClick(rowAt(6))
	b.wantSelected(t, 6)
	if !slices.Equal(b.menus, []int{6}) {
		t.Errorf("menus of %v, want row 6", b.menus)
	}
}

func TestCopyIsTabSeparated(t *testing.T) {
	b := newBench(t, func(o *kit.TableOptions) {
		o.Columns = o.Columns[:4]
		rows := dealRows(3)
		rows[1].Cells[0].Text = "Two\tparts \"quoted\""
		o.Rows = rows
	})
	b.Click(rowAt(0))
	b.Click(rowAt(1), fyne.KeyModifierShift)
	b.Shortcut(&fyne.ShortcutCopy{})
	want := "Account\tOwner\tStage\tValue\n" +
		"Brightwater\tAda Lindqvist\tProspecting\t1000\n" +
		"\"Two\tparts \"\"quoted\"\"\"\tBen Okafor\tDiscovery\t1137\n"
	got := fyne.CurrentApp().Clipboard().Content()
	if got != want {
		t.Errorf("copied %q\nwant   %q", got, want)
	}
	parsed := kit.ParseTSV(got)
	if len(parsed) != 3 || parsed[2][0] != "Two\tparts \"quoted\"" || parsed[2][3] != "1137" {
		t.Errorf("what was copied is read back as %q", parsed)
	}
}

func TestResizeColumn(t *testing.T) {
	b := newBench(t, func(o *kit.TableOptions) { o.Columns[0].Grow = 0 })
	edge := fyne.NewPos(34+150, 14) // of the first column
	b.Drag(edge, edge.AddXY(60, 0))
	if got := b.table.State().Widths["account"]; got != 210 {
		t.Errorf("the column is %v wide, want 210", got)
	}
	b.Drag(edge.AddXY(60, 0), edge.AddXY(-400, 0))
	if got := b.table.State().Widths["account"]; got != 40 {
		t.Errorf("the column is %v wide, want its least width 40", got)
	}
	if len(b.states) != 2 {
		t.Errorf("the state was told %d times, want once a drag", len(b.states))
	}
}

func TestMoveAndHideColumns(t *testing.T) {
	b := newBench(t, nil)
	b.Drag(b.head(t, "In stage"), b.head(t, "Account").AddXY(-10, 0))
	order := b.table.State().Order
	if !slices.Equal(order[:3], []string{"age", "account", "owner"}) {
		t.Errorf("columns stand as %v after the drag", order)
	}
	if len(b.sorted) != 0 {
		t.Error("a drag of a header sorted")
	}
	for _, item := range b.table.ColumnItems() {
		switch item.Label {
		case "Owner", "Note":
			item.Action()
		case "Account":
			if !item.Disabled {
				t.Error("a fixed column can be hidden")
			}
		}
	}
	if kittest.Shows(b.table, "Owner") || !kittest.Shows(b.table, "Note") {
		t.Errorf("hidden columns are %v", b.table.State().Hidden)
	}
	again := kit.NewTable(kit.TableOptions{Columns: dealColumns(), State: b.table.State()})
	if got := again.State().Order; !slices.Equal(got, order) {
		t.Errorf("the state is not kept: %v, want %v", got, order)
	}
	items := b.table.ColumnItems()
	items[len(items)-1].Action()
	if got := b.table.State().Order[0]; got != "account" || !slices.Equal(b.table.State().Hidden, []string{"note"}) {
		t.Errorf("the columns are not as they were: %+v", b.table.State())
	}
}

func TestStateOfOlderColumns(t *testing.T) {
	kittest.App(t, false)
	table := kit.NewTable(kit.TableOptions{Columns: dealColumns(), State: kit.TableState{
		Order: []string{"value", "gone", "account"}, Hidden: []string{"gone"}, Sort: []kit.SortKey{{Key: "gone"}},
	}})
	s := table.State()
	if !slices.Equal(s.Order[:3], []string{"value", "account", "owner"}) || len(s.Sort) != 0 || len(s.Order) != 10 {
		t.Errorf("state %+v", s)
	}
}

func TestSetTitle(t *testing.T) {
	b := newBench(t, nil)
	b.table.SetTitle("account", "Account 2027")
	b.table.SetTitle("gone", "Never seen")
	if !kittest.Shows(b.table, "Account 2027") || kittest.Shows(b.table, "Never seen") {
		t.Errorf("the heads are %v", kittest.Texts(b.table))
	}
}

func TestScrolling(t *testing.T) {
	b := newBench(t, nil)
	b.Scroll(rowAt(3), 0, -28) // three notches of a row
	if kittest.Shows(b.table, "Nov 3") || !kittest.Shows(b.table, "Nov 4") {
		t.Errorf("wheel: %v", kittest.Texts(b.table))
	}
	b.Drag(fyne.NewPos(tableW-3, 60), fyne.NewPos(tableW-3, 600))
	if !kittest.Shows(b.table, "Nov 16") {
		t.Error("the scroll bar does not reach the last row")
	}
}

func TestSelectionFollowsRows(t *testing.T) {
	b := newBench(t, nil)
	b.Click(rowAt(2))
	rows := dealRows(100)
	slices.Reverse(rows)
	b.table.SetRows(rows)
	b.wantSelected(t, 97)
	b.table.SetRows(dealRows(2))
	b.wantSelected(t)
}

func TestTreeAndHeadings(t *testing.T) {
	var expanded []int
	kittest.App(t, false)
	table := kit.NewTable(kit.TableOptions{
		Columns:  []kit.Column{{Key: "name", Width: 200}},
		OnExpand: func(row int) { expanded = append(expanded, row) },
		Rows: kit.SliceRows{
			{Group: true, Cells: []kit.Cell{{Text: "Central"}}},
			{Cells: []kit.Cell{{Text: "Ada", Tree: kit.TreeClosed}}},
			{Cells: []kit.Cell{{Text: "Ben", Level: 1, Tree: kit.TreeOpen}}},
		},
	})
	hand := &kittest.Hand{Window: kittest.Window(t, table, 300, 200)}
	hand.Click(fyne.NewPos(14, firstRowY+28))
	hand.Click(fyne.NewPos(34, firstRowY+56))
	hand.Click(fyne.NewPos(100, firstRowY+28))
	hand.Key(fyne.KeyRight)
	hand.Key(fyne.KeyLeft)
	if !slices.Equal(expanded, []int{1, 2, 1}) {
		t.Errorf("expanded %v, want 1, 2 by click and 1 by key", expanded)
	}
	hand.Key(fyne.KeyUp) // the heading cannot be reached
	hand.Click(fyne.NewPos(100, firstRowY))
	if got := slices.Collect(table.Selection().Rows()); !slices.Equal(got, []int{1}) {
		t.Errorf("selected %v, want row 1", got)
	}
}

func TestFilterOfHoveredHeader(t *testing.T) {
	var asked string
	b := newBench(t, func(o *kit.TableOptions) {
		o.OnFilter = func(key string, _ fyne.Position) { asked = key }
	})
	owner := b.head(t, "Owner")
	b.Move(owner)
	width := kit.Measure("Owner", kit.SizeCaption, false)
	b.Click(owner.AddXY(width/2+10, 0))
	if asked != "owner" || len(b.sorted) != 0 {
		t.Errorf("asked for the filter of %q, sorted by %v", asked, b.sorted)
	}
}

// A name gives way to a short remark such as how many others there are.
func TestShortSubTextIsKept(t *testing.T) {
	kittest.App(t, false)
	rows := kit.SliceRows{{ID: "1", Cells: []kit.Cell{{Text: "Violet Mclelland", Sub: "+10"}}}, {ID: "2", Cells: []kit.Cell{{Text: "Violet Mclelland", Sub: "since last week"}}}}
	table := kit.NewTable(kit.TableOptions{Columns: []kit.Column{{Key: "who", Title: "Who", Width: 115, Fixed: true}}, Rows: rows})
	kittest.Window(t, table, 115, 120)
	texts := kittest.Texts(table)
	if !slices.Contains(texts, "+10") || !slices.Contains(texts, "Violet Mclelland") || slices.Contains(texts, "since last week") {
		t.Errorf("shown: %q", texts)
	}
}

// TestFigureTooWideForItsColumn: it is set smaller, and where it cannot be read so
// no part of it stands for the whole.
func TestFigureTooWideForItsColumn(t *testing.T) {
	for width, want := range map[float32]string{120: "1,087,368", 62: "1,087,368", 30: "…"} {
		kittest.App(t, false)
		table := kit.NewTable(kit.TableOptions{
			Columns: []kit.Column{{Key: "won", Width: width, Min: 20, Fixed: true, Align: fyne.TextAlignTrailing}},
			Rows:    kit.SliceRows{{Bold: true, Cells: []kit.Cell{{Text: "1,087,368"}}}},
		})
		kittest.Window(t, table, width, 200)
		if !kittest.Shows(table, want) {
			t.Errorf("%v wide it shows %q, not %s", width, kittest.Texts(table), want)
		}
	}
}

// TestTicksStay: where boxes mean something by themselves, going through the
// rows and opening or editing one changes none of them.
func TestTicksStay(t *testing.T) {
	b := newBench(t, func(o *kit.TableOptions) { o.Ticks = true })
	for _, row := range []int{0, 2} {
		b.Click(fyne.NewPos(18, firstRowY+28*float32(row)))
	}
	b.wantSelected(t, 0, 2)
	b.Click(rowAt(4))
	b.Key(fyne.KeyDown)
	b.Key(fyne.KeyEscape)
	b.wantSelected(t, 0, 2)
	b.Key(fyne.KeySpace)
	b.wantSelected(t, 0, 2, 5)
}
