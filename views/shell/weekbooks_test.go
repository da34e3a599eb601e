package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit/kittest"
)

// decided is what was decided of deals in meetings, by deal.
func (w *week) decided(a *app.App) map[data.ID]string {
	w.t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{Kind: data.KindMeetingItem})
	w.must(err)
	out := map[data.ID]string{}
	for _, r := range rows {
		out[r.Ref("deal")] = r.Text("decision")
	}
	return out
}

func (w *week) ids(a *app.App, kind string) []data.ID {
	w.t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{Kind: kind})
	w.must(err)
	var out []data.ID
	for _, r := range rows {
		out = append(out, r.ID)
	}
	return out
}

func (w *week) at(text string) fyne.Position {
	w.t.Helper()
	at, ok := kittest.At(w.Root(), text)
	if !ok {
		w.t.Fatalf("no %q among %q", text, kittest.Texts(w.Root()))
	}
	return at
}

// choose takes up a record in the field below a label.
func (w *week) choose(label, name string) {
	w.t.Helper()
	w.Click(w.at(label).AddXY(0, 28))
	w.Type(name)
	w.Key(fyne.KeyReturn)
}
