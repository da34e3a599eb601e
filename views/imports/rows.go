package imports

import (
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// picture is a plan and its rehearsal as they are shown. It shares nothing with
// the plan, which is worked on away from the screen.
type picture struct {
	files    []fileShown
	total    counts
	kinds    int // different ones that will come in
	problems []problemShown
	names    []nameShown
	clashes  []clashShown
	txn      string // of an import that was done
}

// counts of rows.
type counts struct{ rows, new, changed, unchanged, aside int }

func (c *counts) add(o counts) {
	c.rows += o.rows
	c.new += o.new
	c.changed += o.changed
	c.unchanged += o.unchanged
	c.aside += o.aside
}

// fileShown is one file.
type fileShown struct {
	name, kind, why string
	counts
	writing  app.FileWriting
	problems int
	doubt    bool // something needs a person
	columns  []columnShown
	stages   []stageShown
	fields   []kit.Option // what a column can fill
	known    []kit.Option // stages of the book
	made     []app.MadeRows
	preview  []app.PreviewRow
	how      howShown
}

// columnShown is one column of a file.
type columnShown struct {
	name, field string
	newField    string // the label of the custom field that it makes
	month       data.Day
	span        string // of a column of quotas: "Jan 2017", "2017-Q1"
	filled      int
	rows        int
	samples     string
	finds       string // what it is for where it fills no field
	guess       data.Type
}

// stageShown is one stage's name in a file.
type stageShown struct {
	name, meaning string
	stage         string // key of what it becomes: an id, or "new:open"
	rows          int
}

// problemShown is a line of what was mended, lacks or is wrong.
type problemShown struct {
	column, file string
	line         int
	value        string
	says, detail string
	whole        bool     // of the whole file, not of single rows
	tone         kit.Tone // good: mended; warn: came in but lacks something; bad: did not come in
}

// Keys of pickers that are no field and no stage.
const (
	keyLeaveOut = "-"
	keyNewField = "+"
	keyNew      = "new:"
	keySkip     = "skip"
)

// draw makes a picture of a plan and what its rehearsal found.
func draw(plan *app.ImportPlan, res *app.ImportResult) picture {
	files := make([]fileShown, len(plan.Files))
	for i, f := range plan.Files {
		files[i] = drawFile(f)
	}
	return tally(files, res.Files)
}

// tally enters what became of the rows of each file and adds it up.
func tally(files []fileShown, results []*app.FileResult) picture {
	p := picture{files: files}
	seen := map[string]bool{}
	for i := range min(len(files), len(results)) {
		f, r := &files[i], results[i]
		p.problems = append(p.problems, f.enter(r)...)
		p.decide(i, r)
		if f.kind != "" {
			p.total.add(f.counts)
			seen[f.kind] = true
		}
	}
	p.kinds = len(seen)
	sort.SliceStable(p.problems, func(i, j int) bool { return p.problems[i].tone > p.problems[j].tone })
	return p
}

// enter takes up what became of the file's rows and gives what to know of them.
func (f *fileShown) enter(r *app.FileResult) []problemShown {
	if r.Kind != "" {
		f.counts = counts{r.Rows, r.New, r.Changed, r.Unchanged, r.SetAside}
	}
	if r.Why != "" {
		f.why = r.Why
	}
	list := problemsOf(r)
	f.problems, f.made = len(list), r.Made
	for _, x := range list {
		f.doubt = f.doubt || x.tone != kit.ToneGood
	}
	return list
}

func drawFile(f *app.FilePlan) fileShown {
	shown := fileShown{name: f.Name, kind: f.Kind, why: f.Why, writing: f.Writing(), preview: f.Preview}
	shown.rows = f.Rows
	shown.doubt = shown.writing.Doubt || shown.writing.MarkDoubt
	for _, c := range f.Columns {
		one := columnShown{name: c.Name, field: c.Field, month: c.Month, span: spanWord(c), filled: c.Filled, rows: f.Rows, samples: strings.Join(c.Samples, ", "), guess: c.GuessType(), finds: f.Finds(c.Index)}
		if c.New != nil {
			one.newField = c.New.Label
		}
		shown.columns = append(shown.columns, one)
	}
	for _, s := range f.Stages {
		one := stageShown{name: s.Key(), meaning: meaning(s), stage: s.Stage.String(), rows: s.Rows}
		if s.New {
			one.stage = keyNew + s.Type
		}
		shown.stages = append(shown.stages, one)
	}
	shown.fields, shown.how = fieldOptions(f.Fields()), drawHow(f)
	for _, row := range f.KnownStages() {
		shown.known = append(shown.known, kit.Option{Key: row.ID.String(), Text: row.Title(), Detail: row.Labels["pipeline"]})
	}
	return shown
}

// spanWord names the month or quarter that a column of quotas is for.
func spanWord(c *app.ColumnPlan) string {
	switch {
	case !c.Month.Valid():
		return ""
	case c.Span.To.AddDays(-1) > c.Span.From.AddDays(31):
		return c.Span.Name
	}
	return kit.DateStyle{}.Month(c.Month)
}

func fieldOptions(fields []data.Field) []kit.Option {
	out := []kit.Option{{Key: keyLeaveOut, Text: lang.T("Leave out")}, {Key: keyNewField, Text: lang.T("New custom field…"), Icon: "plus"}}
	for _, f := range fields {
		group := lang.T("Fields")
		if f.Custom {
			group = lang.T("Custom fields")
		}
		out = append(out, kit.Option{Key: f.Name, Text: lang.T(f.Label), Group: group})
	}
	return out
}

// meaning says what a deal in a stage counts as: "open, 25%".
func meaning(s *app.StagePlan) string {
	switch s.Type {
	case data.StageWon:
		return lang.T("counts as won")
	case data.StageLost:
		return lang.T("counts as lost")
	}
	return lang.T("open, %s", strconv.FormatFloat(s.Probability, 'f', -1, 64)+"%")
}

// problemsOf lists what a person should know of a file's rows.
func problemsOf(r *app.FileResult) []problemShown {
	var out []problemShown
	base := strings.TrimSuffix(r.File, filepath.Ext(r.File))
	for _, p := range r.Problems {
		tone := kit.ToneBad
		if p.CameIn {
			tone = kit.ToneWarn
		}
		out = append(out, problemShown{column: p.Column, file: base, line: p.Line, value: p.Value, says: p.Why, detail: rowsWord(p.Rows), tone: tone})
	}
	for _, l := range r.Lacking {
		out = append(out, problemShown{file: base, says: l.What, detail: lang.T("%s, to fix after the import", rowsWord(l.Rows)), tone: kit.ToneWarn})
	}
	if r.Absent != nil {
		out = append(out, problemShown{
			file: base, says: lang.N("%s open deal is not in the file", "%s open deals are not in the file", r.Absent.Deals, kit.Thousands(r.Absent.Deals)),
			detail: lang.T("left as it is: %s", strings.Join(r.Absent.Names, ", ")), tone: kit.ToneWarn,
		})
	}
	for _, m := range r.Mended {
		out = append(out, problemShown{column: m.Column, file: base, value: m.Value, says: lang.T("%s read as %s", m.Value, m.As), detail: rowsWord(m.Rows), tone: kit.ToneGood})
	}
	for _, n := range r.Notes {
		out = append(out, problemShown{file: base, says: n.What, detail: rowsWord(n.Rows), tone: kit.ToneGood})
	}
	return append(out, readingsOf(r, base)...)
}

// readingsOf lists how the file was read where a person may want to check that,
// and what of it stays behind.
func readingsOf(r *app.FileResult, base string) []problemShown {
	var out []problemShown
	for _, x := range r.ReadAs {
		one := problemShown{column: x.Column, file: base, says: x.Text, detail: x.Why, tone: kit.ToneGood, whole: true}
		if x.Doubt {
			one.tone = kit.ToneWarn
		}
		out = append(out, one)
	}
	if n := len(r.LeftOut); n > 0 {
		out = append(out, problemShown{file: base, says: lang.N("%d column is left out", "%d columns are left out", n, n), detail: strings.Join(r.LeftOut, ", "), tone: kit.ToneGood, whole: true})
	}
	return out
}

func rowsWord(n int) string { return lang.N("%s row", "%s rows", n, kit.Thousands(n)) }

// problemRow shows a problem in a table of two-line rows.
func problemRow(p problemShown) kit.Row {
	icon, ink := "check", kit.ColorGood
	switch p.tone {
	case kit.ToneBad:
		icon, ink = "x", kit.ColorBad
	case kit.ToneWarn:
		icon, ink = "warn", kit.ColorWarn
	default: // it was read all the same
	}
	line := ""
	if p.line > 0 {
		line = kit.Thousands(p.line)
	}
	value := kit.Cell{Text: p.value, Color: kit.ColorBad}
	if p.tone == kit.ToneGood {
		value.Color = kit.ColorFg
	}
	title := p.column
	switch {
	case title == "" && p.whole:
		title = lang.T("Whole file")
	case title == "":
		title = lang.T("Whole row")
	}
	return kit.Row{Cells: []kit.Cell{
		{Text: title, Sub: p.file}, {Text: line}, value, {Text: p.says, Sub: p.detail, Icon: icon, Ink: ink},
	}}
}

// kindOptions are the kinds that a file can be read as.
func kindOptions() []kit.Option {
	out := []kit.Option{{Key: keySkip, Text: lang.T("Not imported")}}
	for _, name := range []string{
		data.KindPerson, data.KindProduct, data.KindAccount, data.KindContact, data.KindDeal,
		data.KindStageEntry, data.KindActivity, data.KindQuota, data.KindTerritory,
	} {
		out = append(out, kit.Option{Key: name, Text: kindWord(name)})
	}
	return out
}

// kindWord is the plural of a kind as a heading: "Stage entries".
func kindWord(name string) string {
	k, err := data.KindByName(name)
	if err != nil || name == "" {
		return lang.T("Not imported")
	}
	return kit.KindWord(k)
}

// delimiterWord names a sign between cells.
func delimiterWord(sign string) string {
	switch sign {
	case ",":
		return lang.T("Comma")
	case ";":
		return lang.T("Semicolon")
	case "\t":
		return lang.T("Tab")
	case "|":
		return lang.T("Bar")
	}
	return sign
}

// orderWord names an order of days by an example's parts.
func orderWord(order string) string {
	switch order {
	case "year first":
		return lang.T("Year-month-day")
	case "month first":
		return lang.T("Month/day/year")
	case "day first":
		return lang.T("Day/month/year")
	}
	return lang.T(order)
}

// doneWords says what came: "8,927 rows came in: 8,927 new".
func doneWords(c counts) string {
	text := lang.T("%s new, %s changed, %s unchanged", kit.Thousands(c.new), kit.Thousands(c.changed), kit.Thousands(c.unchanged))
	if c.aside > 0 {
		text += lang.T(", %s set aside", kit.Thousands(c.aside))
	}
	return text
}
