package app

import (
	"context"
	"encoding/json"
	"os"
	"path"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// ImportMapping says how files are read, as it is kept in a file of its own:
//
//	{"files": [{"file": "*.csv", "kind": "deal", "source": "acme",
//	  "columns": {"Phase": "stage", "Deal value": "amount", "Junk": "", "Fleet": {"new": "Fleet size", "type": "number"}},
//	  "days": {"Closed": "month first"}, "marks": {"Deal value": ","}, "currencies": {"Deal value": "EUR"},
//	  "stages": {"Phase 1": "Prospecting", "Done": {"type": "won"}}, "no_stage": "Phase 1",
//	  "mode": "both", "key": ["external_id"], "blank": "leave", "clash": "sheet",
//	  "joins": {"account": {"Cancty": "Cancity", "Nobody": null, "Newco": {"new": true}}}}]}
//
// Columns that are not named are read by their names. A mapping of one file
// may stand without "files", and one that only names columns without "columns".
type ImportMapping struct {
	Files []FileMapping `json:"files"`
}

// FileMapping is the mapping of one file, or of every file whose name matches.
type FileMapping struct {
	File    string                  `json:"file,omitempty"` // a pattern as in *.csv; empty fits any file that has the columns
	Kind    string                  `json:"kind,omitempty"`
	Source  string                  `json:"source,omitempty"`
	Columns map[string]MappedColumn `json:"columns,omitempty"`
	Days    map[string]string       `json:"days,omitempty"`       // column → "year first", "month first", "day first"
	Marks   map[string]string       `json:"marks,omitempty"`      // column → "." or ","
	Coins   map[string]string       `json:"currencies,omitempty"` // column → currency of amounts that name none
	Stages  map[string]MappedStage  `json:"stages,omitempty"`     // stage in the file → stage in the book
	NoStage string                  `json:"no_stage,omitempty"`   // the stage of new deals that the file tells none of; StageAside sets them aside
	Mode    string                  `json:"mode,omitempty"`       // ModeBoth, ModeCreate or ModeUpdate
	Key     []string                `json:"key,omitempty"`        // fields by which rows find their records
	Blank   string                  `json:"blank,omitempty"`      // BlankLeave or BlankClear
	Clash   string                  `json:"clash,omitempty"`      // ClashSheet or ClashBook
	Joins   Joins                   `json:"joins,omitempty"`
}

// MappedColumn is a field's name, or a custom field to make.
type MappedColumn struct {
	Field string `json:"field,omitempty"`
	New   string `json:"new,omitempty"`
	Type  string `json:"type,omitempty"`
}

// MappedStage is a stage's name in the book, or the type of a new one.
type MappedStage struct {
	Stage string `json:"stage,omitempty"`
	Type  string `json:"type,omitempty"`
}

// UnmarshalJSON reads a field's name alone or the whole object.
func (c *MappedColumn) UnmarshalJSON(raw []byte) error {
	if string(raw) == "null" {
		return nil
	}
	if raw[0] == '"' {
		return json.Unmarshal(raw, &c.Field)
	}
	type plain MappedColumn
	return json.Unmarshal(raw, (*plain)(c))
}

// MarshalJSON writes a field's name alone where that is all.
func (c MappedColumn) MarshalJSON() ([]byte, error) {
	if c.New == "" {
		return json.Marshal(c.Field)
	}
	type plain MappedColumn
	return json.Marshal(plain(c))
}

// UnmarshalJSON reads a stage's name alone or the whole object.
func (s *MappedStage) UnmarshalJSON(raw []byte) error {
	if raw[0] == '"' {
		return json.Unmarshal(raw, &s.Stage)
	}
	type plain MappedStage
	return json.Unmarshal(raw, (*plain)(s))
}

// LoadMapping reads a mapping file.
func LoadMapping(path string) (*ImportMapping, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, data.Wrap(data.NotFound, err, "The mapping %s cannot be read.", path)
	}
	return ParseMapping(raw)
}

// ParseMapping reads a mapping.
func ParseMapping(raw []byte) (*ImportMapping, error) {
	bad := func(err error) (*ImportMapping, error) {
		return nil, data.Wrap(data.Invalid, err, `The mapping cannot be read; it looks like {"kind": "deal", "columns": {"Phase": "stage"}}.`)
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(raw, &keys); err != nil {
		return bad(err)
	}
	m := &ImportMapping{}
	if keys["files"] != nil {
		if err := json.Unmarshal(raw, m); err != nil {
			return bad(err)
		}
		return m, nil
	}
	var one FileMapping
	if slices.ContainsFunc(mappingKeys, func(key string) bool { return keys[key] != nil }) {
		if err := json.Unmarshal(raw, &one); err != nil {
			return bad(err)
		}
	} else if err := json.Unmarshal(raw, &one.Columns); err != nil {
		return bad(err)
	}
	m.Files = []FileMapping{one}
	return m, nil
}

// mappingKeys are those by which a mapping of one file is told from one that
// only names columns.
var mappingKeys = []string{"columns", "kind", "joins", "mode", "key", "blank", "clash", "currencies", "no_stage"}

// Save writes the mapping to a file that LoadMapping reads.
func (m *ImportMapping) Save(path string) error {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return data.Wrap(data.Internal, err, "The mapping could not be written to %s.", path)
	}
	return WriteBytes(path, append(raw, '\n'))
}

