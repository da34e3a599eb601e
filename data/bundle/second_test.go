package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"reflect"
	"testing"

	"github.com/klauspost/compress/zstd"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// secondReader reads a share file by README.md alone: it shares no code with
// the package but the types that it fills.
func secondReader(t *testing.T, file []byte) held {
	t.Helper()
	zip, err := zstd.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer zip.Close()
	plain, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(plain, []byte("\n"))
	lines = lines[:len(lines)-1] // nothing stands behind the last line's end
	last := lines[len(lines)-1]
	var end struct {
		Trailer struct {
			Count     int
			SHA256    string
			Signature string
		}
	}
	decode(t, last, &end)
	sum := sha256.Sum256(plain[:len(plain)-len(last)])
	if end.Trailer.SHA256 != hex.EncodeToString(sum[:]) || end.Trailer.Count != len(lines)-2 || end.Trailer.Signature != "" {
		t.Fatalf("trailer %+v", end)
	}
	out := held{manifest: secondManifest(t, lines[0])}
	for _, line := range lines[1 : len(lines)-1] {
		if bytes.HasPrefix(line, []byte(`{"txn"`)) {
			out.txns = append(out.txns, toldTxn{Txn: secondTxn(t, line, out.manifest.Replicas)})
		} else {
			out.ops = append(out.ops, secondOp(t, line, &out))
		}
	}
	return out
}

func decode(t *testing.T, line []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(line, into); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
}

func secondID(t *testing.T, s string) data.ID {
	t.Helper()
	if s == "" {
		return data.NoID
	}
	id, err := data.ParseID(s)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func secondManifest(t *testing.T, line []byte) *Manifest {
	t.Helper()
	var in struct {
		Manifest struct {
			Fieldbook int
			Book      string
			From      struct{ Person, Name, Device, Replica string }
			To        string
			Scope     string
			Encrypted bool
			Made      string
			Replicas  []string
		}
	}
	decode(t, line, &in)
	m := in.Manifest
	out := &Manifest{Version: m.Fieldbook, Book: secondID(t, m.Book), To: secondID(t, m.To), Scope: m.Scope, Encrypted: m.Encrypted}
	out.From = Sender{secondID(t, m.From.Person), m.From.Name, m.From.Device, secondID(t, m.From.Replica)}
	for _, r := range m.Replicas {
		out.Replicas = append(out.Replicas, secondID(t, r))
	}
	made, err := data.Field{Type: data.TypeInstant}.DecodeJSON([]byte(`"` + m.Made + `"`))
	if err != nil {
		t.Fatal(err)
	}
	out.Made = made.(data.Instant)
	return out
}

func secondTxn(t *testing.T, line []byte, replicas []data.ID) oplog.Txn {
	t.Helper()
	var in struct {
		Txn struct {
			ID           string
			Replica      int
			Stamp        int64
			Day          string
			Author, Name string
			Device, What string
			Undo         string `json:"undo_of"`
		}
	}
	decode(t, line, &in)
	x := in.Txn
	day, err := data.ParseDay(x.Day)
	if err != nil {
		t.Fatal(err)
	}
	return oplog.Txn{
		ID: secondID(t, x.ID), Replica: replicas[x.Replica], Stamp: oplog.Stamp(x.Stamp), Day: day,
		Author: secondID(t, x.Author), Name: x.Name, Device: x.Device, What: x.What, UndoOf: secondID(t, x.Undo),
	}
}

func secondOp(t *testing.T, line []byte, h *held) *oplog.Op {
	t.Helper()
	var in struct {
		Op struct {
			Replica    int
			Seq        uint64
			Txn        int
			Kind       string
			Row        string
			Cells      map[string]json.RawMessage
			Overwrites map[string][][2]uint64
		}
	}
	decode(t, line, &in)
	x := in.Op
	replicas, txn := h.manifest.Replicas, h.txns[x.Txn]
	out := &oplog.Op{Dot: oplog.Dot{Replica: replicas[x.Replica], Seq: x.Seq}, Stamp: txn.Stamp, Txn: txn.ID, Kind: x.Kind, Row: secondID(t, x.Row), Cells: map[string]oplog.Cell{}}
	for name, v := range x.Cells {
		c := oplog.Cell{Value: v}
		for _, d := range x.Overwrites[name] {
			c.Overwrites = append(c.Overwrites, oplog.Dot{Replica: replicas[d[0]], Seq: d[1]})
		}
		out.Cells[name] = c
	}
	return out
}

func TestSecondReader(t *testing.T) {
	want := sample()
	if got := secondReader(t, written(t, want)); !reflect.DeepEqual(got, want) {
		t.Errorf("the format's description reads %+v\nwhere the package wrote %+v", got, want)
	}
}
