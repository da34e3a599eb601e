package main

import (
	"bytes"
	"testing"

	"fieldbook/assets"
	"fieldbook/data/datatest"

	"github.com/klauspost/compress/zstd"
)

// The map in the program is what its sources give: made twice they give the
// same, and unpacked it is the same as what is there. (Another version of the
// compressor may pack it otherwise.)
func TestTheMapIsMadeOfItsSources(t *testing.T) {
	dir := datatest.Real(t, "geo")
	made, err := pack(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := pack(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made.out, again.out) {
		t.Error("made twice, the map differs")
	}
	from, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	there, err := from.DecodeAll(bytes.TrimPrefix(assets.Atlas, []byte(magic)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made.out, there) {
		t.Errorf("assets/geo/atlas.bin is not what its sources give: run make map (%d bytes unpacked, %d made)", len(there), len(made.out))
	}
	if len(assets.Atlas) > 3<<20 {
		t.Errorf("the map has %d bytes, 3 MB at most", len(assets.Atlas))
	}
}

func TestAnotherFolderIsRefused(t *testing.T) {
	if err := run(t.TempDir(), t.TempDir()+"/atlas.bin"); err == nil {
		t.Error("a map of nothing")
	}
}
