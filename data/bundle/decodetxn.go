package bundle

import (
	"crypto/ed25519"
	"errors"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

type txnReader struct {
	d       *decoder
	t       *openTxn
	replica int
}

func (r *txnReader) member(key string, raw []byte) error {
	switch key {
	case "id":
		return readID(raw, &r.t.ID)
	case "replica":
		if err := r.d.place(raw, &r.replica); err != nil {
			return err
		}
		r.t.Replica = r.d.replicas[r.replica]
	case "stamp":
		return readNumber(raw, (*int64)(&r.t.Stamp))
	case "day":
		return readDay(raw, &r.t.Day)
	case "author":
		return readID(raw, &r.t.Author)
	case "name":
		return readText(raw, &r.t.Name)
	case "device":
		return readText(raw, &r.t.Device)
	case "what":
		return readText(raw, &r.t.What)
	case "undo_of":
		return readID(raw, &r.t.UndoOf)
	default:
		if r.d.version < 2 {
			return errMember
		}
		return r.member2(key, raw)
	}
	return nil
}

// member2 reads what version 2 added.
func (r *txnReader) member2(key string, raw []byte) error {
	switch key {
	case "first":
		return readSeq(raw, &r.t.First)
	case "count":
		return readSeq(raw, &r.t.Count)
	case "basis":
		return elements(raw, r.d.depth, r.basis)
	case "key":
		return readHex(raw, ed25519.PublicKeySize, &r.t.Key)
	case "signature":
		return readHex(raw, ed25519.SignatureSize, &r.t.Signature)
	case "erased":
		return fields(raw, r.d.depth, r.erased)
	case "rest":
		return r.t.readRest(raw, r.d.depth)
	}
	return errMember
}

func (r *txnReader) erased(word string, raw []byte) error {
	if r.t.Erased == nil {
		r.t.Erased = map[string]oplog.Hash{}
	}
	var h oplog.Hash
	err := readHash(raw, &h)
	r.t.Erased[word] = h
	return err
}

func (r *txnReader) basis(raw []byte) error {
	if len(r.t.Basis) >= oplog.MaxBasis {
		return errors.New("stands on more acts than there can be")
	}
	var id data.ID
	err := readID(raw, &id)
	r.t.Basis = append(r.t.Basis, id)
	return err
}

// check holds the act against the rules that need no book.
func (r *txnReader) check() error {
	if r.replica < 0 {
		return errReplica
	}
	if err := r.t.Check(); err != nil {
		return err
	}
	if len(r.t.rest) > 0 && (!r.t.Signed() || uint64(len(r.t.rest)) > r.t.Count) {
		return errRest
	}
	return nil
}

func readSeq(raw []byte, into *uint64) error {
	var n int64
	err := readNumber(raw, &n)
	*into = uint64(n)
	return err
}
