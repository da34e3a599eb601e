// Package bundle reads and writes the share file, *.fieldbook: one zstd frame
// of JSON lines, a manifest first, then transactions and ops, a trailer last.
// README.md describes the format byte for byte.
package bundle

import (
	"fieldbook/data"
)

// Version is the newest format that this program reads and the one it writes.
const Version = 1

// ScopeEverything says that a file holds all that its sender's book holds.
const ScopeEverything = "everything"

// Manifest is a share file's first line: what it is, whose, and for whom.
type Manifest struct {
	Version   int
	Book      data.ID // only a book of this id takes the file
	From      Sender
	To        data.ID // the person it is for; NoID is anyone
	Scope     string
	Encrypted bool
	Made      data.Instant
	Replicas  []data.ID // ops and dots name replicas by their place here
}

// Sender says who made a file, on which device, in which replica of the book.
type Sender struct {
	Person  data.ID // NoID where the book does not know its user
	Name    string
	Device  string
	Replica data.ID
}

// Limits bound what a reader takes in before it refuses.
type Limits struct {
	File   int64  // bytes of the file
	Plain  int64  // bytes unpacked
	Ratio  int64  // bytes unpacked for each byte of the file, above the first 64 MB
	Line   int    // bytes of one line, its end included
	Depth  int    // of objects and arrays within each other
	Window uint64 // bytes that unpacking may look back
}

// Standard are the limits that the program reads with.
func Standard() Limits {
	return Limits{File: 512 << 20, Plain: 2 << 30, Ratio: 200, Line: 1 << 20, Depth: 8, Window: 64 << 20}
}

// freePlain is what any file may unpack to, however small it is.
const freePlain = 64 << 20

func (l Limits) plain(file int64) int64 { return min(l.Plain, max(freePlain, file*l.Ratio)) }

func damaged(err error) error {
	return &data.Error{Kind: data.Invalid, Msg: "the share file is damaged or was changed on its way, so nothing was changed here; ask for it again", Err: err}
}

func cutShort() error {
	return data.Errorf(data.Invalid, "the share file was cut short, so nothing was changed here; ask for it again")
}

func tooLarge(what string) error {
	return data.Errorf(data.Refused, "the share file %s than Fieldbook takes in, so nothing was changed here", what)
}

func malformed(line int64, why string) error {
	return data.Errorf(data.Invalid, "line %d of the share file %s, so nothing was changed here", line, why)
}
