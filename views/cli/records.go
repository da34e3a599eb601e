package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"

	"fieldbook/app"
	"fieldbook/data"
)

type listCmd struct {
	Kind  string      `arg:"" help:"Kind of record, singular or plural."`
	Where []condition `sep:"none" placeholder:"FIELD=VALUE" help:"Only rows that meet it; also !=, >=, <= and ~ for contains. References by name or id; repeatable."`
	JSON  bool        `name:"json" help:"Print one JSON document."`
}

func (c listCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		q, err := query(ctx, a, c.Kind, c.Where)
		if err != nil {
			return err
		}
		k, err := a.Records.Kind(q.Kind)
		if err != nil {
			return err
		}
		currency := a.Book().Currency
		if c.JSON {
			encoded, tail, err := listed(ctx, a, k.Name)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(s.Out)
			err = listJSON(out, k.Name, tail, func(yield func(json.Marshaler) error) error {
				return a.Records.Each(ctx, q, func(row data.Row) error { return yield(encoded(row)) })
			})
			return errors.Join(err, out.Flush())
		}
		return table{columns: columnsOf(k), rows: func(yield func([]string) error) error {
			return a.Records.Each(ctx, q, func(row data.Row) error {
				cells := []string{row.ID.String()}
				for _, f := range k.Fields {
					cells = append(cells, plain(row, f, currency))
				}
				return yield(cells)
			})
		}}.print(s.Out)
	})
}

func columnsOf(k *data.Kind) []column {
	out := []column{{title: "id", keep: true}}
	for _, f := range k.Fields {
		out = append(out, column{title: f.Name, right: isNumber(f), keep: f.Name == k.Title})
	}
	return out
}

func isNumber(f data.Field) bool {
	switch f.Type {
	case data.TypeInteger, data.TypeMoney, data.TypeNumber, data.TypePercent:
		return true
	default:
		return false
	}
}

type showCmd struct {
	Kind    string `arg:"" help:"Kind of record, singular or plural."`
	ID      string `arg:"" name:"id" help:"Row id, external id, or a name that only one row has."`
	History bool   `help:"Also list every change."`
	JSON    bool   `name:"json" help:"Print one JSON document."`
}

func (c showCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		row, err := a.Records.Find(ctx, c.Kind, c.ID)
		if err != nil {
			return err
		}
		var history []edit
		if c.History {
			if history, err = historyOf(ctx, a, row); err != nil {
				return err
			}
		}
		if c.JSON {
			doc := map[string]any{"kind": row.Kind.Name, "row": rowJSON{row, a.Book().Currency}}
			if c.History {
				doc["history"] = history
			}
			return writeJSON(s.Out, doc)
		}
		if err := printRow(s, row, a.Book().Currency); err != nil || !c.History {
			return err
		}
		return printHistory(s, history)
	})
}

func printRow(s *session, row data.Row, currency data.Currency) error {
	if err := s.say("%-16s  %s", "id", row.ID); err != nil {
		return err
	}
	for _, f := range row.Kind.Fields {
		text := plain(row, f, currency)
		if text == "" {
			continue
		}
		if err := s.say("%-16s  %s", f.Name, text); err != nil {
			return err
		}
	}
	return nil
}

type addCmd struct {
	Kind   string       `arg:"" help:"Kind of record, singular or plural."`
	Fields []assignment `arg:"" optional:"" placeholder:"FIELD=VALUE" help:"FIELD=VALUE: days as 2017-03-01, money in major units, references by id, external id or name."`
	JSON   bool         `name:"json" help:"Print one JSON document."`

	Override string `placeholder:"REASON" help:"Put a deal into a stage without what that asks for, and say why."`
}

// Validate refuses a field that is named twice.
func (c addCmd) Validate() error { _, err := fieldsOf(c.Fields); return err }

