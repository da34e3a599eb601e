package shell

import (
	"testing"

	"fieldbook/views/kit/kittest"
)

func TestNothingIsShownAfterTheEnd(t *testing.T) {
	queue := &kittest.Queue{}
	l := &lifeline{Runner: queue}
	shown := 0
	show := func() { shown++ }
	l.Do(show)
	l.Go(func() { l.Do(show) })
	l.After(0, show)
	l.end()
	queue.RunAll()
	queue.Pass()
	l.Do(show)
	if shown != 1 {
		t.Errorf("%d things were shown, one of them in time", shown)
	}
}
