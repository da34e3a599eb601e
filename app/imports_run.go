package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// importRun is one import inside its transaction.
type importRun struct {
	app      *App
	ctx      context.Context
	tx       *store.Tx
	names    map[string]*importNames // by kind, loaded when first needed
	assigned map[string]bool         // person/territory/role of the book's assignments
	progress ImportProgress
	done     int
	total    int
}

// progressRows is after how many rows progress is told.
const progressRows = 2000

// run imports the files of a plan, those that others point to first.
func (im *Imports) run(ctx context.Context, tx *store.Tx, plan *ImportPlan, progress ImportProgress) (*ImportResult, error) {
	run := &importRun{app: im.app, ctx: ctx, tx: tx, names: map[string]*importNames{}, progress: progress}
	res := &ImportResult{}
	for _, f := range plan.Files {
		r := newFileResult(f)
		res.Files = append(res.Files, r)
		if f.Kind == "" {
			r.Why = f.Why
			continue
		}
		run.total += f.Rows
	}
	for _, r := range inOrder(res.Files) {
		if err := run.file(r); err != nil {
			return nil, err
		}
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
	out := slices.DeleteFunc(slices.Clone(files), func(r *FileResult) bool { return r.Kind == "" })
	slices.SortStableFunc(out, func(a, b *FileResult) int { return rank[a.Kind] - rank[b.Kind] })
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
		run.names[kind] = n
	}
	return n, err
}

// file imports one file.
func (run *importRun) file(r *FileResult) error {
	run.tell("Reading " + r.File)
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
	return w.makePending()
}

// fields are those that the file's columns can fill, in this transaction.
func (run *importRun) fields(f *FilePlan) ([]data.Field, error) {
	k, err := run.tx.Kind(f.Kind)
	if err != nil {
		return nil, err
	}
	return append(slices.Clone(k.Fields), importExtras(f.Kind)...), nil
}

