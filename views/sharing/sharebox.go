package sharing

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Keys of the pickers of a share: those of records have a letter before the id.
const (
	forAll  = "all"    // for everybody who may see everything
	partAll = "whole"  // the whole book
	partHis = "his"    // what the person is to see
	ownOf   = "own:"   // a person's
	teamOf  = "team:"  // a person's and of all who report to him
	landOf  = "lands:" // of who owns a territory or one below it
)

// shareBox asks what goes into a share file and for whom it is.
type shareBox struct {
	screen   *Screen
	box      *kit.Dialog
	body     *fyne.Container
	who      *kit.Picker
	part     *kit.Picker
	amount   *kit.Segmented
	lock     *kit.Segmented
	estimate *fyne.Container
	loader   *kit.Loader
}

// askShare opens the dialog.
func (s *Screen) askShare() {
	b := &shareBox{screen: s, estimate: kit.VBox(0), body: kit.VBox(10)}
	b.loader = s.host.Loader(b.estimate)
	h := s.host
	b.who = kit.NewPicker(kit.PickerOptions{
		Icon: "users", Options: b.people(), Search: b.findPeople, Runner: h.Runner, Find: lang.T("Find a person"), Wide: true, OnPick: func([]string) { b.chooseFor() },
	}, forAll)
	b.part = kit.NewPicker(kit.PickerOptions{
		Icon: "layers", Options: b.parts(), Search: b.findPart, Runner: h.Runner, Find: lang.T("Find a person or territory"), Wide: true, OnPick: func([]string) { b.count() },
	}, partAll)
	b.amount = kit.NewSegmented([]kit.Segment{{Text: lang.T("What is missing there")}, {Text: lang.T("All of it")}}, func(int) { b.count() })
	first := lang.T("Not locked")
	if s.state.members.founded {
		first = lang.T("For computers")
	}
	b.lock = kit.NewSegmented([]kit.Segment{{Text: first}, {Text: lang.T("With a passphrase"), Icon: "lock"}}, func(int) { b.draw() })
	cancel := kit.NewButton(kit.ButtonOptions{Text: lang.T("Cancel"), OnTap: func() { b.box.Close() }})
	write := kit.NewButton(kit.ButtonOptions{Text: lang.T("Choose a place…"), Kind: kit.ButtonPrimary, OnTap: b.write})
	b.draw()
	b.box = kit.ShowDialog(h.Window, kit.DialogOptions{Title: lang.T("Share the book"), Body: b.body, Width: dialogWide, Buttons: []*kit.Button{cancel, write}, OnClose: b.loader.Cancel})
	b.count()
}

// draw lays the dialog out for what is chosen.
func (b *shareBox) draw() {
	lines := []fyne.CanvasObject{named(lang.T("For"), b.who), named(lang.T("What"), b.part)}
	if !b.to().IsZero() {
		lines = append(lines, named("", kit.HBox(0, b.amount, kit.Space())))
	}
	lines = append(lines,
		named(lang.T("Opens"), kit.HBox(0, b.lock, kit.Space())),
		told("", kit.NewProse(b.lockWord(), 2, kit.TextStyle{Color: kit.ColorFg2})),
		named(lang.T("Size"), kit.MinBox(fyne.NewSize(0, kit.HeightControl), b.loader)),
	)
	b.body.Objects = lines
	b.body.Refresh()
	if b.box != nil {
		b.box.Fit()
	}
}

// people are for whom a file can be before anything is typed.
func (b *shareBox) people() []kit.Option {
	out := []kit.Option{{Key: forAll, Text: lang.T("Everybody who may see everything"), Icon: "users"}}
	for _, m := range b.screen.state.members.list {
		if id := m.Person.ID; id != b.screen.state.members.me.ID && devicesOf(b.screen.state.members.list, id) > 0 {
			out = append(out, kit.Option{Key: id.String(), Text: m.Person.Title(), Detail: roleName(m.Role), Group: lang.T("Members")})
		}
	}
	for _, o := range strangers(b.screen.state.members) {
		o.Group = lang.T("Others")
		out = append(out, o)
	}
	return out
}

func (b *shareBox) findPeople(query string) []kit.Option {
	if strings.TrimSpace(query) == "" {
		return b.people()
	}
	return b.screen.host.RecordSearch(data.KindPerson)(query)
}

// parts are what can be shared before anything is typed.
func (b *shareBox) parts() []kit.Option {
	out := []kit.Option{{Key: partAll, Text: lang.T("The whole book"), Icon: "book"}}
	if !b.to().IsZero() {
		out = append([]kit.Option{{Key: partHis, Text: lang.T("What %s is to see", b.who.Label()), Icon: "user"}}, out...)
	}
	return out
}

