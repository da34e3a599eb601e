package store

import (
	"context"
	"time"

	"fieldbook/data"
)

// Kind is a kind with the custom fields that this book adds to it.
func (s *Store) Kind(name string) (*data.Kind, error) {
	k, err := data.KindByName(name)
	if err != nil {
		return nil, err
	}
	s.metaMu.RLock()
	defer s.metaMu.RUnlock()
	return k.With(s.custom[k.Name]), nil
}

// customTypes are the types that a custom field may have, as they are written.
var customTypes = map[string]data.Type{
	"text": data.TypeText, "number": data.TypeNumber, "money": data.TypeMoney, "day": data.TypeDay, "choice": data.TypeChoice,
}

// shared is what the book says of itself: its settings and the definitions of
// custom fields.
type shared struct {
	settings map[string]string
	custom   map[string][]data.Field
}

func loadShared(ctx context.Context, from querier) (*shared, error) {
	settings, err := loadSettings(ctx, from)
	if err != nil {
		return nil, err
	}
	custom, err := loadCustom(ctx, from)
	return &shared{settings, custom}, err
}

// use takes over what the book says of itself.
func (s *Store) use(is *shared) {
	zone, err := time.LoadLocation(is.settings["zone"])
	if err != nil {
		zone = time.UTC
	}
	s.metaMu.Lock()
	defer s.metaMu.Unlock()
	s.settings, s.custom, s.zone = is.settings, is.custom, zone
}

// What opening a book asks. CROSS JOIN and + keep SQLite from walking the index
// of all ids for the sake of the order.
const (
	settingsSQL = `SELECT t.name, t.value FROM setting t CROSS JOIN entity e ON e.key = t.key
		WHERE t.name IS NOT NULL AND t.value IS NOT NULL ORDER BY +e.id`
	customSQL = `SELECT t.kind, t.label, t.type, coalesce(t.choices, '') FROM custom_field t CROSS JOIN entity e ON e.key = t.key
		WHERE t.kind IS NOT NULL AND t.label IS NOT NULL AND t.type IS NOT NULL ORDER BY +e.id`
)

func loadSettings(ctx context.Context, from querier) (map[string]string, error) {
	rows, err := from.QueryContext(ctx, settingsSQL)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	settings := map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return nil, dbError(err)
		}
		settings[name] = value
	}
	return settings, dbError(rows.Err())
}

func loadCustom(ctx context.Context, from querier) (map[string][]data.Field, error) {
	rows, err := from.QueryContext(ctx, customSQL)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	custom := map[string][]data.Field{}
	for rows.Next() {
		var kind, label, typ, choices string
		if err := rows.Scan(&kind, &label, &typ, &choices); err != nil {
			return nil, dbError(err)
		}
		f := data.NewCustomField(label, customTypes[typ], data.CustomChoices(choices))
		if usable(kind, f, custom[kind]) {
			custom[kind] = append(custom[kind], f)
		}
	}
	return custom, dbError(rows.Err())
}

// usable reports whether a custom field has a name of its own. Two books that
// define one name differently agree on the one with the smaller id.
func usable(kind string, f data.Field, before []data.Field) bool {
	k, err := data.KindByName(kind)
	if err != nil || f.Name == "" {
		return false
	}
	_, taken := k.With(before).Field(f.Name)
	return !taken
}

// SettingID is the row of a shared setting, the same in every replica.
func SettingID(name string) data.ID { return data.ImportedID(data.KindSetting, "", name) }

// Setting is a shared setting of the book; empty where it was never set.
func (s *Store) Setting(name string) string {
	s.metaMu.RLock()
	defer s.metaMu.RUnlock()
	return s.settings[name]
}

// Zone is the book's time zone, in which its days are counted.
func (s *Store) Zone() *time.Location {
	s.metaMu.RLock()
	defer s.metaMu.RUnlock()
	if s.zone == nil {
		return time.UTC
	}
	return s.zone
}

// columns lists a kind's own SQL columns in field order.
func columns(k *data.Kind) []string {
	var out []string
	for _, f := range k.Fields {
		if !f.Custom {
			out = append(out, f.Name)
		}
	}
	return out
}

// toSQL turns a value into what its column holds. References become keys.
func (tx *Tx) toSQL(f data.Field, v data.Value) (any, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case data.Day:
		return nullDay(x), nil
	case data.Instant:
		return int64(x), nil
	case data.ID:
		if x.IsZero() {
			return nil, nil
		}
		k, err := tx.s.entityKey(tx.ctx, f.Ref, x)
		return int64(k), err
	}
	return v, nil
}
