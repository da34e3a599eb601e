package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/bundle"
	"fieldbook/data/oplog"
)

var (
	benchPeer = data.ImportedID("test", "", "peer")
	benchTxn  = data.ImportedID("test", "", "txn")
)

func peerTxn() oplog.Txn {
	return oplog.Txn{ID: benchTxn, Replica: benchPeer, Name: "Bob", Device: "laptop", Day: data.NewDay(2026, 3, 1), Stamp: 1 << 15, What: "Edit"}
}

// peerOp is an op of another device, as a share file would bring it.
func peerOp(seq uint64, kind string, row data.ID, cells map[string]oplog.Cell) *oplog.Op {
	return &oplog.Op{Dot: oplog.Dot{Replica: benchPeer, Seq: seq}, Stamp: 1 << 15, Txn: benchTxn, Kind: kind, Row: row, Cells: cells}
}

func value(v string, over ...oplog.Dot) oplog.Cell {
	return oplog.Cell{Value: json.RawMessage(v), Overwrites: over}
}

func mergeOps(s *Store, ops ...*oplog.Op) (MergeCount, error) {
	var count MergeCount
	_, err := s.Write(context.Background(), Act{What: "Merge"}, func(tx *Tx) error {
		m := tx.Merger()
		if err := m.Txn(peerTxn(), nil); err != nil {
			return err
		}
		for _, op := range ops {
			if err := m.Op(op); err != nil {
				return err
			}
		}
		count = m.Count()
		return m.Finish()
	})
	return count, err
}

func TestMergeRefusesWhatNobodyWrites(t *testing.T) {
	id := data.NewID()
	good := peerOp(1, "account", id, map[string]oplog.Cell{"name": value(`"x"`)})
	for name, op := range map[string]*oplog.Op{
		"seq 0":           peerOp(0, "account", id, nil),
		"seq 2^63":        peerOp(1<<63, "account", id, nil),
		"junk kind":       peerOp(2, `deal"; --`, id, nil),
		"no row":          peerOp(2, "account", data.NoID, nil),
		"not JSON":        peerOp(2, "account", id, map[string]oplog.Cell{"name": value(`NaN`)}),
		"its own future":  peerOp(2, "account", id, map[string]oplog.Cell{"name": value(`1`, oplog.Dot{Replica: benchPeer, Seq: 3})}),
		"itself":          peerOp(2, "account", id, map[string]oplog.Cell{"name": value(`1`, oplog.Dot{Replica: benchPeer, Seq: 2})}),
		"a dot that is 0": peerOp(2, "account", id, map[string]oplog.Cell{"name": value(`1`, oplog.Dot{Replica: benchPeer})}),
	} {
		s := create(t, BookInfo{})
		before := dump(t, s)
		if _, err := mergeOps(s, good, op); data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		if after := dump(t, s); len(after) != len(before) {
			t.Errorf("%s left %v", name, after)
		}
		verified(t, s)
	}
}

func TestMergeTellsCollidingDots(t *testing.T) {
	s := create(t, BookInfo{})
	id := data.NewID()
	good := peerOp(1, "account", id, map[string]oplog.Cell{"name": value(`"x"`), "city": value(`"y"`)})
	if _, err := mergeOps(s, good); err != nil {
		t.Fatal(err)
	}
	if c, err := mergeOps(s, good); err != nil || c.Already != 1 {
		t.Fatalf("the same again: %+v %v", c, err)
	}
	for name, op := range map[string]*oplog.Op{
		"value":      peerOp(1, "account", id, map[string]oplog.Cell{"name": value(`"z"`), "city": value(`"y"`)}),
		"cells":      peerOp(1, "account", id, map[string]oplog.Cell{"name": value(`"x"`)}),
		"row":        peerOp(1, "account", data.NewID(), good.Cells),
		"kind":       peerOp(1, "deal", id, good.Cells),
		"overwrites": peerOp(1, "account", id, map[string]oplog.Cell{"name": value(`"x"`, oplog.Dot{Replica: data.NewID(), Seq: 1}), "city": value(`"y"`)}),
	} {
		if _, err := mergeOps(s, op); data.KindOf(err) != data.Invalid || !strings.Contains(err.Error(), "knows already") {
			t.Errorf("another %s under the same dot: %v", name, err)
		}
	}
	if _, err := mergeOps(s, peerOp(2, "account", id, map[string]oplog.Cell{"city": value(`"a"`)}), peerOp(2, "account", id, map[string]oplog.Cell{"city": value(`"b"`)})); data.KindOf(err) != data.Invalid {
		t.Errorf("two under one dot in one file: %v", err)
	}
	verified(t, s)
}

