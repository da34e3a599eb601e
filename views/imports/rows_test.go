package imports

import (
	"context"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func TestProblemsComeInTheOrderOfNeed(t *testing.T) {
	r := &app.FileResult{
		File:     "sales_pipeline.csv",
		Problems: []app.ImportProblem{{Line: 11, Column: "close_date", Value: "31/31", Why: "is not a day", Rows: 1}},
		Lacking:  []app.Lacking{{What: "no account", Rows: 1425}},
		Mended:   []app.Mended{{Column: "product", Value: "GTXPro", As: "GTX Pro", Rows: 1480}},
	}
	p := tally([]fileShown{{name: r.File, kind: data.KindDeal}}, []*app.FileResult{r})
	want := []struct {
		says, detail string
		tone         kit.Tone
	}{
		{"is not a day", "1 row", kit.ToneBad},
		{"no account", "1,425 rows, to fix after the import", kit.ToneWarn},
		{"GTXPro read as GTX Pro", "1,480 rows", kit.ToneGood},
	}
	for i, w := range want {
		if got := p.problems[i]; got.says != w.says || got.detail != w.detail || got.tone != w.tone || got.file != "sales_pipeline" {
			t.Errorf("%d: %+v", i, got)
		}
	}
	if !p.files[0].doubt || p.files[0].problems != 3 {
		t.Errorf("the file %+v", p.files[0])
	}
}

func TestFilesLeftOutDoNotCount(t *testing.T) {
	files := []fileShown{{name: "a.csv", kind: data.KindDeal}, {name: "b.csv", counts: counts{rows: 21}}}
	p := tally(files, []*app.FileResult{{File: "a.csv", Kind: data.KindDeal, Rows: 3, New: 2, SetAside: 1}, {File: "b.csv"}})
	if p.total != (counts{rows: 3, new: 2, aside: 1}) || p.kinds != 1 || p.files[1].rows != 21 {
		t.Errorf("%+v", p)
	}
}

func TestWordsOfTheWizard(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{kit.Thousands(0), "0"},
		{kit.Thousands(999), "999"},
		{kit.Thousands(8927), "8,927"},
		{kit.Thousands(1234567), "1,234,567"},
		{kindWord(data.KindStageEntry), "Stage entries"},
		{kindWord(""), "Not imported"},
		{delimiterWord("\t"), "Tab"},
		{delimiterWord("~"), "~"},
		{orderWord("day first"), "Day/month/year"},
		{orderWord("Excel day number"), "Excel day number"},
		{fieldLabel("fleet_size"), "Fleet size"},
		{fieldLabel("örtlich"), "Örtlich"},
		{fieldLabel("__"), "__"},
		{fileWords([]string{"/x/a.csv"}), "a.csv"},
		{fileWords([]string{"/x/a.csv", "b", "c"}), "a.csv and 2 more"},
		{doneWords(counts{new: 8927}), "8,927 new, 0 changed, 0 unchanged"},
		{doneWords(counts{aside: 2}), "0 new, 0 changed, 0 unchanged, 2 set aside"},
		{meaning(&app.StagePlan{Type: data.StageOpen, Probability: 25}), "open, 25%"},
		{meaning(&app.StagePlan{Type: data.StageLost}), "counts as lost"},
		{typeKey(data.TypeDay), "day"},
		{typeKey(data.TypeRef), "text"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

// Corrections made while a rehearsal runs are all made, and only the last
// rehearsal is shown.
func TestCorrectionsInHasteAreAllMade(t *testing.T) {
	kittest.App(t, false)
	d := desk(t, newBook(t))
	queue := &kittest.Queue{}
	d.Host.Runner = queue
	s := New(d.Host)
	d.Window.SetContent(s.Content())
	s.Open(kit.Target{Paths: []string{write(t, "accounts.csv", accountsCSV)}})
	queue.RunAll()
	s.setField(0, 1, keyLeaveOut)
	s.setField(0, 2, keyLeaveOut)
	for queue.Waiting() > 0 {
		queue.Run(queue.Waiting() - 1) // the newest first
	}
	c := s.shown.files[0].columns
	if c[1].field != "" || c[2].field != "" || c[0].field != "name" {
		t.Errorf("columns %+v", c)
	}
}

func TestARefusedCorrectionLeavesTheOthers(t *testing.T) {
	a := newBook(t)
	w := &workbench{app: a}
	o := order{number: 1, paths: []string{write(t, "accounts.csv", accountsCSV)}}
	if _, err := w.rehearse(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	w.later(onFile(0, func(_ context.Context, f *app.FilePlan) error { return f.SetField(0, "no such field") }))
	w.later(onFile(0, func(_ context.Context, f *app.FilePlan) error { return f.SetField(1, "") }))
	w.later(onFile(7, func(context.Context, *app.FilePlan) error { return nil }))
	if _, err := w.rehearse(context.Background(), o); data.KindOf(err) != data.Invalid {
		t.Errorf("the refused correction: %v", err)
	}
	p, err := w.rehearse(context.Background(), o)
	if err != nil || p.files[0].columns[1].field != "" || p.files[0].columns[0].field != "name" {
		t.Errorf("%v, %+v", err, p.files)
	}
}

func TestAnInterruptedCorrectionIsMadeLater(t *testing.T) {
	a := newBook(t)
	w := &workbench{app: a}
	o := order{number: 1, paths: []string{write(t, "accounts.csv", accountsCSV)}}
	if _, err := w.rehearse(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	w.later(onFile(0, func(ctx context.Context, f *app.FilePlan) error { return a.Imports.SetDelimiter(ctx, f, ";") }))
	w.later(onFile(0, func(_ context.Context, f *app.FilePlan) error { return f.SetKind(data.KindTerritory) }))
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := w.rehearse(stopped, o); data.KindOf(err) != data.Canceled {
		t.Errorf("stopped: %v", err)
	}
	p, err := w.rehearse(context.Background(), o)
	if err != nil || len(p.files[0].columns) != 1 || p.files[0].kind != data.KindTerritory {
		t.Errorf("%v, %+v", err, p.files)
	}
}
