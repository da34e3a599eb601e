package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// ImportResult is what an import did, or would do.
type ImportResult struct {
	Files []*FileResult `json:"files"`
	Txn   string        `json:"txn"` // empty for a rehearsal and where nothing changed; of several the newest
	Txns  []string      `json:"txns,omitempty"`
}

// order puts the files as they stand in the plan.
func (res *ImportResult) order(plan *ImportPlan) {
	slices.SortStableFunc(res.Files, func(a, b *FileResult) int {
		return slices.Index(plan.Files, a.plan) - slices.Index(plan.Files, b.plan)
	})
}

// FileResult counts what became of the rows of one file: New, Changed,
// Unchanged and SetAside add up to Rows.
type FileResult struct {
	File      string          `json:"file"`
	Kind      string          `json:"kind"` // null in JSON where it is not known
	Source    string          `json:"source"`
	AsOf      string          `json:"as_of,omitempty"` // the day that it tells of; empty is today
	Rows      int             `json:"rows"`
	New       int             `json:"new"`
	Changed   int             `json:"changed"`
	Unchanged int             `json:"unchanged"`
	SetAside  int             `json:"set_aside"`
	ToFix     int             `json:"to_fix"` // rows that came in but lack something
	Why       string          `json:"why,omitempty"`
	Problems  []ImportProblem `json:"problems"`
	More      int             `json:"more_problems,omitempty"` // different ones beyond those listed
	Mended    []Mended        `json:"mended,omitempty"`
	Lacking   []Lacking       `json:"lacking,omitempty"`
	Notes     []Lacking       `json:"notes,omitempty"` // what to know of rows that need nothing
	Clashes   []ImportClash   `json:"clashes,omitempty"`
	Names     []StrangeName   `json:"names,omitempty"` // that were made new since nothing is called so, or were settled
	Made      []MadeRows      `json:"made,omitempty"`
	Absent    *Absent         `json:"absent,omitempty"`
	Dropped   []DroppedRow    `json:"dropped,omitempty"`    // lines below the table that are no rows of it
	LeftOut   []string        `json:"left_out,omitempty"`   // columns that fill nothing
	NewFields []string        `json:"new_fields,omitempty"` // columns that a custom field is made of
	ReadAs    []Reading       `json:"read_as,omitempty"`    // how the file was read, where that could be asked

	plan  *FilePlan
	aside []asideRow
	index map[problemKey]int
	mends map[mendKey]int
}

// ImportProblem is a value that could not be read, or a row that could not be
// taken. Equal ones stand once, with the first line and how often.
type ImportProblem struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Why    string `json:"why"`
	Rows   int    `json:"rows"`
	CameIn bool   `json:"came_in,omitempty"` // the rows are in all the same
}

// Mended is a name that was read as the one that the book or another file has.
type Mended struct {
	Column string `json:"column"`
	Value  string `json:"value"`
	As     string `json:"read_as"`
	Rows   int    `json:"rows"`
}

// Lacking counts rows that came in without something that deals need.
type Lacking struct {
	What string `json:"what"`
	Rows int    `json:"rows"`
}

// MadeRows counts rows of another kind that the file is the only source of.
type MadeRows struct {
	Kind  string   `json:"kind"`
	New   int      `json:"new"`
	Names []string `json:"names,omitempty"` // the first of them
}

// Absent are open deals that came from where the file comes from and are not in
// it: closed or deleted there, or left out of this file. They stay as they are.
type Absent struct {
	Deals int      `json:"deals"`
	Names []string `json:"names"` // the first of them
}

// Bounds of what a result lists.
const (
	mostProblems = 500
	mostMended   = 500
	mostMade     = 20
	longestValue = 200
)

type (
	problemKey struct{ column, value, why string }
	mendKey    struct{ column, value string }
)

// asideRow is a row that was set aside.
type asideRow struct {
	line    int
	problem int    // its place in Problems; -1 where it is not listed
	why     string // where it is not listed
	text    string // of a row that cannot be read as cells
}

// MarshalJSON writes a kind that is not known as null.
func (r *FileResult) MarshalJSON() ([]byte, error) {
	type plain FileResult
	var kind *string
	if r.Kind != "" {
		kind = &r.Kind
	}
	if r.Problems == nil {
		r.Problems = []ImportProblem{}
	}
	return json.Marshal(struct {
		*plain
		Kind *string `json:"kind"`
	}{(*plain)(r), kind})
}

func newFileResult(f *FilePlan) *FileResult {
	r := &FileResult{File: f.Name, Kind: f.Kind, Source: f.Source, AsOf: f.AsOf.String(), plan: f, index: map[problemKey]int{}, mends: map[mendKey]int{}}
	if f.Kind != "" {
		r.Dropped, r.LeftOut, r.ReadAs = f.Dropped, f.leftOut(), f.Readings()
		for _, c := range f.Columns {
			if c.New != nil {
				r.NewFields = append(r.NewFields, c.New.Label)
			}
		}
	}
	return r
}

// problem enters a fault under its first line and gives its place; -1 where
// the list is full.
func (r *FileResult) problem(p ImportProblem) int {
	if len(p.Value) > longestValue {
		p.Value = strings.ToValidUTF8(p.Value[:longestValue], "") + "…"
	}
	key := problemKey{p.Column, p.Value, p.Why}
	if i, ok := r.index[key]; ok {
		r.Problems[i].Rows++
		return i
	}
	if len(r.Problems) == mostProblems {
		r.More++
		return -1
	}
	p.Rows = 1
	r.index[key] = len(r.Problems)
	r.Problems = append(r.Problems, p)
	return len(r.Problems) - 1
}

