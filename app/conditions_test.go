package app

import (
	"strings"
	"testing"

	"fieldbook/data"
)

func accountKind(t testing.TB) *data.Kind {
	t.Helper()
	k, err := data.KindByName(data.KindAccount)
	if err != nil {
		t.Fatal(err)
	}
	return k.With([]data.Field{data.NewCustomField("Fleet size", data.TypeNumber, nil)})
}

func TestConditions(t *testing.T) {
	row := data.Row{Kind: accountKind(t), Values: data.Values{
		"name": "Rock and Roll Ltd", "industry": "Retail", "employees": int64(500), "country": "United States", "fleet_size": 12.0, "product": "GTX Pro;MG Special",
	}}
	for text, want := range map[string]bool{
		"industry is retail":                                                true,
		"Industry IS food; retail":                                          true,
		"industry is not retail":                                            false,
		"not industry is retail":                                            false,
		"industry is food or employees at least 500":                        true,
		"industry is food or employees >= 501":                              false,
		"industry is retail and employees at most 499":                      false,
		"industry is food and employees at least 1 or name contains roll":   true,
		"industry is food and (employees at least 1 or name contains roll)": false,
		`name is "rock and roll ltd"`:                                       true,
		`"Fleet size" at least 10 and not (country is canada)`:              true,
		"fleet size at most 11":                                             false,
		"fleet_size = 12":                                                   true,
		"product is mg special":                                             true,
		"product is not mg special":                                         false,
		"product contains gtx and not product contains plus":                true,
		"employees at least 1,000":                                          false,
		"visit class is not A":                                              true,
		`country is "United States" and (industry is retail)`:               true,
	} {
		c, err := NewCondition(row.Kind, text, 2)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := c.Passes(row); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestConditionsThatCannotBeRead(t *testing.T) {
	for text, words := range map[string]string{
		"":                                       "at the end: a field of accounts",
		"colour is red":                          "at “colour”: a field",
		"industry red":                           "at “red”: a test",
		"industry is":                            "Say which industry",
		"(industry is retail":                    "a closing bracket",
		"industry is retail)":                    "at “)”",
		"industry is retail and":                 "at the end: a field",
		"industry at least retail":               "cannot be tested",
		"employees at least many":                "many",
		strings.Repeat("(", 80) + "name is x":    "simpler",
		strings.Repeat("not ", 80) + "name is x": "simpler",
	} {
		_, err := NewCondition(accountKind(t), text, 2)
		if err == nil || !strings.Contains(err.Error(), words) || data.KindOf(err) != data.Invalid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzCondition(f *testing.F) {
	for _, s := range []string{"industry is retail; food and (employees at least 500 or not country is \"US\")", "not not name contains x", "\"", "is is is", "é is é"} {
		f.Add(s)
	}
	k := accountKind(f)
	f.Fuzz(func(_ *testing.T, text string) {
		if c, err := NewCondition(k, text, 2); err == nil {
			c.Passes(data.Row{Kind: k, Values: data.Values{"industry": "retail"}})
		}
	})
}
