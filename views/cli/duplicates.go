package cli

import (
	"context"
	"strconv"
	"strings"

	"fieldbook/app"
	"fieldbook/data"
)

type duplicatesCmd struct {
	Kind string `arg:"" optional:"" name:"kind" help:"A kind of record, such as accounts; all kinds without it."`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

func (c duplicatesCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		groups, err := a.Duplicates.Find(ctx, c.Kind)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, duplicatesJSON(groups))
		}
		t := table{columns: []column{{title: "kind", keep: true}, {title: "id", keep: true}, {title: "name"}, {title: "why"}}}
		var rows [][]string
		for _, g := range groups {
			for i, row := range g.Rows {
				why := ""
				if i == 0 {
					why = reasonWords(g)
				}
				rows = append(rows, []string{g.Kind, row.ID.String(), app.RecordName(row), why})
			}
		}
		if len(rows) == 0 {
			return s.say("nothing stands in the book twice")
		}
		t.rows = fixed(rows)
		return t.print(s.Out)
	})
}

func reasonWords(g app.DuplicateGroup) string {
	var out []string
	for _, why := range g.Why {
		out = append(out, string(why))
	}
	return strings.Join(out, ", ")
}

type duplicateJSON struct {
	Kind string             `json:"kind"`
	Why  []string           `json:"why"`
	Rows []duplicateRowJSON `json:"rows"`
}

type duplicateRowJSON struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	ExternalID string `json:"external_id,omitempty"`
}

func duplicatesJSON(groups []app.DuplicateGroup) any {
	out := []duplicateJSON{}
	for _, g := range groups {
		x := duplicateJSON{Kind: g.Kind, Why: strings.Split(reasonWords(g), ", ")}
		for _, row := range g.Rows {
			x.Rows = append(x.Rows, duplicateRowJSON{row.ID.String(), app.RecordName(row), row.Text("external_id")})
		}
		out = append(out, x)
	}
	return struct {
		Groups []duplicateJSON `json:"groups"`
	}{out}
}

type joinCmd struct {
	Kind   string   `arg:"" name:"kind" help:"A kind of record, such as accounts."`
	Keep   string   `arg:"" name:"keep" help:"The record whose values are kept where both have one: an id, an external id or a name."`
	Others []string `arg:"" name:"others" help:"The records that are the same."`

	Apart  bool              `help:"Say instead that they are different, so that they are not listed as duplicates again."`
	From   map[string]string `placeholder:"FIELD=ID" help:"Keep a field's value of another one of them; FIELD=all keeps what all notes say."`
	DryRun bool              `help:"Only say what would be done."`
}

func (c joinCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		var ids []data.ID
		kind := ""
		for _, text := range append([]string{c.Keep}, c.Others...) {
			row, err := a.Records.Find(ctx, c.Kind, text)
			if err != nil {
				return err
			}
			ids, kind = append(ids, row.ID), row.Kind.Name
		}
		if c.Apart {
			if err := a.Duplicates.Different(ctx, kind, ids); err != nil {
				return err
			}
			return s.say("kept apart: %d records", len(ids))
		}
		plan, err := a.Duplicates.Plan(ctx, kind, ids)
		if err != nil {
			return err
		}
		if err := c.choose(ctx, a, plan); err != nil {
			return err
		}
		if c.DryRun {
			return s.planned(plan)
		}
		done, err := a.Duplicates.Join(ctx, plan)
		if err != nil {
			return err
		}
		return s.say("joined into %s: %d records moved along, %d said the same and went", done.ID, done.Moved, done.Gone)
	})
}

// choose takes the fields of other records than the first.
func (c joinCmd) choose(ctx context.Context, a *app.App, plan *app.JoinPlan) error {
	for field, from := range c.From {
		f, ok := plan.Kind.Field(field)
		if !ok {
			return data.FieldErrorf(field, "a %s has no field %q", strings.ToLower(plan.Kind.Label), field)
		}
		at := app.JoinAll
		if from != "all" {
			row, err := a.Records.Find(ctx, plan.Kind.Name, from)
			if err != nil {
				return err
			}
			at = len(plan.Rows)
			for i, r := range plan.Rows {
				if r.ID == row.ID {
					at = i
				}
			}
		}
		if err := plan.Choose(f.Cell, at); err != nil {
			return err
		}
	}
	return nil
}

// planned says what a join would do.
func (s *session) planned(plan *app.JoinPlan) error {
	for _, f := range plan.Fields {
		kept := "all, one below the other"
		if f.Chosen >= 0 {
			kept = strconv.Quote(f.Choices[f.Chosen])
		}
		if err := s.say("%s: %s", f.Label, kept); err != nil {
			return err
		}
	}
	for _, m := range plan.Moves {
		if err := s.say("%d %s would move along", m.Count, m.Label); err != nil {
			return err
		}
	}
	return s.say("nothing was changed: this was a dry run")
}
