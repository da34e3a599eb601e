package sharing

import (
	"context"
	"path/filepath"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// share asks for a place and writes all that the book holds there.
func (s *Screen) share() {
	s.host.AskFile(lang.T("Share everything"), s.host.App.Sharing.SuggestName(), func(path string) { s.shareTo(path, app.ShareOptions{Everything: true}) })
}

// shareTo writes a share file. A passphrase that locks it is shown once it is
// written: nobody can find it out later.
func (s *Screen) shareTo(path string, o app.ShareOptions) {
	var out app.Shared
	s.host.Job(lang.T("Share the book"), func(ctx context.Context, _ func(done, total int64)) error {
		var err error
		out, err = s.host.App.Sharing.Share(ctx, path, o)
		return err
	}, func() {
		s.host.Say(lang.T("%s records shared in %s, %s", kit.Thousands(out.Rows), filepath.Base(out.File), bytesWord(out.Bytes)))
		s.Reload(s.host.View())
		if o.Passphrase != "" {
			s.tellPhrase(out, o.Passphrase)
		}
	})
}

// chooseFile picks a share file to look at.
func (s *Screen) chooseFile() {
	kit.OpenFile(s.host.Window, kit.FileAsk{Title: lang.T("Receive a file"), Endings: []string{".fieldbook"}, Then: func(path string) { s.look([]string{path}) }})
}

// look previews share files; a file that cannot be merged leads back to the inbox.
func (s *Screen) look(paths []string) {
	s.paths, s.preview, s.opening = paths, nil, opening{}
	s.Reload(s.host.View())
	s.host.Changed()
}

// leave goes back to where the screen stood before files were looked at.
func (s *Screen) leave() {
	s.paths, s.preview, s.opening = nil, nil, opening{}
	s.Reload(s.host.View())
	s.host.Changed()
}

// merge takes the previewed files in.
func (s *Screen) merge() {
	paths, how := s.paths, app.MergeOptions{Passphrase: s.opening.phrase}
	var out *app.Merged
	s.loader.Cancel()
	s.host.Job(lang.T("Merge %s", filepath.Base(paths[0])), func(ctx context.Context, _ func(done, total int64)) error {
		var err error
		out, err = s.host.App.Sharing.Merge(ctx, paths, how)
		return err
	}, func() {
		s.last = out
		s.host.Say(lang.T("Merged: %s", broughtWords(out)))
		s.leave()
	})
}

// undo takes a step of sharing back.
func (s *Screen) undo(e event) {
	s.last = nil
	s.host.Act(lang.T("Undo: %s", e.what), func(ctx context.Context) error {
		_, err := s.host.App.Journal.Undo(ctx, e.id)
		return err
	}, nil)
}

// keep settles one field of a record for a side of it.
func (s *Screen) keep(c app.Clash, f app.ClashField, side app.ClashSide) {
	s.host.Act(lang.T("Kept: %s", side.Text), func(ctx context.Context) error {
		return s.host.App.Journal.Keep(ctx, c, f, side)
	}, nil)
}

// keepBoth settles a note for all its sides, joined.
func (s *Screen) keepBoth(c app.Clash, f app.ClashField) {
	s.host.Act(lang.T("Kept both in %s", lang.T(f.Label)), func(ctx context.Context) error {
		return s.host.App.Journal.KeepBoth(ctx, c, f)
	}, nil)
}

// editClash asks for another value of a field, beginning with the one shown.
func (s *Screen) editClash(c app.Clash, f app.ClashField) {
	var names []string
	for _, x := range f.Form {
		if x.Name != "currency" || len(f.Form) == 1 {
			names = append(names, x.Name) // an amount's field asks for its currency
		}
	}
	s.host.ShowRecordForm(kit.RecordForm{
		Title: lang.T("%s of %s", lang.T(f.Label), clashName(c)), Save: lang.T("Keep this"), Kind: c.Row.Kind, Fields: names, Row: &c.Row,
		Keep: func(ctx context.Context, values data.Values, _ kit.Values) error {
			return s.host.App.Journal.KeepOther(ctx, c, f, values)
		},
		What: lang.T("Kept another value in %s", lang.T(f.Label)),
	})
}

// keepAll settles all that is shown as a choice says.
func (s *Screen) keepAll(choice app.Choice) {
	choice.Person, choice.Kind, choice.Label = s.filter.person, s.filter.field.kind, s.filter.field.label
	n := 0
	s.host.Act(lang.T("Settling conflicts"), func(ctx context.Context) error {
		var err error
		n, err = s.host.App.Journal.KeepAll(ctx, choice)
		return err
	}, func() {
		s.filter = filter{}
		s.host.Say(lang.N("%d field settled", "%d fields settled", n, n))
		s.show()
	})
}

// keepPerson settles everything that the chosen person had a part in for that person.
func (s *Screen) keepPerson() { s.keepAll(app.Choice{Name: s.filter.person}) }
