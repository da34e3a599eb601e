package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// seal ends this replica's act: what it wrote is held against its author's
// rights and signed by his device. It reads the ops back from the log, so that
// no way of writing can forget to.
func (tx *Tx) seal() error {
	if tx.next == tx.opened {
		return nil
	}
	signer, err := tx.s.mySigner(tx.ctx)
	if err != nil {
		return err
	}
	rights, err := tx.rights()
	if err != nil {
		return err
	}
	if signer == nil {
		if rights.Founded() {
			return data.Errorf(data.Refused, "this computer holds no key of this book, so nothing can be changed in it here; nothing was changed. Ask a lead for an invitation")
		}
		return tx.eachOwn(func(op *oplog.Op) error { return tx.judgeOwn(rights, op) })
	}
	tx.log.First, tx.log.Count, tx.log.Key = tx.opened, tx.next-tx.opened, signer.Public()
	if rights, err = tx.foundByOwn(rights); err != nil {
		return err
	}
	before, err := tx.addOwnRights(rights)
	if err != nil {
		return err
	}
	tree := treeBuilder{}
	if err := tx.hashOwn(rights, &tree); err != nil {
		return err
	}
	tx.log.Sign(signer, tree.root())
	key, err := tx.signerKey(tx.log.Key)
	if err != nil {
		return err
	}
	_, err = tx.s.exec(tx.ctx, `UPDATE txn SET first_seq = ?, ops = ?, signer = ?, signature = ? WHERE key = ?`,
		int64(tx.log.First), int64(tx.log.Count), key, tx.log.Signature, tx.key)
	if err != nil {
		return err
	}
	if _, err = tx.s.exec(tx.ctx, `UPDATE replica SET signer = ? WHERE key = ?`, key, tx.s.replica); err != nil || before == nil {
		return err
	}
	return tx.settleRights(rights, *before)
}

// settleRights brings the book in step with what is said of members: what counts
// no longer falls, and what waited for it counts.
func (tx *Tx) settleRights(rights *oplog.Rights, before oplog.RightsMark) error {
	if err := tx.retractFallen(rights, before); err != nil {
		return err
	}
	m := tx.Merger()
	m.mark = &before
	return m.readmit(rights)
}

// mySigner is this book's device, nil where it has none.
func (s *Store) mySigner(ctx context.Context) (oplog.Signer, error) {
	s.signerMu.Lock()
	defer s.signerMu.Unlock()
	if s.signer == nil && s.opt.Signer != nil {
		var err error
		if s.signer, err = s.opt.Signer(ctx); err != nil {
			return nil, err
		}
	}
	return s.signer, nil
}

