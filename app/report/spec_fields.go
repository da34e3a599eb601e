package report

import (
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Scatter places dots by two measures. Names stand beside dots where they find
// room; hovering tells the others.
type Scatter struct {
	Head
	Dots         []Dot
	XName, YName string // what the axes measure, with the unit
	AxisX, AxisY Format // nil writes plain numbers
	SplitX       float64
	SplitY       float64   // where the quadrants part; NA() draws no line
	Quadrants    [4]string // upper left, upper right, lower left, lower right; faint in the corners
}

// Dot is one mark; Mark.Value is its height.
type Dot struct {
	Mark
	X    float64
	Mine bool // drawn in the accent, named first
}

func (s Scatter) table(title string) [][]string {
	return figures([]string{title, s.XName, s.YName}, s.Dots, func(d Dot) []string {
		return []string{d.Label, plain(d.X), plain(d.Value)}
	})
}

// HeatMap shades a cell for each row and column by its value: stage by person,
// weekday by hour. Values below zero take another hue and a corner.
type HeatMap struct {
	Head
	Columns []string
	Rows    []HeatRow
	Axis    Format // of the scale; nil writes plain numbers
}

// HeatRow is one row; Cells follow the columns, NA() is an empty cell.
type HeatRow struct {
	Label string
	Cells []Mark
}

func (h HeatMap) table(title string) [][]string {
	return figures(append([]string{title}, h.Columns...), h.Rows, func(r HeatRow) []string {
		return append([]string{r.Label}, values(r.Cells, len(h.Columns))...)
	})
}

// Calendar shades a square for each day, a week a column. Months and Weekdays
// are names to show, from January and Monday on; English where there are none.
type Calendar struct {
	Head
	First    data.Day // of Days[0]; the others follow day by day
	Days     []Mark
	Sunday   bool // weeks begin on Sunday instead of Monday
	Months   []string
	Weekdays []string
	Axis     Format // of the scale; nil writes plain numbers
}

func (c Calendar) table(title string) [][]string {
	i := -1
	return figures([]string{title, lang.T("Value")}, c.Days, func(m Mark) []string {
		i++
		return []string{c.First.AddDays(i).String(), plain(m.Value)}
	})
}

// Multiples are small lines side by side, one a mark, on one scale so that they
// compare.
type Multiples struct {
	Head
	Cells []Multiple
	Own   bool // each on a scale of its own: shapes compare, sizes do not
}

// Multiple is one small line; its mark is the last value.
type Multiple struct {
	Mark
	Values []float64
}

func (m Multiples) table(title string) [][]string {
	n := 0
	for _, c := range m.Cells {
		n = max(n, len(c.Values))
	}
	heads := []string{title}
	for i := range n {
		heads = append(heads, plain(float64(i+1)))
	}
	return figures(heads, m.Cells, func(c Multiple) []string {
		out := make([]string, n+1)
		out[0] = c.Label
		for i, v := range c.Values {
			out[i+1] = plain(v)
		}
		return out
	})
}

// Flow shows what became of what between two days: nodes of the first day at
// the left, of the second at the right, and ribbons as wide as what went from
// one to the other. A node is as high as its ribbons together.
type Flow struct {
	Head
	FromName, ToName string // over the columns: "Nov 10", "Nov 17"
	From, To         []Mark // in the order of the pipeline; Text is shown, Value is not
	Links            []Link
}

// Link is one ribbon; Mark.Value is its width, 0 or less draws none.
type Link struct {
	Mark
	From, To int // index in From and To
	Tone     Tone
}

func (f Flow) table(title string) [][]string {
	name := func(marks []Mark, i int) string {
		if i < 0 || i >= len(marks) {
			return ""
		}
		return marks[i].Label
	}
	return figures([]string{title + ": " + f.FromName, f.ToName, lang.T("Value")}, f.Links, func(l Link) []string {
		return []string{name(f.From, l.From), name(f.To, l.To), plain(l.Value)}
	})
}
