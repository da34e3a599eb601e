package cli

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/data"
)

type planCmds struct {
	New   planNewCmd   `cmd:"" help:"Begin a draft with what is in force."`
	Copy  planCopyCmd  `cmd:"" help:"Begin a draft with what another plan holds."`
	Show  planShowCmd  `cmd:"" help:"Print a plan's territories, how even they are and what it leaves open; without a name what is in force."`
	Give  planGiveCmd  `cmd:"" help:"Give areas or accounts to a territory of a draft."`
	Lock  planLockCmd  `cmd:"" help:"Keep areas or accounts where they are, or let them go."`
	Solve planSolveCmd `cmd:"" help:"Divide a draft anew: even, near, and with few changes, as the weights say."`
	Split planSplitCmd `cmd:"" help:"Make two territories out of one, alike by what is balanced."`
	Close planCloseCmd `cmd:"" help:"Close a territory: the others get what it held, evenly and near by."`
	Hire  planHireCmd  `cmd:"" help:"Make room for a person: a new territory round their home."`

	Territory planTerritoryCmds `cmd:"" help:"Add, change or remove territories of a draft."`

	Archive planArchiveCmd `cmd:"" help:"Put a plan away, or make a draft of it again."`
	Compare planCompareCmd `cmd:"" help:"Print what a plan changes for whom, against what is in force or another plan."`
	Letters planLettersCmd `cmd:"" help:"Write a letter of one page for each person whom a plan concerns."`
	Print   planPrintCmd   `cmd:"" help:"Set a plan on paper: territories, balance, who gains and who loses."`
	Publish planPublishCmd `cmd:"" help:"Put a draft in force from a day on."`
}

type planNewCmd struct {
	Name      string  `arg:"" help:"What the draft is called."`
	Areas     string  `enum:"country,state,county,zip3,zip,accounts" default:"county" help:"The size of areas: country, state, county, zip3, zip; accounts for none."`
	Frame     string  `placeholder:"US" help:"What it is about: the code of a country, or world; by default where the accounts are."`
	By        string  `placeholder:"MEASURES" help:"What is balanced, such as \"potential 60, hours 40\": accounts, potential, sales, open, hours, people."`
	Tolerance float64 `default:"10" help:"How far a territory may be from an even share, in points."`
	Blank     bool    `help:"Begin with an empty map."`
}

func (c planNewCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		n := app.NewPlan{Name: c.Name, Level: c.Areas, Frame: c.Frame, Mix: app.ParseMix(c.By), Tolerance: c.Tolerance, Blank: c.Blank}
		if n.Level == "accounts" {
			n.Level = ""
		}
		id, err := a.Plans.Create(ctx, n)
		if err != nil {
			return err
		}
		return s.say("%s", id)
	})
}

type planCopyCmd struct {
	Plan string `arg:"" help:"The plan: an id or a name."`
	Name string `arg:"" help:"What the draft is called."`
}

func (c planCopyCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		row, err := a.Records.Find(ctx, data.KindPlan, c.Plan)
		if err != nil {
			return err
		}
		id, err := a.Plans.Copy(ctx, row.ID, c.Name)
		if err != nil {
			return err
		}
		return s.say("%s", id)
	})
}

// planBook finds a plan by name; "" is what is in force.
func planBook(ctx context.Context, a *app.App, name string) (*app.PlanBook, error) {
	if name == "" {
		return a.Plans.Book(ctx, data.NoID)
	}
	row, err := a.Records.Find(ctx, data.KindPlan, name)
	if err != nil {
		return nil, err
	}
	return a.Plans.Book(ctx, row.ID)
}

type planShowCmd struct {
	Plan string `arg:"" optional:"" help:"The plan: an id or a name; what is in force without one."`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

func (c planShowCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		b, err := planBook(ctx, a, c.Plan)
		if err != nil {
			return err
		}
		doc := planDocument(b)
		if c.JSON {
			return writeJSON(s.Out, doc)
		}
		return s.printPlan(b, doc)
	})
}

