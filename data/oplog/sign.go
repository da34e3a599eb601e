package oplog

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"slices"

	"fieldbook/data"
)

// The words of an act that can be erased without breaking its signature.
const (
	WordName   = "name"
	WordDevice = "device"
	WordWhat   = "what"
)

// MaxBasis bounds the heads of the rights history that an act names.
const MaxBasis = 100

// Signer is the device that signs what a book's user does.
type Signer interface {
	Public() ed25519.PublicKey
	Sign(message []byte) []byte
}

// Digest is what an act's device signs: everything about the act, with its
// words by their hashes, and the root over its ops.
func (t *Txn) Digest(root Hash) Hash {
	d := digest(actDomain)
	d.id(t.ID)
	d.id(t.Replica)
	d.number(uint64(t.Stamp))
	d.number(uint64(t.Day))
	d.id(t.Author)
	d.id(t.UndoOf)
	for _, w := range []struct{ name, text string }{{WordName, t.Name}, {WordDevice, t.Device}, {WordWhat, t.What}} {
		if h, erased := t.Erased[w.name]; erased {
			d.hash(h)
			continue
		}
		d.hash(HashValue([]byte(w.text)))
	}
	d.number(uint64(len(t.Basis)))
	for _, id := range t.Basis {
		d.id(id)
	}
	d.number(t.First)
	d.number(t.Count)
	d.text(string(t.Key))
	d.hash(root)
	return sha256.Sum256(d)
}

// Sign fills in the key and signature of an act.
func (t *Txn) Sign(s Signer, root Hash) {
	t.Key = bytes.Clone(s.Public())
	sum := t.Digest(root)
	t.Signature = s.Sign(sum[:])
}

// Signed reports whether the act carries a signature, right or wrong.
func (t *Txn) Signed() bool { return len(t.Key) > 0 || len(t.Signature) > 0 }

// Verify is Invalid where the signature is not the named key's over the act and
// ops with this root.
func (t *Txn) Verify(root Hash) error {
	sum := t.Digest(root)
	if len(t.Key) != ed25519.PublicKeySize || !ed25519.Verify(t.Key, sum[:], t.Signature) {
		return data.Errorf(data.Invalid, "“%.80s” by %.80s does not bear that person's signature, so it may be forged; nothing was changed. Ask for a new file", t.What, t.Name)
	}
	return nil
}

// Equal reports whether two acts say the same, erased words aside.
func (t *Txn) Equal(o *Txn) bool {
	return t.ID == o.ID && t.Replica == o.Replica && t.Author == o.Author && t.Day == o.Day && t.Stamp == o.Stamp && t.UndoOf == o.UndoOf &&
		t.First == o.First && t.Count == o.Count && slices.Equal(t.Basis, o.Basis) && bytes.Equal(t.Key, o.Key) && bytes.Equal(t.Signature, o.Signature) &&
		t.sameWord(o, WordName, t.Name, o.Name) && t.sameWord(o, WordDevice, t.Device, o.Device) && t.sameWord(o, WordWhat, t.What, o.What)
}

func (t *Txn) sameWord(o *Txn, word, mine, theirs string) bool {
	if !t.Signed() && (mine == "" || theirs == "") {
		return true // no hash is kept of an erased word that no signature covers
	}
	return t.wordHash(word, mine) == o.wordHash(word, theirs)
}

func (t *Txn) wordHash(word, text string) Hash {
	if h, erased := t.Erased[word]; erased {
		return h
	}
	return HashValue([]byte(text))
}
