package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fieldbook/app/planning"
	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// Records reads and writes rows of any kind by its schema: what forms, bulk
// edits and the command line share.
type Records struct{ app *App }

// Kind is a kind with the custom fields of this book.
func (r *Records) Kind(name string) (*data.Kind, error) { return r.app.store.Kind(name) }

// Get reads one row.
func (r *Records) Get(ctx context.Context, kind string, id data.ID) (data.Row, error) {
	return r.app.store.Get(ctx, kind, id)
}

// List reads all rows of a query.
func (r *Records) List(ctx context.Context, q data.Query) ([]data.Row, error) {
	q, err := r.app.weighed(ctx, q)
	if err != nil {
		return nil, err
	}
	return r.app.store.List(ctx, q)
}

// Each calls fn for every row of a query without holding them all.
func (r *Records) Each(ctx context.Context, q data.Query, fn func(data.Row) error) error {
	q, err := r.app.weighed(ctx, q)
	if err != nil {
		return err
	}
	return r.app.store.Each(ctx, q, fn)
}

// Keys gives a query's rows as keys, in order, for a table that pages.
func (r *Records) Keys(ctx context.Context, q data.Query) ([]data.Key, error) {
	q, err := r.app.weighed(ctx, q)
	if err != nil {
		return nil, err
	}
	return r.app.store.Keys(ctx, q)
}

// Rows reads rows by key.
func (r *Records) Rows(ctx context.Context, kind string, keys []data.Key) ([]data.Row, error) {
	return r.app.store.Rows(ctx, kind, keys)
}

// Count is the number of rows of a query.
func (r *Records) Count(ctx context.Context, q data.Query) (int, error) {
	q, err := r.app.weighed(ctx, q)
	if err != nil {
		return 0, err
	}
	return r.app.store.Count(ctx, q)
}

// Written lists what rows of a kind say in a field of text, what most of them say
// first. Texts that differ in case alone are one.
func (r *Records) Written(ctx context.Context, kind, field string) ([]string, error) {
	type said struct {
		text string
		n    int
	}
	all := map[string]*said{}
	err := r.app.store.EachNarrow(ctx, store.Narrow{Kind: kind, Fields: []string{field}}, func(_ data.Key, _ data.ID, values []any) error {
		text, _ := values[0].(string)
		if text = strings.TrimSpace(text); text == "" {
			return nil
		}
		folded := sheet.Fold(text)
		if all[folded] == nil {
			all[folded] = &said{text: text}
		}
		all[folded].n++
		return nil
	})
	var out []string
	for _, s := range slices.SortedFunc(maps.Values(all), func(x, y *said) int { return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.text, y.text)) }) {
		out = append(out, s.text)
	}
	return out, err
}

// Find finds a row by its id, its external id or, where only one row has it,
// its name. It is NotFound or Ambiguous otherwise.
func (r *Records) Find(ctx context.Context, kind, text string) (data.Row, error) {
	k, err := r.Kind(kind)
	if err != nil {
		return data.Row{}, err
	}
	if id, err := data.ParseID(text); err == nil {
		return r.Get(ctx, k.Name, id)
	}
	for _, name := range []string{"external_id", k.Title} {
		f, ok := k.Field(name)
		if !ok || f.Type != data.TypeText {
			continue
		}
		rows, err := r.List(ctx, data.Query{Kind: k.Name, Where: []data.Filter{{Field: name, Test: data.Is, Values: []data.Value{text}}}, Limit: 2})
		if err != nil {
			return data.Row{}, err
		}
		if len(rows) == 1 {
			return rows[0], nil
		}
		if len(rows) > 1 {
			return data.Row{}, data.Errorf(data.Ambiguous, "more than one %s is called %q; name it by its id", strings.ToLower(k.Label), text)
		}
	}
	return r.findFolded(ctx, k, text)
}