type planDoc struct {
	Plan        string             `json:"plan"`
	Status      string             `json:"status"`
	Areas       string             `json:"areas"`
	BalancedBy  string             `json:"balanced_by"`
	Tolerance   float64            `json:"tolerance"`
	Gini        float64            `json:"gini"`
	Largest     float64            `json:"largest_deviation"`
	Variation   float64            `json:"coefficient_of_variation"`
	Outside     int                `json:"outside"`
	Within      *float64           `json:"share_within"`
	Territories []planTerritoryDoc `json:"territories"`
	Open        planOpenDoc        `json:"open"`
}

type planTerritoryDoc struct {
	Territory string             `json:"territory"`
	Owner     string             `json:"owner"`
	Areas     int                `json:"areas"`
	Locked    bool               `json:"locked"`
	Index     float64            `json:"index"`
	Quota     float64            `json:"quota"`
	Load      map[string]float64 `json:"load"`
}

type planOpenDoc struct {
	Areas      []string `json:"areas"`
	Accounts   []string `json:"accounts"`
	Misplaced  []string `json:"without_place"`
	Overlaps   []string `json:"overlaps"`
	Ownerless  []string `json:"ownerless"`
	RuleFaults []string `json:"rule_faults"`
}

func planDocument(b *app.PlanBook) planDoc {
	now := b.Balance()
	doc := planDoc{
		Plan: b.Info.Name, Status: b.Info.Status, Areas: b.Info.Level, BalancedBy: app.MixText(b.Info.Mix), Tolerance: b.Info.Tolerance,
		Gini: rounded(now.Spread.Gini, 4), Largest: rounded(now.Spread.Largest, 2), Variation: rounded(now.Spread.Variation, 4),
		Outside: now.Spread.Outside, Within: shareWithin(now.Spread), Territories: []planTerritoryDoc{},
	}
	for i, t := range b.Plan.Territories {
		x := planTerritoryDoc{
			Territory: t.Name, Owner: t.Owner, Areas: now.Areas[i], Locked: t.Locked, Index: rounded(now.Index[i], 2), Quota: rounded(now.Quota[i], 2), Load: map[string]float64{},
		}
		for _, m := range planning.Measures {
			x.Load[string(m)] = rounded(now.Division.Loads[i].Of(m), 2)
		}
		doc.Territories = append(doc.Territories, x)
	}
	doc.Open = planOpen(b)
	return doc
}

// shareWithin is the share of territories within the tolerance; nil without any.
func shareWithin(s planning.Spread) *float64 {
	if s.Of == 0 {
		return nil
	}
	v := rounded(float64(s.Within())/float64(s.Of), 6)
	return &v
}

func planOpen(b *app.PlanBook) planOpenDoc {
	g := b.Gaps()
	out := planOpenDoc{Areas: []string{}, Accounts: []string{}, Misplaced: []string{}, Overlaps: []string{}, Ownerless: []string{}, RuleFaults: []string{}}
	for _, i := range g.Areas {
		out.Areas = append(out.Areas, b.Areas[i].Code)
	}
	for _, i := range g.Accounts {
		out.Accounts = append(out.Accounts, b.Accounts[i].Name)
	}
	for _, i := range g.Misplaced {
		out.Misplaced = append(out.Misplaced, b.Accounts[i].Name)
	}
	for _, o := range g.Overlaps {
		out.Overlaps = append(out.Overlaps, b.Accounts[o.Account].Name)
	}
	for _, i := range g.Ownerless {
		out.Ownerless = append(out.Ownerless, b.Plan.Territories[i].Name)
	}
	for _, f := range b.Faults {
		out.RuleFaults = append(out.RuleFaults, fmt.Sprintf("%s: %s", f.Name, f.Why))
	}
	return out
}

func rounded(v float64, digits int) float64 {
	unit := math.Pow(10, float64(digits))
	return math.Round(v*unit) / unit
}

