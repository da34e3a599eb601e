package cli

import (
	"fmt"
	"strings"

	"fieldbook/data"
)

// assignment is FIELD=VALUE; an empty value clears the field.
type assignment struct{ field, value string }

// UnmarshalText reads an assignment from the command line.
func (a *assignment) UnmarshalText(text []byte) error {
	field, value, ok := strings.Cut(string(text), "=")
	if a.field, a.value = strings.TrimSpace(field), value; !ok || a.field == "" {
		return fmt.Errorf("%q is not of the form FIELD=VALUE", text)
	}
	return nil
}

// fieldsOf collects assignments; a field may be named once.
func fieldsOf(list []assignment) (map[string]string, error) {
	out := map[string]string{}
	for _, a := range list {
		if _, twice := out[a.field]; twice {
			return nil, fmt.Errorf("%s is given twice", a.field)
		}
		out[a.field] = a.value
	}
	return out, nil
}

// condition is FIELD=VALUE, FIELD!=VALUE, FIELD>=VALUE, FIELD<=VALUE or
// FIELD~TEXT (contains). FIELD may be a path such as stage.type.
type condition struct{ field, sign, value string }

// UnmarshalText reads a condition from the command line.
func (c *condition) UnmarshalText(text []byte) error {
	s := string(text)
	at := strings.IndexAny(s, "=<>!~")
	if at > 0 {
		for _, sign := range []string{">=", "<=", "!=", "=", "~"} {
			if value, ok := strings.CutPrefix(s[at:], sign); ok {
				*c = condition{strings.TrimSpace(s[:at]), sign, strings.TrimSpace(value)}
				return nil
			}
		}
	}
	return fmt.Errorf("%q is not of the form FIELD=VALUE (or !=, >=, <=, ~)", text)
}

// dayWord is a day as 2017-03-01; NoDay where none was given.
type dayWord struct{ day data.Day }

// UnmarshalText reads a day from the command line.
func (d *dayWord) UnmarshalText(text []byte) (err error) {
	if d.day, err = data.ParseDay(string(text)); err == nil && !d.day.Valid() {
		err = fmt.Errorf("a day such as 2017-03-01 is missing")
	}
	return err
}

// or is the day, or another one where none was given.
func (d dayWord) or(other data.Day) data.Day {
	if d == (dayWord{}) {
		return other
	}
	return d.day
}

// periodWord is a period such as 2017-Q3, kept as text because its days follow
// the book's fiscal year.
type periodWord string

// UnmarshalText reads a period from the command line.
func (p *periodWord) UnmarshalText(text []byte) error {
	*p = periodWord(text)
	_, err := data.Calendar{Start: 1}.Parse(string(text))
	return err
}

func (p periodWord) in(c data.Calendar) (data.Period, error) { return c.Parse(string(p)) }
