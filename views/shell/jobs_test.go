package shell

import (
	"context"
	"testing"
	"time"

	"fieldbook/views/kit/kittest"
)

// TestTheStatusBarTellsOfEveryRunningJob: one that ends leaves the other to be
// seen and cancelled.
func TestTheStatusBarTellsOfEveryRunningJob(t *testing.T) {
	now := time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)
	sh := ticking(t, &now)
	s := sh.session
	second := func(ctx context.Context, _ func(done, total int64)) error {
		mustShow(t, sh, "2 jobs running")
		mustShow(t, sh, "Finding plans")
		s.listJobs(s.frame.status)
		menu := sh.window.Canvas().Overlays().Top()
		if !kittest.Shows(menu, "Cancel: Reading a file") || !kittest.Shows(menu, "Cancel: Finding plans") {
			t.Errorf("the menu shows %q", kittest.Texts(menu))
		}
		sh.window.Canvas().Overlays().Remove(menu)
		return ctx.Err()
	}
	first := func(ctx context.Context, _ func(done, total int64)) error {
		s.job("Finding plans", second, nil)
		mustShow(t, sh, "Reading a file")
		if sh.shows("2 jobs running") {
			t.Error("a job that ended still counts")
		}
		return ctx.Err()
	}
	s.job("Reading a file", first, nil)
	if sh.shows("Cancel") {
		t.Errorf("nothing runs, and yet there is something to cancel: %q", kittest.Texts(sh.window.Content()))
	}
}
