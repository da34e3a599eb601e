package sheet

import (
	"strconv"
	"strings"
)

// mostPreface is how many lines of title may stand above the header.
const mostPreface = 20

// sniffLayout finds the lines above the table, the comment sign and whether
// the first row names the columns.
func sniffLayout(rows []Record, f Format) Format {
	first := prefaceRows(rows)
	if first > 0 {
		if f.Kind == Text && strings.HasPrefix(rows[0].Cell(0), "#") {
			f.Comment = '#'
		}
		f.Skip = rows[first].Line - 1
	}
	f.Header = first < len(rows) && hasHeader(rows[first:])
	f.Groups = f.Header && groupsNames(rows[first:])
	return f
}

// groupsNames reports whether the first row only heads groups of columns, whose
// names stand in the second: it has gaps where that has names, both are words, and
// values stand below.
func groupsNames(rows []Record) bool {
	if len(rows) < 3 {
		return false
	}
	heads, names := rows[0].Cells, rows[1].Cells
	gaps, words := 0, map[string]bool{}
	for i := range max(len(heads), len(names)) {
		head, name := strings.TrimSpace(rows[0].Cell(i)), strings.TrimSpace(rows[1].Cell(i))
		if head != "" && shapeOf(head) != shapeText || name != "" && shapeOf(name) != shapeText {
			return false
		}
		if head == "" && name != "" {
			gaps++
		}
		words[name] = true
	}
	if filled(heads) < 2 || gaps == 0 || filled(names) <= filled(heads) || 2*len(words) <= filled(names) {
		return false
	}
	return holdsValues(rows[2:], len(names))
}

// holdsValues reports whether one of the first columns holds anything but words.
func holdsValues(rows []Record, columns int) bool {
	for i := range columns {
		if s := columnShape(rows, i); s != shapeText && s != shapeBlank {
			return true
		}
	}
	return false
}

// prefaceRows counts the rows above the table: titles and remarks fill far
// fewer cells than the row that names the columns.
func prefaceRows(rows []Record) int {
	width, _ := commonWidth(rows)
	if width < 2 {
		return 0
	}
	for i := 0; i+1 < len(rows) && i < mostPreface; i++ {
		here, below := filled(rows[i].Cells), filled(rows[i+1].Cells)
		title := here <= 1 && (len(rows[i].Cells) < width || below > 2 || below <= 1 && i+2 < len(rows) && filled(rows[i+2].Cells) > 2)
		if !title && here*3 > below {
			return i
		}
	}
	return 0
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// hasHeader judges whether the first row names the columns. It does unless it
// holds values of the kind that stands below it, or words that come again and
// again below it.
func hasHeader(rows []Record) bool {
	first, rest := rows[0].Cells, rows[1:]
	if filled(first) == 0 {
		return false
	}
	asData, typed := 0, 0
	for i, name := range first {
		kind := shapeOf(name)
		if kind == shapeText || kind == shapeBlank {
			if len(rest) >= 5 && repeats(name, i, rest) {
				asData++
			}
			continue
		}
		typed++
		if len(rest) == 0 || columnShape(rest, i) == kind {
			asData++
		}
	}
	return asData == 0 || typed > 0 && typed < filled(first) && yearHeads(first, rest)
}

// repeats reports whether name stands twice or more in column i of rows.
func repeats(name string, i int, rows []Record) bool {
	if strings.TrimSpace(name) == "" {
		return false
	}
	n := 0
	for _, r := range rows {
		if r.Cell(i) == name {
			n++
		}
	}
	return n >= 2
}

// yearHeads reports whether the numbers of the first row are years that name
// columns of figures, as in "Region, 2016, 2017".
func yearHeads(first []string, rest []Record) bool {
	last := 0
	for i, name := range first {
		if shapeOf(name) != shapeNumber {
			continue
		}
		year, err := strconv.Atoi(strings.TrimSpace(name))
		if err != nil || year < 1900 || year > 2100 || year <= last {
			return false
		}
		last = year
		for _, r := range rest {
			if below, err := strconv.Atoi(r.Cell(i)); err == nil && below >= 1900 && below <= 2100 {
				return false
			}
		}
	}
	return last > 0
}

// shape is what a value looks like at a glance.
type shape int

const (
	shapeBlank shape = iota
	shapeText
	shapeNumber
	shapeDay
	shapeMail
)

func shapeOf(text string) shape {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return shapeBlank
	case strings.Contains(text, "@") && !strings.ContainsAny(text, " \t") && strings.LastIndex(text, ".") > strings.Index(text, "@"):
		return shapeMail
	case !strings.ContainsAny(text, "0123456789") || len(text) > 40:
		return shapeText
	}
	if _, err := markedNumber(text, AnyMark); err == nil || isAmbiguous(err) {
		return shapeNumber
	}
	if _, err := ParseDay(text, AnyOrder); err == nil || isAmbiguous(err) {
		return shapeDay
	}
	return shapeText
}

// columnShape is the shape of most filled cells of column i.
func columnShape(rows []Record, i int) shape {
	var counts [shapeMail + 1]int
	for _, r := range rows {
		counts[shapeOf(r.Cell(i))]++
	}
	best := shapeText
	for s := shapeText; s <= shapeMail; s++ {
		if counts[s] > counts[best] {
			best = s
		}
	}
	return best
}
