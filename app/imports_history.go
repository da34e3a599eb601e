package app

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// A history that another system kept tells what deals were on earlier days. Their
// amounts and close days enter the log as acts of those days, as if a file of
// each day had been imported; imports_timeline.go says how.

// then is what a line of a history tells of a deal.
type then struct {
	day    data.Day
	line   int
	file   *historyReader
	what   string // "amount" or "close_day"; "" for all that the line has
	stage  data.ID
	close  data.Value
	amount data.Value
	coin   data.Currency
	old    data.Value // of what, before
}

// dealPast are the lines that an import's files have of each deal.
type dealPast map[data.ID][]then

// historyReader reads the lines of one file.
type historyReader struct {
	w                                              *importWriter
	deal, stage, day, close, amount, changed, prev int // places in the shape
	new, old                                       map[string]*cellParser
	up, down                                       int // lines of a later, of an earlier day than the one before
	last                                           data.Day
}

// historyWords are what programs call the properties that count in a history,
// besides those that are the stage.
var historyWords = map[string]string{
	"amount": "amount", "dealamount": "amount", "dealvalue": "amount", "value": "amount", "opportunityamount": "amount", "estimatedvalue": "amount", "estrevenue": "amount", "betrag": "amount", "montant": "amount",
	"closedate": "close_day", "expectedclosedate": "close_day", "closingdate": "close_day", "estimatedclosedate": "close_day", "estclosedate": "close_day", "closeday": "close_day", "schlusstermin": "close_day",
}

// propertyFields says which field of a deal a changed property is. A file names few
// properties on many lines, so what a name was found to mean is kept.
type propertyFields struct {
	words map[string]importWord
	known map[string]string
}

// of is the stage, amount or close_day; "" for any other.
func (p *propertyFields) of(property string) string {
	if property == "" {
		return ""
	}
	field, known := p.known[property]
	if known {
		return field
	}
	if p.words == nil {
		p.words, p.known = importWordMap(data.KindDeal, nil), map[string]string{}
	}
	if len(p.known) >= scanDistinct {
		clear(p.known)
	}
	field = p.look(property)
	p.known[strings.Clone(property)] = field
	return field
}

func (p *propertyFields) look(property string) string {
	fold := sheet.Fold(property)
	if field := historyWords[fold]; field != "" {
		return field
	}
	if p.words[fold].field == "stage" {
		return "stage"
	}
	if field, _ := notionField(property, data.KindDeal); field == "stage" || field == "amount" || field == "close_day" {
		return field
	}
	return ""
}

// openPast prepares for a file that tells the history of deals.
func (w *importWriter) openPast() {
	if w.Kind != data.KindStageEntry || w.plan.links {
		return
	}
	s := w.shape
	h := &historyReader{
		w: w, deal: s.index("deal"), stage: s.index("stage"), day: s.index("day"), close: s.index("close_day"), amount: s.index("amount"),
		changed: s.index(FieldProperty), prev: s.index(FieldOld), last: data.NoDay,
	}
	if h.deal < 0 || h.stage < 0 || h.day < 0 || h.changed < 0 && h.close < 0 && h.amount < 0 {
		return
	}
	h.new = h.parsers(h.stage)
	h.old = h.new
	if h.prev >= 0 {
		h.old = h.parsers(h.prev)
	}
	w.past = h
}

// parsers read the values of a column that holds now amounts, now days.
func (h *historyReader) parsers(at int) map[string]*cellParser {
	out := map[string]*cellParser{}
	for _, f := range []data.Field{{Name: "amount", Type: data.TypeMoney}, {Name: "close_day", Type: data.TypeDay}} {
		p := newCellParser(f, h.w.shape.columns[at], h.w.app.Book())
		out[f.Name] = &p
	}
	return out
}

// takes reports whether a row tells of a deal's amount or close day alone.
func (h *historyReader) takes(row *importRow) bool {
	field := h.w.properties.of(textAt(row, h.changed))
	return field == "amount" || field == "close_day"
}

