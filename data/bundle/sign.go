package bundle

import (
	"crypto/ed25519"
	"crypto/sha256"
)

// fileDomain begins what a share file's sender signs, so that the signature can
// be taken for nothing else.
const fileDomain = "fieldbook file 2\x00"

// signedMessage is what the sender signs of a file whose lines before the
// trailer have this sum.
func signedMessage(sum [sha256.Size]byte) []byte {
	return append([]byte(fileDomain), sum[:]...)
}

// checkSignature is Invalid where a file that names its sender's key does not
// bear that key's signature, or bears one without naming a key.
func checkSignature(key ed25519.PublicKey, sum [sha256.Size]byte, signature []byte) error {
	switch {
	case len(key) == 0 && len(signature) == 0:
		return nil
	case len(signature) == 0:
		return unsigned("lacks")
	case len(key) == 0 || !ed25519.Verify(key, signedMessage(sum), signature):
		return unsigned("does not bear")
	}
	return nil
}
