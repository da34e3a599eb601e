package cli

import (
	"context"
	"fmt"
	"strconv"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/data"
)

type planSolveCmd struct {
	Plan       string  `arg:"" help:"The draft: an id or a name."`
	Balance    float64 `default:"50" help:"Weight of even shares."`
	Travel     float64 `default:"30" help:"Weight of short ways."`
	Disruption float64 `default:"20" help:"Weight of few changes."`
	DryRun     bool    `help:"Only print the plans that were found."`
	JSON       bool    `name:"json" help:"Print one JSON document."`
}

// planSpreadDoc is how even a plan is.
type planSpreadDoc struct {
	Largest   float64  `json:"largest_deviation"`
	Variation float64  `json:"coefficient_of_variation"`
	Within    *float64 `json:"share_within"`
	Gini      float64  `json:"gini"`
}

func planSpread(s planning.Spread) planSpreadDoc {
	return planSpreadDoc{rounded(s.Largest, 2), rounded(s.Variation, 4), shareWithin(s), rounded(s.Gini, 4)}
}

type planOptionDoc struct {
	planSpreadDoc
	Travel float64 `json:"km"`
	Moved  int     `json:"moved"`
	Today  bool    `json:"today"`
	Chosen bool    `json:"chosen"`
	Status string  `json:"status"`
}

func (c planSolveCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		b, err := planBook(ctx, a, c.Plan)
		if err != nil {
			return err
		}
		f, err := b.Frontier(ctx, app.PlanSearch{})
		if err != nil {
			return err
		}
		chosen := f.Choose(c.Balance, c.Travel, c.Disruption)
		var list []planOptionDoc
		for i, o := range f.Options {
			list = append(list, planOptionDoc{
				planSpreadDoc: planSpread(o.Spread), Travel: rounded(o.Travel, 1), Moved: o.Moved, Today: o.Today, Chosen: i == chosen, Status: string(o.Proof),
			})
		}
		if !c.DryRun && chosen >= 0 && !f.Options[chosen].Today {
			if err := a.Plans.Adopt(ctx, b, f.Options[chosen]); err != nil {
				return err
			}
		}
		if c.JSON {
			return writeJSON(s.Out, struct {
				Options []planOptionDoc `json:"options"`
			}{list})
		}
		t := table{columns: []column{{title: "plan", keep: true}, {title: "largest deviation", right: true}, {title: "variation", right: true}, {title: "within", right: true}, {title: "Gini", right: true}, {title: "mean km", right: true}, {title: "accounts moved", right: true}}}
		var rows [][]string
		for i, o := range list {
			name := strconv.Itoa(i + 1)
			if o.Today {
				name = "as it stands"
			}
			if o.Chosen {
				name += " (chosen)"
			}
			rows = append(rows, []string{name, fmt.Sprintf("%.0f", o.Largest), fmt.Sprintf("%.0f %%", 100*o.Variation), fmt.Sprintf("%d of %d", f.Options[i].Spread.Within(), f.Options[i].Spread.Of), fmt.Sprintf("%.3f", o.Gini), fmt.Sprintf("%.0f", o.Travel), strconv.Itoa(o.Moved)})
		}
		t.rows = fixed(rows)
		return t.print(s.Out)
	})
}

type planCompareCmd struct {
	Plan string `arg:"" help:"The plan: an id or a name."`
	With string `placeholder:"PLAN" help:"The plan to compare with: an id or a name; what is in force by default."`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

type planChangeDoc struct {
	Person   string             `json:"person"`
	Comes    []string           `json:"comes"`
	Goes     []string           `json:"goes"`
	Before   map[string]float64 `json:"before"`
	After    map[string]float64 `json:"after"`
	KmBefore float64            `json:"km_before"`
	KmAfter  float64            `json:"km_after"`
	Quota    float64            `json:"quota"`
	QuotaBy  float64            `json:"quota_with_sales"`
}

func (c planCompareCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		b, err := planBook(ctx, a, c.Plan)
		if err != nil {
			return err
		}
		other, err := planBook(ctx, a, c.With)
		if err != nil {
			return err
		}
		changes := b.Effects(other)
		was, is := other.Balance().Spread, b.Balance().Spread
		docs := planChanges(b, changes)
		if c.JSON {
			return writeJSON(s.Out, struct {
				Moved   int             `json:"moved"`
				Before  planSpreadDoc   `json:"before"`
				After   planSpreadDoc   `json:"after"`
				Changes []planChangeDoc `json:"changes"`
			}{app.Moves(changes), planSpread(was), planSpread(is), docs})
		}
		t := table{columns: []column{{title: "person", keep: true}, {title: "accounts", right: true}, {title: "come", right: true}, {title: "go", right: true}, {title: "km to accounts", right: true}}}
		var rows [][]string
		for _, d := range docs {
			rows = append(rows, []string{
				d.Person, fmt.Sprintf("%.0f to %.0f", d.Before["accounts"], d.After["accounts"]), strconv.Itoa(len(d.Comes)), strconv.Itoa(len(d.Goes)), fmt.Sprintf("%.0f to %.0f", d.KmBefore, d.KmAfter),
			})
		}
		t.rows = fixed(rows)
		if err := t.print(s.Out); err != nil {
			return err
		}
		return s.say("%d of %d accounts get another owner; largest deviation %.0f to %.0f points, coefficient of variation %.0f to %.0f %%, %d of %d to %d of %d within %.0f points",
			app.Moves(changes), len(b.Accounts), was.Largest, is.Largest, 100*was.Variation, 100*is.Variation, was.Within(), was.Of, is.Within(), is.Of, b.Info.Tolerance)
	})
}

