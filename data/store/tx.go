package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/mattn/go-sqlite3"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Act says what a transaction does, for the log.
type Act struct {
	What   string  // in words: "Move Rangreen to Proposal"
	Author data.ID // who does it; NoID where the book does not know its user
	Name   string  // the author's name
	UndoOf data.ID
	AsOf   data.Day // the day that it tells of, where that is an earlier one than today; 0 is today

	Aside   bool // no step for undo: the making of a book, an undo itself
	Unasked bool // came by itself: undo takes it back only by name, and it ends no redo
}

// Tx is one transaction: SQL and log together.
type Tx struct {
	s       *Store
	ctx     context.Context // without an end: see transact
	ended   func() error    // why the caller waits no longer
	act     Act
	id      data.ID
	key     data.Key
	stamp   oplog.Stamp
	log     oplog.Txn // its line in the log, once it wrote
	next    uint64    // the next own seq
	first   uint64    // that of the transaction's first own op
	opened  uint64    // that of the act's first: see Next
	acts    []data.ID // those before that wrote something
	step    data.Key  // the last of them among the steps for undo
	change  data.Change
	added   runs // what of the log this transaction adds
	dropped runs // what of it counts no longer
	mergers []*Merger
	clash   map[data.Key]bool // rows that a merge put into conflict
	erased  erasures          // see Tx.erasures
	newRoot string            // the key of the device that founded the book in this transaction
	newMe   *replica          // who this file is from the commit on, where it changes
	wrote   bool
	bulks   []*Bulk
	custom  map[string][]data.Field // learnt, not yet in the store
	says    *shared                 // what the book says of itself from the commit on, where it changes
}

// Result is what a committed transaction left behind.
type Result struct {
	Txn    data.ID   // NoID where nothing was written; of several acts the last
	Acts   []data.ID // all of them
	Change data.Change
}

// Write runs fn in one transaction and commits it; an error rolls everything
// back. A transaction that writes nothing leaves no trace in the log. Only one
// Write runs at a time.
func (s *Store) Write(ctx context.Context, act Act, fn func(tx *Tx) error) (Result, error) {
	return s.transact(ctx, act, fn, nil)
}

// errRehearsal rolls a dry run back.
var errRehearsal = errors.New("rehearsal")

// Rehearse runs fn as Write does, then rolls back: what it found out stays, the
// book is as before.
func (s *Store) Rehearse(ctx context.Context, act Act, fn func(tx *Tx) error) error {
	_, err := s.transact(ctx, act, fn, errRehearsal)
	if errors.Is(err, errRehearsal) {
		return nil
	}
	return err
}

