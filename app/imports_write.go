package app

import (
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// importWriter writes the rows of one file.
type importWriter struct {
	*importRun
	*FileResult
	shape     *importShape
	kind      *data.Kind
	bulk      *store.Bulk
	written   []int        // the shape's fields that are the kind's own
	out       []data.Value // a row for the bulk
	coin      int          // of out: where the book's currency goes; -1 for nowhere
	money     []int        // of shape: amounts
	stages    map[string]*StagePlan
	spelt     map[string]*StagePlan
	self      string // the field by which the kind is a tree
	own       *importNames
	pending   map[data.ID]*importName // referred to before their own row
	special   func(row *importRow) error
	outerID   map[string]data.ID // deals whose external id came from another source
	namesakes namesakes
	had       bool                 // the book has open deals already
	seen      []uint64             // deals of the file, by note
	newer     map[data.ID]data.Day // rows that were changed after the day that the file tells of
	line      int                  // of the row in hand
	keys      *importKeyed         // where fields of the plan find the rows
	at        importPlaces
	deal      dealPlaces
	plural    map[string]bool // folded names that accounts of the file share
	flags     []int           // of shape: what can set a row aside
	entries   *entryStages    // of a history of stages, where pipelines share names of them
	past      *historyReader  // of a file that tells what deals were before
	found     importFound     // rows of the book by what tells them apart
	held      heldRows        // whose record stands on later lines too
	typed     bool            // a stage's type follows from other columns
	into      string          // the stage into which the row in hand was put, of which its file tells none
	odds      ownOdds
	steps     *entrySteps // of a history that has several lines of a deal's day

	properties propertyFields // of a history that names what changed
}

// importPlaces are the places of fields in the shape that rules look at; -1
// where the file has none.
type importPlaces struct {
	name, outer, account, stage, closeDay, first, last, territory, self int
}

// open prepares the writing: stages, names and the bulk writer.
func (w *importWriter) open() error {
	s := w.shape
	w.at = importPlaces{
		s.index(w.plan.titleField()), s.index("external_id"), s.index("account"), s.index("stage"), s.index("close_day"),
		s.index(FieldFirstName), s.index(FieldLastName), -1, -1,
	}
	if w.Kind == data.KindPerson {
		w.at.territory = s.index(FieldTerritory)
	}
	var err error
	if w.kind, err = w.tx.Kind(w.Kind); err != nil {
		return err
	}
	if importNamed(w.Kind) {
		if w.own, err = w.of(w.Kind); err != nil {
			return err
		}
		for _, e := range w.own.known {
			e.line = 0
		}
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
	default: // rows are records
	}
	if err := w.loadKeys(); err != nil {
		return err
	}
	if registered(w.Kind) {
		if err := w.register(); err != nil {
			return err
		}
	}
	if err := w.openEntries(); err != nil {
		return err
	}
	w.openRepeats()
	w.openDeals()
	w.openPast()
	if err := w.lookBack(); err != nil {
		return err
	}
	if err := w.openOdds(); err != nil {
		return err
	}
	return w.openBulk()
}

// lookBack reads what rows of the book the file's own are to be compared with.
func (w *importWriter) lookBack() error {
	if err := w.openSteps(); err != nil {
		return err
	}
	if err := w.loadNewer(); err != nil || w.Kind != data.KindDeal || w.at.outer < 0 || w.plan.links {
		return err
	}
	if err := w.loadOuter(); err != nil {
		return err
	}
	return w.watchAbsent()
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
	plan := store.BulkPlan{Kind: w.Kind, Expect: w.plan.Rows, Defaults: importDefaults(w.plan)}
	fields := []string{}
	for i, f := range w.shape.fields {
		if _, ok := w.kind.Field(f.Name); !ok {
			continue
		}
		w.written = append(w.written, i)
		fields = append(fields, f.Name)
		if f.Type == data.TypeMoney && !f.Custom {
			w.money = append(w.money, i)
		}
		delete(plan.Defaults, f.Name)
	}
	plan.Clears = slices.DeleteFunc(w.plan.clears(fields), func(name string) bool { return name == "stage" }) // every deal has one
	fields = w.derived(fields)
	w.out = make([]data.Value, len(fields))
	plan.Fields = fields
	var err error
	w.bulk, err = w.tx.Bulk(plan)
	return err
}

// derived adds to the fields that columns fill those that follow from them: the
// currency, the name made of its parts, a person's role, a stage's type.
func (w *importWriter) derived(fields []string) []string {
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
	if w.typed = w.Kind == data.KindStage && !slices.Contains(fields, "type"); w.typed {
		fields = append(fields, "type")
	}
	if w.odds.at >= 0 {
		w.odds.to = len(fields)
		fields = append(fields, ownOddsField().Name)
	}
	if w.steps != nil {
		w.steps.to = len(fields)
		fields = append(fields, stepField)
	}
	return fields
}

// importDefaults are values of rows that are new to the book. What is done or still
// to do is a task unless its file says more.
func importDefaults(f *FilePlan) data.Values {
	switch f.Kind {
	case data.KindPerson:
		return data.Values{"status": data.StatusActive}
	case data.KindActivity:
		if f.ColumnOf("done") != nil {
			return data.Values{"type": "task"}
		}
		return data.Values{"type": "note"}
	}
	return data.Values{}
}

// registered reports whether rows of a kind refer to each other, so that their
// names are entered before any of them is written.
func registered(kind string) bool {
	return kind == data.KindPerson || kind == data.KindAccount || kind == data.KindTerritory
}

// register enters the names of a file whose rows refer to each other, before
// any of them is written.
func (w *importWriter) register() error {
	if err := w.findPlurals(); err != nil {
		return err
	}
	leaders := map[string]bool{}
	err := w.plan.stream(w.ctx, w.shape, func(row *importRow) error {
		if row.problem != nil {
			return nil
		}
		if outer, name := w.outer(row), w.name(row); outer != "" || name != "" {
			w.enter(row, outer, name, data.NoID)
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
