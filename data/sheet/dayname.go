package sheet

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"fieldbook/data"
)

func isLetter(r rune) bool { return unicode.IsLetter(r) }

// namedDay reads days with the month in English words: 3 Mar 2017,
// March 3rd, 2017, 3-Mar-17, 2017 Mar 3, Fri 3 March 2017 10:00. named is
// false where no month stands in the text.
func namedDay(text, body string) (day data.Day, named bool, err error) {
	if i := strings.IndexByte(body, ':'); i >= 0 { // drop the time of day
		cut := strings.LastIndexAny(body[:i], " T")
		if cut < 0 || !validClock(strings.TrimSpace(body[cut+1:])) {
			return data.NoDay, strings.ContainsFunc(body[:max(cut, 0)], isLetter) && monthIn(body), dayError(text, "has a time of day that cannot be read")
		}
		body = body[:cut]
	}
	var month time.Month
	var numbers []string
	for _, word := range strings.FieldsFunc(body, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		switch m := monthNamed(word); {
		case m != 0 && month != 0:
			return data.NoDay, true, dayError(text, "names two months")
		case m != 0:
			month = m
		case weekdayNamed(word) || word == "of" || word == "the":
		default:
			numbers = append(numbers, trimOrdinal(word))
		}
	}
	if month == 0 {
		return data.NoDay, false, nil
	}
	if len(numbers) != 2 {
		return data.NoDay, true, dayError(text, "needs a day, a month and a year")
	}
	dayText, yearText := numbers[0], numbers[1]
	if len(dayText) == 4 {
		dayText, yearText = yearText, dayText
	}
	d, dayErr := strconv.Atoi(dayText)
	if _, err := strconv.Atoi(yearText); err != nil || dayErr != nil || len(yearText) > 4 {
		return data.NoDay, true, dayError(text, "is not a day")
	}
	day, err = civilDay(text, fullYear(yearText), int(month), d)
	return day, true, err
}

// monthIn reports whether a word of body names a month.
func monthIn(body string) bool {
	for _, word := range strings.FieldsFunc(body, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if monthNamed(word) != 0 {
			return true
		}
	}
	return false
}

// monthNamed gives the month of an English name or its short form; 0 if none.
func monthNamed(word string) time.Month {
	word = strings.ToLower(word)
	if word == "sept" {
		return time.September
	}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if word == name || word == name[:3] {
			return m
		}
	}
	return 0
}

func weekdayNamed(word string) bool {
	word = strings.ToLower(word)
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		if len(word) >= 3 && strings.HasPrefix(name, word) {
			return true
		}
	}
	return false
}

// trimOrdinal turns 3rd into 3.
func trimOrdinal(word string) string {
	low := strings.ToLower(word)
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		if bare, ok := strings.CutSuffix(low, ending); ok && bare != "" {
			return bare
		}
	}
	return word
}
