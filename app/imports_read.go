package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"regexp"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// importRow is a row of a file as values, one per filled field, in the order
// of importShape.fields. References are still text.
type importRow struct {
	line    int
	values  []data.Value
	money   data.Currency   // that the row, an amount or a column's name says; "" for the book's
	problem *ImportProblem  // why the row cannot come in
	notes   []ImportProblem // values that are left blank, for which the row is not set aside
	raw     string          // of a row that cannot be read as cells
	clocks  []int64         // of each value, the time of its day in seconds where the shape asks for it; 0 for none
}

// importShape says how cells become values. It belongs to the reading goroutine.
type importShape struct {
	plan    *FilePlan
	fields  []data.Field
	columns []*ColumnPlan
	parse   []cellParser
	order   []int // in which fields are read: the currency before amounts
	money   data.Currency
	soft    []bool           // fields beside the point: one that cannot be read is left blank
	turn    []*regexp.Regexp // how names are written that are turned round
	named   []data.Currency  // of each field, the currency of amounts in its column that name none
	coin    int              // index of the currency; -1 without one
	clocked []int            // fields whose time of day counts: on which a deal came to a stage
}

// batchRows is how many rows travel between the reader and the writer at once.
const batchRows = 512

// newShape lists the columns that fill a field.
func (f *FilePlan) newShape(fields []data.Field) *importShape {
	s := &importShape{money: f.app.Book().Currency, coin: -1, plan: f}
	for _, c := range f.Columns {
		if c.Field == "" {
			continue
		}
		for _, x := range fields {
			if x.Name == c.Field {
				s.fields, s.columns = append(s.fields, x), append(s.columns, c)
			}
		}
	}
	s.addStage(fields)
	for i, x := range s.fields {
		s.soft = append(s.soft, f.beside(x))
		s.turn = append(s.turn, f.lastFirst(s.columns[i], x))
		s.named = append(s.named, f.coinOf(s.columns[i]))
		s.parse = append(s.parse, newCellParser(x, s.columns[i], f.app.Book()))
		if f.Kind == data.KindStageEntry && x.Name == "day" || x.Name == FieldEntered {
			s.clocked = append(s.clocked, i)
		}
		if x.Name == "currency" {
			s.coin = i
			s.order = append([]int{i}, s.order...)
		} else {
			s.order = append(s.order, i)
		}
	}
	return s
}

// beside reports whether a field is beside the point, so that a row does without.
func (f *FilePlan) beside(x data.Field) bool {
	_, extra := importExtra(f.Kind, x.Name)
	return extra && (f.Kind == data.KindStageEntry || x.Type != data.TypeDay && x.Type != data.TypeMoney) || x.Type == data.TypeChoice && !x.Required && !x.Custom || x.Name == "done"
}

// addStage lets deals whose file has no column of stages be put into one.
func (s *importShape) addStage(fields []data.Field) {
	stage, ok := fieldNamed(fields, "stage")
	if ok && s.plan.Kind == data.KindDeal && !s.plan.own && s.index("stage") < 0 {
		s.fields, s.columns = append(s.fields, stage), append(s.columns, &ColumnPlan{Index: -1, Name: stage.Label, Month: data.NoDay})
	}
}

// index is the place of a field; -1 where no column fills it.
func (s *importShape) index(field string) int {
	for i, x := range s.fields {
		if x.Name == field && !s.columns[i].Month.Valid() {
			return i
		}
	}
	return -1
}

// read turns a record into row, whose slice of values is used again.
func (s *importShape) read(rec sheet.Record, row *importRow) {
	row.line, row.problem, row.raw, row.money = rec.Line, nil, "", ""
	if row.values == nil {
		row.values = make([]data.Value, len(s.fields))
	}
	clear(row.values)
	row.notes = row.notes[:0]
	for _, i := range s.order {
		text := strings.TrimSpace(rec.Cell(s.columns[i].Index))
		if saysNothing(text) {
			continue
		}
		v, code, err := s.parse[i].read(text, s.moneyOf(row, i))
		why := ""
		switch {
		case err != nil:
			why = importWhy(err, text)
		case i == s.coin:
			row.money = data.Currency(v.(string))
		case s.fields[i].Type == data.TypeMoney && !s.fields[i].Custom:
			why = s.price(row, i, code)
		}
		if why != "" {
			p := ImportProblem{Line: rec.Line, Column: s.columns[i].Name, Value: strings.Clone(text), Why: why}
			if s.soft[i] {
				p.Why, p.CameIn = p.Why+"; left blank", true
				row.notes = append(row.notes, p)
				continue
			}
			row.problem = &p
			return
		}
		row.values[i] = v
	}
	s.clock(rec, row)
}

