package app

import (
	"slices"
	"strconv"
	"strings"

	"fieldbook/app/alignment"
	"fieldbook/data"
	"fieldbook/data/sheet"
)

// ReadSeats reads what is known of the territories themselves, a row each: its
// name, the home of its person as x and y (or latitude and longitude), its share
// of the whole, and in a column with the name of a weight what it holds of it
// already. A blank cell says nothing. Territories that no point is in today are
// added to the file's. It fills the problem's Homes, Share and Base.
func (f *AlignFile) ReadSeats(path string, p *alignment.Problem) error {
	s := &seats{file: f, path: path, problem: p, seen: map[int]bool{}}
	return eachLine(path, s.add)
}

type seats struct {
	file    *AlignFile
	path    string
	problem *alignment.Problem
	seen    map[int]bool
}

func (s *seats) add(header []string, rec sheet.Record) error {
	at, err := s.territory(header, rec)
	if err != nil {
		return err
	}
	home := alignment.Home{}
	coordinates := 0
	for i, name := range header {
		text := strings.TrimSpace(rec.Cell(i))
		fold := sheet.Fold(name)
		if text == "" || slices.Contains(alignCurrent, fold) {
			continue
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return data.Errorf(data.Invalid, "%s line %d column %q: %q is not a number", s.path, rec.Line, name, text)
		}
		measure := slices.Index(s.file.Measures, name)
		switch {
		case measure >= 0:
			s.hold(at, measure, v)
		case slices.Contains(alignX, fold):
			home.X, coordinates = v, coordinates+1
		case slices.Contains(alignY, fold):
			home.Y, coordinates = v, coordinates+1
		case fold == "share":
			s.share(at, v)
		default:
			return data.Errorf(data.Invalid, "%s: the column %q is neither territory, x, y, share nor one of the weights %s", s.path, name, strings.Join(s.file.Measures, ", "))
		}
	}
	switch coordinates {
	case 1:
		return data.Errorf(data.Invalid, "%s line %d: a home needs both of its coordinates", s.path, rec.Line)
	case 2:
		home.Set = true
		if s.problem.Homes == nil {
			s.problem.Homes = make([]alignment.Home, s.problem.Territories)
		}
		s.problem.Homes[at] = home
	}
	return nil
}

// territory is the number of the row's territory, a new one for a new name.
func (s *seats) territory(header []string, rec sheet.Record) (int, error) {
	column := slices.IndexFunc(header, func(name string) bool { return slices.Contains(alignCurrent, sheet.Fold(name)) })
	at := s.file.territory(rec, column)
	switch {
	case at < 0:
		return 0, data.Errorf(data.Invalid, "%s line %d names no territory", s.path, rec.Line)
	case at >= s.problem.Territories:
		return 0, data.Errorf(data.Invalid, "%s line %d: with %q there are more than the %d territories that are asked for", s.path, rec.Line, s.file.TerritoryName(at), s.problem.Territories)
	case s.seen[at]:
		return 0, data.Errorf(data.Invalid, "%s line %d: %q stands on an earlier line too", s.path, rec.Line, s.file.TerritoryName(at))
	}
	s.seen[at] = true
	return at, nil
}

func (s *seats) hold(at, measure int, v float64) {
	if s.problem.Base == nil {
		s.problem.Base = make([][]float64, s.problem.Territories)
		for i := range s.problem.Base {
			s.problem.Base[i] = make([]float64, len(s.file.Measures))
		}
	}
	s.problem.Base[at][measure] = v
}

func (s *seats) share(at int, v float64) {
	if s.problem.Share == nil {
		s.problem.Share = slices.Repeat([]float64{1}, s.problem.Territories)
	}
	s.problem.Share[at] = v
}

// ByMeasure puts numbers that are given by the names of weights into their order,
// with other for those that are not named.
func (f *AlignFile) ByMeasure(flag string, named map[string]float64, other float64) ([]float64, error) {
	if len(named) == 0 {
		return nil, nil
	}
	out := slices.Repeat([]float64{other}, len(f.Measures))
	for name, v := range named {
		i := slices.Index(f.Measures, name)
		if i < 0 {
			return nil, data.FieldErrorf(flag, "%q is none of the weights %s", name, strings.Join(f.Measures, ", "))
		}
		out[i] = v
	}
	return out, nil
}
