package sheet

import (
	"testing"
	"time"

	"fieldbook/data"
)

func TestDaysAsProgramsAndPeopleWriteThem(t *testing.T) {
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	york, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text  string
		order DayOrder
		zone  *time.Location
		want  string
	}{
		{"2026-03-31T23:30:00Z", YearFirst, oslo, "2026-04-01"},
		{"2026-03-31T23:30:00Z", YearFirst, york, "2026-03-31"},
		{"2026-03-31T23:30:00.000+0000", YearFirst, oslo, "2026-04-01"},
		{"2026-03-31 23:30:00 UTC", YearFirst, oslo, "2026-04-01"},
		{"2026-04-01T01:30:00+02:00", YearFirst, york, "2026-03-31"},
		{"2026-04-01T00:00:00Z", YearFirst, york, "2026-04-01"},
		{"2026-04-01 00:00:00+00:00", YearFirst, york, "2026-04-01"},
		{"2026-03-31 23:30:00", YearFirst, oslo, "2026-03-31"},
		{"3/31/2026, 11:30 PM GMT+2", MonthFirst, oslo, "2026-03-31"},
		{"3/31/2026 9:30 PM EST", MonthFirst, oslo, "2026-04-01"},
		{"31.03.2026 23:59 CET", DayFirst, oslo, "2026-04-01"},
		{"31/03/2026, 14:05", DayFirst, nil, "2026-03-31"},
		{"31.3.26", AnyOrder, nil, "2026-03-31"},
		{"14. März 2026", AnyOrder, nil, "2026-03-14"},
		{"14 mars 2026", AnyOrder, nil, "2026-03-14"},
		{"1er février 2026", AnyOrder, nil, "2026-02-01"},
		{"sábado, 14 de marzo de 2026", AnyOrder, nil, "2026-03-14"},
		{"14 de março de 2026", AnyOrder, nil, "2026-03-14"},
		{"14 mrt. 2026", AnyOrder, nil, "2026-03-14"},
		{"14 gennaio 2026", AnyOrder, nil, "2026-01-14"},
		{"Mo, 2. Dez. 2025", AnyOrder, nil, "2025-12-02"},
		{"February 1, 2026 9:12 AM", AnyOrder, nil, "2026-02-01"},
		{"46095", Serial1900, nil, "2026-03-14"},
		{"46095.7083", Serial1900, nil, "2026-03-14"},
		{"44633", Serial1904, nil, "2026-03-14"},
	} {
		d, err := ParseDayIn(c.text, c.order, c.zone)
		if err != nil || d.String() != c.want {
			t.Errorf("%q: %v, %v, want %s", c.text, d, err, c.want)
		}
	}
	for _, text := range []string{"2026-03-31T25:30:00Z", "31 undezember 2026", "2026-03-31 10:00 QQQ"} {
		if d, err := ParseDayIn(text, YearFirst, oslo); err == nil {
			t.Errorf("%q is read as %v", text, d)
		}
	}
}

func TestInstantsAsNumbers(t *testing.T) {
	oslo := time.FixedZone("", 3600)
	for text, want := range map[string]string{"1773529200000": "2026-03-15", "1773446400000": "2026-03-14", "1773446400": "2026-03-14"} {
		if d, ok := ParseEpoch(text, oslo); !ok || d.String() != want {
			t.Errorf("%s: %v", text, d)
		}
	}
	for _, text := range []string{"", "46095", "9999999999999", "12345678901", "abc"} {
		if d, ok := ParseEpoch(text, oslo); ok {
			t.Errorf("%q is read as %v", text, d)
		}
	}
}

func TestAmountsAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		text     string
		mark     DecimalMark
		minor    int64
		currency string
	}{
		{"1.2k", Point, 120_000, ""},
		{"$1.5M", Point, 150_000_000, ""},
		{"1,5 Mio. €", Comma, 150_000_000, "EUR"},
		{"2 mln PLN", Comma, 200_000_000, "PLN"},
		{"CHF 1'234.50", AnyMark, 123_450, "CHF"},
		{"70,-", Comma, 7_000, ""},
		{"€ 70,-", Comma, 7_000, "EUR"},
		{"CHF 70.--", Point, 7_000, "CHF"},
		{"70-", Point, -7_000, ""},
		{"(70)", Point, -7_000, ""},
		{"($1,234.50)", Point, -123_450, ""},
		{"₹1,23,45,678.90", AnyMark, 1_234_567_890, "INR"},
		{"Rs. 12,34,567", AnyMark, 123_456_700, ""},
		{"1.234,56", AnyMark, 123_456, ""},
		{"1 234,56 kr", AnyMark, 123_456, ""},
		{"R$ 48.000,50", AnyMark, 4_800_050, "BRL"},
		{"USD 12,500.00", AnyMark, 1_250_000, "USD"},
		{"12,500.00 USD", AnyMark, 1_250_000, "USD"},
		{"-€5", AnyMark, -500, "EUR"},
		{"3,100", Point, 310_000, ""},
		{"+3", Point, 300, ""},
	} {
		minor, currency, err := ParseMoney(c.text, 2, c.mark)
		if err != nil || minor != c.minor || currency != c.currency || data.Currency(currency) != "" && !data.Currency(currency).Valid() {
			t.Errorf("%q: %d %s, %v", c.text, minor, currency, err)
		}
	}
}

func TestSecondsOfDay(t *testing.T) {
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	day := data.NewDay(2026, time.February, 10)
	for text, want := range map[string]int{
		"2026-02-10 09:00:00": 32_400, "2/10/2026 9:12 AM": 33_120, "2/10/2026 12:30 am": 1800, "2026-02-10T08:00:00Z": 32_400, "2026-02-10T08:00:00.000+0000": 32_400,
		"10.02.2026 09.30": 34_200, "1770714000": 36_000, "2026-02-10": 0, "2026-02-10 00:00:00": 0, "10.02.2026": 0, "10.02.26": 0, "2026-02-10 25:00": 0, "": 0,
	} {
		if got, ok := SecondsOfDay(text, day, oslo); got != want || ok != (want > 0) {
			t.Errorf("%q: %d %v, want %d", text, got, ok, want)
		}
	}
}
