package oplog

import (
	"encoding/hex"
	"encoding/json"

	"fieldbook/data"
)

// A device's row says whose a key is, and so what all acts count for that the key
// signs. It is the row of that key alone (DeviceRow), is entered once, and names
// the same key and person for ever.

// DeviceRow is the row of the device of a key: the same in every book.
func DeviceRow(key []byte) data.ID {
	return data.ImportedID(data.KindDevice, "", hex.EncodeToString(key))
}

// enters is the key that an op enters as a device's.
func enters(op *Op) (key []byte, ok bool) {
	c, says := op.Cells["signing_key"]
	if op.Kind != data.KindDevice || !says {
		return nil, false
	}
	var text string
	if json.Unmarshal(c.Value, &text) != nil {
		return nil, true
	}
	key, err := hex.DecodeString(text)
	if err != nil {
		return nil, true
	}
	return key, true
}

// judgeKey refuses an op that enters somebody else's key as a device. Whoever
// signs with the key had the op before him that made him a member, so one that
// the key's own acts do not stand on is a lie about it, however old it says that
// it is.
func (r *Rights) judgeKey(t *Txn, op *Op) Verdict {
	key, ok := enters(op)
	switch {
	case !ok:
		return Verdict{}
	case op.Row != DeviceRow(key):
		return refuse("it enters a key as that of another device")
	}
	for _, a := range r.acts {
		if string(a.txn.Key) == string(key) && len(a.txn.Basis) > 0 && a.txn.ID != t.ID && !r.behind(t.ID, a.txn.Basis) {
			return refuse("the device that it enters does not know of it")
		}
	}
	return Verdict{}
}

// behind reports whether an act stands behind a basis.
func (r *Rights) behind(id data.ID, basis []data.ID) (found bool) {
	r.ancestors(basis, func(up data.ID) { found = found || up == id })
	return found
}

// judgeDevice refuses what nobody but the founder may do with a device, whoever's
// it is.
func (s *Standing) judgeDevice(op *Op) Verdict {
	if s.foundersRow(op.Row) {
		return refuse("only the founder changes the founder's device")
	}
	person, saysPerson := op.Cells["person"]
	_, saysKey := op.Cells["signing_key"]
	_, hidesPerson := op.Hidden["person"]
	_, hidesKey := op.Hidden["signing_key"]
	switch known := s.knowsRow(op.Row); {
	case known && (saysPerson || saysKey), hidesPerson, hidesKey:
		return refuse("whose a device is does not change")
	case !known && saysPerson != saysKey:
		return refuse("it does not say whose the device is")
	case saysPerson && s.founder[data.RefText(person.Value)]:
		return refuse("only the founder enters one of their own devices")
	case !known && !saysKey && len(op.Under) == 0:
		return refuse("it does not say whose the record was")
	}
	return Verdict{}
}

func (s *Standing) knowsRow(row data.ID) bool {
	for _, d := range s.devices {
		if d.Row == row {
			return true
		}
	}
	return false
}
