package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"slices"
	"strconv"

	"github.com/klauspost/compress/zstd"

	"fieldbook/data"
	"fieldbook/data/oplog"
	"fieldbook/data/seal"
)

// writeWindow is how far back the packer looks: small enough for any reader.
const writeWindow = 8 << 20

// WriteOptions say how a share file is made.
type WriteOptions struct {
	Signer oplog.Signer // the sender's device; nil leaves the file unsigned
	Lock   seal.Lock    // who opens the file; none leaves it unencrypted

	Prepared *seal.Prepared // the lock made ahead of this one file; nil makes it
}

// Writer makes a share file. What is held comes first; every transaction comes
// before its ops; the ops of a replica come in the order of their seqs. Nothing
// is whole before Close.
type Writer struct {
	zip      *zstd.Encoder
	lock     io.Closer // nil where the file is not encrypted
	signer   oplog.Signer
	sum      hash.Hash
	line     []byte
	replicas map[data.ID]int
	txns     map[data.ID]writtenTxn
	runs     int
	count    int64
}

// writtenTxn is a transaction that ops can name.
type writtenTxn struct {
	place int
	seqs  span
}

// Prepare makes a lock ahead of the one file that it is for.
func Prepare(l seal.Lock) (*seal.Prepared, error) {
	p, err := seal.Ahead(l)
	if l.Passphrase != "" {
		freeWork()
	}
	return p, err
}

// NewWriter starts a file with its manifest, whose Version, Key and Encrypted
// are set here. It is Refused for an invitation or a file meant to be Encrypted
// without a lock.
func NewWriter(w io.Writer, m Manifest, o WriteOptions) (*Writer, error) {
	locked := len(o.Lock.Recipients) > 0 || o.Lock.Passphrase != ""
	switch {
	case (m.Invite != nil || m.Encrypted) && !locked:
		return nil, data.Errorf(data.Refused, "the file must be encrypted and is for nobody's device; nothing was written. Choose who it is for, or a passphrase")
	case len(o.Lock.Recipients) > MaxRecipients:
		return nil, data.Errorf(data.Refused, "a share file is for %d devices at most; nothing was written. Share it with fewer people at once", MaxRecipients)
	}
	m.Version, m.Key, m.Encrypted = Version, nil, locked
	if o.Signer != nil {
		m.Key = o.Signer.Public()
	}
	var lock io.WriteCloser
	if locked {
		var err error
		if o.Prepared == nil {
			if o.Prepared, err = Prepare(o.Lock); err != nil {
				return nil, err
			}
		}
		if lock, err = o.Prepared.Writer(w); err != nil {
			return nil, err
		}
		w = lock
	}
	zip, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(writeWindow), zstd.WithSingleSegment(false))
	if err != nil {
		return nil, data.Wrap(data.Internal, err, "the share file could not be started; the book is safe")
	}
	out := &Writer{zip: zip, lock: lock, signer: o.Signer, sum: sha256.New(), replicas: map[data.ID]int{}, txns: map[data.ID]writtenTxn{}}
	for i, id := range m.Replicas {
		out.replicas[id] = i
	}
	return out, out.put(appendManifest(nil, m))
}

// add writes a line that counts.
func (w *Writer) add(line []byte) error {
	w.count++
	return w.put(line)
}

func (w *Writer) put(line []byte) error {
	if bytes.IndexByte(line, '\n') >= 0 {
		return data.Errorf(data.Internal, "a value in the log has a line end in it, which no Fieldbook writes; run `fieldbook verify`")
	}
	line = append(line, '\n')
	w.line = line
	if len(line) > Standard().Line {
		return data.Errorf(data.Refused, "a record holds more than a share file can carry; the book is safe")
	}
	w.sum.Write(line)
	_, err := w.zip.Write(line)
	return data.Wrap(data.Internal, err, "the share file could not be written; the book is safe. Check that the disk has room")
}

// Held writes what the sender holds of a replica. Of more than MaxHeldRuns runs
// in all the last are left out: the other side will send those again.
func (w *Writer) Held(replica data.ID, runs oplog.Ranges) error {
	place, err := w.replica(replica)
	if err != nil {
		return err
	}
	runs = runs[:min(len(runs), MaxHeldRuns-w.runs)]
	w.runs += len(runs)
	for part := range slices.Chunk(runs, lineRuns) {
		b := append(w.line[:0], `{"held":{"replica":`...)
		b = append(strconv.AppendInt(b, int64(place), 10), `,"runs":`...)
		for i, run := range part {
			b = appendPair(b, i, run.From, run.To)
		}
		if err := w.add(append(b, "]}}"...)); err != nil {
			return err
		}
	}
	return nil
}

// appendPair writes the i-th pair of a list.
func appendPair(b []byte, i int, x, y uint64) []byte {
	b = append(b, "[,"[min(i, 1)], '[')
	b = append(strconv.AppendUint(b, x, 10), ',')
	return append(strconv.AppendUint(b, y, 10), ']')
}

func (w *Writer) replica(id data.ID) (int, error) {
	i, ok := w.replicas[id]
	if !ok {
		return 0, data.Errorf(data.Internal, "the log names a device that the share file does not; try again")
	}
	return i, nil
}

// Close writes the trailer and ends the file. It does not close the writer below.
func (w *Writer) Close() error {
	sum := [sha256.Size]byte(w.sum.Sum(nil))
	b := append(w.line[:0], `{"trailer":{"count":`...)
	b = append(strconv.AppendInt(b, w.count, 10), `,"sha256":"`...)
	b = append(hex.AppendEncode(b, sum[:]), `","signature":"`...)
	if w.signer != nil {
		b = hex.AppendEncode(b, w.signer.Sign(signedMessage(sum)))
	}
	if err := w.put(append(b, `"}}`...)); err != nil {
		return err
	}
	if err := w.zip.Close(); err != nil || w.lock == nil {
		return data.Wrap(data.Internal, err, "the share file could not be written; the book is safe. Check that the disk has room")
	}
	return w.lock.Close()
}
