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
	date, ok := cutClock(body)
	if !ok {
		return data.NoDay, strings.ContainsFunc(date, isLetter) && monthIn(body), dayError(text, "has a time of day that cannot be read")
	}
	months, numbers := dayWords(date)
	switch {
	case len(months) == 0:
		return data.NoDay, false, nil
	case len(months) > 1:
		return data.NoDay, true, dayError(text, "names two months")
	case len(numbers) != 2:
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
	day, err = civilDay(text, fullYear(yearText), int(months[0]), d)
	return day, true, err
}

// cutClock drops the time of day behind a day; ok is false where it cannot be
// read.
func cutClock(body string) (date string, ok bool) {
	i := strings.IndexByte(body, ':')
	if i < 0 {
		return body, true
	}
	cut := strings.LastIndexAny(body[:i], " T")
	if cut < 0 {
		return "", false
	}
	return body[:cut], validClock(strings.TrimSpace(body[cut+1:]))
}

// dayWords sorts the words of a day into months and numbers without their
// endings; weekdays and filling words drop out.
func dayWords(date string) (months []time.Month, numbers []string) {
	for _, word := range strings.FieldsFunc(date, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if m := monthNamed(word); m != 0 {
			months = append(months, m)
		} else if !weekdayNamed(word) && word != "of" && word != "the" {
			numbers = append(numbers, trimOrdinal(word))
		}
	}
	return months, numbers
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
