package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// plain is comma-separated UTF-8 without a header.
func plain() Format {
	return Format{Fixed: true, Encoding: UTF8, Delimiter: ',', Quote: '"'}
}

// scanAll reads text to its end; bad rows appear as their message.
func scanAll(t testing.TB, text string, f Format) (rows [][]string, lines []int, bad []*RowError) {
	t.Helper()
	r, err := OpenAt(strings.NewReader(text), int64(len(text)), f)
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, r)
	for {
		rec, err := r.Next()
		var rowErr *RowError
		switch {
		case errors.Is(err, io.EOF):
			return rows, lines, bad
		case errors.As(err, &rowErr):
			bad = append(bad, rowErr)
		case err != nil:
			t.Fatal(err)
		default:
			rows = append(rows, append([]string(nil), rec.Cells...))
			lines = append(lines, rec.Line)
		}
	}
}

func TestRecords(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		rows  [][]string
		lines []int
	}{
		"plain":             {"a,b\n1,2\n", [][]string{{"a", "b"}, {"1", "2"}}, []int{1, 2}},
		"no last line end":  {"a,b\n1,2", [][]string{{"a", "b"}, {"1", "2"}}, []int{1, 2}},
		"mixed line ends":   {"a,b\r\n1,2\r3,4\n5,6\r", [][]string{{"a", "b"}, {"1", "2"}, {"3", "4"}, {"5", "6"}}, []int{1, 2, 3, 4}},
		"embedded line end": {"a,\"x\r\ny\nz\"\nb,c\n", [][]string{{"a", "x\r\ny\nz"}, {"b", "c"}}, []int{1, 4}},
		"doubled quotes":    {`"say ""hi""",b`, [][]string{{`say "hi"`, "b"}}, []int{1}},
		"stray quote":       {"\"say \"hi, there\" now\",b\n5'10\" tall,c\n", [][]string{{`say "hi, there" now`, "b"}, {`5'10" tall`, "c"}}, []int{1, 2}},
		"blanks at quotes":  {`1, "x, y" ,2`, [][]string{{"1", "x, y", "2"}}, []int{1}},
		"blank lines":       {"\n\n a,b\n,,\n \t\nc,d\n\n", [][]string{{" a", "b"}, {"c", "d"}}, []int{3, 6}},
		"empty cells":       {"a,,\n,b,\n\"\",\"\",c", [][]string{{"a", "", ""}, {"", "b", ""}, {"", "", "c"}}, []int{1, 2, 3}},
		"formula undone":    {"'=1+1,'-x,'text,-70", [][]string{{"=1+1", "-x", "'text", "-70"}}, []int{1}},
	} {
		t.Run(name, func(t *testing.T) {
			rows, lines, bad := scanAll(t, c.text, plain())
			if len(bad) > 0 || !reflect.DeepEqual(rows, c.rows) || !reflect.DeepEqual(lines, c.lines) {
				t.Errorf("got %q on lines %v, bad %v", rows, lines, bad)
			}
			s := newScanner(iotest.OneByteReader(strings.NewReader(c.text)), plain())
			for i := range c.rows {
				if rec, err := s.next(); err != nil || !reflect.DeepEqual(rec.Cells, c.rows[i]) {
					t.Errorf("byte by byte: %q %v, want %q", rec.Cells, err, c.rows[i])
				}
			}
		})
	}
}

