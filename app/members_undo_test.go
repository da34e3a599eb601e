package app

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"fieldbook/data"
)

// TestUndoOfAMergeKeepsWhatOthersDecide: a rep takes a merge back as far as she
// may change what it brought; the rest stays and is listed.
func TestUndoOfAMergeKeepsWhatOthersDecide(t *testing.T) {
	lea := founded(t)
	ada := lea.joined("Ada")
	lea.merge(ada.share("Lea", ""))
	quota := lea.quotaOf("Ada")
	if err := lea.app.Records.Set(context.Background(), data.KindQuota, []data.ID{quota.ID}, data.Values{"amount": int64(500)}); err != nil {
		t.Fatal(err)
	}
	if err := lea.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "900"}); err != nil {
		t.Fatal(err)
	}
	ada.merge(lea.share("Ada", ""))
	u, err := ada.app.Journal.Undo(context.Background(), data.NoID)
	if err != nil {
		t.Fatal(err)
	}
	if u.Rows != 1 || len(u.Kept) != 1 || u.Kept[0] != quota.ID {
		t.Errorf("put back %d, kept %v", u.Rows, u.Kept)
	}
	if got := ada.find(data.KindDeal, "Ada's deal").Values["amount"]; got != int64(10000) {
		t.Errorf("her deal: %v", got)
	}
	if got := ada.quotaOf("Ada").Values["amount"]; got != int64(500) {
		t.Errorf("her quota: %v", got)
	}
	ada.sound()
	if f := lea.merge(ada.share("Lea", "")).Files[0]; f.Refused > 0 {
		t.Errorf("the undo travels: %+v", f)
	}
}

// TestCtrlZPassesOverTheMergeThatMadeTheBook: on a lead's new computer nothing
// is left to undo, so that nobody's records go by one key too many.
func TestCtrlZPassesOverTheMergeThatMadeTheBook(t *testing.T) {
	lea := founded(t)
	ada := lea.joined("Ada")
	if u, err := ada.app.Journal.Undo(context.Background(), data.NoID); data.KindOf(err) != data.NotFound {
		t.Errorf("undone: %+v %v", u, err)
	}
	ada.find(data.KindDeal, "Ada's deal")
}

func (m *office) quotaOf(name string) data.Row {
	m.t.Helper()
	rows, err := m.app.Records.List(context.Background(), data.Query{Kind: data.KindQuota, Where: []data.Filter{{Field: "person", Test: data.Is, Values: []data.Value{m.find(data.KindPerson, name).ID}}}})
	if err != nil || len(rows) != 1 {
		m.t.Fatalf("%d quotas of %s (%v)", len(rows), name, err)
	}
	return rows[0]
}

func TestAPartOfTheBookStaysOne(t *testing.T) {
	lea := founded(t)
	ada := lea.joined("Ada")
	ctx := context.Background()
	part := func(m *office) string {
		m.t.Helper()
		p, err := m.app.Sharing.Part(ctx)
		if err != nil {
			m.t.Fatal(err)
		}
		return p
	}
	lea.merge(ada.share("Lea", ""))
	if got := part(ada); got != "rep" {
		t.Errorf("Ada's book is %q", got)
	}
	if got := part(lea); got != "" {
		t.Errorf("Lea's whole book became %q by what came", got)
	}
	if out, err := ada.app.Sharing.Estimate(ctx, ShareOptions{Everything: true}); err != nil || out.Scope != "rep" || out.Bytes == 0 {
		t.Errorf("all that Ada holds: %+v (%v)", out, err)
	}
}

// TestAPersonHasSeveralDevices: a second computer of a member joins by an
// invitation that she writes herself, and both may do what she may.
func TestAPersonHasSeveralDevices(t *testing.T) {
	lea := founded(t)
	ada := lea.joined("Ada")
	ctx := context.Background()
	path := filepath.Join(ada.dir, "second.fieldbook")
	if _, err := ada.app.Sharing.Share(ctx, path, ShareOptions{To: ada.find(data.KindPerson, "Ada").ID, Passphrase: "six words", Invite: true}); err != nil {
		t.Fatal(err)
	}
	second := newOffice(t, "ada's desk")
	_, err := Receive(ctx, Received{Book: second.path(), Paths: []string{path}, MergeOptions: MergeOptions{Passphrase: "six words"}}, second.cfg)
	if err != nil {
		t.Fatal(err)
	}
	second.open()
	if err := second.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "700"}); err != nil {
		t.Fatal(err)
	}
	if f := lea.merge(second.share("Lea", "")).Files[0]; f.Refused > 0 || lea.find(data.KindDeal, "Ada's deal").Values["amount"] != int64(70000) {
		t.Errorf("from her second computer: %+v", f)
	}
	_, err = ada.app.Sharing.Share(ctx, filepath.Join(ada.dir, "other.fieldbook"), ShareOptions{To: ada.find(data.KindPerson, "Bob").ID, Passphrase: "six words"})
	if !refused(err, "not yours") {
		t.Errorf("a rep invites a colleague: %v", err)
	}
}

