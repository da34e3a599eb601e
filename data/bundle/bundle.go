// Package bundle reads and writes the share file, *.fieldbook: one zstd frame
// of JSON lines, a manifest first, then transactions and ops, a trailer last.
// README.md describes the format byte for byte.
package bundle

import (
	"crypto/ed25519"
	"runtime/debug"

	"fieldbook/data"
)

// Version is the newest format that this program reads and the one it writes.
const Version = 2

// What a file holds of its sender's book, in one word.
const (
	ScopeEverything = "everything"
	ScopeRep        = "rep"
	ScopeManager    = "manager"
	ScopeLead       = "lead"
	ScopeCustom     = "custom" // a territory or person picked by hand
	ScopeInvite     = "invite" // what a new device needs to become a member
)

// Bounds that honest files keep.
const (
	MaxTxns       = 1 << 20   // acts of a file
	MaxHeldRuns   = 1_000_000 // runs of all held lines of a file
	MaxRest       = 1 << 20   // hashes that complete one act
	MaxRecipients = 500       // devices that a file is encrypted for
	lineRuns      = 5_000     // runs of one held line
	lineHashes    = 5_000     // hashes of one line
)

// Manifest is a share file's first line: what it is, whose, and for whom.
type Manifest struct {
	Version   int
	Book      data.ID // only a book of this id takes the file
	From      Sender
	To        data.ID // the person it is for; NoID is anyone
	Scope     string
	ScopeOf   data.ID // the person or territory whose scope it is; NoID is nobody's
	Encrypted bool
	Made      data.Instant
	Key       ed25519.PublicKey // the sender's; nil where the file is not signed
	Founder   ed25519.PublicKey // of the book's founding device; nil in an open book
	Invite    *Invite           // in an encrypted file only
	Replicas  []data.ID         // ops and dots name replicas by their place here
}

// Invite makes the device that opens the file a member of the book.
type Invite struct {
	Person data.ID
	Name   string
	Role   string
	Sees   string // in words
	Secret string // the keys of the new device
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

// freeWork lets go of what trying a passphrase took, 128 MB in one piece: the
// collector would wait until as much again is garbage.
func freeWork() { debug.FreeOSMemory() }

func damaged(err error) error {
	return &data.Error{Kind: data.Invalid, Msg: "the share file is damaged or was changed on its way, so nothing was changed here; ask for it again", Err: err}
}

func cutShort() error {
	return data.Errorf(data.Invalid, "the share file was cut short, so nothing was changed here; ask for it again")
}

func behindEnd() error {
	return data.Errorf(data.Invalid, "the share file has something behind its end, so nothing was changed here; ask for it again")
}

func unsigned(how string) error {
	return data.Errorf(data.Invalid, "the share file %s the signature of the device that it names as its sender, so it may be forged and nothing was changed here; ask for it again", how)
}

func tooLarge(what string) error {
	return data.Errorf(data.Refused, "the share file %s than Fieldbook takes in, so nothing was changed here", what)
}

func malformed(line int64, why string) error {
	return data.Errorf(data.Invalid, "line %d of the share file %s, so nothing was changed here", line, why)
}
