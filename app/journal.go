package app

import (
	"context"

	"fieldbook/data"
	"fieldbook/data/store"
)

// Journal is what was done with the book: undo and redo, history, conflicts,
// checking and backups.
type Journal struct{ app *App }

// Undo takes back a step, or the newest one where txn is NoID.
func (j *Journal) Undo(ctx context.Context, txn data.ID) (store.Undone, error) {
	return j.reverse(ctx, func(act store.Act) (store.Undone, error) { return j.app.store.Undo(ctx, txn, act) })
}

// Redo brings back the step that was undone last.
func (j *Journal) Redo(ctx context.Context) (store.Undone, error) {
	return j.reverse(ctx, func(act store.Act) (store.Undone, error) { return j.app.store.Redo(ctx, act) })
}

func (j *Journal) reverse(ctx context.Context, do func(store.Act) (store.Undone, error)) (store.Undone, error) {
	act, err := j.app.signed(ctx, store.Act{})
	if err != nil {
		return store.Undone{}, err
	}
	u, err := do(act)
	if err != nil {
		return u, err
	}
	j.app.hub.publish(u.Change)
	return u, nil
}

// Steps lists this replica's steps, newest first, with those taken back.
func (j *Journal) Steps(ctx context.Context, limit int) ([]store.Step, error) {
	return j.app.store.Steps(ctx, limit)
}

// Log lists all transactions of all replicas, newest first; limit 0 is all.
func (j *Journal) Log(ctx context.Context, limit int) ([]store.LogEntry, error) {
	return j.app.store.Log(ctx, limit)
}

// History lists every edit of a row, oldest first.
func (j *Journal) History(ctx context.Context, kind string, id data.ID) ([]store.Edit, error) {
	return j.app.store.History(ctx, kind, id)
}

// Conflicts lists the cells with concurrent values that differ.
func (j *Journal) Conflicts(ctx context.Context) ([]store.Conflict, error) {
	return j.app.store.Conflicts(ctx)
}

// Verify folds the whole log again and compares it with the tables.
func (j *Journal) Verify(ctx context.Context) (*store.Report, error) {
	return j.app.store.Verify(ctx)
}

// Dump writes the book's state in a canonical form.
func (j *Journal) Dump(ctx context.Context, line func(string) error) error {
	return j.app.store.Dump(ctx, line)
}

// Backup writes a copy of the book to path.
func (j *Journal) Backup(ctx context.Context, path string) error {
	abs, err := j.app.placeForCopy(path)
	if err != nil {
		return err
	}
	return j.app.store.Backup(ctx, abs)
}
