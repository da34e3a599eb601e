package pipeline

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fieldbook/app"
	"fieldbook/app/process"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// move asks the gates first: where something is missing it shows what, with the
// means to fill it in or to go without.
func (s *Screen) move(c chosen, m app.MoveDeal, to app.Stage) {
	s.h.Runner.Go(func() {
		gate, elements, err := s.askGates(s.h.Context, c, m.Stage)
		s.h.Runner.Do(func() {
			switch {
			case err != nil:
				kit.Failure(s.h.Window, lang.T("Moved %s to %s", c.name, to.Name), err, nil)
			case gate == nil:
				s.makeMove(c, m, to)
			default:
				s.showGate(gateAsk{chosen: c, move: m, to: to, gate: gate, elements: elements})
			}
		})
	})
}

func (s *Screen) makeMove(c chosen, m app.MoveDeal, to app.Stage) {
	s.act(lang.T("Moved %s to %s", c.name, to.Name), c.keys, func(ctx context.Context, ids []data.ID) error {
		return s.h.App.Pipeline.MoveDeals(ctx, ids, m)
	})
}

func (s *Screen) askGates(ctx context.Context, c chosen, to data.ID) (*app.GateError, map[data.ID][]app.ElementScore, error) {
	ids, err := s.h.App.Pipeline.IDs(ctx, c.keys)
	if err != nil {
		return nil, nil, err
	}
	gate, err := s.h.App.Process.Gate(ctx, ids, to)
	if err != nil || gate == nil {
		return gate, nil, err
	}
	elements, err := s.elements(ctx, gate)
	return gate, elements, err
}

// elements are those of the frameworks whose points are missing, as the deal has them.
func (s *Screen) elements(ctx context.Context, gate *app.GateError) (map[data.ID][]app.ElementScore, error) {
	p, err := s.h.App.Process.Deal(ctx, gate.Deal)
	out := map[data.ID][]app.ElementScore{}
	for _, f := range p.Frameworks {
		out[f.ID] = f.Elements
	}
	return out, err
}

// gateAsk is a move that gates refused.
type gateAsk struct {
	chosen
	move     app.MoveDeal
	to       app.Stage
	gate     *app.GateError
	elements map[data.ID][]app.ElementScore
}

const overrideKey = "override"

// showGate asks for what is missing, or for the reason to go without. Several
// deals at once go with a reason alone: a tick is true of one deal.
func (s *Screen) showGate(a gateAsk) {
	missing := process.Missing(a.gate.Items)
	title := lang.T("%s lacks something to go to %s", a.gate.Name, a.to.Name)
	var fields []kit.Field
	if len(a.keys) > 1 {
		title = lang.N("%d deal lacks something to go to %s", "%d deals lack something to go to %s", a.gate.Others+1, a.gate.Others+1, a.to.Name)
	} else {
		fields = s.gateFields(a, missing)
	}
	help := lang.T("Needed only where something stays missing. It is kept with the deal and reported in the Playbook.")
	if len(fields) == 0 {
		help = lang.T("Missing: %s.", missingWords(missing)) + " " + help
	}
	fields = append(fields, kit.Field{Key: overrideKey, Label: lang.T("Or why it goes on without"), Help: help, Wide: true})
	s.form(formAsk{title: title, save: lang.T("Move to %s", a.to.Name), fields: fields, then: func(v kit.Values) error {
		m, err := s.gateMove(a, missing, v)
		if err != nil {
			return err
		}
		if m.Override == "" && !s.fills(a, missing, v) {
			return data.FieldErrorf(overrideKey, "%s", lang.T("Tick or fill in what is missing, or say why it goes on without"))
		}
		s.makeMove(a.chosen, m, a.to)
		return nil
	}})
}

// missingWords lists criteria in a line.
func missingWords(list []process.Item) string {
	names := make([]string, len(list))
	for i, it := range list {
		names[i] = it.Name
	}
	return strings.Join(names, ", ")
}

