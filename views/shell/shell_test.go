package shell

import (
	"testing"

	"fieldbook/assets"
)

func TestEveryEntryIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range entries() {
		if e.name == "" || e.label == "" || e.make == nil || seen[e.name] {
			t.Errorf("entry %+v is not whole or stands twice", e.name)
		}
		seen[e.name] = true
		if assets.Icon(e.icon) == nil {
			t.Errorf("%s: no icon %q", e.name, e.icon)
		}
	}
}
