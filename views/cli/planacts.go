package cli

import (
	"context"
	"strings"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/data"
)

type planSplitCmd struct {
	Plan      string `arg:"" help:"The draft: an id or a name."`
	Territory string `arg:"" help:"The territory to make two of."`
	Name      string `help:"What the second one is called."`
}

func (c planSplitCmd) Run(ctx context.Context, s *session) error {
	return s.planAct(ctx, c.Plan, c.Territory, func(a *app.App, b *app.PlanBook, t planning.Territory) error {
		id, err := a.Plans.Split(ctx, b, t.ID, c.Name)
		if err != nil {
			return err
		}
		return s.say("%s", id)
	})
}

type planCloseCmd struct {
	Plan      string `arg:"" help:"The draft: an id or a name."`
	Territory string `arg:"" help:"The territory whose areas and accounts go to the others."`
}

func (c planCloseCmd) Run(ctx context.Context, s *session) error {
	return s.planAct(ctx, c.Plan, c.Territory, func(a *app.App, b *app.PlanBook, t planning.Territory) error {
		return a.Plans.Close(ctx, b, t.ID)
	})
}

// planAct runs what is done to a territory of a draft.
func (s *session) planAct(ctx context.Context, plan, territory string, do func(a *app.App, b *app.PlanBook, t planning.Territory) error) error {
	return s.write(ctx, func(a *app.App) error {
		b, err := planBook(ctx, a, plan)
		if err != nil {
			return err
		}
		t, err := planTarget(b, territory)
		if err != nil {
			return err
		}
		return do(a, b, t)
	})
}

type planHireCmd struct {
	Plan   string  `arg:"" help:"The draft: an id or a name."`
	Person string  `arg:"" optional:"" help:"Whom to make room for: an id or a name; without one the seat is open."`
	Name   string  `help:"What the territory is called; the person's name by default."`
	Share  float64 `default:"100" help:"How much of a full territory, in percent."`
}

func (c planHireCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		b, err := planBook(ctx, a, c.Plan)
		if err != nil {
			return err
		}
		n := app.Newcomer{Name: c.Name, Share: c.Share}
		if n.Share < 5 || n.Share > 300 {
			return data.FieldErrorf("share", "%g is no share of a territory; write a number from 5 to 300", c.Share)
		}
		if n.Person, err = planOwner(ctx, a, c.Person); err != nil {
			return err
		}
		id, err := a.Plans.Hire(ctx, b, n, nil)
		if err != nil {
			return err
		}
		return s.say("%s", id)
	})
}

// planOwner finds a person; nothing and - are nobody.
func planOwner(ctx context.Context, a *app.App, name string) (data.ID, error) {
	if name == "" || name == "-" {
		return data.NoID, nil
	}
	row, err := a.Records.Find(ctx, data.KindPerson, name)
	return row.ID, err
}

type planTerritoryCmds struct {
	Add    planTerritoryAddCmd    `cmd:"" help:"Add a territory to a draft."`
	Set    planTerritorySetCmd    `cmd:"" help:"Change a territory of a draft."`
	Remove planTerritoryRemoveCmd `cmd:"" help:"Take a territory out of a draft; what it held goes to another one or to nobody."`
}

// planTerritoryFlags is what can be said of a territory; what is not said stays.
type planTerritoryFlags struct {
	Owner  *string  `placeholder:"PERSON" help:"Who covers it: an id or a name; - leaves the seat open."`
	Color  *string  `placeholder:"#0072B2" help:"Its colour on the map."`
	Share  *float64 `placeholder:"PERCENT" help:"How much of a full territory; less for part-time and new hires."`
	Rule   *string  `placeholder:"CONDITION" help:"Accounts that it gets wherever they are, such as \"industry is finance\"; - for none."`
	Order  *int64   `help:"Where two rules claim an account, the lower one has it."`
	Locked *bool    `negatable:"" help:"Nothing comes or goes."`
}

func (f planTerritoryFlags) put(ctx context.Context, a *app.App, t *planning.Territory) (err error) {
	if f.Owner != nil {
		if t.Person, err = planOwner(ctx, a, *f.Owner); err != nil {
			return err
		}
	}
	if f.Color != nil {
		if t.Color = strings.ToUpper(*f.Color); !isColour(t.Color) {
			return data.FieldErrorf("color", "%q is no colour; write it as #0072B2", *f.Color)
		}
	}
	if f.Share != nil {
		if t.Share = *f.Share; t.Share < 5 || t.Share > 500 {
			return data.FieldErrorf("share", "%g is no share of a territory; write a number from 5 to 500", t.Share)
		}
	}
	if f.Rule != nil {
		t.Rule = strings.TrimPrefix(*f.Rule, "-")
	}
	if f.Order != nil {
		t.Order = *f.Order
	}
	if f.Locked != nil {
		t.Locked = *f.Locked
	}
	return nil
}

func isColour(text string) bool {
	return len(text) == 7 && text[0] == '#' && strings.Trim(text[1:], "0123456789ABCDEF") == ""
}

type planTerritoryAddCmd struct {
	Plan string `arg:"" help:"The draft: an id or a name."`
	Name string `arg:"" help:"What the territory is called."`
	planTerritoryFlags
}

func (c planTerritoryAddCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		row, err := a.Records.Find(ctx, data.KindPlan, c.Plan)
		if err != nil {
			return err
		}
		t := planning.Territory{Name: c.Name}
		if err := c.put(ctx, a, &t); err != nil {
			return err
		}
		id, err := a.Plans.SaveTerritory(ctx, row.ID, t)
		if err != nil {
			return err
		}
		return s.say("%s", id)
	})
}

type planTerritorySetCmd struct {
	Plan      string  `arg:"" help:"The draft: an id or a name."`
	Territory string  `arg:"" help:"One of its territories."`
	Name      *string `help:"What it is called from now on."`
	planTerritoryFlags
}

func (c planTerritorySetCmd) Run(ctx context.Context, s *session) error {
	return s.planAct(ctx, c.Plan, c.Territory, func(a *app.App, b *app.PlanBook, t planning.Territory) error {
		if c.Name != nil {
			t.Name = *c.Name
		}
		if err := c.put(ctx, a, &t); err != nil {
			return err
		}
		_, err := a.Plans.SaveTerritory(ctx, b.Info.ID, t)
		return err
	})
}

type planTerritoryRemoveCmd struct {
	Plan      string `arg:"" help:"The draft: an id or a name."`
	Territory string `arg:"" help:"One of its territories."`
	Into      string `placeholder:"TERRITORY" help:"Which gets what it held; nobody without it."`
}

func (c planTerritoryRemoveCmd) Run(ctx context.Context, s *session) error {
	return s.planAct(ctx, c.Plan, c.Territory, func(a *app.App, b *app.PlanBook, t planning.Territory) error {
		into := data.NoID
		if c.Into != "" {
			other, err := planTarget(b, c.Into)
			if err != nil {
				return err
			}
			into = other.ID
		}
		return a.Plans.RemoveTerritory(ctx, b.Info.ID, t.ID, into)
	})
}

type planArchiveCmd struct {
	Plan string `arg:"" help:"The plan: an id or a name."`
	Off  bool   `help:"Make a draft of it again."`
}

func (c planArchiveCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		row, err := a.Records.Find(ctx, data.KindPlan, c.Plan)
		if err != nil {
			return err
		}
		if c.Off {
			return a.Plans.Reopen(ctx, row.ID)
		}
		return a.Plans.Archive(ctx, row.ID)
	})
}
