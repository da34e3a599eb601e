package kit_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// fetched notes which pages were asked for and fetched to the end.
type fetched struct {
	from   []int
	loaded []int
	failed int
}

func newPages(t *testing.T, runner kit.Runner, fail *bool) (*kit.Pages[int], *fetched) {
	t.Helper()
	f := &fetched{}
	return kit.NewPages(kit.PagesOptions[int]{
		Context: t.Context(), Runner: runner,
		Fetch: func(ctx context.Context, from, n int) ([]int, error) {
			f.from = append(f.from, from)
			if *fail {
				return nil, errors.New("disk")
			}
			rows := make([]int, n)
			for i := range rows {
				rows[i] = from + i
			}
			return rows, ctx.Err()
		},
		OnLoaded: func(from, _ int) { f.loaded = append(f.loaded, from) },
		OnError:  func(error) { f.failed++ },
	}), f
}

func TestPagesFetchOnce(t *testing.T) {
	q := &kittest.Queue{}
	p, f := newPages(t, q, new(bool))
	for i := range 150 {
		if _, ok := p.At(i); ok {
			t.Fatal("a row is here before it was fetched")
		}
	}
	q.RunAll()
	if got, ok := p.At(142); !ok || got != 142 {
		t.Errorf("row 142 is %d, %v", got, ok)
	}
	if !slices.Equal(f.from, []int{0, 100}) || !slices.Equal(f.loaded, []int{0, 100}) {
		t.Errorf("fetched %v, told of %v", f.from, f.loaded)
	}
}

func TestPagesCancelWhatScrolledAway(t *testing.T) {
	q := &kittest.Queue{}
	p, f := newPages(t, q, new(bool))
	p.At(0)
	p.At(5000)
	p.Visible(5000, 5030)
	q.RunAll()
	if !slices.Equal(f.loaded, []int{5000}) {
		t.Errorf("pages at %v came, want only 5000", f.loaded)
	}
	p.At(0) // scrolled back
	q.RunAll()
	if got, ok := p.At(0); !ok || got != 0 {
		t.Error("a cancelled page does not come when asked again")
	}
}

func TestPagesHoldTheLastTwenty(t *testing.T) {
	p, f := newPages(t, kittest.Sync{}, new(bool))
	for page := range 21 {
		p.At(page * 100)
		p.At(100) // always wanted
	}
	n := len(f.from)
	p.At(100)
	if len(f.from) != n {
		t.Error("a page in use was dropped")
	}
	p.At(0)
	if len(f.from) != n+1 {
		t.Error("the oldest page was kept")
	}
	p.Reset()
	p.At(100)
	if len(f.from) != n+2 {
		t.Error("a reset keeps pages")
	}
}

func TestPagesFailOnceUntilAskedAgain(t *testing.T) {
	fail := true
	p, f := newPages(t, kittest.Sync{}, &fail)
	for range 3 {
		p.At(7)
	}
	if f.failed != 1 || len(f.from) != 1 {
		t.Errorf("%d failures of %d fetches, want one", f.failed, len(f.from))
	}
	fail = false
	p.Visible(900, 930)
	if got, ok := p.At(7); !ok || got != 7 {
		t.Error("a page that failed never comes")
	}
}

func TestTableShowsPagesAsTheyCome(t *testing.T) {
	kittest.App(t, false)
	q := &kittest.Queue{}
	var table *kit.Table
	pages := kit.NewPages(kit.PagesOptions[kit.Row]{
		Context: t.Context(), Runner: q,
		Fetch: func(_ context.Context, from, n int) ([]kit.Row, error) {
			return dealRows(from + n)[from:], nil
		},
		OnLoaded: func(from, to int) { table.RowsChanged(from, to) },
	})
	table = kit.NewTable(kit.TableOptions{Columns: dealColumns(), Rows: kit.PagedRows{Pages: pages, Count: 1_000_000}})
	kittest.Window(t, table, 1160, 300)
	if kittest.Shows(table, "Nov 1") {
		t.Fatal("rows are shown before they came")
	}
	q.RunAll()
	if !kittest.Shows(table, "Nov 1") {
		t.Errorf("rows that came are not shown: %v", kittest.Texts(table))
	}
	table.ScrollTo(999)
	q.RunAll()
	if !kittest.Shows(table, "Nov 20") { // row 999
		t.Error("the next page is not shown")
	}
}
