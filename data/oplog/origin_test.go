package oplog

import (
	"strings"
	"testing"

	"fieldbook/data"
)

func TestIDsFollowFromTheirMaker(t *testing.T) {
	mine, theirs := newSigner('A').Public(), newSigner('B').Public()
	replica, again := ReplicaID(mine, data.NewID()), ReplicaID(mine, data.NewID())
	if replica == again {
		t.Fatal("two replicas of one device have the same id")
	}
	at := Stamp(1_700_000_000_000 << counterBits)
	for name, c := range map[string]struct {
		key         []byte
		replica, id data.ID
		taken       bool
	}{
		"her own":                         {mine, replica, ActID(replica, at), false},
		"her other one":                   {mine, again, ActID(again, at), false},
		"an older book's":                 {mine, data.NewID(), data.NewID(), false},
		"her own, of an act of old":       {mine, replica, data.NewID(), false},
		"a replica of hers":               {theirs, replica, data.NewID(), true},
		"a replica of hers, signed by no": {nil, replica, data.NewID(), true},
		"an act of hers":                  {theirs, ReplicaID(theirs, data.NewID()), ActID(replica, at), true},
		"an act of hers, in an older one": {theirs, data.NewID(), ActID(replica, at), true},
		"an act of another moment":        {mine, replica, ActID(replica, at+1), true},
		"an act of hers, signed by no":    {nil, data.NewID(), ActID(replica, at), true},
	} {
		x := &Txn{ID: c.id, Replica: c.replica, Stamp: at, What: "Edit", Name: "Ada"}
		if c.key != nil {
			x.First, x.Count, x.Key, x.Signature = 1, 1, c.key, make([]byte, 64)
		}
		err := x.Check()
		if taken := data.KindOf(err) == data.Invalid && strings.Contains(err.Error(), "another device's"); taken != c.taken || err != nil && !taken {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Each part of an id that follows counts: another bit is another maker's.
func TestIDsCannotBeBent(t *testing.T) {
	key := newSigner('A').Public()
	replica := ReplicaID(key, data.NewID())
	for i := range replica {
		for bit := range 8 {
			bent := replica
			bent[i] ^= 1 << bit
			if follows(bent) && Owns(key, bent) {
				t.Errorf("bit %d of byte %d does not count", bit, i)
			}
		}
	}
}
