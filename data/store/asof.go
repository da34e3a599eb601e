package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/mattn/go-sqlite3"

	"fieldbook/data"
)

// PastDeal is a deal that stood otherwise on a past day than its row at that
// day's end says: by the dates that came with it, which the log did not see.
type PastDeal struct {
	Key      data.Key
	Absent   bool // it was not there yet
	Stage    data.ID
	Close    data.Day
	Unpriced bool // its amount belongs to a close that lay ahead
}

// AsOf opens the book as it stood at the end of a day, read-only. Every query
// answers for that day: kinds with rows that later edits changed are copied
// aside in memory with those rows as they stood, under views of the tables'
// names; all others are read from the book itself. A commit made later may show
// through, so whoever commits opens the day again.
func (s *Store) AsOf(ctx context.Context, day data.Day, deals []PastDeal) (*Store, error) {
	past := &Store{path: s.path, how: s.how, opt: s.opt, stmts: map[string]*sql.Stmt{}, past: day}
	past.opt.ReadOnly = true
	past.dicts.reset()
	p := &pastBook{store: s, day: day, connector: pastConnector{book: pastDSN(s.path, s.how), aside: "file:/" + data.NewID().String() + "?vfs=memdb"}}
	var err error
	if p.tables, err = p.gather(ctx, deals); err != nil {
		return nil, err
	}
	// The connection that builds the copy stays open: the copy lives as long as any.
	builder := sql.OpenDB(&p.connector)
	builder.SetMaxOpenConns(1)
	past.aside = builder
	if err := p.build(ctx, builder, deals); err != nil {
		return nil, errors.Join(err, past.Close())
	}
	views := p.connector
	for _, k := range p.tables {
		views.kinds = append(views.kinds, k.Name)
	}
	shown := sql.OpenDB(&views)
	shown.SetMaxOpenConns(readConns)
	past.read = shown
	if err := past.loadMeta(ctx); err != nil {
		return nil, errors.Join(err, past.Close())
	}
	is, err := loadShared(ctx, past.read)
	if err != nil {
		return nil, errors.Join(err, past.Close())
	}
	past.use(is)
	return past, nil
}

// Past is the day as of which this book was opened, NoDay for the present.
func (s *Store) Past() data.Day { return s.past }