// defineFields makes the custom fields that the plan asks for.
func (run *importRun) defineFields(f *FilePlan) error {
	for _, c := range f.Columns {
		if c.New == nil {
			continue
		}
		field := c.New.field()
		values := data.Values{"kind": f.Kind, "label": c.New.Label, "type": customTypeName(c.New.Type)}
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

// importWriter writes the rows of one file.
type importWriter struct {
	*importRun
	*FileResult
	shape   *importShape
	kind    *data.Kind
	bulk    *store.Bulk
	written []int        // the shape's fields that are the kind's own
	out     []data.Value // a row for the bulk
	coin    int          // of out: where the book's currency goes; -1 for nowhere
	money   []int        // of shape: amounts
	stages  map[string]*StagePlan
	spelt   map[string]*StagePlan
	self    string // the field by which the kind is a tree
	own     *importNames
	pending map[data.ID]*importName // referred to before their own row
	special func(row *importRow) error
	at      importPlaces
}

// importPlaces are the places of fields in the shape that rules look at; -1
// where the file has none.
type importPlaces struct {
	name, outer, account, stage, closeDay, first, last, territory, self int
}

// open prepares the writing: stages, names and the bulk writer.
func (w *importWriter) open() error {
	s := w.shape
	w.at = importPlaces{s.index(w.plan.titleField()), s.index("external_id"), s.index("account"), s.index("stage"), s.index("close_day"),
		s.index(FieldFirstName), s.index(FieldLastName), -1, -1}
	if w.Kind == data.KindPerson {
		w.at.territory = s.index(FieldTerritory)
	}
	var err error
	if w.kind, err = w.tx.Kind(w.Kind); err != nil {
		return err
	}
	if w.own, err = w.of(w.Kind); err != nil {
		return err
	}
	if w.self = selfReference(w.kind); w.self != "" {
		w.at.self = s.index(w.self)
	}
	if err := w.makeStages(); err != nil {
		return err
	}
	switch w.Kind {
	case data.KindQuota:
		w.special = w.quotaRow
		return nil
	case data.KindPerson, data.KindAccount, data.KindTerritory:
		if err := w.register(); err != nil {
			return err
		}
	}
	return w.openBulk()
}

func (f *FilePlan) titleField() string {
	k, err := data.KindByName(f.Kind)
	if err != nil {
		return ""
	}
	return k.Title
}

// openBulk prepares the writer of the kind's rows.
func (w *importWriter) openBulk() error {
	plan := store.BulkPlan{Kind: w.Kind, Expect: w.plan.Rows, Defaults: importDefaults(w.Kind)}
	fields := []string{}
	for i, f := range w.shape.fields {
		if _, ok := w.kind.Field(f.Name); !ok {
			continue
		}
		w.written = append(w.written, i)
		fields = append(fields, f.Name)
		if f.Type == data.TypeMoney {
			w.money = append(w.money, i)
		}
		delete(plan.Defaults, f.Name)
	}
	w.coin = slices.Index(fields, "currency")
	if _, ok := w.kind.Field("currency"); ok && w.coin < 0 && len(w.money) > 0 {
		w.coin = len(fields)
		fields = append(fields, "currency")
	}
	if (w.at.first >= 0 || w.at.last >= 0) && w.at.name < 0 {
		fields = append(fields, "name")
	}
	if w.Kind == data.KindPerson && !slices.Contains(fields, "role") {
		fields = append(fields, "role")
	}
	w.out = make([]data.Value, len(fields))
	plan.Fields = fields
	var err error
	w.bulk, err = w.tx.Bulk(plan)
	return err
}

// importDefaults are values of rows that are new to the book.
func importDefaults(kind string) data.Values {
	switch kind {
	case data.KindPerson:
		return data.Values{"status": data.StatusActive}
	case data.KindActivity:
		return data.Values{"type": "note"}
	}
	return data.Values{}
}

// makeStages makes the pipeline and stages that the plan asks for.
func (w *importWriter) makeStages() error {
	w.stages, w.spelt = map[string]*StagePlan{}, map[string]*StagePlan{}
	p := w.plan.Pipeline
	if p.New && slices.ContainsFunc(w.plan.Stages, func(s *StagePlan) bool { return s.New }) {
		values := data.Values{"name": p.Name, "position": int64(2)}
		if err := w.make(data.KindPipeline, p.ID, p.Name, values); err != nil {
			return err
		}
	}
	for _, s := range w.plan.Stages {
		w.stages[sheet.Fold(s.Name)] = s
		if !s.New {
			continue
		}
		values := data.Values{"name": s.Label, "pipeline": p.ID, "type": s.Type, "position": int64(s.Position), "probability": s.Probability, "category": s.Category}
		if err := w.make(data.KindStage, s.Stage, s.Label, values); err != nil {
			return err
		}
	}
	return nil
}

// make puts a row that the file is the only source of, and counts it if new.
func (w *importWriter) make(kind string, id data.ID, name string, values data.Values) error {
	out, err := w.tx.Put(kind, id, values)
	if err == nil && out == store.Created {
		w.made(kind, name)
	}
	return err
}

// register enters the names of a file whose rows refer to each other, before
// any of them is written.
func (w *importWriter) register() error {
	leaders := map[string]bool{}
	err := w.plan.stream(w.ctx, w.shape, func(row *importRow) error {
		if row.problem != nil {
			return nil
		}
		if outer, name := w.outer(row), w.name(row); outer != "" || name != "" {
			w.own.row(w.Source, outer, name, data.NoID)
		}
		leaders[textAt(row, w.at.self)] = true
		return nil
	})
	for name := range leaders {
		if e := w.own.find(name); e != nil {
			e.leads = true
		}
	}
	return err
}

func (w *importWriter) outer(row *importRow) string { return textAt(row, w.at.outer) }

// name is what the row is called, of its parts where it has no field of it.
func (w *importWriter) name(row *importRow) string {
	if name := textAt(row, w.at.name); name != "" {
		return name
	}
	return strings.TrimSpace(textAt(row, w.at.first) + " " + textAt(row, w.at.last))
}

func textAt(row *importRow, i int) string {
	if i < 0 {
		return ""
	}
	s, _ := row.values[i].(string)
	return s
}

// row brings one row of the file in, or sets it aside.
func (w *importWriter) row(row *importRow) error {
	if row.problem != nil {
		w.setAside(*row.problem, row.raw)
		return nil
	}
	if w.special != nil {
		return w.special(row)
	}
	why, err := w.resolve(row)
	if err != nil {
		return err
	}
	if why != nil {
		why.Line = row.line
		w.setAside(*why, "")
		return nil
	}
	id, e, why := w.identify(row)
	if why != nil {
		w.setAside(*why, "")
		return nil
	}
	return w.put(row, id, e)
}

// put writes a row whose references are found.
func (w *importWriter) put(row *importRow, id data.ID, e *importName) error {
	out, err := w.bulk.Put(id, w.lay(row, e))
	if err != nil {
		return w.refused(row, err)
	}
	if out != store.Created {
		again, err := w.tx.BornHere(id)
		if err != nil {
			return err
		}
		if again {
			w.problem(ImportProblem{Line: row.line, Column: w.keyColumn(), Value: w.called(row), Why: "stands on an earlier line too; the later line holds"})
		}
	}
	w.count(out)
	if e != nil {
		e.there = true
		delete(w.pending, id)
		if w.at.self >= 0 {
			e.parent, _ = row.values[w.at.self].(data.ID)
		}
	}
	if w.Kind == data.KindDeal {
		w.checkDeal(row)
	}
	if w.at.territory >= 0 {
		return w.assign(row, id)
	}
	return nil
}

func (w *importWriter) count(out store.Outcome) {
	switch out {
	case store.Created:
		w.New++
	case store.Changed:
		w.Changed++
	case store.Unchanged:
		w.Unchanged++
	}
}

// refused sets a row aside whose value the book does not take.
func (w *importWriter) refused(row *importRow, err error) error {
	field, why := importFault(err)
	if field == "" {
		return err
	}
	p := ImportProblem{Line: row.line, Column: field, Why: why}
	if i := w.shape.index(field); i >= 0 {
		p.Column = w.shape.columns[i].Name
		p.Value = w.shape.fields[i].Format(row.values[i], w.app.Book().Currency.Digits())
	}
	w.setAside(p, "")
	return nil
}

// lay orders a row for the bulk writer.
func (w *importWriter) lay(row *importRow, e *importName) []data.Value {
	clear(w.out)
	for i, at := range w.written {
		w.out[i] = row.values[at]
	}
	next := len(w.written)
	if w.coin >= 0 {
		if w.coin == next {
			next++
		}
		amount := slices.ContainsFunc(w.money, func(at int) bool { return row.values[at] != nil })
		if amount && w.out[w.coin] == nil {
			w.out[w.coin] = string(w.shape.money)
		}
	}
	if (w.at.first >= 0 || w.at.last >= 0) && w.at.name < 0 {
		w.out[next] = w.name(row)
		next++
	}
	if w.Kind == data.KindPerson && next < len(w.out) && !e.there {
		w.out[next] = w.roleOf(e)
	}
	return w.out
}

func (w *importWriter) keyColumn() string {
	for _, at := range []int{w.at.outer, w.at.name} {
		if at >= 0 {
			return w.shape.columns[at].Name
		}
	}
	return ""
}

func (w *importWriter) called(row *importRow) string {
	if s := w.outer(row); s != "" {
		return s
	}
	return w.name(row)
}

// checkDeal counts what a deal that came in lacks.
func (w *importWriter) checkDeal(row *importRow) {
	account := w.at.account >= 0 && row.values[w.at.account] != nil
	closing := w.at.closeDay >= 0 && row.values[w.at.closeDay] != nil
	if !account {
		w.lacks("no account")
	}
	if !closing {
		w.lacks("no close day")
	}
	if !account || !closing {
		w.ToFix++
	}
}

// makePending makes rows that others of the file refer to but that did not
// come in themselves.
func (w *importWriter) makePending() error {
	for _, e := range w.pending {
		if err := w.minimal(w.own, e, importMinimal(w.Kind)); err != nil {
			return err
		}
	}
	return nil
}

func importFault(err error) (field, why string) {
	var own *data.Error
	if !asDataError(err, &own) || own.Kind != data.Invalid {
		return "", ""
	}
	return own.Field, own.Msg
}

func describeRef(f data.Field) string {
	return fmt.Sprintf("there is no %s of that name", strings.ReplaceAll(f.Ref, "_", " "))
}
