package app

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// TestHostileNumbers: ops that no Fieldbook writes, in a file that is otherwise
// as it should be.
func TestHostileNumbers(t *testing.T) {
	w := testCrew(t)
	lines := w.edits()
	at := lineOf(lines) + 1
	seq := regexp.MustCompile(`"seq":[0-9]+`)
	over := regexp.MustCompile(`"overwrites":\{[^}]*\}`)
	under := regexp.MustCompile(`"under":\[[^}]*\]\]`)
	own := regexp.MustCompile(`"replica":([0-9]+)`).FindStringSubmatch(lines[at])[1]
	number := strings.TrimPrefix(seq.FindString(lines[at]), `"seq":`)
	dots := func(list string) func(string) string {
		return func(l string) string { return over.ReplaceAllString(l, `"overwrites":{"next_step":[`+list+`]}`) }
	}
	if !over.MatchString(lines[at]) {
		t.Fatal(lines[at])
	}
	for name, c := range map[string]struct {
		change func(string) string
		kind   data.ErrorKind
		words  string
	}{
		"seq 0":                      {func(l string) string { return seq.ReplaceAllString(l, `"seq":0`) }, data.Invalid, "numbered 0"},
		"seq 2^53":                   {func(l string) string { return seq.ReplaceAllString(l, `"seq":9007199254740992`) }, data.Invalid, "no Fieldbook writes"},
		"seq 2^63":                   {func(l string) string { return seq.ReplaceAllString(l, `"seq":9223372036854775808`) }, data.Invalid, "out of range"},
		"seq 2^64":                   {func(l string) string { return seq.ReplaceAllString(l, `"seq":18446744073709551616`) }, data.Invalid, "out of range"},
		"overwrites itself":          {dots("[" + own + "," + number + "]"), data.Invalid, "cannot know"},
		"overwrites its own future":  {dots("[" + own + ",900000]"), data.Invalid, "cannot know"},
		"overwrites seq 2^63":        {dots("[" + own + ",9223372036854775808]"), data.Invalid, "out of range"},
		"overwrites 10,001 others":   {dots(strings.Repeat("[0,1],", 10_000) + "[0,1]"), data.Invalid, "more changes than"},
		"overwrites a million":       {dots(strings.Repeat("[0,1],", 1_000_000) + "[0,1]"), data.Refused, "longer line"},
		"stands on its own future":   {func(l string) string { return under.ReplaceAllString(l, `"under":[[`+own+`,900000]]`) }, data.Invalid, "cannot know"},
		"a number of its act's none": {func(l string) string { return seq.ReplaceAllString(l, `"seq":900000`) }, data.Invalid, "that its act does not have"},
	} {
		t.Run(name, func(t *testing.T) {
			bent := slices.Clone(lines)
			if bent[at] = c.change(lines[at]); bent[at] == lines[at] {
				t.Fatal("the line stayed as it was")
			}
			w.refuses(t, w.sent("Ada", bent), c.kind, c.words)
		})
	}
	stamp := regexp.MustCompile(`"stamp":[0-9]+`)
	for name, text := range map[string]string{"2^63": `"stamp":9223372036854775808`, "below 0": `"stamp":-1`} {
		bent := slices.Clone(lines)
		bent[at-1] = stamp.ReplaceAllString(bent[at-1], text)
		t.Run("a time "+name, func(t *testing.T) { w.refuses(t, w.sent("Ada", bent), data.Invalid, "out of range") })
	}
	if out, err := w.receives("Lea", w.sent("Ada", lines)); err != nil || out.Files[0].Changed != 1 {
		t.Errorf("the file itself: %+v, %v", out, err)
	}
}

// TestHostileDotsCollide: another change under a number that is taken, by what
// counts or by what is in quarantine.
func TestHostileDotsCollide(t *testing.T) {
	w := testCrew(t)
	bob := w.at("Bob")
	dot := oplog.Dot{Replica: oplog.ReplicaID(w.keyOf("Bob").Public(), data.NewID()), Seq: 1}
	if _, err := w.receives("Lea", w.bobs(w.activity(dot), oplog.Txn{})); err != nil {
		t.Fatal(err)
	}
	const words = "another change under a number that this book knows already"
	w.refuses(t, w.bobs(w.activity(dot), oplog.Txn{}), data.Invalid, words)

	dot.Seq = 2
	first := w.edited(data.KindPerson, "Bob", "role", `"lead"`)
	first.Dot = dot
	w.keepsAside(t, w.bobs(first, oplog.Txn{}), "role")
	for name, op := range map[string]*oplog.Op{
		"counts":         w.activity(dot),
		"is refused too": w.edited(data.KindPerson, "Bob", "role", `"manager"`),
	} {
		op.Dot = dot
		t.Run("in quarantine, and "+name, func(t *testing.T) { w.refuses(t, w.bobs(op, oplog.Txn{}), data.Invalid, words) })
	}
	// The same op in another act of the device is another change.
	same := w.edited(data.KindPerson, "Bob", "role", `"lead"`)
	same.Dot = dot
	w.refuses(t, w.bobs(same, oplog.Txn{Stamp: oplog.NewStamp(bob.Now() + 5)}), data.Invalid, words)
}

