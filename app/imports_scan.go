package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Bounds of what a plan keeps of a file, so that its size does not grow with it.
const (
	scanPreview  = 50   // rows shown
	scanSamples  = 5    // values shown of a column
	scanDistinct = 200  // different values counted of a column
	scanEvidence = 1000 // values weighed of a column; more where they leave doubt
)

// columnScan gathers what a column holds.
type columnScan struct {
	*ColumnPlan
	days           sheet.DayEvidence
	numbers        sheet.NumberEvidence
	coins          coinScan
	daysOpen       bool
	numbersOpen    bool
	daySum, numSum int
}

// scan reads a file through and fills in everything but kind and mapping.
func (f *FilePlan) scan(ctx context.Context) error {
	f.readable, f.Columns, f.Preview, f.Rows, f.Unreadable, f.Why = false, nil, nil, 0, 0, ""
	f.Dropped, f.together, f.badRow, f.ids, f.repeats = nil, &comboScan{}, "", nil, nil
	if !f.Format.Fixed {
		if own, ok := ownFormat(f.Path, f.Format.Member); ok {
			f.Format = own
		}
	}
	r, err := openTable(ctx, f.Path, f.Format)
	if err != nil {
		return f.unreadable(err)
	}
	defer func() { _ = r.Close() }() // it was only read
	f.Format, f.Sheets = r.Format(), r.Sheets()
	columns, err := f.scanRows(ctx, r)
	if err != nil {
		return f.unreadable(err)
	}
	for _, c := range columns {
		c.Days, c.Numbers = c.days.Result(), c.numbers.Result()
		c.Coins, c.bare = c.coins.result(c.Name, f.app.Book().Currency), c.coins.bare
		c.DayOrder, c.Mark, c.Coin, c.Merged = c.Days.Order, c.Numbers.Mark, c.Coins.Currency, r.Merged(c.Index)
		f.Columns = append(f.Columns, c.ColumnPlan)
	}
	f.agree()
	f.readable = len(columns) > 0
	switch {
	case !f.readable && f.badRow != "":
		f.Why = "No row of the file can be read: " + f.badRow + "."
	case !f.readable:
		f.Why = "The file has no rows."
	}
	return nil
}

// unreadable keeps the reason in the plan, unless the file is not there or the
// person stopped.
func (f *FilePlan) unreadable(err error) error {
	switch data.KindOf(err) {
	case data.NotFound, data.Canceled:
		return err
	case data.Internal:
		if errors.Is(err, context.Canceled) {
			return data.Wrap(data.Canceled, err, "Stopped. Nothing was changed.")
		}
	default: // the file is at fault
	}
	f.Why = err.Error()
	var e *data.Error
	if errors.As(err, &e) {
		f.Why = e.Msg
	}
	return nil
}

// rowScan reads the rows of a file.
type rowScan struct {
	*FilePlan
	header  []string
	columns []*columnScan
	foot    footScan
	group   groupRows
	grouped bool // the names of the columns stand above each of several groups
	named   map[string]bool
}

func (f *FilePlan) scanRows(ctx context.Context, r *sheet.Reader) ([]*columnScan, error) {
	header, _ := r.Header()
	s := &rowScan{FilePlan: f, header: header, named: map[string]bool{}}
	s.grow(len(header))
	f.together, f.ids = f.newComboScan(header), newIDScan(header)
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		rec, err := r.Next()
		var bad *sheet.RowError
		switch {
		case errors.Is(err, io.EOF):
			s.end()
			f.repeats = f.ids.repeats()
			return s.columns, nil
		case errors.As(err, &bad):
			f.Rows++
			f.Unreadable++
			f.badRow = cmp.Or(f.badRow, bad.Why)
		case err != nil:
			return nil, err
		case s.again(rec):
		case len(rec.Cells) > 0 && s.group.sums(rec.Cells):
			s.foot.hold(rec, true)
		case !s.foot.take(rec, len(s.columns)):
			s.release(len(s.foot.held))
			s.add(rec.Line, rec.Cells)
		}
	}
}

// grow makes sure that there are n columns.
func (s *rowScan) grow(n int) {
	for i := len(s.columns); i < n; i++ {
		name := s.nameOf(i)
		plan := &ColumnPlan{Index: i, Name: name, Month: data.NoDay, values: map[string]int{}}
		s.columns = append(s.columns, &columnScan{ColumnPlan: plan, daysOpen: true, numbersOpen: true})
	}
}

