package territories

import (
	"slices"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func TestPreviewText(t *testing.T) {
	for want, p := range map[string]app.Preview{
		"Matches no account":                            {},
		"Matches 1 account":                             {Matches: 1},
		"Matches 12: 4 already here, 3 in no territory": {Matches: 12, Free: 3, Here: 4},
	} {
		if got := previewText(words{}, p); got != want {
			t.Errorf("%+v is %q, want %q", p, got, want)
		}
	}
}

func TestRuleText(t *testing.T) {
	k, err := data.KindByName(data.KindAccount)
	if err != nil {
		t.Fatal(err)
	}
	if got := ruleText(k, app.Rule{Field: "country", Test: data.IsNot, Value: "Norway; Sweden"}); got != "Country is not Norway; Sweden" {
		t.Errorf("the rule reads %q", got)
	}
	if got := ruleText(k, app.Rule{Field: "gone", Test: data.Is, Value: "x"}); got != "gone is x" {
		t.Errorf("a rule of a field that is gone reads %q", got)
	}
}

func TestAccountRowSaysWhere(t *testing.T) {
	k, err := data.KindByName(data.KindAccount)
	if err != nil {
		t.Fatal(err)
	}
	both := accountRow(data.Row{Kind: k, Values: data.Values{"name": "A", "city": "Oslo", "country": "Norway"}, Labels: map[string]string{"territory": "North"}})
	if c := both.Cells[3]; c.Text != "Oslo" || c.Sub != "Norway" {
		t.Errorf("the place is %+v", c)
	}
	bare := accountRow(data.Row{Kind: k, Values: data.Values{"name": "A", "country": "Norway"}, Labels: map[string]string{}})
	if c := bare.Cells[3]; c.Text != "Norway" || c.Sub != "" {
		t.Errorf("the place is %+v", c)
	}
	if c := bare.Cells[1]; c.Icon != "warn" {
		t.Errorf("an account without a territory shows %+v", c)
	}
}

func TestSortTerritories(t *testing.T) {
	named := func(name string, won int64) *app.Territory {
		k, _ := data.KindByName(data.KindTerritory)
		return &app.Territory{Row: data.Row{Kind: k, Values: data.Values{"name": name}}, Total: app.Sums{WonValue: won}}
	}
	list := []*app.Territory{named("b", 1), named("C", 9), named("a", 1)}
	for _, c := range []struct {
		keys []kit.SortKey
		want []string
	}{
		{nil, []string{"a", "b", "C"}},
		{[]kit.SortKey{{Key: colWon, Desc: true}}, []string{"C", "a", "b"}},
		{[]kit.SortKey{{Key: colName, Desc: true}}, []string{"C", "b", "a"}},
	} {
		sortTerritories(list, c.keys)
		var got []string
		for _, t := range list {
			got = append(got, t.Row.Title())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("by %v: %v, want %v", c.keys, got, c.want)
		}
	}
}