func pastDSN(path string, how mode) string {
	q := url.Values{}
	q.Set("mode", "ro")
	if how == frozen {
		q.Set("immutable", "1")
	}
	q.Set("_busy_timeout", "5000")
	q.Set("_cache_size", fmt.Sprint(readCache))
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// pastConnector opens connections on which views of the copy hide the book's
// tables of some kinds.
type pastConnector struct {
	book, aside string
	kinds       []string
}

// Connect implements driver.Connector.
func (c *pastConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Driver().Open(c.book)
	if err != nil {
		return nil, err
	}
	run := []string{fmt.Sprintf("ATTACH '%s' AS past", c.aside)}
	for _, k := range c.kinds {
		run = append(run, fmt.Sprintf("CREATE TEMP VIEW %s AS SELECT * FROM past.%s", k, k))
	}
	for _, query := range run {
		if _, err := conn.(driver.ExecerContext).ExecContext(context.WithoutCancel(ctx), query, nil); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	return conn, nil
}

// Driver implements driver.Connector.
func (c *pastConnector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// pastBook builds the copy of what has changed since a day.
type pastBook struct {
	store     *Store
	day       data.Day
	connector pastConnector
	rows      map[string][]Past
	tables    []*data.Kind
}

// gather rebuilds the changed rows and lists the kinds to be copied.
func (p *pastBook) gather(ctx context.Context, deals []PastDeal) ([]*data.Kind, error) {
	p.rows = map[string][]Past{}
	err := p.store.EachPast(ctx, p.day, func(row Past) error {
		p.rows[row.Kind] = append(p.rows[row.Kind], row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []*data.Kind
	for _, k := range data.Kinds() {
		touched := len(p.rows[k.Name]) > 0 || k.Name == data.KindDeal && len(deals) > 0
		if later, ok := laterRows[k.Name]; ok && !touched {
			query := fmt.Sprintf("SELECT EXISTS (SELECT 1 FROM %s r WHERE %s)", k.Name, later)
			if err := p.store.read.QueryRowContext(ctx, query, int64(p.day)).Scan(&touched); err != nil {
				return nil, dbError(err)
			}
		}
		if touched {
			out = append(out, k)
		}
	}
	return out, nil
}

// laterRows tells, of kinds whose rows are dated, those that a later day made. Of
// what can lie ahead of whoever enters it, those that were not entered either: a
// talk planned by then is known, one that came with a later import is not.
var laterRows = map[string]string{
	data.KindStageEntry: "day > ?1",
	data.KindActivity:   "done AND day > ?1",

	data.KindGateOverride:    "day > ?1",
	data.KindCriterionCheck:  "day > ?1",
	data.KindQualification:   "day > ?1",
	data.KindDiscoveryAnswer: "day > ?1",
	data.KindSequenceRun:     aheadOf("start_day"),

	data.KindCandidate:   "day > ?1",
	data.KindScorecard:   "day > ?1",
	data.KindSkillLevel:  "day > ?1",
	data.KindOnboarding:  aheadOf("start_day"),
	data.KindOneOnOne:    "status = 'held' AND day > ?1 OR " + aheadOf("day"),
	data.KindCommitment:  "day > ?1",
	data.KindMentoring:   aheadOf("start_day"),
	data.KindGoal:        aheadOf("start_day"),
	data.KindReview:      "day > ?1",
	data.KindRecognition: "day > ?1",
	data.KindDispute:     "day > ?1",

	data.KindMeeting:     "status = 'held' AND day > ?1 OR " + aheadOf("day"),
	data.KindMeetingItem: "day > ?1",
	data.KindAction:      "meeting IN (SELECT key FROM main.meeting WHERE day > ?1)",
}

// aheadOf are rows r of a later day that nobody had entered by the one asked for.
func aheadOf(field string) string {
	return field + ` > ?1 AND NOT EXISTS (SELECT 1 FROM main.entity e JOIN main.op o ON o.replica = e.born_replica AND o.seq = e.born_seq
		JOIN main.txn t ON t.key = o.txn WHERE e.key = r.key AND t.day <= ?1)`
}

func (p *pastBook) build(ctx context.Context, db *sql.DB, deals []PastDeal) (err error) {
	quiet := context.WithoutCancel(ctx)
	tx, err := db.BeginTx(quiet, nil)
	if err != nil {
		return dbError(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, dbError(tx.Rollback()))
			return
		}
		err = dbError(tx.Commit())
	}()
	for _, k := range p.tables {
		if err := ctx.Err(); err != nil {
			return dbError(err)
		}
		if err := p.copyTable(quiet, tx, k); err != nil {
			return err
		}
		if later, ok := laterRows[k.Name]; ok {
			if _, err := tx.ExecContext(quiet, fmt.Sprintf("DELETE FROM past.%s AS r WHERE %s", k.Name, later), int64(p.day)); err != nil {
				return dbError(err)
			}
		}
	}
	return p.moveDeals(quiet, tx, deals)
}

// copyTable copies a kind's table, then puts its changed rows back.
func (p *pastBook) copyTable(ctx context.Context, tx *sql.Tx, k *data.Kind) error {
	var ddl string
	if err := tx.QueryRowContext(ctx, `SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?`, k.Name).Scan(&ddl); err != nil {
		return dbError(err)
	}
	_, columns, _ := strings.Cut(ddl, "(")
	for _, query := range []string{
		fmt.Sprintf("CREATE TABLE past.%s (%s", k.Name, columns),
		fmt.Sprintf("INSERT INTO past.%s SELECT * FROM main.%s", k.Name, k.Name),
	} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return dbError(err)
		}
	}
	return p.putBackRows(ctx, tx, k)
}

func (p *pastBook) putBackRows(ctx context.Context, tx *sql.Tx, k *data.Kind) (err error) {
	names, marks := columns(k), make([]string, 0, len(k.Fields))
	for _, f := range k.Fields {
		if f.Type == data.TypeRef {
			marks = append(marks, "(SELECT key FROM main.entity WHERE id = ?)")
		} else {
			marks = append(marks, "?")
		}
	}
	put, err := tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO past.%s (key, custom, %s) VALUES (?, ?, %s)", k.Name, strings.Join(names, ", "), strings.Join(marks, ", ")))
	if err != nil {
		return dbError(err)
	}
	defer func() { err = errors.Join(err, dbError(put.Close())) }()
	drop, err := tx.PrepareContext(ctx, fmt.Sprintf("DELETE FROM past.%s WHERE key = ?", k.Name))
	if err != nil {
		return dbError(err)
	}
	defer func() { err = errors.Join(err, dbError(drop.Close())) }()
	for _, row := range p.rows[k.Name] {
		if _, err := drop.ExecContext(ctx, int64(row.Key)); err != nil {
			return dbError(err)
		}
		if row.Gone {
			continue
		}
		args, err := pastArgs(k, row)
		if err != nil {
			return err
		}
		if _, err := put.ExecContext(ctx, args...); err != nil {
			return dbError(err)
		}
	}
	return nil
}

// pastArgs are a row's key, its custom fields and its columns in field order.
func pastArgs(k *data.Kind, row Past) ([]any, error) {
	custom := map[string]json.RawMessage{}
	for name, v := range row.Values {
		if _, own := k.Field(name); !own && v != nil {
			custom[name] = data.AppendJSON(nil, v)
		}
	}
	args := []any{int64(row.Key), nil}
	if len(custom) > 0 {
		b, err := json.Marshal(custom)
		if err != nil {
			return nil, data.Wrap(data.Internal, err, "a custom field cannot be read")
		}
		args[1] = string(b)
	}
	for _, f := range k.Fields {
		switch x := row.Values[f.Name].(type) {
		case data.ID:
			args = append(args, x[:])
		case data.Day:
			args = append(args, nullDay(x))
			if x.Valid() {
				args[len(args)-1] = int64(x)
			}
		case data.Instant:
			args = append(args, int64(x))
		default:
			args = append(args, x)
		}
	}
	return args, nil
}

// moveDeals puts deals into the stage in which they stood.
func (p *pastBook) moveDeals(ctx context.Context, tx *sql.Tx, deals []PastDeal) (err error) {
	if len(deals) == 0 {
		return nil
	}
	drop, err := tx.PrepareContext(ctx, `DELETE FROM past.deal WHERE key = ?`)
	if err != nil {
		return dbError(err)
	}
	defer func() { err = errors.Join(err, dbError(drop.Close())) }()
	move, err := tx.PrepareContext(ctx, `UPDATE past.deal SET stage = (SELECT key FROM main.entity WHERE id = ?2), close_day = ?3, loss_reason = NULL,
		amount = iif(?4, NULL, amount), currency = iif(?4, NULL, currency) WHERE key = ?1`)
	if err != nil {
		return dbError(err)
	}
	defer func() { err = errors.Join(err, dbError(move.Close())) }()
	for _, d := range deals {
		if d.Absent {
			_, err = drop.ExecContext(ctx, int64(d.Key))
		} else {
			var on any
			if d.Close.Valid() {
				on = int64(d.Close)
			}
			_, err = move.ExecContext(ctx, int64(d.Key), d.Stage[:], on, d.Unpriced)
		}
		if err != nil {
			return dbError(err)
		}
	}
	return nil
}
