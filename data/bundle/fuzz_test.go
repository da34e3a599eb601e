package bundle

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// FuzzRead reads any bytes as a file.
func FuzzRead(f *testing.F) {
	lock, _ := Device(f)
	f.Add(written(f, sample()))
	f.Add(packed(head(), act(), edit("1", `{"note":1}`, "")))
	f.Add([]byte("age-encryption.org/v1\n"))
	f.Add([]byte(workHeader("22")))
	for _, p := range Parts() {
		f.Add(p.Write(f, SmallLog(), WriteOptions{Signer: NewSigner(1)}))
		f.Add(p.Write(f, SmallLog(), WriteOptions{Lock: lock}))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := readAll(file)
		checkRead(t, got, err)
	})
}

// FuzzLines puts lines behind a good manifest, under a trailer that fits, and
// reads them plain and decrypted.
func FuzzLines(f *testing.F) {
	f.Add(edit("1", `{"note":1}`, `{"note":[[1,2]]}`), false)
	f.Add(edit("9", `{"stage":{"stage":"x","close_day":null}}`, "")+"\n"+edit("10", `{"_deleted":true}`, ""), true)
	f.Add(act(), true)
	f.Add(hold(0, "[1,5],[7,9]")+"\n"+hold(1, "[3,3]"), false)
	for _, p := range Parts() {
		lines := plainLines(p.Of(SmallLog()))
		f.Add(strings.Join(lines[1:len(lines)-1], "\n"), true)
	}
	lock, key := Device(f)
	f.Fuzz(func(t *testing.T, lines string, encrypted bool) {
		if len(lines) > 1<<16 || strings.Contains(lines, `{"trailer":`) {
			return
		}
		if !encrypted {
			got, err := readAll(packed(append([]string{head()}, strings.Split(lines, "\n")...)...))
			checkRead(t, got, err)
			return
		}
		got, err := readWith(locked(t, lock, packed(append([]string{lockedHead()}, strings.Split(lines, "\n")...)...)), key)
		checkRead(t, got, err)
	})
}

// FuzzOp reads any text as the line of an op.
func FuzzOp(f *testing.F) {
	f.Add([]byte(edit("1", `{"note":1}`, `{"note":[[1,2]]}`)))
	f.Add([]byte(edit("7", `{"amount":1e400,"\u006eote":-0}`, "")))
	for _, p := range Parts() {
		for _, line := range plainLines(p.Of(SmallLog())) {
			if strings.HasPrefix(line, `{"op":`) {
				f.Add([]byte(line))
			}
		}
	}
	m := manifest()
	txn := sampleTxn()
	f.Fuzz(func(t *testing.T, line []byte) {
		var got *oplog.Op
		d := newDecoder(Handler{Op: func(op *oplog.Op) error { got = op; return nil }}, &m, Standard().Depth)
		d.txns = []txnHead{{id: txn.ID, stamp: txn.Stamp}}
		err := d.line(&lines{ctx: context.Background(), line: line, lim: Standard(), number: 3, r: bufio.NewReader(bytes.NewReader(nil))})
		if err == nil && got != nil {
			again, err := readAll(written(t, held{manifest: &m, txns: []toldTxn{{Txn: txn}}, ops: []*oplog.Op{got}}))
			if err != nil || !again.ops[0].Equal(got) {
				t.Fatalf("%+v came back as %+v: %v", got, again.ops, err)
			}
			return
		}
		checkRead(t, &held{}, err)
	})
}

// checkRead holds a reading to its contract: refused in words, or whole and
// the same once written and read again.
func checkRead(t *testing.T, got *held, err error) {
	t.Helper()
	if err != nil {
		var e *data.Error
		if !errors.As(err, &e) || e.Msg == "" || e.Kind == data.Internal {
			t.Fatalf("refused without a word: %v", err)
		}
		return
	}
	if got.manifest == nil {
		return
	}
	for _, op := range got.ops {
		if err := op.Check(); err != nil {
			t.Fatal(err)
		}
	}
	got.manifest.Invite, got.manifest.Encrypted = nil, false
	again, err := readAll(written(t, *got))
	if err != nil || len(again.ops) != len(got.ops) || !reflect.DeepEqual(again.txns, got.txns) || !reflect.DeepEqual(again.runs, got.runs) {
		t.Fatalf("written again it is not read: %v", err)
	}
	for i, op := range again.ops {
		if !op.Equal(got.ops[i]) {
			t.Fatalf("%+v came back as %+v", got.ops[i], op)
		}
	}
}
