package sheet

import (
	"fmt"
	"strconv"
	"strings"

	"fieldbook/data"
)

// witness is the first value that rules something out.
type witness struct {
	line  int
	value string
}

func (w witness) String() string { return fmt.Sprintf("line %d: %q", w.line, w.value) }

// DayEvidence collects the values of a column and tells in which order its days
// are written. The zero value is ready for use.
type DayEvidence struct {
	values  int                    // values that are not blank
	days    int                    // that can be read in one order at least
	serials int                    // that look like Excel day numbers
	other   int                    // that are neither
	misfits [DayFirst + 1]*witness // the first value that each order cannot read
	against [DayFirst + 1]int      // how many it cannot
	unclear *witness               // a day that depends on the order
	pointed *witness               // a day with points, which are written day first
}

// pointedDay reports whether points part a day, as in 31.3.2017: such days are
// written day first.
func pointedDay(body string) bool {
	parts, ok := splitDay(strings.TrimRight(strings.SplitN(strings.ReplaceAll(body, ",", " "), " ", 2)[0], "."))
	return ok && parts.separator == "."
}

// DayVerdict is what a column of days shows.
type DayVerdict struct {
	Order     DayOrder
	Ambiguous bool       // Order is a guess; ask
	Possible  []DayOrder // the orders that fit every day
	Why       string     // for the person, with the line that decides
	Values    int        // values that are not blank
	Days      int        // of them, those that are days
}

// orders lists the orders that a column can have, the likeliest guess first.
func orders() [3]DayOrder { return [3]DayOrder{MonthFirst, DayFirst, YearFirst} }

// Add takes in the value that stands on a line.
func (e *DayEvidence) Add(line int, value string) {
	body := strings.TrimSpace(value)
	if body == "" {
		return
	}
	e.values++
	here := &witness{line, excerpt([]byte(body))}
	var misfits []DayOrder
	days := map[data.Day]bool{}
	for _, order := range orders() {
		if d, err := ParseDay(body, order); err == nil {
			days[d] = true
		} else {
			misfits = append(misfits, order)
		}
	}
	switch {
	case len(days) > 0:
		e.days++
		if len(days) > 1 && pointedDay(body) {
			misfits, days = append(misfits, MonthFirst, YearFirst), nil
			note(&e.pointed, here)
		}
		for _, order := range misfits {
			note(&e.misfits[order], here)
			e.against[order]++
		}
		if len(days) > 1 {
			note(&e.unclear, here)
		}
	case likelySerial(body):
		e.serials++
	default:
		e.other++
	}
}

func note(slot **witness, here *witness) {
	if *slot == nil {
		*slot = here
	}
}

// likelySerial reports whether a number is an Excel day between 1954 and 2119.
func likelySerial(body string) bool {
	n, err := strconv.ParseFloat(body, 64)
	return err == nil && n >= 20_000 && n < 80_000
}

// Result weighs what was added.
func (e *DayEvidence) Result() DayVerdict {
	v := DayVerdict{Order: YearFirst, Values: e.values, Days: e.days}
	if e.days == 0 {
		v.Why = "the column holds no days"
		if e.serials > 0 && e.other == 0 {
			v.Order, v.Days, v.Possible = Serial1900, e.serials, []DayOrder{Serial1900}
			v.Why = "every value is a number as Excel counts days"
		}
		return v
	}
	for _, order := range orders() {
		if e.misfits[order] == nil {
			v.Possible = append(v.Possible, order)
		}
	}
	switch {
	case len(v.Possible) == 0:
		v.Order, v.Ambiguous = e.leastMisfits(), true
		v.Why = fmt.Sprintf("the column mixes orders: %v cannot be month first, %v cannot be day first", e.misfits[MonthFirst], e.misfits[DayFirst])
	case len(v.Possible) == 1:
		v.Order = v.Possible[0]
		v.Why = e.decisive(v.Order)
	case e.unclear != nil:
		v.Order, v.Ambiguous = v.Possible[0], true
		v.Why = fmt.Sprintf("every day can be %v or %v, such as %v", v.Possible[0], v.Possible[1], e.unclear)
	default:
		v.Order = v.Possible[len(v.Possible)-1]
		v.Why = "every day reads the same in any order"
	}
	return v
}

// leastMisfits is the order that reads the most values.
func (e *DayEvidence) leastMisfits() DayOrder {
	best := MonthFirst
	for _, order := range orders() {
		if e.against[order] < e.against[best] {
			best = order
		}
	}
	return best
}

// decisive says which value leaves only one order.
func (e *DayEvidence) decisive(order DayOrder) string {
	last := e.misfits[MonthFirst]
	if order == MonthFirst {
		last = e.misfits[DayFirst]
	}
	if order == DayFirst && last == e.pointed {
		return fmt.Sprintf("%v has points, and so is day first", last)
	}
	return fmt.Sprintf("%v can only be %v", last, order)
}

// NumberEvidence collects the values of a column and tells its decimal mark.
// The zero value is ready for use.
type NumberEvidence struct {
	values, numbers int
	whole           int // numbers without any separator
	point, comma    *witness
	unclear         *witness
}

// NumberVerdict is what a column of numbers shows.
type NumberVerdict struct {
	Mark      DecimalMark
	Ambiguous bool   // Mark is a guess; ask
	Mixed     bool   // no mark fits every value
	Decided   bool   // a value leaves only one mark
	Why       string // for the person, with the line that decides
	Values    int    // values that are not blank
	Numbers   int    // of them, those that are numbers or amounts
}

// Add takes in the value that stands on a line. Amounts with a currency count
// as numbers.
func (e *NumberEvidence) Add(line int, value string) {
	body := strings.TrimSpace(value)
	if body == "" {
		return
	}
	e.values++
	here := &witness{line, excerpt([]byte(body))}
	point, pointErr := markedNumber(body, Point)
	comma, commaErr := markedNumber(body, Comma)
	switch {
	case pointErr != nil && commaErr != nil:
		return
	case commaErr != nil:
		note(&e.point, here)
	case pointErr != nil:
		note(&e.comma, here)
	case point != comma:
		note(&e.unclear, here)
	default:
		e.whole++
	}
	e.numbers++
}

// markedNumber reads a number or amount into a form that can be compared.
func markedNumber(body string, mark DecimalMark) (decimal, error) {
	d, err := parseDecimal(body, mark)
	if err == nil && d.words != "" {
		_, err = currencyOf(body, d.words)
	}
	return d, err
}

// Result weighs what was added.
func (e *NumberEvidence) Result() NumberVerdict {
	v := NumberVerdict{Mark: Point, Values: e.values, Numbers: e.numbers}
	switch {
	case e.point != nil && e.comma != nil:
		v.Ambiguous, v.Mixed = true, true
		v.Why = fmt.Sprintf("the column mixes two decimal marks: %v has a point, %v a comma", e.point, e.comma)
	case e.comma != nil:
		v.Mark, v.Decided = Comma, true
		v.Why = fmt.Sprintf("%v can only have a decimal comma", e.comma)
	case e.point != nil:
		v.Decided = true
		v.Why = fmt.Sprintf("%v can only have a decimal point", e.point)
	case e.unclear != nil:
		v.Ambiguous = true
		if strings.Contains(e.unclear.value, ".") {
			v.Mark = Comma // three digits behind it in every value: thousands are likelier
		}
		v.Why = fmt.Sprintf("%v can be thousands or decimals", e.unclear)
	case e.numbers > 0:
		v.Why = "the numbers have no decimals"
	default:
		v.Why = "the column holds no numbers"
	}
	return v
}
