// Package seal locks files for devices or with a passphrase, in the age format
// (age-encryption.org/v1), and opens them within limits that hold for files
// from anywhere.
package seal

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"filippo.io/age"

	"fieldbook/data"
)

const (
	// MaxWork is the largest scrypt work factor that is read: 2^18 rounds are
	// 256 MB of memory and about a second. More is refused before any work.
	MaxWork = 18
	// writeWork is what is written: half of that, so that a share file stays
	// within the memory that merging one may take.
	writeWork = 17
	// MaxRecipients is how many devices a file can be locked for. Each costs
	// whoever opens the file some work for each key that he has.
	MaxRecipients = 500
	maxHeader     = 64 << 10 // bytes, enough for so many
	maxPassphrase = 4096     // bytes
)

// Lock says who opens a file: the devices of the recipients ("age1…"), or else
// whoever knows the passphrase.
type Lock struct {
	Recipients []string
	Passphrase string
	work       int // other than writeWork, so that tests take less time
}

func (l Lock) recipients() ([]age.Recipient, error) {
	switch {
	case len(l.Recipients) > 0 && l.Passphrase != "":
		return nil, data.Errorf(data.Internal, "a file is locked for devices or with a passphrase, never both; nothing was written")
	case len(l.Recipients) > MaxRecipients:
		return nil, data.Errorf(data.Refused, "a file can be locked for %d devices at most; nothing was written. Share it with fewer people at once", MaxRecipients)
	case l.Passphrase != "":
		r, err := age.NewScryptRecipient(l.Passphrase)
		if err != nil {
			return nil, data.Wrap(data.Internal, err, "the file could not be locked; nothing was written")
		}
		r.SetWorkFactor(cmp.Or(l.work, writeWork))
		return []age.Recipient{r}, nil
	case len(l.Recipients) == 0:
		return nil, data.FieldErrorf("passphrase", "the passphrase is empty, so anyone could open the file; write one")
	}
	out := make([]age.Recipient, len(l.Recipients))
	for i, text := range l.Recipients {
		r, err := age.ParseX25519Recipient(text)
		if err != nil {
			return nil, data.Wrap(data.Invalid, err, "the key of a device that the file is for is damaged; nothing was written. Ask that person for a new invite")
		}
		out[i] = r
	}
	return out, nil
}

// Writer locks what is written to it into to. The file is whole once it is
// closed; to stays open.
func Writer(to io.Writer, l Lock) (io.WriteCloser, error) {
	a, err := Ahead(l)
	if err != nil {
		return nil, err
	}
	return a.Writer(to)
}

// Prepared is a lock for one file whose key is worked out already. A passphrase
// takes 128 MB for a moment, which is better while little else is held.
type Prepared struct {
	into *delayed
	lock io.WriteCloser
}

// Ahead works out the key of a file that is written later.
func Ahead(l Lock) (*Prepared, error) {
	recipients, err := l.recipients()
	if err != nil {
		return nil, err
	}
	into := &delayed{}
	w, err := age.Encrypt(into, recipients...)
	if err != nil {
		return nil, unwritten(err)
	}
	return &Prepared{into, writer{w}}, nil
}

// Writer locks what is written to it into to, as Writer of a Lock does. It
// serves one file.
func (p *Prepared) Writer(to io.Writer) (io.WriteCloser, error) {
	p.into.to = to
	if _, err := to.Write(p.into.head.Bytes()); err != nil {
		return nil, unwritten(err)
	}
	return p.lock, nil
}

// delayed keeps what is written until it is known where it goes.
type delayed struct {
	to   io.Writer
	head bytes.Buffer
}

func (d *delayed) Write(p []byte) (int, error) {
	if d.to == nil {
		return d.head.Write(p)
	}
	return d.to.Write(p)
}

type writer struct{ to io.WriteCloser }

func (w writer) Write(p []byte) (int, error) {
	n, err := w.to.Write(p)
	return n, unwritten(err)
}

func (w writer) Close() error { return unwritten(w.to.Close()) }

func unwritten(err error) error {
	return data.Wrap(data.Internal, err, "the locked file could not be written; the book is safe. Check that the disk has room")
}

// Key is what a reader may open a file with: the keys of his devices and, where
// it is not empty, a passphrase.
type Key struct {
	Identities []age.Identity
	Passphrase string

	memo *memo // see Remembering
}

// Remembering is the same key for a file that is read several times: what the
// passphrase opened once it opens again without the work.
func (k Key) Remembering() Key {
	k.memo = &memo{opened: map[string][]byte{}}
	return k
}

// memo is an identity that remembers the file keys which another one found.
type memo struct {
	of     age.Identity
	opened map[string][]byte // by the bodies of the stanzas
}

// Unwrap implements age.Identity.
func (m *memo) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	var name []byte
	for _, s := range stanzas {
		name = append(append(name, strings.Join(s.Args, " ")...), s.Body...)
	}
	if key, ok := m.opened[string(name)]; ok {
		return key, nil
	}
	key, err := m.of.Unwrap(stanzas)
	if err == nil {
		m.opened[string(name)] = key
	}
	return key, err
}

