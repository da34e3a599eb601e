package kit_test

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// dealColumns and dealRows make up a pipeline in which every kind of cell occurs.
func dealColumns() []kit.Column {
	const right = fyne.TextAlignTrailing
	return []kit.Column{
		{Key: "account", Title: "Account", Width: 150, Sort: true, Filter: true, Fixed: true, Grow: 1},
		{Key: "owner", Title: "Owner", Width: 140, Sort: true, Filter: true},
		{Key: "stage", Title: "Stage", Width: 140, Sort: true},
		{Key: "value", Title: "Value", Width: 80, Align: right, Sort: true, DescFirst: true, Edit: true},
		{Key: "pace", Title: "Of pace", Width: 80, Align: right, Sort: true},
		{Key: "close", Title: "Close", Width: 80, Align: right, Sort: true},
		{Key: "age", Title: "In stage", Width: 110, Align: right, Sort: true},
		{Key: "bar", Title: "Against quota", Width: 150},
		{Key: "next", Title: "Next step", Width: 130, Filter: true},
		{Key: "note", Title: "Note", Width: 120, Hidden: true},
	}
}

func dealRow(i int) kit.Row {
	names := []string{"Brightwater", "Cedar Works", "Dunmore Supply with a name too long to fit", "Eastline", "Fairholm"}
	stages := []string{"Prospecting", "Discovery", "Proposal", "Negotiation", "Close"}
	owners := []string{"Ada Lindqvist", "Ben Okafor", "Carla Mendes"}
	account := kit.Cell{Text: names[i%5]}
	if i%5 == 3 {
		account = kit.Cell{Text: "No account", Color: kit.ColorWarn}
	}
	if i%7 == 2 {
		account.Tag = kit.Pill{Text: "new"}
	}
	age := kit.Cell{Text: strconv.Itoa(i*7%60) + " d"}
	if i*7%60 > 40 {
		age.Color, age.Tag = kit.ColorWarn, kit.Pill{Text: "stalled", Color: kit.ColorWarn, Bg: kit.ColorWarnBg}
	}
	pace := kit.Cell{Text: strconv.Itoa(80+i%40) + "%", Icon: kit.MarkUp, Color: kit.ColorGood}
	if i%2 == 1 {
		pace = kit.Cell{Text: strconv.Itoa(80-i%40) + "%", Icon: kit.MarkDown, Color: kit.ColorBad}
	}
	next := kit.Cell{Text: "Quote call", Icon: "phone"}
	if i%4 == 1 {
		next = kit.Cell{Text: "No next step", Icon: "warn", Color: kit.ColorWarn}
	}
	return kit.Row{ID: "deal-" + strconv.Itoa(i), Cells: []kit.Cell{
		account,
		{Text: owners[i%3], Sub: "team " + strconv.Itoa(i%3+1)},
		{Text: stages[i%5], Dots: kit.Dots{N: i%5 + 2, Of: 6}},
		{Text: strconv.Itoa(1000+i*137%4000) + ".00", Copy: strconv.Itoa(1000 + i*137%4000)},
		pace,
		{Text: "Nov " + strconv.Itoa(i%28+1), Mark: map[bool]kit.Token{true: kit.ColorOrange}[i%6 == 5]},
		age,
		{Bar: &kit.Bar{Done: float64(i%10) / 8, Expected: 0.43, Full: 0.9}},
		next,
		{Text: "note " + strconv.Itoa(i)},
	}}
}

func dealRows(n int) kit.SliceRows {
	rows := make(kit.SliceRows, n)
	for i := range rows {
		rows[i] = dealRow(i)
	}
	return rows
}

func bothThemes(t *testing.T, name string, make func() fyne.CanvasObject, size fyne.Size) {
	t.Helper()
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			kittest.App(t, theme == "dark")
			kittest.Golden(t, name+"-"+theme, make(), size)
		})
	}
}

func TestGoldenFullTable(t *testing.T) {
	bothThemes(t, "table-full", func() fyne.CanvasObject {
		table := kit.NewTable(kit.TableOptions{
			Columns: dealColumns(), Rows: dealRows(120), Select: kit.SelectMany, Check: true,
			State: kit.TableState{Sort: []kit.SortKey{{Key: "close"}, {Key: "value", Desc: true}}},
		})
		table.SetFiltered("owner")
		table.Selection().Add(1, 3)
		table.Selection().Add(5, 6)
		table.SetTotals(kit.Row{Bold: true, Cells: []kit.Cell{
			{Text: "120 deals", Sub: "median 1,096, mean 2,482"}, {}, {}, {Text: "297,868.00"}, {}, {}, {Text: "36 stalled"}, {}, {Text: "24 without step"},
		}})
		return table
	}, fyne.NewSize(1120, 420))
}

