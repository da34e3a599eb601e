package store

import (
	"encoding/json"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// encodeDots writes [[replica, seq]], nil where there are none.
func encodeDots(dots []dbDot) any {
	if len(dots) == 0 {
		return nil
	}
	pairs := make([][2]uint64, len(dots))
	for i, d := range dots {
		pairs[i] = [2]uint64{uint64(d.replica), d.seq}
	}
	b, err := json.Marshal(pairs)
	if err != nil {
		return nil
	}
	return string(b)
}

func decodeDots(text string) ([]dbDot, error) {
	var pairs [][2]uint64
	if err := json.Unmarshal([]byte(text), &pairs); err != nil {
		return nil, unreadable(err)
	}
	out := make([]dbDot, len(pairs))
	for i, p := range pairs {
		out[i] = dbDot{data.Key(p[0]), p[1]}
	}
	return out, nil
}

// encodeHidden writes {name: hash}, nil where there are none.
func encodeHidden(hashes map[string]oplog.Hash) any {
	if len(hashes) == 0 {
		return nil
	}
	named := make(map[string]string, len(hashes))
	for name, h := range hashes {
		named[name] = h.String()
	}
	b, err := json.Marshal(named)
	if err != nil {
		return nil
	}
	return string(b)
}

func decodeHidden(text string) (map[string]oplog.Hash, error) {
	var named map[string]string
	if err := json.Unmarshal([]byte(text), &named); err != nil {
		return nil, unreadable(err)
	}
	out := make(map[string]oplog.Hash, len(named))
	for name, hex := range named {
		h, err := oplog.ParseHash(hex)
		if err != nil {
			return nil, unreadable(err)
		}
		out[name] = h
	}
	return out, nil
}

func hiddenHashes(op *oplog.Op) map[string]oplog.Hash {
	if len(op.Hidden) == 0 {
		return nil
	}
	out := make(map[string]oplog.Hash, len(op.Hidden))
	for name, h := range op.Hidden {
		out[name] = h.Value
	}
	return out
}

func unreadable(err error) error {
	return data.Wrap(data.Internal, err, "the log holds an entry that cannot be read; run `fieldbook verify`")
}

func joinIDs(ids []data.ID) any {
	if len(ids) == 0 {
		return nil
	}
	b := make([]byte, 0, len(ids)*len(data.ID{}))
	for _, id := range ids {
		b = append(b, id[:]...)
	}
	return b
}

func splitIDs(b []byte) []data.ID {
	var out []data.ID
	for ; len(b) >= len(data.ID{}); b = b[len(data.ID{}):] {
		out = append(out, data.ID(b[:len(data.ID{})]))
	}
	return out
}

func blob(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

// signerKey is this file's number of a device's public key, 0 as NULL.
func (tx *Tx) signerKey(public []byte) (any, error) {
	if len(public) == 0 {
		return nil, nil
	}
	if _, err := tx.s.exec(tx.ctx, `INSERT OR IGNORE INTO signer (public) VALUES (?)`, public); err != nil {
		return nil, err
	}
	var key int64
	_, err := tx.s.scanOne(tx.ctx, `SELECT key FROM signer WHERE public = ?`, []any{public}, &key)
	return key, err
}

// encodeHeld writes {replica: [[from, to]]}.
func encodeHeld(held map[data.ID]oplog.Ranges) string {
	named := make(map[string][][2]uint64, len(held))
	for id, runs := range held {
		pairs := make([][2]uint64, len(runs))
		for i, r := range runs {
			pairs[i] = [2]uint64{r.From, r.To}
		}
		named[id.String()] = pairs
	}
	b, err := json.Marshal(named)
	if err != nil {
		return "{}"
	}
	return string(b)
}

func decodeHeld(text string) (map[data.ID]oplog.Ranges, error) {
	var named map[string][][2]uint64
	if err := json.Unmarshal([]byte(text), &named); err != nil {
		return nil, unreadable(err)
	}
	out := make(map[data.ID]oplog.Ranges, len(named))
	for name, pairs := range named {
		id, err := data.ParseID(name)
		if err != nil {
			return nil, unreadable(err)
		}
		for _, p := range pairs {
			out[id] = append(out[id], oplog.Range{From: p[0], To: p[1]})
		}
	}
	return out, nil
}
