package cli

import (
	"context"
	"path/filepath"
	"strconv"

	"fieldbook/app"
	"fieldbook/data"
)

type shareCmd struct {
	Out        string `required:"" type:"path" placeholder:"FILE" help:"The share file to write."`
	To         string `xor:"scope" placeholder:"PERSON" help:"Only what concerns this person."`
	Everything bool   `xor:"scope" help:"All that the book holds; so it is without --to."`
	JSON       bool   `name:"json" help:"Print one JSON document."`
}

func (c shareCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		opt := app.ShareOptions{Everything: c.To == ""}
		if c.To != "" {
			person, err := a.Records.Find(ctx, data.KindPerson, c.To)
			if err != nil {
				return err
			}
			opt.To = person.ID
		}
		shared, err := a.Sharing.Share(ctx, c.Out, opt)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, shared)
		}
		return s.say("%s written to %s", counted(shared.Rows), shared.File)
	})
}

type mergeCmd struct {
	Files  []string `arg:"" type:"path" help:"Share files; together they are one step."`
	DryRun bool     `help:"Only say what would be done."`
	JSON   bool     `name:"json" help:"Print one JSON document."`
}

func (c mergeCmd) Run(ctx context.Context, s *session) error {
	m, err := app.Receive(ctx, app.Received{Book: s.path, Paths: c.Files, Preview: c.DryRun}, s.env.Config)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(s.Out, m)
	}
	t := table{columns: []column{{title: "file", keep: true}, {title: "from"}}}
	for _, title := range []string{"ops", "new", "changed", "conflicting", "refused", "unknown", "already"} {
		t.columns = append(t.columns, column{title: title, right: true})
	}
	var rows [][]string
	var notes []string
	for _, f := range m.Files {
		row := []string{filepath.Base(f.File), f.From}
		for _, n := range []int{f.Ops, f.New, f.Changed, f.Conflicting, f.Refused, f.Unknown, f.Already} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
		notes = append(notes, f.Warnings...)
	}
	t.rows = fixed(rows)
	if err := t.print(s.Out); err != nil {
		return err
	}
	if c.DryRun {
		notes = append(notes, "nothing was changed: this was a dry run")
	}
	for _, n := range notes {
		if err := s.say("%s", n); err != nil {
			return err
		}
	}
	return nil
}
