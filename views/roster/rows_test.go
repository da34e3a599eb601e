package roster

import (
	"slices"
	"strings"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func personID(name string) data.ID { return data.ImportedID(data.KindPerson, "", name) }

// people makes members from "name under manager"; values are equal to won.
func people(t *testing.T, lines ...string) []app.Member {
	t.Helper()
	k, err := data.KindByName(data.KindPerson)
	if err != nil {
		t.Fatal(err)
	}
	var out []app.Member
	for i, l := range lines {
		name, manager, under := strings.Cut(l, " under ")
		m := app.Member{
			Row:  data.Row{Kind: k, ID: personID(name), Values: data.Values{"name": name, "role": data.RoleRep, "status": data.StatusActive}, Labels: map[string]string{"manager": manager}},
			Sums: app.Sums{WonValue: int64(i + 1)},
		}
		if under {
			m.Manager = personID(manager)
		}
		out = append(out, m)
	}
	return out
}

// drawn writes lines as "  name=won", indented by depth.
func drawn(lines []line) (out []string) {
	for _, l := range lines {
		s := strings.Repeat(" ", l.depth) + l.member.Row.Title()
		if l.dim {
			s += "?"
		}
		out = append(out, s)
	}
	return out
}

func TestArrange(t *testing.T) {
	company := []string{"Lena", "Mia under Lena", "Zoe under Mia", "Ann under Mia", "Bob under Lena"}
	cases := []struct {
		name   string
		people []string
		layout layout
		want   []string
	}{
		{"tree by name", company, layout{tree: true}, []string{"Lena", " Bob", " Mia", "  Ann", "  Zoe"}},
		{"tree by won", company, layout{tree: true, sort: []kit.SortKey{{Key: colWon}}}, []string{"Lena", " Mia", "  Zoe", "  Ann", " Bob"}},
		{"folded", company, layout{tree: true, closed: map[data.ID]bool{personID("Mia"): true}}, []string{"Lena", " Bob", " Mia"}},
		{"table", company, layout{sort: []kit.SortKey{{Key: colName, Desc: true}}}, []string{"Zoe", "Mia", "Lena", "Bob", "Ann"}},
		{"found with managers", company, layout{tree: true, filter: filter{search: "zo"}}, []string{"Lena?", " Mia?", "  Zoe"}},
		{"found in the table", company, layout{filter: filter{search: "zo"}}, []string{"Zoe"}},
		{"nobody", company, layout{tree: true, filter: filter{roles: []string{data.RoleLead}}}, nil},
		{"a loop of managers", []string{"A under B", "B under A", "C under A"}, layout{tree: true}, []string{"A", " B", " C"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := drawn(arrange(people(t, c.people...), c.layout)); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTreeAddsUpWhatIsBelow(t *testing.T) {
	members := people(t, "Lena", "Mia under Lena", "Zoe under Mia")
	for _, closed := range []map[data.ID]bool{nil, {personID("Mia"): true}} {
		lines := arrange(members, layout{tree: true, closed: closed})
		if got := lines[0].sums.WonValue; got != 6 {
			t.Errorf("Lena's team won %d, want 6", got)
		}
		if got := lines[1].sums.WonValue; got != 5 {
			t.Errorf("Mia's team won %d, want 5", got)
		}
	}
}

func TestFilter(t *testing.T) {
	m := people(t, "Ann")[0]
	m.Region = personID("East")
	left := people(t, "Gus")[0]
	left.Row.Values["status"] = data.StatusLeft
	left.Mends = []app.Mend{app.NoManager}
	for _, c := range []struct {
		filter    filter
		ann, gone bool
	}{
		{filter{}, true, true},
		{filter{status: statusHere}, true, false},
		{filter{status: data.StatusLeft}, false, true},
		{filter{mend: true}, false, true},
		{filter{regions: []string{m.Region.String()}}, true, false},
		{filter{search: "GU"}, false, true},
	} {
		if got := c.filter.keeps(&m); got != c.ann {
			t.Errorf("%+v keeps Ann: %v", c.filter, got)
		}
		if got := c.filter.keeps(&left); got != c.gone {
			t.Errorf("%+v keeps Gus: %v", c.filter, got)
		}
	}
}
