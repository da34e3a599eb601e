package datatest

import (
	"io"
	"testing"
)

// Close closes what a test has opened when the test ends; that it fails fails
// the test.
func Close(tb testing.TB, c io.Closer) {
	tb.Helper()
	tb.Cleanup(func() {
		tb.Helper()
		if err := c.Close(); err != nil {
			tb.Error(err)
		}
	})
}