// gateFields are the means to meet each criterion.
func (s *Screen) gateFields(a gateAsk, missing []process.Item) []kit.Field {
	var out []kit.Field
	d, _ := s.loaded(a.keys[0])
	for _, it := range missing {
		switch it.Type {
		case data.CriterionField:
			f, ok := s.found.kind.Field(it.Field)
			if !ok || slices.ContainsFunc(out, func(x kit.Field) bool { return x.Key == f.Name }) {
				continue
			}
			row := d.Row
			if row.Kind == nil {
				row = data.Row{Kind: s.found.kind, Values: data.Values{}, Labels: map[string]string{}}
			}
			field := s.schemaField(f, row)
			field.Required, field.Wide, field.Help = false, true, lang.T("Asked as: %s", it.Name)
			if it.Guidance != "" {
				field.Help = it.Guidance
			}
			out = append(out, field)
		case data.CriterionFramework:
			for _, e := range a.elements[it.Framework] {
				if slices.ContainsFunc(out, func(x kit.Field) bool { return x.Key == e.ID.String() }) {
					continue
				}
				out = append(out, kit.Field{Key: e.ID.String(), Label: lang.T("%s, points", e.Name), Kind: kit.FieldChoice, Options: pointOptions(), Value: pointsOf(e), Help: e.Guidance})
			}
		default:
			out = append(out, kit.Field{Key: it.ID.String(), Label: it.Name, Kind: kit.FieldBool, Help: it.Guidance, Wide: true})
		}
	}
	return out
}

func pointOptions() []kit.Option {
	return []kit.Option{
		{Key: "0", Text: lang.T("0 unknown")}, {Key: "1", Text: lang.T("1 heard of")}, {Key: "2", Text: lang.T("2 known")}, {Key: "3", Text: lang.T("3 proved")},
	}
}

func pointsOf(e app.ElementScore) string {
	if !e.Scored {
		return ""
	}
	return string(rune('0' + min(max(e.Points, 0), app.MostPoints)))
}

// gateMove reads what was filled in.
func (s *Screen) gateMove(a gateAsk, missing []process.Item, v kit.Values) (app.MoveDeal, error) {
	m := a.move
	m.Override = v[overrideKey]
	if len(a.keys) > 1 {
		return m, nil
	}
	m.Values = data.Values{}
	var fields []kit.Field
	for _, it := range missing {
		switch it.Type {
		case data.CriterionField:
			fields = append(fields, kit.Field{Key: it.Field})
		case data.CriterionFramework:
			for _, e := range a.elements[it.Framework] {
				if text := v[e.ID.String()]; text != "" && text != pointsOf(e) {
					m.Scores = append(m.Scores, app.Score{Element: e.ID, Points: int64(text[0] - '0'), Evidence: e.Evidence})
				}
			}
		default:
			if v[it.ID.String()] == "true" {
				m.Ticks = append(m.Ticks, app.Tick{Criterion: it.ID})
			}
		}
	}
	filled, err := s.dealValues(slices.DeleteFunc(fields, func(f kit.Field) bool { return v[f.Key] == "" }), v)
	if filled.Account != "" {
		return m, data.FieldErrorf("account", "%s", lang.T("Choose one that is there; a new account is made in the deal’s own form"))
	}
	for name, value := range filled.Values {
		m.Values[name] = value
	}
	return m, err
}

// fills reports whether the form leaves nothing missing.
func (s *Screen) fills(a gateAsk, missing []process.Item, v kit.Values) bool {
	if len(a.keys) > 1 {
		return false
	}
	return !slices.ContainsFunc(missing, func(it process.Item) bool {
		switch it.Type {
		case data.CriterionField:
			return v[it.Field] == ""
		case data.CriterionFramework:
			sum := 0
			for _, e := range a.elements[it.Framework] {
				if text := v[e.ID.String()]; text != "" {
					sum += int(text[0] - '0')
				}
			}
			return sum < it.Criterion.Points
		}
		return v[it.ID.String()] != "true"
	})
}

// gateOf is the gate that refused a call, nil where something else failed.
func gateOf(err error) *app.GateError {
	var gate *app.GateError
	if errors.As(err, &gate) {
		return gate
	}
	return nil
}
