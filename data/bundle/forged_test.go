package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"fieldbook/data"
	"fieldbook/data/seal"
)

// oldHead is the manifest of a file of version 1.
func oldHead() string {
	return strings.NewReplacer(`"fieldbook":2`, `"fieldbook":1`, `"key":"","founder":"",`, "").Replace(head())
}

func lockedHead() string {
	return strings.Replace(head(), `"encrypted":false`, `"encrypted":true`, 1)
}

// keyHead names a signer as the sender.
func keyHead(n byte) string {
	return strings.Replace(head(), `"key":""`, `"key":"`+hex.EncodeToString(NewSigner(n).Public())+`"`, 1)
}

// signedBy makes a file of lines with the trailer of a signer.
func signedBy(n byte, lines ...string) []byte {
	plain := strings.Join(lines, "\n") + "\n"
	return zipped(plain + trailerWith(plain, len(lines)-1, signature(n, plain)))
}

// signature is that of the n-th signer of the lines before a trailer.
func signature(n byte, plain string) string {
	sum := sha256.Sum256([]byte(plain))
	return hex.EncodeToString(NewSigner(n).Sign(append([]byte("fieldbook file 2\x00"), sum[:]...)))
}

// locked encrypts what may be no share file.
func locked(t testing.TB, l seal.Lock, content []byte) []byte {
	t.Helper()
	r, err := age.ParseX25519Recipient(l.Recipients[0])
	if err != nil {
		t.Fatal(err)
	}
	return lockedFor(t, r, content)
}

