package app

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Columns that WriteSetAside adds, and that an import leaves out again.
var importOwnColumns = []string{"set aside because", "line in the file"}

// fieldsByName says which field each column would fill, by its name, in a file
// of the kind; "" for none.
func (f *FilePlan) fieldsByName(kind string) []string {
	k, err := f.app.Records.Kind(kind)
	if err != nil {
		return make([]string, len(f.Columns))
	}
	fields := withExtras(k.Fields, kind)
	words, layout := importWordMap(kind, fields), f.layoutFor(kind)
	m := matching{words: words, fields: fields, calendar: f.app.Book().Calendar, out: make([]string, len(f.Columns)), taken: map[string]match{}}
	for i, c := range f.Columns {
		hs := heads(c.Name, kind)
		field, known := layout.field(hs)
		bare, locked := notToModify(c.Name)
		switch {
		case slices.Contains(importOwnColumns, c.Name) || known && field == "":
		case locked && !known:
			if own, _ := notionField(bare, kind); own == "name" {
				m.take(i, c, "external_id", 0)
			}
		case kind == data.KindDeal && c.forEntered():
			m.out[i] = FieldEntered
		case known:
			m.take(i, c, field, 0)
		default:
			m.byName(i, c, hs, kind)
		}
	}
	m.bare(f, kind)
	m.besideAmounts(f)
	m.byContent(f, kind)
	m.stands(FieldStatus, "stage")
	m.stands(FieldClosedDay, "close_day")
	m.stands(FieldWonDay, "close_day")
	return m.out
}

// bare takes what columns that nothing names hold.
func (m *matching) bare(f *FilePlan, kind string) {
	for i, field := range f.bareColumns(kind) {
		if _, filled := m.taken[field]; field != "" && !filled && m.out[i] == "" {
			m.take(i, f.Columns[i], field, 0)
		}
	}
}

// matching gives each column the field that its name fits best.
type matching struct {
	words    map[string]importWord
	fields   []data.Field
	calendar data.Calendar
	out      []string
	taken    map[string]match
}

type match struct {
	column, rank int
	filled       bool
}

// byName takes the field of the nearest reading of a column's name.
func (m *matching) byName(i int, c *ColumnPlan, hs []head, kind string) {
	for _, h := range hs {
		if w, ok := m.words[h.word]; ok {
			m.take(i, c, w.field, w.rank+1000*h.far)
			return
		}
	}
	if field, rank := notionField(c.Name, kind); field != "" {
		m.take(i, c, field, rank+1000*farNotion)
	}
}

// farNotion is how far a name is whose parts alone say what it means.
const farNotion = 8

// take gives a column a field, unless another column that holds anything fits
// it as well, or none of its values is one of the field's choices.
func (m *matching) take(i int, c *ColumnPlan, field string, rank int) {
	field = c.endings(field)
	if f, ok := fieldNamed(m.fields, field); ok && !c.fits(f) && (field != "close_day" || !c.holdsPeriods(m.calendar)) {
		return
	}
	filled := c.Filled > 0
	if old, clash := m.taken[field]; clash {
		if old.filled && (!filled || old.rank <= rank) || !old.filled && !filled {
			return
		}
		m.out[old.column] = ""
	}
	m.out[i], m.taken[field] = field, match{i, rank, filled}
}

// stands lets the column of one field fill another that no column fills.
func (m *matching) stands(field, instead string) {
	own, ok := m.taken[field]
	if _, filled := m.taken[instead]; !ok || filled {
		return
	}
	if _, of := fieldNamed(m.fields, instead); of {
		m.out[own.column], m.taken[instead] = instead, own
		delete(m.taken, field)
	}
}

// fits reports whether a column holds anything that a field can take: any of
// its choices, any day, nothing but yes and no.
func (c *ColumnPlan) fits(f data.Field) bool {
	if c.Filled == 0 {
		return true
	}
	switch {
	case f.Type == data.TypeDay && f.Name != "month":
		return c.holdsDays()
	case c.values == nil || f.Custom:
		return f.Type != data.TypeBool || f.Custom
	case f.Type == data.TypeChoice:
		return slices.ContainsFunc(c.order, func(v string) bool { return importChoice(f, v) != "" })
	case f.Type == data.TypeBool && f.Name == "done":
		return c.holdsDone()
	case f.Type == data.TypeBool:
		return c.holdsYesNo()
	}
	return true
}

// holdsYesNo reports whether all values of a column are yes or no.
func (c *ColumnPlan) holdsYesNo() bool {
	return !slices.ContainsFunc(c.order, func(v string) bool { _, err := sheet.ParseBool(v); return err != nil })
}

