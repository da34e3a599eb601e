package app

import (
	"context"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// importNames finds rows of one kind by what files call them: by the id that
// another program gave them, else by their folded name. It holds the names of
// the book and of the files; those of deals, which are many, are asked for only
// where a file names a deal that its id does not find.
type importNames struct {
	kind   *data.Kind
	known  map[data.ID]*importName
	byID   map[string]*importName // external id
	byName map[string]*importName // folded name
	spelt  map[string]*importName // a name as files write it, to save folding
}

// importName is a row as files call it.
type importName struct {
	id     data.ID
	value  data.Value // id, boxed once
	name   string
	outer  string // external id
	parent data.ID
	there  bool // in the book, or written by this import
	line   int  // where this file has it; 0 before
	leads  bool // somebody in the file reports to it
	uses   int  // how often this import's files refer to it
}

// selfReference is the field by which rows of a kind form a tree.
func selfReference(k *data.Kind) string {
	for _, f := range k.Fields {
		if f.Type == data.TypeRef && f.Ref == k.Name {
			return f.Name
		}
	}
	return ""
}

// loadNames reads the names that the book has.
func loadNames(ctx context.Context, s *store.Store, kind string) (*importNames, error) {
	k, err := s.Kind(kind)
	if err != nil {
		return nil, err
	}
	n := &importNames{kind: k, known: map[data.ID]*importName{}, byID: map[string]*importName{}, byName: map[string]*importName{}, spelt: map[string]*importName{}}
	self := selfReference(k)
	err = s.Each(ctx, data.Query{Kind: kind}, func(row data.Row) error {
		e := n.add(row.ID, row.Text(k.Title), row.Text("external_id"), row.Ref("account"))
		e.there, e.parent = true, row.Ref(self)
		n.mail(e, row.Text("email"))
		if key := placeKey(e.name, placeTexts(row.Text)); kind == data.KindAccount && key != "" {
			if _, taken := n.byName[key]; !taken {
				n.byName[key] = e
			}
		}
		return nil
	})
	return n, err
}

// add enters a row; of two with one name the first is found by it. Contacts
// are told apart by their account.
func (n *importNames) add(id data.ID, name, outer string, account data.ID) *importName {
	if e, ok := n.known[id]; ok {
		return e
	}
	e := &importName{id: id, value: id, name: name, outer: outer}
	n.known[id] = e
	if _, taken := n.byID[outerKey(outer)]; outer != "" && !taken {
		n.byID[outerKey(outer)] = e
	}
	for _, key := range n.keys(name, account) {
		if _, taken := n.byName[key]; !taken {
			n.byName[key] = e
		}
	}
	return e
}

// mail lets people and contacts be found by a mail address as well, as programs
// name them.
func (n *importNames) mail(e *importName, address string) {
	if key := sheet.Fold(address); (n.kind.Name == data.KindPerson || n.kind.Name == data.KindContact) && strings.Contains(address, "@") {
		if _, taken := n.byName[key]; !taken {
			n.byName[key] = e
		}
	}
}

func (n *importNames) keys(name string, account data.ID) []string {
	fold := sheet.Fold(name)
	if fold == "" {
		return nil
	}
	if n.kind.Name == data.KindContact && !account.IsZero() {
		return []string{fold + "\x00" + account.String(), fold}
	}
	return []string{fold}
}

// find looks a reference up: nil where nothing is called so.
func (n *importNames) find(text string) *importName {
	if e, ok := n.spelt[text]; ok {
		return e
	}
	e, ok := n.byID[outerKey(text)]
	if !ok {
		e = n.byName[sheet.Fold(text)]
	}
	if e != nil {
		n.spelt[strings.Clone(text)] = e
	}
	return e
}

// row finds the row that a line of a file means, or gives it its id: the one
// with its external id, else one of its name that has no other external id.
func (n *importNames) row(source, outer, name string, account data.ID) *importName {
	if outer != "" {
		if e, ok := n.byID[outerKey(outer)]; ok {
			return e
		}
	}
	var named *importName
	key := ""
	for i, k := range n.keys(name, account) {
		if i == 0 {
			key, named = k, n.byName[k]
		}
	}
	if named != nil && (outer == "" || named.outer == "") {
		if named.outer == "" && outer != "" {
			named.outer = outer
			n.byID[outerKey(outer)] = named
		}
		return named
	}
	if outer != "" {
		key = outerKey(outer)
	}
	return n.add(data.ImportedID(n.kind.Name, source, key), name, outer, account)
}

// circle reports whether a row would come to stand above itself.
func (n *importNames) circle(id, parent data.ID) bool {
	for range len(n.known) + 1 {
		if parent == id {
			return true
		}
		e, ok := n.known[parent]
		if !ok {
			return false
		}
		parent = e.parent
	}
	return true
}