// Reader opens a locked file. Its errors, those of reading too, are a
// *data.Error: Refused where no key opens the file or opening it would cost too
// much, Invalid where it is damaged, Internal where from itself failed. What
// was read before an error is true but not all; nothing may be applied before
// the end.
func Reader(from io.Reader, k Key) (io.Reader, error) {
	source := &source{from: from}
	in := bufio.NewReaderSize(source, maxHeader)
	head, _ := in.Peek(maxHeader) // a failure shows up below, where it matters
	header, _, whole := bytes.Cut(head, []byte("\n--- "))
	switch {
	case !Sealed(head) && source.err != nil:
		return nil, source.wrap(source.err)
	case !Sealed(head):
		return nil, data.Errorf(data.Invalid, "the file is not locked, or its start is damaged; nothing was changed")
	case !whole && len(head) == maxHeader, bytes.Count(header, []byte("\n-> ")) > MaxRecipients:
		return nil, data.Errorf(data.Refused, "the file is locked for more devices than Fieldbook takes in; nothing was changed. Ask its sender for one that is made for you")
	case !whole:
		return nil, source.wrap(errors.New("the header has no end"))
	}
	identities, err := k.identities(first(head))
	if err != nil {
		return nil, err
	}
	out, err := age.Decrypt(in, identities...)
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return nil, locked(NeedsPassphrase(head), k, err)
	}
	if err != nil {
		return nil, source.wrap(err)
	}
	return &reader{out, source}, nil
}

// identities are the keys that a file with such a first stanza may be tried
// with. A work factor beyond the limit is told here, before any work, and
// once more by age itself.
func (k Key) identities(stanza []string) ([]age.Identity, error) {
	if !forPassphrase(stanza) {
		if len(k.Identities) == 0 {
			return nil, locked(false, k, nil)
		}
		return k.Identities, nil
	}
	if len(stanza) == 3 {
		if n, err := strconv.Atoi(stanza[2]); err == nil && n > MaxWork || errors.Is(err, strconv.ErrRange) {
			return nil, data.Errorf(data.Refused, "opening the file would take this computer too much memory and time, more than any file of Fieldbook does; nothing was changed. Ask its sender for another one")
		}
	}
	if k.Passphrase == "" {
		return nil, locked(true, k, nil)
	}
	id, err := age.NewScryptIdentity(k.Passphrase)
	if err != nil {
		return nil, data.Wrap(data.Internal, err, "the passphrase cannot be tried; nothing was changed")
	}
	id.SetMaxWorkFactor(MaxWork)
	if k.memo != nil {
		k.memo.of = id
		return []age.Identity{k.memo}, nil
	}
	return []age.Identity{id}, nil
}

// locked words that no key opens the file.
func locked(passphrase bool, k Key, err error) error {
	e := &data.Error{Kind: data.Refused, Err: err}
	switch {
	case passphrase && k.Passphrase == "":
		e.Msg, e.Field = "the file is locked with a passphrase; nothing was changed. Give the passphrase that it was made with", "passphrase"
	case passphrase:
		e.Msg, e.Field = "the passphrase does not open the file, or the file is damaged; nothing was changed. Check the passphrase with whoever made the file", "passphrase"
	case len(k.Identities) == 0:
		e.Msg = "the file is locked for certain devices, and this computer has no key of any; nothing was changed. Ask its sender for one that is made for you"
	default:
		e.Msg = "the file is locked for other people's devices; nothing was changed. Ask its sender for one that is made for you"
	}
	return e
}

// source remembers where reading itself failed, so that a bad disk is not
// taken for a bad file.
type source struct {
	from io.Reader
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

func (s *source) wrap(err error) error {
	var told *data.Error
	switch {
	case errors.As(s.err, &told):
		return s.err // such as that somebody stopped it
	case s.err != nil:
		return data.Wrap(data.Internal, s.err, "the file cannot be read to its end; nothing was changed. Check the disk or stick that it is on")
	}
	// A file cut within a chunk looks like one that was tampered with.
	return data.Wrap(data.Invalid, err, "the file was cut short, damaged or changed on its way, so nothing was changed; ask for it again")
}

type reader struct {
	from   io.Reader
	source *source
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if err == nil || err == io.EOF { // the end itself: a file cut short must not pass for it
		return n, err
	}
	return n, r.source.wrap(err)
}

const intro = "age-encryption.org/v1\n"

// Sealed reports whether a file that starts with head is a locked one.
func Sealed(head []byte) bool { return bytes.HasPrefix(head, []byte(intro)) }

// NeedsPassphrase reports whether a file that starts with head, its first 512
// bytes or all, is locked with a passphrase.
func NeedsPassphrase(head []byte) bool { return Sealed(head) && forPassphrase(first(head)) }

func forPassphrase(stanza []string) bool { return len(stanza) > 0 && stanza[0] == "scrypt" }

// first gives the type and the arguments of the first stanza. A passphrase's is
// always the only one.
func first(head []byte) []string {
	rest, _ := bytes.CutPrefix(head, []byte(intro))
	line, _, whole := bytes.Cut(rest, []byte("\n"))
	words, isStanza := strings.CutPrefix(string(line), "-> ")
	if !whole || !isStanza {
		return nil
	}
	return strings.Split(words, " ")
}

// Passphrase reads a passphrase file: all of it but the line end that editors
// leave. A byte order mark is no part of it.
func Passphrase(from io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(from, maxPassphrase+1))
	if err != nil {
		return "", data.Wrap(data.Internal, err, "the passphrase file cannot be read; nothing was changed")
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	text = bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r"))
	switch {
	case len(text) == 0:
		return "", data.Errorf(data.Invalid, "the passphrase file is empty; nothing was changed. Write the passphrase into it")
	case len(text) > maxPassphrase:
		return "", data.Errorf(data.Invalid, "the passphrase file holds more than %d bytes, so it is not one; nothing was changed", maxPassphrase)
	case !utf8.Valid(text) || bytes.ContainsRune(text, 0):
		return "", data.Errorf(data.Invalid, "the passphrase file is not plain text; nothing was changed. Save it as UTF-8 text")
	}
	return string(text), nil
}