// TestUndoOfAMergeExpelsNobody: the devices that a merge brought stay members.
func TestUndoOfAMergeExpelsNobody(t *testing.T) {
	lea := founded(t)
	ada := lea.joined("Ada")
	if err := ada.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "800"}); err != nil {
		t.Fatal(err)
	}
	lea.merge(ada.share("Lea", ""))
	if _, err := lea.app.Journal.Undo(context.Background(), data.NoID); err != nil {
		t.Fatal(err)
	}
	if got := lea.find(data.KindDeal, "Ada's deal").Values["amount"]; got != int64(10000) {
		t.Errorf("her deal after the undo: %v", got)
	}
	ada.merge(lea.share("Ada", "")) // she hears of the undo
	if err := ada.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "850"}); err != nil {
		t.Fatal(err)
	}
	if f := lea.merge(ada.share("Lea", "")).Files[0]; f.Refused > 0 {
		t.Errorf("after an undo of the merge that brought her computer: %+v", f)
	}
	lea.sound()
}

// TestUndoOfAMergeThatBroughtMembersExpelsNobody: a lead who joins and takes back,
// by name, what she joined by leaves everybody a person of the book with his role, so that
// leads can go on sealing files for each other.
func TestUndoOfAMergeThatBroughtMembersExpelsNobody(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	lea.add(data.KindPerson, map[string]string{"name": "Lin", "role": "lead"})
	guest := lea.add(data.KindPerson, map[string]string{"name": "Guest", "role": "rep"})
	ada := lea.joined("Ada")
	lin := lea.joined("Lin")
	steps, err := lin.app.Journal.Steps(ctx, 1)
	if err != nil || len(steps) != 1 {
		t.Fatal(steps, err)
	}
	u, err := lin.app.Journal.Undo(ctx, steps[0].Txn)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(u.Kept, guest) || !slices.Contains(u.Kept, ada.find(data.KindPerson, "Ada").ID) {
		t.Errorf("kept %v", u.Kept)
	}
	lea.merge(lin.share("Lea", ""))
	for _, m := range []*office{lea, lin} {
		if got, want := m.titles(data.KindPerson), []string{"Ada", "Lea", "Lin"}; !slices.Equal(got, want) {
			t.Errorf("people after the undo: %q, not %q", got, want)
		}
		m.sound()
	}
	lin.merge(lea.share("Lin", ""))
	if f := lea.merge(ada.share("Lea", "")).Files[0]; f.Refused > 0 {
		t.Errorf("from Ada, whom the merge brought: %+v", f)
	}
	if _, err := lin.app.Journal.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	lin.merge(lea.share("Lin", ""))
	lea.merge(lin.share("Lea", ""))
	if !slices.Equal(lea.dump(), lin.dump()) || lea.find(data.KindPerson, "Guest").ID != guest {
		t.Error("the books differ once it is brought back")
	}
}

// TestUndoOfAnEntryExpelsNobody: who has joined since he was entered stays.
func TestUndoOfAnEntryExpelsNobody(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	id := lea.add(data.KindPerson, map[string]string{"name": "Eve", "role": "rep"})
	steps, err := lea.app.Journal.Steps(ctx, 1)
	if err != nil || len(steps) != 1 {
		t.Fatal(steps, err)
	}
	eve := lea.joined("Eve")
	lea.merge(eve.share("Lea", ""))
	u, err := lea.app.Journal.Undo(ctx, steps[0].Txn)
	if err != nil || !slices.Equal(u.Kept, []data.ID{id}) || u.Rows != 0 {
		t.Errorf("put back %d, kept %v (%v)", u.Rows, u.Kept, err)
	}
	eve.merge(lea.share("Eve", ""))
	lea.sound()
}