// Mapping is the plan as it can be saved.
func (p *ImportPlan) Mapping() *ImportMapping {
	m := &ImportMapping{}
	for _, f := range p.Files {
		if f.Kind != "" {
			m.Files = append(m.Files, f.mapping())
		}
	}
	return m
}

func (f *FilePlan) mapping() FileMapping {
	m := FileMapping{
		File: f.Name, Kind: f.Kind, Source: f.Source, Columns: map[string]MappedColumn{},
		Days: map[string]string{}, Marks: map[string]string{}, Coins: f.chosenCoins(), Stages: map[string]MappedStage{},
		NoStage: f.stagelessName(), Mode: f.Mode, Key: f.Key, Blank: f.Blank, Clash: f.Clash, Joins: f.joins.clone(),
	}
	for _, c := range f.Columns {
		if c.Month.Valid() {
			continue
		}
		m.Columns[c.Name] = MappedColumn{Field: c.Field}
		if c.New != nil {
			m.Columns[c.Name] = MappedColumn{New: c.New.Label, Type: customTypeName(c.New.Type)}
		}
		t, used := f.typeOf(c)
		if c.DayOrder != c.Days.Order || used && t == data.TypeDay && c.DayOrder != sheet.AnyOrder {
			m.Days[c.Name] = c.DayOrder.String()
		}
		if c.Mark != c.Numbers.Mark || used && hasDecimals(t) && c.Mark != sheet.AnyMark {
			m.Marks[c.Name] = string(rune(c.Mark))
		}
	}
	for _, s := range f.Stages {
		if s.New {
			m.Stages[s.Name] = MappedStage{Type: s.Type}
		} else {
			m.Stages[s.Name] = MappedStage{Stage: s.Label}
		}
	}
	return m
}

// fileFor finds the mapping that fits a file: by its name, else the one whose
// columns it has.
func (m *ImportMapping) fileFor(f *FilePlan) (FileMapping, bool) {
	if m == nil {
		return FileMapping{}, false
	}
	for _, one := range m.Files {
		if ok, err := path.Match(one.File, f.Name); one.File != "" && (one.File == f.Name || err == nil && ok) {
			return one, true
		}
	}
	for _, one := range m.Files {
		if one.File == "" && f.has(one.Columns) {
			return one, true
		}
	}
	return FileMapping{}, false
}

func (f *FilePlan) has(columns map[string]MappedColumn) bool {
	for name := range columns {
		if f.named(name) == nil {
			return false
		}
	}
	return true
}

func (f *FilePlan) named(name string) *ColumnPlan {
	for _, c := range f.Columns {
		if c.Name == name {
			return c
		}
	}
	for _, c := range f.Columns {
		if sheet.Fold(c.Name) == sheet.Fold(name) {
			return c
		}
	}
	return nil
}

