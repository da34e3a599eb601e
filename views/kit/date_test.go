package kit

import (
	"testing"
	"time"

	"fieldbook/data"
)

func TestParseTyped(t *testing.T) {
	today := data.NewDay(2017, time.November, 15) // a Wednesday
	us := DateStyle{Order: MonthDayYear, Calendar: data.Calendar{Start: time.January}}
	eu := DateStyle{Order: DayMonthYear}
	iso := DateStyle{Order: YearMonthDay}
	fiscal := DateStyle{Calendar: data.Calendar{Start: time.February}}
	for _, c := range []struct {
		text  string
		style DateStyle
		want  string
	}{
		{"", us, ""},
		{"today", us, "2017-11-15"},
		{"TOD", us, "2017-11-15"},
		{"tomorrow", us, "2017-11-16"},
		{"tom", us, "2017-11-16"},
		{"yesterday", us, "2017-11-14"},
		{"fri", us, "2017-11-17"},
		{"wed", us, "2017-11-22"},
		{"we", us, "2017-11-22"},
		{"monday", us, "2017-11-20"},
		{"next fri", us, "2017-11-24"},
		{"next  monday", us, "2017-11-20"},
		{"this fri", us, "2017-11-17"},
		{"this mon", us, "2017-11-13"},
		{"last fri", us, "2017-11-10"},
		{"last wed", us, "2017-11-08"},
		{"last tue", us, "2017-11-14"},
		{"sun", us, "2017-11-19"},
		{"next sun", us, "2017-11-26"},
		{"+2w", us, "2017-11-29"},
		{"+3d", us, "2017-11-18"},
		{"-1m", us, "2017-10-15"},
		{"3d", us, "2017-11-18"},
		{"+1q", us, "2018-02-15"},
		{"1y", us, "2018-11-15"},
		{"in 3 days", us, "2017-11-18"},
		{"2 weeks ago", us, "2017-11-01"},
		{"+ 2 w", us, "2017-11-29"},
		{"next week", us, "2017-11-22"},
		{"next month", us, "2017-12-15"},
		{"end of month", us, "2017-11-30"},
		{"eom", us, "2017-11-30"},
		{"eoq", us, "2017-12-31"},
		{"end of quarter", us, "2017-12-31"},
		{"eoy", us, "2017-12-31"},
		{"eow", us, "2017-11-17"},
		{"eoq", fiscal, "2018-01-31"},
		{"eoy", fiscal, "2018-01-31"},
		{"eoq", eu, "2017-12-31"},
		{"12", us, "2017-12-12"},
		{"15", us, "2017-11-15"},
		{"20th", us, "2017-11-20"},
		{"31", us, "2017-12-31"},
		{"12 mar", us, "2018-03-12"},
		{"mar 12", us, "2018-03-12"},
		{"March 12, 2018", us, "2018-03-12"},
		{"12 mar 18", us, "2018-03-12"},
		{"1st dec", us, "2017-12-01"},
		{"12-mar-2017", us, "2017-03-12"},
		{"5 sept", us, "2018-09-05"},
		{"29 feb", us, "2020-02-29"},
		{"2017-03-01", us, "2017-03-01"},
		{"20170301", us, "2017-03-01"},
		{"2017/3/1", eu, "2017-03-01"},
		{"3/1/2017", us, "2017-03-01"},
		{"3/1/2017", eu, "2017-01-03"},
		{"1.3.2017", eu, "2017-03-01"},
		{"17/3/1", iso, "2017-03-01"},
		{"3/1", us, "2018-03-01"},
		{"3/1", eu, "2018-01-03"},
		{"12/31/17", us, "2017-12-31"},
	} {
		got, err := ParseTyped(c.text, today, c.style)
		if err != nil || got.String() != c.want {
			t.Errorf("%q order %d: got %s, %v; want %s", c.text, c.style.Order, got, err, c.want)
		}
	}
}

func TestParseTypedRefuses(t *testing.T) {
	today := data.NewDay(2017, time.January, 31)
	for _, text := range []string{"someday", "32", "0", "31 apr", "2017-02-30", "13/13/2017", "2/30/2017", "+w", "+99999d", "fr i", "12 mar 1", "-", "--", "a", "f", "1/2/3/4"} {
		d, err := ParseTyped(text, today, DateStyle{})
		if data.KindOf(err) != data.Invalid || d.Valid() {
			t.Errorf("%q: got %s, %v; want an Invalid error", text, d, err)
		}
	}
}

func FuzzParseTyped(f *testing.F) {
	for _, s := range []string{"fri", "+2w", "12 mar", "2017-03-01", "3/1/17", "end of month", "–3d", "٣d"} {
		f.Add(s, 0)
	}
	today := data.NewDay(2017, time.November, 15)
	f.Fuzz(func(t *testing.T, s string, order int) {
		d, err := ParseTyped(s, today, DateStyle{Order: DateOrder(order)})
		if err != nil {
			if d.Valid() {
				t.Fatalf("%q: a day %s beside the error %v", s, d, err)
			}
			return
		}
		if !d.Valid() {
			return
		}
		if again, err := ParseTyped(d.String(), today, DateStyle{}); err != nil || again != d {
			t.Fatalf("%q gives %s, which reads back as %s, %v", s, d, again, err)
		}
	})
}

func TestFormatReadsBack(t *testing.T) {
	d := data.NewDay(2017, time.March, 1)
	for _, order := range []DateOrder{MonthDayYear, DayMonthYear, YearMonthDay} {
		style := DateStyle{Order: order}
		got, err := ParseTyped(style.Format(d), d, style)
		if err != nil || got != d {
			t.Errorf("order %d: %q reads back as %s, %v", order, style.Format(d), got, err)
		}
	}
}
