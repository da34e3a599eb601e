package bundle

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"testing"
	"time"

	"filippo.io/age"

	"fieldbook/data"
	"fieldbook/data/seal"
)

// victims are small files of each sort, with what opens them.
func victims(t *testing.T) map[string]victim {
	t.Helper()
	lock, key := Device(t)
	part := Parts()["scattered"]
	out := map[string]victim{
		"plain":     {part.Write(t, SmallLog(), WriteOptions{}), seal.Key{}, nil},
		"signed":    {part.Write(t, SmallLog(), WriteOptions{Signer: NewSigner(1)}), seal.Key{}, nil},
		"encrypted": {part.Write(t, SmallLog(), WriteOptions{Signer: NewSigner(1), Lock: lock}), key, nil},
		"version 1": {packed(oldHead(), act(), edit("1", `{"note":"x","amount":{"amount":1,"currency":"USD"}}`, `{"note":[[1,4]]}`), edit("2", `{"_deleted":true}`, "")), seal.Key{}, nil},
	}
	// Of the passphrase only as much work as a test of a million files bears.
	lines := plainLines(part.Of(SmallLog()))
	lines[0] = lockedHead()
	phrase, err := age.NewScryptRecipient("x")
	if err != nil {
		t.Fatal(err)
	}
	phrase.SetWorkFactor(1)
	out["passphrase"] = victim{lockedFor(t, phrase, packed(lines[:len(lines)-1]...)), seal.Key{Passphrase: "x"}, nil}
	for name, v := range out {
		got, err := readWith(v.file, v.key)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		v.holds = got
		out[name] = v
	}
	return out
}

type victim struct {
	file  []byte
	key   seal.Key
	holds *held
}

// survives reads a damaged copy of the file, which must be refused before
// anything is handed on, at once and without much memory. A bit that means
// nothing, such as zstd's unused one, may turn where no encryption covers it: then
// the file is read and holds what it held.
func (v *victim) survives(t *testing.T, bad []byte) (read bool) {
	t.Helper()
	start, before := time.Now(), allocated()
	got, err := readWith(bad, v.key)
	took, used := time.Since(start), allocated()-before
	if took > time.Second { // once may be the machine's fault
		start = time.Now()
		got, err = readWith(bad, v.key)
		took = time.Since(start)
	}
	if took > time.Second || used > 256<<20 {
		t.Fatalf("took %v and %d MB\n%x", took, used>>20, bad)
	}
	if err == nil {
		if v.key.Identities != nil || v.key.Passphrase != "" || !reflect.DeepEqual(got, v.holds) {
			t.Fatalf("a damaged file was read\n%x", bad)
		}
		return true
	}
	var e *data.Error
	if !errors.As(err, &e) || e.Msg == "" || e.Kind == data.Internal {
		t.Fatalf("refused without a word: %v\n%x", err, bad)
	}
	if got.manifest != nil || len(got.txns)+len(got.ops)+len(got.runs) > 0 {
		t.Fatalf("something of a refused file was handed on\n%x", bad)
	}
	return false
}

// TestCutAnywhere cuts files behind each of their bytes.
func TestCutAnywhere(t *testing.T) {
	for name, v := range victims(t) {
		t.Run(name, func(t *testing.T) {
			step := 1
			if v.key.Passphrase != "" {
				step = 7 // each takes some milliseconds
			}
			for n := 0; n < len(v.file); n += step {
				if v.survives(t, v.file[:n]) {
					t.Fatalf("cut to %d of %d bytes it was read", n, len(v.file))
				}
			}
			refusedWith(t, v.file[:len(v.file)-5], v.key, data.Invalid, "cut short")
		})
	}
}

// soakCases is the share of a full run that FIELDBOOK_SOAK asks for in
// hundredths, else a short one.
func soakCases(t *testing.T, full, short int) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv("FIELDBOOK_SOAK")); err == nil && n > 0 {
		return full * n / 100
	}
	return short
}

// TestSoakBitFlips turns bits of files, cuts them, and swaps, doubles and drops pieces
// of them: a million times in the full run.
func TestSoakBitFlips(t *testing.T) {
	n := soakCases(t, 1_000_000, 5000)
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d cases, seed %d", n, seed)
	all := victims(t)
	for name, v := range all {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, uint64(len(name))))
			few := n / 50 // by passphrase each takes some milliseconds
			cases := (n - few) / (len(all) - 1)
			if v.key.Passphrase != "" {
				cases = few
			}
			for range cases {
				if bad := spoil(r, v.file); !bytes.Equal(bad, v.file) {
					v.survives(t, bad)
				}
			}
		})
	}
}

func spoil(r *rand.Rand, file []byte) []byte {
	bad := bytes.Clone(file)
	at, n := r.IntN(len(bad)), 1+r.IntN(40)
	end := min(at+n, len(bad))
	switch r.IntN(8) {
	case 0:
		return bad[:at]
	case 1:
		return append(bad[:at], bad[end:]...)
	case 2:
		return append(bad[:end], file[at:]...)
	case 3:
		copy(bad[r.IntN(len(bad)):], file[at:end])
	case 4:
		clear(bad[at:end])
	default:
		for range 1 + r.IntN(3) {
			bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
		}
	}
	return bad
}
