package app

import (
	"testing"

	"fieldbook/data"
)

func TestCompanyName(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"Acme", "ACME, Inc."}, {"Acme S.A.", "acme"}, {"The Acme Company", "Acme Co."}, {"Müller GmbH & Co. KG", "Muller"}, {"Ørsted A/S", "Orsted AS"},
	} {
		if x, y := companyName(c.a), companyName(c.b); x != y {
			t.Errorf("%q is %q, %q is %q", c.a, x, c.b, y)
		}
	}
	for _, c := range []struct{ a, b string }{{"Acme North", "Acme"}, {"Inc", "Co"}, {"3M", "3 Men"}} {
		if x, y := companyName(c.a), companyName(c.b); x == y {
			t.Errorf("%q and %q are both %q", c.a, c.b, x)
		}
	}
}

func TestDomainOf(t *testing.T) {
	for site, want := range map[string]string{
		"https://www.Acme.com/about?x=1": "acme.com", "acme.com": "acme.com", "http://acme.com:8080": "acme.com", "": "", "none": "", "linkedin.com/company/acme": "", "://": "",
	} {
		if got := domainOf(site); got != want {
			t.Errorf("%q gives %q, want %q", site, got, want)
		}
	}
}

func TestMatchTwins(t *testing.T) {
	id := func(n byte) data.ID { return data.ID{15: n} }
	name := func(text string) []mark { return []mark{{SameName, text}} }
	for _, c := range []struct {
		words     string
		rows      []twin
		different map[[2]data.ID]bool
		want      [][]byte
	}{
		{"one name, one place", []twin{{id(1), "oslo", name("acme")}, {id(2), "oslo", name("acme")}, {id(3), "", name("other")}}, nil, [][]byte{{1, 2}}},
		{"one name, two places", []twin{{id(1), "oslo", name("acme")}, {id(2), "bergen", name("acme")}}, nil, nil},
		{"no place belongs to the only one", []twin{{id(1), "oslo", name("acme")}, {id(2), "", name("acme")}}, nil, [][]byte{{1, 2}}},
		{"no place where there are two", []twin{{id(1), "oslo", name("acme")}, {id(2), "bergen", name("acme")}, {id(3), "", name("acme")}}, nil, nil},
		{"said to be different", []twin{{id(2), "", name("acme")}, {id(1), "", name("acme")}}, map[[2]data.ID]bool{{id(1), id(2)}: true}, nil},
		{
			"a chain of marks",
			[]twin{
				{id(1), "", []mark{{SameMail, "a@x.org"}}}, {id(2), "", []mark{{SameMail, "a@x.org"}, {SameExternalID, "7"}}}, {id(3), "", []mark{{SameExternalID, "7"}}},
			},
			nil,
			[][]byte{{1, 2, 3}},
		},
	} {
		got := matchTwins(c.rows, c.different)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", c.words, got)
			continue
		}
		for i, g := range got {
			var ids []byte
			for _, x := range g.ids {
				ids = append(ids, x[15])
			}
			if string(ids) != string(c.want[i]) {
				t.Errorf("%s: group %v, want %v", c.words, ids, c.want[i])
			}
		}
	}
	many := make([]twin, crowd+1)
	for i := range many {
		many[i] = twin{id(byte(i)), "", []mark{{SameMail, "office@x.org"}}}
	}
	if got := matchTwins(many, nil); len(got) != 0 {
		t.Errorf("a mail address that %d have makes %v", len(many), got)
	}
}
