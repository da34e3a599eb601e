package imports

import (
	"context"
	"strings"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// onFile is a correction of the n-th file.
func onFile(n int, do func(ctx context.Context, f *app.FilePlan) error) edit {
	return func(ctx context.Context, plan *app.ImportPlan) error {
		if n >= len(plan.Files) {
			return data.Errorf(data.NotFound, "That file is not part of the import any more.")
		}
		return do(ctx, plan.Files[n])
	}
}

// picked passes on the one key that was picked.
func picked(do func(key string)) func([]string) {
	return func(keys []string) {
		if len(keys) == 1 {
			do(keys[0])
		}
	}
}

func (s *Screen) setKind(n int, key string) {
	kind := key
	if key == keySkip {
		kind = ""
	}
	s.file = n
	s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetKind(kind) }))
}

func (s *Screen) setEncoding(n int, key string) {
	s.correct(onFile(n, func(ctx context.Context, f *app.FilePlan) error { return s.host.App.Imports.SetEncoding(ctx, f, key) }))
}

func (s *Screen) setDelimiter(n int, key string) {
	s.correct(onFile(n, func(ctx context.Context, f *app.FilePlan) error { return s.host.App.Imports.SetDelimiter(ctx, f, key) }))
}

func (s *Screen) setSheet(n int, key string) {
	s.correct(onFile(n, func(ctx context.Context, f *app.FilePlan) error { return s.host.App.Imports.SetSheet(ctx, f, key) }))
}

func (s *Screen) setOrder(n int, key string) {
	s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetDayOrders(key) }))
}

func (s *Screen) setMark(n int, key string) {
	s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetMarks(key) }))
}

func (s *Screen) setCoin(n int, key string) {
	s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetCoins(data.Currency(key)) }))
}

func (s *Screen) setField(n, column int, key string) {
	switch key {
	case keyNewField:
		s.askField(n, column)
		return
	case keyLeaveOut:
		key = ""
	}
	s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetField(column, key) }))
}

// askField asks for the name and type of a custom field that a column fills.
func (s *Screen) askField(n, column int) {
	c := s.shown.files[n].columns[column]
	types := []kit.Option{}
	for _, t := range newTypes {
		types = append(types, kit.Option{Key: t.key, Text: lang.T(t.label)})
	}
	form := kit.NewForm(kit.FormOptions{
		Save: lang.T("Use this field"),
		Fields: []kit.Field{
			{Key: "label", Label: lang.T("Name of the field"), Required: true, Value: fieldLabel(c.name)},
			{Key: "type", Label: lang.T("Type"), Kind: kit.FieldChoice, Required: true, Options: types, Value: typeKey(c.guess)},
		},
		OnSave: func(v kit.Values) error {
			t := typeOf(v["type"])
			s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetNewField(column, v["label"], t) }))
			return nil
		},
		OnCancel: s.show, // the picker shows what holds
	})
	kit.ShowForm(s.host.Window, lang.T("New custom field for %s", c.name), form)
}

// newTypes are the types that a new custom field can have.
var newTypes = []struct {
	key, label string
	t          data.Type
}{
	{"text", "Text", data.TypeText},
	{"number", "Number", data.TypeNumber},
	{"money", "Money", data.TypeMoney},
	{"day", "Day", data.TypeDay},
	{"choice", "Choice", data.TypeChoice},
}

func typeKey(t data.Type) string {
	for _, x := range newTypes {
		if x.t == t {
			return x.key
		}
	}
	return newTypes[0].key
}

func typeOf(key string) data.Type {
	for _, x := range newTypes {
		if x.key == key {
			return x.t
		}
	}
	return data.TypeText
}

// fieldLabel makes a heading of a column's name: "fleet_size" is "Fleet size".
func fieldLabel(column string) string {
	text := strings.Join(strings.Fields(strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(column)), " ")
	if text == "" {
		return column
	}
	return lang.Capital(text)
}

func (s *Screen) setStage(n int, name, key string) {
	s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error {
		if t, ok := strings.CutPrefix(key, keyNew); ok {
			return f.SetStageType(name, t)
		}
		id, err := data.ParseID(key)
		if err != nil {
			return err
		}
		return f.SetStage(name, id)
	}))
}
