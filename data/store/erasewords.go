package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// An act says in words who did what, on which device. Of a person whose name
// was erased, every book takes out: the name and device of what he did, the
// words of acts that touched nothing but his row, and, in books that knew the
// name, the words of other acts that say it. Hashes stand for signed words.

// What people read of an act t whose words were erased.
const (
	shownAuthor = `CASE WHEN t.name = '' AND t.author IS NOT NULL THEN 'Erased person ' || lower(substr(hex(t.author), -4)) ELSE t.name END`
	shownWords  = `CASE WHEN t.what = '' AND instr(coalesce(t.erased, ''), '"what"') THEN '(erased)' ELSE t.what END`
)

// blank takes words out of an act.
func blank(t *oplog.Txn, words ...string) {
	erased := map[string]oplog.Hash{}
	for name, h := range t.Erased {
		erased[name] = h
	}
	texts := map[string]*string{oplog.WordName: &t.Name, oplog.WordDevice: &t.Device, oplog.WordWhat: &t.What}
	for _, word := range words {
		if _, gone := erased[word]; !gone {
			erased[word] = oplog.HashValue([]byte(*texts[word]))
			*texts[word] = ""
		}
	}
	if t.Signed() {
		t.Erased = erased
	}
}

// stripWords takes the name of a person whose data was erased out of what he did.
func (tx *Tx) stripWords(t *oplog.Txn) error {
	erased, err := tx.erasedCells(t.Author)
	if err == nil && !t.Author.IsZero() && erased["name"] {
		blank(t, oplog.WordName, oplog.WordDevice)
	}
	return err
}

// eraseWords takes a person out of the words of all acts that are here. names
// are those that the book knew him by.
func (tx *Tx) eraseWords(r redaction, names []string, ids map[data.Key]data.ID) error {
	names = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(names))), func(n string) bool { return n == "" })
	own, err := tx.actsOf(r.row)
	if err != nil {
		return err
	}
	says := func(text string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return saysName(text, n) })
	}
	var acts []loggedTxn
	err = tx.rows(selectTxn, nil, func(rows *sql.Rows) error {
		t, err := scanTxn(rows)
		if err != nil || t.key == tx.key {
			return err // this very act is not signed yet
		}
		t.Replica = ids[t.replica]
		var words []string
		if r.kind == data.KindPerson && (t.Author == r.row || t.Author.IsZero() && slices.Contains(names, t.Name)) {
			words = append(words, oplog.WordName, oplog.WordDevice)
		}
		if own[t.key] || says(t.What) {
			words = append(words, oplog.WordWhat)
		}
		if len(words) > 0 {
			blank(&t.Txn, words...)
			acts = append(acts, t)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range acts {
		if err := tx.saveWords(t.key, &t.Txn); err != nil {
			return err
		}
	}
	if r.kind != data.KindPerson {
		return nil
	}
	_, err = tx.s.exec(tx.ctx, `UPDATE peer SET name = ?, device = '' WHERE person = ?`, data.ErasedName(r.kind, r.row), r.row[:])
	return err
}

func (tx *Tx) saveWords(key data.Key, t *oplog.Txn) error {
	_, err := tx.s.exec(tx.ctx, `UPDATE txn SET name = ?, device = ?, what = ?, erased = ? WHERE key = ?`, t.Name, t.Device, t.What, encodeHidden(t.Erased), key)
	return err
}

// actsOf are the acts that touched a row and no other one.
func (tx *Tx) actsOf(row data.ID) (map[data.Key]bool, error) {
	out := map[data.Key]bool{}
	keys, err := tx.keys(`WITH acts AS (SELECT o.txn FROM op o JOIN entity e ON e.key = o.entity WHERE e.id = ?1 UNION SELECT txn FROM quarantine WHERE row = ?1)
		SELECT a.txn FROM acts a WHERE NOT EXISTS (SELECT 1 FROM op o JOIN entity e ON e.key = o.entity WHERE o.txn = a.txn AND e.id <> ?1)
		AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.txn = a.txn AND q.row <> ?1)`, row[:])
	for _, key := range keys {
		out[key] = true
	}
	return out, err
}

// eraseArrived takes out the words of an act that came and that touched nothing
// but a row whose name was erased.
func (m *Merger) eraseArrived(a *mergedAct) error {
	for row := range a.nameless {
		own, err := m.tx.actsOf(row)
		if err != nil || !own[a.key] {
			return err
		}
		t, found, err := m.tx.txnByID(a.log.ID)
		if err != nil || !found {
			return err
		}
		blank(&t.Txn, oplog.WordWhat)
		if err := m.tx.saveWords(t.key, &t.Txn); err != nil {
			return err
		}
	}
	return nil
}

// saysName reports whether a text holds a name as whole words.
func saysName(text, name string) bool {
	letter := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	for rest := text; ; {
		i := strings.Index(rest, name)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(rest[:i])
		after, _ := utf8.DecodeRuneInString(rest[i+len(name):])
		if !letter(before) && !letter(after) {
			return true
		}
		rest = rest[i+len(name):]
	}
}

// ActsBy counts the acts of a person.
func (s *Store) ActsBy(ctx context.Context, person data.ID) (n int, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT count(*) FROM txn WHERE author = ?`, person[:]).Scan(&n)
	return n, dbError(err)
}
