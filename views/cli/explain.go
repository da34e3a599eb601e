package cli

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode"

	"fieldbook/app"
	"fieldbook/data"
)

// explain words an error for the person, on one line: the message, and behind
// it the cause where that was worded for people too or nothing else is known.
func explain(err error) string {
	if errors.Is(err, context.Canceled) {
		return "stopped before it was done; what was not done yet is unchanged"
	}
	var gate *app.GateError
	if errors.As(err, &gate) {
		return oneLine(gate.Error()) + ": --override REASON"
	}
	var known *data.Error
	if !errors.As(err, &known) {
		return oneLine(err.Error())
	}
	text := strings.TrimSuffix(known.Msg, ".")
	var cause *data.Error
	switch {
	case known.Err == nil:
	case errors.As(known.Err, &cause):
		text += ": " + explain(known.Err)
	case known.Kind == data.Internal:
		text += ": " + known.Err.Error()
	}
	return oneLine(text)
}

// oneLine makes text safe for a terminal: line ends and other control signs
// become spaces.
func oneLine(text string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
	return strings.TrimSpace(clean)
}

// counted is a number of rows in words.
func counted(n int) string { return some(n, "row") }

// some counts things whose plural ends in s.
func some(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}
