package oplog

import (
	"encoding/hex"
	"encoding/json"

	"fieldbook/data"
)

// Cut says up to where the changes of replicas are accepted: what was done
// before the book was founded, or before a device was revoked.
type Cut map[data.ID]CutEnd

// CutEnd is the newest accepted change of a replica and the key, in hexadecimal,
// that signed its acts; none where they were not signed.
type CutEnd struct {
	To  uint64 `json:"to"`
	Key string `json:"key,omitempty"`
}

func (c Cut) accepts(t *Txn, op *Op) bool {
	end, ok := c[op.Replica]
	return ok && op.Seq <= end.To && end.Key == hex.EncodeToString(t.Key)
}

// FoundingCut reads what of the time before it a founding op accepts; ok is
// false for any other op.
func FoundingCut(op *Op) (cut Cut, key []byte, ok bool) {
	c, has := op.Cells["founding"]
	if op.Kind != data.KindDevice || !has {
		return nil, nil, false
	}
	cut, ok = parseCut(c.Value)
	if !ok {
		return nil, nil, false
	}
	var text string
	if json.Unmarshal(op.Cells["signing_key"].Value, &text) != nil {
		return nil, nil, false
	}
	key, err := hex.DecodeString(text)
	return cut, key, err == nil && len(key) > 0
}

// parseCut reads {"replica": {"to", "key"}} that stands as text in a cell.
func parseCut(value json.RawMessage) (Cut, bool) {
	var text string
	var named map[string]CutEnd
	if json.Unmarshal(value, &text) != nil || text == "" || json.Unmarshal([]byte(text), &named) != nil {
		return nil, false
	}
	out := Cut{}
	for name, end := range named {
		id, err := data.ParseID(name)
		if err != nil {
			return nil, false
		}
		out[id] = end
	}
	return out, true
}

// String writes a cut as a cell's text.
func (c Cut) String() string {
	named := make(map[string]CutEnd, len(c))
	for id, end := range c {
		named[id.String()] = end
	}
	b, err := json.Marshal(named) // a map of such cannot fail, and sorts its keys
	if err != nil {
		return ""
	}
	return string(b)
}