func lockedFor(t testing.TB, r age.Recipient, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := age.Encrypt(&b, r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// plainLines are the lines of an unsigned file, its trailer last.
func plainLines(h held) []string {
	var b bytes.Buffer
	w, err := NewWriter(&b, *h.manifest, WriteOptions{})
	for _, id := range h.manifest.Replicas {
		if err == nil {
			err = w.Held(id, h.runs[id])
		}
	}
	for _, t := range h.txns {
		if err == nil {
			err = w.Txn(t.Txn, t.rest)
		}
	}
	for _, op := range h.ops {
		if err == nil {
			err = w.Op(op)
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err)
	}
	zip, err := zstd.NewReader(&b)
	if err != nil {
		panic(err)
	}
	defer zip.Close()
	plain, err := io.ReadAll(zip)
	if err != nil {
		panic(err)
	}
	return strings.Split(strings.TrimSuffix(string(plain), "\n"), "\n")
}

// workHeader is the start of a file whose passphrase takes 2^factor rounds.
func workHeader(factor string) string {
	return "age-encryption.org/v1\n-> scrypt rF0/NwblUHHTpgQgRpe5CQ " + factor + "\ngUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY\n--- uOvvhkbWDIoxaGMZV2oEGpVFXmYOEPB2+MaLM9fsZHA\n" + strings.Repeat("x", 200)
}

func TestHostileWorkFactor(t *testing.T) {
	for _, factor := range []string{"22", "19", "64", "99999999999999999999"} {
		start := time.Now()
		refusedWith(t, []byte(workHeader(factor)), seal.Key{Passphrase: "x"}, data.Refused, "too much memory and time")
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s: refused after %v", factor, took)
		}
	}
	for _, factor := range []string{"", "-1", "1e2", "018", "0"} {
		if _, err := readWith([]byte(workHeader(factor)), seal.Key{Passphrase: "x"}); err == nil {
			t.Errorf("a work factor of %q was taken", factor)
		}
	}
}

func TestHostileWithinEncryption(t *testing.T) {
	lock, key := Device(t)
	good := packed(lockedHead(), act(), edit("1", `{"note":1}`, ""))
	plain := lockedHead() + "\n"
	if _, err := readWith(locked(t, lock, good), key); err != nil {
		t.Fatal(err)
	}
	var bomb bytes.Buffer
	w, err := zstd.NewWriter(&bomb)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(plain)); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if _, err := w.Write(bytes.Repeat([]byte(strings.Repeat(" ", 999)+"\n"), 1000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	whole := locked(t, lock, good)
	for name, c := range map[string]struct {
		file  []byte
		kind  data.ErrorKind
		words string
	}{
		"a bomb":                  {locked(t, lock, bomb.Bytes()), data.Refused, "unpacks to more"},
		"two frames":              {locked(t, lock, append(bytes.Clone(good), good...)), data.Invalid, "behind its end"},
		"junk behind the frame":   {locked(t, lock, append(bytes.Clone(good), 'x')), data.Invalid, "behind its end"},
		"data after the trailer":  {locked(t, lock, zipped(plain+trailerOf(plain, 0)+act()+"\n")), data.Invalid, "behind its end"},
		"trailer of another file": {locked(t, lock, zipped(plain+trailerOf(plain+" ", 0))), data.Invalid, "damaged"},
		"a frame cut short":       {locked(t, lock, good[:len(good)-3]), data.Invalid, "cut short"},
		"nothing":                 {locked(t, lock, nil), data.Invalid, "cut short"},
		"no share file":           {locked(t, lock, []byte("PK\x03\x04 a zip file")), data.Invalid, "not a share file"},
		"encrypted twice":         {locked(t, lock, whole), data.Invalid, "not a share file"},
		"two files joined":        {append(bytes.Clone(whole), whole...), data.Invalid, "damaged"},
		"junk behind the file":    {append(bytes.Clone(whole), 'x'), data.Invalid, "damaged"},
		"says it is not":          {locked(t, lock, packed(head())), data.Invalid, "says that it is not encrypted"},
	} {
		t.Run(name, func(t *testing.T) { refusedWith(t, c.file, key, c.kind, c.words) })
	}
	refused(t, packed(lockedHead()), data.Invalid, "says that it is encrypted")
}

func TestHostileSignature(t *testing.T) {
	lines := []string{keyHead(1), act(), edit("1", `{"note":1}`, "")}
	if got, err := readAll(signedBy(1, lines...)); err != nil || !bytes.Equal(got.manifest.Key, NewSigner(1).Public()) {
		t.Fatal(err)
	}
	plain := strings.Join(lines, "\n") + "\n"
	other := strings.Replace(plain, `"note":1`, `"note":2`, 1)
	bare := sha256.Sum256([]byte(plain))
	for name, c := range map[string]struct {
		file  []byte
		words string
	}{
		"absent":                     {packed(lines...), "lacks the signature"},
		"another's":                  {signedBy(2, lines...), "does not bear the signature"},
		"of another file":            {zipped(other + trailerWith(other, 2, signature(1, plain))), "does not bear the signature"},
		"of nobody":                  {signedBy(1, head(), act()), "does not bear the signature"},
		"of the sum alone":           {zipped(plain + trailerWith(plain, 2, hex.EncodeToString(NewSigner(1).Sign(bare[:])))), "does not bear the signature"},
		"too short":                  {zipped(plain + trailerWith(plain, 2, signature(1, plain)[2:])), "a key, signature or hash that is none"},
		"in capitals":                {zipped(plain + trailerWith(plain, 2, strings.ToUpper(signature(1, plain)))), "a key, signature or hash that is none"},
		"all zeros":                  {zipped(plain + trailerWith(plain, 2, strings.Repeat("0", 128))), "does not bear the signature"},
		"by a key that is none":      {packed(strings.Replace(head(), `"key":""`, `"key":"ab"`, 1)), "a key, signature or hash that is none"},
		"key before the version":     {packed(strings.Replace(keyHead(1), `"fieldbook":2,`, "", 1)), "does not say what the file is"},
		"in a file of version 1":     {signedBy(1, oldHead()), "does not bear the signature"},
		"another key put in its way": {signedBy(1, slices.Insert(slices.Clone(lines[1:]), 0, keyHead(2))...), "does not bear the signature"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.file, data.Invalid, c.words) })
	}
}

