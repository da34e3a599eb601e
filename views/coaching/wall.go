package coaching

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// wallFace is what people were recognised for, and who has earned it by a rule.
func (s *Screen) wallFace() fyne.CanvasObject {
	var cards []fyne.CanvasObject
	for _, r := range s.wall {
		cards = append(cards, s.wallCard(r))
	}
	body := kit.Scroll(kit.VBox(10, cards...))
	if len(cards) == 0 {
		body = kit.NewEmpty(kit.EmptyOptions{Icon: "star", Title: lang.T("The wall is empty"), Text: lang.T("Recognise somebody from their page, or set rules that suggest who has earned it. The wall prints.")})
	}
	wall := kit.NewPanel(kit.PanelOptions{Title: lang.T("Wall of recognition"), Caption: lang.T("everybody sees it"), Action: lang.T("Print"), OnTap: s.printWall, Body: body})
	if !s.leads() || len(s.earned) == 0 {
		return wall
	}
	var rows []fyne.CanvasObject
	for _, g := range s.earned {
		rows = append(rows, kit.HBox(8, kit.NewAvatar(g.Person.Title(), 28),
			kit.Grow(kit.VBox(0, kit.NewText(lang.T("%s, %s", g.Person.Title(), g.Rule.Title()), kit.TextStyle{Cut: true}), quiet(s.words.suggestion(g)))),
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Recognise"), OnTap: func() { s.askRecognise(g) }})))
	}
	side := kit.NewPanel(kit.PanelOptions{Title: lang.T("Earned by a rule"), Caption: lang.N("%d not recognised yet", "%d not recognised yet", len(rows), len(rows)), Body: kit.Scroll(kit.VBox(8, rows...))})
	return container.NewBorder(nil, nil, nil, kit.Pad(kit.Insets{Left: kit.GapPanel}, kit.MinBox(fyne.NewSize(400, 0), side)), wall)
}

func (s *Screen) wallCard(r data.Row) fyne.CanvasObject {
	by := s.words.Day(r.Day("day"))
	if g := r.Labels["given_by"]; g != "" {
		by = lang.T("%s, by %s", by, g)
	}
	lines := []fyne.CanvasObject{kit.HBox(8, kit.Strong(r.Labels["person"]), kit.Grow(kit.NewText(r.Text("title"), kit.TextStyle{Cut: true}))), quiet(by)}
	if r.Text("reason") != "" {
		lines = append(lines, kit.NewProse(r.Text("reason"), 2, kit.TextStyle{}))
	}
	line := []fyne.CanvasObject{kit.NewAvatar(r.Labels["person"], 36), kit.Grow(kit.VBox(2, lines...))}
	if s.leads() {
		line = append(line, kit.NewButton(kit.ButtonOptions{Icon: "edit", Kind: kit.ButtonBare, OnTap: func() { s.askRecord(data.KindRecognition, &r) }}))
	}
	return kit.VBox(10, kit.HBox(10, line...), kit.HLine(kit.ColorLine))
}

// askRecognise follows a suggestion, in words of one's own.
func (s *Screen) askRecognise(g app.Suggestion) {
	s.host.Ask(kit.Question{
		Title: lang.T("Recognise %s for %s", g.Person.Title(), g.Rule.Title()), Save: lang.T("Recognise"),
		Fields: []kit.Field{{Key: "words", Label: lang.T("In your words"), Kind: kit.FieldLong, Help: s.words.suggestion(g)}},
		Keep: func(ctx context.Context, v kit.Values) error {
			_, err := s.host.App.Coaching.Recognise(ctx, g, v["words"])
			return err
		},
	})
}
