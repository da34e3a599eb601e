// Package keyring holds the secret half of who somebody is in a book: the keys
// that his computer signs with and receives by, where they are kept, and the
// words that people compare them by.
package keyring

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"strings"

	"filippo.io/age"

	"fieldbook/data"
)

// Device is what one person uses for one book on one computer: an Ed25519 key
// to sign with and an age X25519 key to receive by. The zero Device is none.
// Printed or logged in any way it shows whose it is and no secret.
type Device struct {
	keys func() keys // a function, since that is what no verb of fmt looks into, even where a struct around it hides the methods below
}

type keys struct {
	sign    ed25519.PrivateKey
	receive *age.X25519Identity
}

func deviceOf(k keys) Device { return Device{func() keys { return k }} }

// New makes the keys of a device at random.
func New() (Device, error) {
	_, sign, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return Device{}, data.Wrap(data.Internal, err, "no key could be made on this computer; nothing was changed")
	}
	receive, err := age.GenerateX25519Identity()
	if err != nil {
		return Device{}, data.Wrap(data.Internal, err, "no key could be made on this computer; nothing was changed")
	}
	return deviceOf(keys{sign, receive}), nil
}

// IsZero reports whether d is no device.
func (d Device) IsZero() bool { return d.keys == nil }

// Public is the key that proves what d signed, nil of no device.
func (d Device) Public() ed25519.PublicKey {
	if d.IsZero() {
		return nil
	}
	return d.keys().sign.Public().(ed25519.PublicKey)
}

// Recipient is the address that files for d are encrypted to, "age1…", empty
// of no device.
func (d Device) Recipient() string {
	if d.IsZero() {
		return ""
	}
	return d.keys().receive.Recipient().String()
}

// Sign signs a message, which d must not be the zero Device for.
func (d Device) Sign(message []byte) []byte { return ed25519.Sign(d.keys().sign, message) }

// Identity opens what was encrypted to Recipient, nil of no device.
func (d Device) Identity() age.Identity {
	if d.IsZero() {
		return nil
	}
	return d.keys().receive
}

// encoding is the first word of an encoded device: what it is and which form.
const encoding = "fieldbook-device-1"

var seedText = base64.RawURLEncoding.Strict()

// Encode writes both secrets on one line, which is to be kept and never shown.
// It is empty of no device.
func (d Device) Encode() string {
	if d.IsZero() {
		return ""
	}
	body := encoding + " " + seedText.EncodeToString(d.keys().sign.Seed()) + " " + d.keys().receive.String()
	return body + " " + check(body)
}

// check is what tells a mistyped or damaged line from a whole one.
func check(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:4])
}

// Decode reads what Encode wrote. Its errors, Invalid or Unsupported, say
// nothing of the text.
func Decode(text string) (Device, error) {
	words := strings.Split(text, " ")
	if len(words) != 4 {
		return Device{}, errDamaged()
	}
	if form := words[0]; form != encoding {
		if strings.HasPrefix(form, "fieldbook-device-") {
			return Device{}, data.Errorf(data.Unsupported, "the key was made by a newer Fieldbook; update Fieldbook to use it")
		}
		return Device{}, errDamaged()
	}
	seed, err := seedText.DecodeString(words[1])
	if err != nil || len(seed) != ed25519.SeedSize {
		return Device{}, errDamaged()
	}
	receive, err := age.ParseX25519Identity(words[2])
	if err != nil {
		return Device{}, errDamaged() // not wrapped: its text may repeat what it read
	}
	d := deviceOf(keys{ed25519.NewKeyFromSeed(seed), receive})
	if d.Encode() != text {
		return Device{}, errDamaged()
	}
	return d, nil
}

func errDamaged() error { return data.Errorf(data.Invalid, "the key is damaged") }

// String names the device by its words.
func (d Device) String() string {
	if d.IsZero() {
		return "no device"
	}
	return "device " + Words(d.Public())
}

// GoString is String.
func (d Device) GoString() string { return d.String() }

// Format prints String whatever the verb.
func (d Device) Format(to fmt.State, _ rune) { _, _ = to.Write([]byte(d.String())) }

// LogValue logs String.
func (d Device) LogValue() slog.Value { return slog.StringValue(d.String()) }
