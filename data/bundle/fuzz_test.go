package bundle

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"reflect"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/oplog"
	"fieldbook/data/seal"
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

// FuzzLines reads any text as the lines behind a good manifest, as they come out
// of a file once it is decrypted and unpacked. What is taken is written encrypted
// and read once more.
func FuzzLines(f *testing.F) {
	f.Add(act()+"\n"+edit("1", `{"note":1}`, `{"note":[[1,2]]}`), true)
	f.Add(act()+"\n"+edit("9", `{"stage":{"stage":"x","close_day":null}}`, "")+"\n"+edit("10", `{"_deleted":true}`, ""), false)
	f.Add(hold(0, "[1,5],[7,9]")+"\n"+hold(1, "[3,3]"), false)
	f.Add(signedAct("1", "3", `,"rest":["`+someHash+`"]`)+"\n"+`{"rest":["`+someHash+`"]}`, false)
	for _, p := range Parts() {
		lines := plainLines(p.Of(SmallLog()))
		f.Add(strings.Join(lines[1:len(lines)-1], "\n"), false)
	}
	lock, key := Device(f)
	f.Fuzz(func(t *testing.T, text string, old bool) {
		first := head()
		if old {
			first = oldHead()
		}
		got, err := readLines(first + "\n" + text + "\n")
		checkReadBy(t, got, err, WriteOptions{Signer: NewSigner(1), Lock: lock}, key)
	})
}

// readLines reads the lines of a file that has no trailer.
func readLines(text string) (*held, error) {
	h := &held{}
	l := &lines{ctx: context.Background(), frame: newFrame(nil, 0), r: bufio.NewReader(strings.NewReader(text)), lim: Standard(), sum: sha256.New()}
	m, err := readManifest(l)
	if err != nil {
		return h, err
	}
	h.manifest = m
	d := newDecoder(h.handler(), m, Standard().Depth)
	for l.next() {
		if err := d.line(l); err != nil {
			return h, err
		}
	}
	return h, d.close()
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
		line, _, _ = bytes.Cut(line, []byte("\n"))
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
	checkReadBy(t, got, err, WriteOptions{}, seal.Key{})
}

func checkReadBy(t *testing.T, got *held, err error, o WriteOptions, key seal.Key) {
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
	again, err := readWith(writtenWith(t, *got, o), key)
	if err != nil || len(again.ops) != len(got.ops) || !reflect.DeepEqual(again.txns, got.txns) || !reflect.DeepEqual(again.runs, got.runs) {
		t.Fatalf("written again it is not read: %v", err)
	}
	for i, op := range again.ops {
		if !op.Equal(got.ops[i]) {
			t.Fatalf("%+v came back as %+v", got.ops[i], op)
		}
	}
}
