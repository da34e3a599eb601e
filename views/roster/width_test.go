package roster_test

import (
	"path/filepath"
	"testing"

	"fieldbook/views/kit/kittest"
)

// TestEveryFaceFitsALaptop: a face that asks for more than a small window has
// would push what stands at the right out of it, and keep it there.
func TestEveryFaceFitsALaptop(t *testing.T) {
	kittest.App(t, false)
	d, a := deskOf(t, filepath.Join(t.TempDir(), "r.book"), true)
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	const room = 1280 - 153 // beside the rail
	for _, face := range []string{"Show the roster as a tree", "Show hiring", "Show onboarding and training", "Show skills", "Show cases"} {
		if !d.Do(face) {
			t.Errorf("nothing is called %q", face)
		}
		if w := d.Screen.Content().MinSize().Width; w > room {
			t.Errorf("%s wants %v of %v", face, w, room)
		}
	}
}
