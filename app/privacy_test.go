package app

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
)

const forgotten = "Zdenka Quux"

// withForgotten is a book with members in which Zdenka Quux, a rep of Max's,
// joined, has a deal, and is spoken of; Max joined too.
func withForgotten(t *testing.T) (lea, zdenka, max *office) {
	t.Helper()
	lea = founded(t)
	lea.add(data.KindPerson, map[string]string{"name": forgotten, "role": "rep", "manager": "Max", "email": "zq@secret.example", "phone": "99999991", "external_id": "EMP-99999992"})
	lea.add(data.KindDeal, map[string]string{"name": "Pumps", "owner": forgotten, "stage": "Qualification", "amount": "100"})
	lea.add(data.KindAccount, map[string]string{"name": "Dun", "note": "ask " + forgotten + " first"})
	zdenka = lea.joined(forgotten)
	if err := zdenka.set(data.KindDeal, "Pumps", map[string]string{"amount": "150"}); err != nil {
		t.Fatal(err)
	}
	lea.merge(zdenka.share("Lea", ""))
	max = lea.joined("Max")
	lea.merge(max.share("Lea", ""))
	return lea, zdenka, max
}

// traces are the words of the person that the files of a book hold.
func (m *office) traces() []string {
	m.t.Helper()
	var out []string
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(m.path() + end)
		if err != nil {
			m.t.Fatal(err)
		}
		for _, word := range []string{"secret.example", "99999991", "99999992", "99999993", forgotten} {
			if bytes.Contains(b, []byte(word)) {
				out = append(out, word)
			}
		}
	}
	return out
}

