package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fieldbook/app"
	"fieldbook/data"
)

type importCmd struct {
	Files  []string `arg:"" type:"path" help:"CSV files and workbooks; together they are one import."`
	Kind   string   `default:"auto" placeholder:"KIND" help:"Kind of record that the files hold; auto finds out."`
	Map    string   `type:"path" placeholder:"FILE" help:"How columns are read, as the window saves it."`
	AsOf   string   `placeholder:"DAY" help:"The day that the files tell of, where that is not today; what they change is then history of that day."`
	Mode   string   `enum:",create,update,both" default:"" placeholder:"MODE" help:"create leaves records that are there, update sets aside rows of none, both does both (the default)."`
	Key    []string `placeholder:"FIELD,…" help:"Fields by which rows find their records, such as email or name,account."`
	Blank  string   `enum:",leave,clear" default:"" placeholder:"WHAT" help:"What a blank cell does: leave or clear."`
	Clash  string   `enum:",sheet,book" default:"" placeholder:"SIDE" help:"Whose value stands where the file and the book changed it since the export: sheet or book. Without it the book's stays and the clash is listed."`
	New    bool     `name:"new-fields" help:"Make a custom field of each column that the book has no field for."`
	DryRun bool     `help:"Only say what would be done."`
	Aside  string   `name:"set-aside" type:"path" placeholder:"FILE" help:"Write the rows that are set aside to a CSV file or workbook, with the reason; mend them there and import it."`
	JSON   bool     `name:"json" help:"Print one JSON document."`
}

// Validate refuses other endings.
func (c importCmd) Validate() error {
	if c.Aside == "" {
		return nil
	}
	return endsIn(c.Aside, ".csv", ".xlsx")
}

// options are what the words of the command ask of the plan.
func (c importCmd) options() (app.PlanOptions, error) {
	opt := app.PlanOptions{Mode: c.Mode, Key: c.Key, Blank: c.Blank, Clash: c.Clash, NewFields: c.New}
	if c.Kind != "auto" {
		k, err := data.KindByName(c.Kind)
		if err != nil {
			return opt, err
		}
		opt.Kind = k.Name
	}
	if c.Map != "" {
		var err error
		if opt.Mapping, err = app.LoadMapping(c.Map); err != nil {
			return opt, err
		}
	}
	if c.AsOf != "" {
		day, err := data.ParseDay(c.AsOf)
		if err != nil {
			return opt, err
		}
		opt.AsOf = day
	}
	return opt, nil
}

func (c importCmd) Run(ctx context.Context, s *session) error {
	opt, err := c.options()
	if err != nil {
		return err
	}
	return s.write(ctx, func(a *app.App) error {
		plan, err := a.Imports.Plan(ctx, c.Files, opt)
		if err != nil {
			return err
		}
		run := a.Imports.Apply
		if c.DryRun {
			run = a.Imports.Rehearse
		}
		res, err := run(ctx, plan, func(int, int, string) {})
		if err != nil {
			return err
		}
		var aside []string
		if c.Aside != "" && res.SetAside() > 0 {
			if aside, err = res.WriteSetAside(c.Aside); err != nil {
				return err
			}
		}
		if c.JSON {
			return writeJSON(s.Out, res)
		}
		if err := s.imported(res, c.DryRun); err != nil {
			return err
		}
		for _, path := range aside {
			if err := s.say("the rows that were set aside stand in %s; mend them there and import it", path); err != nil {
				return err
			}
		}
		return nil
	})
}

// imported says what became of each file, and why rows were set aside.
func (s *session) imported(res *app.ImportResult, dry bool) error {
	t := table{columns: []column{
		{title: "file", keep: true},
		{title: "kind", keep: true},
		{title: "rows", right: true},
		{title: "new", right: true},
		{title: "changed", right: true},
		{title: "unchanged", right: true},
		{title: "set aside", right: true},
		{title: "to fix", right: true},
	}}
	var rows [][]string
	var notes []string
	for _, f := range res.Files {
		kind := f.Kind
		if kind == "" {
			kind = "unknown"
		}
		row := []string{f.File, kind}
		for _, n := range []int{f.Rows, f.New, f.Changed, f.Unchanged, f.SetAside, f.ToFix} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
		notes = append(notes, notesOn(f)...)
	}
	t.rows = fixed(rows)
	if err := t.print(s.Out); err != nil {
		return err
	}
	if dry {
		notes = append(notes, "nothing was changed: this was a dry run")
	}
	for _, n := range notes {
		if err := s.say("%s", n); err != nil {
			return err
		}
	}
	return nil
}

// mostNotes is how many problems of a file are told to people; --json has all.
const mostNotes = 10

func notesOn(f *app.FileResult) []string {
	var out []string
	if f.Why != "" {
		out = append(out, f.File+": "+f.Why)
	}
	if f.AsOf != "" {
		out = append(out, f.File+": tells of "+f.AsOf)
	}
	if f.Absent != nil {
		out = append(out, f.File+": "+strconv.Itoa(f.Absent.Deals)+" open deals of this source are not in it and stay as they are: "+strings.Join(f.Absent.Names, ", "))
	}
	if n := len(f.NewFields); n > 0 {
		out = append(out, f.File+": made custom fields of "+some(n, "column")+": "+strings.Join(f.NewFields, ", "))
	}
	if n := len(f.LeftOut); n > 0 {
		out = append(out, f.File+": left out "+some(n, "column")+", of which --new-fields makes custom fields: "+strings.Join(f.LeftOut, ", "))
	}
	for _, n := range f.Notes {
		out = append(out, f.File+": "+strconv.Itoa(n.Rows)+" "+n.What)
	}
	for i, p := range f.Problems {
		if i == mostNotes {
			out = append(out, f.File+": and "+strconv.Itoa(len(f.Problems)+f.More-i)+" more problems; --json lists them")
			break
		}
		parts := slices.DeleteFunc([]string{p.Column, strconv.Quote(p.Value), p.Why}, func(part string) bool { return part == "" || part == `""` })
		out = append(out, f.File+" line "+strconv.Itoa(p.Line)+": "+strings.Join(parts, " "))
	}
	if slices.ContainsFunc(f.Names, func(n app.StrangeName) bool { return n.Resembles != "" && !n.Settled }) {
		out = append(out, f.File+": a mapping (--map FILE) says what a name means")
	}
	if slices.ContainsFunc(f.Clashes, func(c app.ImportClash) bool { return c.Open }) {
		out = append(out, f.File+": --clash sheet takes the side of the file")
	}
	return out
}
