package app

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"fieldbook/app/alignment"
	"fieldbook/data"
	"fieldbook/data/sheet"
)

// AlignFile is a table of points to be divided into territories.
type AlignFile struct {
	IDs         []string // of the points, as the file has them
	Measures    []string // names of the weights; "count" where the file has none
	Territories []string // that the file says points are in today, in the order of the file
	Degrees     bool     // points are at latitudes and longitudes
	Units       []alignment.Unit
	Edges       [][2]int // nil without a file of neighbours

	path string
	at   map[string]int
}

// Columns that a table of points may have, folded; any other one is a weight.
var (
	alignID      = strings.Fields("id name point unit key")
	alignX       = strings.Fields("x lon lng long longitude")
	alignY       = strings.Fields("y lat latitude")
	alignCurrent = strings.Fields("territory current currentterritory")
	alignLocked  = strings.Fields("locked lock lockedto")
)

// ReadAlignFile reads points from a CSV file or workbook: id, x and y (or
// latitude and longitude), any number of weights, and maybe the territory that
// each is in today and the one that it must stay in. edges, a file of two
// columns, names which points are neighbours; "" is none. Faults are Invalid
// and name file, line, column and value.
func ReadAlignFile(points, edges string) (*AlignFile, error) {
	f := &AlignFile{path: points, at: map[string]int{}}
	columns := alignColumns{id: -1, x: -1, y: -1, current: -1, locked: -1}
	err := eachLine(points, func(header []string, rec sheet.Record) error {
		if columns.x < 0 {
			if err := columns.find(f, header); err != nil {
				return err
			}
		}
		return f.add(&columns, header, rec)
	})
	if err != nil || edges == "" {
		return f, err
	}
	f.Edges = [][2]int{}
	return f, eachLine(edges, func(header []string, rec sheet.Record) error {
		var pair [2]int
		for n := range pair {
			id := strings.TrimSpace(rec.Cell(n))
			at, ok := f.at[id]
			if !ok {
				return data.Errorf(data.Invalid, "%s line %d column %q: there is no point %q in %s", edges, rec.Line, columnName(header, n), id, points)
			}
			pair[n] = at
		}
		f.Edges = append(f.Edges, pair)
		return nil
	})
}

type alignColumns struct {
	id, x, y, current, locked int
	weights                   []int
}

// named is where a column of a folded name belongs; nil for a weight.
func (c *alignColumns) named(fold string) *int {
	for _, x := range []struct {
		names []string
		into  *int
	}{{alignID, &c.id}, {alignX, &c.x}, {alignY, &c.y}, {alignCurrent, &c.current}, {alignLocked, &c.locked}} {
		if slices.Contains(x.names, fold) {
			return x.into
		}
	}
	return nil
}

func (c *alignColumns) find(f *AlignFile, header []string) error {
	for i, name := range header {
		fold := sheet.Fold(name)
		into := c.named(fold)
		if into == nil || *into >= 0 {
			c.weights = append(c.weights, i)
			f.Measures = append(f.Measures, name)
			continue
		}
		*into = i
		f.Degrees = f.Degrees || into == &c.x && fold != "x"
	}
	if c.x < 0 || c.y < 0 {
		return data.Errorf(data.Invalid, "%s has no columns x and y, nor latitude and longitude; its columns are %s", f.path, strings.Join(header, ", "))
	}
	if len(c.weights) == 0 {
		f.Measures = []string{"count"}
	}
	return nil
}

// add reads one point.
func (f *AlignFile) add(c *alignColumns, header []string, rec sheet.Record) error {
	id := strconv.Itoa(len(f.Units) + 1)
	if c.id >= 0 {
		id = strings.TrimSpace(rec.Cell(c.id))
	}
	if _, twice := f.at[id]; twice {
		return data.Errorf(data.Invalid, "%s line %d: the point %q stands on an earlier line too", f.path, rec.Line, id)
	}
	u := alignment.Unit{Current: alignment.Anywhere, Locked: alignment.Anywhere}
	number := func(column int) (float64, error) {
		text := strings.TrimSpace(rec.Cell(column))
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return 0, data.Errorf(data.Invalid, "%s line %d column %q: %q is not a number", f.path, rec.Line, columnName(header, column), text)
		}
		return v, nil
	}
	var err error
	if u.X, err = number(c.x); err != nil {
		return err
	}
	if u.Y, err = number(c.y); err != nil {
		return err
	}
	if f.Degrees && (u.Y < -90 || u.Y > 90 || u.X < -180 || u.X > 180) {
		return data.Errorf(data.Invalid, "%s line %d: latitude %g, longitude %g is no place on earth", f.path, rec.Line, u.Y, u.X)
	}
	for _, column := range c.weights {
		w, err := number(column)
		if err != nil {
			return err
		}
		u.Weights = append(u.Weights, w)
	}
	if len(c.weights) == 0 {
		u.Weights = []float64{1}
	}
	u.Current, u.Locked = f.territory(rec, c.current), f.territory(rec, c.locked)
	f.at[id] = len(f.Units)
	f.IDs, f.Units = append(f.IDs, id), append(f.Units, u)
	return nil
}

// territory is the number of a named territory.
func (f *AlignFile) territory(rec sheet.Record, column int) int {
	if column < 0 {
		return alignment.Anywhere
	}
	name := strings.TrimSpace(rec.Cell(column))
	if name == "" {
		return alignment.Anywhere
	}
	if i := slices.Index(f.Territories, name); i >= 0 {
		return i
	}
	f.Territories = append(f.Territories, name)
	return len(f.Territories) - 1
}

// TerritoryName is what the n-th territory is called: as in the file, else by
// its number from 1.
func (f *AlignFile) TerritoryName(n int) string {
	if n < len(f.Territories) {
		return f.Territories[n]
	}
	return strconv.Itoa(n + 1)
}

func columnName(header []string, i int) string {
	if i < len(header) {
		return header[i]
	}
	return strconv.Itoa(i + 1)
}

// eachLine calls fn with every row of a table.
func eachLine(path string, fn func(header []string, rec sheet.Record) error) error {
	format, err := sheet.SniffFile(path)
	if err != nil {
		return err
	}
	format.Header = true
	src, err := sheet.Open(path, format)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }() // it was only read
	for {
		rec, err := src.Next()
		var bad *sheet.RowError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &bad):
			return data.Errorf(data.Invalid, "%s line %d: %s", path, bad.Line, bad.Why)
		case err != nil:
			return err
		}
		header, _ := src.Header()
		if err := fn(header, rec); err != nil {
			return err
		}
	}
}