func (s *Store) transact(ctx context.Context, act Act, fn func(tx *Tx) error, end error) (res Result, err error) {
	if s.opt.ReadOnly {
		return Result{}, data.Errorf(data.Refused, "the book is open read-only; nothing was changed")
	}
	if err := s.Present(); err != nil {
		return Result{}, err
	}
	// Before the lock: a new device is remembered in this file.
	if _, err := s.mySigner(ctx); err != nil {
		return Result{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	// The driver starts a goroutine per statement where ctx can be cancelled, so
	// statements run without it and Tx.check asks between them.
	quiet := context.WithoutCancel(ctx)
	if err := s.settleSigner(quiet); err != nil {
		return Result{}, err
	}
	if _, err := s.write.ExecContext(quiet, "BEGIN IMMEDIATE"); err != nil {
		return Result{}, dbError(err)
	}
	defer func() {
		if err == nil {
			return
		}
		s.dicts.reset()
		s.rightsLog = nil
		err = errors.Join(err, dbError(s.rollBack(quiet)))
	}()
	tx := &Tx{s: s, ctx: quiet, ended: ctx.Err, act: act, added: runs{}, dropped: runs{}}
	if tx.next, err = s.nextSeq(quiet); err != nil {
		return Result{}, err
	}
	tx.first, tx.opened = tx.next, tx.next
	if err = tx.run(fn); err != nil {
		return Result{}, err
	}
	if end != nil {
		return Result{}, end
	}
	if _, err = s.write.ExecContext(quiet, "COMMIT"); err != nil {
		return Result{}, dbError(err)
	}
	s.committed(tx)
	res = Result{Acts: tx.acts, Change: tx.change}
	if len(tx.acts) > 0 {
		res.Txn = tx.acts[len(tx.acts)-1]
	}
	return res, nil
}

// rollBack ends the transaction without a trace, which SQLite has done by itself
// where the disk was full or did not answer.
func (s *Store) rollBack(ctx context.Context) error {
	ended := false
	err := s.write.Raw(func(conn any) error {
		ended = conn.(*sqlite3.SQLiteConn).AutoCommit()
		return nil
	})
	if err != nil || ended {
		return err
	}
	_, err = s.write.ExecContext(ctx, "ROLLBACK")
	return err
}

// run does all that may fail: after the commit nothing is left that does, so
// that what is saved is never reported as failed.
func (tx *Tx) run(fn func(*Tx) error) (err error) {
	defer func() { err = errors.Join(err, tx.release()) }()
	if err = fn(tx); err == nil {
		err = tx.check()
	}
	if err != nil {
		return dbError(err)
	}
	if err = tx.finish(); err == nil && tx.change.Touches(data.KindCustomField, data.KindSetting) {
		tx.says, err = loadShared(tx.ctx, tx.s.write)
	}
	return err
}

// check is Canceled where the caller waits no longer.
func (tx *Tx) check() error { return dbError(tx.ended()) }

// nextSeq follows the greatest own seq, counting what is in quarantine, so that
// a dot is never used twice.
func (s *Store) nextSeq(ctx context.Context) (uint64, error) {
	var last sql.NullInt64
	if _, err := s.scanOne(ctx, `SELECT max(seq) FROM quarantine WHERE replica = ?`, []any{s.replica}, &last); err != nil {
		return 0, err
	}
	next := uint64(last.Int64) + 1
	if own := s.held[s.replica]; len(own) > 0 {
		next = max(next, own[len(own)-1].To+1)
	}
	return next, nil
}

// maxActText is how many bytes of an act's words the log keeps.
const maxActText = 4 << 10

// begin writes the transaction's line before its first op.
func (tx *Tx) begin() error {
	if tx.wrote {
		return nil
	}
	now := data.InstantOf(tx.s.opt.Now())
	tx.stamp = tx.s.clock.Next(now)
	if tx.id = data.NewID(); oplog.Bound(tx.s.ReplicaID()) {
		tx.id = oplog.ActID(tx.s.ReplicaID(), tx.stamp)
	}
	day := data.DayOf(tx.s.opt.Now(), tx.s.Zone())
	what := plainText(tx.act.What)
	if tx.act.AsOf != 0 && tx.act.AsOf < day {
		day, what = tx.act.AsOf, what+asOfWords(tx.act.AsOf)
	}
	tx.log = oplog.Txn{
		ID: tx.id, Replica: tx.s.ReplicaID(), Author: tx.act.Author, Name: plainText(tx.act.Name), Device: plainText(tx.s.opt.Device), Day: day,
		Stamp: tx.stamp, What: what, UndoOf: tx.act.UndoOf,
	}
	rights, err := tx.rights()
	if err != nil {
		return err
	}
	if rights.Founded() {
		tx.log.Basis = rights.Heads()
	}
	tx.key, err = tx.insertTxn(tx.log, tx.s.replica)
	tx.wrote = err == nil
	return err
}

// asOfWords end the words of an act that tells of an earlier day, for people and
// so that its day is not taken for a clock's fault.
func asOfWords(day data.Day) string { return " as of " + day.String() }

func (tx *Tx) insertTxn(t oplog.Txn, replica data.Key) (data.Key, error) {
	signer, err := tx.signerKey(t.Key)
	if err != nil {
		return 0, err
	}
	res, err := tx.s.exec(tx.ctx, `INSERT INTO txn (id, replica, author, name, device, day, stamp, what, undo_of, first_seq, ops, basis, erased, signer, signature)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		t.ID[:], replica, idBlob(t.Author), t.Name, t.Device, int64(t.Day), int64(t.Stamp), t.What, idBlob(t.UndoOf),
		int64(t.First), int64(t.Count), joinIDs(t.Basis), encodeHidden(t.Erased), signer, blob(t.Signature))
	if err != nil {
		return 0, err
	}
	n, err := res.LastInsertId()
	return data.Key(n), dbError(err)
}

// plainText makes of what a caller says a text that every book can read back.
func plainText(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
	if len(s) > maxActText {
		s = strings.ToValidUTF8(s[:maxActText], "")
	}
	return s
}

func idBlob(id data.ID) any {
	if id.IsZero() {
		return nil
	}
	return id[:]
}

// finish ends the last act and writes what is held now.
func (tx *Tx) finish() error {
	if err := tx.endAct(); err != nil {
		return err
	}
	if tx.next > tx.first {
		tx.added[tx.s.replica] = tx.added[tx.s.replica].Add(tx.first, tx.next-1)
	}
	for replica := range tx.dropped {
		tx.added[replica] = tx.added[replica].Without(nil)
	}
	for replica, runs := range tx.added {
		if err := tx.saveHeld(replica, runs); err != nil {
			return err
		}
	}
	return nil
}

// release frees the statements of the transaction's bulks and mergers.
func (tx *Tx) release() error {
	var errs []error
	for _, b := range tx.bulks {
		errs = append(errs, b.release())
	}
	for _, m := range tx.mergers {
		errs = append(errs, m.held.close())
	}
	return errors.Join(errs...)
}

func (tx *Tx) saveHeld(replica data.Key, added oplog.Ranges) error {
	all := tx.s.held[replica].Union(added).Without(tx.dropped[replica])
	tx.added[replica] = all
	if _, err := tx.s.exec(tx.ctx, `DELETE FROM held WHERE replica = ?`, replica); err != nil {
		return err
	}
	for _, r := range all {
		if _, err := tx.s.exec(tx.ctx, `INSERT INTO held (replica, from_seq, to_seq) VALUES (?, ?, ?)`, replica, r.From, r.To); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) committed(tx *Tx) {
	for replica, all := range tx.added {
		s.held[replica] = all
	}
	if tx.newMe != nil {
		s.become(*tx.newMe)
	}
	if tx.newRoot != "" {
		s.metaMu.Lock()
		s.meta["root"] = tx.newRoot
		s.metaMu.Unlock()
	}
	if tx.says != nil {
		s.use(tx.says)
	}
}

// Change is what the transaction has touched so far.
func (tx *Tx) Change() data.Change { return tx.change }

// holds reports whether an op is in the log, counting this transaction.
func (tx *Tx) holds(d dbDot) bool {
	if tx.dropped[d.replica].Has(d.seq) {
		return false
	}
	if tx.s.held[d.replica].Has(d.seq) || tx.added[d.replica].Has(d.seq) {
		return true
	}
	return d.replica == tx.s.replica && d.seq >= tx.first && d.seq < tx.next
}

func nullDay(v any) any {
	if d, ok := v.(data.Day); ok && !d.Valid() {
		return nil
	}
	return v
}

func (tx *Tx) rows(query string, args []any, scan func(*sql.Rows) error) error {
	st, err := tx.s.stmt(tx.ctx, query) //nolint:sqlclosecheck // kept; closed with the store
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(tx.ctx, args...)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return dbError(err)
		}
	}
	return dbError(rows.Err())
}
