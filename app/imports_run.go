package app

import (
	"context"
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// importRun is one import inside its transaction.
type importRun struct {
	app      *App // as the import has made it so far
	ctx      context.Context
	tx       *store.Tx
	names    map[string]*importNames // by kind, loaded when first needed
	joins    map[string]joins        // by kind, what was joined into what
	assigned map[string]bool         // person/territory/role of the book's assignments
	progress ImportProgress
	done     int
	total    int
	sources  []string              // of the files with deals
	shared   map[string]*StagePlan // folded names of stages in the files before
	past     dealPast              // what the files tell of earlier days
	open     map[data.ID]bool      // stages that were asked for, open or not
	unknown  []*unknownName        // names that neither the book nor the files before had
}

// progressRows is after how many rows progress is told.
const progressRows = 2000

// newRun prepares an import inside a transaction.
func (im *Imports) newRun(ctx context.Context, tx *store.Tx, progress ImportProgress) (*importRun, error) {
	now := im.app.within(tx)
	joins, err := now.allJoins(ctx)
	return &importRun{
		app: now, ctx: ctx, tx: tx, names: map[string]*importNames{}, joins: joins, shared: map[string]*StagePlan{}, open: map[data.ID]bool{}, progress: progress,
	}, err
}

// all imports the files of a plan, those that others point to first.
func (run *importRun) all(plan *ImportPlan) (*ImportResult, error) {
	res := &ImportResult{}
	for _, f := range plan.Files {
		r := newFileResult(f)
		res.Files = append(res.Files, r)
		if f.Kind == "" {
			r.Why = f.Why
			continue
		}
		run.total += f.Rows
		if f.Kind == data.KindDeal {
			run.sources = append(run.sources, f.Source)
		}
	}
	gates, err := run.gates(res)
	if err != nil {
		return nil, err
	}
	for _, r := range inOrder(res.Files) {
		if err := run.file(r); err != nil {
			return nil, err
		}
	}
	if err := run.pastGates(gates, res, plan.day()); err != nil {
		return nil, err
	}
	run.tell("Looking for names that resemble others")
	if err := run.suggest(); err != nil {
		return nil, err
	}
	run.tell("Saving")
	return res, nil
}

// inOrder sorts files by what depends on what.
func inOrder(files []*FileResult) []*FileResult {
	rank := map[string]int{}
	for i, k := range data.Kinds() {
		rank[k.Name] = i
	}
	rank[data.KindTerritory] = -1 // people are assigned to them
	out := slices.DeleteFunc(slices.Clone(files), func(r *FileResult) bool { return r.Kind == "" })
	last := func(r *FileResult) int { // links are of deals that are there
		if r.plan.links {
			return rank[r.Kind]*2 + 1
		}
		return rank[r.Kind] * 2
	}
	slices.SortStableFunc(out, func(a, b *FileResult) int { return last(a) - last(b) })
	return out
}

func (run *importRun) tell(words string) {
	if run.progress != nil {
		run.progress(run.done, run.total, words)
	}
}

// of gives the names of a kind.
func (run *importRun) of(kind string) (*importNames, error) {
	if n, ok := run.names[kind]; ok {
		return n, nil
	}
	n, err := loadNames(run.ctx, run.app.store, kind)
	if err == nil {
		err = run.addJoined(n)
	}
	if err != nil {
		return nil, err
	}
	run.names[kind] = n
	return n, nil
}

// file imports one file.
func (run *importRun) file(r *FileResult) error {
	run.tell("Reading " + r.File)
	if r.plan.own {
		return run.own(r)
	}
	if err := run.defineFields(r.plan); err != nil {
		return err
	}
	fields, err := run.fields(r.plan)
	if err != nil {
		return err
	}
	w := &importWriter{importRun: run, FileResult: r, shape: r.plan.newShape(fields), pending: map[data.ID]*importName{}}
	if err := w.open(); err != nil {
		return err
	}
	err = r.plan.stream(run.ctx, w.shape, func(row *importRow) error {
		run.done++
		if run.done%progressRows == 0 {
			run.tell("Importing " + r.File)
		}
		r.Rows++
		return w.row(row)
	})
	if err != nil {
		return err
	}
	if err := w.release(); err != nil {
		return err
	}
	if err := w.makePending(); err != nil {
		return err
	}
	return w.listAbsent()
}

// fields are those that the file's columns can fill, in this transaction.
func (run *importRun) fields(f *FilePlan) ([]data.Field, error) {
	k, err := run.tx.Kind(f.Kind)
	if err != nil {
		return nil, err
	}
	return withExtras(k.Fields, f.Kind), nil
}

// defineFields makes the custom fields that the plan asks for.
func (run *importRun) defineFields(f *FilePlan) error {
	var made []*NewField
	for _, c := range f.Columns {
		if c.New != nil {
			made = append(made, c.New)
		}
	}
	if f.hasOwnOdds() {
		made = append(made, &NewField{Label: ownOddsLabel, Type: data.TypeNumber})
	}
	for _, n := range made {
		field := n.field()
		values := data.Values{"kind": f.Kind, "label": n.Label, "type": customTypeName(n.Type)}
		id := run.app.Records.idFor(&data.Kind{Name: data.KindCustomField}, values)
		if _, err := run.tx.Put(data.KindCustomField, id, values); err != nil {
			return err
		}
		if err := run.tx.Learn(f.Kind, field); err != nil {
			return err
		}
	}
	return nil
}
