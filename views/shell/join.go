package shell

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// askJoin asks for a share file to make a book from.
func (sh *shell) askJoin() {
	kit.OpenFile(sh.window, kit.FileAsk{Title: lang.T("Join a team's book"), Endings: []string{".fieldbook"}, Then: func(path string) { sh.lookAt(path, "") }})
}

// lookAt says what a share file is while no book is open, and offers to make a
// book from it. A passphrase that it is locked with is asked for.
func (sh *shell) lookAt(path, phrase string) {
	sh.runner.Go(func() {
		offer, err := app.Look(sh.ctx, path, app.MergeOptions{Passphrase: phrase}, sh.opts.Config)
		sh.runner.Do(func() {
			var told *data.Error
			switch {
			case errors.As(err, &told) && told.Field == "passphrase":
				sh.askPhrase(path, phrase, told.Msg)
			case err != nil:
				kit.Failure(sh.window, filepath.Base(path), err, nil)
			default:
				sh.offer(path, phrase, offer)
			}
		})
	})
}

// askPhrase asks for what opens a file, with why what was typed did not.
func (sh *shell) askPhrase(path, typed, why string) {
	help := lang.T("Six words, as whoever made the file told you; spaces and hyphens count.")
	if typed != "" {
		help = kit.Capital(why)
	}
	kit.ShowForm(sh.window, lang.T("%s is locked with a passphrase", filepath.Base(path)), kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{{Key: "passphrase", Label: lang.T("Passphrase"), Kind: kit.FieldText, Required: true, Wide: true, Value: typed, Help: help}},
		Save:   lang.T("Open the file"),
		Then:   func(v kit.Values) { sh.lookAt(path, v["passphrase"]) },
	}))
}

// offer asks whether a book is to be made from a file.
func (sh *shell) offer(path, phrase string, o app.Offer) {
	book := sh.freePath(lang.T("Book from %s", o.From))
	ask := kit.ConfirmOptions{
		Title: lang.T("Make a book from this file?"), Yes: lang.T("Make the book"), OnYes: func() { sh.join(path, phrase, book) },
		Text: lang.T("The file comes from %s. The book is kept as %s.", o.From, book),
	}
	if in := o.Invite; in != nil {
		ask.Title, ask.Yes = lang.T("Join as %s?", in.Name), lang.T("Join")
		ask.Text = lang.T("This file from %s makes this computer a member of the book as %s (%s); you will see %s. The founder's fingerprint is “%s”: compare it by telephone. The book is kept as %s.",
			o.From, in.Name, in.Role, lang.T(in.Sees), in.Words, book)
	}
	kit.Confirm(sh.window, ask)
}

// freePath is where a book of a name can be made: a number follows the name
// where that is taken.
func (sh *shell) freePath(name string) string {
	name = app.FileName(name)
	path := filepath.Join(sh.opts.Folder, name+".book")
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = filepath.Join(sh.opts.Folder, name+" "+strconv.Itoa(n)+".book")
	}
}

// join makes the book and opens it.
func (sh *shell) join(path, phrase, book string) {
	sh.take(func(ctx context.Context) (*app.App, error) {
		r := app.Received{Book: book, Paths: []string{path}, MergeOptions: app.MergeOptions{Passphrase: phrase}}
		if _, err := app.Receive(ctx, r, sh.opts.Config); err != nil {
			return nil, err
		}
		return app.Open(ctx, book, sh.opts.Config)
	}, func() {
		sh.session.host.Say(lang.T("The book is here; what you change goes to the others by Share…"))
	})
}
