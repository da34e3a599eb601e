package cli

import (
	"context"
	"errors"

	"fieldbook/app"
	"fieldbook/data"
)

type agendaCmd struct {
	For  string `placeholder:"WHO" help:"Only the team of this person, or this territory."`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

func (c agendaCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		scope, err := a.FindScope(ctx, c.For)
		if err != nil {
			return err
		}
		agenda, err := a.Meetings.Agenda(ctx, app.AgendaQuery{Scope: scope})
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, agendaJSON(agenda))
		}
		if len(agenda.Lines) == 0 {
			return s.say("No deal asks to be spoken of. Changes are those after %s.", agenda.Since)
		}
		var rows [][]string
		for _, l := range agenda.Lines {
			rows = append(rows, []string{l.Name, l.Words(), l.Owner, l.Stage, l.Step})
		}
		columns := []column{{title: "deal", keep: true}, {title: "why"}, {title: "owner"}, {title: "stage"}, {title: "next step"}}
		return table{columns: columns, rows: fixed(rows)}.print(s.Out)
	})
}

// agendaJSON is an agenda as scripts read it.
func agendaJSON(a *app.ReviewAgenda) map[string]any {
	rows := []map[string]any{}
	for _, l := range a.Lines {
		rows = append(rows, map[string]any{
			"deal": l.Name, "deal_id": l.ID.String(), "reasons": l.Reasons, "owner": textJSON(l.Owner), "stage": textJSON(l.Stage), "stage_before": textJSON(l.StageBefore),
			"next_step": textJSON(l.Step),
		})
	}
	rest := 0
	for _, keys := range a.Rest {
		rest += len(keys)
	}
	return map[string]any{"day": a.Day.String(), "since": a.Since.String(), "period": a.Period.Name, "rows": rows, "not_listed": rest}
}

type minutesCmd struct {
	Meeting string `arg:"" help:"The meeting: an id or its subject."`
	Out     string `required:"" type:"path" placeholder:"FILE" help:"The file, a .pdf."`
}

// Validate refuses other endings.
func (c minutesCmd) Validate() error {
	if c.Out == "" {
		return errors.New("say where to write with --out")
	}
	return endsIn(c.Out, ".pdf")
}

func (c minutesCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		row, err := a.Records.Find(ctx, data.KindMeeting, c.Meeting)
		if err != nil {
			return err
		}
		if err := a.Meetings.WriteMinutes(ctx, row.ID, c.Out); err != nil {
			return err
		}
		return s.say("Minutes of %s written to %s", row.Title(), c.Out)
	})
}