// findPart finds a part picked by hand: a person's, a team's, a territory's.
func (b *shareBox) findPart(query string) []kit.Option {
	if strings.TrimSpace(query) == "" {
		return b.parts()
	}
	h := b.screen.host
	var out []kit.Option
	people := h.RecordSearch(data.KindPerson)(query)
	for _, o := range people {
		out = append(out, kit.Option{Key: ownOf + o.Key, Text: o.Text, Detail: lang.T("own records"), Group: lang.T("A person's part")})
	}
	for _, o := range people {
		out = append(out, kit.Option{Key: teamOf + o.Key, Text: lang.T("Team of %s", o.Text), Detail: lang.T("and all below"), Group: lang.T("A team's part")})
	}
	for _, o := range h.RecordSearch(data.KindTerritory)(query) {
		out = append(out, kit.Option{Key: landOf + o.Key, Text: o.Text, Detail: o.Detail, Group: lang.T("A territory's part")})
	}
	return out
}

// to is the person for whom the file is; NoID is everybody.
func (b *shareBox) to() data.ID { return kit.Values{"to": b.who.Key()}.Ref("to") }

// invites reports whether the file makes the person a member.
func (b *shareBox) invites() bool {
	st := b.screen.state.members
	return st.founded && !b.to().IsZero() && devicesOf(st.list, b.to()) == 0
}

// chooseFor follows the choice of a person: his part, and locked as he can open it.
func (b *shareBox) chooseFor() {
	b.part.SetOptions(b.parts())
	if b.to().IsZero() {
		b.part.SetKeys(partAll)
	} else {
		b.part.SetKeys(partHis)
	}
	if b.invites() {
		b.lock.SetCurrent(1)
	}
	b.draw()
	b.count()
}

// options are what is chosen; passphrase says whether one locks the file.
func (b *shareBox) options() (o app.ShareOptions, passphrase bool) {
	o = app.ShareOptions{To: b.to(), Since: b.amount.Current() == 0}
	key := b.part.Key()
	switch kind, id, _ := strings.Cut(key, ":"); {
	case key == partAll:
		o.Everything = true
	case kind+":" == ownOf:
		o.Scope = &data.Scope{Person: kit.Values{"id": id}.Ref("id")}
	case kind+":" == teamOf:
		o.Scope = &data.Scope{Person: kit.Values{"id": id}.Ref("id"), Team: true}
	case kind+":" == landOf:
		o.Scope = &data.Scope{Territory: kit.Values{"id": id}.Ref("id")}
	}
	return o, b.lock.Current() == 1 || b.invites()
}

// lockWord says who will be able to open the file.
func (b *shareBox) lockWord() string {
	st := b.screen.state.members
	_, phrase := b.options()
	switch {
	case b.invites():
		return lang.T("%s has no computer in the book yet, so the file is an invitation: it opens by six words, once, and makes that computer a member.", b.who.Label())
	case phrase:
		return lang.T("It opens for whoever knows six words, which are shown once the file is written. Tell them by another way than the file.")
	case !st.founded:
		return lang.T("Whoever gets the file can read it. The book has no members for whose computers it could be locked.")
	case b.to().IsZero():
		return lang.T("It opens on the computers of the founder and of leads, and on yours.")
	}
	n := devicesOf(st.list, b.to())
	return lang.N("It opens on the %[2]d computer of %[1]s, and on yours.", "It opens on the %[2]d computers of %[1]s, and on yours.", n, b.who.Label(), n)
}

// count works out how large the file would be, without writing it.
func (b *shareBox) count() {
	o, _ := b.options()
	b.sayEstimate(lang.T("Counting…"))
	kit.Load(b.loader, func(ctx context.Context) (app.Shared, error) { return b.screen.host.App.Sharing.Estimate(ctx, o) }, func(out app.Shared) {
		b.sayEstimate(estimateWord(out, o))
	})
}

func (b *shareBox) sayEstimate(text string) {
	b.estimate.Objects = []fyne.CanvasObject{kit.MinBox(fyne.NewSize(0, kit.HeightControl), kit.NewText(text, kit.TextStyle{Cut: true}))}
	b.estimate.Refresh()
}

// estimateWord says how much a file would hold.
func estimateWord(out app.Shared, o app.ShareOptions) string {
	if out.Ops == 0 {
		return lang.T("Nothing new: all of it is there already")
	}
	edits := lang.N("%s edit", "%s edits", out.Ops, kit.Thousands(out.Ops))
	if !o.To.IsZero() && o.Since {
		return lang.T("%s, about %s", edits, bytesWord(out.Bytes))
	}
	return lang.T("%s records, %s, about %s", kit.Thousands(out.Rows), edits, bytesWord(out.Bytes))
}

// write asks for a place and writes the file.
func (b *shareBox) write() {
	s := b.screen
	o, locks := b.options()
	if locks {
		phrase, err := s.host.App.Sharing.Phrase()
		if err != nil {
			kit.Failure(s.host.Window, lang.T("Share the book"), err, nil)
			return
		}
		o.Passphrase = phrase
	}
	name := s.host.App.Sharing.SuggestName()
	if !o.To.IsZero() {
		name = strings.TrimSuffix(name, ".fieldbook") + lang.T(" for %s", b.who.Label()) + ".fieldbook"
	}
	b.box.Close()
	s.host.AskFile(lang.T("Share the book"), name, func(path string) { s.shareTo(path, o) })
}
