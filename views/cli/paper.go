package cli

import (
	"context"

	"fieldbook/app"
	"fieldbook/data"
)

type paperCmd struct {
	Kind string `arg:"" help:"What: a one-on-one, review, candidate, onboarding, competitor or meeting; recognitions or skills for all of them."`
	ID   string `arg:"" optional:"" name:"id" help:"Row id, external id, or a name that only one row has; none of recognitions and skills."`
	Out  string `required:"" type:"path" placeholder:"FILE" help:"The file, a .pdf."`
}

// Validate refuses other endings.
func (c paperCmd) Validate() error { return endsIn(c.Out, ".pdf") }

func (c paperCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		k, err := a.Records.Kind(c.Kind)
		if err != nil {
			return err
		}
		id, title := data.NoID, k.Plural
		if !app.PaperOfAll(k.Name) {
			if c.ID == "" {
				return data.FieldErrorf("id", "say which one")
			}
			row, err := a.Records.Find(ctx, k.Name, c.ID)
			if err != nil {
				return err
			}
			id, title = row.ID, app.RecordName(row)
		}
		if err := a.WritePaper(ctx, k.Name, id, c.Out); err != nil {
			return err
		}
		return s.say("%s written to %s", title, c.Out)
	})
}
