package app

import (
	"context"
	"fmt"
	"path/filepath"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// Imports brings tables from other programs into the book. Plan looks at files
// and says how they would be read, which the caller may correct; Rehearse finds
// out what an import would do, Apply does it. All files of a plan are one
// transaction and one step for undo.
type Imports struct{ app *App }

// PlanOptions say what the caller knows of the files beforehand.
type PlanOptions struct {
	Kind    string            // of every file; "" or "auto" finds out
	Kinds   map[string]string // of single files, by path; goes before Kind
	Mapping *ImportMapping    // how columns are read; goes before what the book remembers
	AsOf    data.Day          // the day that the files tell of; 0 goes by their names where several tell of the same
	Mode    string            // goes before the mapping's, as those below
	Key     []string
	Blank   string
	Clash   string
	// NewFields makes a custom field of each column that would be left out. A
	// list of deals of which the book knows the lesser part has them anyway.
	NewFields bool
}

// ImportProgress is told how far an import is: rows done, rows in all, and in
// words what is going on.
type ImportProgress func(done, total int, words string)

// Plan looks at files and recognises what they hold. A file that is no table
// or of no known kind stands in the plan with the reason in Why. The error is
// NotFound where there is no such file.
func (im *Imports) Plan(ctx context.Context, paths []string, opt PlanOptions) (*ImportPlan, error) {
	pipelines, err := im.pipelines(ctx)
	if err != nil {
		return nil, err
	}
	plan := &ImportPlan{}
	for _, path := range paths {
		members := sheet.Members(path)
		if members == nil {
			members = []string{""}
		}
		for _, member := range members {
			f := &FilePlan{Path: path, Name: filepath.Base(path), AsOf: data.NoDay, pipelines: pipelines, app: im.app}
			if member != "" {
				f.Name, f.Format.Member = filepath.Base(filepath.FromSlash(member)), member
			}
			today := im.app.Today()
			f.Dated, f.Format.Horizon = dayInName(f.Name, today), sheet.Horizon{From: today.AddMonths(-12), To: today.AddMonths(12)}
			if err := im.planFile(ctx, f, opt); err != nil {
				return nil, err
			}
			if err := im.otherSheet(ctx, &f, opt); err != nil {
				return nil, err
			}
			plan.Files = append(plan.Files, f)
			more, err := im.planSheets(ctx, f, opt)
			if err != nil {
				return nil, err
			}
			plan.Files = append(plan.Files, more...)
		}
	}
	if err := im.relate(ctx, plan, opt); err != nil {
		return nil, err
	}
	for _, f := range plan.Files {
		if !opt.NewFields && (opt.Mapping != nil || !f.mostlyStrange()) {
			continue
		}
		if err := f.keepLeftOut(); err != nil {
			return nil, err
		}
	}
	return plan, plan.date(opt.AsOf)
}

// planFile looks at one table.
func (im *Imports) planFile(ctx context.Context, f *FilePlan, opt PlanOptions) error {
	if err := f.scan(ctx); err != nil {
		return err
	}
	if err := f.headerAnyway(ctx); err != nil {
		return err
	}
	if err := im.holding(ctx, f); err != nil {
		return err
	}
	if err := im.recognise(ctx, f, opt); err != nil {
		return err
	}
	return opt.modes(f)
}

// otherSheet takes, for a workbook whose first sheet is of no known kind, such as a pivot
// table, the first of its sheets that is.
func (im *Imports) otherSheet(ctx context.Context, file **FilePlan, opt PlanOptions) error {
	first := *file
	if first.Kind != "" || len(first.Sheets) < 2 {
		return nil
	}
	for _, name := range first.Sheets {
		if name == first.Format.Sheet {
			continue
		}
		f := &FilePlan{Path: first.Path, Name: first.Name, Dated: first.Dated, AsOf: data.NoDay, pipelines: first.pipelines, app: im.app, passed: first.Format.Sheet}
		f.Format.Sheet, f.Format.Member, f.Format.Horizon = name, first.Format.Member, first.Format.Horizon
		if err := im.planFile(ctx, f, opt); err != nil {
			return err
		}
		if f.Kind != "" {
			*file = f
			return nil
		}
	}
	return nil
}

// planSheets looks at the further sheets of a workbook that the book exported:
// of such a one all come in.
func (im *Imports) planSheets(ctx context.Context, first *FilePlan, opt PlanOptions) ([]*FilePlan, error) {
	if !first.own || len(first.Sheets) < 2 {
		return nil, nil
	}
	var out []*FilePlan
	for _, name := range first.Sheets {
		if name == first.Format.Sheet {
			continue
		}
		f := &FilePlan{Path: first.Path, Name: first.Name + ", " + name, Dated: first.Dated, AsOf: data.NoDay, pipelines: first.pipelines, app: im.app}
		f.Format.Sheet = name
		if err := im.planFile(ctx, f, opt); err != nil {
			return nil, err
		}
		if f.own {
			out = append(out, f)
		}
	}
	if len(out) > 0 {
		first.Name += ", " + first.Format.Sheet
	}
	return out, nil
}

// recognise finds the kind of a file, then maps its columns: as the caller
// says, else as the book remembers, else as the names suggest.
func (im *Imports) recognise(ctx context.Context, f *FilePlan, opt PlanOptions) error {
	kind := opt.Kind
	if k, ok := opt.Kinds[f.Path]; ok {
		kind = k
	}
	if kind == "auto" {
		kind = ""
	}
	mapping, mapped := opt.Mapping.fileFor(f)
	if kind == "" {
		kind = mapping.Kind
	}
	old, known, err := im.remembered(ctx, f)
	if err != nil {
		return err
	}
	known = known && !mapped && (kind == "" || kind == old.Kind)
	if known && old.apply(f) == nil {
		f.edited, f.remembered = false, true
		return nil // what no longer fits the book falls through to the names
	}
	if kind == "" {
		kind = f.guessKind()
	}
	if err := f.SetKind(kind); err != nil {
		return err
	}
	f.edited = false
	if !mapped {
		return nil
	}
	mapping.Kind = ""
	return mapping.apply(f)
}

// Rescan reads a file again after its Format was changed. What was corrected
// stays for the columns that are still there.
func (im *Imports) Rescan(ctx context.Context, f *FilePlan) error {
	old, edited := f.mapping(), f.edited
	if err := f.scan(ctx); err != nil {
		return err
	}
	if f.Kind == "" {
		f.Kind = f.guessKind()
	}
	if err := f.SetKind(f.Kind); err != nil {
		return err
	}
	if f.edited = edited; !edited || f.Kind == "" {
		return nil
	}
	return old.apply(f)
}

// Rehearse finds out what Apply would do, by doing it and taking it back before
// anyone can see it.
func (im *Imports) Rehearse(ctx context.Context, plan *ImportPlan, progress ImportProgress) (*ImportResult, error) {
	parts, res := plan.byDay(), &ImportResult{}
	act, err := im.app.signed(ctx, parts[0].act())
	if err != nil {
		return nil, err
	}
	err = im.app.store.Rehearse(ctx, act, func(tx *store.Tx) error {
		return im.parts(ctx, tx, importParts{parts, res, act, progress})
	})
	if err != nil {
		return nil, stopped(err)
	}
	res.order(plan)
	return res, nil
}

// Apply imports the files in one transaction, those that tell of earlier days
// as acts of those days; all of it is one step for undo. Where ctx ends before it
// is done nothing was changed and the error is Canceled. What the caller corrected
// in the plan is remembered for the next file of the same columns.
func (im *Imports) Apply(ctx context.Context, plan *ImportPlan, progress ImportProgress) (*ImportResult, error) {
	parts, res := plan.byDay(), &ImportResult{}
	act, err := im.app.signed(ctx, parts[0].act())
	if err != nil {
		return nil, err
	}
	done, err := im.app.writeActs(ctx, act, func(tx *store.Tx) error {
		return im.parts(ctx, tx, importParts{parts, res, act, progress})
	})
	if err != nil {
		return nil, stopped(err)
	}
	for _, txn := range done.Acts {
		res.Txns = append(res.Txns, txn.String())
	}
	if !done.Txn.IsZero() {
		res.Txn = done.Txn.String()
	}
	res.order(plan)
	if err := im.remember(ctx, res); err != nil && im.app.cfg.Logger != nil {
		im.app.cfg.Logger.Warn("the columns of the import were not remembered", "err", err) // what was imported is saved
	}
	return res, nil
}

// importParts are the parts of a plan, one a day, with the first one's act.
type importParts struct {
	plans    []*ImportPlan
	res      *ImportResult
	first    store.Act
	progress ImportProgress
}

// parts imports one part of a plan after the other, each as an act of its day.
func (im *Imports) parts(ctx context.Context, tx *store.Tx, p importParts) error {
	for i, part := range p.plans {
		act := part.act()
		act.Author, act.Name = p.first.Author, p.first.Name
		if i > 0 {
			if err := tx.Next(act); err != nil {
				return err
			}
		}
		run, err := im.newRun(ctx, tx, p.progress)
		if err != nil {
			return err
		}
		done, err := run.all(part)
		if err != nil {
			return err
		}
		if err := run.tellPast(act); err != nil {
			return err
		}
		p.res.Files = append(p.res.Files, done.Files...)
	}
	return nil
}

// act is that of the import of a plan's files, which tell of one day.
func (p *ImportPlan) act() store.Act {
	act := store.Act{What: p.what()}
	if len(p.Files) > 0 && p.day().Valid() {
		act.AsOf = p.day()
	}
	return act
}

// TakeBack undoes the import that txn belongs to.
func (im *Imports) TakeBack(ctx context.Context, txn string) error {
	id, err := data.ParseID(txn)
	if err == nil {
		_, err = im.app.Journal.Undo(ctx, id)
	}
	return err
}

func stopped(err error) error {
	if data.KindOf(err) == data.Canceled {
		return data.Wrap(data.Canceled, err, "The import was stopped. Nothing was changed.")
	}
	return err
}

// what words the act: "Import accounts.csv and 3 more files".
func (p *ImportPlan) what() string {
	var first string
	n := 0
	for _, f := range p.Files {
		if f.Kind == "" {
			continue
		}
		if n == 0 {
			first = f.Name
		}
		n++
	}
	switch n {
	case 0:
		return "Import nothing"
	case 1:
		return "Import " + first
	case 2:
		return "Import " + first + " and one more file"
	}
	return fmt.Sprintf("Import %s and %d more files", first, n-1)
}