// TestHostileYear9999: a clock that is off by thousands of years is no reason to
// refuse what it stamped; it is told, and drags no other clock along.
func TestHostileYear9999(t *testing.T) {
	w := testCrew(t)
	late := oplog.NewStamp(data.InstantOf(time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)))
	out, err := w.receives("Lea", w.bobs(w.activity(oplog.Dot{}), oplog.Txn{Stamp: late}))
	if err != nil || out.Files[0].New != 1 || len(out.Files[0].Warnings) != 1 || !strings.Contains(out.Files[0].Warnings[0], "ahead") {
		t.Fatalf("%+v, %v", out, err)
	}
	w.changes("Lea", data.KindDeal, "Bob's deal", data.Values{"next_step": "today"})
	if act := w.lastAct(w.at("Lea")); act.Stamp.Instant().Time().Year() != 2026 {
		t.Errorf("Lea's clock was dragged to %v", act.Stamp.Instant().Time())
	}
	w.agree("Lea")
}

// TestHostileOverwrites: what overwrites a change that is not there yet, or one
// of another record, or goes in a circle, reaches no further than its author's rights.
func TestHostileOverwrites(t *testing.T) {
	w := testCrew(t)
	deal, err := w.at("Lea").Records.Find(context.Background(), data.KindDeal, "Bob's deal")
	w.must(err)
	lea := w.at("Lea").store.ReplicaID()
	// Bob, of his own deal: all that Lea will ever do.
	op := w.edited(data.KindDeal, "Bob's deal", "next_step", `{"next_step":"mine"}`)
	var future []oplog.Dot
	for i := range uint64(100) {
		future = append(future, oplog.Dot{Replica: lea, Seq: 1 + i})
	}
	op.Cells["next_step"] = oplog.Cell{Value: op.Cells["next_step"].Value, Overwrites: future}
	file := w.bobs(op, oplog.Txn{})
	if _, err := w.receives("Lin", file); err != nil {
		t.Fatal(err)
	}
	w.changes("Lea", data.KindDeal, "Ada's deal", data.Values{"next_step": "Lea's word"})
	w.changes("Lea", data.KindDeal, "Bob's deal", data.Values{"amount": int64(7)})
	w.passes("Lea", "Lin", true)
	if _, err := w.receives("Lea", file); err != nil {
		t.Fatal(err)
	}
	w.agree("Lea", "Lin")
	if got := w.sees("Lin", data.KindDeal, "Ada's deal", "next_step"); got != "Lea's word" {
		t.Errorf("of Ada's deal Lin sees %v", got)
	}
	if got := w.sees("Lin", data.KindDeal, "Bob's deal", "amount"); got != int64(7) {
		t.Errorf("of Bob's deal Lin sees %v", got)
	}

	// Two of his that overwrite each other leave the cell to who comes next.
	a := oplog.Dot{Replica: oplog.ReplicaID(w.keyOf("Bob").Public(), data.NewID()), Seq: 1}
	b := oplog.Dot{Replica: oplog.ReplicaID(w.keyOf("Bob").Public(), data.NewID()), Seq: 1}
	var circle []string
	for _, dots := range [][2]oplog.Dot{{a, b}, {b, a}} {
		op := w.edited(data.KindDeal, "Bob's deal", "next_step", fmt.Sprintf(`{"next_step":"%d"}`, len(circle)))
		op.Dot, op.Row = dots[0], deal.ID
		op.Cells["next_step"] = oplog.Cell{Value: op.Cells["next_step"].Value, Overwrites: append(slices.Clone(future), dots[1])}
		m := w.at("Bob")
		path := w.file()
		rights, err := m.store.Rights(context.Background())
		w.must(err)
		w.must(forgeAct(m.App, path, op, oplog.Txn{Name: "Bob", Stamp: oplog.NewStamp(m.Now()), Basis: rights.Heads()}))
		circle = append(circle, path)
	}
	for _, path := range circle {
		if _, err := w.receives("Lea", path); err != nil {
			t.Fatal(err)
		}
	}
	slices.Reverse(circle)
	if _, err := w.receives("Lin", circle...); err != nil {
		t.Fatal(err)
	}
	w.agree("Lea", "Lin")
	w.changes("Lea", data.KindDeal, "Bob's deal", data.Values{"next_step": "goes on"})
	if got := w.sees("Lea", data.KindDeal, "Bob's deal", "next_step"); got != "goes on" {
		t.Errorf("Lea sees %v", got)
	}
	w.agree("Lea")
}
