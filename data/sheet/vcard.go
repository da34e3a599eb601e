package sheet

import (
	"errors"
	"io"
	"slices"
	"strings"
)

// cardHeader names the columns of a file of contact cards (vCard 2.1, 3.0, 4.0).
var cardHeader = []string{
	"Full name", "First name", "Last name", "Organization", "Department", "Job title", "Email", "Phone", "Other phones", "Street", "City", "State", "Postal code", "Country", "Website", "Birthday", "Note", "UID",
}

// The places in cardHeader.
const (
	cardName = iota
	cardFirst
	cardLast
	cardOrg
	cardUnit
	cardTitle
	cardMail
	cardPhone
	cardPhones
	cardStreet
	cardCity
	cardState
	cardZip
	cardCountry
	cardSite
	cardBirthday
	cardNote
	cardUID
)

// cardSource gives one row for each card.
type cardSource struct{ lines *lineReader }

func (*cardSource) close() error { return nil }

// next reads up to the end of a card. One that another begins in is an agent of
// it and left out; one that is not ended is taken as far as it goes.
func (s *cardSource) next() (Record, error) {
	c := &card{}
	depth := 0
	for {
		p, err := s.lines.next()
		if err != nil {
			if errors.Is(err, io.EOF) && c.line > 0 {
				return c.record(), nil
			}
			return Record{}, err
		}
		switch {
		case p.name == "BEGIN" && strings.EqualFold(strings.TrimSpace(p.value), "VCARD"):
			if depth++; depth == 1 {
				c = &card{line: p.line}
			}
		case p.name == "END" && strings.EqualFold(strings.TrimSpace(p.value), "VCARD"):
			if depth--; depth == 0 {
				return c.record(), nil
			}
			depth = max(depth, 0)
		case depth == 1:
			c.take(p)
		}
	}
}

// card is a card in the making.
type card struct {
	line   int
	cells  [cardUID + 1]string
	phones []string
	rank   [cardUID + 1]int // how well the value in a cell fits
}

// take enters a property.
func (c *card) take(p property) {
	value := p.text()
	switch p.name {
	case "FN":
		c.put(cardName, plainText(value), 1)
	case "N":
		c.set(parts(value), []int{cardLast, cardFirst})
	case "ORG":
		if units := parts(value); c.cells[cardOrg] == "" {
			c.cells[cardOrg], c.cells[cardUnit] = units[0], strings.Join(slices.DeleteFunc(units[1:], func(u string) bool { return u == "" }), ", ")
		}
	case "TITLE":
		c.put(cardTitle, plainText(value), 2)
	case "ROLE":
		c.put(cardTitle, plainText(value), 1)
	default:
		c.reach(p, value)
	}
}

// reach enters a property that tells how the person is reached, and what else
// there is to know.
func (c *card) reach(p property, value string) {
	switch p.name {
	case "EMAIL":
		c.put(cardMail, strings.TrimPrefix(plainText(value), "mailto:"), preferred(p))
	case "TEL":
		c.phone(p, strings.TrimPrefix(plainText(value), "tel:"))
	case "ADR":
		if rank := preferred(p) + 2; rank > c.rank[cardStreet] && strings.Trim(value, "; ") != "" {
			c.address(parts(value))
			c.rank[cardStreet] = rank
		}
	case "URL":
		c.put(cardSite, plainText(value), preferred(p))
	case "BDAY":
		c.put(cardBirthday, plainText(value), 1)
	case "NOTE":
		c.put(cardNote, plainText(value), 1)
	case "UID":
		c.put(cardUID, strings.TrimPrefix(plainText(value), "urn:uuid:"), 1)
	}
}

// put keeps the value that fits best, of equal ones the first.
func (c *card) put(at int, value string, rank int) {
	if value != "" && rank > c.rank[at] {
		c.cells[at], c.rank[at] = value, rank
	}
}

func (c *card) set(values []string, places []int) {
	for i, at := range places {
		if i < len(values) && c.cells[at] == "" {
			c.cells[at] = values[i]
		}
	}
}

// preferred ranks a value by what its parameters say: preferred, of work, any.
func preferred(p property) int {
	switch {
	case p.has("pref") || p.param("PREF") == "1":
		return 4
	case p.has("work"):
		return 3
	case p.has("home"):
		return 2
	}
	return 1
}

func (c *card) phone(p property, number string) {
	if number == "" {
		return
	}
	c.phones = append(c.phones, number)
	rank := preferred(p) + 1
	switch {
	case p.has("fax") || p.has("pager"):
		rank = 1
	case p.has("cell") && rank == 2:
		rank = 3
	}
	c.put(cardPhone, number, rank)
}

// address takes post box, extension, street, city, state, code and country.
func (c *card) address(values []string) {
	values = append(values, make([]string, 7)...)
	street := slices.DeleteFunc(slices.Clone(values[:3]), func(s string) bool { return s == "" })
	slices.Reverse(street)
	c.cells[cardStreet] = strings.Join(street, ", ")
	copy(c.cells[cardCity:], values[3:7])
}

func (c *card) record() Record {
	rest := slices.DeleteFunc(c.phones, func(n string) bool { return n == c.cells[cardPhone] })
	c.cells[cardPhones] = strings.Join(rest, "; ")
	return Record{Line: c.line, Cells: c.cells[:]}
}
