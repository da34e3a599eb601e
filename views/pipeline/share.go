package pipeline

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// shares lists who shares in the deal's value and what the owner keeps of it, each
// to be changed by a click, and how somebody else comes in.
func (f *dealFace) shares() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	kept := 100.0
	for _, row := range f.story.Splits {
		text := f.shareText(row)
		if row.Text("type") != data.SplitOverlay {
			kept -= row.Float("share")
		}
		var value fyne.CanvasObject = kit.NewText(text, kit.TextStyle{Align: fyne.TextAlignTrailing})
		if !f.s.readOnly() {
			value = kit.HBox(0, kit.Space(), kit.NewLink(text, func() { f.askShare(&row) }))
		}
		label := kit.NewText(row.Labels["person"], kit.TextStyle{Color: kit.ColorFg2, Cut: true})
		out = append(out, kit.HLine(kit.ColorLine), kit.MinBox(fyne.NewSize(0, factHigh), kit.HBox(8, kit.Grow(label), value)))
	}
	if owner := f.story.Deal.Labels["owner"]; kept < 100 && owner != "" {
		out = append(out, kit.HLine(kit.ColorLine), factLine(fact{label: owner, text: lang.T("keeps %s", f.s.words().percent(max(0, kept)))}))
	}
	if !f.s.readOnly() {
		out = append(out, kit.HLine(kit.ColorLine), kit.MinBox(fyne.NewSize(0, factHigh), kit.HBox(0, kit.NewLink(lang.T("Share with somebody"), func() { f.askShare(nil) }), kit.Space())))
	}
	return out
}

func (f *dealFace) shareText(row data.Row) string {
	share := f.s.words().percent(row.Float("share"))
	if row.Text("type") == data.SplitOverlay {
		return lang.T("%s beside", share)
	}
	return share
}

// askShare shows the form of a share: a new one, or one that is there.
func (f *dealFace) askShare(row *data.Row) {
	h := f.s.h
	kind, err := data.KindByName(data.KindDealSplit)
	if err != nil {
		return // a name of our own
	}
	deal := f.story.Deal.ID
	form := kit.RecordForm{
		Title: lang.T("Share the deal"), Kind: kind, Fields: []string{"person", "share", "type"}, Row: row,
		Preset: &data.Row{Kind: kind, Values: data.Values{"deal": deal, "share": 50.0, "type": data.SplitRevenue}},
		Keep: func(ctx context.Context, values data.Values, _ kit.Values) error {
			if row != nil {
				return h.App.Records.Set(ctx, kind.Name, []data.ID{row.ID}, values)
			}
			values["deal"] = deal
			_, err := h.App.Records.Add(ctx, kind.Name, values)
			return err
		},
	}
	if row != nil {
		form.Title, form.Preset = lang.T("Share of %s", row.Labels["person"]), nil
	}
	h.ShowRecordForm(form)
}

// shareCommands are those of the deal's page.
func (f *dealFace) shareCommands() []kit.Action {
	out := []kit.Action{{Text: lang.T("Share the deal with somebody"), Icon: "users", Do: func() { f.askShare(nil) }}}
	for _, row := range f.story.Splits {
		name := row.Labels["person"]
		out = append(out,
			kit.Action{Text: lang.T("Change the share of %s", name), Icon: "edit", Do: func() { f.askShare(&row) }},
			kit.Action{Text: lang.T("Take the share of %s away", name), Icon: "x", Do: func() {
				f.s.h.Act(lang.T("Take the share of %s away", name), func(ctx context.Context) error {
					return f.s.h.App.Records.Remove(ctx, data.KindDealSplit, []data.ID{row.ID})
				}, nil)
			}})
	}
	return out
}