// apply lays a mapping over the file's plan. Columns that the file lacks are
// passed over.
func (m FileMapping) apply(f *FilePlan) error {
	if m.Kind != "" {
		if err := f.SetKind(m.Kind); err != nil {
			return err
		}
	}
	if m.Source != "" {
		f.Source = m.Source
	}
	names := make([]string, 0, len(m.Columns))
	for name := range m.Columns {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, fill := range []bool{false, true} { // what is left out first, so that it takes no field away
		for _, name := range names {
			c, to := f.named(name), m.Columns[name]
			if c == nil || (to.Field != "" || to.New != "") != fill {
				continue
			}
			if err := f.setMapped(c, to); err != nil {
				return err
			}
		}
	}
	if err := m.applyValues(f); err != nil {
		return err
	}
	for kind, joins := range m.Joins {
		for name, to := range joins {
			if err := f.SetJoin(kind, name, to); err != nil {
				return err
			}
		}
	}
	return PlanOptions{Mode: m.Mode, Key: m.Key, Blank: m.Blank, Clash: m.Clash}.modes(f)
}

func (f *FilePlan) setMapped(c *ColumnPlan, to MappedColumn) error {
	if to.New == "" {
		return f.SetField(c.Index, to.Field)
	}
	t := c.GuessType()
	for _, x := range customTypes {
		if x.name == to.Type {
			t = x.t
		}
	}
	return f.SetNewField(c.Index, to.New, t)
}

func (m FileMapping) applyValues(f *FilePlan) error {
	for name, text := range m.Days {
		order, ok := importDayOrder(text)
		if !ok {
			return data.FieldErrorf("days", "%q is no order of days; write year first, month first or day first", text)
		}
		if c := f.named(name); c != nil && c.mayBe(order) {
			c.DayOrder = order
		}
	}
	for name, text := range m.Marks {
		if text != "." && text != "," {
			return data.FieldErrorf("marks", "%q is no decimal mark; write . or ,", text)
		}
		if c := f.named(name); c != nil && (c.Numbers.Values == 0 || c.Numbers.Ambiguous || c.Numbers.Numbers < c.Numbers.Values) {
			c.Mark = sheet.DecimalMark(text[0])
		}
	}
	if err := m.applyCoins(f); err != nil {
		return err
	}
	return m.applyStages(f)
}

func (m FileMapping) applyCoins(f *FilePlan) error {
	for name, code := range m.Coins {
		c := f.named(name)
		if c == nil {
			continue
		}
		if err := f.SetCoin(c.Index, data.Currency(strings.ToUpper(code))); err != nil {
			return err
		}
	}
	return nil
}

func (m FileMapping) applyStages(f *FilePlan) error {
	if m.NoStage != "" && f.Kind == data.KindDeal {
		if err := f.setStagelessNamed(m.NoStage); err != nil {
			return err
		}
	}
	for name, to := range m.Stages {
		if err := f.setMappedStage(name, to); err != nil {
			return err
		}
	}
	return nil
}

// mayBe reports whether the days of a column can be written in an order.
func (c *ColumnPlan) mayBe(order sheet.DayOrder) bool {
	return c.Days.Values == 0 || c.Days.Ambiguous || c.Days.Days < c.Days.Values || slices.Contains(c.Days.Possible, order)
}

// setMappedStage passes over stages that this file does not have.
func (f *FilePlan) setMappedStage(name string, to MappedStage) error {
	s, err := f.stagePlan(name)
	if err != nil {
		return nil //nolint:nilerr // a mapping may name more stages than one file has
	}
	if to.Stage == "" {
		if !s.New || to.Type == "" {
			return nil
		}
		return f.SetStageType(name, to.Type)
	}
	for _, row := range f.KnownStages() {
		if sheet.Fold(row.Text("name")) == sheet.Fold(to.Stage) {
			return f.SetStage(name, row.ID)
		}
	}
	if s.New && sheet.Fold(s.Label) == sheet.Fold(to.Stage) {
		return nil
	}
	return data.FieldErrorf("stages", "there is no stage %q in this book", to.Stage)
}

func importDayOrder(text string) (sheet.DayOrder, bool) {
	for o := sheet.YearFirst; o <= sheet.Serial1904; o++ {
		if strings.EqualFold(strings.TrimSpace(text), o.String()) {
			return o, true
		}
	}
	return sheet.AnyOrder, false
}

// rememberedName is where the book remembers how files with these columns are read.
func (f *FilePlan) rememberedName() string {
	var names []string
	for _, c := range f.Columns {
		if !slices.Contains(importOwnColumns, c.Name) { // of a file of rows that were set aside
			names = append(names, sheet.Fold(c.Name))
		}
	}
	return "import." + data.ImportedID("mapping", "", strings.Join(names, ",")).String()
}

func (im *Imports) remembered(ctx context.Context, f *FilePlan) (FileMapping, bool, error) {
	text, err := im.app.store.Pref(ctx, f.rememberedName())
	if err != nil || text == "" {
		return FileMapping{}, false, err
	}
	var m FileMapping
	if json.Unmarshal([]byte(text), &m) != nil {
		return FileMapping{}, false, nil
	}
	return m, true, nil
}

// remember keeps what was corrected in the plan, and how a file was read of
// which rows were set aside: mended, they are to be read alike.
func (im *Imports) remember(ctx context.Context, res *ImportResult) error {
	for _, r := range res.Files {
		f := r.plan
		if f.Kind == "" || f.links || !f.edited && r.SetAside == 0 {
			continue
		}
		raw, err := json.Marshal(f.mapping())
		if err != nil {
			return data.Wrap(data.Internal, err, "the mapping cannot be remembered")
		}
		if err := im.app.store.SetPref(ctx, f.rememberedName(), string(raw)); err != nil {
			return err
		}
	}
	return nil
}
