package bundle

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/oplog"
	"fieldbook/data/seal"
)

// benchChanges is what a share file must carry with ease.
const benchChanges = 200_000

// benchWrite writes a file of 200,000 changes as a team makes them: an import of
// half of them as one act, of which only a third is told, and edits of one or
// two changes an act.
func benchWrite(to io.Writer, o WriteOptions) error {
	r := rand.New(rand.NewPCG(1, 2))
	id := func() (id data.ID) {
		for i := range id {
			id[i] = byte(r.Uint32())
		}
		return id
	}
	hash := func() (h oplog.Hash) {
		for i := range h {
			h[i] = byte(r.Uint32())
		}
		return h
	}
	w, err := NewWriter(to, Manifest{Book: bookID, From: Sender{Replica: replicaA}, Replicas: []data.ID{replicaA, replicaB}}, o)
	if err != nil {
		return err
	}
	signature := func() []byte { h, i := hash(), hash(); return append(h[:], i[:]...) }
	const imported = benchChanges / 2
	act := func(first uint64, told, count int) (oplog.Txn, error) {
		t := sampleTxn()
		t.Stamp, t.What = oplog.Stamp(first)<<20, fmt.Sprintf("Move Rangreen %d to Proposal", first)
		t.ID = oplog.ActID(replicaA, t.Stamp)
		t.First, t.Count, t.Basis, t.Key, t.Signature = first, uint64(count), []data.ID{bookID}, NewSigner(1).Public(), signature()
		var rest []oplog.Hash
		for range (count - told) / 2 {
			rest = append(rest, hash())
		}
		return t, w.Txn(t, rest)
	}
	rows := make([]data.ID, imported)
	t, err := act(1, imported, 3*imported)
	for i := 0; i < imported && err == nil; i++ {
		rows[i] = id()
		err = w.Op(&oplog.Op{Dot: oplog.Dot{Replica: replicaA, Seq: uint64(3*i) + 1}, Stamp: t.Stamp, Txn: t.ID, Kind: "deal", Row: rows[i], Cells: map[string]oplog.Cell{
			"name":        {Value: fmt.Appendf(nil, `"%s %d"`, []string{"Rangreen", "Codehow", "Isdom", "Hottechi"}[i%4], r.IntN(10_000))},
			"external_id": {Value: fmt.Appendf(nil, `"%08X"`, r.Uint32())},
			"owner":       {Value: fmt.Appendf(nil, `"%s"`, rows[r.IntN(min(i+1, 40))])},
			"stage":       {Value: fmt.Appendf(nil, `{"stage":"%s","close_day":"2017-%02d-%02d"}`, rows[r.IntN(min(i+1, 6))], 1+r.IntN(12), 1+r.IntN(28))},
			"amount":      {Value: fmt.Appendf(nil, `{"amount":%d,"currency":"USD"}`, r.IntN(1_000_000))},
		}})
	}
	seq := uint64(3*imported + 1)
	for done := imported; done < benchChanges && err == nil; {
		n := 1 + r.IntN(2)
		if t, err = act(seq, n, n); err != nil {
			return err
		}
		for range n {
			over := []oplog.Dot{{Replica: replicaA, Seq: 1 + uint64(r.IntN(3*imported))}}
			err = w.Op(&oplog.Op{Dot: oplog.Dot{Replica: replicaA, Seq: seq}, Stamp: t.Stamp, Txn: t.ID, Kind: "deal", Row: rows[r.IntN(imported)], Under: over, Cells: map[string]oplog.Cell{
				"stage":     {Value: fmt.Appendf(nil, `{"stage":"%s","close_day":"2017-%02d-%02d"}`, rows[r.IntN(6)], 1+r.IntN(12), 1+r.IntN(28)), Overwrites: over},
				"next_step": {Value: json.RawMessage(`"Call on Monday about the offer"`)},
			}})
			seq++
			done++
		}
	}
	if err != nil {
		return err
	}
	return w.Close()
}

// peakOf is the most memory, in MB, that the heap takes while fn runs, beyond what
// it took before.
func peakOf(fn func()) float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := m.HeapInuse
	var peak atomic.Uint64
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for tick := time.NewTicker(10 * time.Millisecond); ; {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapInuse))
			select {
			case <-stop:
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	}()
	fn()
	close(stop)
	<-done
	return float64(peak.Load()-min(before, peak.Load())) / (1 << 20)
}

func benchLocks(b *testing.B) map[string]struct {
	o   WriteOptions
	key seal.Key
} {
	b.Helper()
	lock, key := Device(b)
	phrase := "correct horse"
	return map[string]struct {
		o   WriteOptions
		key seal.Key
	}{
		"plain":      {},
		"device":     {WriteOptions{Signer: NewSigner(1), Lock: lock}, key},
		"passphrase": {WriteOptions{Signer: NewSigner(1), Lock: seal.Lock{Passphrase: phrase}}, seal.Key{Passphrase: phrase}},
	}
}

// BenchmarkWrite200k includes making up the changes.
func BenchmarkWrite200k(b *testing.B) {
	for name, c := range benchLocks(b) {
		b.Run(name, func(b *testing.B) {
			var file bytes.Buffer
			for b.Loop() {
				file.Reset()
				peak := peakOf(func() {
					if err := benchWrite(&file, c.o); err != nil {
						b.Fatal(err)
					}
				})
				b.ReportMetric(peak-float64(file.Cap())/(1<<20), "MB-heap")
			}
			b.ReportMetric(float64(file.Len())/1e6, "MB-file")
		})
	}
}

func BenchmarkRead200k(b *testing.B) {
	for name, c := range benchLocks(b) {
		b.Run(name, func(b *testing.B) {
			var file bytes.Buffer
			if err := benchWrite(&file, c.o); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				ops := 0
				peak := peakOf(func() {
					err := Read(context.Background(), bytes.NewReader(file.Bytes()), OpenOptions{Key: c.key}, Handler{Op: func(*oplog.Op) error { ops++; return nil }})
					if err != nil {
						b.Fatal(err)
					}
				})
				if ops < benchChanges {
					b.Fatalf("%d changes", ops)
				}
				b.ReportMetric(peak, "MB-heap")
			}
		})
	}
}