// What does not fit its field stays in the log and shows as absent; what is
// unknown stays and goes on.
func TestMergeKeepsWhatDoesNotFit(t *testing.T) {
	s := create(t, BookInfo{})
	acc, odd := data.NewID(), data.NewID()
	cells := map[string]oplog.Cell{
		"name": value(`17`), "city": value(`{"a":[1]}`), "employees": value(`"many"`), "revenue": value(`1e400`), "place": value(`{"latitude":-0}`),
		"owner": value(`"nobody"`), `x"; DROP TABLE op; --`: value(`1`), "custom.Ünï\U000E0001\"code": value(`"x"`), "later": value(`{"deep":  [1.50]}`),
	}
	c, err := mergeOps(s,
		peerOp(1, "account", acc, cells), peerOp(2, "hologram", odd, map[string]oplog.Cell{"name": value(`"x"`)}),
		peerOp(3, "account", acc, map[string]oplog.Cell{"custom.Ünï\U000E0001\"code": value(`"y"`, oplog.Dot{Replica: benchPeer, Seq: 1})}),
		peerOp(4, "deal", acc, map[string]oplog.Cell{"note": value(`"x"`)}))
	if err != nil || c.Unknown != 2 || c.Refused != 1 {
		t.Fatalf("%+v %v", c, err)
	}
	row := get(t, s, "account", acc)
	if row.Has("name") || row.Has("city") || row.Has("employees") || row.Has("revenue") || row.Float("latitude") != 0 {
		t.Errorf("shown %v", row.Values)
	}
	verified(t, s)
	other := create(t, BookInfo{ID: s.BookID()})
	send(t, s, other)
	verified(t, other)
	var relayed map[string]oplog.Cell
	err = other.EachOp(context.Background(), nil, func(op *oplog.Op) error {
		if op.Seq == 1 && op.Replica == benchPeer {
			relayed = op.Cells
		}
		return nil
	})
	if err != nil || len(relayed) != len(cells) {
		t.Fatal(err, relayed)
	}
	for name, c := range cells {
		if !bytes.Equal(relayed[name].Value, c.Value) {
			t.Errorf("%s was %s and is %s", name, c.Value, relayed[name].Value)
		}
	}
}

func TestOverwritesInACircleLeaveNothing(t *testing.T) {
	other := data.ImportedID("test", "", "other")
	id := data.NewID()
	a := peerOp(1, "account", id, map[string]oplog.Cell{"name": value(`"n"`), "city": value(`"x"`, oplog.Dot{Replica: other, Seq: 1})})
	b := &oplog.Op{
		Dot: oplog.Dot{Replica: other, Seq: 1}, Stamp: 1 << 15, Txn: benchTxn, Kind: "account", Row: id,
		Cells: map[string]oplog.Cell{"city": value(`"y"`, a.Dot)},
	}
	var dumps []string
	for _, ops := range [][]*oplog.Op{{a, b}, {b, a}} {
		s := create(t, BookInfo{})
		if _, err := mergeOps(s, ops...); err != nil {
			t.Fatal(err)
		}
		if row := get(t, s, "account", id); row.Has("city") || row.Text("name") != "n" {
			t.Errorf("shown %v", row.Values)
		}
		verified(t, s)
		dumps = append(dumps, strings.Join(dump(t, s), "\n"))
		put(t, s, "account", id, data.Values{"city": "z"})
		if get(t, s, "account", id).Text("city") != "z" {
			t.Error("the cell cannot be written any more")
		}
		verified(t, s)
	}
	if dumps[0] != dumps[1] {
		t.Error("the order of arrival made a difference")
	}
}

func TestTooManyConcurrentValuesAreRefused(t *testing.T) {
	s := create(t, BookInfo{})
	id := data.NewID()
	var ops []*oplog.Op
	for i := range oplog.MaxLive + 2 {
		ops = append(ops, peerOp(uint64(i+1), "account", id, map[string]oplog.Cell{"city": value(fmt.Sprint(i))}))
	}
	if _, err := mergeOps(s, ops...); data.KindOf(err) != data.Invalid {
		t.Errorf("%v", err)
	}
	verified(t, s)
}

