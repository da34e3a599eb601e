package kit

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// DateOrder is the order in which a locale writes day, month and year in figures.
type DateOrder int

// The orders in use.
const (
	MonthDayYear DateOrder = iota // 3/1/2017 is March 1
	DayMonthYear                  // 3/1/2017 is January 3
	YearMonthDay                  // 17/3/1 is March 1
)

// DateStyle is how a person writes and reads days.
type DateStyle struct {
	Order     DateOrder
	WeekStart time.Weekday
	Calendar  data.Calendar // for "end of quarter" and "end of year"; the zero value starts in January
}

const dateAdvice = `%q is not a day; write it as "fri", "+2w", "12 mar", "end of month" or 2017-03-01`

// ParseTyped reads a day as people type it, seen from today: "today",
// "tomorrow", "fri" (the next one after today), "next fri" (in the week after
// this one, weeks begin on Monday), "last fri", "+2w", "in 3 days", "-1m",
// "end of month", "eoq", "12" (the next 12th, today included), "12 mar" (the
// next one), "12 mar 18", "2017-03-01", and figures in the style's order.
// Empty text is NoDay. Anything else is an Invalid error whose message can
// stand beside the field.
func ParseTyped(text string, today data.Day, style DateStyle) (data.Day, error) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	if text == "" {
		return data.NoDay, nil
	}
	for _, read := range []func(string, data.Day, DateStyle) (data.Day, bool){
		namedDay, weekdayName, relativeDay, endOf, dayOfMonth, isoDay, writtenMonth, figures,
	} {
		if d, ok := read(text, today, style); ok {
			return d, nil
		}
	}
	return data.NoDay, mistake(dateAdvice, text)
}

func namedDay(text string, today data.Day, _ DateStyle) (data.Day, bool) {
	for _, n := range []struct {
		name string
		add  int
	}{{"today", 0}, {"tomorrow", 1}, {"yesterday", -1}} {
		if len(text) >= 3 && strings.HasPrefix(n.name, text) {
			return today.AddDays(n.add), true
		}
	}
	switch text {
	case "next week":
		return today.AddDays(7), true
	case "next month":
		return today.AddMonths(1), true
	case "next quarter":
		return today.AddMonths(3), true
	case "next year":
		return today.AddMonths(12), true
	}
	return data.NoDay, false
}

// weekdayName reads "fri", "this fri", "next fri" and "last fri".
func weekdayName(text string, today data.Day, _ DateStyle) (data.Day, bool) {
	word, name := "", text
	if a, b, ok := strings.Cut(text, " "); ok {
		word, name = a, b
	}
	w, ok := weekdayOf(name)
	if !ok {
		return data.NoDay, false
	}
	monday := app.MondayOf(today)
	inWeek := (int(w) + 6) % 7
	ahead := (int(w) - int(today.Weekday()) + 7) % 7
	switch word {
	case "", "on":
		if ahead == 0 {
			ahead = 7
		}
		return today.AddDays(ahead), true
	case "this":
		return monday.AddDays(inWeek), true
	case "next":
		return monday.AddDays(7 + inWeek), true
	case "last":
		return today.AddDays(ahead - 7), true
	}
	return data.NoDay, false
}

func weekdayOf(name string) (time.Weekday, bool) {
	name = strings.TrimSuffix(name, ".")
	for w := time.Sunday; w <= time.Saturday; w++ {
		if len(name) >= 2 && strings.HasPrefix(strings.ToLower(w.String()), name) {
			return w, true
		}
	}
	return 0, false
}

