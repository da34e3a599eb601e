package cli

import (
	"context"
	"encoding/json"
	"strconv"

	"fieldbook/app"
	"fieldbook/data"
)

// values words the values of one row's fields outside the row itself, as its
// history and its conflicts have them.
type values struct {
	app    *app.App
	digits int // decimals of the row's amounts
}

func valuesOf(a *app.App, row data.Row) values {
	return values{a, digitsOf(row, a.Book().Currency)}
}

// encode is a value as scripts read it, references by name, or by id where
// what they point to is gone.
func (w values) encode(ctx context.Context, f data.Field, v data.Value) (json.RawMessage, error) {
	if id, ok := v.(data.ID); ok && f.Ref != "" {
		row, err := w.app.Records.Get(ctx, f.Ref, id)
		switch {
		case err == nil && row.Title() != "":
			v = row.Title()
		case err != nil && data.KindOf(err) != data.NotFound:
			return nil, err
		}
	}
	return appendValue(nil, f, v, w.digits), nil
}

// unquoted is an encoded value for people.
func unquoted(raw json.RawMessage) string {
	var v any
	switch err := json.Unmarshal(raw, &v); x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case bool:
		if x {
			return "yes"
		}
		return "no"
	default:
		if err != nil {
			return ""
		}
		return string(raw)
	}
}

// edit is one change of one field of a row.
type edit struct {
	Txn    string          `json:"txn"`
	At     string          `json:"at"`
	Day    string          `json:"day"`
	Name   string          `json:"name"`
	Device string          `json:"device"`
	What   string          `json:"what"`
	Field  string          `json:"field"`
	Old    json.RawMessage `json:"old"`
	New    json.RawMessage `json:"new"`
}

// historyOf lists the changes of a row, oldest first.
func historyOf(ctx context.Context, a *app.App, row data.Row) ([]edit, error) {
	edits, err := a.Journal.History(ctx, row.Kind.Name, row.ID)
	if err != nil {
		return nil, err
	}
	w := valuesOf(a, row)
	out := make([]edit, 0, len(edits))
	for _, e := range edits {
		j := edit{
			Txn: e.Txn.String(), At: e.At.String(), Day: e.Day.String(),
			Name: e.Name, Device: e.Device, What: e.What, Field: e.Field.Name,
		}
		if j.Old, err = w.encode(ctx, e.Field, e.Old); err != nil {
			return nil, err
		}
		if j.New, err = w.encode(ctx, e.Field, e.New); err != nil {
			return nil, err
		}
		out = append(out, j)
	}
	return out, nil
}

func printHistory(s *session, edits []edit) error {
	if err := s.say(""); err != nil {
		return err
	}
	rows := make([][]string, len(edits))
	for i, e := range edits {
		rows[i] = []string{e.Day, e.Name, e.What, e.Field, unquoted(e.Old), unquoted(e.New)}
	}
	return table{
		columns: []column{{title: "day"}, {title: "who"}, {title: "what"}, {title: "field"}, {title: "before"}, {title: "after"}},
		rows:    fixed(rows),
	}.print(s.Out)
}

type undoCmd struct {
	Txn string `arg:"" optional:"" name:"txn" help:"The step to take back, by its id in the log."`
}

func (c undoCmd) Run(ctx context.Context, s *session) error {
	txn := data.NoID
	if c.Txn != "" {
		var err error
		if txn, err = data.ParseID(c.Txn); err != nil {
			return data.Wrap(data.Invalid, err, "a step is named by its id; fieldbook log lists them")
		}
	}
	return s.write(ctx, func(a *app.App) error {
		u, err := a.Journal.Undo(ctx, txn)
		if err != nil {
			return err
		}
		return s.undone("undone", u.What, u.Rows, len(u.Kept))
	})
}

type redoCmd struct{}

func (redoCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		u, err := a.Journal.Redo(ctx)
		if err != nil {
			return err
		}
		return s.undone("redone", u.What, u.Rows, len(u.Kept))
	})
}