// nameOf names a column as the file does, one whose name an earlier one has with
// its number behind it, so that each can be told what it fills.
func (s *rowScan) nameOf(i int) string {
	name := fmt.Sprintf("Column %d", i+1)
	if i < len(s.header) && s.header[i] != "" {
		name = s.header[i]
	}
	unique := name
	for n := 2; s.named[unique]; n++ {
		unique = fmt.Sprintf("%s (%d)", name, n)
	}
	s.named[unique] = true
	return unique
}

func (s *rowScan) add(line int, cells []string) {
	s.Rows++
	s.grow(len(cells))
	if len(s.Preview) < scanPreview {
		s.Preview = append(s.Preview, PreviewRow{line, slices.Clone(cells)})
	}
	for i, v := range cells {
		s.columns[i].add(line, v)
	}
	s.group.add(cells)
	s.together.add(cells)
	s.ids.add(cells)
}

// again reports whether a row repeats the names of the columns, as tables of
// several groups do. It is left out with the lines above it that are no rows:
// the sums of the group before, the title of its own.
func (s *rowScan) again(rec sheet.Record) bool {
	if !repeatsHeader(s.header, rec.Cells) {
		return false
	}
	s.grouped = true
	s.drop()
	s.Dropped = append(s.Dropped, droppedRow(rec.Line, rec.Cells))
	return true
}

func repeatsHeader(header, cells []string) bool {
	names := 0
	for i := range max(len(header), len(cells)) {
		var name, cell string
		if i < len(header) {
			name = header[i]
		}
		if i < len(cells) {
			cell = strings.TrimSpace(cells[i])
		}
		if name != cell {
			return false
		}
		if name != "" {
			names++
		}
	}
	return names >= 2
}

// drop leaves out the rows that are held back.
func (s *rowScan) drop() {
	for _, row := range s.foot.held {
		s.Dropped = append(s.Dropped, droppedRow(row.line, row.cells))
	}
	s.foot.held = nil
}

// release takes the first n rows that were held back for rows of the table,
// those aside that stand between its groups.
func (s *rowScan) release(n int) {
	for _, row := range s.foot.held[:n] {
		if row.sum || betweenGroups(row.cells) {
			s.Dropped = append(s.Dropped, droppedRow(row.line, row.cells))
		} else {
			s.add(row.line, row.cells)
		}
	}
	s.foot.held = s.foot.held[n:]
}

// end decides on the rows that are still held back.
func (s *rowScan) end() {
	if !s.grouped {
		s.release(s.foot.foot())
	}
	s.drop()
}

// nothings are what programs write into a cell that holds nothing, or that could
// not be computed.
var nothings = strings.Fields("--none-- -none- #n/a #value! #ref! #div/0! #name? #null! #num! \\n")

// notYet is what Kommo writes for the day on which an open deal was closed.
const notYet = "не закрыта"

// saysNothing reports whether a cell is blank, or as good as that.
func saysNothing(text string) bool {
	return text == "" || text == notYet || strings.IndexByte("-#\\", text[0]) >= 0 && len(text) <= 8 && slices.Contains(nothings, strings.ToLower(text))
}

func (c *columnScan) add(line int, value string) {
	value = strings.TrimSpace(value)
	if saysNothing(value) {
		return
	}
	c.Filled++
	c.count(value)
	c.coins.add(line, value)
	if c.daysOpen {
		c.days.Add(line, value)
		if c.daySum++; c.daySum%scanEvidence == 0 {
			v := c.days.Result()
			c.daysOpen = v.Days > 0 && v.Ambiguous && len(v.Possible) > 0
		}
	}
	if c.numbersOpen || c.numSum < 20*scanEvidence && strings.ContainsAny(value, ".,") && strings.ContainsAny(value, "0123456789") {
		c.numbers.Add(line, value)
		if c.numSum++; c.numSum%scanEvidence == 0 {
			c.numbersOpen = false
		}
	}
}

// count keeps the first values and, while they are few, how often each stands.
func (c *columnScan) count(value string) {
	if c.values == nil {
		return
	}
	if n, ok := c.values[value]; ok {
		c.values[value] = n + 1
		return
	}
	if len(c.order) == scanDistinct {
		c.values, c.order = nil, nil
		return
	}
	value = strings.Clone(value)
	c.values[value] = 1
	c.order = append(c.order, value)
	if len(c.Samples) < scanSamples {
		c.Samples = append(c.Samples, value)
	}
}
