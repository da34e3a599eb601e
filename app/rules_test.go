package app_test

import (
	"testing"

	"fieldbook/app"
	"fieldbook/data"
)

// ruleKind is an account with custom fields of several types.
func ruleKind(t *testing.T) *data.Kind {
	t.Helper()
	k, err := data.KindByName(data.KindAccount)
	if err != nil {
		t.Fatal(err)
	}
	return k.With([]data.Field{
		data.NewCustomField("Tier", data.TypeChoice, []string{"A", "B"}),
		data.NewCustomField("Spend", data.TypeMoney, nil),
		data.NewCustomField("Since", data.TypeDay, nil),
		data.NewCustomField("Listed", data.TypeBool, nil),
	})
}

func TestRules(t *testing.T) {
	k := ruleKind(t)
	row := data.Row{Kind: k, Values: data.Values{
		"city": "São Paulo", "industry": "Medical devices", "employees": int64(250), "revenue": 12.5, "owner": data.ImportedID("person", "", "x"),
		"tier": "A", "spend": int64(1500_50), "since": data.NewDay(2020, 3, 1), "listed": true,
	}, Labels: map[string]string{"owner": "Ann Lee"}}
	cases := []struct {
		field string
		test  data.Test
		value string
		want  bool
	}{
		{"city", data.Is, "sao paulo", true},
		{"city", data.Is, "Rio; São Paulo", true},
		{"city", data.Is, "Paulo", false},
		{"city", data.IsNot, "Rio", true},
		{"city", data.IsNot, "São Paulo", false},
		{"industry", data.Contains, "medical", true},
		{"industry", data.Contains, "retail; device", true},
		{"industry", data.Contains, "retail", false},
		{"state", data.Is, "SP", false},
		{"state", data.IsNot, "SP", true},
		{"state", data.Contains, "SP", false},
		{"employees", data.AtLeast, "250", true},
		{"employees", data.AtLeast, "1,000", false},
		{"employees", data.AtMost, "250", true},
		{"employees", data.Is, "250", true},
		{"employees", data.IsNot, "250", false},
		{"revenue", data.AtMost, "12.4", false},
		{"latitude", data.AtLeast, "0", false},
		{"latitude", data.IsNot, "0", true},
		{"owner", data.Is, "ann lee", true},
		{"tier", data.Is, "a", true},
		{"tier", data.Is, "B", false},
		{"spend", data.AtLeast, "1500.50", true},
		{"spend", data.AtLeast, "1500.51", false},
		{"since", data.AtMost, "2020-03-01", true},
		{"since", data.AtLeast, "2020-03-02", false},
		{"listed", data.Is, "yes", true},
		{"listed", data.IsNot, "yes", false},
	}
	for _, c := range cases {
		t.Run(c.field+" "+string(c.test)+" "+c.value, func(t *testing.T) {
			m, err := app.NewMatcher(k, []app.Rule{{Field: c.field, Test: c.test, Value: c.value}}, 2)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, got := m.Match(row); got != c.want {
				t.Errorf("match is %v, want %v", got, c.want)
			}
		})
	}
}

func TestFirstRuleInOrderDecides(t *testing.T) {
	east, west := data.ImportedID("territory", "", "east"), data.ImportedID("territory", "", "west")
	k := ruleKind(t)
	m, err := app.NewMatcher(k, []app.Rule{
		{Territory: west, Position: 2, Field: "country", Test: data.Is, Value: "Norway"},
		{Territory: east, Position: 1, Field: "employees", Test: data.AtLeast, Value: "100"},
	}, 2)
	if err != nil {
		t.Fatal(err)
	}
	big := data.Row{Kind: k, Values: data.Values{"country": "Norway", "employees": int64(100)}}
	if to, place, ok := m.Match(big); !ok || to != east || place != 0 {
		t.Errorf("big goes to %v by rule %d, %v", to, place, ok)
	}
	small := data.Row{Kind: k, Values: data.Values{"country": "norway", "employees": int64(99)}}
	if to, place, ok := m.Match(small); !ok || to != west || place != 1 {
		t.Errorf("small goes to %v by rule %d, %v", to, place, ok)
	}
	if _, _, ok := m.Match(data.Row{Kind: k, Values: data.Values{}}); ok {
		t.Error("an empty account matches")
	}
}

func TestRulesAreChecked(t *testing.T) {
	k := ruleKind(t)
	for field, r := range map[string]app.Rule{
		"field": {Field: "nonsense", Test: data.Is, Value: "x"},
		"test":  {Field: "city", Test: data.AtLeast, Value: "x"},
		"value": {Field: "employees", Test: data.AtLeast, Value: "many"},
	} {
		_, err := app.NewMatcher(k, []app.Rule{r}, 2)
		var wrong *data.Error
		if !asError(err, &wrong) || wrong.Field != field {
			t.Errorf("%+v: %v, want a mistake at %s", r, err, field)
		}
	}
	for _, value := range []string{"", " ; "} {
		if _, err := app.NewMatcher(k, []app.Rule{{Field: "city", Test: data.Is, Value: value}}, 2); data.KindOf(err) != data.Invalid {
			t.Errorf("value %q: %v", value, err)
		}
	}
}