// undone says what was put back and what stays because it was edited since.
func (s *session) undone(verb, what string, rows, kept int) error {
	if kept > 0 {
		return s.say("%s: %s; %s put back, %s edited since and left as they are", verb, what, counted(rows), counted(kept))
	}
	return s.say("%s: %s; %s put back", verb, what, counted(rows))
}

type logCmd struct {
	Limit int  `placeholder:"N" help:"Only the newest N; all by default."`
	JSON  bool `name:"json" help:"Print one JSON document."`
}

// step is one transaction of the log.
type step struct {
	Txn    string  `json:"txn"`
	At     string  `json:"at"`
	Day    string  `json:"day"`
	Name   string  `json:"name"`
	Device string  `json:"device"`
	What   string  `json:"what"`
	Rows   int     `json:"rows"`
	UndoOf *string `json:"undo_of"`
}

func (c logCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		entries, err := a.Journal.Log(ctx, max(0, c.Limit))
		if err != nil {
			return err
		}
		steps := make([]step, len(entries))
		rows := make([][]string, len(entries))
		for i, e := range entries {
			at := e.Stamp.Instant().String()
			steps[i] = step{
				Txn: e.ID.String(), At: at, Day: e.Day.String(), Name: e.Name, Device: e.Device,
				What: e.What, Rows: e.Rows,
			}
			if undo := e.UndoOf.String(); undo != "" {
				steps[i].UndoOf = &undo
			}
			rows[i] = []string{e.ID.String(), e.Day.String(), e.Name, e.Device, strconv.Itoa(e.Rows), e.What}
		}
		if c.JSON {
			return writeJSON(s.Out, map[string]any{"rows": steps})
		}
		return table{
			columns: []column{{title: "txn", keep: true}, {title: "day"}, {title: "who"}, {title: "device"}, {title: "rows", right: true}, {title: "what"}},
			rows:    fixed(rows),
		}.print(s.Out)
	})
}

type conflictsCmd struct {
	JSON bool `name:"json" help:"Print one JSON document."`
}

// conflict is a cell with concurrent values, the shown one first.
type conflict struct {
	Kind   string      `json:"kind"`
	ID     string      `json:"id"`
	Title  string      `json:"title"`
	Cell   string      `json:"cell"`
	Values []claimedBy `json:"values"`
}

// claimedBy is one of the values: whose, from when, and the fields it holds.
type claimedBy struct {
	Name   string                     `json:"name"`
	Device string                     `json:"device"`
	At     string                     `json:"at"`
	Fields map[string]json.RawMessage `json:"fields"`
}

func (c conflictsCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		found, err := conflictsOf(ctx, a)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, map[string]any{"rows": found})
		}
		var rows [][]string
		for _, f := range found {
			for i, v := range f.Values {
				for name, raw := range v.Fields {
					mark := "shown"
					if i > 0 {
						mark = ""
					}
					rows = append(rows, []string{f.Kind, f.Title, name, unquoted(raw), v.Name, v.At, mark, f.ID})
				}
			}
		}
		return table{
			columns: []column{{title: "kind", keep: true}, {title: "title", keep: true}, {title: "field"}, {title: "value"}, {title: "who"}, {title: "at"}, {title: "shown"}, {title: "id"}},
			rows:    fixed(rows),
		}.print(s.Out)
	})
}

func conflictsOf(ctx context.Context, a *app.App) ([]conflict, error) {
	found, err := a.Journal.Conflicts(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]conflict, 0, len(found))
	for _, f := range found {
		w := valuesOf(a, f.Row)
		c := conflict{Kind: f.Row.Kind.Name, ID: f.Row.ID.String(), Title: app.RecordName(f.Row), Cell: f.Cell}
		for _, v := range f.Values {
			claim := claimedBy{Name: v.Name, Device: v.Device, At: v.At.String(), Fields: map[string]json.RawMessage{}}
			for name, value := range v.Values {
				field, _ := f.Row.Kind.Field(name)
				if claim.Fields[name], err = w.encode(ctx, field, value); err != nil {
					return nil, err
				}
			}
			c.Values = append(c.Values, claim)
		}
		out = append(out, c)
	}
	return out, nil
}
