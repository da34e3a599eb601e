package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// slimBoard has one column of one card, and two places to drop it.
type slimBoard struct{}

func (slimBoard) Columns() []kit.BoardColumn {
	return []kit.BoardColumn{{Key: "open", Title: "Open", Count: "1"}, {Key: "won", Title: "Won", Slim: true}, {Key: "lost", Title: "Lost", Slim: true}}
}
func (slimBoard) Len(column int) int          { return map[int]int{0: 1}[column] }
func (slimBoard) Card(_, _ int) kit.BoardCard { return kit.BoardCard{Key: "a", Title: "Northwind"} }

func TestSlimColumnsTakeCards(t *testing.T) {
	kittest.App(t, false)
	var moved []string
	var keys []fyne.KeyName
	board := kit.NewBoard(slimBoard{}, kit.BoardOptions{
		OnMove: func(key, column string) { moved = append(moved, key+" "+column) },
		OnKey:  func(name fyne.KeyName) { keys = append(keys, name) },
	})
	hand := &kittest.Hand{Window: kittest.Window(t, board, 400, 400)}
	for _, name := range []string{"Won", "Lost"} {
		from, _ := kittest.At(board, "Northwind")
		to, ok := kittest.At(board, name)
		if !ok {
			t.Fatalf("%s is not to be seen", name)
		}
		hand.Drag(from, to)
	}
	if len(moved) != 2 || moved[0] != "a won" || moved[1] != "a lost" {
		t.Errorf("moved %v", moved)
	}
	hand.Key(fyne.KeyDelete)
	if len(keys) != 1 || keys[0] != fyne.KeyDelete {
		t.Errorf("handed on %v", keys)
	}
}
