package sheet

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
)

func TestParseDay(t *testing.T) {
	for _, c := range []struct {
		text  string
		order DayOrder
		want  string // the day, or words of the error
	}{
		{"", AnyOrder, ""},
		{"2017-03-31", AnyOrder, "2017-03-31"},
		{"2017-03-31", DayFirst, "2017-03-31"},
		{"2017/3/1", MonthFirst, "2017-03-01"},
		{"2017.03.01", AnyOrder, "2017-03-01"},
		{"20170331", AnyOrder, "2017-03-31"},
		{"2017-03-31T23:30:00Z", AnyOrder, "2017-03-31"},
		{"2017-03-31T23:30:00.250+02:00", AnyOrder, "2017-03-31"},
		{"2017-03-31 10:15:00 UTC", AnyOrder, "2017-03-31"},
		{"3/1/2017 2:05 PM", MonthFirst, "2017-03-01"},
		{"3/31/2017", AnyOrder, "2017-03-31"},
		{"31/3/2017", AnyOrder, "2017-03-31"},
		{"3/4/2017", AnyOrder, "which"},
		{"3/3/2017", AnyOrder, "2017-03-03"},
		{"3/4/2017", MonthFirst, "2017-03-04"},
		{"3/4/2017", DayFirst, "2017-04-03"},
		{"3.4.2017", AnyOrder, "2017-04-03"},
		{"31.12.99", AnyOrder, "1999-12-31"},
		{"17-03-31", AnyOrder, "which"},
		{"1-2-68", DayFirst, "2068-02-01"},
		{"17-03-31", YearFirst, "2017-03-31"},
		{"31/05/2017", MonthFirst, "no month 31"},
		{"05/31/2017", DayFirst, "no month 31"},
		{"05/31/2017", YearFirst, "year first"},
		{"3 Mar 2017", AnyOrder, "2017-03-03"},
		{"Mar 3, 2017", DayFirst, "2017-03-03"},
		{"March 3rd, 2017", AnyOrder, "2017-03-03"},
		{"3-Sept-17", AnyOrder, "2017-09-03"},
		{"Fri, 31 March 2017 10:00", AnyOrder, "2017-03-31"},
		{"31st of May 2017", AnyOrder, "2017-05-31"},
		{"2017 Mar 3", AnyOrder, "2017-03-03"},
		{"Mar 2017", AnyOrder, "needs a day"},
		{"2017-02-29", AnyOrder, "no day 29"},
		{"2016-02-29", AnyOrder, "2016-02-29"},
		{"2017-13-01", AnyOrder, "no month 13"},
		{"0000-01-01", AnyOrder, "year"},
		{"1/2017/3", AnyOrder, "middle"},
		{"2017-03-31 25:00", AnyOrder, "time of day"},
		{"next week", AnyOrder, "is not a day"},
		{"12345", AnyOrder, "is not a day"},
		{strings.Repeat("9", 80), AnyOrder, "too long"},
		{"42795", Serial1900, "2017-03-01"},
		{"42795.75", Serial1900, "2017-03-01"},
		{"1", Serial1900, "1900-01-01"},
		{"59", Serial1900, "1900-02-28"},
		{"60", Serial1900, "no day"},
		{"61", Serial1900, "1900-03-01"},
		{"0", Serial1904, "1904-01-01"},
		{"41333", Serial1904, "2017-03-01"},
		{"-1", Serial1900, "not an Excel day"},
		{"NaN", Serial1900, "not an Excel day"},
	} {
		d, err := ParseDay(c.text, c.order)
		if err == nil && d.String() != c.want || err != nil && (c.want == "" || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%q %v: %v %v, want %s", c.text, c.order, d, err, c.want)
		}
	}
}

