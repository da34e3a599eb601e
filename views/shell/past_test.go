package shell

import (
	"context"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/views/kit/kittest"
)

// TestEveryScreenShowsThePast looks at a past day from each screen, tries to
// change something there, and goes back to today.
func TestEveryScreenShowsThePast(t *testing.T) {
	now := clock()
	sh := ticking(t, &now)
	a, ctx := book(t, sh), context.Background()
	bo, err := a.Records.Add(ctx, data.KindPerson, data.Values{"name": "Bo Dahl", "role": data.RoleRep})
	if err != nil {
		t.Fatal(err)
	}
	north, err := a.Records.Add(ctx, data.KindTerritory, data.Values{"name": "Fjordland"})
	if err != nil {
		t.Fatal(err)
	}
	then := a.Today()
	now = now.Add(10 * 24 * time.Hour)
	for kind, rename := range map[string]data.ID{data.KindPerson: bo, data.KindTerritory: north} {
		if err := a.Records.Set(ctx, kind, []data.ID{rename}, data.Values{"name": "Another"}); err != nil {
			t.Fatal(err)
		}
	}
	s := sh.session
	s.view.Today, s.view.AsOf = a.Today(), a.Today()
	s.outdate([]string{s.current})
	look := func(day data.Day) {
		v := s.view
		v.AsOf = day
		s.setView(v)
	}
	look(then)
	for screen, want := range map[string]string{"roster": "Bo Dahl", "territories": "Fjordland"} {
		s.show(screen)
		mustShow(t, sh, want)
		mustShow(t, sh, "As of May 20, 2026: what was known then. Nothing can be changed here.")
		if sh.shows("Another") || sh.shows("Add a person") || sh.shows("Add a territory") {
			t.Errorf("%s in the past shows %q", screen, kittest.Texts(sh.window.Content()))
		}
	}
	for _, name := range Screens() {
		s.show(name)
	}
	before := count(t, a, data.Query{Kind: data.KindPerson, Where: []data.Filter{{Field: "name", Test: data.Is, Values: []data.Value{"Another"}}}})
	s.undo()
	if top := sh.window.Canvas().Overlays().Top(); top == nil {
		t.Error("undo in the past says nothing")
	} else {
		sh.window.Canvas().Overlays().Remove(top)
	}
	if n := count(t, a, data.Query{Kind: data.KindPerson, Where: []data.Filter{{Field: "name", Test: data.Is, Values: []data.Value{"Another"}}}}); n != before {
		t.Error("undo changed the book while the past was looked at")
	}
	s.show("roster")
	if b := kittest.Button(sh.window.Content(), "Back to today"); b == nil {
		t.Fatal("there is no way back")
	} else {
		b.Tapped(nil)
	}
	mustShow(t, sh, "Another")
	if sh.shows("Bo Dahl") || sh.shows("Back to today") || s.past != nil {
		t.Error("today still shows the past")
	}
	look(then)
	look(then.AddDays(2))
	mustShow(t, sh, "Bo Dahl")
	mustShow(t, sh, "As of May 22, 2026: what was known then. Nothing can be changed here.")
}
