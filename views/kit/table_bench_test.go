package kit_test

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// madeUp are rows that are made when asked for, as a full page cache gives them.
type madeUp struct {
	count int
	held  []kit.Row
}

func (m madeUp) Len() int                  { return m.count }
func (m madeUp) Row(i int) (kit.Row, bool) { return m.held[i%len(m.held)], true }

// BenchmarkScroll measures one notch of the wheel over tables of ten rows a
// page and a million.
func BenchmarkScroll(b *testing.B) {
	for _, count := range []int{1_000, 1_000_000} {
		b.Run(strconv.Itoa(count), func(b *testing.B) {
			kittest.App(b, false)
			table := kit.NewTable(kit.TableOptions{
				Columns: dealColumns(), Rows: madeUp{count, dealRows(500)}, Select: kit.SelectMany, Check: true,
			})
			kittest.Window(b, table, 1160, 800)
			down := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)}
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				if i%(count/4) == 0 {
					table.ScrollTo(0)
				}
				table.Scrolled(down)
			}
		})
	}
}

// BenchmarkPageJump measures drawing a whole other page.
func BenchmarkPageJump(b *testing.B) {
	kittest.App(b, false)
	table := kit.NewTable(kit.TableOptions{Columns: dealColumns(), Rows: madeUp{1_000_000, dealRows(500)}})
	kittest.Window(b, table, 1160, 800)
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		table.ScrollTo(i * 7919 % 1_000_000)
	}
}
