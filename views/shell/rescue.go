package shell

import (
	"context"
	"errors"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// failedToOpen says why a book was not opened. For one that is damaged it offers
// the newest backup that is sound.
func (sh *shell) failedToOpen(err error) {
	title := lang.T("The book was not opened")
	var r *app.Rescue
	if !errors.As(err, &r) {
		kit.Failure(sh.window, title, err, nil)
		return
	}
	kit.Confirm(sh.window, kit.ConfirmOptions{
		Title: title,
		Text: lang.T("%s is damaged; it was left as it is. The newest backup that is sound was made on %s: %s. What was done since is not in it. Restoring puts it in the place of the book and keeps the damaged file beside it.",
			r.Book, r.Backup.At.Format("2006-01-02 15:04"), r.Backup.Path),
		Yes: lang.T("Restore this backup"), No: lang.T("Close"),
		OnYes: func() { sh.rescue(r) },
	})
}

// rescue puts a backup in the place of a damaged book and opens it.
func (sh *shell) rescue(r *app.Rescue) {
	sh.take(func(ctx context.Context) (*app.App, error) {
		if err := app.Restore(ctx, app.Restoring{Backup: r.Backup.Path, Book: r.Book}, sh.opts.Config); err != nil {
			return nil, err
		}
		return app.Open(ctx, r.Book, sh.opts.Config)
	}, func() {
		sh.session.host.Say(lang.T("The book is as it was in the backup; the one before it is kept beside it"))
	})
}