// relativeDay reads "+2w", "-1m", "3d", "in 2 weeks" and "3 days ago".
func relativeDay(text string, today data.Day, _ DateStyle) (data.Day, bool) {
	sign := 1
	switch {
	case strings.HasPrefix(text, "in "):
		text = text[3:]
	case strings.HasSuffix(text, " ago"):
		sign, text = -1, strings.TrimSuffix(text, " ago")
	case text[0] == '+':
		text = text[1:]
	case text[0] == '-', strings.HasPrefix(text, "–"):
		sign, text = -1, strings.TrimPrefix(strings.TrimPrefix(text, "-"), "–")
	}
	text = strings.TrimSpace(text)
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) })
	if end <= 0 {
		return data.NoDay, false
	}
	n, err := strconv.Atoi(text[:end])
	if err != nil || n > 10_000 {
		return data.NoDay, false
	}
	switch strings.TrimSpace(text[end:]) {
	case "d", "day", "days":
		return today.AddDays(sign * n), true
	case "w", "wk", "week", "weeks":
		return today.AddDays(sign * n * 7), true
	case "m", "mo", "month", "months":
		return today.AddMonths(sign * n), true
	case "q", "quarter", "quarters":
		return today.AddMonths(sign * n * 3), true
	case "y", "yr", "year", "years":
		return today.AddMonths(sign * n * 12), true
	}
	return data.NoDay, false
}

// endOf reads "end of week" (Friday), "eom", "end of quarter", "eoy".
func endOf(text string, today data.Day, style DateStyle) (data.Day, bool) {
	cal := style.Calendar
	if cal.Start == 0 {
		cal.Start = time.January
	}
	switch text {
	case "eow", "end of week":
		monday := app.MondayOf(today)
		return monday.AddDays(4), true
	case "eom", "end of month", "month end":
		return cal.MonthOf(today).To.AddDays(-1), true
	case "eoq", "end of quarter", "quarter end":
		return cal.QuarterOf(today).To.AddDays(-1), true
	case "eoy", "end of year", "year end":
		return cal.YearOf(today).To.AddDays(-1), true
	}
	return data.NoDay, false
}

// dayOfMonth reads a lone day of the month, "12" or "12th".
func dayOfMonth(text string, today data.Day, _ DateStyle) (data.Day, bool) {
	n, ok := ordinal(text)
	if !ok || n < 1 || n > 31 {
		return data.NoDay, false
	}
	first := today.MonthStart()
	for i := range 3 {
		y, m, _ := first.AddMonths(i).Date()
		if d, ok := civil(y, int(m), n); ok && d >= today {
			return d, true
		}
	}
	return data.NoDay, false
}

func ordinal(s string) (int, bool) {
	for _, suffix := range []string{"st", "nd", "rd", "th", "."} {
		s = strings.TrimSuffix(s, suffix)
	}
	if s == "" || len(s) > 2 {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0
}

func isoDay(text string, _ data.Day, _ DateStyle) (data.Day, bool) {
	if len(text) == 8 && strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' }) < 0 {
		text = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	d, err := data.ParseDay(text)
	if err != nil || !d.Valid() {
		return data.NoDay, false
	}
	y, _, _ := d.Date()
	return d, y >= 1
}

// writtenMonth reads a day with the month in letters, in either order, with or
// without a year.
func writtenMonth(text string, today data.Day, _ DateStyle) (data.Day, bool) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '-' || r == '/' })
	if len(words) < 2 || len(words) > 3 {
		return data.NoDay, false
	}
	month, ok := monthOf(words[1])
	first := words[0]
	if !ok {
		month, ok = monthOf(words[0])
		first = words[1]
	}
	day, dayOK := ordinal(first)
	if !ok || !dayOK {
		return data.NoDay, false
	}
	if len(words) == 2 {
		return nextCivil(today, int(month), day)
	}
	year, ok := yearOf(words[2])
	if !ok {
		return data.NoDay, false
	}
	return civil(year, int(month), day)
}

func monthOf(name string) (time.Month, bool) {
	name = strings.TrimSuffix(name, ".")
	for m := time.January; m <= time.December; m++ {
		if name == strings.TrimSuffix(strings.ToLower(monthShort(m)), ".") {
			return m, true
		}
		if len(name) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), name) {
			return m, true
		}
	}
	return time.September, name == "sept"
}

