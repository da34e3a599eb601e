package kit_test

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

type loaderBench struct {
	*kittest.Queue
	loader *kit.Loader
	body   *kit.Text
	window fyne.Window
}

func newLoaderBench(t *testing.T) *loaderBench {
	t.Helper()
	kittest.App(t, false)
	b := &loaderBench{Queue: &kittest.Queue{}, body: kit.Body("")}
	b.loader = kit.NewLoader(kit.LoaderOptions{Context: t.Context(), Runner: b.Queue, Content: b.body})
	b.window = kittest.Window(t, b.loader, 400, 200)
	return b
}

func (b *loaderBench) load(text string, err error) {
	kit.Load(b.loader, func(context.Context) (string, error) { return text, err }, b.body.SetText)
}

func TestLoaderShowsThatItLoads(t *testing.T) {
	b := newLoaderBench(t)
	b.load("twelve deals", nil)
	if kittest.Shows(b.loader, "Loading") {
		t.Error("a quick load flashes")
	}
	b.Pass()
	if !kittest.Shows(b.loader, "Loading") {
		t.Error("a slow load does not show")
	}
	b.RunAll()
	if kittest.Shows(b.loader, "Loading") || !kittest.Shows(b.loader, "twelve deals") {
		t.Errorf("shows %v", kittest.Texts(b.loader))
	}
}

func TestLoaderDropsLateResults(t *testing.T) {
	b := newLoaderBench(t)
	cancelled := false
	kit.Load(b.loader, func(ctx context.Context) (string, error) {
		cancelled = ctx.Err() != nil
		return "old", nil
	}, b.body.SetText)
	b.load("new", nil)
	b.Run(1) // the newer load ends first
	b.Run(0)
	if !cancelled {
		t.Error("the older load is not cancelled")
	}
	if b.body.Text() != "new" || b.loader.Busy() {
		t.Errorf("shows %q, busy %v", b.body.Text(), b.loader.Busy())
	}
}

func TestLoaderFailureKeepsTheContent(t *testing.T) {
	b := newLoaderBench(t)
	b.load("twelve deals", nil)
	b.RunAll()
	fail := true
	kit.Load(b.loader, func(context.Context) (string, error) {
		if fail {
			return "", &data.Error{Msg: "The book is in use elsewhere. Nothing was changed; close it there.", Err: errors.New("locked")}
		}
		return "thirteen deals", nil
	}, b.body.SetText)
	b.RunAll()
	if b.loader.Failure() == "" || !kittest.Shows(b.loader, "twelve deals") {
		t.Fatalf("shows %v", kittest.Texts(b.loader))
	}
	kittest.Golden(t, "loader-failed", b.loader, fyne.NewSize(560, 120))
	fail = false
	kittest.Button(b.loader, "Try again").Tapped(nil)
	b.RunAll()
	if b.loader.Failure() != "" || b.body.Text() != "thirteen deals" {
		t.Errorf("after the retry: failure %q, text %q", b.loader.Failure(), b.body.Text())
	}
}

func TestLoaderWordsForUnknownErrors(t *testing.T) {
	b := newLoaderBench(t)
	b.load("", errors.New("sql: broken"))
	b.RunAll()
	if got := b.loader.Failure(); got != "This could not be loaded. Nothing was changed." {
		t.Errorf("failure %q", got)
	}
	b.load("", context.Canceled)
	b.loader.Cancel()
	b.RunAll()
	if b.loader.Busy() {
		t.Error("busy after a cancel")
	}
}
