package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fieldbook/app"
	"fieldbook/data"
)

type resolveCmd struct {
	Kind  string `arg:"" name:"kind" help:"A kind of record, such as deals."`
	ID    string `arg:"" name:"id" help:"The record: an id, an external id or a name."`
	Field string `arg:"" optional:"" name:"field" help:"The field; not needed where one field waits."`

	Keep  string  `placeholder:"WHOSE" xor:"how" help:"mine, theirs, both, deleted, or the name of a person or device."`
	Value *string `placeholder:"V" xor:"how" help:"Write another value; nothing clears the field."`
}

// Validate implements kong's check of a command.
func (c resolveCmd) Validate() error {
	if c.Keep == "" && c.Value == nil {
		return errors.New("say what to keep: --keep mine, theirs, both, deleted or a name, or --value")
	}
	return nil
}

func (c resolveCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		row, err := a.Records.Find(ctx, c.Kind, c.ID)
		if err != nil {
			return err
		}
		clash, field, err := c.find(ctx, a, row)
		if err != nil {
			return err
		}
		if c.Value != nil {
			err = c.write(ctx, a, clash, field)
		} else {
			err = c.keep(ctx, a, clash, field)
		}
		if err != nil {
			return err
		}
		return s.say("settled: %s of %s", field.Label, clash.Name)
	})
}

// find is the field of the record that waits in the inbox.
func (c resolveCmd) find(ctx context.Context, a *app.App, row data.Row) (app.Clash, app.ClashField, error) {
	none := data.Errorf(data.NotFound, "no conflict waits on %s; fieldbook conflicts lists them", app.RecordName(row))
	clashes, err := a.Journal.Clashes(ctx)
	if err != nil {
		return app.Clash{}, app.ClashField{}, err
	}
	i := slices.IndexFunc(clashes, func(x app.Clash) bool { return x.Row.ID == row.ID })
	if i < 0 {
		return app.Clash{}, app.ClashField{}, none
	}
	clash := clashes[i]
	if c.Field == "" && len(clash.Fields) == 1 {
		return clash, clash.Fields[0], nil
	}
	var names []string
	for _, f := range clash.Fields {
		if f.Cell == c.Field || slices.ContainsFunc(f.Form, func(x data.Field) bool { return x.Name == c.Field }) {
			return clash, f, nil
		}
		names = append(names, f.Cell)
	}
	return clash, app.ClashField{}, data.Errorf(data.NotFound, "what waits on %s is %s; name one of them", clash.Name, strings.Join(names, ", "))
}

func (c resolveCmd) keep(ctx context.Context, a *app.App, clash app.Clash, f app.ClashField) error {
	if strings.EqualFold(c.Keep, "both") {
		return a.Journal.KeepBoth(ctx, clash, f)
	}
	var found []app.ClashSide
	var names []string
	for _, s := range f.Sides {
		names = append(names, s.Name)
		if c.means(s) {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 1:
		return a.Journal.Keep(ctx, clash, f, found[0])
	case 0:
		return data.Errorf(data.NotFound, "%q has no part in %s of %s; it is between %s", c.Keep, f.Label, clash.Name, strings.Join(names, ", "))
	}
	return data.Errorf(data.Ambiguous, "more than one side of %s of %s is %q; name the person or device", f.Label, clash.Name, c.Keep)
}

func (c resolveCmd) means(s app.ClashSide) bool {
	switch strings.ToLower(c.Keep) {
	case "mine":
		return s.Mine
	case "theirs":
		return !s.Mine
	case "deleted":
		return s.Deletes
	}
	return strings.EqualFold(s.Name, c.Keep) || strings.EqualFold(s.Device, c.Keep)
}

// write keeps another value in the field that was named, or the cell's first;
// the rest of the cell stays as it is shown.
func (c resolveCmd) write(ctx context.Context, a *app.App, clash app.Clash, f app.ClashField) error {
	name := c.Field
	if !slices.ContainsFunc(f.Form, func(x data.Field) bool { return x.Name == name }) && len(f.Form) > 0 {
		name = f.Form[0].Name
	}
	words := map[string]string{name: *c.Value}
	if currency := clash.Row.Text("currency"); currency != "" && name != "currency" {
		words["currency"] = currency
	}
	values, err := a.Records.Parse(ctx, clash.Row.Kind.Name, words)
	if err != nil {
		return err
	}
	for field := range values {
		if !slices.ContainsFunc(f.Form, func(x data.Field) bool { return x.Name == field }) {
			delete(values, field)
		}
	}
	return a.Journal.KeepOther(ctx, clash, f, values)
}
