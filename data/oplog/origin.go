package oplog

import (
	"crypto/sha256"
	"encoding/binary"

	"fieldbook/data"
)

// Who may write under a replica's id, and who may use an act's, must not depend
// on whose file came first: a member could take a colleague's id, sign under it,
// and have the colleague's own file refused wherever his came earlier. So such
// ids follow from their maker, and show by their form (UUIDv8) that they do:
//
//   - a replica's from the key of the device that signs there,
//   - an act's from its replica and stamp.
//
// Both hold 74 bits of a hash. Ids of other forms, which older books made, belong
// to the first key or act that came under them.

const (
	replicaDomain = "fieldbook replica 1\x00"
	actIDDomain   = "fieldbook act id 1\x00"

	freeBytes = 6 // of an id, before those that follow
	idForm    = 8 // UUIDv8
)

// ReplicaID is an id under which only the device of a key can write. nonce tells
// the replicas of one device apart; the last six bytes of it are taken.
func ReplicaID(key []byte, nonce data.ID) data.ID {
	return follow(replicaDomain, nonce[len(nonce)-freeBytes:], key)
}

// ActID is the id of the act that a replica did at a stamp.
func ActID(replica data.ID, at Stamp) data.ID {
	var stamp [8]byte
	binary.BigEndian.PutUint64(stamp[:], uint64(at))
	var millis [8]byte
	binary.BigEndian.PutUint64(millis[:], uint64(at.Instant()))
	return follow(actIDDomain, millis[len(millis)-freeBytes:], append(replica[:], stamp[:]...))
}

func follow(domain string, free, from []byte) data.ID {
	sum := sha256.Sum256(append(append([]byte(domain), free...), from...))
	var id data.ID
	copy(id[:], free)
	copy(id[freeBytes:], sum[:])
	id[6] = id[6]&0x0f | idForm<<4
	id[8] = id[8]&0x3f | 0x80
	return id
}

// follows reports whether an id says that it follows from its maker.
func follows(id data.ID) bool { return id[6]>>4 == idForm }

// Bound reports whether only one device can write under a replica's id.
func Bound(replica data.ID) bool { return follows(replica) }

// Owns reports whether the device of a key may write under a replica's id, as
// far as the id says.
func Owns(key []byte, replica data.ID) bool {
	return !follows(replica) || len(key) > 0 && replica == follow(replicaDomain, replica[:freeBytes], key)
}

// checkOrigin refuses an act that takes the id of another device or act.
func (t *Txn) checkOrigin() error {
	if Owns(t.Key, t.Replica) && (!follows(t.ID) || t.ID == ActID(t.Replica, t.Stamp)) {
		return nil
	}
	return data.Errorf(data.Invalid, "“%.80s” by %.80s stands under a number that is another device's, so it may be forged; nothing was changed. Ask for a new file", t.What, t.Name)
}