// forEntered reports whether a column tells when deals came to a stage. There
// may be several such columns.
func (c *ColumnPlan) forEntered() bool {
	stage, _ := enteredStage(c.Name)
	return stage != "" && c.Filled > 0 && c.holdsDays()
}

func (c *ColumnPlan) holdsDays() bool {
	return c.Days.Days > 0 || slices.ContainsFunc(c.Samples, func(v string) bool { _, ok := sheet.ParseEpoch(v, nil); return ok })
}

// endings tells columns named Won or Closed that hold days from those that hold
// yes and no.
func (c *ColumnPlan) endings(field string) string {
	if field == FieldIsWon && sheet.Fold(c.Name) == "win" && !c.holdsYesNo() {
		return FieldProbability
	}
	if !c.holdsDays() {
		return field
	}
	switch field {
	case FieldIsWon:
		return FieldWonDay
	case FieldIsClosed:
		return FieldClosedDay
	}
	return field
}

// monthColumns gives the month of each column that is named for one.
func (f *FilePlan) monthColumns() (months []data.Day, n int) {
	months = make([]data.Day, len(f.Columns))
	of := f.monthOf()
	for i, c := range f.Columns {
		months[i] = data.NoDay
		if p, ok := of(c.Name); ok && c.Numbers.Numbers > 0 {
			months[i], c.Span = p.From, p
			n++
		}
	}
	single := func(i int) bool {
		return months[i].Valid() && len(f.app.Book().Calendar.Months(f.Columns[i].Span)) == 1
	}
	for i := range months { // quarters beside months are their sums
		if months[i].Valid() && !single(i) && slices.ContainsFunc(f.Columns, func(c *ColumnPlan) bool { return single(c.Index) }) {
			months[i] = data.NoDay
			n--
		}
	}
	return months, n
}

// guessKind finds out what the rows of the file are; "" where nothing fits.
// Why then tells the reason.
func (f *FilePlan) guessKind() string {
	if !f.readable {
		return ""
	}
	if kind := f.ownKind(); kind != "" {
		return kind
	}
	if kind, _ := f.contents(); kind != "" {
		return kind
	}
	if line, ok := f.namesColumnsBelow(); ok {
		f.Why = fmt.Sprintf("Line %d names columns instead of holding values: the file describes tables.", line)
		return ""
	}
	if l := f.layoutFor("*"); l != nil {
		f.Why = l.why
		return l.kind
	}
	best, bestScore := "", 0
	for _, n := range importNeeds {
		if score := f.score(n); score > bestScore {
			best, bestScore = n.kind, score
		}
	}
	if best == "" {
		best = f.bareKind()
	}
	if best == "" {
		f.Why = "The names of its columns fit no kind of record. Choose the kind, then say what each column is."
	}
	return best
}

// score counts the columns that a kind has fields for; 0 where one is missing
// without which no row can be made.
func (f *FilePlan) score(n importNeed) int {
	fields := f.fieldsByName(n.kind)
	has := func(name string) bool { return slices.Contains(fields, name) }
	score := 0
	for _, name := range fields {
		if name != "" {
			score++
		}
	}
	if _, months := f.monthColumns(); n.kind == data.KindQuota && months >= 2 && (has("person") || has("territory")) {
		return score + months
	}
	if n.titled && !f.namedForDeals(fields) {
		return 0
	}
	missing := slices.ContainsFunc(n.needs, func(group string) bool { return !slices.ContainsFunc(strings.Fields(group), has) })
	if n.kind == data.KindDeal && !has("amount") && !has("close_day") {
		missing = missing || has("stage") && sheet.Fold(f.Columns[max(0, slices.Index(fields, "stage"))].Name) == "status" // orders and tasks have one too
	}
	if missing {
		return 0
	}
	return score
}

// dealStems are in the names of columns that call deals.
var dealStems = strings.Fields("deal opportunit potential verkaufschance geschaft affaire negocio oportunidad trattativa verkoopkans 商談 案件 сделк")

// namedForDeals reports whether the column that names the rows says that they
// are deals.
func (f *FilePlan) namedForDeals(fields []string) bool {
	at := slices.Index(fields, "name")
	if at < 0 {
		return false
	}
	name := sheet.Fold(f.Columns[at].Name)
	return slices.ContainsFunc(dealStems, func(stem string) bool { return strings.Contains(name, sheet.Fold(stem)) })
}

