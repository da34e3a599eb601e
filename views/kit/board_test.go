package kit_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// boardDesk shows a board of six columns of 180 px at 1112 × 600.
func boardDesk(t *testing.T, source *sampleBoard, opts kit.BoardOptions) (*kittest.Hand, *kit.Board) {
	t.Helper()
	kittest.App(t, false)
	b := kit.NewBoard(source, opts)
	return desk(t, b, 1120, 600), b
}

// card is the middle of card i of a column.
func card(column, i int) fyne.Position {
	return fyne.NewPos(80+187.3*float32(column), 66+44+95*float32(i))
}

func TestBoardDragMovesACard(t *testing.T) {
	var moves [][2]string
	var hints []string
	h, _ := boardDesk(t, board6(20), kit.BoardOptions{
		OnMove: func(key, to string) { moves = append(moves, [2]string{key, to}) },
		Hint: func(key, to string) *kit.DropHint {
			hints = append(hints, to)
			return &kit.DropHint{Title: "Leave " + key, Checks: []kit.DropCheck{{Text: "Budget"}}}
		},
	})
	h.Drag(card(1, 2), card(4, 1))
	if want := [][2]string{{"1-2", "Negotiation"}}; !slices.Equal(moves, want) {
		t.Errorf("moved %v, want %v", moves, want)
	}
	if !slices.Contains(hints, "Negotiation") {
		t.Errorf("hints for %v", hints)
	}
	h.Drag(card(1, 2), card(1, 4))
	if len(moves) != 1 {
		t.Errorf("a drop in the same column moves: %v", moves)
	}
}

// hold presses a card and drags it without letting go.
func hold(b *kit.Board, from, to fyne.Position) fyne.Draggable {
	for _, o := range kittest.FindAll[fyne.Draggable](b) {
		body, ok := o.(desktop.Mouseable)
		if !ok {
			continue
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o.(fyne.CanvasObject))
		if in := from.Subtract(at); in.X >= 0 && in.X < o.(fyne.CanvasObject).Size().Width {
			down := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
			down.Position, down.AbsolutePosition = in, from
			body.MouseDown(down)
			o.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: to, Position: to.Subtract(at)}})
			return o
		}
	}
	return nil
}

func TestBoardEscapeTakesADragBack(t *testing.T) {
	moved := 0
	h, b := boardDesk(t, board6(20), kit.BoardOptions{OnMove: func(string, string) { moved++ }})
	held := hold(b, card(1, 1), card(3, 1))
	if !kittest.Shows(b, "Moving") {
		t.Error("the card's place is not marked while it moves")
	}
	h.Key(fyne.KeyEscape)
	if kittest.Shows(b, "Moving") {
		t.Error("Escape leaves the ghost")
	}
	held.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: card(4, 1)}})
	held.DragEnd()
	if moved != 0 {
		t.Error("the card moved after Escape")
	}
}

func TestBoardDragLooks(t *testing.T) {
	for theme, dark := range map[string]bool{"light": false, "dark": true} {
		kittest.App(t, dark)
		b := kit.NewBoard(board6(6), kit.BoardOptions{Hint: func(string, string) *kit.DropHint {
			return &kit.DropHint{
				Title: "Leave Proposal", Caption: "Exit criteria, checked now", Badge: "2 of 3",
				Checks: []kit.DropCheck{{Text: "Quote sent and opened", Met: true}, {Text: "Budget owner named", Met: true}, {Text: "Decision date agreed"}},
				Note:   "Dropping here asks for the decision date, or a reason to go without it.",
			}
		}})
		h := desk(t, kit.MinBox(fyne.NewSize(1120, 600), kit.Fill(kit.ColorBg), b), 1120, 600)
		hold(b, card(3, 2), card(4, 2).AddXY(-40, 20))
		kittest.GoldenImage(t, "board-drag-"+theme, h.Window.Canvas().Capture())
	}
}

func TestBoardKeyboard(t *testing.T) {
	var opened, moved []string
	h, b := boardDesk(t, board6(20), kit.BoardOptions{
		OnOpen: func(key string) { opened = append(opened, key) },
		OnMove: func(key, to string) { moved = append(moved, key+" "+to) },
	})
	h.Window.Canvas().Focus(b)
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn} {
		h.Key(key)
	}
	if !slices.Equal(opened, []string{"1-2"}) {
		t.Errorf("opened %v", opened)
	}
	h.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierControl})
	h.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierControl})
	if want := []string{"1-2 Prospecting", "1-2 Discovery"}; !slices.Equal(moved, want) {
		t.Errorf("moved %v, want %v", moved, want)
	}
	h.Key(fyne.KeyEnd)
	if b.Selected() != "1-19" {
		t.Errorf("End selects %s", b.Selected())
	}
	h.DoubleClick(card(2, 1))
	if opened[len(opened)-1] != "2-1" {
		t.Errorf("a double click opens %v", opened)
	}
}

func TestBoardReadsOnlyWhatIsVisible(t *testing.T) {
	source := board6(5000)
	h, b := boardDesk(t, source, kit.BoardOptions{})
	source.calls = 0
	b.Refresh()
	h.Scroll(card(2, 2), 0, -4000)
	if source.calls > 500 {
		t.Errorf("%d cards read for one screen", source.calls)
	}
	if source.calls == 0 {
		t.Error("scrolling shows no other cards")
	}
}

func TestBoardScrollsAtTheEdgeWhileHeld(t *testing.T) {
	queue := &kittest.Queue{}
	source := board6(200)
	_, b := boardDesk(t, source, kit.BoardOptions{Runner: queue})
	held := hold(b, card(1, 1), fyne.NewPos(card(3, 0).X, 560))
	for range 60 {
		queue.Pass()
	}
	far := false
	for _, text := range kittest.Texts(b) {
		far = far || text == "57 d in stage" // card 8, below the fold at first
	}
	held.DragEnd()
	if !far {
		t.Error("the column did not scroll")
	}
}