func (c addCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		k, values, err := parse(ctx, a, c.Kind, c.Fields)
		if err != nil {
			return err
		}
		id, err := a.Records.AddOver(ctx, k.Name, values, c.Override)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, map[string]string{"kind": k.Name, "id": id.String()})
		}
		return s.say("%s", id)
	})
}

// parse reads the fields of a command.
func parse(ctx context.Context, a *app.App, kind string, list []assignment) (*data.Kind, data.Values, error) {
	k, err := a.Records.Kind(kind)
	if err != nil {
		return nil, nil, err
	}
	fields, err := fieldsOf(list)
	if err != nil {
		return nil, nil, err
	}
	for name := range fields {
		if _, err := fieldAt(a, k, name); err != nil {
			return nil, nil, err
		}
	}
	values, err := a.Records.Parse(ctx, k.Name, fields)
	return k, values, err
}

type setCmd struct {
	Kind   string       `arg:"" help:"Kind of record, singular or plural."`
	ID     string       `arg:"" name:"id" help:"Row id, external id, or a name that only one row has."`
	Fields []assignment `arg:"" placeholder:"FIELD=VALUE" help:"FIELD=VALUE; nothing behind = clears the field."`

	Override string `placeholder:"REASON" help:"Move a deal without what the gates of its stages ask for, and say why."`
}

// Validate refuses a field that is named twice.
func (c setCmd) Validate() error { _, err := fieldsOf(c.Fields); return err }

func (c setCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		k, values, err := parse(ctx, a, c.Kind, c.Fields)
		if err != nil {
			return err
		}
		row, err := a.Records.Find(ctx, k.Name, c.ID)
		if err != nil {
			return err
		}
		if err := a.Records.SetOver(ctx, app.RecordChange{Kind: k.Name, IDs: []data.ID{row.ID}, Values: values, Override: c.Override}); err != nil {
			return err
		}
		return s.say("changed %s %s", row.Kind.Name, row.ID)
	})
}

type removeCmd struct {
	Kind string `arg:"" help:"Kind of record, singular or plural."`
	ID   string `arg:"" name:"id" help:"Row id, external id, or a name that only one row has."`
}

func (c removeCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		row, err := a.Records.Find(ctx, c.Kind, c.ID)
		if err != nil {
			return err
		}
		if err := a.Records.Remove(ctx, row.Kind.Name, []data.ID{row.ID}); err != nil {
			return err
		}
		return s.say("removed %s %s", row.Kind.Name, row.ID)
	})
}

type exportCmd struct {
	Kind  string      `arg:"" help:"Kind of record, singular or plural; all is everything."`
	Where []condition `sep:"none" placeholder:"FIELD=VALUE" help:"Only rows that meet it, as in list."`
	Out   string      `required:"" type:"path" placeholder:"FILE" help:"The file to write, ending in .csv or .xlsx; for all a workbook (.xlsx), packed CSV files (.zip) or a folder of them."`
}

// exportEverything stands for all kinds.
const exportEverything = "all"

// Validate refuses other endings.
func (c exportCmd) Validate() error {
	switch {
	case c.Kind != exportEverything:
		return endsIn(c.Out, ".csv", ".xlsx")
	case len(c.Where) > 0:
		return errors.New("--where narrows one kind of record; all is everything")
	case strings.EqualFold(filepath.Ext(c.Out), ".csv"):
		return errors.New("everything does not fit one CSV file; name a folder, or a file that ends in .xlsx or .zip")
	}
	return nil
}

func (c exportCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		n, err := c.export(ctx, a)
		if err != nil {
			return err
		}
		return s.say("%s written to %s", counted(n), c.Out)
	})
}

func (c exportCmd) export(ctx context.Context, a *app.App) (int, error) {
	if c.Kind == exportEverything {
		return a.Records.ExportAll(ctx, c.Out, nil)
	}
	q, err := query(ctx, a, c.Kind, c.Where)
	if err != nil {
		return 0, err
	}
	return a.Records.Export(ctx, q, c.Out)
}
