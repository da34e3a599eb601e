package keyring

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"strings"

	"github.com/tyler-smith/go-bip39"

	"fieldbook/data"
)

const (
	wordBits   = 11 // the list has 2048 words
	wordCount  = 6
	wordsBytes = (wordBits*wordCount + 7) / 8
)

// Words is the fingerprint of a key that two people compare by reading it to
// each other: six common English words for the first 66 bits of a hash.
func Words(public ed25519.PublicKey) string {
	sum := sha256.Sum256(append([]byte("fieldbook device words 1\x00"), public...))
	return strings.Join(wordsOf(sum[:]), " ")
}

// Phrase makes a passphrase of six random words joined by hyphens, as an invite
// is locked with.
func Phrase() (string, error) {
	random := make([]byte, wordsBytes)
	if _, err := rand.Read(random); err != nil {
		return "", data.Wrap(data.Internal, err, "no passphrase could be made on this computer; nothing was changed")
	}
	return strings.Join(wordsOf(random), "-"), nil
}

// wordsOf reads bits from the front, eleven for a word.
func wordsOf(bits []byte) []string {
	list := bip39.GetWordList()
	out := make([]string, wordCount)
	for i := range out {
		n := 0
		for b := i * wordBits; b < (i+1)*wordBits; b++ {
			n = n<<1 | int(bits[b/8]>>(7-b%8))&1
		}
		out[i] = list[n]
	}
	return out
}