func planChanges(b *app.PlanBook, changes []app.PlanChange) []planChangeDoc {
	out := []planChangeDoc{}
	for _, c := range changes {
		d := planChangeDoc{
			Person: c.Name, Comes: []string{}, Goes: []string{}, Before: map[string]float64{}, After: map[string]float64{},
			KmBefore: rounded(c.Before.Drive, 1), KmAfter: rounded(c.After.Drive, 1), Quota: rounded(c.Before.Quota, 2), QuotaBy: rounded(c.After.Quota, 2),
		}
		for _, m := range planning.Measures {
			d.Before[string(m)], d.After[string(m)] = rounded(c.Before.Values.Of(m), 2), rounded(c.After.Values.Of(m), 2)
		}
		for _, x := range c.Comes {
			d.Comes = append(d.Comes, b.Accounts[x.Account].Name)
		}
		for _, x := range c.Goes {
			d.Goes = append(d.Goes, b.Accounts[x.Account].Name)
		}
		out = append(out, d)
	}
	return out
}

type planPublishCmd struct {
	Plan     string `arg:"" help:"The draft: an id or a name."`
	From     string `placeholder:"DAY" help:"The first day; today by default."`
	HandOver string `enum:"nothing,accounts,deals" default:"accounts" help:"What a new owner gets: nothing, accounts, deals (accounts and their open deals)."`
}

func (c planPublishCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		b, err := planBook(ctx, a, c.Plan)
		if err != nil {
			return err
		}
		o := app.Publishing{Plan: b.Info.ID, From: data.NoDay, HandOver: c.HandOver != "nothing", OpenDeals: c.HandOver == "deals"}
		if c.From != "" {
			if o.From, err = data.ParseDay(c.From); err != nil {
				return data.FieldErrorf("from", "%q is not a day; write it as 2006-01-02", c.From)
			}
		}
		done, err := a.Plans.Publish(ctx, o)
		if err != nil {
			return err
		}
		if done.Waits {
			return s.say("%s is published; accounts move on its first day. %d emptied territories are covered to the day before", b.Info.Name, done.Left)
		}
		return s.say("%s is in force: %d accounts moved, %d got another owner, %d deals went along; %d emptied territories are covered by nobody from then on",
			b.Info.Name, done.Accounts, done.Owners, done.Deals, done.Left)
	})
}

type planLettersCmd struct {
	Plan string `arg:"" help:"The plan: an id or a name."`
	For  string `placeholder:"PERSON" help:"This person's letter alone."`
	Out  string `type:"path" required:"" placeholder:"FOLDER" help:"The folder for the PDF files; it is made where it is missing."`
}

func (c planLettersCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		row, err := a.Records.Find(ctx, data.KindPlan, c.Plan)
		if err != nil {
			return err
		}
		person := data.NoID
		if c.For != "" {
			who, err := a.Records.Find(ctx, data.KindPerson, c.For)
			if err != nil {
				return err
			}
			person = who.ID
		}
		files, err := a.Plans.WriteLetters(ctx, row.ID, person, c.Out)
		if err != nil {
			return err
		}
		return s.say("%d letters are in %s", len(files), c.Out)
	})
}

type planPrintCmd struct {
	Plan string `arg:"" help:"The plan: an id or a name."`
	Out  string `type:"path" required:"" placeholder:"FILE.pdf" help:"The PDF file to write."`
}

func (c planPrintCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		row, err := a.Records.Find(ctx, data.KindPlan, c.Plan)
		if err != nil {
			return err
		}
		if err := a.Plans.WriteSummary(ctx, row.ID, c.Out); err != nil {
			return err
		}
		return s.say("the plan is in %s", c.Out)
	})
}
