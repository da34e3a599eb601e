package clip

import (
	"testing"

	"fieldbook/data"
)

// Where the desktop has no program, the person is told what to do.
func TestNoProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if err := Picture(t.Context(), nil); data.KindOf(err) != data.Refused {
		t.Errorf("%v", err)
	}
}

func TestWaylandIsTriedFirst(t *testing.T) {
	if got := tools("linux", true)[0].name; got != "wl-copy" {
		t.Error(got)
	}
	if got := tools("linux", false)[0].name; got != "xclip" {
		t.Error(got)
	}
}
