package bundle_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"fieldbook/data"
	"fieldbook/data/bundle"
	"fieldbook/data/oplog"
	"fieldbook/data/seal"
)

// told is all that a file holds, a line for each thing, in words that both
// readers can be brought to.
func (f *secondFile) told() []string {
	m := f.manifest
	out := []string{fmt.Sprintln(m.Fieldbook, m.Book, m.From, m.To, m.Scope, m.ScopeOf, m.Encrypted, m.Made, m.Key, m.Founder, m.Replicas)}
	if m.Invite != nil {
		out = append(out, fmt.Sprintln(*m.Invite))
	}
	for _, h := range f.held {
		out = append(out, fmt.Sprintln("held ", m.Replicas[h.Replica], h.Runs))
	}
	for _, t := range f.txns {
		day := ""
		if t.Day != nil {
			day = *t.Day
		}
		out = append(out, fmt.Sprintln(t.ID, m.Replicas[t.Replica], t.Stamp, day, t.Author, t.Name, t.Device, t.What, t.UndoOf, t.First, t.Count, t.Basis, t.Key, t.Signature, t.Erased, t.Rest))
	}
	for _, op := range f.ops {
		line := []string{fmt.Sprintln(m.Replicas[op.Replica], op.Seq, f.txns[op.Txn].ID, op.Kind, op.Row, f.named(op.Under))}
		for name, v := range op.Cells {
			line = append(line, fmt.Sprintf("%q %s %v", name, v, f.named(op.Overwrites[name])))
		}
		for name, c := range op.Hidden {
			line = append(line, fmt.Sprintf("%q # %s %v", name, c.Hash, f.named(c.Overwrites)))
		}
		slices.Sort(line[1:])
		out = append(out, strings.Join(line, "; "))
	}
	return out
}

func (f *secondFile) named(dots [][2]uint64) []string {
	out := []string{}
	for _, d := range dots {
		out = append(out, fmt.Sprintln(f.manifest.Replicas[d[0]], d[1]))
	}
	return out
}

