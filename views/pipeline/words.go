package pipeline

import (
	"strings"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// words writes figures, days and names as this screen shows them.
type words struct {
	num   report.Numbers
	today data.Day
	view  kit.View
}

func newWords(book app.Book, today data.Day) words {
	months := make([]string, 12)
	for i, m := range report.English().Months {
		months[i] = lang.T(m)
	}
	return words{report.Numbers{Currency: book.Currency, Symbol: symbol(book.Currency), Locale: report.Locale{Months: months}}, today, kit.View{}}
}

// symbol is a currency's sign where one is known everywhere, else nothing.
func symbol(c data.Currency) string {
	return map[data.Currency]string{"USD": "$", "EUR": "€", "GBP": "£"}[c]
}

// day writes a day as lists do: "today", "Nov 17", in another year "Nov 17, 2017".
func (w words) day(d data.Day) string {
	switch {
	case !d.Valid():
		return kit.EnDash
	case d == w.today:
		return lang.T("today")
	case w.thisYear(d):
		return w.num.Day(d)
	}
	return w.num.DayYear(d)
}

// dayShort fits a card: in another year only "Nov 2017".
func (w words) dayShort(d data.Day) string {
	if !d.Valid() || d == w.today || w.thisYear(d) {
		return w.day(d)
	}
	full := w.num.DayYear(d)
	month, _, _ := strings.Cut(full, " ")
	return month + " " + full[len(full)-4:]
}

func (w words) thisYear(d data.Day) bool {
	y, _, _ := d.Date()
	now, _, _ := w.today.Date()
	return y == now
}

// weekday writes a day with its weekday: "Tue, Nov 14".
func (w words) weekday(d data.Day) string {
	if !d.Valid() {
		return kit.EnDash
	}
	if d == w.today {
		return lang.T("Today")
	}
	return lang.T(d.Weekday().String()[:3]) + ", " + w.day(d)
}

// days writes a stay: "19 d".
func (w words) days(n int) string { return lang.T("%s d", w.num.Count(n)) }

// percent writes a probability: "55%".
func (w words) percent(p float64) string { return w.num.Number(p, 0) + "%" }

// stepIcon is the icon of what a next step is about, by its first words.
func stepIcon(step string) string {
	switch stepType(step) {
	case "call":
		return "phone"
	case "email":
		return "mail"
	case "meeting":
		return "user"
	case "visit":
		return "pin"
	case "note":
		return "file"
	}
	return "check"
}

// stepType is the type of activity that a step in words most likely is.
func stepType(step string) string {
	s := " " + strings.ToLower(step) + " "
	for _, t := range []struct {
		kind  string
		words []string
	}{
		{"visit", []string{"visit", "site"}},
		{"meeting", []string{"meet", "demo", "review", "present", "lunch", "workshop"}},
		{"email", []string{"mail", "send", "quote ", "chase", "intro"}},
		{"call", []string{"call", "phone", "ring", "confirm", "qualify", "discuss"}},
		{"note", []string{"contract", "sign", "document"}},
	} {
		if t.kind == "email" && strings.Contains(s, " call") {
			continue
		}
		for _, word := range t.words {
			if strings.Contains(s, " "+word) {
				return t.kind
			}
		}
	}
	return "task"
}

// activityIcon is the icon of a type of activity.
func activityIcon(kind string) string {
	icons := map[string]string{"call": "phone", "email": "mail", "meeting": "user", "visit": "pin", "note": "file"}
	if icon, ok := icons[kind]; ok {
		return icon
	}
	return "check"
}
