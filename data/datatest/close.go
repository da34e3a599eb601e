package datatest

import (
	"io"
	"testing"
)

// Close closes what a test has opened when the test ends; that it fails fails
// the test.
func Close(t testing.TB, c io.Closer) {
	t.Helper()
	t.Cleanup(func() {
		t.Helper()
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
}
