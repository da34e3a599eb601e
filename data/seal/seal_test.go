package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"filippo.io/age"

	"fieldbook/data"
)

const phrase = "anchor-banana-cactus-dinner-eagle-fabric"

func sealed(t testing.TB, l Lock, plain []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := Writer(&out, l)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(from io.Reader, k Key) ([]byte, error) {
	r, err := Reader(from, k)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func identity(t testing.TB) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func keyOf(ids ...age.Identity) Key { return Key{Identities: ids} }

func TestLockedFileOpens(t *testing.T) {
	ann, bo := identity(t), identity(t)
	for _, size := range []int{0, 1, 64 << 10, 200_000} {
		plain := bytes.Repeat([]byte("x"), size)
		file := sealed(t, Lock{Recipients: []string{ann.Recipient().String(), bo.Recipient().String()}}, plain)
		if !Sealed(file) || NeedsPassphrase(file) {
			t.Error("it is taken for something else")
		}
		for name, k := range map[string]Key{
			"the first": keyOf(ann), "the second": keyOf(bo), "one of several": keyOf(identity(t), bo), "with a passphrase too": {Identities: []age.Identity{ann}, Passphrase: "x"},
		} {
			for _, from := range []io.Reader{bytes.NewReader(file), iotest.OneByteReader(bytes.NewReader(file))} {
				if got, err := open(from, k); err != nil || !bytes.Equal(got, plain) {
					t.Errorf("%d bytes, %s: %d bytes, %v", size, name, len(got), err)
				}
			}
		}
	}
	file := sealed(t, Lock{Passphrase: phrase, work: 10}, []byte("plain"))
	if !NeedsPassphrase(file) || !Sealed(file) {
		t.Error("it is not known to need a passphrase")
	}
	if got, err := open(bytes.NewReader(file), Key{Identities: []age.Identity{ann}, Passphrase: phrase}); err != nil || string(got) != "plain" {
		t.Errorf("by passphrase: %q, %v", got, err)
	}
}

func TestNoKeyOpens(t *testing.T) {
	ann, bo := identity(t), identity(t)
	forAnn := sealed(t, Lock{Recipients: []string{ann.Recipient().String()}}, []byte("plain"))
	byPhrase := sealed(t, Lock{Passphrase: phrase, work: 10}, []byte("plain"))
	for _, tt := range []struct {
		name, says string
		file       []byte
		key        Key
	}{
		{"for another", "for other people's devices", forAnn, keyOf(bo)},
		{"without a key", "has no key", forAnn, Key{}},
		{"with a passphrase", "for certain devices", forAnn, Key{Passphrase: phrase}},
		{"without the passphrase", "Give the passphrase", byPhrase, keyOf(ann)},
		{"wrong passphrase", "does not open", byPhrase, Key{Passphrase: "anchor"}},
	} {
		_, err := Reader(bytes.NewReader(tt.file), tt.key)
		if data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), "nothing was changed") || strings.Contains(err.Error(), phrase) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestLocksThatAreNone(t *testing.T) {
	ann := identity(t).Recipient().String()
	for name, l := range map[string]Lock{
		"nobody": {}, "both": {Recipients: []string{ann}, Passphrase: "x"}, "no recipient": {Recipients: []string{ann, "age1nonsense"}},
		"a secret key": {Recipients: []string{identity(t).String()}}, "too many": {Recipients: make([]string, MaxRecipients+1)},
	} {
		var out bytes.Buffer
		_, err := Writer(&out, l)
		var told *data.Error
		if !errors.As(err, &told) || out.Len() > 0 || strings.Contains(told.Msg, "SECRET") {
			t.Errorf("%s: %v, %d bytes", name, err, out.Len())
		}
	}
	// As many as there may be are read again.
	everyone := make([]string, MaxRecipients)
	for i := range everyone {
		everyone[i] = ann
	}
	last := identity(t)
	everyone[MaxRecipients-1] = last.Recipient().String()
	if got, err := open(bytes.NewReader(sealed(t, Lock{Recipients: everyone}, []byte("plain"))), keyOf(last)); err != nil || string(got) != "plain" {
		t.Errorf("%q, %v", got, err)
	}
	// A header that costs more is refused before it does.
	_, stanza, _ := strings.Cut(string(sealed(t, Lock{Recipients: []string{ann}}, nil)), intro)
	stanza, _, _ = strings.Cut(stanza, "--- ")
	for name, hostile := range map[string]string{
		"stanzas": intro + strings.Repeat(stanza, MaxRecipients+1) + "--- AAAA\n",
		"endless": intro + strings.Repeat(stanza, 100_000),
		"a line":  intro + "-> X25519 " + strings.Repeat("A", 1<<20),
	} {
		if _, err := Reader(strings.NewReader(hostile), keyOf(last)); data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "more devices") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// mostAllocated is far below what scrypt takes for any factor that matters.
const mostAllocated = 1 << 20

// allocated is how many bytes fn asks for.
func allocated(fn func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	fn()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// A header can ask for any work; beyond the limit none is done.
func TestScryptWorkIsLimited(t *testing.T) {
	file := string(sealed(t, Lock{Passphrase: phrase}, []byte("plain")))
	was := fmt.Sprintf(" %d\n", writeWork)
	if !strings.Contains(file, was) {
		t.Fatalf("the work factor is not where it was: %q", file[:200])
	}
	for _, factor := range []string{"19", "22", "63", "99999999999999999999999"} {
		var err error
		took := allocated(func() {
			_, err = Reader(strings.NewReader(strings.Replace(file, was, " "+factor+"\n", 1)), Key{Passphrase: phrase})
		})
		if data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "too much memory") {
			t.Errorf("factor %s: %v", factor, err)
		}
		if took > mostAllocated {
			t.Errorf("factor %s took %d bytes", factor, took)
		}
	}
	// Told elsewhere than in the first stanza, or not as a plain number, it is no better.
	other := string(sealed(t, Lock{Recipients: []string{identity(t).Recipient().String()}}, []byte("plain")))
	stanza := func(factor string) string {
		return "-> scrypt AAAAAAAAAAAAAAAAAAAAAA " + factor + "\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
	}
	for name, hostile := range map[string]string{
		"in the second stanza": strings.Replace(other, "--- ", stanza("22")+"--- ", 1),
		"in hex":               intro + stanza("0x16") + "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
		"with a sign":          intro + stanza("+22") + "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
		"with zeros":           intro + stanza("0022") + "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
		"negative":             intro + stanza("-1") + "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
		"twice":                intro + stanza("10") + stanza("22") + "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
		"missing":              intro + "-> scrypt AAAAAAAAAAAAAAAAAAAAAA\nAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
	} {
		key := Key{Identities: []age.Identity{identity(t)}, Passphrase: phrase}
		var err error
		took := allocated(func() { _, err = Reader(strings.NewReader(hostile), key) })
		if kind := data.KindOf(err); err == nil || kind != data.Invalid && kind != data.Refused {
			t.Errorf("%s: %v", name, err)
		}
		if took > mostAllocated {
			t.Errorf("%s took %d bytes", name, took)
		}
	}
}

// Cut anywhere, flipped anywhere, with something behind it: never all of the
// plain text without an error, and every error in words.
func TestDamage(t *testing.T) {
	ann := identity(t)
	plain := bytes.Repeat([]byte("0123456789abcdef"), 10_000)
	file := sealed(t, Lock{Recipients: []string{ann.Recipient().String()}}, plain)
	check := func(name string, hurt []byte) {
		t.Helper()
		got, err := open(bytes.NewReader(hurt), keyOf(ann))
		kind := data.KindOf(err)
		if err == nil || kind != data.Invalid && kind != data.Refused || !strings.Contains(err.Error(), "nothing was changed") {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	_, behind, _ := bytes.Cut(file, []byte("\n--- "))
	header := len(file) - len(behind) + bytes.IndexByte(behind, '\n') + 1
	chunk := header + 16 + 64<<10 + 16 // the end of the first: a nonce, 64 KB, a tag
	for _, at := range []int{0, 1, 21, 22, 60, header - 1, header, header + 8, header + 16, chunk, chunk + 1, len(file) / 2, len(file) - 17, len(file) - 1} {
		check(fmt.Sprint("cut at ", at), file[:at])
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 2000 {
		at := random.IntN(len(file))
		if i < 400 {
			at = i % len(file) // the header and what follows it, byte by byte
		}
		hurt := bytes.Clone(file)
		hurt[at] ^= 1 << random.IntN(8)
		check(fmt.Sprint("flip at ", at), hurt)
	}
	if _, err := Reader(bytes.NewReader(file[:60]), Key{}); data.KindOf(err) != data.Invalid || !strings.Contains(err.Error(), "cut short") {
		t.Errorf("cut in the header, without a key: %v", err)
	}
	check("something behind", append(bytes.Clone(file), 'x'))
	check("twice", append(bytes.Clone(file), file...))
	check("not locked", plain)
}

// A disk that fails is told as that, at any place; what its reader said of it stays.
func TestReadingFails(t *testing.T) {
	ann := identity(t)
	file := sealed(t, Lock{Recipients: []string{ann.Recipient().String()}}, make([]byte, 200_000))
	bad := errors.New("input/output error")
	stopped := data.Errorf(data.Canceled, "stopped; nothing was changed")
	for _, at := range []int{0, 10, 100, 300, 100_000, len(file)} {
		_, err := open(io.MultiReader(bytes.NewReader(file[:at]), iotest.ErrReader(bad)), keyOf(ann))
		if !errors.Is(err, bad) || data.KindOf(err) != data.Internal {
			t.Errorf("at %d: %v", at, err)
		}
		_, err = open(io.MultiReader(bytes.NewReader(file[:at]), iotest.ErrReader(stopped)), keyOf(ann))
		if data.KindOf(err) != data.Canceled {
			t.Errorf("stopped at %d: %v", at, err)
		}
	}
	w, err := Writer(failing{}, Lock{Recipients: []string{ann.Recipient().String()}})
	if err == nil {
		_, err = w.Write(make([]byte, 1<<20))
	}
	var told *data.Error
	if !errors.As(err, &told) || !strings.Contains(told.Msg, "the book is safe") {
		t.Errorf("writing: %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestPassphrase(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"secret", "secret"},
		{"secret\n", "secret"},
		{"secret\r\n", "secret"},
		{" two words \n", " two words "},
		{"\xef\xbb\xbfsecret\n", "secret"},
		{"one\ntwo\n", "one\ntwo"},
		{"secret\n\n", "secret\n"},
		{"ærlig", "ærlig"},
		{strings.Repeat("x", 4096) + "\n", strings.Repeat("x", 4096)},
		{"", ""},
		{"\n", ""},
		{"\r\n", ""},
		{"\xef\xbb\xbf", ""},
		{"a\xff", ""},
		{"\xff\xfes\x00", ""},
		{"a\x00b", ""},
		{strings.Repeat("x", 5000), ""},
	} {
		got, err := Passphrase(strings.NewReader(tt.text))
		if got != tt.want || (err == nil) != (tt.want != "") || err != nil && data.KindOf(err) != data.Invalid {
			t.Errorf("%.20q: %.20q, %v", tt.text, got, err)
		}
	}
	if _, err := Passphrase(iotest.ErrReader(errors.New("gone"))); data.KindOf(err) != data.Internal || err == nil {
		t.Errorf("told: %v", err)
	}
}

func TestHead(t *testing.T) {
	for _, tt := range []struct {
		head               string
		sealed, passphrase bool
	}{
		{"", false, false},
		{"age-encryption.org/v1", false, false},
		{"\x28\xb5\x2f\xfd", false, false},
		{"SQLite format 3\x00", false, false},
		{intro, true, false},
		{intro + "-> scrypt", true, false},
		{intro + "-> scrypt a 17\n", true, true},
		{intro + "-> X25519 abc\nabc\n", true, false},
		{intro + "scrypt a 17\n", true, false},
	} {
		if got := Sealed([]byte(tt.head)); got != tt.sealed {
			t.Errorf("%q sealed: %t", tt.head, got)
		}
		if got := NeedsPassphrase([]byte(tt.head)); got != tt.passphrase {
			t.Errorf("%q needs a passphrase: %t", tt.head, got)
		}
	}
}

func FuzzReader(f *testing.F) {
	ann := identity(f)
	f.Add(sealed(f, Lock{Recipients: []string{ann.Recipient().String()}}, []byte("plain")))
	f.Add([]byte(intro + "-> scrypt AAAAAAAAAAAAAAAAAAAAAA 22\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAA\n"))
	f.Add([]byte(intro))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, err := open(bytes.NewReader(file), keyOf(ann)) // a passphrase's work would leave no time for anything else
		var told *data.Error
		if err != nil && !errors.As(err, &told) {
			t.Errorf("not in words: %v", err)
		}
	})
}
