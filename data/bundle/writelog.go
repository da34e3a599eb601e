package bundle

import (
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strconv"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Txn writes a transaction. rest are the hashes of those parts of it that the
// file does not tell, in the order of oplog.Tree.Rest; none where it is told whole.
func (w *Writer) Txn(t oplog.Txn, rest []oplog.Hash) error {
	replica, err := w.replica(t.Replica)
	if err != nil {
		return err
	}
	if len(w.txns) >= MaxTxns {
		return data.Errorf(data.Refused, "a share file holds %d acts at most and there are more; the book is safe. Share a part of it", MaxTxns)
	}
	if _, twice := w.txns[t.ID]; twice {
		return data.Errorf(data.Internal, "“%.80s” stands in the log twice; run `fieldbook verify`", t.What)
	}
	w.txns[t.ID] = writtenTxn{len(w.txns), span{t.First, t.Count}}
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
	if t.Signed() {
		b = appendSigned(b, &t)
	}
	part := rest[:min(len(rest), lineHashes)]
	if len(part) > 0 {
		b = appendHashes(append(b, `,"rest":`...), part)
	}
	if err := w.add(append(b, "}}"...)); err != nil {
		return err
	}
	for part := range slices.Chunk(rest[len(part):], lineHashes) {
		b := appendHashes(append(w.line[:0], `{"rest":`...), part)
		if err := w.add(append(b, '}')); err != nil {
			return err
		}
	}
	return nil
}

// appendSigned writes what only a signed act has.
func appendSigned(b []byte, t *oplog.Txn) []byte {
	b = strconv.AppendUint(append(b, `,"first":`...), t.First, 10)
	b = strconv.AppendUint(append(b, `,"count":`...), t.Count, 10)
	if len(t.Basis) > 0 {
		b = append(b, `,"basis":[`...)
		for i, id := range t.Basis {
			if i > 0 {
				b = append(b, ',')
			}
			b = data.AppendJSON(b, id.String())
		}
		b = append(b, ']')
	}
	b = appendMember(b, "key", hex.EncodeToString(t.Key))
	b = appendMember(b, "signature", hex.EncodeToString(t.Signature))
	if len(t.Erased) > 0 {
		b = append(b, `,"erased":{`...)
		for i, word := range slices.Sorted(maps.Keys(t.Erased)) {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(data.AppendJSON(b, word), `:"`...)
			h := t.Erased[word]
			b = append(hex.AppendEncode(b, h[:]), '"')
		}
		b = append(b, '}')
	}
	return b
}

func appendHashes(b []byte, hashes []oplog.Hash) []byte {
	for i, h := range hashes {
		b = append(b, "[,"[min(i, 1)], '"')
		b = append(hex.AppendEncode(b, h[:]), '"')
	}
	return append(b, ']')
}

// Op writes an op of a transaction that was written before.
func (w *Writer) Op(op *oplog.Op) error {
	txn, ok := w.txns[op.Txn]
	replica, err := w.replica(op.Replica)
	if err != nil || !ok || !txn.seqs.has(op.Seq) {
		return errors.Join(err, data.Errorf(data.Internal, "change %d belongs to no act; run `fieldbook verify`", op.Seq))
	}
	b := append(w.line[:0], `{"op":{"replica":`...)
	b = strconv.AppendInt(b, int64(replica), 10)
	b = strconv.AppendUint(append(b, `,"seq":`...), op.Seq, 10)
	b = strconv.AppendInt(append(b, `,"txn":`...), int64(txn.place), 10)
	b = appendMember(b, "kind", op.Kind)
	b = appendMember(b, "row", op.Row.String())
	b = append(b, `,"cells":{`...)
	names := slices.Sorted(maps.Keys(op.Cells))
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
	if len(op.Under) > 0 {
		if b, err = w.appendDots(append(b, `,"under":`...), op.Under); err != nil {
			return err
		}
	}
	if len(op.Hidden) > 0 {
		if b, err = w.appendHidden(append(b, `,"hidden":{`...), op); err != nil {
			return err
		}
	}
	return w.add(append(b, "}}"...))
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
		var err error
		if b, err = w.appendDots(append(data.AppendJSON(b, name), ':'), dots); err != nil {
			return nil, err
		}
	}
	if open {
		b = append(b, '}')
	}
	return b, nil
}

func (w *Writer) appendHidden(b []byte, op *oplog.Op) ([]byte, error) {
	for i, name := range slices.Sorted(maps.Keys(op.Hidden)) {
		if i > 0 {
			b = append(b, ',')
		}
		c := op.Hidden[name]
		b = append(data.AppendJSON(b, name), `:{"hash":"`...)
		b = append(hex.AppendEncode(b, c.Value[:]), '"')
		if len(c.Overwrites) > 0 {
			var err error
			if b, err = w.appendDots(append(b, `,"overwrites":`...), c.Overwrites); err != nil {
				return nil, err
			}
		}
		b = append(b, '}')
	}
	return append(b, '}'), nil
}

func (w *Writer) appendDots(b []byte, dots []oplog.Dot) ([]byte, error) {
	for i, d := range dots {
		replica, err := w.replica(d.Replica)
		if err != nil {
			return nil, err
		}
		b = appendPair(b, i, uint64(replica), d.Seq)
	}
	return append(b, ']'), nil
}
