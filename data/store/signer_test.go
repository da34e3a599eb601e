package store

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"

	"fieldbook/data/oplog"
)

// seedSigner is a device whose key follows from a name.
type seedSigner struct{ key ed25519.PrivateKey }

func newSeedSigner(name string) seedSigner {
	seed := sha256.Sum256([]byte(name))
	return seedSigner{ed25519.NewKeyFromSeed(seed[:])}
}

func (s seedSigner) Public() ed25519.PublicKey {
	public, _ := s.key.Public().(ed25519.PublicKey)
	return public
}

func (s seedSigner) Sign(message []byte) []byte { return ed25519.Sign(s.key, message) }

func testSigner(name string) func(context.Context) (oplog.Signer, error) {
	return func(context.Context) (oplog.Signer, error) { return newSeedSigner(name), nil }
}