// findFolded finds a name that differs in case, spaces, accents or punctuation only.
func (r *Records) findFolded(ctx context.Context, k *data.Kind, text string) (data.Row, error) {
	var found []data.Row
	if f, _ := k.Field(k.Title); f.Type == data.TypeText {
		want := sheet.Fold(text)
		err := r.Each(ctx, data.Query{Kind: k.Name}, func(row data.Row) error {
			if want != "" && sheet.Fold(row.Text(k.Title)) == want {
				found = append(found, row)
			}
			return nil
		})
		if err != nil {
			return data.Row{}, err
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return data.Row{}, data.Errorf(data.NotFound, "there is no %s %q in this book", strings.ToLower(k.Label), text)
	}
	return data.Row{}, data.Errorf(data.Ambiguous, "more than one %s is called %q; name it by its id", strings.ToLower(k.Label), text)
}

// Parse reads fields as a person writes them: money in major units of the
// row's currency, references by id, external id or name.
func (r *Records) Parse(ctx context.Context, kind string, fields map[string]string) (data.Values, error) {
	k, err := r.Kind(kind)
	if err != nil {
		return nil, err
	}
	currency := r.app.Book().Currency
	if c := data.Currency(strings.ToUpper(strings.TrimSpace(fields["currency"]))); c != "" {
		if !sheet.IsCurrency(c) {
			return nil, data.FieldErrorf("currency", "%q is not a currency; write a code of three capitals such as USD", fields["currency"])
		}
		currency = c
	}
	out := data.Values{}
	for name, text := range fields {
		f, ok := k.Field(name)
		if !ok {
			return nil, data.FieldErrorf(name, "a %s has no field %q", strings.ToLower(k.Label), name)
		}
		v, err := r.parseField(ctx, f, text, currency)
		if err != nil {
			return nil, err
		}
		out[name] = v
	}
	if out["currency"] != nil {
		out["currency"] = string(currency) // in capitals
	}
	if _, ok := k.Field("currency"); ok && out["currency"] == nil {
		for _, f := range k.Fields {
			if f.Type == data.TypeMoney && out[f.Name] != nil {
				out["currency"] = string(currency)
			}
		}
	}
	return out, nil
}

func (r *Records) parseField(ctx context.Context, f data.Field, text string, currency data.Currency) (data.Value, error) {
	if f.Type != data.TypeRef || strings.TrimSpace(text) == "" {
		return f.Parse(text, currency.Digits())
	}
	row, err := r.Find(ctx, f.Ref, strings.TrimSpace(text))
	if err != nil {
		return nil, &data.Error{Kind: data.KindOf(err), Field: f.Name, Msg: err.Error()}
	}
	return row.ID, nil
}

// Add makes a row and gives its id.
func (r *Records) Add(ctx context.Context, kind string, values data.Values) (data.ID, error) {
	return r.AddOver(ctx, kind, values, "")
}

// AddOver is Add with the reason why a deal may stand in its stage without what
// that asks for.
func (r *Records) AddOver(ctx context.Context, kind string, values data.Values, reason string) (data.ID, error) {
	k, err := r.Kind(kind)
	if err != nil {
		return data.NoID, err
	}
	id := r.idFor(k, values)
	values = r.defaults(k, values)
	err = r.app.write(ctx, store.Act{What: strings.TrimSpace(fmt.Sprintf("Add %s %s", strings.ToLower(k.Label), title(k, values)))}, func(tx *store.Tx) error {
		if err := r.app.check(tx, k, id, values); err != nil {
			return err
		}
		gates, err := r.gates(ctx, tx, k, []data.ID{id}, values)
		if err != nil {
			return err
		}
		if _, err := tx.Put(k.Name, id, values); err != nil {
			return err
		}
		return gates.pass(ctx, Passage{Override: reason})
	})
	return id, err
}

// gates stand before deals alone.
func (r *Records) gates(ctx context.Context, tx *store.Tx, k *data.Kind, ids []data.ID, values data.Values) (*gatekeeper, error) {
	if k.Name != data.KindDeal {
		return &gatekeeper{}, nil
	}
	return r.app.gatekeeper(ctx, tx, ids, values)
}

// idFor gives rows that two laptops may make alike the same id, so that they
// are one after a merge; all others a new one.
func (r *Records) idFor(k *data.Kind, values data.Values) data.ID {
	switch k.Name {
	case data.KindSetting:
		if name, ok := values["name"].(string); ok {
			return store.SettingID(name)
		}
	case data.KindCustomField:
		kind, _ := values["kind"].(string)
		label, _ := values["label"].(string)
		return data.ImportedID(k.Name, kind, sheet.Fold(label))
	case data.KindCriterionCheck, data.KindQualification, data.KindDiscoveryAnswer:
		field := map[string]string{data.KindCriterionCheck: "criterion", data.KindQualification: "element", data.KindDiscoveryAnswer: "question"}[k.Name]
		deal, _ := values["deal"].(data.ID)
		of, _ := values[field].(data.ID)
		return onDeal{kind: k.Name, deal: deal, of: of}.id()
	case data.KindQuota:
		person, _ := values["person"].(data.ID)
		territory, _ := values["territory"].(data.ID)
		month, _ := values["month"].(data.Day)
		return QuotaID(person, territory, month)
	case data.KindRate:
		currency, _ := values["currency"].(string)
		day, _ := values["day"].(data.Day)
		return data.ImportedID(k.Name, currency, day.String())
	}
	return data.NewID()
}

// QuotaID is the row of the quota of a person or territory for a month.
func QuotaID(person, territory data.ID, month data.Day) data.ID {
	return data.ImportedID(data.KindQuota, person.String()+"/"+territory.String(), month.String())
}

// defaults fills what a new row of the kind always has.
func (r *Records) defaults(k *data.Kind, values data.Values) data.Values {
	out := data.Values{}
	for name, v := range values {
		out[name] = v
	}
	set := func(name string, v data.Value) {
		if _, ok := k.Field(name); ok && out[name] == nil {
			out[name] = v
		}
	}
	switch k.Name {
	case data.KindDeal:
		set("created_day", r.app.Today())
	case data.KindPerson:
		set("status", data.StatusActive)
		set("role", data.RoleRep)
	case data.KindActivity:
		set("day", r.app.Today())
	}
	return out
}

func title(k *data.Kind, values data.Values) string {
	s, _ := values[k.Title].(string)
	return s
}

// Set changes fields of rows of one kind, in one step for undo.
func (r *Records) Set(ctx context.Context, kind string, ids []data.ID, values data.Values) error {
	return r.SetOver(ctx, RecordChange{Kind: kind, IDs: ids, Values: values})
}

// RecordChange is a change of several rows. Override is the reason why deals may
// move without what the gates ask for.
type RecordChange struct {
	Kind     string
	IDs      []data.ID
	Values   data.Values
	Override string
}

// SetOver is Set of a change with a reason.
func (r *Records) SetOver(ctx context.Context, c RecordChange) error {
	kind, ids, values := c.Kind, c.IDs, c.Values
	k, err := r.Kind(kind)
	if err != nil {
		return err
	}
	what, err := r.describe(ctx, k, ids, "Change")
	if err != nil {
		return err
	}
	return r.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		gates, err := r.gates(ctx, tx, k, ids, values)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := r.app.check(tx, k, id, values); err != nil {
				return err
			}
			if err := putExisting(tx, k, id, values); err != nil {
				return err
			}
		}
		return gates.pass(ctx, Passage{Override: c.Override})
	})
}

