package settings

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// The sections' keys.
const (
	sectionBook     = "book"
	sectionMe       = "me"
	sectionRights   = "rights"
	sectionStages   = "stages"
	sectionProducts = "products"
	sectionFields   = "fields"
	sectionRates    = "rates"
	sectionBackups  = "backups"
	sectionLocks    = "locks"
	sectionPast     = "past"
	sectionTwins    = "duplicates"
	sectionLog      = "log"
	sectionCheck    = "check"
	sectionAbout    = "about"
)

// sections stand in the order of the list; a group begins where it is named.
var sections = []struct{ key, label, icon, group string }{
	{sectionBook, "Name and money", "book", "Book"},
	{sectionMe, "Who I am", "user", ""},
	{sectionRights, "Who may do what", "users", ""},
	{sectionStages, "Pipelines and stages", "pipeline", "Selling"},
	{sectionProducts, "Products and prices", "layers", ""},
	{sectionFields, "Custom fields", "cols", ""},
	{sectionRates, "Exchange rates", "market", ""},
	{sectionBackups, "Backups", "copy", "Safety"},
	{sectionLocks, "Locks and keys", "lock", ""},
	{sectionPast, "Put back", "undo", ""},
	{sectionTwins, "Duplicates", "link", ""},
	{sectionLog, "Activity log", "clock", ""},
	{sectionCheck, "Data check", "check", ""},
	{sectionAbout, "About", "info", ""},
}

func sectionRows() []kit.ListRow {
	var out []kit.ListRow
	for _, s := range sections {
		if s.group != "" {
			out = append(out, kit.ListRow{Header: true, Title: lang.T(s.group)})
		}
		out = append(out, kit.ListRow{Key: s.key, Title: lang.T(s.label), Icon: s.icon})
	}
	return out
}

// stageRow shows one stage: what it is for, and what a deal in it counts.
func stageRow(r data.Row) kit.Row {
	days := kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2}
	if r.Has("expected_days") {
		days = kit.Cell{Text: strconv.FormatInt(r.Int("expected_days"), 10)}
	}
	category := r.Text("category")
	return kit.Row{ID: r.ID.String(), Cells: []kit.Cell{
		{Text: r.Title(), Bold: r.Text("type") != data.StageOpen},
		{Text: stageTypeWord(r.Text("type"))},
		{Text: percent(r.Float("probability"))},
		days,
		{Text: sentence(category)},
	}}
}

func stageTypeWord(kind string) string {
	switch kind {
	case data.StageWon:
		return lang.T("Closes as won")
	case data.StageLost:
		return lang.T("Closes as lost")
	}
	return lang.T("Open")
}

// percent writes 0 to 100 without needless decimals: "25%".
func percent(p float64) string { return strconv.FormatFloat(p, 'f', -1, 64) + "%" }

// sentence begins a choice's value with a capital: "Best case".
func sentence(value string) string {
	if value == "" {
		return ""
	}
	return lang.T(lang.Capital(value))
}

// productRow shows one product with its list price, in the book's currency
// where it names none.
func productRow(currency data.Currency) func(data.Row) kit.Row {
	return func(r data.Row) kit.Row {
		price, unit := kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2}, ""
		if r.Has("price") {
			m := r.Money("price", currency)
			price = kit.Cell{Text: thousands(m.Decimal()), Copy: m.Decimal()}
			unit = string(m.Currency)
		}
		state := kit.Cell{Text: lang.T("On sale")}
		if r.Bool("retired") {
			state = kit.Cell{Text: lang.T("Retired"), Color: kit.ColorFg2}
		}
		return kit.Row{ID: r.ID.String(), Cells: []kit.Cell{{Text: r.Title()}, {Text: r.Text("family")}, price, {Text: unit, Color: kit.ColorFg2}, state}}
	}
}

// thousands groups the whole part of a plain decimal number: "26,768.00".
func thousands(number string) string {
	whole, rest, point := strings.Cut(number, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = kit.EnDash, whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		rest = "." + rest
	}
	return sign + whole + rest
}

// fieldTypes are the types of custom fields, in words.
var fieldTypes = []struct{ key, label string }{
	{"text", "Text"}, {"number", "Number"}, {"money", "Money"}, {"day", "Day"}, {"choice", "Choice"},
}

