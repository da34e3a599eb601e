package shell

import "testing"

func TestTheMenuOffersNothingTwice(t *testing.T) {
	sh := window(t, t.TempDir())
	sh.openSample()
	for _, e := range sh.session.entries {
		sh.session.show(e.name)
		seen := map[string]bool{}
		for _, a := range sh.screenActions() {
			if seen[a.Text] {
				t.Errorf("%s offers %q twice", e.name, a.Text)
			}
			seen[a.Text] = true
		}
	}
}