// clock reads the times of day.
func (s *importShape) clock(rec sheet.Record, row *importRow) {
	for _, i := range s.clocked {
		if row.clocks == nil {
			row.clocks = make([]int64, len(s.fields))
		}
		row.clocks[i] = 0
		if day, ok := row.values[i].(data.Day); ok {
			seconds, _ := sheet.SecondsOfDay(strings.TrimSpace(rec.Cell(s.columns[i].Index)), day, s.parse[i].zone)
			row.clocks[i] = int64(seconds)
		}
	}
}

// moneyOf is the currency in which an amount without one of its own is read.
func (s *importShape) moneyOf(row *importRow, i int) data.Currency {
	return cmp.Or(row.money, s.named[i], s.money)
}

// price takes the currency that an amount or its column names for that of the
// row, or says why it cannot be.
func (s *importShape) price(row *importRow, i int, code data.Currency) (why string) {
	code = cmp.Or(code, s.moneyOf(row, i))
	if row.money != "" && row.money != code {
		return "is in " + string(code) + ", but the row in " + string(row.money)
	}
	if row.money = code; s.coin >= 0 {
		row.values[s.coin] = string(code)
	}
	return ""
}

// importWhy is the reason without the value, which stands beside it.
func importWhy(err error, value string) string {
	var own *data.Error
	text := err.Error()
	if errors.As(err, &own) {
		text = own.Msg
	}
	for _, quoted := range []string{`"` + value + `" `, `'` + value + `' `} {
		text = strings.TrimPrefix(text, quoted)
	}
	return text
}

// stream reads a file and calls fn with every row, in order. Reading and
// parsing run on a goroutine of their own, which ends before stream returns.
func (f *FilePlan) stream(ctx context.Context, shape *importShape, fn func(*importRow) error) error {
	src, err := openTable(ctx, f.Path, f.Format)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }() // it was only read
	ctx, cancel := context.WithCancel(ctx)
	full, empty := make(chan []importRow, 2), make(chan []importRow, 4)
	for range cap(empty) {
		empty <- make([]importRow, batchRows)
	}
	var fault error
	go func() {
		defer close(full)
		fault = fill(ctx, src, shape, full, empty)
	}()
	err = drain(ctx, full, empty, fn)
	cancel()
	for range full {
		continue // so that the reader is gone before its file is closed
	}
	if err == nil {
		err = fault
	}
	return err
}

// fill reads batches until the end of the file or of ctx.
func fill(ctx context.Context, src *sheet.Reader, shape *importShape, full chan<- []importRow, empty <-chan []importRow) error {
	for {
		var batch []importRow
		select {
		case batch = <-empty:
		case <-ctx.Done():
			return ctx.Err()
		}
		batch = batch[:batchRows]
		n, err := fillBatch(src, shape, batch)
		select {
		case full <- batch[:n]:
		case <-ctx.Done():
			return ctx.Err()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func fillBatch(src *sheet.Reader, shape *importShape, batch []importRow) (int, error) {
	for n := 0; n < len(batch); {
		rec, err := src.Next()
		var bad *sheet.RowError
		switch {
		case errors.As(err, &bad):
			batch[n].line, batch[n].raw = bad.Line, bad.Value
			if bad.Value == "" {
				batch[n].raw = " "
			}
			batch[n].problem = &ImportProblem{Line: bad.Line, Value: bad.Value, Why: bad.Why}
		case err != nil:
			return n, err
		case shape.plan.drops(rec.Line):
			continue
		default:
			shape.read(rec, &batch[n])
		}
		n++
	}
	return len(batch), nil
}

// drain hands out rows and gives batches back.
func drain(ctx context.Context, full <-chan []importRow, empty chan<- []importRow, fn func(*importRow) error) error {
	for batch := range full {
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range batch {
			if err := fn(&batch[i]); err != nil {
				return err
			}
		}
		empty <- batch
	}
	return nil
}

// openTable opens a table. Where ctx ends meanwhile it does not wait: a large
// workbook takes seconds to open, and is then closed by itself.
func openTable(ctx context.Context, path string, format sheet.Format) (*sheet.Reader, error) {
	type opened struct {
		src *sheet.Reader
		err error
	}
	done := make(chan opened, 1)
	go func() {
		src, err := sheet.Open(path, format)
		done <- opened{src, err}
	}()
	select {
	case o := <-done:
		return o.src, o.err
	case <-ctx.Done():
		go func() {
			if o := <-done; o.err == nil {
				_ = o.src.Close() // it was not even read
			}
		}()
		return nil, data.Wrap(data.Canceled, ctx.Err(), "The import was stopped. Nothing was changed.")
	}
}
