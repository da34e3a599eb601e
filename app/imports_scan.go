package app

import (
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
	daysOpen       bool
	numbersOpen    bool
	daySum, numSum int
}

// scan reads a file through and fills in everything but kind and mapping.
func (f *FilePlan) scan(ctx context.Context) error {
	f.readable, f.Columns, f.Preview, f.Rows, f.Unreadable, f.Why = false, nil, nil, 0, 0, ""
	if own, ok := ownFormat(f.Path); ok && !f.Format.Fixed {
		f.Format = own
	}
	r, err := sheet.Open(f.Path, f.Format)
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
		c.DayOrder, c.Mark = c.Days.Order, c.Numbers.Mark
		f.Columns = append(f.Columns, c.ColumnPlan)
	}
	f.readable = len(columns) > 0
	if !f.readable {
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

func (f *FilePlan) scanRows(ctx context.Context, r *sheet.Reader) ([]*columnScan, error) {
	header, _ := r.Header()
	var columns []*columnScan
	grow := func(n int) {
		for i := len(columns); i < n; i++ {
			name := fmt.Sprintf("Column %d", i+1)
			if i < len(header) && header[i] != "" {
				name = header[i]
			}
			plan := &ColumnPlan{Index: i, Name: name, Month: data.NoDay, values: map[string]int{}}
			columns = append(columns, &columnScan{ColumnPlan: plan, daysOpen: true, numbersOpen: true})
		}
	}
	grow(len(header))
	for {
		if f.Rows%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		rec, err := r.Next()
		var bad *sheet.RowError
		switch {
		case errors.Is(err, io.EOF):
			return columns, nil
		case errors.As(err, &bad):
			f.Rows++
			f.Unreadable++
			continue
		case err != nil:
			return nil, err
		}
		f.Rows++
		grow(len(rec.Cells))
		if len(f.Preview) < scanPreview {
			f.Preview = append(f.Preview, PreviewRow{rec.Line, slices.Clone(rec.Cells)})
		}
		for i, v := range rec.Cells {
			columns[i].add(rec.Line, v)
		}
	}
}

func (c *columnScan) add(line int, value string) {
	value = strings.TrimSpace(value)
	if value == "" {
		return
	}
	c.Filled++
	c.count(value)
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
