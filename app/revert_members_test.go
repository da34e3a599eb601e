package app

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"fieldbook/data"
)

// TestARepPutsBackWhatIsHers: a day put back leaves what is not the person's to
// change, and says why; the rest goes back in one step.
func TestARepPutsBackWhatIsHers(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	ada := lea.joined("Ada")
	ada.add(data.KindAccount, map[string]string{"name": "Own", "owner": "Ada"})
	before := ada.dump()
	day := data.NewDay(2026, 3, 1) // before all of it
	plan, err := ada.app.Journal.RevertDay(ctx, day, true)
	if err != nil {
		t.Fatal(err)
	}
	done, err := ada.app.Journal.RevertDay(ctx, day, false)
	if err != nil || !reflect.DeepEqual(plan, done) {
		t.Fatalf("planned %+v, done %+v, %v", plan, done, err)
	}
	left := map[string]string{}
	for _, r := range done.Failed {
		left[r.Kind] = r.Why
	}
	for _, kind := range []string{data.KindDevice, data.KindQuota, data.KindPerson, data.KindStage} {
		if left[kind] == "" {
			t.Errorf("nothing is said of a %s that stays: %v", kind, left)
		}
	}
	own := slices.ContainsFunc(done.Rows, func(r RevertedRow) bool { return r.Kind == data.KindAccount && r.Name == "Own" })
	if _, refused := left[data.KindAccount]; !own && !refused {
		t.Errorf("her own account is neither put back nor listed: %+v", done)
	}
	if got := ada.titles(data.KindQuota); len(got) != 1 {
		t.Errorf("her quota went: %q", got)
	}
	ada.sound()
	if len(done.Rows) > 0 {
		if _, err := ada.app.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
	}
	if after := ada.dump(); !slices.Equal(before, after) {
		t.Errorf("undone there is\n%q\nbut there was\n%q", after, before)
	}
	ada.sound()
}

// TestARepUndoesHerOwnDeletion: also what undo does by sets of rows says whose
// they were.
func TestARepUndoesHerOwnDeletion(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	ada := lea.joined("Ada")
	id := ada.add(data.KindAccount, map[string]string{"name": "Own", "owner": "Ada"})
	before := ada.dump()
	if err := ada.app.Records.Remove(ctx, data.KindAccount, []data.ID{id}); err != nil {
		t.Fatal(err)
	}
	if _, err := ada.app.Journal.Undo(ctx, data.NoID); err != nil || !slices.Equal(before, ada.dump()) {
		t.Fatalf("%v, %q", err, ada.dump())
	}
	if _, err := ada.app.Journal.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	if f := lea.merge(ada.share("Lea", "")).Files[0]; f.Refused > 0 {
		t.Errorf("Lea's merge: %+v", f)
	}
}