func TestGoldenTree(t *testing.T) {
	bothThemes(t, "table-tree", func() fyne.CanvasObject {
		table := quotaTable()
		table.Resize(fyne.NewSize(560, 260))
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		table.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		for _, key := range []fyne.KeyName{fyne.KeyRight, fyne.KeyDown, fyne.KeyDown} {
			table.TypedKey(&fyne.KeyEvent{Name: key})
		}
		return table
	}, fyne.NewSize(560, 260))
}

// quotaTable is a tree of people by months in which cells are selected.
func quotaTable() *kit.Table {
	const right = fyne.TextAlignTrailing
	columns := []kit.Column{
		{Key: "person", Title: "Person", Width: 180, Fixed: true, Grow: 1},
		{Key: "jan", Title: "Jan", Width: 60, Align: right, Edit: true},
		{Key: "feb", Title: "Feb", Width: 60, Align: right, Edit: true},
		{Key: "mar", Title: "Mar", Width: 60, Align: right, Edit: true},
		{Key: "q1", Title: "Q1", Width: 70, Align: right, Shade: true},
		{Key: "year", Title: "2026", Width: 70, Align: right},
	}
	row := func(name string, level int, tree kit.TreeState) kit.Row {
		figures := func(s string) kit.Cell { return kit.Cell{Text: s} }
		return kit.Row{ID: name, Bold: level == 0, Cells: []kit.Cell{
			{Text: name, Level: level, Tree: tree},
			figures("12"), figures("35"), figures("41"),
			{Text: "108", Bold: true},
			figures("1,210"),
		}}
	}
	ramp := row("Dan Petrov", 2, kit.TreeLeaf)
	ramp.Cells[0].Tag = kit.Pill{Text: "ramp"}
	ramp.Cells[3].Mark = kit.ColorOrange
	table := kit.NewTable(kit.TableOptions{Columns: columns, Select: kit.SelectCells, Rows: kit.SliceRows{
		row("Central", 0, kit.TreeOpen), row("Ada Lindqvist", 1, kit.TreeOpen), row("Ben Okafor", 2, kit.TreeLeaf),
		ramp, row("Carla Mendes", 1, kit.TreeClosed), row("East", 0, kit.TreeClosed),
	}})
	table.SetTotals(row("Bottom-up sum", 0, kit.TreeLeaf), row("Gap", 0, kit.TreeLeaf))
	return table
}

func TestGoldenList(t *testing.T) {
	bothThemes(t, "table-list", func() fyne.CanvasObject {
		item := func(icon, what, who, amount, day string) kit.Row {
			return kit.Row{Cells: []kit.Cell{{Text: what, Sub: who, Icon: icon}, {Text: amount, Sub: day}}}
		}
		group := func(title, count string) kit.Row {
			return kit.Row{Group: true, Cells: []kit.Cell{{Text: title, Sub: count, Color: kit.ColorBad}}}
		}
		return kit.NewTable(kit.TableOptions{
			NoHeader: true, RowHeight: kit.HeightTwoLine,
			Columns: []kit.Column{{Key: "what", Width: 180, Grow: 1}, {Key: "amount", Width: 80, Align: fyne.TextAlignTrailing}},
			Rows: kit.SliceRows{
				group("Overdue", "2"),
				item("phone", "Brightwater, call back on price", "Ada, proposal", "5,482", "Nov 14"),
				item("mail", "Cedar Works, send the revised quote", "Ben, negotiation", "4,821", "Nov 15"),
			},
		})
	}, fyne.NewSize(316, 160))
}

func TestGoldenEmptyAndLoadingTable(t *testing.T) {
	bothThemes(t, "table-empty", func() fyne.CanvasObject {
		return kit.NewTable(kit.TableOptions{Columns: dealColumns(), Rows: kit.SliceRows{}, Empty: kit.Body("No deal matches this filter")})
	}, fyne.NewSize(900, 160))
	bothThemes(t, "table-loading", func() fyne.CanvasObject {
		return kit.NewTable(kit.TableOptions{Columns: dealColumns()})
	}, fyne.NewSize(900, 160))
}
