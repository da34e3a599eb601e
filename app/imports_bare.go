package app

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// bareName is the name of a column that says nothing of what it holds.
var bareName = regexp.MustCompile(`(?i)^(column|col|field|feld|spalte|colonne|columna|unnamed:?|f|c|_)?\s*_?\d*$`)

// bareColumns gives, for each column whose name says nothing, the field that
// its first values suggest in a file of a kind; "" for none.
func (f *FilePlan) bareColumns(kind string) []string {
	out := make([]string, len(f.Columns))
	taken := map[string]bool{}
	give := func(field string, is func(c *ColumnPlan) bool) {
		for i, c := range f.Columns {
			if out[i] == "" && !taken[field] && c.Filled > 0 && bareName.MatchString(c.Name) && is(c) {
				out[i], taken[field] = field, true
			}
		}
	}
	switch kind {
	case data.KindAccount:
		if at := f.coordinates(); at >= 0 {
			out[at], out[at+1] = "latitude", "longitude"
		}
		give("address", f.holdsAddresses)
		give("name", f.holdsNames)
	case data.KindDeal:
		give("stage", f.holdsStages)
		give("close_day", (*ColumnPlan).holdsDays)
		give("amount", (*ColumnPlan).holdsAmounts)
		give("owner", f.holdsPeople)
		give("name", f.holdsNames)
		give("account", f.holdsNames)
	case data.KindContact:
		give("email", f.holdsMail)
		give("name", f.holdsNames)
		give("account", f.holdsNames)
	}
	return out
}

// bareKind finds out by content alone what the rows are; "" where that says
// too little.
func (f *FilePlan) bareKind() string {
	for _, n := range []importNeed{
		{kind: data.KindAccount, needs: []string{"name", "latitude"}}, {kind: data.KindDeal, needs: []string{"name", "stage", "amount", "close_day"}}, {kind: data.KindContact, needs: []string{"name", "email"}},
	} {
		has := f.bareColumns(n.kind)
		if !slices.ContainsFunc(n.needs, func(field string) bool { return !slices.Contains(has, field) }) {
			return n.kind
		}
	}
	return ""
}

// share is the part of a column's first values that pass a test.
func (f *FilePlan) share(c *ColumnPlan, test func(v string) bool) float64 {
	n, all := 0, 0
	for _, row := range f.Preview {
		if c.Index >= len(row.Cells) || strings.TrimSpace(row.Cells[c.Index]) == "" {
			continue
		}
		if all++; test(strings.TrimSpace(row.Cells[c.Index])) {
			n++
		}
	}
	return float64(n) / float64(max(all, 1))
}

// coordinates finds two columns beside each other that hold latitudes and
// longitudes in degrees; -1 where there are none.
func (f *FilePlan) coordinates() int {
	degrees := func(most float64) func(string) bool {
		return func(v string) bool {
			n, err := sheet.ParseNumber(v, sheet.Point)
			_, decimals, _ := strings.Cut(v, ".")
			return err == nil && math.Abs(n) <= most && (len(decimals) >= 2 || n == 0)
		}
	}
	for i := 0; i+1 < len(f.Columns); i++ {
		a, b := f.Columns[i], f.Columns[i+1]
		if bareName.MatchString(a.Name) && bareName.MatchString(b.Name) && a.Filled > 0 && f.share(a, degrees(90)) == 1 && f.share(b, degrees(180)) == 1 {
			return i
		}
	}
	return -1
}

// holdsAddresses tells streets and the like: text that mostly has numbers in it.
func (f *FilePlan) holdsAddresses(c *ColumnPlan) bool {
	return f.share(c, func(v string) bool {
		return strings.ContainsAny(v, "0123456789") && strings.Contains(v, " ") && len(strings.Trim(v, "0123456789 .,-/")) > 2
	}) > 0.5
}

// holdsNames tells text that neither is a number nor a day.
func (f *FilePlan) holdsNames(c *ColumnPlan) bool {
	return c.Days.Days == 0 && 2*c.Numbers.Numbers < c.Numbers.Values && f.share(c, func(v string) bool { return !strings.Contains(v, "@") && strings.Trim(v, "0123456789.,- ") != "" }) > 0.9
}

func (f *FilePlan) holdsMail(c *ColumnPlan) bool {
	return f.share(c, func(v string) bool {
		at := strings.LastIndexByte(v, '@')
		return at > 0 && strings.Contains(v[at:], ".") && !strings.ContainsAny(v, " \t")
	}) > 0.8
}

// holdsStages tells names of stages: those of the book, and what ends a deal in
// any language.
func (f *FilePlan) holdsStages(c *ColumnPlan) bool {
	if c.values == nil || len(c.order) > 30 {
		return false
	}
	known := 0
	for _, v := range c.order {
		if importStageType(v) != data.StageOpen || importStageOrder(v, data.StageOpen) < 500 {
			known++
			continue
		}
		if slices.ContainsFunc(f.pipelines, func(p knownPipeline) bool { _, ok := p.stage(v); return ok }) {
			known++
		}
	}
	ends := slices.ContainsFunc(c.order, func(v string) bool { return importStageType(v) != data.StageOpen })
	return ends && 2*known >= len(c.order) && c.Filled > len(c.order)
}

func (c *ColumnPlan) holdsAmounts() bool {
	return c.Numbers.Values > 0 && c.Numbers.Numbers == c.Numbers.Values && c.Days.Days == 0
}

// holdsPeople tells names of people that come again and again.
func (f *FilePlan) holdsPeople(c *ColumnPlan) bool {
	return f.holdsNames(c) && c.values != nil && 3*len(c.order) <= 2*c.Filled && f.share(c, func(v string) bool {
		words := strings.Fields(v)
		return len(words) >= 2 && len(words) <= 3 && !strings.ContainsAny(v, "0123456789&")
	}) > 0.9
}