// headerAnyway takes the first row for the header where the file seems to have
// none but that row's cells are names of columns, such as Rep, Jan 2017.
func (f *FilePlan) headerAnyway(ctx context.Context) error {
	if f.readable && f.ownHeaderBelow() {
		f.Format = sheet.Format{Fixed: true, Kind: sheet.Workbook, Sheet: f.Format.Sheet, Header: true}
		return f.scan(ctx)
	}
	if !f.readable || f.Format.Header || len(f.Preview) == 0 {
		return nil
	}
	try := *f
	try.Columns, try.Preview = nil, f.Preview[1:]
	for i, c := range f.Columns {
		named := *c
		if named.Name = ""; i < len(f.Preview[0].Cells) {
			named.Name = strings.TrimSpace(f.Preview[0].Cells[i])
		}
		try.Columns = append(try.Columns, &named)
	}
	if try.guessKind() == "" {
		return nil
	}
	f.Format.Header = true
	return f.scan(ctx)
}

// namesColumnsBelow finds a row that holds names of columns: a description of
// tables, not a table.
func (f *FilePlan) namesColumnsBelow() (line int, ok bool) {
	known := map[string]bool{}
	for _, l := range importLayouts {
		for _, w := range strings.Fields(l.has) {
			known[w] = true
		}
	}
	for _, c := range f.Columns {
		known[sheet.Fold(c.Name)] = true
	}
	for _, row := range f.Preview {
		n, filled := 0, 0
		for _, cell := range row.Cells {
			if strings.TrimSpace(cell) == "" {
				continue
			}
			filled++
			if known[sheet.Fold(cell)] {
				n++
			}
		}
		if n >= 3 && 2*n > filled {
			return row.Line, true
		}
	}
	return 0, false
}

// contents gives the kind and source of files that are no tables: contact cards
// and calendars.
func (f *FilePlan) contents() (kind, source string) {
	switch f.Format.Kind {
	case sheet.Cards:
		return data.KindContact, "vcard"
	case sheet.Calendar:
		return data.KindActivity, "icalendar"
	default:
		return "", ""
	}
}

// layout recognises whose file it is.
func (f *FilePlan) layout() string {
	if _, source := f.contents(); source != "" {
		return source
	}
	if l := f.layoutFor(f.Kind); l != nil {
		return l.source
	}
	return SourceFile
}

// mapByName fills in source and fields from the names of the columns.
func (f *FilePlan) mapByName() {
	f.clearFields()
	if f.ownScore(f.Kind) >= 0 {
		if k, err := f.app.Records.Kind(f.Kind); err == nil {
			f.mapOwn(k)
			return
		}
	}
	f.Source = f.layout()
	mapped := 0
	for i, name := range f.fieldsByName(f.Kind) {
		if f.Columns[i].Field = name; name != "" {
			mapped++
		}
	}
	months, n := f.monthColumns()
	if f.Kind == data.KindQuota && n >= 2 {
		for i, m := range months {
			if m.Valid() {
				f.Columns[i].Field, f.Columns[i].Month = "amount", m
				mapped++
			}
		}
	}
	f.Why = fmt.Sprintf("%d of %d columns are known by their names", mapped, len(f.Columns))
	if !f.Format.Header {
		f.Why = fmt.Sprintf("The file names no columns; %d of %d are known by what they hold", mapped, len(f.Columns))
	}
	if f.Source != SourceFile {
		f.Why += ", in the layout " + f.Source
	}
	f.Why += "."
}

// quarterName is a quarter as people head columns: Q1 2026, 2026 Q1, 1. Quartal
// 2026, T1 2026, FY26 Q1.
var quarterName = regexp.MustCompile(`(?i)^(?:[QT]([1-4])[ /_-]*(?:FY|GJ)? ?'?(\d{4}|\d{2})|(?:FY|GJ)? ?'?(\d{4}|\d{2})[ /_-]*[QT]([1-4]))$`)

// importMonth reads the name of a month or quarter: 2017-03, Mar 2017, 2017-Q1.
func importMonth(text string, calendar data.Calendar) (data.Period, bool) {
	text = strings.TrimSpace(text)
	if text == "" || text == "all" || strings.Contains(text, "..") {
		return data.Period{}, false
	}
	if m := quarterName.FindStringSubmatch(text); m != nil {
		year := m[2] + m[3]
		if len(year) == 2 {
			year = "20" + year
		}
		text = year + "-Q" + m[1] + m[4]
	}
	if p, err := calendar.Parse(text); err == nil {
		return p, len(p.Name) > len("2006")
	}
	for _, try := range []string{text, "1 " + text, text + "-01"} {
		if d, err := sheet.ParseDay(try, sheet.AnyOrder); err == nil && d.Valid() {
			return calendar.MonthOf(d), true
		}
	}
	for _, sep := range []string{"/", "-", "."} {
		month, year, ok := strings.Cut(text, sep)
		if !ok || len(year) != 4 {
			continue
		}
		if p, err := calendar.Parse(year + "-" + strings.Repeat("0", max(0, 2-len(month))) + month); err == nil {
			return p, true
		}
	}
	return data.Period{}, false
}