// A definition of a custom field may come after the values.
func TestCustomFieldDefinedLater(t *testing.T) {
	s := create(t, BookInfo{})
	id, def := data.NewID(), data.NewID()
	if _, err := mergeOps(s, peerOp(1, "account", id, map[string]oplog.Cell{"name": value(`"n"`), "custom.size": value(`"big"`)})); err != nil {
		t.Fatal(err)
	}
	if _, err := mergeOps(s, peerOp(2, "custom_field", def, map[string]oplog.Cell{"kind": value(`"account"`), "label": value(`"Size"`), "type": value(`"text"`)})); err != nil {
		t.Fatal(err)
	}
	if got := get(t, s, "account", id).Text("size"); got != "big" {
		t.Errorf("size is %q", got)
	}
	verified(t, s)
}

// A merge that brings unknown ops under this file's own name means that an
// older copy of the file stands in its place.
func TestOwnOpsFromElsewhereMakeANewReplica(t *testing.T) {
	s := create(t, BookInfo{})
	put(t, s, "account", data.NewID(), data.Values{"name": "n"})
	me := s.ReplicaID()
	txn := peerTxn()
	txn.Replica = me
	_, err := s.Write(context.Background(), Act{}, func(tx *Tx) error {
		m := tx.Merger()
		if err := m.Txn(txn, nil); err != nil {
			return err
		}
		op := peerOp(oplog.MaxSeq, "account", data.NewID(), map[string]oplog.Cell{"name": value(`"x"`)})
		op.Replica = me
		if err := m.Op(op); err != nil {
			return err
		}
		return m.Finish()
	})
	if err != nil || s.ReplicaID() == me {
		t.Fatalf("%v, still %v", err, me)
	}
	put(t, s, "account", data.NewID(), data.Values{"name": "later"})
	verified(t, s)
}

func TestClocksAheadAreNamed(t *testing.T) {
	s := create(t, BookInfo{})
	now := data.InstantOf(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	_, err := s.Write(context.Background(), Act{}, func(tx *Tx) error {
		m := tx.Merger()
		for i, days := range []int64{0, 3, 5} {
			txn := peerTxn()
			txn.ID, txn.Stamp = soakID("txn", i), oplog.NewStamp(now+data.Instant(days*24*3600*1000))
			if err := m.Txn(txn, nil); err != nil {
				return err
			}
		}
		if a := m.Ahead(); len(a) != 1 || a[0].Name != "Bob" || a[0].By < 119*time.Hour || a[0].By > 121*time.Hour {
			t.Errorf("ahead: %+v", a)
		}
		return m.Finish()
	})
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkMerge200k merges a share file of 200,000 row-changes into a book:
// half of them new deals, half changes of those.
func BenchmarkMerge200k(b *testing.B) {
	var file bytes.Buffer
	book := data.ImportedID("test", "", "bench")
	w, err := bundle.NewWriter(&file, bundle.Manifest{Book: book, From: bundle.Sender{Replica: benchPeer}, Replicas: []data.ID{benchPeer}}, bundle.WriteOptions{})
	if err == nil {
		err = w.Txn(peerTxn(), nil)
	}
	const half = 100_000
	for i := 0; i < 2*half && err == nil; i++ {
		cells := map[string]oplog.Cell{"external_id": value(fmt.Sprintf(`"D%d"`, i)), "stage": value(`{"stage":"` + soakID("stage", 1).String() + `","close_day":"2017-03-01"}`), "amount": value(`{"amount":105400,"currency":"USD"}`), "note": value(`"as agreed"`)}
		if i >= half {
			cells = map[string]oplog.Cell{"amount": value(`{"amount":5,"currency":"USD"}`, oplog.Dot{Replica: benchPeer, Seq: uint64(i-half) + 1})}
		}
		err = w.Op(peerOp(uint64(i+1), "deal", soakID("deal", i%half), cells))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s := create(b, BookInfo{ID: book})
		var peak runtime.MemStats
		_, err := s.Write(context.Background(), Act{What: "Merge"}, func(tx *Tx) error {
			m := tx.Merger()
			if err := bundle.Read(context.Background(), bytes.NewReader(file.Bytes()), bundle.OpenOptions{}, bundle.Handler{Txn: m.Txn, Op: m.Op}); err != nil {
				return err
			}
			runtime.ReadMemStats(&peak)
			return m.Finish()
		})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(peak.Sys>>20), "MB")
	}
	b.ReportMetric(2*half*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
