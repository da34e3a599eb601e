package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// BenchmarkBoardScroll turns the wheel over one of six columns of 5,000 cards.
func BenchmarkBoardScroll(b *testing.B) {
	kittest.App(b, false)
	board := kit.NewBoard(board6(5000), kit.BoardOptions{})
	h := &kittest.Hand{Window: kittest.Window(b, board, 1120, 700)}
	at, down := card(2, 2), float32(-40)
	for i := 0; b.Loop(); i++ {
		if i%1000 == 999 {
			down = -down
		}
		h.Scroll(at, 0, down)
	}
}

// BenchmarkBoardRefresh draws all six columns anew, as each step of a drag does
// at most.
func BenchmarkBoardRefresh(b *testing.B) {
	kittest.App(b, false)
	board := kit.NewBoard(board6(5000), kit.BoardOptions{})
	kittest.Window(b, board, 1120, 700).Resize(fyne.NewSize(1120, 700))
	for b.Loop() {
		board.Refresh()
	}
}