// count enters what became of a row that came in.
func (r *FileResult) count(out store.Outcome) {
	switch out {
	case store.Created:
		r.New++
	case store.Changed:
		r.Changed++
	case store.Unchanged:
		r.Unchanged++
	}
}

// setAside counts a row that does not come in, and why.
func (r *FileResult) setAside(p ImportProblem, text string) {
	r.SetAside++
	a := asideRow{line: p.Line, problem: r.problem(p), text: text}
	if a.problem < 0 {
		a.why = p.Why
	}
	r.aside = append(r.aside, a)
}

// reason words why a row was set aside.
func (r *FileResult) reason(a asideRow) string {
	if a.problem < 0 {
		return a.why
	}
	p := r.Problems[a.problem]
	if p.Column == "" {
		return p.Why
	}
	return fmt.Sprintf("%s: %q %s", p.Column, p.Value, p.Why)
}

func (r *FileResult) mend(column, value, as string) {
	key := mendKey{column, value}
	if i, ok := r.mends[key]; ok {
		r.Mended[i].Rows++
	} else if len(r.Mended) < mostMended {
		r.mends[key] = len(r.Mended)
		r.Mended = append(r.Mended, Mended{column, value, as, 1})
	}
}

func (r *FileResult) made(kind, name string) {
	for i := range r.Made {
		if m := &r.Made[i]; m.Kind == kind {
			m.New++
			if len(m.Names) < mostMade && name != "" {
				m.Names = append(m.Names, name)
			}
			return
		}
	}
	m := MadeRows{Kind: kind, New: 1}
	if name != "" {
		m.Names = []string{name}
	}
	r.Made = append(r.Made, m)
}

// note enters what is to be known of n rows.
func (r *FileResult) note(what string, n int) {
	for i := range r.Notes {
		if r.Notes[i].What == what {
			r.Notes[i].Rows += n
			return
		}
	}
	r.Notes = append(r.Notes, Lacking{what, n})
}

func (r *FileResult) lacks(what string) {
	for i := range r.Lacking {
		if r.Lacking[i].What == what {
			r.Lacking[i].Rows++
			return
		}
	}
	r.Lacking = append(r.Lacking, Lacking{what, 1})
}

// SetAside is the number of rows of all files that did not come in.
func (res *ImportResult) SetAside() int {
	n := 0
	for _, f := range res.Files {
		n += f.SetAside
	}
	return n
}

// WriteSetAside writes the rows that were set aside to a CSV file or workbook, by
// its ending, as they stood in their own, with the reason behind them: mend them
// there and import the file. Rows of several files go to files of their own,
// named for them. It gives the files that were written.
func (res *ImportResult) WriteSetAside(path string) ([]string, error) {
	var with []*FileResult
	for _, f := range res.Files {
		if len(f.aside) > 0 {
			with = append(with, f)
		}
	}
	var written []string
	for _, f := range with {
		to := path
		if len(with) > 1 {
			ext := filepath.Ext(path)
			to = strings.TrimSuffix(path, ext) + "-" + strings.TrimSuffix(f.File, filepath.Ext(f.File)) + ext
		}
		if err := writeTable(to, "set aside", f.copyAside); err != nil {
			return written, err
		}
		written = append(written, to)
	}
	return written, nil
}

// copyAside reads the file again beside the list of lines, both in order.
func (r *FileResult) copyAside(w sheet.Writer) error {
	var columns []sheet.Column
	for _, c := range r.plan.Columns {
		columns = append(columns, sheet.Column{Title: c.Name, Kind: sheet.TextKind})
	}
	for _, name := range importOwnColumns {
		columns = append(columns, sheet.Column{Title: name, Kind: sheet.TextKind})
	}
	if err := w.WriteHeader(columns); err != nil {
		return err
	}
	src, err := sheet.Open(r.plan.Path, r.plan.Format)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }() // it was only read
	for _, a := range r.aside {
		cells := make([]sheet.Cell, len(columns))
		rec, err := r.recordAt(src, a)
		if err != nil {
			return err
		}
		cells[0] = sheet.TextCell(clean(a.text))
		for i := range r.plan.Columns {
			if a.text == "" {
				cells[i] = sheet.TextCell(clean(rec.Cell(i)))
			}
		}
		cells[len(r.plan.Columns)] = sheet.TextCell(clean(r.reason(a)))
		cells[len(r.plan.Columns)+1] = sheet.TextCell(fmt.Sprint(a.line))
		if err := w.WriteRow(cells); err != nil {
			return err
		}
	}
	return nil
}

// recordAt reads on to a row that was set aside; one that could not be read as
// cells is not looked for.
func (r *FileResult) recordAt(src *sheet.Reader, a asideRow) (sheet.Record, error) {
	for a.text == "" {
		rec, err := src.Next()
		var bad *sheet.RowError
		switch {
		case errors.As(err, &bad):
			continue
		case errors.Is(err, io.EOF):
			return sheet.Record{}, data.Errorf(data.Invalid, "%s has changed since it was imported; its rows cannot be found again.", r.File)
		case err != nil || rec.Line == a.line:
			return rec, err
		}
	}
	return sheet.Record{}, nil
}

// clean takes out what a table cannot hold.
func clean(text string) string { return strings.ReplaceAll(text, "\x00", "") }
