package datatest

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"fieldbook/data"
)

// Lines reads a CSV file, its header with it.
func Lines(t testing.TB, path ...string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// Table reads a CSV file: its rows, by the names in its header.
func Table(t testing.TB, path ...string) []map[string]string {
	t.Helper()
	lines := Lines(t, path...)
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		out = append(out, row)
	}
	return out
}

// Day reads a day as files write it; an empty text is no day.
func Day(t testing.TB, text string) data.Day {
	t.Helper()
	d, err := data.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Cents reads an amount with two decimals.
func Cents(t testing.TB, text string) int64 {
	t.Helper()
	n, err := data.ParseDecimal(text, 2)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
