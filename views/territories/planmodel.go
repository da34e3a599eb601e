package territories

import (
	"context"
	"strconv"
	"strings"

	"fieldbook/app/visits"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// askModel asks how visits are reckoned, for the whole book.
func (s *Screen) askModel() {
	m, err := s.host.App.Visits.Model()
	if err != nil {
		kit.Failure(s.host.Window, lang.T("How visits are reckoned"), err, nil)
		return
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	s.host.Ask(kit.Question{
		Title: lang.T("How visits are reckoned"), Save: lang.T("Save"),
		Fields: []kit.Field{
			{Key: "classes", Label: lang.T("Visit classes"), Kind: kit.FieldLong, Required: true, Value: classText(m.Classes), Help: lang.T("One a line: its name, visits a year, minutes of a visit")},
			{Key: "other", Label: lang.T("Accounts without a class count as"), Value: m.Other, Help: lang.T("Empty leaves them unvisited")},
			{Key: "speed_kmh", Label: lang.T("Speed on the road, km/h"), Kind: kit.FieldNumber, Required: true, Value: number(m.SpeedKmh)},
			{Key: "circuity", Label: lang.T("Road length to straight line"), Kind: kit.FieldNumber, Required: true, Value: number(m.Circuity), Help: lang.T("1.2 in the United States, 1.4 in Europe")},
			{Key: "weeks_year", Label: lang.T("Working weeks a year"), Kind: kit.FieldNumber, Required: true, Value: number(m.WeeksYear)},
			{Key: "days_week", Label: lang.T("Days a week with visits"), Kind: kit.FieldWhole, Required: true, Value: strconv.Itoa(m.DaysWeek)},
			{Key: "day_hours", Label: lang.T("Hours a day, from home to home"), Kind: kit.FieldNumber, Required: true, Value: number(m.DayHours)},
			{Key: "day_start", Label: lang.T("Start of the day"), Kind: kit.FieldNumber, Required: true, Value: number(m.DayStart), Help: lang.T("8.5 is half past eight")},
		},
		Keep: func(ctx context.Context, v kit.Values) error {
			next, err := modelOf(v)
			if err != nil {
				return err
			}
			return s.host.App.Visits.SetModel(ctx, next)
		},
	})
}

// modelOf reads the form of askModel.
func modelOf(v kit.Values) (visits.Model, error) {
	var m visits.Model
	var err error
	if m.Classes, err = classesOf(v["classes"]); err != nil {
		return m, err
	}
	m.Other = strings.TrimSpace(v["other"])
	for key, to := range map[string]*float64{"speed_kmh": &m.SpeedKmh, "circuity": &m.Circuity, "weeks_year": &m.WeeksYear, "day_hours": &m.DayHours, "day_start": &m.DayStart} {
		n, err := v.Number(key, 2)
		if err != nil {
			return m, err
		}
		*to = float64(n) / 100
	}
	days, err := v.Whole("days_week")
	m.DaysWeek = int(days)
	return m, err
}

// classText writes visit classes as classesOf reads them.
func classText(classes []visits.Class) string {
	var lines []string
	for _, c := range classes {
		lines = append(lines, c.Name+", "+strconv.FormatFloat(c.VisitsYear, 'f', -1, 64)+", "+strconv.FormatFloat(c.Minutes, 'f', -1, 64))
	}
	return strings.Join(lines, "\n")
}

// classesOf reads a class a line: name, visits a year, minutes.
func classesOf(text string) ([]visits.Class, error) {
	var out []visits.Class
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		parts := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' || r == '\t' })
		if len(parts) != 3 {
			return nil, data.FieldErrorf("classes", "%q is no class; write name, visits a year, minutes, as A, 24, 60", line)
		}
		c := visits.Class{Name: strings.TrimSpace(parts[0])}
		for i, to := range []*float64{&c.VisitsYear, &c.Minutes} {
			n, err := strconv.ParseFloat(strings.TrimSpace(parts[i+1]), 64)
			if err != nil {
				return nil, data.FieldErrorf("classes", "%q in %q is no number; write name, visits a year, minutes, as A, 24, 60", strings.TrimSpace(parts[i+1]), line)
			}
			*to = n
		}
		out = append(out, c)
	}
	return out, nil
}
