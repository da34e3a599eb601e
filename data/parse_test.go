package data_test

import (
	"testing"

	"fieldbook/data"
)

func TestCalendarParse(t *testing.T) {
	c := data.Calendar{}
	day := data.NewDay
	for text, want := range map[string]data.Period{
		"":                       data.AllTime,
		"all":                    data.AllTime,
		"2017":                   c.Year(2017),
		"2017-Q3":                c.Quarter(2017, 3),
		"2017-q3":                c.Quarter(2017, 3),
		"2017-03":                c.Month(2017, 3),
		"2017-01-15..2017-02-14": c.Range(day(2017, 1, 15), day(2017, 2, 15)),
		"2017-01-15..2017-01-15": c.Range(day(2017, 1, 15), day(2017, 1, 16)),
	} {
		if got, err := c.Parse(text); err != nil || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{
		"17", "0000", "20170", "2017-", "2017-Q", "2017-Q0", "2017-Q5", "2017-Q03", "2017-3", "2017-13", "2017-00", "2017-03-01",
		"..", "2017-02-14..2017-01-15", "2017-02-30..2017-03-01", "soon",
	} {
		if got, err := c.Parse(text); data.KindOf(err) != data.Invalid || got != (data.Period{}) {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
}

func TestFieldParse(t *testing.T) {
	id := data.ID{1, 2, 3}
	stages := []string{"Won", "Lost"}
	for _, c := range []struct {
		field data.Field
		text  string
		want  data.Value
	}{
		{data.Field{Type: data.TypeText}, " \t", nil},
		{data.Field{Type: data.TypeText}, " a b ", " a b "},
		{data.Field{Type: data.TypeChoice, Choices: stages}, " won ", "Won"},
		{data.Field{Type: data.TypeChoice, Choices: stages, Custom: true}, " new ", "new"},
		{data.Field{Type: data.TypeInteger}, "-12", int64(-12)},
		{data.Field{Type: data.TypeMoney}, "1054.5", int64(105450)},
		{data.Field{Type: data.TypePercent}, "12.5%", 12.5},
		{data.Field{Type: data.TypeBool}, "Yes", true},
		{data.Field{Type: data.TypeBool}, "0", false},
		{data.Field{Type: data.TypeDay}, "2017-03-01", data.NewDay(2017, 3, 1)},
		{data.Field{Type: data.TypeRef}, id.String(), id},
	} {
		if got, err := c.field.Parse(c.text, 2); err != nil || got != c.want {
			t.Errorf("%v %q: %v %v, want %v", c.field.Type, c.text, got, err, c.want)
		}
	}
	for _, c := range []struct {
		field data.Field
		text  string
	}{
		{data.Field{Type: data.TypeChoice, Choices: stages}, "open"},
		{data.Field{Type: data.TypeInteger}, "1.5"},
		{data.Field{Type: data.TypeMoney}, "much"},
		{data.Field{Type: data.TypeNumber}, "NaN"},
		{data.Field{Type: data.TypeNumber}, "Inf"},
		{data.Field{Type: data.TypeBool}, "maybe"},
		{data.Field{Type: data.TypeDay}, "tomorrow"},
		{data.Field{Type: data.TypeInstant}, "2017-03-01"},
		{data.Field{Type: data.TypeRef}, "Acme"},
	} {
		if got, err := c.field.Parse(c.text, 2); data.KindOf(err) != data.Invalid || got != nil {
			t.Errorf("%v %q: %v %v", c.field.Type, c.text, got, err)
		}
	}
}
