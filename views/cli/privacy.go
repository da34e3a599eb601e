package cli

import (
	"context"
	"errors"
	"strconv"

	"fieldbook/app"
	"fieldbook/data"
)

type aboutCmd struct {
	Kind string `arg:"" name:"kind" help:"person or contact."`
	ID   string `arg:"" name:"id" help:"The record: an id, an external id or a name. A deleted one is named by its id."`
	Out  string `type:"path" required:"" placeholder:"FILE.json" help:"Where to write it."`
}

func (c aboutCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		id, err := idOf(ctx, a, c.Kind, c.ID)
		if err != nil {
			return err
		}
		about, err := a.Privacy.Export(ctx, c.Kind, id, c.Out)
		if err != nil {
			return err
		}
		n := 0
		for _, l := range about.Links {
			n += len(l.Rows)
		}
		return s.say("wrote what the book holds of %s to %s: %d changes, %d records that point there, %d acts, %d mentions",
			about.Name, c.Out, len(about.History), n, len(about.Did), len(about.Mentions))
	})
}

// idOf finds a record by what names it, deleted ones by their id.
func idOf(ctx context.Context, a *app.App, kind, text string) (data.ID, error) {
	if id, err := data.ParseID(text); err == nil {
		return id, nil
	}
	row, err := a.Records.Find(ctx, kind, text)
	return row.ID, err
}

type eraseCmd struct {
	Kind   string `arg:"" name:"kind" help:"person or contact."`
	ID     string `arg:"" name:"id" help:"The record: an id, an external id or a name. A deleted one is named by its id."`
	Reason string `placeholder:"TEXT" help:"Why; it stays in every book, so it must not say the name."`
	DryRun bool   `help:"Only say what would go and what stays."`
	JSON   bool   `name:"json" help:"Print one JSON document."`
}

// Validate implements kong's check of a command.
func (c eraseCmd) Validate() error {
	if c.Reason == "" && !c.DryRun {
		return errors.New("say why with --reason; --dry-run only says what would go")
	}
	return nil
}

func (c eraseCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		id, err := idOf(ctx, a, c.Kind, c.ID)
		if err != nil {
			return err
		}
		var e *app.Erasure
		if c.DryRun {
			e, err = a.Privacy.EraseWhat(ctx, c.Kind, id)
		} else {
			e, err = a.Privacy.Erase(ctx, c.Kind, id, c.Reason)
		}
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, e)
		}
		return c.print(s, e)
	})
}

func (c eraseCmd) print(s *session, e *app.Erasure) error {
	var rows [][]string
	for _, g := range e.Goes {
		rows = append(rows, []string{"goes", g.Kind + " " + g.Field, g.Value})
	}
	for _, x := range e.Stays {
		what := x.What
		if x.Count > 0 {
			what += " (" + strconv.Itoa(x.Count) + ")"
		}
		why := x.Why
		if x.Place != "" {
			why += " " + x.Place
		}
		rows = append(rows, []string{"stays", what, why})
	}
	for _, m := range e.Mentions {
		rows = append(rows, []string{"look at", m.Kind + " " + m.Field + ": " + m.Name, m.ID})
	}
	if err := (table{columns: []column{{title: "", keep: true}, {title: "what", keep: true}, {title: "value or reason", keep: true}}, rows: fixed(rows)}).print(s.Out); err != nil {
		return err
	}
	switch {
	case c.DryRun:
		return s.say("nothing was changed; %s would become %s for good", e.Name, e.Becomes)
	case len(e.Goes) == 0:
		return s.say("the data of %s was erased before; the file was rewritten", e.Name)
	}
	return s.say("erased for good; the record is called %s now", e.Becomes)
}
