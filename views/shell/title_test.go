package shell

import (
	"testing"

	"fieldbook/views/kit"
)

func TestTitleRowLeavesRoomInANarrowWindow(t *testing.T) {
	sh := window(t, t.TempDir())
	if err := sh.createBook(kit.Values{"name": "x", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range Screens() {
		sh.session.show(name)
		if wide := sh.session.frame.title.MinSize().Width; wide > 848 {
			t.Errorf("%s: the title row needs %v of the 848 beside the rail in a window of 1000", name, wide)
		}
	}
}
