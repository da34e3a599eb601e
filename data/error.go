package data

import (
	"errors"
	"fmt"
)

// ErrorKind sorts errors by what the caller can do about them.
type ErrorKind int

// The kinds of error.
const (
	Internal    ErrorKind = iota // a fault of ours or of the disk
	Invalid                      // the input is wrong; mend it
	NotFound                     // no such record
	Ambiguous                    // more than one record has that name
	Refused                      // not allowed, or unsafe
	Busy                         // somebody else holds the book
	Unsupported                  // made by a newer Fieldbook
	Canceled                     // the person stopped it
)

// Error carries a message for the person and the cause for the log.
// Msg says what happened, what is safe and what to do next.
type Error struct {
	Kind  ErrorKind
	Msg   string
	Field string // the field at fault, where there is one
	Err   error
}

func (e *Error) Error() string {
	if e.Err != nil {
		return e.Msg + ": " + e.Err.Error()
	}
	return e.Msg
}

func (e *Error) Unwrap() error { return e.Err }

// UserMessage is the sentence to show.
func (e *Error) UserMessage() string { return e.Msg }

// Errorf makes an error of a kind with a formatted message.
func Errorf(kind ErrorKind, format string, args ...any) error {
	return &Error{Kind: kind, Msg: fmt.Sprintf(format, args...)}
}

// FieldErrorf makes an Invalid error that belongs to one field.
func FieldErrorf(field, format string, args ...any) error {
	return &Error{Kind: Invalid, Field: field, Msg: fmt.Sprintf(format, args...)}
}

// Wrap keeps err as the cause behind a message for the person. A nil err stays nil.
func Wrap(kind ErrorKind, err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: kind, Msg: fmt.Sprintf(format, args...), Err: err}
}

// KindOf gives the kind of err; errors that are not ours are Internal.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
