package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// BenchmarkUndoMerge undoes and redoes a merge that changed one cell each of
// 20,000 rows, which go one after another.
func BenchmarkUndoMerge(b *testing.B) {
	const n = 20_000
	ctx := context.Background()
	var births, edits []*oplog.Op
	for i := range n {
		births = append(births, peerOp(uint64(i+1), "deal", soakID("deal", i), map[string]oplog.Cell{"external_id": value(fmt.Sprintf(`"D%d"`, i)), "note": value(`"as agreed"`)}))
		edits = append(edits, peerOp(uint64(n+i+1), "deal", soakID("deal", i), map[string]oplog.Cell{"amount": value(`{"amount":5,"currency":"USD"}`, oplog.Dot{Replica: benchPeer, Seq: uint64(i) + 1})}))
	}
	for b.Loop() {
		s := create(b, BookInfo{})
		for _, ops := range [][]*oplog.Op{births, edits} {
			if _, err := mergeOps(s, ops...); err != nil {
				b.Fatal(err)
			}
		}
		for _, name := range []string{"undo", "redo", "undo2", "redo2"} {
			start := time.Now()
			var err error
			if name[:4] == "undo" {
				_, err = s.Undo(ctx, data.NoID, Act{})
			} else {
				_, err = s.Redo(ctx, Act{})
			}
			if err != nil {
				b.Fatal(name, err)
			}
			b.ReportMetric(n/time.Since(start).Seconds(), name+"-rows/s")
		}
	}
}
