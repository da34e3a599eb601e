package cli

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

// widest is how many characters of a cell are shown.
const widest = 40

// column is one column of a plain table.
type column struct {
	title string
	right bool // numbers stand right-aligned
	keep  bool // shown even where no row has it
}

// table prints rows in aligned columns for people. It takes the rows twice,
// first to measure and then to print, so that it never holds them all.
// Columns that no row fills are left out.
type table struct {
	columns []column
	rows    func(yield func(cells []string) error) error
}

func (t table) print(out io.Writer) error {
	widths := make([]int, len(t.columns))
	err := t.rows(func(cells []string) error {
		for i, c := range cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(shown(c)))
		}
		return nil
	})
	if err != nil {
		return err
	}
	titles := make([]string, len(t.columns))
	for i, c := range t.columns {
		titles[i] = strings.ToUpper(c.title)
		if widths[i] > 0 || c.keep {
			widths[i] = max(widths[i], utf8.RuneCountInString(titles[i]))
		}
	}
	w := bufio.NewWriter(out)
	line := func(cells []string) error {
		_, err := w.WriteString(t.line(cells, widths))
		return err
	}
	if err := line(titles); err != nil {
		return err
	}
	if err := t.rows(line); err != nil {
		return err
	}
	return w.Flush()
}

// line lays out one row; the last column is not padded.
func (t table) line(cells []string, widths []int) string {
	var sb strings.Builder
	for i, c := range cells {
		if widths[i] == 0 {
			continue
		}
		text := shown(c)
		pad := strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(text)))
		if sb.Len() > 0 {
			sb.WriteString("  ")
		}
		if t.columns[i].right {
			sb.WriteString(pad + text)
		} else {
			sb.WriteString(text + pad)
		}
	}
	return strings.TrimRight(sb.String(), " ") + "\n"
}

// shown is a cell as the table has it: one line, cut to widest.
func shown(text string) string {
	text = oneLine(text)
	if utf8.RuneCountInString(text) <= widest {
		return text
	}
	return string([]rune(text)[:widest-1]) + "…"
}

// fixed gives rows that are held already.
func fixed(rows [][]string) func(func([]string) error) error {
	return func(yield func([]string) error) error {
		for _, r := range rows {
			if err := yield(r); err != nil {
				return err
			}
		}
		return nil
	}
}
