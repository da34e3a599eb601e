package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

var (
	bookID   = data.ImportedID("test", "", "book")
	replicaA = data.ImportedID("test", "", "a")
	replicaB = data.ImportedID("test", "", "b")
	rowID    = data.ImportedID("test", "", "row")
	txnID    = data.ImportedID("test", "", "txn")
)

func manifest() Manifest {
	return Manifest{
		Version: Version, Book: bookID, Scope: ScopeEverything, Made: 1_700_000_000_123,
		From:     Sender{Person: data.ImportedID("test", "", "ann"), Name: "Ann \"A\"", Device: "laptop\n", Replica: replicaA},
		Replicas: []data.ID{replicaA, replicaB},
	}
}

func sampleTxn() oplog.Txn {
	return oplog.Txn{ID: txnID, Replica: replicaA, Name: "Ann", Device: "d", Day: data.NewDay(2026, 3, 2), Stamp: 5 << 15, What: "Move Rangreen “x”"}
}

func sampleOp(seq uint64, cells map[string]oplog.Cell) *oplog.Op {
	return &oplog.Op{Dot: oplog.Dot{Replica: replicaA, Seq: seq}, Stamp: 5 << 15, Txn: txnID, Kind: "deal", Row: rowID, Cells: cells}
}

// held is all that a file holds.
type held struct {
	manifest *Manifest
	runs     map[data.ID]oplog.Ranges
	txns     []toldTxn
	ops      []*oplog.Op
}

// toldTxn is an act with the hashes of what is not told of it.
type toldTxn struct {
	oplog.Txn
	rest []oplog.Hash
}

func (h *held) handler() Handler {
	return Handler{
		Manifest: func(m *Manifest) error { h.manifest = m; return nil },
		Held: func(id data.ID, runs oplog.Ranges) error {
			if h.runs == nil {
				h.runs = map[data.ID]oplog.Ranges{}
			}
			h.runs[id] = append(h.runs[id], runs...)
			return nil
		},
		Txn: func(t oplog.Txn, rest []oplog.Hash) error {
			h.txns = append(h.txns, toldTxn{t, rest})
			return nil
		},
		Op: func(op *oplog.Op) error { h.ops = append(h.ops, op); return nil },
	}
}

func readAll(file []byte) (*held, error) {
	h := &held{}
	return h, Read(context.Background(), bytes.NewReader(file), OpenOptions{}, h.handler())
}

func written(t rapid.TB, h held) []byte { return writtenWith(t, h, WriteOptions{}) }

func writtenWith(t rapid.TB, h held, o WriteOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, *h.manifest, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range h.manifest.Replicas {
		if err := w.Held(id, h.runs[id]); err != nil {
			t.Fatal(err)
		}
	}
	for _, txn := range h.txns {
		if err := w.Txn(txn.Txn, txn.rest); err != nil {
			t.Fatal(err)
		}
	}
	for _, op := range h.ops {
		if err := w.Op(op); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sample() held {
	m := manifest()
	return held{manifest: &m, txns: []toldTxn{{Txn: sampleTxn()}}, ops: []*oplog.Op{
		sampleOp(1, map[string]oplog.Cell{
			"stage":         {Value: json.RawMessage(`{"stage":"x"}`), Overwrites: []oplog.Dot{{Replica: replicaB, Seq: 7}, {Replica: replicaB, Seq: 9}}},
			"from the \" ;": {Value: json.RawMessage(`{"a":  [1.0,1e2,"<\u00e9"]}`)},
			"note":          {Value: json.RawMessage(`null`)},
		}),
		sampleOp(4, map[string]oplog.Cell{oplog.DeletedCell: {Value: json.RawMessage(`true`), Overwrites: []oplog.Dot{{Replica: replicaA, Seq: 1}}}}),
	}}
}

// sameHeld makes sure that what was read is what was written.
func sameHeld(t rapid.TB, got, want held) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("read %+v\nwrote %+v", got, want)
	}
}

func TestWrittenIsRead(t *testing.T) {
	want := sample()
	got, err := readAll(written(t, want))
	if err != nil {
		t.Fatal(err)
	}
	sameHeld(t, *got, want)
}

