package app

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// cellParser turns the text of one column into values. It remembers what it
// read: days, names and round amounts come again and again.
type cellParser struct {
	field    data.Field
	order    sheet.DayOrder
	mark     sheet.DecimalMark
	calendar data.Calendar
	zone     *time.Location
	book     data.Currency         // of the book
	share    bool                  // percentages count parts of 1
	seen     map[string]data.Value // nil for fields whose values hardly repeat
}

// mostSeen bounds what a parser remembers.
const mostSeen = 4096

func newCellParser(f data.Field, c *ColumnPlan, b Book) cellParser {
	p := cellParser{field: f, book: b.Currency, order: c.DayOrder, mark: c.Mark, calendar: b.Calendar, zone: b.Zone, share: f.Type == data.TypePercent && c.values != nil && sharesOfOne(c.order)}
	if f.Name != "external_id" && f.Type != data.TypeLongText {
		p.seen = map[string]data.Value{}
	}
	return p
}

// read parses text, which is not blank. An amount may name its own currency.
func (p *cellParser) read(text string, money data.Currency) (v data.Value, code data.Currency, err error) {
	if p.field.Type == data.TypeMoney {
		return p.money(text, money)
	}
	if v, ok := p.seen[text]; ok {
		return v, "", nil
	}
	v, err = p.parse(text)
	if err == nil && p.seen != nil && len(p.seen) < mostSeen {
		p.seen[strings.Clone(text)] = v
	}
	return v, "", err
}

func (p *cellParser) parse(text string) (data.Value, error) {
	switch p.field.Type {
	case data.TypeDay:
		return p.day(text)
	case data.TypeInteger:
		n, err := sheet.ParseNumber(text, p.mark)
		if hours, minutes, ok := strings.Cut(text, ":"); ok && p.field.Name == "minutes" {
			n, err = clockMinutes(hours, minutes)
		}
		if err == nil && (n != math.Trunc(n) || math.Abs(n) > 1<<53) {
			err = fmt.Errorf("%q is not a whole number", text)
		}
		return int64(n), err
	case data.TypeNumber:
		return p.number(text)
	case data.TypePercent:
		n, err := sheet.ParseNumber(text, p.mark)
		if strings.Contains(text, "%") || p.share {
			n = math.Round(n*1e8) / 1e6
		}
		return boxed(n, err)
	case data.TypeBool:
		if p.field.Name == "done" {
			return boxed(importDone(text))
		}
		return boxed(sheet.ParseBool(text))
	case data.TypeChoice:
		return p.choice(text)
	default:
		return p.words(text)
	}
}

func (p *cellParser) words(text string) (data.Value, error) {
	if p.field.Name == "currency" {
		c := importCurrency(text, p.book)
		if !c.Valid() {
			return nil, fmt.Errorf("%q is not a currency", text)
		}
		return string(c), nil
	}
	return strings.Clone(text), nil
}

// number reads a number, or an amount as one.
func (p *cellParser) number(text string) (data.Value, error) {
	n, err := sheet.ParseNumber(text, p.mark)
	if err != nil {
		if minor, _, priced := sheet.ParseMoney(text, 2, p.mark); priced == nil {
			return float64(minor) / 100, nil
		}
	}
	return boxed(n, err)
}

// clockMinutes reads how long something took: 1:30, 00:30:00.
func clockMinutes(hours, minutes string) (float64, error) {
	minutes, _, _ = strings.Cut(minutes, ":")
	h, err := strconv.ParseUint(hours, 10, 16)
	m, fault := strconv.ParseUint(minutes, 10, 16)
	if err != nil || fault != nil || m > 59 {
		return 0, fmt.Errorf("%q is no length of time", hours+":"+minutes)
	}
	return float64(60*h + m), nil
}

func boxed[T any](v T, err error) (data.Value, error) { return v, err }

func (p *cellParser) day(text string) (data.Value, error) {
	if p.field.Name == "month" {
		if period, ok := importMonth(text, p.calendar); ok {
			return period, nil
		}
	}
	d, err := sheet.ParseDayIn(text, p.order, p.zone)
	if err != nil {
		other, ok := sheet.ParseEpoch(text, p.zone)
		if !ok && p.field.Name == "close_day" {
			other, ok = importPeriodEnd(text, p.calendar)
		}
		if !ok {
			return nil, err
		}
		d = other
	}
	if p.field.Name == "month" {
		return p.calendar.MonthOf(d), nil
	}
	return d, nil
}

func (p *cellParser) choice(text string) (data.Value, error) {
	if c := importChoice(p.field, text); c != "" {
		return c, nil
	}
	if p.field.Name == "category" && sheet.Fold(text) == data.CategoryClosed {
		return nil, nil // the stage says so
	}
	if p.field.Custom {
		return strings.Clone(text), nil
	}
	return nil, fmt.Errorf("%q is none of %s", text, strings.Join(p.field.Choices, ", "))
}

// money reads an amount in the row's currency, or in the one that it names.
func (p *cellParser) money(text string, money data.Currency) (data.Value, data.Currency, error) {
	if n, ok := plainAmount(text, money.Digits(), p.mark); ok {
		return n, "", nil
	}
	n, code, err := sheet.ParseMoney(text, money.Digits(), p.mark)
	if c := data.Currency(code); code != "" && c != money {
		n, _, err = sheet.ParseMoney(text, c.Digits(), p.mark)
		return n, c, err
	}
	return n, "", err
}

// plainAmount reads digits with at most a point and decimals, the way nearly
// all amounts are written.
func plainAmount(text string, digits int, mark sheet.DecimalMark) (int64, bool) {
	whole, frac, ok := strings.Cut(text, ".")
	if ok && mark != sheet.Point || len(frac) > digits || len(whole)+digits > 17 || whole == "" || ok && frac == "" {
		return 0, false
	}
	var n int64
	for _, part := range [...]string{whole, frac} {
		for i := range len(part) {
			if part[i] < '0' || part[i] > '9' {
				return 0, false
			}
			n = n*10 + int64(part[i]-'0')
		}
	}
	for range digits - len(frac) {
		n *= 10
	}
	return n, true
}

// field is the custom field as the book will know it.
func (n *NewField) field() data.Field { return data.NewCustomField(n.Label, n.Type, nil) }

// importKey writes values for an id made of several.
func importKey(values ...data.Value) string {
	parts := make([]string, len(values))
	for i, v := range values {
		switch x := v.(type) {
		case data.ID:
			parts[i] = x.String()
		case data.Day:
			parts[i] = x.String()
		case int64:
			parts[i] = strconv.FormatInt(x, 10)
		case string:
			parts[i] = sheet.Fold(x)
		}
	}
	return strings.Join(parts, "/")
}
