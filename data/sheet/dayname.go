package sheet

import (
	"slices"
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
		} else if !weekdayNamed(word) && !slices.Contains(dayFillers, strings.ToLower(word)) {
			numbers = append(numbers, trimOrdinal(word))
		}
	}
	return months, numbers
}

// dayFillers are the small words within a written day.
var dayFillers = []string{"of", "the", "de", "del", "den", "der", "le", "du", "di", "da", "at", "um", "à", "a"}

// monthIn reports whether a word of body names a month.
func monthIn(body string) bool {
	for _, word := range strings.FieldsFunc(body, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if monthNamed(word) != 0 {
			return true
		}
	}
	return false
}

// monthNamed gives the month of a name or its short form; 0 if none.
func monthNamed(word string) time.Month {
	word = Fold(word)
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if word == name || word == name[:3] {
			return m
		}
	}
	return monthAbroad(word)
}

// monthAbroad knows them in German, French, Spanish, Portuguese, Italian, Dutch
// and the Nordic languages.
func monthAbroad(fold string) time.Month {
	switch fold {
	case "januar", "janner", "janvier", "janv", "enero", "ene", "janeiro", "gennaio", "gen", "januari", "jän", "jaen":
		return time.January
	case "februar", "feber", "fevrier", "fevr", "fev", "febrero", "fevereiro", "febbraio", "februari":
		return time.February
	case "marz", "maerz", "mrz", "mars", "marzo", "março", "marco", "maart", "mrt":
		return time.March
	case "avril", "avr", "abril", "abr", "aprile":
		return time.April
	case "mai", "mayo", "maio", "maggio", "mag", "mei", "maj":
		return time.May
	case "juni", "juin", "junio", "junho", "giugno", "giu":
		return time.June
	case "juli", "juillet", "juil", "julio", "julho", "luglio", "lug":
		return time.July
	case "aout", "agosto", "ago", "augustus", "augusti":
		return time.August
	case "septembre", "septiembre", "setembro", "settembre", "set", "sept":
		return time.September
	case "oktober", "okt", "octobre", "octubre", "outubro", "out", "ottobre", "ott":
		return time.October
	case "novembre", "noviembre", "novembro":
		return time.November
	case "dezember", "dez", "decembre", "diciembre", "dic", "dezembro", "dicembre", "desember", "des":
		return time.December
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
	return slices.Contains(weekdaysAbroad, Fold(word))
}

// weekdaysAbroad are names of weekdays and their short forms, folded.
var weekdaysAbroad = strings.Fields(`montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
	lunes martes miercoles jueves viernes sabado domingo mie jue vie sab segunda terca quarta quinta sexta feira lunedi martedi mercoledi giovedi venerdi sabato domenica gio dom
	maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo`)

// trimOrdinal turns 3rd into 3.
func trimOrdinal(word string) string {
	low := strings.ToLower(word)
	for _, ending := range []string{"st", "nd", "rd", "th", "er", "º", "°"} {
		if bare, ok := strings.CutSuffix(low, ending); ok && bare != "" {
			return bare
		}
	}
	return word
}