// firstTold is what the package reads, in the same words.
func firstTold(t *testing.T, file []byte, key seal.Key) []string {
	t.Helper()
	var out []string
	err := bundle.Read(context.Background(), bytes.NewReader(file), bundle.OpenOptions{Key: key}, bundle.Handler{
		Manifest: func(m *bundle.Manifest) error {
			var made string
			if err := json.Unmarshal(data.AppendJSON(nil, m.Made), &made); err != nil {
				return err
			}
			from := struct{ Person, Name, Device, Replica string }{m.From.Person.String(), m.From.Name, m.From.Device, m.From.Replica.String()}
			out = append(out, fmt.Sprintln(m.Version, m.Book, from, m.To, m.Scope, m.ScopeOf, m.Encrypted, made, hex.EncodeToString(m.Key), hex.EncodeToString(m.Founder), m.Replicas))
			if m.Invite != nil {
				out = append(out, fmt.Sprintln(*m.Invite))
			}
			return nil
		},
		Held: func(replica data.ID, runs oplog.Ranges) error {
			pairs := [][2]uint64{}
			for _, r := range runs {
				pairs = append(pairs, [2]uint64{r.From, r.To})
			}
			out = append(out, fmt.Sprintln("held ", replica, pairs))
			return nil
		},
		Txn: func(x oplog.Txn, rest []oplog.Hash) error {
			day := ""
			if x.Day != data.NoDay {
				day = x.Day.Time().Format("2006-01-02")
			}
			out = append(out, fmt.Sprintln(x.ID, x.Replica, uint64(x.Stamp), day, x.Author, x.Name, x.Device, x.What, x.UndoOf, x.First, x.Count, x.Basis, hex.EncodeToString(x.Key), hex.EncodeToString(x.Signature), x.Erased, rest))
			return nil
		},
		Op: func(op *oplog.Op) error {
			line := []string{fmt.Sprintln(op.Replica, op.Seq, op.Txn, op.Kind, op.Row, dotNames(op.Under))}
			for name, c := range op.Cells {
				line = append(line, fmt.Sprintf("%q %s %v", name, c.Value, dotNames(c.Overwrites)))
			}
			for name, c := range op.Hidden {
				line = append(line, fmt.Sprintf("%q # %s %v", name, c.Value, dotNames(c.Overwrites)))
			}
			slices.Sort(line[1:])
			out = append(out, strings.Join(line, "; "))
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func dotNames(dots []oplog.Dot) []string {
	out := []string{}
	for _, d := range dots {
		out = append(out, fmt.Sprintln(d.Replica, d.Seq))
	}
	return out
}

func TestSecondReader(t *testing.T) {
	lock, key := bundle.Device(t)
	for name, part := range bundle.Parts() {
		for how, o := range map[string]bundle.WriteOptions{
			"plain":     {},
			"signed":    {Signer: bundle.NewSigner(1)},
			"encrypted": {Signer: bundle.NewSigner(1), Lock: lock},
		} {
			t.Run(name+", "+how, func(t *testing.T) {
				file := part.Write(t, bundle.SmallLog(), o)
				second, err := readSecond(file, key.Identities...)
				if err != nil {
					t.Fatal(err)
				}
				got, want := second.told(), firstTold(t, file, key)
				if len(got) != len(want) {
					t.Fatalf("the format's description reads %d lines where the package reads %d", len(got), len(want))
				}
				for i := range want {
					if got[i] != want[i] {
						t.Errorf("the format's description reads\n%swhere the package reads\n%s", got[i], want[i])
					}
				}
				if err := second.verify(); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func TestSecondReaderByPassphrase(t *testing.T) {
	file := bundle.Parts()["scattered"].Write(t, bundle.SmallLog(), bundle.WriteOptions{Lock: seal.Lock{Passphrase: "correct horse"}})
	id, err := age.NewScryptIdentity("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	id.SetMaxWorkFactor(18)
	second, err := readSecond(file, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.verify(); err != nil {
		t.Error(err)
	}
}

// The second reader's checks can fail: each thing that a signature covers, once
// changed, breaks it.
func TestSecondReaderFindsForgery(t *testing.T) {
	for name, forge := range map[string]func(*secondFile){
		"value":   func(f *secondFile) { f.ops[0].Cells["note"] = json.RawMessage(`1`) },
		"row":     func(f *secondFile) { f.ops[0].Row = f.ops[1].Row },
		"under":   func(f *secondFile) { f.ops[1].Under = append(f.ops[1].Under, [2]uint64{0, 1}) },
		"what":    func(f *secondFile) { f.txns[0].What = "Nothing" },
		"author":  func(f *secondFile) { f.txns[0].Author = "" },
		"day":     func(f *secondFile) { f.txns[1].Day = nil },
		"rest":    func(f *secondFile) { f.txns[0].Rest[0], f.txns[0].Rest[1] = f.txns[0].Rest[1], f.txns[0].Rest[0] },
		"more":    func(f *secondFile) { f.txns[0].Rest = append(f.txns[0].Rest, f.txns[0].Rest[0]) },
		"fewer":   func(f *secondFile) { f.txns[0].Rest = f.txns[0].Rest[1:] },
		"an op":   func(f *secondFile) { f.ops = f.ops[1:] },
		"another": func(f *secondFile) { f.ops[1].Seq++ },
	} {
		f, err := readSecond(bundle.Parts()["scattered"].Write(t, bundle.SmallLog(), bundle.WriteOptions{}))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.verify(); err != nil {
			t.Fatal(err)
		}
		if forge(f); f.verify() == nil {
			t.Errorf("%s can be forged", name)
		}
	}
}

// The ids that follow from their maker are those of the format's description.
func TestSecondReaderKnowsWhoseAnIDIs(t *testing.T) {
	follow := func(domain string, free, from []byte) string {
		b := slices.Concat(free, sum([]byte(domain), free, from)[:10])
		b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
		return hex.EncodeToString(b)
	}
	key, nonce, stamp := bundle.NewSigner(1).Public(), data.NewID(), oplog.Stamp(1_700_000_000_000<<15|7)
	replica := oplog.ReplicaID(key, nonce)
	if want := follow("fieldbook replica 1\x00", replica[:6], key); hex.EncodeToString(replica[:]) != want {
		t.Errorf("replica %s, described %s", replica, want)
	}
	act := oplog.ActID(replica, stamp)
	if want := follow("fieldbook act id 1\x00", u64(1_700_000_000_000)[2:], slices.Concat(replica[:], u64(uint64(stamp)))); hex.EncodeToString(act[:]) != want {
		t.Errorf("act %s, described %s", act, want)
	}
}
