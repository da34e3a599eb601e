package app

import (
	"slices"
	"strings"

	"fieldbook/data"
)

// What an import does with rows, as a mapping and the command line write it.
const (
	ModeBoth   = "both"   // make what is new, change what is there
	ModeCreate = "create" // leave what is there as it is
	ModeUpdate = "update" // set aside what is new

	BlankLeave = "leave" // a blank cell leaves what the record has
	BlankClear = "clear" // a blank cell clears it

	ClashSheet = "sheet" // what was changed in the file and in the book becomes as in the file
	ClashBook  = "book"  // stays as in the book
)

// SetMode says whether rows make records, change them, or both.
func (f *FilePlan) SetMode(mode string) error {
	if !slices.Contains([]string{ModeBoth, ModeCreate, ModeUpdate}, mode) {
		return data.FieldErrorf("mode", "%q is no way to import; choose create, update or both", mode)
	}
	f.Mode, f.edited = mode, true
	return nil
}

// Versioned reports whether the book exported the file with the versions of its
// rows.
func (f *FilePlan) Versioned() bool { return f.own && f.named(columnVersion) != nil }

// SetBlank says what a blank cell does to a record that is there. In a file that
// carries versions, "" clears what was cleared in it.
func (f *FilePlan) SetBlank(blank string) error {
	if blank != BlankLeave && blank != BlankClear && (blank != "" || !f.own) {
		return data.FieldErrorf("blank", "%q says nothing of blank cells; choose leave or clear", blank)
	}
	f.Blank, f.edited = blank, true
	return nil
}

// SetKey says by which fields rows of the file find their records; none finds
// them as the kind is usually told apart.
func (f *FilePlan) SetKey(fields []string) error {
	fields = slices.DeleteFunc(slices.Clone(fields), func(name string) bool { return strings.TrimSpace(name) == "" })
	if f.own && len(fields) > 0 {
		return data.FieldErrorf("key", "the file was exported from a book, so its rows are found by their ids")
	}
	if f.Kind == data.KindQuota && len(fields) > 0 {
		return data.FieldErrorf("key", "quotas are found by person or territory and month")
	}
	for _, name := range fields {
		field, ok := f.field(name)
		switch {
		case !ok || name == FieldFirstName || name == FieldLastName || f.Kind == data.KindPerson && name == FieldTerritory:
			return data.FieldErrorf("key", "a %s has no field %q to be found by", strings.ReplaceAll(f.Kind, "_", " "), name)
		case field.Type == data.TypeRef && registered(f.Kind):
			return data.FieldErrorf("key", "%s cannot be found by %s, which is a record itself; choose another field", strings.ReplaceAll(f.Kind, "_", " "), field.Label)
		}
	}
	f.Key, f.edited = fields, true
	return nil
}

// KeyChoices lists the fields by which rows of the file can be found, alone.
func (f *FilePlan) KeyChoices() []data.Field {
	var out []data.Field
	if f.own || f.Kind == data.KindQuota {
		return nil
	}
	for _, x := range f.Fields() {
		if f.ColumnOf(x.Name) != nil && (x.Unique || x.Name == f.titleField() || x.Custom && x.Type == data.TypeText) && x.Type != data.TypeRef {
			out = append(out, x)
		}
	}
	return out
}

// SetClash says what becomes of all cells that were changed in the file and in
// the book; "" leaves them as in the book and lists them.
func (f *FilePlan) SetClash(side string) error {
	if side != "" && side != ClashSheet && side != ClashBook {
		return data.FieldErrorf("clash", "%q is no side; choose sheet or book", side)
	}
	f.Clash, f.settled, f.edited = side, nil, true
	return nil
}

// SettleClash says what becomes of one of them, by its Key.
func (f *FilePlan) SettleClash(key, side string) error {
	if side != ClashSheet && side != ClashBook {
		return data.FieldErrorf("clash", "%q is no side; choose sheet or book", side)
	}
	if f.settled == nil {
		f.settled = map[string]string{}
	}
	f.settled[key] = side
	return nil
}

// modes applies what is said of modes beside a mapping.
func (opt PlanOptions) modes(f *FilePlan) error {
	edited := f.edited
	defer func() { f.edited = edited }()
	for _, set := range []struct {
		text string
		do   func(string) error
	}{{opt.Mode, f.SetMode}, {opt.Blank, f.SetBlank}, {opt.Clash, f.SetClash}} {
		if set.text == "" {
			continue
		}
		if err := set.do(set.text); err != nil {
			return err
		}
	}
	if len(opt.Key) == 0 || f.Kind == "" {
		return nil
	}
	return f.SetKey(opt.Key)
}

// clears are the fields that a blank cell clears.
func (f *FilePlan) clears(fields []string) []string {
	if f.Blank != BlankClear {
		return nil
	}
	return slices.Clone(fields)
}

// creates and updates report what the mode allows.
func (f *FilePlan) creates() bool { return f.Mode != ModeUpdate }
func (f *FilePlan) updates() bool { return f.Mode != ModeCreate }

// notThere is why a row is set aside where only records are changed.
const notThere = "is not in the book, and only records that are there are changed"
