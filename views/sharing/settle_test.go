package sharing

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestAConflictIsSettledInEveryWay clicks through the inbox: theirs, back
// again, both, another value, all at once, and what is left after closing.
func TestAConflictIsSettledInEveryWay(t *testing.T) {
	kittest.App(t, false)
	p := newPair(t)
	d := p.window()
	s := d.Screen.(*Screen)
	s.Open(kit.Target{Paths: []string{p.part()}})
	must(t, d.Do("Merge"), "no merge", d)

	must(t, d.Tap("Bluth"), "the conflict cannot be chosen", d)
	must(t, d.Press("Keep theirs") && len(d.Failed) == 0, "theirs cannot be kept", d)
	must(t, p.deal("Bluth").Text("note") == "theirs" && !waits(s, "Bluth"), "theirs is not kept", d)
	must(t, d.Tap("Note of Bluth") && d.Press("Decide again") && len(d.Failed) == 0, "what was decided cannot be taken back", d)
	must(t, waits(s, "Bluth"), "undo does not bring the conflict back", d)

	must(t, d.Tap("Bluth") && d.Press("Keep both") && len(d.Failed) == 0, "both cannot be kept", d)
	must(t, p.deal("Bluth").Text("note") == "Mia Moss: ours\n\nAda Berg: theirs", "both are not kept", d)

	must(t, d.Tap("Rangreen") && d.Press("Edit"), "no other value can be typed", d)
	d.Shortcut(&fyne.ShortcutSelectAll{})
	d.Type("5000")
	must(t, d.Press("Keep this") && len(d.Failed) == 0, "another value cannot be kept", d)
	must(t, p.deal("Rangreen").Int("amount") == 500000 && p.deal("Rangreen").Text("currency") == "USD", "another value is not kept", d)

	must(t, d.Press("Keep all mine") && len(d.Failed) == 0, "not all can be settled at once", d)
	must(t, len(s.state.clashes) == 0 && p.deal("Rangreen").Text("next_step") == "Send revised quote", "mine is not kept in all", d)
	_, err := p.desk.Journal.Undo(context.Background(), data.NoID)
	p.check(err)
	must(t, waits(s, "Rangreen"), "the last step cannot be undone", d)

	again, err := app.OpenReadOnly(context.Background(), p.desk.Book().Path, p.config("desk"))
	p.check(err)
	left, err := again.Journal.Clashes(context.Background())
	p.check(err)
	if len(left) != 1 || left[0].Name != "Rangreen" || len(left[0].Fields) != 1 {
		t.Errorf("opened again, the inbox holds %+v", left)
	}
	p.check(again.Close())
}

func waits(s *Screen, name string) bool {
	for _, c := range s.state.clashes {
		if c.Name == name {
			return true
		}
	}
	return false
}

func TestTheInboxIsNarrowedToAField(t *testing.T) {
	kittest.App(t, false)
	p := newPair(t)
	theirs := p.part()
	if _, err := p.desk.Sharing.Merge(context.Background(), []string{theirs}, app.MergeOptions{}); err != nil {
		t.Fatal(err)
	}
	d := p.window()
	s := d.Screen.(*Screen)
	s.pickField([]string{data.KindDeal + "/Note"})
	must(t, kittest.Shows(d.Root(), "Bluth") && !kittest.Shows(d.Root(), "Rangreen"), "other fields are shown", d)
	must(t, d.Press("Keep all theirs") && len(d.Failed) == 0, "no settling by field", d)
	must(t, len(s.state.clashes) == 1 && p.deal("Bluth").Text("note") == "theirs", "settled is not the field alone", d)
}
