package bundle

import (
	"bytes"
	"context"
	"reflect"
	"testing"

	"filippo.io/age"

	"fieldbook/data"
	"fieldbook/data/seal"
)

// Device is a new device's lock and the key to it.
func Device(t testing.TB) (seal.Lock, seal.Key) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return seal.Lock{Recipients: []string{id.Recipient().String()}}, seal.Key{Identities: []age.Identity{id}}
}

func readWith(file []byte, key seal.Key) (*held, error) {
	h := &held{}
	return h, Read(context.Background(), bytes.NewReader(file), OpenOptions{Key: key}, h.handler())
}

func TestEncryptedIsRead(t *testing.T) {
	lock, key := Device(t)
	phrase := seal.Lock{Passphrase: "correct horse"}
	for name, c := range map[string]struct {
		lock   seal.Lock
		key    seal.Key
		phrase bool
		wrong  string
	}{"for a device": {lock, key, false, "locked for other people's devices"}, "with a passphrase": {phrase, seal.Key{Passphrase: phrase.Passphrase}, true, "the passphrase does not open the file"}} {
		t.Run(name, func(t *testing.T) {
			want := sample()
			want.manifest.Invite = &Invite{Person: rowID, Name: "Bo", Role: "rep", Sees: "his own deals", Secret: "s3cr3t"}
			file := writtenWith(t, want, WriteOptions{Signer: NewSigner(1), Lock: c.lock})
			if bytes.Contains(file, []byte("s3cr3t")) || bytes.Contains(file, []byte("Rangreen")) {
				t.Error("what is encrypted can be read")
			}
			sealed, needs, err := Peek(bytes.NewReader(file))
			if err != nil || !sealed || needs != c.phrase {
				t.Errorf("a look at it tells %v %v %v", sealed, needs, err)
			}
			got, err := readWith(file, c.key)
			if err != nil {
				t.Fatal(err)
			}
			want.manifest.Encrypted, want.manifest.Key = true, NewSigner(1).Public()
			if !reflect.DeepEqual(*got, want) {
				t.Errorf("read %+v\nwrote %+v", got, want)
			}
			refusedWith(t, file, seal.Key{}, data.Refused, "locked")
			_, other := Device(t)
			other.Passphrase = "wrong"
			refusedWith(t, file, other, data.Refused, c.wrong)
		})
	}
}

func TestPeekOfPlainFiles(t *testing.T) {
	for name, file := range map[string][]byte{"a share file": written(t, sample()), "nothing": nil, "text": []byte("age-encryption")} {
		if sealed, needs, err := Peek(bytes.NewReader(file)); sealed || needs || err != nil {
			t.Errorf("%s: %v %v %v", name, sealed, needs, err)
		}
	}
}
