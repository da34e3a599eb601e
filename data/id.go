package data

import "github.com/google/uuid"

// ID names a row in every book that holds it: a UUIDv7 for what is made in
// Fieldbook, a UUIDv5 for what came from outside.
type ID uuid.UUID

// NoID is the absence of a reference.
var NoID ID

// NewID makes a time-ordered random id (UUIDv7).
func NewID() ID { return ID(uuid.Must(uuid.NewV7())) }

// importSpace is the name space of ids made from outside keys.
var importSpace = uuid.MustParse("6f2d9a50-5d0c-5a54-9d0b-0a6a4f2f7b11")

// ImportedID is the id of the record that source calls key, the same in every
// book that imports it (UUIDv5 of kind, source and key).
func ImportedID(kind, source, key string) ID {
	return ID(uuid.NewSHA1(importSpace, []byte(kind+"\x00"+source+"\x00"+key)))
}

// ParseID reads the text form of an id.
func ParseID(s string) (ID, error) {
	u, err := uuid.Parse(s)
	if err != nil {
		return NoID, Errorf(Invalid, "%q is not a record id", s)
	}
	return ID(u), nil
}

// IsZero reports whether id names nothing.
func (id ID) IsZero() bool { return id == NoID }

// String is the canonical text form, or nothing for NoID.
func (id ID) String() string {
	if id.IsZero() {
		return ""
	}
	return uuid.UUID(id).String()
}