// Any value, known or not, comes out byte for byte as it went in.
func TestValuesAreRelayedByteForByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := manifest()
		h := held{manifest: &m, txns: []toldTxn{{Txn: sampleTxn()}}}
		for i := range rapid.IntRange(1, 5).Draw(t, "ops") {
			cells := map[string]oplog.Cell{}
			for range rapid.IntRange(1, 4).Draw(t, "cells") {
				name := rapid.StringMatching(`[\PC]{1,20}`).Draw(t, "name")
				c := oplog.Cell{Value: json.RawMessage(drawJSON(t, 3))}
				for range rapid.IntRange(0, 3).Draw(t, "overwrites") {
					c.Overwrites = append(c.Overwrites, oplog.Dot{Replica: replicaB, Seq: rapid.Uint64Range(1, oplog.MaxSeq).Draw(t, "seq")})
				}
				cells[name] = c
			}
			h.ops = append(h.ops, sampleOp(uint64(i+1), cells))
		}
		got, err := readAll(written(t, h))
		if err != nil {
			t.Fatal(err)
		}
		for i, op := range got.ops {
			if !op.Equal(h.ops[i]) {
				t.Fatalf("read %+v\nwrote %+v", op, h.ops[i])
			}
		}
	})
}

func drawJSON(t *rapid.T, depth int) string {
	kinds := 6
	if depth == 0 {
		kinds = 4
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "json") {
	case 0:
		return rapid.SampledFrom([]string{"null", "true", "false", "-0", "1E400", "1.50", "12345678901234567890"}).Draw(t, "word")
	case 1, 2, 3:
		return string(data.AppendJSON(nil, strings.ReplaceAll(rapid.String().Draw(t, "text"), "\x00", "")))
	case 4:
		return "[ " + drawJSON(t, depth-1) + " ,\t" + drawJSON(t, depth-1) + "]"
	}
	return `{"a": ` + drawJSON(t, depth-1) + `, "\u0062":` + drawJSON(t, depth-1) + "}"
}

// packed makes a file of lines with a trailer that fits them.
func packed(lines ...string) []byte {
	plain := strings.Join(lines, "\n") + "\n"
	return zipped(plain + trailerOf(plain, len(lines)-1))
}

func trailerOf(plain string, count int) string { return trailerWith(plain, count, "") }

func trailerWith(plain string, count int, signature string) string {
	return fmt.Sprintf(`{"trailer":{"count":%d,"sha256":"%x","signature":"%s"}}`+"\n", count, sha256.Sum256([]byte(plain)), signature)
}

func zipped(plain string) []byte {
	w, err := zstd.NewWriter(nil, zstd.WithSingleSegment(false), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(64<<10), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		panic(err)
	}
	return w.EncodeAll([]byte(plain), nil)
}

const (
	manifestLine = `{"manifest":{"fieldbook":2,"book":"%s","from":{"person":"","name":"","device":"","replica":"%s"},"to":"","scope":"everything","encrypted":false,"made":"2026-03-02T09:00:00.000Z","key":"","founder":"","replicas":["%s","%s"]}}`
	txnLine      = `{"txn":{"id":"%s","replica":0,"stamp":163840,"day":"2026-03-02","author":"","name":"","device":"","what":"","undo_of":""}}`
)

func head() string { return fmt.Sprintf(manifestLine, bookID, replicaA, replicaA, replicaB) }
func act() string  { return fmt.Sprintf(txnLine, txnID) }

// edit is an op line with the given seq, cells and, where not empty, overwrites.
func edit(seq, cells, overwrites string) string {
	if overwrites != "" {
		overwrites = `,"overwrites":` + overwrites
	}
	return fmt.Sprintf(`{"op":{"replica":0,"seq":%s,"txn":0,"kind":"deal","row":"%s","cells":%s%s}}`, seq, rowID, cells, overwrites)
}

func TestPackedByHandIsRead(t *testing.T) {
	got, err := readAll(packed(head(), act(), edit("3", `{"note":"x"}`, `{"note":[[1,4]]}`)))
	if err != nil || len(got.ops) != 1 || got.ops[0].Stamp != 163840 || got.ops[0].Cells["note"].Overwrites[0] != (oplog.Dot{Replica: replicaB, Seq: 4}) {
		t.Fatalf("%+v %v", got, err)
	}
}
