package keyring

import (
	"errors"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"fieldbook/data"
)

// ring is a key store of the system. Its calls may hang or ask the person.
type ring interface {
	// isLocked asks nobody. It fails where no store answers.
	isLocked() (bool, error)
	get(entry string) (string, error) // empty where there is none
	set(entry, text string) error
	remove(entry string) error
}

// state is how the system's store was found.
type state int

const (
	unknown state = iota
	open
	locked // opening it asks the person
	silent // there is none, or it does not answer
)

const (
	probeTime = 2 * time.Second
	askTime   = 60 * time.Second // a person may have to find a password
)

// system keeps devices in a ring: an entry for each book and, since a ring
// cannot be listed, entries that list the books.
type system struct {
	ring       ring
	found      state
	probe, ask time.Duration
}

func newSystem(r ring) *system { return &system{ring: r, probe: probeTime, ask: askTime} }

// state looks for the store once. A store that hung is not asked again.
func (s *system) state() state {
	if s.found == unknown {
		s.found = silent
		isLocked, err := within(s.probe, s.ring.isLocked)
		switch {
		case err != nil:
		case isLocked:
			s.found = locked
		default:
			s.found = open
		}
	}
	return s.found
}

var errHangs = errors.New("the key store does not answer")

// within runs fn, which cannot be stopped, and waits so long for it.
func within[T any](limit time.Duration, fn func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := fn()
		done <- result{value, err}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case r := <-done:
		return r.value, r.err
	case <-timer.C:
		var none T
		return none, errHangs
	}
}

func (s *system) get(entry string) (string, error) {
	text, err := within(s.ask, func() (string, error) { return s.ring.get(entry) })
	return text, s.heard(err)
}

func (s *system) set(entry, text string) error {
	_, err := within(s.ask, func() (struct{}, error) { return struct{}{}, s.ring.set(entry, text) })
	return s.heard(err)
}

// heard puts an error in words and remembers a store that hung.
func (s *system) heard(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errHangs):
		s.found = silent
	}
	return errSilent(err)
}

func errSilent(err error) error {
	return &data.Error{Kind: data.Refused, Err: err, Msg: "your keys are in the key store of this computer's system, which does not open. " +
		"The book and the keys are safe. Unlock it (on Linux: the password of your login keyring), then try again; if that changes nothing, start Fieldbook again"}
}

const (
	entryMax  = 2500 // bytes that every system's store takes
	pageBooks = 64   // ids of books in one entry, which stay below entryMax
)

func bookEntry(book data.ID) string { return "book " + book.String() }

// pageEntry names the entry that lists the books of a page, counted from 1.
func pageEntry(page int) string { return "books " + data.DecimalString(int64(page), 0) }

func (s *system) devices(book data.ID) ([]Device, error) {
	text, err := s.get(bookEntry(book))
	if err != nil || text == "" {
		return nil, err
	}
	out, err := decodeAll(text)
	if err != nil {
		return nil, &data.Error{Kind: data.Invalid, Err: err, Msg: "the entry \"" + service + ", " + bookEntry(book) + "\" in the key store of this computer's system is damaged, " +
			"so Fieldbook cannot sign as you or open files for you. The book itself is safe. Delete the entry and ask for a new invite"}
	}
	return out, nil
}

// all gives the devices of every listed book; damaged joins what could not be read.
func (s *system) all() (out []Device, damaged error) {
	books, err := s.books()
	if err != nil {
		return nil, err
	}
	for _, page := range books {
		for _, book := range page {
			found, err := s.devices(book)
			if s.found == silent {
				return out, err
			}
			out, damaged = join(out, found), errors.Join(damaged, err)
		}
	}
	return out, damaged
}

// books reads the pages of the list up to the first that there is not.
func (s *system) books() (pages [][]data.ID, err error) {
	for {
		text, err := s.get(pageEntry(len(pages) + 1))
		if err != nil || text == "" {
			return pages, err
		}
		var page []data.ID
		for line := range strings.Lines(text) {
			if id, err := data.ParseID(strings.TrimSpace(line)); err == nil {
				page = append(page, id)
			}
		}
		pages = append(pages, page)
	}
}

// keep lists the book first: a listed book without devices does no harm.
func (s *system) keep(book data.ID, d Device) error {
	there, err := s.devices(book)
	if err != nil {
		return err
	}
	text := encodeAll(join(there, []Device{d}))
	if len(text) > entryMax {
		return data.Errorf(data.Refused, "the key store of this computer's system has no room for one more key of this book")
	}
	if err := s.list(book); err != nil {
		return err
	}
	if err := s.set(bookEntry(book), text); err != nil {
		return err
	}
	kept, err := s.get(bookEntry(book))
	if err == nil && kept != text {
		err = data.Errorf(data.Internal, "the key store of this computer's system did not keep what it was given")
	}
	return err
}

// list adds a book to the first page with room.
func (s *system) list(book data.ID) error {
	pages, err := s.books()
	if err != nil {
		return err
	}
	room := len(pages)
	for i, page := range pages {
		for _, id := range page {
			if id == book {
				return nil
			}
		}
		if len(page) < pageBooks {
			room = min(room, i)
		}
	}
	var text strings.Builder
	if room < len(pages) {
		for _, id := range pages[room] {
			text.WriteString(id.String() + "\n")
		}
	}
	text.WriteString(book.String() + "\n")
	return s.set(pageEntry(room+1), text.String())
}

// forget leaves the book in the list, where it does no harm.
func (s *system) forget(book data.ID) error {
	_, err := within(s.ask, func() (struct{}, error) { return struct{}{}, s.ring.remove(bookEntry(book)) })
	return s.heard(err)
}

// service is the name under which the system's store shows what is ours.
const service = "Fieldbook"

// platform is the store of the system that the program runs on.
type platform struct{}

func (platform) isLocked() (bool, error) { return isLocked() }

func (platform) get(entry string) (string, error) {
	text, err := keyring.Get(service, entry)
	if errors.Is(err, keyring.ErrNotFound) {
		return "", nil
	}
	return text, err
}

func (platform) set(entry, text string) error { return keyring.Set(service, entry, text) }

func (platform) remove(entry string) error {
	if err := keyring.Delete(service, entry); !errors.Is(err, keyring.ErrNotFound) {
		return err
	}
	return nil
}
