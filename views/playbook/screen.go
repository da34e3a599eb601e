// Package playbook is the screen of how deals are to be worked: stages with what
// was measured beside what is set, their criteria, qualification, discovery and
// follow-up, where deals stall, and the gates that were overridden.
package playbook

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// face is one of the screen's faces.
type face int

const (
	faceStages face = iota
	faceFrameworks
	faceGuides
	faceSequences
	faceStalls
	faceOverrides
)

// Screen is the playbook.
type Screen struct {
	h      *kit.Host
	loader *kit.Loader
	body   *fyne.Container
	face   face
	stage  data.ID          // chosen among the stages
	whole  map[face]data.ID // chosen framework, guide, sequence
	book   *playbookData
	heat   *kit.ChartView
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

// New makes the screen.
func New(h *kit.Host) *Screen {
	s := &Screen{h: h, body: container.NewStack(), whole: map[face]data.ID{}}
	s.loader = h.Loader(s.body)
	s.heat = h.Chart(fyne.NewSize(200, 120), nil)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string {
	return []string{
		data.KindCriterion, data.KindCriterionCheck, data.KindGateOverride, data.KindFramework, data.KindFrameworkElement, data.KindQualification,
		data.KindDiscoveryGuide, data.KindDiscoveryQuestion, data.KindSequence, data.KindSequenceStep, data.KindSequenceRun,
		data.KindDeal, data.KindStage, data.KindPipeline, data.KindStageEntry, data.KindActivity, data.KindPerson, data.KindSetting,
	}
}

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Scope: true, AsOf: true} }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject {
	var options []kit.Option
	for i, name := range []string{lang.T("Stages"), lang.T("Qualification"), lang.T("Discovery"), lang.T("Follow-up"), lang.T("Stalls"), lang.T("Overrides")} {
		options = append(options, kit.Option{Key: strconv.Itoa(i), Text: name})
	}
	faces := kit.NewPicker(kit.PickerOptions{Options: options, OnPick: func(keys []string) {
		if i, err := strconv.Atoi(keys[0]); err == nil {
			s.turn(face(i))
		}
	}}, strconv.Itoa(int(s.face)))
	return []fyne.CanvasObject{faces}
}

func (s *Screen) turn(f face) {
	s.face = f
	s.h.Changed()
	s.Reload(s.h.View())
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if !s.keeps() {
		return nil
	}
	switch s.face {
	case faceStages:
		return &kit.Action{Text: lang.T("Add criterion"), Icon: "plus", Do: func() { s.editCriterion(nil) }}
	case faceFrameworks, faceGuides, faceSequences:
		return &kit.Action{Text: shelves()[s.face].add, Icon: "plus", Do: func() { s.editWhole(nil) }}
	default: // nothing is made on the others
		return nil
	}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	var out []kit.Action
	for i, name := range []string{lang.T("Show the stages"), lang.T("Show qualification"), lang.T("Show discovery"), lang.T("Show follow-up"), lang.T("Show where deals stall"), lang.T("Show overridden gates")} {
		out = append(out, kit.Action{Text: name, Icon: "playbook", Do: func() { s.turn(face(i)) }})
	}
	return append(out, s.h.ChartActions(s.heat)...)
}

func (s *Screen) readOnly() bool { return s.h.App.Book().ReadOnly }

// keeps is whether whoever looks keeps the playbook: one right covers all of it.
func (s *Screen) keeps() bool { return s.h.MayMake(data.KindCriterion) }

// playbookData is what one load brings: what the face in front shows.
type playbookData struct {
	*app.Playbook
	frameworks []app.Framework
	guides     []app.Guide
	sequences  []app.Sequence
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	shown := s.face
	q := app.FigureQuery{AsOf: v.AsOf, Scope: v.Scope, Period: data.AllTime}
	kit.Load(s.loader, func(ctx context.Context) (*playbookData, error) { return s.read(ctx, shown, q) }, func(d *playbookData) {
		s.book = d
		s.draw()
	})
}

func (s *Screen) read(ctx context.Context, shown face, q app.FigureQuery) (*playbookData, error) {
	p, d := s.h.App.Process, &playbookData{Playbook: &app.Playbook{}}
	var err error
	switch shown {
	case faceFrameworks:
		d.frameworks, err = p.Frameworks(ctx)
	case faceGuides:
		d.guides, err = p.Guides(ctx)
	case faceSequences:
		d.sequences, err = p.Sequences(ctx)
	case faceOverrides:
		d.Overrides, err = p.OverrideReport(ctx, q.Scope)
	case faceStages, faceStalls:
		d.Playbook, err = p.Playbook(ctx, q)
	}
	return d, err
}

// draw shows the face in front from what was loaded.
func (s *Screen) draw() {
	if s.book == nil {
		return
	}
	var content fyne.CanvasObject
	switch s.face {
	case faceStages:
		content = s.stagesFace()
	case faceStalls:
		content = s.stallsFace()
	case faceOverrides:
		content = s.overridesFace()
	default:
		content = s.shelfFace()
	}
	s.body.Objects = []fyne.CanvasObject{content}
	s.body.Refresh()
}

// choose offers what can be done with a thing, as a list of words.
func (s *Screen) choose(title string, actions []kit.Action) {
	if s.readOnly() {
		s.h.Say(lang.T("This shows the past, which cannot be changed"))
		return
	}
	if !s.keeps() {
		s.h.Say(lang.T("Managers and leads keep the playbook; your role reads it"))
		return
	}
	var dialog *kit.Dialog
	list := kit.NewList(kit.ListOptions{Plain: true, OnOpen: func(key string) {
		dialog.Close()
		for _, a := range actions {
			if a.Text == key {
				a.Do()
			}
		}
	}})
	rows := make([]kit.ListRow, len(actions))
	for i, a := range actions {
		rows[i] = kit.ListRow{Key: a.Text, Icon: a.Icon, Title: a.Text}
	}
	list.SetRows(rows)
	dialog = kit.ShowDialog(s.h.Window, kit.DialogOptions{Title: title, Width: 340, Body: kit.MinBox(fyne.NewSize(0, float32(len(rows))*28+2), list)})
}
