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
	Hire  planHireCmd  `cmd:"" help:"Make room for a person: a new territory round his home."`

	Territory planTerritoryCmds `cmd:"" help:"Add, change or remove territories of a draft."`

	Archive planArchiveCmd `cmd:"" help:"Put a plan away, or make a draft of it again."`
	Compare planCompareCmd `cmd:"" help:"Print what a plan changes for whom, against what is in force."`
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
	Outside     int                `json:"outside"`
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
		Gini: rounded(now.Spread.Gini, 4), Largest: rounded(now.Spread.Largest, 2), Outside: now.Spread.Outside, Territories: []planTerritoryDoc{},
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
		{title: "territory", keep: true}, {title: "owner"}, {title: "areas", right: true}, {title: "accounts", right: true},
		{title: "potential", right: true}, {title: "sales", right: true}, {title: "hours", right: true}, {title: "index", right: true},
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
	return s.say("balanced by %s; Gini %.3f, largest deviation %.0f points, %d of %d outside %.0f points; %s",
		doc.BalancedBy, doc.Gini, doc.Largest, doc.Outside, len(b.Plan.Territories), doc.Tolerance, rest)
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

type planSolveCmd struct {
	Plan       string  `arg:"" help:"The draft: an id or a name."`
	Balance    float64 `default:"50" help:"Weight of even shares."`
	Travel     float64 `default:"30" help:"Weight of short ways."`
	Disruption float64 `default:"20" help:"Weight of few changes."`
	DryRun     bool    `help:"Only print the plans that were found."`
	JSON       bool    `name:"json" help:"Print one JSON document."`
}

type planOptionDoc struct {
	Largest float64 `json:"largest_deviation"`
	Gini    float64 `json:"gini"`
	Travel  float64 `json:"km"`
	Moved   int     `json:"moved"`
	Today   bool    `json:"today"`
	Chosen  bool    `json:"chosen"`
	Status  string  `json:"status"`
}

func (c planSolveCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		b, err := planBook(ctx, a, c.Plan)
		if err != nil {
			return err
		}
		f, err := b.Frontier(ctx, func(_, _ int64) {})
		if err != nil {
			return err
		}
		chosen := f.Choose(c.Balance, c.Travel, c.Disruption)
		var list []planOptionDoc
		for i, o := range f.Options {
			list = append(list, planOptionDoc{
				Largest: rounded(o.Spread.Largest, 2), Gini: rounded(o.Spread.Gini, 4), Travel: rounded(o.Travel, 1), Moved: o.Moved, Today: o.Today, Chosen: i == chosen, Status: string(o.Proof),
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
		t := table{columns: []column{{title: "plan", keep: true}, {title: "largest deviation", right: true}, {title: "Gini", right: true}, {title: "mean km", right: true}, {title: "accounts moved", right: true}}}
		var rows [][]string
		for i, o := range list {
			name := strconv.Itoa(i + 1)
			if o.Today {
				name = "as it stands"
			}
			if o.Chosen {
				name += " (chosen)"
			}
			rows = append(rows, []string{name, fmt.Sprintf("%.0f", o.Largest), fmt.Sprintf("%.3f", o.Gini), fmt.Sprintf("%.0f", o.Travel), strconv.Itoa(o.Moved)})
		}
		t.rows = fixed(rows)
		return t.print(s.Out)
	})
}

type planCompareCmd struct {
	Plan string `arg:"" help:"The plan: an id or a name."`
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
		live, err := a.Plans.Book(ctx, data.NoID)
		if err != nil {
			return err
		}
		changes := b.Effects(live)
		docs := planChanges(b, changes)
		if c.JSON {
			return writeJSON(s.Out, struct {
				Moved   int             `json:"moved"`
				Changes []planChangeDoc `json:"changes"`
			}{app.Moves(changes), docs})
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
		return s.say("%d of %d accounts get another owner", app.Moves(changes), len(b.Accounts))
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
			return s.say("%s is published; accounts move on its first day", b.Info.Name)
		}
		return s.say("%s is in force: %d accounts moved, %d got another owner, %d deals went along", b.Info.Name, done.Accounts, done.Owners, done.Deals)
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
