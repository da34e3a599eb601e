package app

import (
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// ImportPlan is how files will be read. Everything in it may be corrected
// before it is rehearsed or applied.
type ImportPlan struct {
	Files []*FilePlan
}

// FilePlan is how one file will be read. Change it by its methods; after a
// change of Format call Imports.Rescan.
type FilePlan struct {
	Path, Name string
	Kind       string // of record; "" where it is not known: the file is then left out
	Source     string // the recognised layout, part of the ids of imported rows; "file" for any other
	Why        string // how the kind was found, or why there is none
	Format     sheet.Format
	Sheets     []string // of a workbook
	Rows       int
	Unreadable int // rows of them that cannot be read as cells
	Columns    []*ColumnPlan
	Pipelines  []PipelinePlan // of deals
	Stages     []*StagePlan   // of deals, in order
	Preview    []PreviewRow   // the first rows
	Dropped    []DroppedRow   // lines below the table that are no rows of it, such as sums and remarks
	Dated      data.Day       // the day in its name; NoDay where there is none
	AsOf       data.Day       // the day that it tells of; NoDay is today
	Mode       string         // ModeBoth where empty, as all of these
	Key        []string       // fields by which rows find their records; none: as the kind is told apart
	Blank      string         // BlankLeave where empty; in a file of Export that carries versions, what was cleared is cleared
	Clash      string         // where the file and the book changed a cell: "" lists it and leaves the book's

	passed    string // the workbook's first sheet, where it was passed over for this one
	stageless noStage
	links     bool   // its rows only link deals to other records
	own       bool   // Export wrote it
	holds     string // the kind of which the book has the first rows
	joins     Joins
	settled   map[string]string // clashes settled one by one
	together  *comboScan
	ids       *idScan
	repeats   map[int]map[uint64]int // by column, how many lines have an id that several have
	badRow    string                 // why the first row that cannot be read cannot
	merged    map[string]string      // ids of deals that were merged into others, and into which
	outranked int                    // deals that their status puts into another stage
	app       *App
	pipelines []knownPipeline
	edited    bool
	readable  bool

	remembered bool // its columns are read as those of an earlier one were
	yearless   bool // months that head columns name no year
}

// PreviewRow is a row as it stands in the file.
type PreviewRow struct {
	Line  int
	Cells []string
}

// ColumnPlan is what becomes of one column.
type ColumnPlan struct {
	Index    int
	Name     string      // in the file; "Column 3" where it has none
	Field    string      // the field that it fills; "" leaves it out
	New      *NewField   // a custom field to make for it; Field is then its name
	Month    data.Day    // of a column that holds the quotas of one month, or of one and those behind it; else NoDay
	Span     data.Period // all that such a column holds
	Filled   int         // cells that are not blank
	Samples  []string    // the first different values
	Days     sheet.DayVerdict
	Numbers  sheet.NumberVerdict
	DayOrder sheet.DayOrder    // as it will be read
	Mark     sheet.DecimalMark // as it will be read
	Merged   []string          // cells of a workbook that run down several rows, which all have their value
	Coins    CoinVerdict
	Coin     data.Currency // of amounts that name none, as they will be read; "" for the book's

	bare   int            // amounts that name no currency
	moved  bool           // in a file of Export: its name does not say any more what it fills
	values map[string]int // how often each value stands; nil where there are many
	order  []string       // the values as they appear
}

// NewField is a custom field that an import makes.
type NewField struct {
	Label string
	Type  data.Type // TypeText, TypeNumber, TypeMoney, TypeDay or TypeChoice
}

// Fields lists what a column of the file can fill: the fields of its kind, the
// book's custom ones included, then the extra ones.
func (f *FilePlan) Fields() []data.Field {
	if f.Kind == "" {
		return nil
	}
	k, err := f.app.Records.Kind(f.Kind)
	if err != nil {
		return nil
	}
	return withExtras(k.Fields, f.Kind)
}

func (f *FilePlan) field(name string) (data.Field, bool) {
	for _, x := range f.Fields() {
		if x.Name == name {
			return x, true
		}
	}
	return data.Field{}, false
}

// SetKind says what the file's rows are and maps its columns by their names
// anew. "" leaves the file out.
func (f *FilePlan) SetKind(kind string) error {
	f.edited = true
	f.Kind, f.Source, f.own = "", "", false
	if kind == "" || !f.readable {
		f.clearFields()
		return nil
	}
	k, err := data.KindByName(kind)
	if err != nil {
		return err
	}
	f.Kind = k.Name
	f.mapByName()
	return f.planStages()
}

func (f *FilePlan) clearFields() {
	for _, c := range f.Columns {
		c.Field, c.New, c.Month, c.moved = "", nil, data.NoDay, false
	}
	f.Stages, f.Pipelines = nil, nil
}

// SetField lets a column fill a field; "" leaves the column out. The column
// that filled the field before is left out.
func (f *FilePlan) SetField(column int, field string) error {
	c, err := f.column(column)
	if err != nil {
		return err
	}
	if field != "" {
		if _, ok := f.field(field); !ok {
			return data.FieldErrorf(field, "a %s has no field %q", strings.ReplaceAll(f.Kind, "_", " "), field)
		}
		for _, other := range f.Columns {
			if other != c && other.Field == field && field != FieldEntered {
				other.Field, other.New, other.moved = "", nil, f.own
			}
		}
	}
	c.moved = c.moved || f.own && c.Field != field
	c.Field, c.New, c.Month = field, nil, data.NoDay
	f.edited = true
	return f.planStages()
}

// SetNewField lets a column fill a custom field that the import makes.
func (f *FilePlan) SetNewField(column int, label string, t data.Type) error {
	c, err := f.column(column)
	if err != nil {
		return err
	}
	name := data.CustomName(label)
	if name == "" {
		return data.FieldErrorf("label", "a custom field needs a name")
	}
	if customTypeName(t) == "" {
		return data.FieldErrorf("type", "a custom field holds text, numbers, money, days or choices")
	}
	if _, ok := f.field(name); ok {
		return f.SetField(column, name)
	}
	c.moved = f.own
	c.Field, c.New, c.Month = name, &NewField{Label: label, Type: t}, data.NoDay
	f.edited = true
	return nil
}

// mostlyStrange reports whether a list of deals that no known program wrote,
// and that tells how they ended, has more columns that the book has no field
// for than others: such a one is there for what those columns tell.
func (f *FilePlan) mostlyStrange() bool {
	ends := slices.ContainsFunc([]string{FieldStatus, FieldIsWon, "stage"}, func(field string) bool { return f.ColumnOf(field) != nil })
	if f.Kind != data.KindDeal || f.Source != SourceFile || f.remembered || !ends {
		return false
	}
	read := 0
	for _, c := range f.Columns {
		if c.Field != "" {
			read++
		}
	}
	return len(f.leftOut()) > read
}

// keepLeftOut lets each column that holds something and fills nothing fill a
// custom field of its name.
func (f *FilePlan) keepLeftOut() error {
	left := f.leftOut()
	for _, c := range f.Columns {
		own := slices.Contains(importOwnColumns, c.Name) || data.CustomName(c.Name) == ""
		if f.Kind == "" || own || !slices.Contains(left, c.Name) || c.Field != "" {
			continue
		}
		if err := f.SetNewField(c.Index, c.Name, c.GuessType()); err != nil {
			return err
		}
	}
	return nil
}

// SetDayOrder says how the days of a column are written.
func (f *FilePlan) SetDayOrder(column int, order sheet.DayOrder) error {
	c, err := f.column(column)
	if err != nil {
		return err
	}
	c.DayOrder, f.edited = order, true
	return nil
}

// SetMark says which sign stands before the decimals of a column.
func (f *FilePlan) SetMark(column int, mark sheet.DecimalMark) error {
	c, err := f.column(column)
	if err != nil {
		return err
	}
	c.Mark, f.edited = mark, true
	return nil
}

func (f *FilePlan) column(i int) (*ColumnPlan, error) {
	if i < 0 || i >= len(f.Columns) {
		return nil, data.Errorf(data.Invalid, "%s has no column %d", f.Name, i+1)
	}
	return f.Columns[i], nil
}

// ColumnOf finds the column that fills a field; nil where none does.
func (f *FilePlan) ColumnOf(field string) *ColumnPlan {
	for _, c := range f.Columns {
		if c.Field == field && !c.Month.Valid() {
			return c
		}
	}
	return nil
}

// Missing lists the fields without which no row of the file can come in and
// that no column fills.
func (f *FilePlan) Missing() []data.Field {
	var out []data.Field
	for _, x := range f.Fields() {
		parts := x.Name == "name" && (f.ColumnOf(FieldFirstName) != nil || f.ColumnOf(FieldLastName) != nil)
		monthly := f.Kind == data.KindQuota && slices.ContainsFunc(f.Columns, func(c *ColumnPlan) bool { return c.Month.Valid() })
		if x.Required && !f.own && (f.Kind != data.KindDeal || x.Name != "stage") && f.ColumnOf(x.Name) == nil && !parts && !monthly {
			out = append(out, x)
		}
	}
	return out
}

// customTypes are the types of custom fields and their names in the book.
var customTypes = []struct {
	t    data.Type
	name string
}{{data.TypeText, "text"}, {data.TypeNumber, "number"}, {data.TypeMoney, "money"}, {data.TypeDay, "day"}, {data.TypeChoice, "choice"}}

func customTypeName(t data.Type) string {
	for _, c := range customTypes {
		if c.t == t {
			return c.name
		}
	}
	return ""
}

// GuessType is the type that a new custom field for the column would have.
func (c *ColumnPlan) GuessType() data.Type {
	switch {
	case c.Days.Values > 0 && c.Days.Days == c.Days.Values && c.Numbers.Numbers < c.Numbers.Values:
		return data.TypeDay
	case c.Numbers.Values > 0 && c.Numbers.Numbers == c.Numbers.Values:
		return data.TypeNumber
	}
	return data.TypeText
}
