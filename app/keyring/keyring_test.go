package keyring

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"filippo.io/age"

	"fieldbook/data"
)

func newDevice(t *testing.T) Device {
	t.Helper()
	d, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDeviceSignsAndReceives(t *testing.T) {
	d, other := newDevice(t), newDevice(t)
	message := []byte("the list of an act's ops")
	if !ed25519.Verify(d.Public(), message, d.Sign(message)) {
		t.Error("its own signature does not hold")
	}
	if ed25519.Verify(other.Public(), message, d.Sign(message)) {
		t.Error("the signature holds for another device")
	}
	to, err := age.ParseX25519Recipient(d.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	w, err := age.Encrypt(&file, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(message); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(file.Bytes()), d.Identity())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, message) {
		t.Errorf("received %q, %v", got, err)
	}
	if _, err := age.Decrypt(bytes.NewReader(file.Bytes()), other.Identity()); err == nil {
		t.Error("another device opens the file")
	}
	var none Device
	if !none.IsZero() || none.Public() != nil || none.Recipient() != "" || none.Identity() != nil || none.Encode() != "" || d.IsZero() {
		t.Error("no device is taken for one, or the other way round")
	}
}

func TestDecode(t *testing.T) {
	d := newDevice(t)
	line := d.Encode()
	got, err := Decode(line)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Public().Equal(d.Public()) || got.Recipient() != d.Recipient() || strings.Contains(line, "\n") {
		t.Error("another device came back")
	}
	for name, text := range map[string]string{
		"nothing":          "",
		"a word less":      line[:strings.LastIndex(line, " ")],
		"a word more":      line + " x",
		"a line end":       line + "\n",
		"another seed":     strings.Replace(line, line[19:21], "zz", 1),
		"a lower-case key": strings.Replace(line, "AGE-SECRET-KEY-", "age-secret-key-", 1),
		"another check":    line[:len(line)-1] + "g",
		"another program":  strings.Replace(line, "fieldbook", "notebook", 1),
	} {
		_, err := Decode(text)
		if err == nil || data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Decode(strings.Replace(line, "device-1", "device-2", 1)); data.KindOf(err) != data.Unsupported {
		t.Errorf("a newer form: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	d, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(d.Encode())
	f.Add("fieldbook-device-1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA AGE-SECRET-KEY-1 00000000")
	f.Add("fieldbook-device-2  ")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Decode(text)
		if err != nil {
			if len(text) > 8 && strings.Contains(err.Error(), text) {
				t.Error("the error repeats the text")
			}
			return
		}
		if d.IsZero() || d.Encode() != text {
			t.Errorf("%q reads as another device", text)
		}
	})
}

// Whatever is printed of a device, or of what holds one, has no secret in it.
func TestDeviceHidesItsSecrets(t *testing.T) {
	d := newDevice(t)
	type holder struct{ device Device }
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%t"} {
		fmt.Fprintf(&out, verb+"\n", d)
		fmt.Fprintf(&out, verb+"\n", &d)
		fmt.Fprintf(&out, verb+"\n", []Device{d})
		fmt.Fprintf(&out, verb+"\n", holder{d})
		fmt.Fprintf(&out, verb+"\n", &holder{d})
	}
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("kept", "device", d, "devices", []Device{d}, "holder", holder{d})
	}
	if err := json.NewEncoder(&out).Encode(map[string]any{"device": d}); err != nil {
		t.Fatal(err)
	}
	seed := d.keys().sign.Seed()
	for name, secret := range map[string]string{
		"the line": d.Encode(), "the receiving key": d.keys().receive.String(), "the seed": seedText.EncodeToString(seed),
		"the seed in hex": fmt.Sprintf("%x", seed[:8]), "the seed in decimals": strings.Trim(fmt.Sprintf("%d", seed[:8]), "[]"),
	} {
		if strings.Contains(strings.ToLower(out.String()), strings.ToLower(secret)) {
			t.Errorf("%s is printed: %s", name, out.String())
		}
	}
	if !strings.Contains(out.String(), Words(d.Public())) {
		t.Error("the device is not named")
	}
	if got := fmt.Sprint(Device{}); got != "no device" {
		t.Errorf("no device is %q", got)
	}
}

func TestWords(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	// People have read these to each other: they may never change.
	if got, want := Words(key), "rely bench excuse ribbon breeze mirror"; got != want {
		t.Errorf("words %q, want %q", got, want)
	}
	other := bytes.Clone(key)
	other[31] ^= 1
	if Words(other) == Words(key) {
		t.Error("another key has the same words")
	}
	for _, tt := range []struct {
		bits []byte
		want string
	}{
		{make([]byte, 9), "abandon abandon abandon abandon abandon abandon"},
		{bytes.Repeat([]byte{0xff}, 9), "zoo zoo zoo zoo zoo zoo"},
		{[]byte{0, 0b00111111, 0b11111100, 0, 0, 0, 0, 0, 0b01000000}, "ability zoo abandon abandon abandon ability"},
	} {
		if got := strings.Join(wordsOf(tt.bits), " "); got != tt.want {
			t.Errorf("%b: %s, want %s", tt.bits, got, tt.want)
		}
	}
}

func TestPhrase(t *testing.T) {
	form := regexp.MustCompile(`^[a-z]{3,8}(-[a-z]{3,8}){5}$`)
	seen := map[string]bool{}
	for range 100 {
		phrase, err := Phrase()
		if err != nil || !form.MatchString(phrase) || seen[phrase] {
			t.Fatalf("%q, %v", phrase, err)
		}
		seen[phrase] = true
	}
}