// property takes in a row that tells of one property, or sets it aside.
func (h *historyReader) property(row *importRow) error {
	w := h.w
	aside := func(at int, why string) error {
		w.setAside(ImportProblem{Line: row.line, Column: w.shape.columns[at].Name, Value: textAt(row, at), Why: why}, "")
		return nil
	}
	t := then{line: row.line, file: h, what: w.properties.of(textAt(row, h.changed)), coin: row.money}
	found, why, err := w.dealRef(w.shape.fields[h.deal], textAt(row, h.deal))
	deal, _ := found.(data.ID)
	if err != nil {
		return err
	}
	if deal.IsZero() {
		return aside(h.deal, why)
	}
	var dated bool
	if t.day, dated = valueAt(row, h.day).(data.Day); !dated {
		return aside(h.day, "the row has no day")
	}
	value, fault := h.value(h.new[t.what], textAt(row, h.stage), &t.coin)
	if fault != nil {
		return aside(h.stage, importWhy(fault, textAt(row, h.stage)))
	}
	if t.old, fault = h.value(h.old[t.what], textAt(row, h.prev), new(data.Currency)); fault != nil {
		t.old = nil // what was before is no more than a help
	}
	t.amount, t.close = value, value
	h.keep(deal, t)
	return nil
}

func (h *historyReader) value(p *cellParser, text string, coin *data.Currency) (data.Value, error) {
	if text == "" {
		return nil, nil
	}
	v, code, err := p.read(text, cmp.Or(*coin, h.w.shape.money))
	*coin = cmp.Or(code, *coin)
	return v, err
}

// state takes in a row that tells how a deal stood.
func (h *historyReader) state(row *importRow) {
	deal, _ := row.values[h.deal].(data.ID)
	stage, _ := row.values[h.stage].(data.ID)
	day, ok := row.values[h.day].(data.Day)
	if deal.IsZero() || !ok {
		return
	}
	h.keep(deal, then{day: day, line: row.line, file: h, stage: stage, close: valueAt(row, h.close), amount: valueAt(row, h.amount), coin: row.money})
}

func (h *historyReader) keep(deal data.ID, t then) {
	if h.last.Valid() && t.day != h.last {
		if t.day > h.last {
			h.up++
		} else {
			h.down++
		}
	}
	h.last = t.day
	if h.w.importRun.past == nil {
		h.w.importRun.past = dealPast{}
	}
	h.w.importRun.past[deal] = append(h.w.importRun.past[deal], t)
}

// before orders the lines of a deal by time; of one day as they stand in the
// file, which may begin with the newest.
func (t *then) before(other *then) int {
	if t.day != other.day || t.file != other.file {
		return cmp.Compare(t.day, other.day)
	}
	if t.file.down > t.file.up {
		return cmp.Compare(other.line, t.line)
	}
	return cmp.Compare(t.line, other.line)
}

// pastEdit is what an act of a day says of a deal.
type pastEdit struct {
	deal   data.ID
	values data.Values
}

// tellPast writes what the files tell of earlier days, an act a day.
func (run *importRun) tellPast(act store.Act) error {
	deals := make([]data.ID, 0, len(run.past))
	for id := range run.past {
		deals = append(deals, id)
	}
	slices.SortFunc(deals, func(a, b data.ID) int { return bytes.Compare(a[:], b[:]) })
	byDay := map[data.Day][]pastEdit{}
	for ids := range slices.Chunk(deals, dealsAtOnce) {
		run.tell("Putting the history of deals in order")
		if err := run.timelines(ids, byDay); err != nil {
			return err
		}
	}
	days := make([]data.Day, 0, len(byDay))
	for day := range byDay {
		days = append(days, day)
	}
	slices.Sort(days)
	today := run.app.Today()
	for _, day := range days {
		if act.AsOf = 0; day < today {
			act.AsOf = day
		}
		if err := run.tx.Next(act); err != nil {
			return err
		}
		for _, e := range byDay[day] {
			if _, err := run.tx.Put(data.KindDeal, e.deal, e.values); err != nil {
				return err
			}
		}
	}
	return nil
}