// figures reads "3/1/2017", "1.3.17" and "3/1" in the style's order.
func figures(text string, today data.Day, style DateStyle) (data.Day, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '.' || r == '-' || r == ' ' })
	if len(parts) < 2 || len(parts) > 3 {
		return data.NoDay, false
	}
	order := style.Order
	if len(parts[0]) == 4 {
		order = YearMonthDay
	}
	year, month, day := ordered(parts, order)
	m, okM := ordinal(month)
	d, okD := ordinal(day)
	if !okM || !okD {
		return data.NoDay, false
	}
	if year == "" {
		return nextCivil(today, m, d)
	}
	y, ok := yearOf(year)
	if !ok {
		return data.NoDay, false
	}
	return civil(y, m, d)
}

// ordered names the two or three parts of a date; year is "" where there are two.
func ordered(parts []string, order DateOrder) (year, month, day string) {
	switch {
	case len(parts) == 2 && order == DayMonthYear:
		return "", parts[1], parts[0]
	case len(parts) == 2:
		return "", parts[0], parts[1]
	case order == YearMonthDay:
		return parts[0], parts[1], parts[2]
	case order == DayMonthYear:
		return parts[2], parts[1], parts[0]
	default:
		return parts[2], parts[0], parts[1]
	}
}

// yearOf reads a year of four figures, or of two in this century.
func yearOf(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil || n < 0:
		return 0, false
	case len(s) == 2:
		return 2000 + n, true
	case len(s) == 4 && n >= 1:
		return n, true
	}
	return 0, false
}

// nextCivil is the first such month and day not before today; February 29 is
// looked for over a leap cycle.
func nextCivil(today data.Day, month, day int) (data.Day, bool) {
	year, _, _ := today.Date()
	for i := range 9 {
		if d, ok := civil(year+i, month, day); ok && d >= today {
			return d, true
		}
	}
	return data.NoDay, false
}

// civil is the day of a date, and whether there is such a date.
func civil(year, month, day int) (data.Day, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return data.NoDay, false
	}
	d := data.NewDay(year, time.Month(month), day)
	_, m, _ := d.Date()
	return d, int(m) == month
}

// Format writes the day in figures in the style's order, or "" for NoDay.
func (s DateStyle) Format(d data.Day) string {
	if !d.Valid() {
		return ""
	}
	y, m, day := d.Date()
	year := strconv.Itoa(y)
	switch s.Order {
	case DayMonthYear:
		return strconv.Itoa(day) + " " + monthShort(m) + " " + year
	case YearMonthDay:
		return d.String()
	default:
		return monthShort(m) + " " + strconv.Itoa(day) + ", " + year
	}
}

// Short writes the day without its year.
func (s DateStyle) Short(d data.Day) string {
	if !d.Valid() {
		return ""
	}
	_, m, day := d.Date()
	if s.Order == MonthDayYear {
		return monthShort(m) + " " + strconv.Itoa(day)
	}
	return strconv.Itoa(day) + " " + monthShort(m)
}

// Month writes the month of a day with its year.
func (s DateStyle) Month(d data.Day) string {
	y, m, _ := d.Date()
	return monthShort(m) + " " + strconv.Itoa(y)
}

// Moment writes the day and the time of an instant in a zone.
func (s DateStyle) Moment(i data.Instant, zone *time.Location) string {
	return s.Format(data.DayOf(i.Time(), zone)) + clock(i, zone)
}

// ShortMoment writes it without the year.
func (s DateStyle) ShortMoment(i data.Instant, zone *time.Location) string {
	return s.Short(data.DayOf(i.Time(), zone)) + clock(i, zone)
}

func clock(i data.Instant, zone *time.Location) string {
	return i.Time().In(zone).Format(", 3:04 PM")
}

// monthShort is a month's short name in the person's language.
func monthShort(m time.Month) string { return lang.T(m.String()[:3]) }