// printPlan prints a plan for people.
func (s *session) printPlan(b *app.PlanBook, doc planDoc) error {
	t := table{columns: []column{
		{title: "territory", keep: true},
		{title: "owner"},
		{title: "areas", right: true},
		{title: "accounts", right: true},
		{title: "potential", right: true},
		{title: "sales", right: true},
		{title: "hours", right: true},
		{title: "index", right: true},
	}}
	var rows [][]string
	short := func(v float64) string { return strconv.FormatFloat(rounded(v, 1), 'f', -1, 64) }
	for _, x := range doc.Territories {
		rows = append(rows, []string{
			x.Territory, x.Owner, strconv.Itoa(x.Areas), short(x.Load["accounts"]), short(x.Load["potential"]), short(x.Load["sales"]), short(x.Load["hours"]), strconv.Itoa(int(math.Round(x.Index))),
		})
	}
	t.rows = fixed(rows)
	if err := t.print(s.Out); err != nil {
		return err
	}
	var open []string
	add := func(n int, words string) {
		if n > 0 {
			open = append(open, fmt.Sprintf("%d %s", n, words))
		}
	}
	add(len(doc.Open.Areas), "areas of nobody")
	add(len(doc.Open.Accounts), "accounts in no territory")
	add(len(doc.Open.Misplaced), "accounts without a known place")
	add(len(doc.Open.Overlaps), "accounts that two rules claim")
	add(len(doc.Open.Ownerless), "territories without an owner")
	add(len(doc.Open.RuleFaults), "rules that cannot be read")
	rest := "nothing is left open"
	if len(open) > 0 {
		rest = "left open: " + strings.Join(open, ", ")
	}
	return s.say("balanced by %s; largest deviation %.0f points, coefficient of variation %.0f %%, Gini %.3f, %d of %d within %.0f points; %s",
		doc.BalancedBy, doc.Largest, 100*doc.Variation, doc.Gini, len(b.Plan.Territories)-doc.Outside, len(b.Plan.Territories), doc.Tolerance, rest)
}

// planTarget finds a territory of a plan by id or name.
func planTarget(b *app.PlanBook, name string) (planning.Territory, error) {
	for _, t := range b.Plan.Territories {
		if t.ID.String() == name || strings.EqualFold(t.Name, name) {
			return t, nil
		}
	}
	return planning.Territory{}, data.Errorf(data.NotFound, "%s has no territory %q; nothing was changed", b.Info.Name, name)
}

// pieces tells areas from accounts among what was named.
func pieces(ctx context.Context, a *app.App, b *app.PlanBook, names []string) (areas []string, accounts []data.ID, err error) {
	for _, name := range names {
		if b.IsArea(name) {
			areas = append(areas, name)
			continue
		}
		row, err := a.Records.Find(ctx, data.KindAccount, name)
		if err != nil {
			return nil, nil, err
		}
		accounts = append(accounts, row.ID)
	}
	return areas, accounts, nil
}

type planGiveCmd struct {
	Plan      string   `arg:"" help:"The draft: an id or a name."`
	Territory string   `arg:"" help:"One of its territories; - for nobody."`
	Pieces    []string `arg:"" help:"Codes of areas (US-TX, US/c48201, US/z787, US/z78701, FR-75) and accounts."`
}

func (c planGiveCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		b, err := planBook(ctx, a, c.Plan)
		if err != nil {
			return err
		}
		g := app.Giving{Plan: b.Info.ID}
		if c.Territory != "-" {
			t, err := planTarget(b, c.Territory)
			if err != nil {
				return err
			}
			g.Territory = t.ID
		}
		if g.Areas, g.Accounts, err = pieces(ctx, a, b, c.Pieces); err != nil {
			return err
		}
		got, err := a.Plans.Give(ctx, g)
		if err != nil {
			return err
		}
		return s.say("%d areas and %d accounts given; %d are locked and stay", got.Areas, got.Accounts, got.Locked)
	})
}

type planLockCmd struct {
	Plan   string   `arg:"" help:"The draft: an id or a name."`
	Pieces []string `arg:"" help:"Codes of areas and accounts."`
	Off    bool     `help:"Let them go again."`
}

func (c planLockCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		b, err := planBook(ctx, a, c.Plan)
		if err != nil {
			return err
		}
		g := app.Giving{Plan: b.Info.ID}
		if g.Areas, g.Accounts, err = pieces(ctx, a, b, c.Pieces); err != nil {
			return err
		}
		return a.Plans.Lock(ctx, g, !c.Off)
	})
}