func TestAboutTellsEverything(t *testing.T) {
	ctx := context.Background()
	lea, _, _ := withForgotten(t)
	id := lea.find(data.KindPerson, forgotten).ID
	path := filepath.Join(lea.dir, "about.json")
	if _, err := lea.app.Privacy.Export(ctx, "people", id, path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got About
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if got.Name != forgotten || !slices.Contains(got.Fields, AboutField{"email", "Email", "zq@secret.example"}) || len(got.History) < 5 {
		t.Errorf("%s: %+v, %d changes", got.Name, got.Fields, len(got.History))
	}
	linked := map[string]int{}
	for _, l := range got.Links {
		linked[l.Kind+"."+l.Field] = len(l.Rows)
	}
	if linked["deal.owner"] != 1 || linked["device.person"] == 0 {
		t.Errorf("links %v", linked)
	}
	if len(got.Did) == 0 || got.Did[0].Device != forgotten+"'s laptop" {
		t.Errorf("acts %+v", got.Did)
	}
	if len(got.Mentions) != 1 || got.Mentions[0].Name != "Dun" || got.Mentions[0].Field != "note" {
		t.Errorf("mentions %+v", got.Mentions)
	}
	if _, err := lea.app.Privacy.About(ctx, data.KindDeal, id); data.KindOf(err) != data.Invalid {
		t.Errorf("about a deal: %v", err)
	}
}

func TestEraseAPersonEverywhere(t *testing.T) {
	ctx := context.Background()
	lea, zdenka, max := withForgotten(t)
	id := lea.find(data.KindPerson, forgotten).ID
	zdenka.share("Lea", "")
	what, err := lea.app.Privacy.EraseWhat(ctx, data.KindPerson, id)
	if err != nil {
		t.Fatal(err)
	}
	goes := map[string]string{}
	for _, g := range what.Goes {
		goes[g.Kind+"."+g.Field] = g.Value
	}
	if goes["person.name"] != forgotten || goes["person.phone"] != "99999991" || goes["device.name"] == "" || goes["person.role"] != "" {
		t.Errorf("goes %v", goes)
	}
	stays := map[string]int{}
	for _, s := range what.Stays {
		stays[s.What] = max1(s.Count)
	}
	for _, want := range []string{StayLinks, StayWork, StayActs, StayHash, StayGiven, StayMentions} {
		if stays[want] == 0 {
			t.Errorf("%q is not said to stay", want)
		}
	}
	if row, err := lea.app.Records.Get(ctx, data.KindPerson, id); err != nil || row.Text("name") != forgotten {
		t.Fatalf("the preview changed %v (%v)", row.Values, err)
	}

	if _, err := lea.app.Privacy.Erase(ctx, data.KindPerson, id, "zdenka quux asked"); data.KindOf(err) != data.Invalid {
		t.Errorf("a reason with the name: %v", err)
	}
	if _, err := max.app.Privacy.EraseWhat(ctx, data.KindPerson, id); data.KindOf(err) != data.Refused {
		t.Errorf("a manager's preview: %v", err)
	}
	if _, err := max.app.Privacy.Erase(ctx, data.KindPerson, id, "x"); data.KindOf(err) != data.Refused {
		t.Errorf("a manager's erasure: %v", err)
	}
	me, err := lea.app.Me(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lea.app.Privacy.EraseWhat(ctx, data.KindPerson, me.ID); data.KindOf(err) != data.Refused {
		t.Errorf("erasing oneself: %v", err)
	}

	// Somebody's text stays for a person to change.
	if err := lea.set(data.KindAccount, "Dun", map[string]string{"note": ""}); err != nil {
		t.Fatal(err)
	}
	if _, err := lea.app.Privacy.Erase(ctx, data.KindPerson, id, "asked for it"); err != nil {
		t.Fatal(err)
	}
	lea.sound()
	name := data.ErasedName(data.KindPerson, id)
	if got := lea.find(data.KindDeal, "Pumps").Labels["owner"]; got != name {
		t.Errorf("the deal is %q's", got)
	}
	if got := lea.traces(); !slices.Equal(got, []string{forgotten}) {
		t.Errorf("left are %q; the note of an account is all that may be", got)
	}
	if _, err := lea.app.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if got := lea.find(data.KindPerson, name).Text("name"); got != name {
		t.Errorf("undo made it %q", got)
	}
	again, err := lea.app.Privacy.Erase(ctx, data.KindPerson, id, "once more")
	if err != nil || len(again.Goes) != 0 {
		t.Errorf("once more: %+v %v", again, err)
	}
	about, err := lea.app.Privacy.About(ctx, data.KindPerson, id)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(about)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"secret.example", "99999991", "laptop"} {
		if strings.Contains(string(text), word) {
			t.Errorf("%q is still told", word)
		}
	}

	// It reaches others, and a file from before brings nothing back.
	max.merge(lea.share("Max", ""))
	max.sound()
	if got := max.traces(); !slices.Equal(got, []string{forgotten}) && len(got) > 0 {
		t.Errorf("left with Max are %q", got)
	}
	if got := max.find(data.KindDeal, "Pumps").Labels["owner"]; got != name {
		t.Errorf("with Max the deal is %q's", got)
	}
	if err := zdenka.set(data.KindPerson, forgotten, map[string]string{"phone": "99999993"}); err != nil {
		t.Fatal(err)
	}
	lea.merge(zdenka.share("Lea", ""))
	lea.sound()
	if row := lea.find(data.KindPerson, name); row.Has("phone") {
		t.Errorf("the phone came back: %v", row.Values)
	}
}

func max1(n int) int { return max(1, n) }

// What was refused and waits for a lead's word holds the data, too.
func TestEraseReachesTheQuarantine(t *testing.T) {
	ctx := context.Background()
	lea, _, max := withForgotten(t)
	id := lea.find(data.KindPerson, forgotten).ID
	var device data.ID
	members, err := lea.app.Members.List(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range members {
		for _, d := range m.Devices {
			if m.Person.Title() == "Max" {
				device = d.ID
			}
		}
	}
	if err := lea.app.Members.Revoke(ctx, device); err != nil {
		t.Fatal(err)
	}
	if err := max.set(data.KindPerson, forgotten, map[string]string{"phone": "99999993"}); err != nil {
		t.Fatal(err)
	}
	lea.merge(max.share("Lea", ""))
	if held, err := lea.app.Members.Quarantine(ctx); err != nil || len(held) != 1 {
		t.Fatalf("held %+v (%v)", held, err)
	}
	if err := lea.set(data.KindAccount, "Dun", map[string]string{"note": ""}); err != nil {
		t.Fatal(err)
	}
	if _, err := lea.app.Privacy.Erase(ctx, data.KindPerson, id, "asked for it"); err != nil {
		t.Fatal(err)
	}
	if err := max.set(data.KindPerson, forgotten, map[string]string{"phone": "+99999993"}); err != nil {
		t.Fatal(err)
	}
	lea.merge(max.share("Lea", ""))
	lea.sound()
	if got := lea.traces(); slices.Contains(got, "99999993") || slices.Contains(got, "99999991") {
		t.Errorf("left are %q", got)
	}
	held, err := lea.app.Members.Quarantine(ctx)
	if err != nil || len(held) == 0 {
		t.Fatalf("held %+v (%v)", held, err)
	}
	if err := lea.app.Members.Accept(ctx, held); err != nil && data.KindOf(err) != data.Refused {
		t.Errorf("accepting what is left of it: %v", err)
	}
	lea.sound()
}
