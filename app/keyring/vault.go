package keyring

import (
	"slices"
	"sync"

	"fieldbook/data"
)

// Vault keeps devices by book. A call may take as long as a person needs to
// unlock the system's key store, so none belongs on the goroutine of a window.
type Vault interface {
	// Devices gives those of a book in the order they were kept; none is no
	// error. It fails rather than leave one out, since a new one in its place
	// would be a stranger to the book.
	Devices(book data.ID) ([]Device, error)
	// All gives those of every book, to open a file before its book is known.
	// What cannot be read is left out; where nothing can, that is the error.
	All() ([]Device, error)
	// Keep adds a device to those of a book and loses no other.
	Keep(book data.ID, d Device) error
	// Forget lets go of all devices of a book.
	Forget(book data.ID) error
}

// Memory is a vault that ends with the program, for tests and previews.
func Memory() Vault { return &memory{books: map[data.ID][]Device{}} }

type memory struct {
	mu    sync.Mutex
	books map[data.ID][]Device
	order []data.ID
}

func (m *memory) Devices(book data.ID) ([]Device, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.books[book]), nil
}

func (m *memory) All() ([]Device, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Device
	for _, book := range m.order {
		out = append(out, m.books[book]...)
	}
	return out, nil
}

func (m *memory) Keep(book data.ID, d Device) error {
	if err := checkKeep(book, d); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !slices.Contains(m.order, book) {
		m.order = append(m.order, book)
	}
	m.books[book] = join(m.books[book], []Device{d})
	return nil
}

func (m *memory) Forget(book data.ID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.books, book)
	m.order = slices.DeleteFunc(m.order, func(id data.ID) bool { return id == book })
	return nil
}

func checkKeep(book data.ID, d Device) error {
	if book.IsZero() || d.IsZero() {
		return data.Errorf(data.Internal, "a key must be some device's for some book; nothing was kept")
	}
	return nil
}

// join adds devices to others, each once.
func join(to, more []Device) []Device {
	for _, d := range more {
		if !slices.ContainsFunc(to, func(x Device) bool { return x.Public().Equal(d.Public()) && x.Recipient() == d.Recipient() }) {
			to = append(to, d)
		}
	}
	return to
}
