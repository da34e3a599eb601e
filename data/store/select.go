package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Selection is a part of the book: what everybody gets, and the deals, accounts,
// quotas and activities of some people; with Plans, what is planned too.
type Selection struct {
	All    bool
	People []data.ID
	Plans  bool
}

// Selected is what a selection comes to.
type Selected struct {
	Only map[data.ID]oplog.Ranges // nil is all
	Rows int
	Ops  int
}

// Select finds the ops of a selection. A row that is in it comes with its whole
// history; one that was in it once and is somebody else's now comes up to there.
func (s *Store) Select(ctx context.Context, sel Selection) (Selected, error) {
	if sel.All {
		var out Selected
		err := s.read.QueryRowContext(ctx, `SELECT (SELECT coalesce(sum(to_seq - from_seq + 1), 0) FROM held), (SELECT count(*) FROM entity WHERE born_seq IS NOT NULL)`).Scan(&out.Ops, &out.Rows)
		return out, dbError(err)
	}
	p := picker{s: s, ctx: ctx, plans: sel.Plans, of: map[string]map[data.Key]bool{}, rows: map[data.Key]bool{}, left: map[data.Key]int64{}}
	if err := p.pick(sel); err != nil {
		return Selected{}, err
	}
	return p.ops()
}

// picker gathers rows by key.
type picker struct {
	s     *Store
	ctx   context.Context              //nolint:containedctx // of one selection
	plans bool                         // for who plans: drafts of reviews, too
	of    map[string]map[data.Key]bool // rows that are in, by kind
	rows  map[data.Key]bool            // rows of any kind to be told of
	left  map[data.Key]int64           // rows that left the selection, by the stamp of the edit that took them out
}

func (p *picker) pick(sel Selection) error {
	if err := p.everyones(sel.Plans); err != nil {
		return err
	}
	keys, err := p.keysOf(sel.People)
	if err != nil {
		return err
	}
	var owned []*data.Kind
	for _, k := range data.Kinds() {
		if k.Audience == data.AudienceOwn || k.Audience == data.AudienceOwnPlanners && sel.Plans {
			owned = append(owned, k)
		}
	}
	if err := p.own(owned, keyList(keys)); err != nil {
		return err
	}
	if err := p.along(); err != nil {
		return err
	}
	for _, rows := range p.of {
		maps.Copy(p.rows, rows)
	}
	return p.gone(owned, sel.People)
}

// everyones adds what goes to everybody and, to those who plan, what is planned.
func (p *picker) everyones(plans bool) error {
	var names []any
	for _, k := range data.Kinds() {
		if k.Audience == data.AudienceEveryone || k.Audience == data.AudiencePlanners && plans {
			names = append(names, k.Name)
		}
	}
	// Deleted ones too: that they are gone is news as well.
	return p.gather(p.rows, `SELECT key FROM entity WHERE kind IN (SELECT key FROM kind WHERE name IN (?`+strings.Repeat(", ?", len(names)-1)+`)) AND born_seq IS NOT NULL`, names...)
}

// finalReviews are the reviews that ever were final. A draft is the word of who
// writes it, which whom it is of gets once it is final; its deletion says nothing either.
const finalReviews = `SELECT f.entity FROM op f JOIN entity r ON r.key = f.entity WHERE r.kind = (SELECT key FROM kind WHERE name = 'review') AND json_extract(f.cells, '$.status') = 'final'`

// own adds what is of some people, and the accounts and contacts of their deals.
func (p *picker) own(kinds []*data.Kind, people string) error {
	for _, k := range kinds {
		for _, of := range k.Of {
			query := `SELECT key FROM ` + k.Name + ` WHERE ` + of + ` IN (` + people + `)`
			if k.Name == data.KindReview && !p.plans {
				query += ` AND key IN (` + finalReviews + `)`
			}
			if err := p.gather(p.kind(k.Name), query); err != nil {
				return err
			}
		}
	}
	for _, kind := range []string{data.KindQuota, data.KindTarget} {
		if err := p.gather(p.kind(kind), `SELECT q.key FROM `+kind+` q JOIN assignment a ON a.territory = q.territory WHERE q.person IS NULL AND a.person IN (`+people+`)`); err != nil {
			return err
		}
	}
	return p.each(data.KindDeal, func(of string) error {
		err := p.gather(p.kind(data.KindAccount), `SELECT account FROM deal WHERE key IN (`+of+`) AND account IS NOT NULL`)
		if err != nil {
			return err
		}
		return p.gather(p.kind(data.KindContact), `SELECT contact FROM deal WHERE key IN (`+of+`) AND contact IS NOT NULL`)
	})
}