func TestDayEvidence(t *testing.T) {
	for name, c := range map[string]struct {
		values    string
		order     DayOrder
		ambiguous bool
		why       string
	}{
		"one decides":    {"3/4/2017 31/05/2017 1/2/2017", DayFirst, false, `line 2: "31/05/2017" can only be day first`},
		"month decides":  {"3/4/2017 05/31/2017", MonthFirst, false, "can only be month first"},
		"both":           {"05/31/2017 31/05/2017", MonthFirst, true, "mixes"},
		"most decide":    {"15/12/2026 31/01/2027 02/13/2026", DayFirst, true, "mixes"},
		"none decides":   {"3/4/2017 5/6/2017", MonthFirst, true, "month first or day first"},
		"all alike":      {"3/3/2017 2017-03-04", DayFirst, false, "same in any order"},
		"iso":            {"2017-03-31 2017-04-01", YearFirst, false, "same"},
		"short year":     {"17-03-31 17-12-30", DayFirst, true, "day first or year first"},
		"short year 99":  {"99-03-31 17-12-30", YearFirst, false, "year first"},
		"short at end":   {"03/04/17 31/05/17", DayFirst, false, "day first"},
		"serials":        {"42795 42796", Serial1900, false, "Excel"},
		"dots need them": {"1.2.2017 13.2.2017", DayFirst, false, "day first"},
		"dots alone":     {"1.2.2017 3.4.2017", DayFirst, false, "has points, and so is day first"},
		"no days":        {"red blue", YearFirst, false, "no days"},
	} {
		var e DayEvidence
		for i, v := range strings.Fields(c.values) {
			e.Add(i+1, v)
		}
		e.Add(99, "  ")
		v := e.Result()
		if v.Order != c.order || v.Ambiguous != c.ambiguous || !strings.Contains(v.Why, c.why) || v.Values != len(strings.Fields(c.values)) {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

func TestParseNumber(t *testing.T) {
	for _, c := range []struct {
		text string
		mark DecimalMark
		want float64
		fail string
	}{
		{"1234", AnyMark, 1234, ""},
		{"1,234.56", AnyMark, 1234.56, ""},
		{"1.234,56", AnyMark, 1234.56, ""},
		{"1 234,56", AnyMark, 1234.56, ""},
		{"1\u202f234,56", Comma, 1234.56, ""},
		{"1'234", AnyMark, 1234, ""},
		{"1’234’567.5", AnyMark, 1234567.5, ""},
		{"12,34,567", AnyMark, 1234567, ""},
		{"1,00,00,000", Point, 1e7, ""},
		{"(70)", AnyMark, -70, ""},
		{"70-", AnyMark, -70, ""},
		{"−70", AnyMark, -70, ""},
		{"- 70", AnyMark, -70, ""},
		{"+70", AnyMark, 70, ""},
		{"12.5%", Point, 0.125, ""},
		{"12,5 %", Comma, 0.125, ""},
		{"0,125", AnyMark, 0.125, ""},
		{"12,5", AnyMark, 12.5, ""},
		{"1.5E+3", Point, 1500, ""},
		{"4.27E-07", Point, 4.27e-07, ""},
		{".5", Point, 0.5, ""},
		{"5.", Point, 5, ""},
		{"-0", AnyMark, 0, ""},
		{"3,100", Point, 3100, ""},
		{"3,100", Comma, 3.1, ""},
		{"3.100", AnyMark, 0, "thousands or decimals"},
		{"3,100", AnyMark, 0, "thousands or decimals"},
		{"12,34", Point, 0, "separators"},
		{"1,23,456,7", Point, 0, "separators"},
		{"1.2.3", Point, 0, "behind the decimal mark"},
		{"1,234.5,6", Comma, 0, "decimal mark"},
		{"NaN", AnyMark, 0, "not a number"},
		{"Inf", AnyMark, 0, "not a number"},
		{"1e400", AnyMark, 0, "too large"},
		{"1e999", AnyMark, 0, "too large"},
		{"12 apples", AnyMark, 0, "apples"},
		{"$5", AnyMark, 0, "$"},
		{"--5", AnyMark, 0, "more than one sign"},
		{"(-5)", AnyMark, 0, "more than one sign"},
		{"(5", AnyMark, 0, "bracket"},
		{"", AnyMark, 0, "not a number"},
		{"5%%", AnyMark, 0, "percent"},
		{"1/2", AnyMark, 0, "not a number"},
		{strings.Repeat("1", 200), AnyMark, 0, "too long"},
	} {
		n, err := ParseNumber(c.text, c.mark)
		if c.fail == "" && (err != nil || math.Abs(n-c.want) > 1e-12*math.Abs(c.want)) || c.fail != "" && (err == nil || !strings.Contains(err.Error(), c.fail)) {
			t.Errorf("%q %q: %v %v, want %v %q", c.text, c.mark, n, err, c.want, c.fail)
		}
		if math.Signbit(n) && n == 0 {
			t.Errorf("%q: minus nought", c.text)
		}
	}
}

func TestNumberEvidence(t *testing.T) {
	for name, c := range map[string]struct {
		values    string
		mark      DecimalMark
		ambiguous bool
		why       string
	}{
		"one decides":   {"3,100 2,5", Comma, false, `line 2: "2,5"`},
		"point":         {"3,100 1,234.50", Point, false, "decimal point"},
		"unclear":       {"3,100 4,200", Point, true, "thousands or decimals"},
		"unclear point": {"3.100 4.200", Comma, true, "thousands or decimals"},
		"mixed":         {"3.5 3,5", Point, true, "mixes"},
		"whole":         {"3 4 500", Point, false, "no decimals"},
		"money":         {"€3,50 €3.000,00", Comma, false, "comma"},
		"none":          {"a b", Point, false, "no numbers"},
		"thousands":     {"1.234.567 3.100", Comma, false, "comma"},
		"words beside":  {"x 3.5", Point, false, "point"},
	} {
		var e NumberEvidence
		for i, v := range strings.Fields(c.values) {
			e.Add(i+1, v)
		}
		e.Add(99, "")
		if v := e.Result(); v.Mark != c.mark || v.Ambiguous != c.ambiguous || !strings.Contains(v.Why, c.why) {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

func TestParseMoney(t *testing.T) {
	for _, c := range []struct {
		text     string
		decimals int
		mark     DecimalMark
		minor    int64
		currency string
		fail     string
	}{
		{"1,234.50", 2, Point, 123450, "", ""},
		{"$1,234.5", 2, Point, 123450, "", ""},
		{"1.234,50 €", 2, Comma, 123450, "EUR", ""},
		{"US$ 5", 2, Point, 500, "USD", ""},
		{"USD 5", 2, Point, 500, "USD", ""},
		{"usd $5", 2, Point, 500, "USD", ""},
		{"5 nok", 2, Point, 500, "NOK", ""},
		{"kr 5", 2, Point, 500, "", ""},
		{"-$70", 2, Point, -7000, "", ""},
		{"$-70", 2, Point, -7000, "", ""},
		{"($70.00)", 2, Point, -7000, "", ""},
		{"70.00-", 2, Point, -7000, "", ""},
		{"1234.5000", 2, Point, 123450, "", ""},
		{"1234.567", 2, Point, 0, "", "more than 2 decimals"},
		{"1234.567", 3, Point, 1234567, "", ""},
		{"¥1,234", 0, Point, 1234, "", ""},
		{"12.5", 0, Point, 0, "", "more than 0 decimals"},
		{"1.5E+3", 2, Point, 150000, "", ""},
		{"92233720368547758.07", 2, Point, math.MaxInt64, "", ""},
		{"92233720368547758.08", 2, Point, 0, "", "too large"},
		{"1e300", 2, Point, 0, "", "too large"},
		{"0.00", 2, Point, 0, "", ""},
		{"-0", 2, Point, 0, "", ""},
		{"5%", 2, Point, 0, "", "percentage"},
		{"5 pieces", 2, Point, 0, "", "no currency"},
		{"GBP €5", 2, Point, 0, "", "belong together"},
		{"n/a", 2, Point, 0, "", "not a number"},
		{"3,100", 2, AnyMark, 0, "", "thousands or decimals"},
		{"zł 5", 2, Point, 500, "PLN", ""},
		{"R$5", 2, Point, 500, "BRL", ""},
	} {
		minor, currency, err := ParseMoney(c.text, c.decimals, c.mark)
		if c.fail == "" && (err != nil || minor != c.minor || currency != c.currency) || c.fail != "" && (err == nil || !strings.Contains(err.Error(), c.fail)) {
			t.Errorf("%q: %d %s %v, want %d %s %q", c.text, minor, currency, err, c.minor, c.currency, c.fail)
		}
	}
}

func TestMoneyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor, decimals := rapid.Int64().Draw(t, "minor"), rapid.IntRange(0, 4).Draw(t, "decimals")
		if minor == math.MinInt64 {
			minor++
		}
		got, _, err := ParseMoney(data.DecimalString(minor, decimals), decimals, Point)
		if err != nil || got != minor {
			t.Fatalf("%d came back as %d, %v", minor, got, err)
		}
	})
}

func TestParseBool(t *testing.T) {
	for text, want := range map[string]bool{"true": true, " YES ": true, "1": true, "x": true, "False": false, "n": false, "0": false} {
		if got, err := ParseBool(text); err != nil || got != want {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "maybe", "2"} {
		if _, err := ParseBool(text); err == nil {
			t.Errorf("%q is read as yes or no", text)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{{"GTX Pro", "GTXPro", "gtx-pro", " G.T.X. PRO "}, {"Café Zürich", "cafe zurich", "CAFE\u0301 ZURICH"}, {"Straße", "STRASSE"}, {"Ølåf Łódź", "olaf lodz"}, {"ﬁne ①", "fine 1"}} {
		for _, name := range same[1:] {
			if Fold(name) != Fold(same[0]) {
				t.Errorf("%q and %q: %q and %q", same[0], name, Fold(same[0]), Fold(name))
			}
		}
	}
	if Fold("★★") == Fold("☆☆") || Fold("GTX Pro") == Fold("GTX Plus Pro") {
		t.Error("different names fold alike")
	}
	const apart = "\u0300\u00b8" // a space comes out between the two marks
	if once := Fold(apart); Fold(once) != once {
		t.Errorf("%q folds to %q and then to %q", apart, once, Fold(once))
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		if once := Fold(name); Fold(once) != once {
			t.Fatalf("%q folds to %q and then to %q", name, once, Fold(once))
		}
	})
}

func FuzzDay(f *testing.F) {
	for _, seed := range []string{"2017-03-31", "3/4/17", "Mar 3, 2017", "42795", "31.12.2017 10:00", "::", "T", "3 Mar 10:"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var e DayEvidence
		e.Add(1, text)
		e.Result()
		for order := AnyOrder; order <= Serial1904; order++ {
			d, err := ParseDay(text, order)
			if err != nil || !d.Valid() {
				continue
			}
			if again, err := ParseDay(d.String(), AnyOrder); err != nil || again != d {
				t.Fatalf("%q is %v, read back as %v %v", text, d, again, err)
			}
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, seed := range []string{"1,234.56", "(70)", "12.5%", "1e400", "1'234", ".,", "-.5-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, mark := range []DecimalMark{AnyMark, Point, Comma} {
			if n, err := ParseNumber(text, mark); err == nil && (math.IsNaN(n) || math.IsInf(n, 0)) {
				t.Fatalf("%q is %v", text, n)
			}
		}
	})
}

func FuzzMoney(f *testing.F) {
	for _, seed := range []string{"$1,234.56", "(70) EUR", "92233720368547758.08", "US$", "5 %", "1e-5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		minor, currency, err := ParseMoney(text, 2, Point)
		if err != nil {
			return
		}
		again, _, err := ParseMoney(currency+" "+data.DecimalString(minor, 2), 2, Point)
		if err != nil || again != minor {
			t.Fatalf("%q is %d, read back as %d %v", text, minor, again, err)
		}
	})
}