func putExisting(tx *store.Tx, k *data.Kind, id data.ID, values data.Values) error {
	if !tx.Exists(id) {
		return data.Errorf(data.NotFound, "there is no such %s; nothing was changed", strings.ToLower(k.Label))
	}
	_, err := tx.Put(k.Name, id, values)
	return err
}

// Remove deletes rows of one kind, in one step for undo. What points to them stays.
func (r *Records) Remove(ctx context.Context, kind string, ids []data.ID) error {
	k, err := r.Kind(kind)
	if err != nil {
		return err
	}
	what, err := r.describe(ctx, k, ids, "Remove")
	if err != nil {
		return err
	}
	return r.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := tx.Delete(k.Name, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// describe words an act on rows: "Change deal Rangreen", "Remove 12 deals".
func (r *Records) describe(ctx context.Context, k *data.Kind, ids []data.ID, verb string) (string, error) {
	if len(ids) != 1 {
		return fmt.Sprintf("%s %d %s", verb, len(ids), strings.ReplaceAll(k.Plural, "_", " ")), nil
	}
	row, err := r.Get(ctx, k.Name, ids[0])
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s %s %s", verb, strings.ToLower(k.Label), row.Title()), nil
}

// checkRef holds that a row may point to another.
func checkRef(tx *store.Tx, k *data.Kind, f data.Field, id, target data.ID) error {
	if !tx.Exists(target) {
		return data.FieldErrorf(f.Name, "%s: there is no such %s", f.Label, f.Ref)
	}
	if f.Ref != k.Name {
		return nil
	}
	circle, err := tx.Leads(k.Name, f.Name, target, id)
	if err != nil {
		return err
	}
	if circle {
		return data.FieldErrorf(f.Name, "%s: that would make a circle", f.Label)
	}
	return nil
}

// put checks and writes one row.
func (a *App) put(tx *store.Tx, kind string, id data.ID, values data.Values) error {
	k, err := tx.Kind(kind)
	if err != nil {
		return err
	}
	if err := a.check(tx, k, id, values); err != nil {
		return err
	}
	_, err = tx.Put(kind, id, values)
	return err
}

// check holds rules that need other rows or a parser: no circles in trees, no end
// before its start, no reference to a row that is not there, no list that cannot
// be read.
func (a *App) check(tx *store.Tx, k *data.Kind, id data.ID, values data.Values) error {
	for name, v := range values {
		f, _ := k.Field(name)
		if target, ok := v.(data.ID); f.Type == data.TypeRef && ok && !target.IsZero() {
			if err := checkRef(tx, k, f, id, target); err != nil {
				return err
			}
		}
	}
	for _, span := range [][2]string{{"start_day", "end_day"}, {"hire_day", "end_day"}} {
		from, ok1 := values[span[0]].(data.Day)
		to, ok2 := values[span[1]].(data.Day)
		if ok1 && ok2 && from.Valid() && to.Valid() && to < from {
			return data.FieldErrorf(span[1], "the end is before the start")
		}
	}
	return legible(k, values)
}

// legible holds that lists which are kept as text can be read.
func legible(k *data.Kind, values data.Values) (err error) {
	rates, hasRates := values["rates"].(string)
	shares, hasShares := values["shares"].(string)
	switch {
	case k.Name == data.KindCommissionPlan && hasRates:
		_, err = planning.ParseRates(rates)
	case k.Name == data.KindRampProfile && hasShares:
		_, err = Shares(shares)
	}
	return err
}