// Settle gives a file that just became a new replica one under which its device
// may write, before anybody is told of it.
func (s *Store) Settle(ctx context.Context) error {
	if s.opt.ReadOnly || oplog.Bound(s.ReplicaID()) {
		return nil
	}
	var known sql.NullInt64
	if err := s.read.QueryRowContext(ctx, `SELECT signer FROM replica WHERE key = ?`, s.replica).Scan(&known); err != nil || known.Valid {
		return dbError(err) // it signed as the one that it is
	}
	if _, err := s.mySigner(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settleSigner(context.WithoutCancel(ctx))
}

// settleSigner makes this file a new replica where its device has no claim to
// the one that it was: where another one signed for it, and where its id does not
// follow from the device and nobody signed for it yet. Peers would take one of
// the two for forged.
func (s *Store) settleSigner(ctx context.Context) error {
	if s.settled {
		return nil
	}
	signer, err := s.mySigner(ctx)
	if err != nil {
		return err
	}
	claims, err := s.claims(ctx, signer)
	if err == nil && !claims {
		err = s.newReplica(ctx, signer)
	}
	s.settled = err == nil
	return err
}

// claims reports whether a device, or nil for none, may write under this file's
// replica.
func (s *Store) claims(ctx context.Context, signer oplog.Signer) (bool, error) {
	me := s.ReplicaID()
	if signer == nil {
		return !oplog.Bound(me), nil
	}
	if oplog.Bound(me) {
		return oplog.Owns(signer.Public(), me), nil
	}
	// Made by an older Fieldbook: it stays, so that peers go on where they are.
	var known []byte
	found, err := s.scanOne(ctx, `SELECT s.public FROM replica r JOIN signer s ON s.key = r.signer WHERE r.key = ?`, []any{s.replica}, &known)
	return found && string(known) == string(signer.Public()), err
}

// replicaFor is the id of a new replica of a device.
func replicaFor(signer oplog.Signer) data.ID {
	id := data.NewID()
	if signer == nil {
		return id
	}
	return oplog.ReplicaID(signer.Public(), id)
}

// ForgetSigner asks for the device anew at the next write.
func (s *Store) ForgetSigner() {
	s.mu.Lock()
	s.settled = false
	s.mu.Unlock()
	s.signerMu.Lock()
	s.signer = nil
	s.signerMu.Unlock()
}

// eachOwn calls fn with every op that this transaction wrote of its own.
func (tx *Tx) eachOwn(fn func(*oplog.Op) error) error {
	ids, err := replicaIDs(tx.ctx, tx.s.write)
	if err != nil {
		return err
	}
	n := 0
	return tx.rows(`SELECT `+opColumns+` FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind
		WHERE o.replica = ? AND o.seq >= ? AND o.seq < ? ORDER BY o.seq`, []any{tx.s.replica, tx.opened, tx.next}, func(r *sql.Rows) error {
		if n++; n%1024 == 0 {
			if err := tx.check(); err != nil {
				return err
			}
		}
		op, _, err := scanOp(r, ids)
		if err != nil {
			return err
		}
		op.Txn = tx.id
		return fn(op)
	})
}

// hashOwn judges the own ops and lays their hashes into the tree. A plain import
// writes a million rows that nobody but their author's role has to be asked
// about: those are hashed as they stand in the log.
func (tx *Tx) hashOwn(rights *oplog.Rights, tree *treeBuilder) error {
	full := rights.Founded() && !tx.reachesAll(rights) || tx.change.Touches(data.KindPerson, data.KindDevice, data.KindRedaction)
	if !full {
		erased, err := tx.erasures()
		if err != nil {
			return err
		}
		full = len(erased) > 0
	}
	if full {
		return tx.eachOwn(func(op *oplog.Op) error {
			tree.add(op.Leaf())
			return tx.judgeOwn(rights, op)
		})
	}
	return tx.eachOwnPlain(tree.add)
}

// eachOwnPlain calls fn with the hash of every own op.
func (tx *Tx) eachOwnPlain(fn func(oplog.Hash)) error {
	ids, err := tx.replicaNames()
	if err != nil {
		return err
	}
	h := hasher{ids: ids, replica: ids[tx.s.replica]}
	n := 0
	return tx.rows(h.query(`o.seq >= ? AND o.seq < ?`), []any{tx.s.replica, tx.opened, tx.next}, func(r *sql.Rows) error {
		if n++; n%1024 == 0 {
			if err := tx.check(); err != nil {
				return err
			}
		}
		_, leaf, err := h.scan(r)
		fn(leaf)
		return err
	})
}

// foundByOwn lets the act that founds the book stand as such.
func (tx *Tx) foundByOwn(rights *oplog.Rights) (*oplog.Rights, error) {
	if rights.Founded() {
		return rights, nil
	}
	err := tx.eachFounding(func(op *oplog.Op) error {
		if _, key, ok := oplog.FoundingCut(op); ok && string(key) == string(tx.log.Key) {
			return tx.setRoot(key)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return tx.rights()
}

// eachFounding calls fn with the ops about devices among the own ones.
func (tx *Tx) eachFounding(fn func(*oplog.Op) error) error {
	if !tx.change.Touches(data.KindDevice) {
		return nil
	}
	return tx.eachOwn(func(op *oplog.Op) error {
		if op.Kind != data.KindDevice {
			return nil
		}
		return fn(op)
	})
}

// addOwnRights takes what the act says about rights into their history, before
// any op of it is judged. before is what counted without it; nil where it says
// nothing about rights.
func (tx *Tx) addOwnRights(rights *oplog.Rights) (before *oplog.RightsMark, err error) {
	if !rights.Founded() || !tx.change.Touches(data.KindDevice, data.KindPerson) {
		return nil, nil
	}
	act := tx.log
	err = tx.eachOwn(func(op *oplog.Op) error {
		if !oplog.Governs(op) {
			return nil
		}
		if before == nil {
			mark := rights.Mark()
			before = &mark
		}
		rights.Add(&act, op)
		return nil
	})
	return before, err
}

// judgeOwn is Refused, in words for the author, where he has no right to an op.
func (tx *Tx) judgeOwn(rights *oplog.Rights, op *oplog.Op) error {
	if err := errors.Join(tx.noteRights(op), tx.refuseErased(op)); err != nil {
		return err
	}
	if op.Kind == data.KindRedaction {
		if err := tx.eraseBy(op); err != nil {
			return err
		}
	}
	if !rights.Founded() {
		return nil
	}
	v := rights.Judge(&tx.log, op, tx.ownerOf)
	switch {
	case v.Outcome == oplog.Counts:
		return nil
	case v.Refusal != nil:
		return v.Refusal.Err()
	}
	return data.Errorf(data.Refused, "this cannot be changed here: %s; nothing was changed. Ask a lead for an invitation", v.Reason)
}

// noteRights enters an op among those about rights, if it is one.
func (tx *Tx) noteRights(op *oplog.Op) error {
	if !oplog.Governs(op) {
		return nil
	}
	replica, err := tx.s.replicaKey(tx.ctx, op.Replica)
	if err != nil {
		return err
	}
	_, err = tx.s.exec(tx.ctx, `INSERT OR IGNORE INTO rights_op (replica, seq, txn) SELECT replica, seq, txn FROM op WHERE replica = ? AND seq = ?`, replica, op.Seq)
	return err
}

// under are the dots that say whose a row is, where its author's right to
// change it stands on that: in a book with members, for all but leads.
func (tx *Tx) under(key data.Key) ([]dbDot, error) {
	rights, err := tx.rights()
	if err != nil || !rights.Founded() || tx.reachesAll(rights) {
		return nil, err
	}
	e, _, k, err := tx.entityByKey(key)
	if err != nil || k == nil || e.born.seq == 0 || e.born.replica == tx.s.replica && e.born.seq >= tx.next {
		return nil, err
	}
	cell, owned := data.OwnerCell(k.Name)
	if !owned {
		return nil, nil
	}
	return tx.liveDots(e, cell)
}

// reachesAll reports whether this book's user is a lead or founded the book.
func (tx *Tx) reachesAll(rights *oplog.Rights) bool {
	signer, err := tx.s.mySigner(tx.ctx)
	if err != nil || signer == nil {
		return false
	}
	now := rights.Now()
	d, ok := now.Device(signer.Public())
	if !ok {
		return false
	}
	a := now.Author(d)
	return a.Founder || a.Role == data.RoleLead
}

// ownerOf is the oplog.Owner of this book.
func (tx *Tx) ownerOf(row data.ID, cell string, of oplog.Dot) (data.ID, oplog.Outcome) {
	replica, err := tx.s.replicaKey(tx.ctx, of.Replica)
	if err != nil {
		return data.NoID, oplog.Waits
	}
	var id []byte
	var cells string
	found, err := tx.s.scanOne(tx.ctx, `SELECT e.id, o.cells FROM op o JOIN entity e ON e.key = o.entity WHERE o.replica = ? AND o.seq = ?`,
		[]any{replica, of.Seq}, &id, &cells)
	switch {
	case err != nil || !found:
		return data.NoID, oplog.Waits
	case readID(id) != row:
		return data.NoID, oplog.Refused
	}
	values, err := decodeCells(cells)
	if err != nil {
		return data.NoID, oplog.Refused
	}
	return data.RefText(values[cell]), oplog.Counts
}

// treeBuilder computes the root over ops that come one after another, with as
// many hashes in hand as the tree is deep.
type treeBuilder struct {
	n     uint64
	stack []oplog.Hash
}

func (b *treeBuilder) add(leaf oplog.Hash) {
	b.stack = append(b.stack, leaf)
	b.n++
	for n := b.n; n&1 == 0; n >>= 1 {
		b.join()
	}
}

func (b *treeBuilder) join() {
	last := len(b.stack) - 1
	b.stack[last-1] = oplog.Node(b.stack[last-1], b.stack[last])
	b.stack = b.stack[:last]
}

// root ends the tree.
func (b *treeBuilder) root() oplog.Hash {
	for len(b.stack) > 1 {
		b.join()
	}
	if b.n == 0 {
		h, _ := (&oplog.Tree{}).Root()
		return h
	}
	return b.stack[0]
}

// setRoot pins the device that founded the book.
func (tx *Tx) setRoot(key []byte) error {
	text := hex.EncodeToString(key)
	if _, err := tx.s.exec(tx.ctx, `INSERT OR REPLACE INTO meta (name, value) VALUES ('root', ?)`, text); err != nil {
		return err
	}
	tx.newRoot = text
	tx.s.rightsLog = nil
	return nil
}