func TestRowsSetAside(t *testing.T) {
	long := strings.Repeat("x", MaxCell+1)
	for name, c := range map[string]struct {
		text string
		line int
		why  string
		kept int
	}{
		"unclosed at the end":        {"a,b\n1,\"x\n2,y\n3,z\n", 2, "never closed", 3},
		"unclosed before quoted":     {"a,b\n1,\"x\n2,\"y\"\n3,z\n", 2, "never closed", 3},
		"stray then line end":        {"a,b\n\"x\"y,1\n3,z\n", 2, "not doubled", 2},
		"zero byte":                  {"a,b\n1,\x002\n3,4\n", 2, "zero byte", 2},
		"invalid UTF-8":              {"a,b\n1,\xff\n3,4\n", 2, "not valid", 2},
		"long cell":                  {"a,b\n1," + long + "\n3,4\n", 2, "longer than 1 MB", 2},
		"long quoted cell":           {"a,b\n1,\"" + long + "\"\n3,4\n", 2, "longer than 1 MB", 2},
		"unclosed in the second row": {"a,\"p\nq\",\"x\nb,c\n", 2, "never closed", 1},
	} {
		t.Run(name, func(t *testing.T) {
			rows, lines, bad := scanAll(t, c.text, plain())
			if len(bad) != 1 || bad[0].Line != c.line || !strings.Contains(bad[0].Why, c.why) || len(rows) != c.kept {
				t.Fatalf("kept %d rows on lines %v, set aside %v", len(rows), lines, bad)
			}
			if last := lines[len(lines)-1]; last != strings.Count(c.text, "\n") {
				t.Errorf("last line %d", last)
			}
		})
	}
}

func TestReadFaultIsNoEnd(t *testing.T) {
	s := newScanner(io.MultiReader(strings.NewReader("a,b\n"), iotest.ErrReader(io.ErrUnexpectedEOF)), plain())
	if _, err := s.next(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.next(); data.KindOf(err) != data.Internal || errors.Is(err, io.EOF) {
		t.Errorf("a reading fault came out as %v", err)
	}
}

// Wherever encoding/csv can read a text strictly, so do we, alike.
func TestAgreesWithTheStandardReader(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.StringMatching(`[a-z,"\n =;'é]{0,8}`), 2, 2), 1, 8).Draw(t, "rows")
		for _, row := range rows {
			row[0] = "k" + row[0] // rows of blanks are passed over
		}
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		std := csv.NewReader(bytes.NewReader(text.Bytes()))
		s := newScanner(bytes.NewReader(text.Bytes()), plain())
		s.undefuse = false
		for {
			want, stdErr := std.Read()
			if errors.Is(stdErr, io.EOF) {
				break
			}
			if stdErr != nil {
				t.Fatal(stdErr)
			}
			got, err := s.next()
			if err != nil || !reflect.DeepEqual(got.Cells, want) {
				t.Fatalf("%q: got %q %v, want %q", text.String(), got.Cells, err, want)
			}
		}
	})
}

func BenchmarkCSV(b *testing.B) {
	row := "1C1I7A6R,Moses Frase,GTX Plus Basic,Cancity,Won,2016-10-20,2017-03-01,1054\n"
	quoted := strings.ReplaceAll(`"`+strings.ReplaceAll(strings.TrimSpace(row), ",", `","`)+`"`, "\n", "") + "\n"
	for name, line := range map[string]string{"plain": row, "quoted": quoted} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(line, 100_000)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				s := newScanner(strings.NewReader(text), plain())
				for {
					if _, err := s.next(); err != nil {
						break
					}
				}
			}
		})
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a;\"b\n;\"\"c\"\r\n1;2", "\"", "\xff\xfea\x00,\x00b\x00", "sep=;\na;b\n", "# x\na,b\n1,2", "'a','b'\n'c','d'\n", "a\rb\r\n\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := OpenAt(bytes.NewReader(text), int64(len(text)), Format{})
		if err != nil {
			return
		}
		datatest.Close(t, r)
		last := 0
		for steps := 0; ; steps++ {
			rec, err := r.Next()
			var bad *RowError
			switch {
			case errors.As(err, &bad):
				rec.Line = bad.Line
			case err != nil:
				return
			}
			if rec.Line < last || steps > len(text)+2 {
				t.Fatalf("line %d after %d, step %d", rec.Line, last, steps)
			}
			last = rec.Line
		}
	})
}
