package app

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strconv"

	"fieldbook/data"
)

// namesakes tell deals apart that have one name and account in a file without
// ids: the first line keeps the id of that name, each further line that says
// something else gets one of its own by its number. So none is lost, and the
// same file again finds them all.
type namesakes struct {
	seed  maphash.Seed
	first map[data.ID]uint64   // what the first line says
	more  map[data.ID][]uint64 // what the further ones say
}

// of is the row of a line whose name and account give an id.
func (n *namesakes) of(kind string, id data.ID, row *importRow) data.ID {
	if n.first == nil {
		n.seed, n.first, n.more = maphash.MakeSeed(), map[data.ID]uint64{}, map[data.ID][]uint64{}
	}
	says := maphash.String(n.seed, fmt.Sprint(row.values))
	first, again := n.first[id]
	switch {
	case !again:
		n.first[id] = says
		return id
	case first == says:
		return id // the line stands there twice
	}
	at := slices.Index(n.more[id], says)
	if at < 0 {
		at = len(n.more[id])
		n.more[id] = append(n.more[id], says)
	}
	return data.ImportedID(kind, id.String(), strconv.Itoa(at+2))
}
