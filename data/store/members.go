package store

import (
	"context"
	"database/sql"
	"encoding/hex"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// rights is the book's history of who may do what, as this transaction knows it.
func (tx *Tx) rights() (*oplog.Rights, error) {
	if tx.s.rightsLog != nil {
		return tx.s.rightsLog, nil
	}
	root := tx.newRoot
	if root == "" {
		root = tx.s.metaValue("root")
	}
	r, err := loadRights(tx.ctx, tx.s.write, root)
	if err == nil {
		tx.s.rightsLog = r
	}
	return r, err
}

// Rights reads the history of who may do what.
func (s *Store) Rights(ctx context.Context) (*oplog.Rights, error) {
	return loadRights(ctx, s.read, s.metaValue("root"))
}

// loadRights reads the ops about rights, those in quarantine too: what counts
// follows from all that came. An open book needs none.
func loadRights(ctx context.Context, q querier, root string) (*oplog.Rights, error) {
	key, err := hex.DecodeString(root)
	if err != nil {
		return nil, data.Wrap(data.Internal, err, "the book does not say who founded it; run `fieldbook verify`")
	}
	r := oplog.NewRights(key)
	if !r.Founded() {
		return r, nil
	}
	ids, err := replicaIDs(ctx, q)
	if err != nil {
		return nil, err
	}
	acts, err := rightsActs(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	add := func(txn data.Key, op *oplog.Op) {
		if t := acts[txn]; t != nil && oplog.Governs(op) {
			op.Txn = t.ID
			r.Add(t, op)
		}
	}
	rows, err := q.QueryContext(ctx, `SELECT `+opColumns+` FROM rights_op x JOIN op o ON o.replica = x.replica AND o.seq = x.seq
		JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind`)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		op, txn, err := scanOp(rows, ids)
		if err != nil {
			return nil, err
		}
		add(txn, op)
	}
	if err := rows.Err(); err != nil {
		return nil, dbError(err)
	}
	err = quarantined(ctx, q, ids, `kind IN ('device', 'person')`, func(x quarantineLine) error {
		add(x.txn, x.op)
		return nil
	})
	return r, err
}

// rightsActs reads the acts that have ops about rights.
func rightsActs(ctx context.Context, q querier, ids map[data.Key]data.ID) (map[data.Key]*oplog.Txn, error) {
	acts, err := transactions(ctx, q, ids, `t.key IN (SELECT txn FROM rights_op UNION SELECT txn FROM quarantine WHERE kind IN ('device', 'person'))`)
	out := make(map[data.Key]*oplog.Txn, len(acts))
	for key, t := range acts {
		out[key] = &t
	}
	return out, err
}

// Founded reports whether the book has members; in an open one everybody may do
// everything.
func (s *Store) Founded() bool { return s.metaValue("root") != "" }

// Cut is the newest change of each replica that the book holds, with the key
// that signs there: what founding the book or revoking a device accepts.
func (s *Store) Cut(ctx context.Context) (oplog.Cut, error) {
	held, err := s.Held(ctx)
	if err != nil {
		return nil, err
	}
	keys, err := s.signers(ctx)
	if err != nil {
		return nil, err
	}
	out := oplog.Cut{}
	for id, runs := range held {
		out[id] = oplog.CutEnd{To: runs[len(runs)-1].To, Key: hex.EncodeToString(keys[id])}
	}
	return out, nil
}

// signers gives the key that signs each replica's acts.
func (s *Store) signers(ctx context.Context) (map[data.ID][]byte, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT r.id, s.public FROM replica r JOIN signer s ON s.key = r.signer`)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := map[data.ID][]byte{}
	for rows.Next() {
		var id, public []byte
		if err := rows.Scan(&id, &public); err != nil {
			return nil, dbError(err)
		}
		out[readID(id)] = public
	}
	return out, dbError(rows.Err())
}

// bind holds a replica to the device that signs its acts. Invalid where another
// device signed for it before.
func (tx *Tx) bind(replica data.Key, t *oplog.Txn) error {
	if !t.Signed() {
		return nil
	}
	key, err := tx.signerKey(t.Key)
	if err != nil {
		return err
	}
	var known sql.NullInt64
	if _, err := tx.s.scanOne(tx.ctx, `SELECT signer FROM replica WHERE key = ?`, []any{replica}, &known); err != nil {
		return err
	}
	if !known.Valid {
		_, err := tx.s.exec(tx.ctx, `UPDATE replica SET signer = ? WHERE key = ?`, key, replica)
		return err
	}
	if known.Int64 != key {
		return data.Errorf(data.Invalid, "“%.80s” by %.80s is signed by another device than that person's earlier changes there; nothing was changed. Ask for a new file", t.What, t.Name)
	}
	return nil
}