// along adds what goes along with the rows that are in. Kinds come after those
// that they point to, so one round is enough.
func (p *picker) along() error {
	for _, k := range data.Kinds() {
		for _, name := range k.Along {
			f, _ := k.Field(name)
			err := p.each(f.Ref, func(of string) error {
				return p.gather(p.kind(k.Name), `SELECT key FROM `+k.Name+` WHERE `+name+` IN (`+of+`)`)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *picker) kind(name string) map[data.Key]bool {
	if p.of[name] == nil {
		p.of[name] = map[data.Key]bool{}
	}
	return p.of[name]
}

// pickChunk is how many rows one question names.
const pickChunk = 2000

// each goes through the rows of a kind that are in, some at a time.
func (p *picker) each(kind string, fn func(keys string) error) error {
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(p.of[kind])), pickChunk) {
		if err := fn(keyList(chunk)); err != nil {
			return err
		}
	}
	return nil
}

// gone adds the rows of some kinds that were of one of the people and are not any
// more, and deleted ones. Their edits come up to the one that took them away.
func (p *picker) gone(kinds []*data.Kind, people []data.ID) error {
	wanted := map[string]bool{}
	for _, id := range people {
		wanted[`"`+id.String()+`"`] = true
	}
	of, cells, args := map[string][]string{}, []string{"'_deleted'"}, []any{}
	for _, k := range kinds {
		of[k.Name] = k.Of
		args = append(args, k.Name)
		for _, cell := range k.Of {
			cells = append(cells, "'"+cell+"'")
		}
	}
	// Rows whose owner ever changed have a live line for it; rows that are
	// deleted have none in their table.
	query := `SELECT o.entity, o.stamp, k.name, o.cells FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind WHERE o.entity IN (
		SELECT l.entity FROM live l JOIN entity e ON e.key = l.entity WHERE l.cell IN (` + strings.Join(cells, ", ") + `)
		AND e.kind IN (SELECT key FROM kind WHERE name IN (?` + strings.Repeat(", ?", len(args)-1) + `)))`
	if !p.plans {
		query += ` AND (k.name <> 'review' OR o.entity IN (` + finalReviews + `))`
	}
	query += ` ORDER BY o.entity, o.stamp`
	rows, err := p.s.read.QueryContext(p.ctx, query, args...)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	was, holders := map[data.Key]bool{}, map[data.Key]holding{}
	for rows.Next() {
		var key data.Key
		var stamp int64
		var kind, said string
		if err := rows.Scan(&key, &stamp, &kind, &said); err != nil {
			return dbError(err)
		}
		values, err := decodeCells(said)
		if err != nil {
			return err
		}
		h := holders[key]
		if h == nil {
			h = map[string]bool{}
			holders[key] = h
		}
		switch held := len(h) > 0; {
		case !h.hear(values, of[kind], wanted):
		case len(h) > 0:
			was[key] = true
			delete(p.left, key)
		case held:
			p.left[key] = stamp
		}
	}
	for key := range was {
		if p.rows[key] {
			delete(p.left, key)
			continue
		}
		p.rows[key] = true
	}
	return dbError(rows.Err())
}

// holding are the cells of a row that name one of the people who are meant.
type holding map[string]bool

// hear takes in what an op says of whose the row is, and whether it says anything.
func (h holding) hear(values map[string]json.RawMessage, cells []string, wanted map[string]bool) (says bool) {
	for _, cell := range cells {
		v, told := values[cell]
		says = says || told
		switch {
		case !told:
		case wanted[strings.TrimSpace(string(v))]:
			h[cell] = true
		default:
			delete(h, cell)
		}
	}
	return says
}

func (p *picker) keysOf(people []data.ID) ([]data.Key, error) {
	var out []data.Key
	for _, id := range people {
		var key data.Key
		switch err := p.s.read.QueryRowContext(p.ctx, `SELECT key FROM entity WHERE id = ?`, id[:]).Scan(&key); {
		case err == nil:
			out = append(out, key)
		case !errors.Is(err, sql.ErrNoRows):
			return nil, dbError(err)
		}
	}
	return out, nil
}

func (p *picker) gather(into map[data.Key]bool, query string, args ...any) error {
	rows, err := p.s.read.QueryContext(p.ctx, query, args...)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key data.Key
		if err := rows.Scan(&key); err != nil {
			return dbError(err)
		}
		into[key] = true
	}
	return dbError(rows.Err())
}

// ops lists the dots of the rows that were gathered.
func (p *picker) ops() (Selected, error) {
	ids, err := p.s.replicaIDs(p.ctx)
	if err != nil {
		return Selected{}, err
	}
	var dots []dbDot
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(p.rows)), pickChunk) {
		if err := p.dots(chunk, &dots); err != nil {
			return Selected{}, err
		}
	}
	slices.SortFunc(dots, func(a, b dbDot) int {
		if a.replica != b.replica {
			return int(a.replica - b.replica)
		}
		return int(int64(a.seq) - int64(b.seq))
	})
	by := runs{}
	for _, d := range dots {
		by.add(d)
	}
	out := Selected{Only: map[data.ID]oplog.Ranges{}, Rows: len(p.rows), Ops: len(dots)}
	for key, set := range by {
		out.Only[ids[key]] = set
	}
	return out, nil
}

