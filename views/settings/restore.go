package settings

import (
	"context"
	"errors"
	"path/filepath"
	"unicode/utf8"

	"fieldbook/app"
	"fieldbook/app/keyring"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// leastPassphrase is how many characters a passphrase must have here; the help
// offers one of six words, which is far better.
const leastPassphrase = 10

// saveLocked asks for a passphrase, twice since it is not seen, and for a file.
func (p *backupsPage) saveLocked() {
	h := p.screen.host
	help := lang.T("Six words picked by chance are hard to guess and easy to copy.")
	if phrase, err := keyring.Phrase(); err == nil {
		help = lang.T("Six words picked by chance are hard to guess and easy to copy, such as: %s", phrase)
	}
	kit.ShowForm(h.Window, lang.T("Save a locked backup"), kit.NewForm(kit.FormOptions{
		Save: lang.T("Choose the file"),
		Fields: []kit.Field{
			{Key: "passphrase", Label: lang.T("Passphrase"), Kind: kit.FieldSecret, Required: true, Wide: true, Help: help, Check: passphraseTrouble},
			{Key: "again", Label: lang.T("The same once more"), Kind: kit.FieldSecret, Required: true, Wide: true, Help: lang.T("Nobody can open the backup without it. Keep it somewhere else than the backup.")},
		},
		OnSave: func(v kit.Values) error {
			if v["passphrase"] != v["again"] {
				return data.FieldErrorf("again", "%s", lang.T("This differs from the passphrase above"))
			}
			return nil
		},
		Then: func(v kit.Values) { p.askLocked(v["passphrase"]) },
	}))
}

func passphraseTrouble(text string) string {
	if utf8.RuneCountInString(text) < leastPassphrase {
		return lang.N("Write at least %d character", "Write at least %d characters", leastPassphrase, leastPassphrase)
	}
	return ""
}

func (p *backupsPage) askLocked(passphrase string) {
	h := p.screen.host
	title := lang.T("Save a locked backup")
	b := h.App.Book()
	kit.SaveFile(h.Window, kit.FileAsk{Title: title, Name: b.Name + " " + h.App.Today().String() + app.LockedEnd, Folder: filepath.Dir(b.Path), Then: func(path string) {
		h.Job(title, func(ctx context.Context, _ func(done, total int64)) error {
			return h.App.Backups.SaveLocked(ctx, path, passphrase)
		}, nil)
	}})
}

// choose follows the selected copy.
func (p *backupsPage) choose() {
	if len(p.table.SelectedIDs()) == 1 {
		p.restore.Enable()
	} else {
		p.restore.Disable()
	}
}

func (p *backupsPage) restoreChosen() {
	if ids := p.table.SelectedIDs(); len(ids) == 1 {
		p.ask(ids[0])
	}
}

func (p *backupsPage) restoreFile() {
	kit.OpenFile(p.screen.host.Window, kit.FileAsk{Title: lang.T("Restore from a file"), Endings: []string{".book", ".zst", ".age"}, Folder: p.screen.host.App.Backups.Folder(), Then: p.ask})
}

// ask says what restoring does, and asks for a passphrase where one is needed.
func (p *backupsPage) ask(backup string) {
	needs, err := app.NeedsPassphrase(backup)
	switch {
	case err != nil:
		kit.Failure(p.screen.host.Window, lang.T("Restore a backup"), err, nil)
	case needs:
		p.askPassphrase(backup, "")
	default:
		kit.Confirm(p.screen.host.Window, kit.ConfirmOptions{
			Title: lang.T("Restore %s?", filepath.Base(backup)), Text: restoringDoes(), Yes: lang.T("Restore"), OnYes: func() { p.makeReady(backup, "") },
		})
	}
}

func restoringDoes() string {
	return lang.T("The backup is checked first. Then it takes the place of the book; the book as it is now is kept beside it, ending in .before-restore.")
}

// askPassphrase asks for the passphrase of a backup, typed already where it
// did not open it.
func (p *backupsPage) askPassphrase(backup, typed string) {
	kit.ShowForm(p.screen.host.Window, lang.T("Restore %s", filepath.Base(backup)), kit.NewForm(kit.FormOptions{
		Save:   lang.T("Restore"),
		Fields: []kit.Field{{Key: "passphrase", Label: lang.T("Passphrase of the backup"), Kind: kit.FieldSecret, Required: true, Wide: true, Value: typed, Help: restoringDoes()}},
		Then:   func(v kit.Values) { p.makeReady(backup, v["passphrase"]) },
	}))
}

// makeReady unlocks, unpacks and checks a backup while the book is open, and
// lets it replace the book.
func (p *backupsPage) makeReady(backup, passphrase string) {
	h := p.screen.host
	var ready *app.Ready
	h.Job(lang.T("Restore a backup"), func(ctx context.Context, _ func(done, total int64)) (err error) {
		ready, err = h.App.Backups.Ready(ctx, backup, passphrase)
		var told *data.Error
		if errors.As(err, &told) && told.Field == "passphrase" {
			h.Runner.Do(func() { p.askPassphrase(backup, passphrase) }) // below the reason
		}
		return err
	}, func() { h.Replace(ready) })
}
