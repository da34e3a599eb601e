package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// writeWindow is how far back the packer looks: small enough for any reader.
const writeWindow = 8 << 20

// Writer makes a share file. Every transaction comes before its ops; the ops of
// a replica come in the order of their seqs. Nothing is whole before Close.
type Writer struct {
	zip      *zstd.Encoder
	sum      hash.Hash
	line     []byte
	replicas map[data.ID]int
	txns     map[data.ID]int
	count    int64
}

// NewWriter starts a file with its manifest, whose Version is set here.
func NewWriter(w io.Writer, m Manifest) (*Writer, error) {
	zip, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(writeWindow), zstd.WithSingleSegment(false))
	if err != nil {
		return nil, data.Wrap(data.Internal, err, "the share file could not be started; the book is safe")
	}
	out := &Writer{zip: zip, sum: sha256.New(), replicas: map[data.ID]int{}, txns: map[data.ID]int{}}
	for i, id := range m.Replicas {
		out.replicas[id] = i
	}
	return out, out.put(appendManifest(nil, m))
}

func (w *Writer) put(line []byte) error {
	line = append(line, '\n')
	if len(line) > Standard().Line {
		return data.Errorf(data.Refused, "a record holds more than a share file can carry; the book is safe")
	}
	w.sum.Write(line)
	_, err := w.zip.Write(line)
	return data.Wrap(data.Internal, err, "the share file could not be written; the book is safe. Check that the disk has room")
}

func appendManifest(b []byte, m Manifest) []byte {
	b = append(b, `{"manifest":{"fieldbook":`...)
	b = strconv.AppendInt(b, Version, 10)
	b = appendMember(b, "book", m.Book.String())
	b = appendMember(append(b, `,"from":{"person":"`+m.From.Person.String()+`"`...), "name", m.From.Name)
	b = appendMember(b, "device", m.From.Device)
	b = append(appendMember(b, "replica", m.From.Replica.String()), '}')
	b = appendMember(b, "to", m.To.String())
	b = appendMember(b, "scope", m.Scope)
	b = append(b, `,"encrypted":`...)
	b = strconv.AppendBool(b, m.Encrypted)
	b = data.AppendJSON(append(b, `,"made":`...), m.Made)
	b = append(b, `,"replicas":[`...)
	for i, id := range m.Replicas {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), id.String()...), '"')
	}
	return append(b, "]}}"...)
}

func appendMember(b []byte, key, value string) []byte {
	b = append(b, `,"`...)
	b = append(b, key...)
	b = append(b, `":`...)
	return data.AppendJSON(b, value)
}

// Txn writes a transaction.
func (w *Writer) Txn(t oplog.Txn) error {
	replica, err := w.replica(t.Replica)
	if err != nil {
		return err
	}
	w.txns[t.ID] = len(w.txns)
	b := append(w.line[:0], `{"txn":{"id":"`...)
	b = append(append(b, t.ID.String()...), `","replica":`...)
	b = strconv.AppendInt(b, int64(replica), 10)
	b = append(b, `,"stamp":`...)
	b = strconv.AppendInt(b, int64(t.Stamp), 10)
	b = data.AppendJSON(append(b, `,"day":`...), t.Day)
	b = appendMember(b, "author", t.Author.String())
	b = appendMember(b, "name", t.Name)
	b = appendMember(b, "device", t.Device)
	b = appendMember(b, "what", t.What)
	b = appendMember(b, "undo_of", t.UndoOf.String())
	w.line = append(b, "}}"...)
	w.count++
	return w.put(w.line)
}

// Op writes an op of a transaction that was written before.
func (w *Writer) Op(op *oplog.Op) error {
	txn, ok := w.txns[op.Txn]
	replica, err := w.replica(op.Replica)
	if err != nil || !ok {
		return errors.Join(err, data.Errorf(data.Internal, "change %d belongs to no act; run `fieldbook verify`", op.Seq))
	}
	b := append(w.line[:0], `{"op":{"replica":`...)
	b = strconv.AppendInt(b, int64(replica), 10)
	b = strconv.AppendUint(append(b, `,"seq":`...), op.Seq, 10)
	b = strconv.AppendInt(append(b, `,"txn":`...), int64(txn), 10)
	b = appendMember(b, "kind", op.Kind)
	b = appendMember(b, "row", op.Row.String())
	b = append(b, `,"cells":{`...)
	names := make([]string, 0, len(op.Cells))
	for name := range op.Cells {
		names = append(names, name)
	}
	slices.SortFunc(names, strings.Compare)
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(data.AppendJSON(b, name), ':')
		b = append(b, op.Cells[name].Value...)
	}
	if b, err = w.appendOverwrites(append(b, '}'), op, names); err != nil {
		return err
	}
	w.line = append(b, "}}"...)
	w.count++
	return w.put(w.line)
}

func (w *Writer) appendOverwrites(b []byte, op *oplog.Op, names []string) ([]byte, error) {
	open := false
	for _, name := range names {
		dots := op.Cells[name].Overwrites
		if len(dots) == 0 {
			continue
		}
		if open {
			b = append(b, ',')
		} else {
			b = append(b, `,"overwrites":{`...)
			open = true
		}
		b = append(data.AppendJSON(b, name), ':')
		for i, d := range dots {
			replica, err := w.replica(d.Replica)
			if err != nil {
				return nil, err
			}
			b = append(b, "[,"[min(i, 1)], '[')
			b = strconv.AppendInt(b, int64(replica), 10)
			b = strconv.AppendUint(append(b, ','), d.Seq, 10)
			b = append(b, ']')
		}
		b = append(b, ']')
	}
	if open {
		b = append(b, '}')
	}
	return b, nil
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
	b := append(w.line[:0], `{"trailer":{"count":`...)
	b = strconv.AppendInt(b, w.count, 10)
	b = append(b, `,"sha256":"`...)
	b = hex.AppendEncode(b, w.sum.Sum(nil))
	if err := w.put(append(b, `","signature":""}}`...)); err != nil {
		return err
	}
	return data.Wrap(data.Internal, w.zip.Close(), "the share file could not be written; the book is safe. Check that the disk has room")
}