func fieldTypeWord(key string) string {
	for _, t := range fieldTypes {
		if t.key == key {
			return lang.T(t.label)
		}
	}
	return key
}

// fieldKinds are the kinds that take custom fields: those that people keep.
var fieldKinds = []string{data.KindDeal, data.KindAccount, data.KindContact, data.KindPerson, data.KindProduct, data.KindTerritory, data.KindActivity}

func kindWord(name string) string {
	k, err := data.KindByName(name)
	if err != nil {
		return name
	}
	return lang.T(k.Label)
}

func fieldRow(r data.Row) kit.Row {
	return kit.Row{ID: r.ID.String(), Cells: []kit.Cell{
		{Text: r.Title()},
		{Text: kindWord(r.Text("kind"))},
		{Text: fieldTypeWord(r.Text("type"))},
		{Text: strings.Join(strings.Fields(strings.ReplaceAll(r.Text("choices"), "\n", ", ")), " "), Color: kit.ColorFg2},
	}}
}

func rateRow(book data.Currency) func(data.Row) kit.Row {
	return func(r data.Row) kit.Row {
		return kit.Row{ID: r.ID.String(), Cells: []kit.Cell{
			{Text: r.Text("currency")},
			{Text: dayWord(r.Day("day"))},
			{Text: r.Text("rate")},
			{Text: lang.T("1 %s is %s %s", r.Text("currency"), r.Text("rate"), book), Color: kit.ColorFg2},
		}}
	}
}

func dayWord(d data.Day) string {
	if !d.Valid() {
		return kit.EnDash
	}
	return kit.DateStyle{}.Format(d)
}

// clockWord writes a moment in the book's zone.
func clockWord(i data.Instant, zone *time.Location) string {
	return kit.DateStyle{}.Moment(i, zone)
}

func backupRow(b app.Backup) kit.Row {
	name := b.Path[strings.LastIndexAny(b.Path, `/\`)+1:]
	return kit.Row{ID: b.Path, Cells: []kit.Cell{{Text: clockWord(data.InstantOf(b.At), b.At.Location())}, {Text: sentence(b.Why)}, {Text: name, Copy: b.Path}, {Text: bytesWord(b.Bytes)}}}
}

// bytesWord shortens a size: "640 KB", "4.1 MB".
func bytesWord(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// step is one transaction of the log.
type step struct {
	id     data.ID
	at     data.Instant
	who    string
	device string
	what   string
	rows   int
	mine   bool // this computer can take it back
	undone bool
}

func stepRow(s step, zone *time.Location) kit.Row {
	what, state := kit.Cell{Text: s.what}, kit.Cell{}
	if s.undone {
		what.Color = kit.ColorFg2
		state = kit.Cell{Text: lang.T("Undone"), Icon: "undo", Color: kit.ColorFg2}
	}
	return kit.Row{ID: s.id.String(), Cells: []kit.Cell{
		{Text: clockWord(s.at, zone)}, {Text: s.who}, what, {Text: thousands(strconv.Itoa(s.rows))}, {Text: s.device, Color: kit.ColorFg2}, state,
	}}
}

// roles explain what each role may do.
var roles = []struct{ name, text string }{
	{"Rep", "Works own deals, accounts and activities. Sees territories, products and stages, and no one else's quota."},
	{"Manager", "Works everything of the team: deals, quotas, assignments and plans."},
	{"Regional lead", "Works everything in the region, and sets roles, pipelines and territories."},
}

// parts are the libraries that Fieldbook stands on, and their licences.
var parts = []struct{ name, use, licence string }{
	{"Fyne", "window and widgets", "BSD 3-Clause"},
	{"SQLite, go-sqlite3", "the book's file", "Public domain, MIT"},
	{"go-chart", "charts", "MIT"},
	{"fpdf", "reports on paper", "MIT"},
	{"Excelize", "Excel workbooks", "BSD 3-Clause"},
	{"age, zstd", "share files", "BSD 3-Clause"},
	{"Gonum, Orb", "figures and maps", "BSD 3-Clause, MIT"},
	{"Noto Sans", "the type you are reading", "SIL Open Font License 1.1"},
}
