package app

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// manyDeals writes a file of n deals in the layout of a well-known export.
func manyDeals(t testing.TB, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "deals.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(file)
	put := func(format string, cells ...any) {
		if _, err := fmt.Fprintf(w, format, cells...); err != nil {
			t.Fatal(err)
		}
	}
	put("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n")
	stages := []string{"Won", "Lost", "Engaging", "Prospecting"}
	for i := range n {
		stage := stages[i%4]
		closed, value := "", ""
		if i%4 < 2 {
			closed, value = fmt.Sprintf("2017-%02d-%02d", 1+i%12, 1+i%28), fmt.Sprint(i%5000*(1-i%4))
		}
		put("D%07X,Rep %d,Product %d,Account %d,%s,2016-%02d-%02d,%s,%s\n", i*2654435761%0x10000000, i%200, i%30, i%5000, stage, 1+i%12, 1+i%27, closed, value)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// BenchmarkImportDeals plans and imports 100,000 deals into an empty book.
func BenchmarkImportDeals(b *testing.B) {
	const n = 100_000
	path := manyDeals(b, n)
	for b.Loop() {
		b.StopTimer()
		a := importBook(b)
		b.StartTimer()
		plan, err := a.Imports.Plan(context.Background(), []string{path}, PlanOptions{})
		if err != nil {
			b.Fatal(err)
		}
		res, err := a.Imports.Apply(context.Background(), plan, nil)
		if err != nil || res.Files[0].New != n {
			b.Fatal(err, res)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
}