func TestHostileInvite(t *testing.T) {
	lock, key := Device(t)
	invite := fmt.Sprintf(`"invite":{"person":"%s","name":"Bo","role":"rep","sees":"all","secret":"s"},"replicas"`, rowID)
	refused(t, packed(strings.Replace(head(), `"replicas"`, invite, 1)), data.Invalid, "the invitation is not encrypted")
	refused(t, packed(strings.Replace(lockedHead(), `"replicas"`, invite, 1)), data.Invalid, "the invitation is not encrypted")
	got, err := readWith(locked(t, lock, packed(strings.Replace(lockedHead(), `"replicas"`, invite, 1))), key)
	if err != nil || *got.manifest.Invite != (Invite{rowID, "Bo", "rep", "all", "s"}) {
		t.Errorf("%+v %v", got, err)
	}
	m := manifest()
	m.Invite = &Invite{Name: "Bo", Secret: "s3cr3t"}
	var b bytes.Buffer
	if _, err := NewWriter(&b, m, WriteOptions{Signer: NewSigner(1)}); data.KindOf(err) != data.Refused || b.Len() > 0 {
		t.Errorf("an invitation was written for everyone: %v, %d bytes", err, b.Len())
	}
}

func TestWriterRefuses(t *testing.T) {
	lock, _ := Device(t)
	m := manifest()
	m.Encrypted = true
	for name, c := range map[string]struct {
		m Manifest
		o WriteOptions
	}{
		"encryption for nobody":       {m, WriteOptions{}},
		"501 devices":                 {manifest(), WriteOptions{Lock: seal.Lock{Recipients: slices.Repeat(lock.Recipients, MaxRecipients+1)}}},
		"a device that is none":       {manifest(), WriteOptions{Lock: seal.Lock{Recipients: []string{"age1x"}}}},
		"devices and a passphrase":    {manifest(), WriteOptions{Lock: seal.Lock{Recipients: lock.Recipients, Passphrase: "x"}}},
		"a longer manifest than fits": {Manifest{Book: bookID, Scope: strings.Repeat("x", 2<<20)}, WriteOptions{}},
	} {
		var b bytes.Buffer
		if _, err := NewWriter(&b, c.m, c.o); err == nil || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes were written", name, err, b.Len())
		}
	}
	var b bytes.Buffer
	if _, err := NewWriter(&b, manifest(), WriteOptions{Lock: seal.Lock{Recipients: slices.Repeat(lock.Recipients, MaxRecipients)}}); err != nil {
		t.Errorf("%d devices: %v", MaxRecipients, err)
	}
}

func TestVersion1IsRead(t *testing.T) {
	got, err := readAll(packed(oldHead(), act(), edit("3", `{"note":"x"}`, `{"note":[[1,4]]}`)))
	if err != nil || got.manifest.Version != 1 || len(got.ops) != 1 || got.txns[0].Signed() {
		t.Fatalf("%+v %v", got, err)
	}
	// What only version 2 has is not in it.
	later := strings.Replace(oldHead(), `"replicas"`, `"key":5,"invite":[],"replicas"`, 1)
	if got, err := readAll(packed(later)); err != nil || got.manifest.Key != nil {
		t.Errorf("%v", err)
	}
	refused(t, packed(oldHead(), hold(0, "[1,2]")), data.Invalid, "not what belongs there")
	refused(t, packed(oldHead(), strings.Replace(act(), `}}`, `,"first":1}}`, 1)), data.Invalid, "newer Fieldbook")
	refused(t, packed(oldHead(), act(), strings.Replace(edit("1", "{}", ""), `}}}`, `},"under":[]}}`, 1)), data.Invalid, "newer Fieldbook")
	refused(t, packed(oldHead(), act(), `{"rest":[]}`), data.Invalid, "not what belongs there")
}
