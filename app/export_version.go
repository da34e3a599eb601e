package app

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"fieldbook/data"
)

// rowVersion tells the version of rows of a kind: a hash of their filled
// fields, equal in any book that holds the same values. A field that is blank
// does not count, so that one which is new to the kind changes no version.
type rowVersion struct {
	names []string // of the fields, sorted
	buf   []byte
}

func newRowVersion(k *data.Kind) *rowVersion {
	v := &rowVersion{}
	for _, f := range k.Fields {
		v.names = append(v.names, f.Name)
	}
	slices.SortFunc(v.names, cmp.Compare[string])
	return v
}

// of gives the version of a row. It begins with a letter, so that no spreadsheet
// takes it for a number.
func (v *rowVersion) of(values map[string]data.Value) string {
	v.buf = v.buf[:0]
	for _, name := range v.names {
		value := values[name]
		if value == nil {
			continue
		}
		v.buf = append(append(v.buf, name...), 0)
		v.buf = append(data.AppendJSON(v.buf, value), 0)
	}
	sum := sha256.Sum256(v.buf)
	return "v" + hex.EncodeToString(sum[:8])
}