func (p *picker) dots(keys []data.Key, into *[]dbDot) error {
	rows, err := p.s.read.QueryContext(p.ctx, `SELECT replica, seq, entity, stamp FROM op WHERE entity IN (`+keyList(keys)+`)`)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var d dbDot
		var key data.Key
		var stamp int64
		if err := rows.Scan(&d.replica, &d.seq, &key, &stamp); err != nil {
			return dbError(err)
		}
		if end, left := p.left[key]; !left || stamp <= end {
			*into = append(*into, d)
		}
	}
	return dbError(rows.Err())
}

// Telling lists the ops that say something in some cells of rows of a kind; rows
// nil is all of them.
func (s *Store) Telling(ctx context.Context, kind string, cells []string, rows []data.ID) (map[data.ID]oplog.Ranges, error) {
	ids, err := s.replicaIDs(ctx)
	if err != nil {
		return nil, err
	}
	lines, err := s.read.QueryContext(ctx, `SELECT `+opColumns+` FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind WHERE k.name = ?`, kind)
	if err != nil {
		return nil, dbError(err)
	}
	defer lines.Close()
	out := map[data.ID]oplog.Ranges{}
	for lines.Next() {
		op, _, err := scanOp(lines, ids)
		if err != nil {
			return nil, err
		}
		says := slices.ContainsFunc(cells, func(name string) bool { _, told := op.Cells[name]; return told })
		if says && (rows == nil || slices.Contains(rows, op.Row)) {
			out[op.Replica] = out[op.Replica].Add(op.Seq, op.Seq)
		}
	}
	return out, dbError(lines.Err())
}

// Peer is another replica of the book, as its share files told of it.
type Peer struct {
	Replica data.ID
	Person  data.ID
	Name    string
	Device  string
	Heard   data.Instant
	Held    map[data.ID]oplog.Ranges // what it holds
}

// Hear notes what a replica said of itself in a file that a device signed. Where
// it is not that device's to say, it is passed over: what is held there would be
// kept from whoever lacks it.
func (tx *Tx) Hear(p Peer, device []byte) error {
	key, err := tx.s.replicaKey(tx.ctx, p.Replica)
	if err != nil {
		return err
	}
	if believed, err := tx.believes(&p, key, device); err != nil || !believed {
		return err
	}
	erased, err := tx.erasures()
	if err != nil {
		return err
	}
	if name := erased.named(data.KindPerson, p.Person); name != "" {
		p.Name, p.Device = name, ""
	}
	_, err = tx.s.exec(tx.ctx, `INSERT INTO peer (replica, person, name, device, heard, held) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (replica) DO UPDATE SET person = excluded.person, name = excluded.name, device = excluded.device, heard = excluded.heard, held = excluded.held
		WHERE excluded.heard >= heard`,
		key, idBlob(p.Person), p.Name, p.Device, int64(p.Heard), encodeHeld(p.Held))
	return err
}

// believes reports whether a device may speak for a replica. In a book with
// members it speaks for the person whose it is.
func (tx *Tx) believes(p *Peer, replica data.Key, device []byte) (bool, error) {
	var signer []byte
	found, err := tx.s.scanOne(tx.ctx, `SELECT s.public FROM replica r JOIN signer s ON s.key = r.signer WHERE r.key = ?`, []any{replica}, &signer)
	if err != nil || !oplog.Owns(device, p.Replica) || found && !bytes.Equal(signer, device) {
		return false, err
	}
	rights, err := tx.rights()
	if err != nil || !rights.Founded() {
		return err == nil, err
	}
	d, member := rights.Now().Device(device)
	p.Person = d.Person
	return member && !d.Revoked, nil
}

// Peers lists the replicas that were heard of, the newest first.
func (s *Store) Peers(ctx context.Context) ([]Peer, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT r.id, p.person, p.name, p.device, p.heard, p.held FROM peer p JOIN replica r ON r.key = p.replica ORDER BY p.heard DESC, p.replica`)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var out []Peer
	for rows.Next() {
		var p Peer
		var id, person []byte
		var held string
		if err := rows.Scan(&id, &person, &p.Name, &p.Device, &p.Heard, &held); err != nil {
			return nil, dbError(err)
		}
		p.Replica = readID(id)
		copy(p.Person[:], person)
		if p.Held, err = decodeHeld(held); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, dbError(rows.Err())
}
