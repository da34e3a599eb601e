package cli

import (
	"context"
	"errors"
	"strconv"

	"fieldbook/app"
	"fieldbook/data"
)

type revertCmd struct {
	Kind string `arg:"" optional:"" name:"kind" help:"A kind of record; without it everything is put back."`
	ID   string `arg:"" optional:"" name:"id" help:"The record: an id, an external id or a name. A deleted one is named by its id."`

	To     dayWord `placeholder:"DAY" xor:"when" help:"Put back to how it stood at the end of this day."`
	Before string  `placeholder:"TXN" xor:"when" help:"Put one record back to before this step of its history."`
	DryRun bool    `help:"Only say what would be put back."`
	JSON   bool    `name:"json" help:"Print one JSON document."`
}

// Validate implements kong's check of a command.
func (c revertCmd) Validate() error {
	switch {
	case (c.Kind == "") != (c.ID == ""):
		return errors.New("name a kind and a record, or neither for everything")
	case c.Before == "" && !c.To.or(data.NoDay).Valid():
		return errors.New("say when: --to DAY or, for one record, --before TXN")
	case c.Kind == "" && c.Before != "":
		return errors.New("--before needs a record; to take a whole step back use undo")
	case c.Kind != "" && c.DryRun:
		return errors.New("--dry-run is for everything; show KIND ID --history tells of one record")
	}
	return nil
}

func (c revertCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		done, err := c.do(ctx, a)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, done)
		}
		var rows [][]string
		for _, r := range done.Rows {
			rows = append(rows, []string{r.Kind, r.Name, r.How, r.ID})
		}
		for _, r := range done.Failed {
			rows = append(rows, []string{r.Kind, r.Name, "left: " + r.Why, r.ID})
		}
		if err := (table{columns: []column{{title: "kind", keep: true}, {title: "record", keep: true}, {title: "what"}, {title: "id"}}, rows: fixed(rows)}).print(s.Out); err != nil {
			return err
		}
		verb := "put back"
		if c.DryRun {
			verb = "would be put back"
		}
		return s.say("%s %s, %s left", counted(len(done.Rows)), verb, strconv.Itoa(len(done.Failed)))
	})
}

func (c revertCmd) do(ctx context.Context, a *app.App) (app.Reverted, error) {
	day := c.To.or(data.NoDay)
	if c.Kind == "" {
		return a.Journal.RevertDay(ctx, day, c.DryRun)
	}
	id, err := data.ParseID(c.ID)
	if err != nil {
		row, err := a.Records.Find(ctx, c.Kind, c.ID)
		if err != nil {
			return app.Reverted{}, err
		}
		id = row.ID
	}
	to := app.RevertPoint{Day: day}
	if c.Before != "" {
		if to.Before, err = data.ParseID(c.Before); err != nil {
			return app.Reverted{}, data.Wrap(data.Invalid, err, "a step is named by its id; fieldbook show KIND ID --history --json lists them")
		}
	}
	return a.Journal.Revert(ctx, c.Kind, id, to)
}

type deletedCmd struct {
	Kind string `arg:"" optional:"" name:"kind" help:"Only of this kind."`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

// deletedRow is a deleted record as scripts read it.
type deletedRow struct {
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	Name   string `json:"name"`
	At     string `json:"at"`
	Who    string `json:"who"`
	Device string `json:"device"`
	What   string `json:"what"`
	Txn    string `json:"txn"`
}

// deletedMost bounds the list.
const deletedMost = 100_000

func (c deletedCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		found, err := a.Journal.Removed(ctx, c.Kind, deletedMost)
		if err != nil {
			return err
		}
		out := make([]deletedRow, len(found))
		rows := make([][]string, len(found))
		for i, r := range found {
			out[i] = deletedRow{
				Kind: r.Row.Kind.Name, ID: r.Row.ID.String(), Name: app.RecordName(r.Row), At: r.At.String(),
				Who: r.Name, Device: r.Device, What: r.What, Txn: r.Txn.String(),
			}
			rows[i] = []string{out[i].Kind, out[i].Name, out[i].At, r.Name, r.What, out[i].ID}
		}
		if c.JSON {
			return writeJSON(s.Out, map[string]any{"rows": out})
		}
		return table{
			columns: []column{{title: "kind", keep: true}, {title: "record", keep: true}, {title: "at"}, {title: "who"}, {title: "step"}, {title: "id", keep: true}},
			rows:    fixed(rows),
		}.print(s.Out)
	})
}
