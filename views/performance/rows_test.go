package performance

import "testing"

func TestLinkOfNoMark(t *testing.T) {
	var l links
	for _, key := range []string{"", "x", "-1", "0"} {
		if _, ok := l.find(key); ok {
			t.Errorf("%q leads somewhere", key)
		}
	}
}
