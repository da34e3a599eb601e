package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"fieldbook/data"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrationNames lists the steps of the schema that the file is opened with.
func (o Options) migrationNames() ([]string, error) {
	names, err := fs.Glob(o.steps(), "migrations/*.sql")
	slices.Sort(names)
	return names, err
}

func (o Options) steps() fs.FS {
	if o.schema != nil {
		return o.schema
	}
	return migrations
}

// migrate brings the file to the newest schema. All steps, what the log holds
// for the tables and columns that they add, and the number of the last step go
// in together or not at all. A file that this program did not make is refused.
func (s *Store) migrate(ctx context.Context) error {
	version, app, err := fileVersion(ctx, s.write)
	if err != nil {
		return openError(err, s.path)
	}
	names, err := s.opt.migrationNames()
	if err != nil {
		return data.Wrap(data.Internal, err, "the program is incomplete")
	}
	if err := acceptable(s.path, version, app, len(names)); err != nil || version == len(names) {
		return err
	}
	if version == 0 && !s.opt.making {
		return data.Errorf(data.Invalid, "%s is empty, so it is no book; it was left as it is. Restore a backup, or choose another file", s.path)
	}
	if version > 0 && s.opt.BeforeUpgrade != nil {
		if is, err := loadShared(ctx, s.read); err == nil { // else its days are UTC's
			s.use(is)
		}
		if err := s.opt.BeforeUpgrade(ctx, s); err != nil {
			return data.Wrap(data.KindOf(err), err, "%s must be brought up to date for this Fieldbook, and no backup of it could be made first. It is unchanged. Make room on the disk, or copy the book to another one", s.path)
		}
	}
	if err := s.runSteps(ctx, names[version:], len(names)); err != nil {
		return data.Wrap(data.Internal, err, "%s could not be brought up to date; it is unchanged", s.path)
	}
	return nil
}

func (s *Store) runSteps(ctx context.Context, names []string, version int) (err error) {
	if _, err := s.write.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.rollBack(context.WithoutCancel(ctx)))
		}
	}()
	tx := &Tx{s: s, ctx: context.WithoutCancel(ctx), ended: ctx.Err}
	before, err := tx.tables()
	if err != nil {
		return err
	}
	for _, name := range names {
		script, err := fs.ReadFile(s.opt.steps(), name)
		if err != nil {
			return err
		}
		if _, err := s.write.ExecContext(ctx, string(script)); err != nil {
			return err
		}
	}
	if err := tx.catchUp(before); err != nil {
		return err
	}
	mark := fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID)
	if _, err := s.write.ExecContext(ctx, mark); err != nil {
		return err
	}
	_, err = s.write.ExecContext(ctx, "COMMIT")
	return err
}

type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func fileVersion(ctx context.Context, q queryer) (version, app int, err error) {
	if err := q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return 0, 0, err
	}
	err = q.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app)
	return version, app, err
}

func acceptable(path string, version, app, newest int) error {
	switch {
	case version == 0 && app == 0: // an empty file
		return nil
	case app != applicationID:
		return data.Errorf(data.Invalid, "%s is not a book of Fieldbook; it was left as it is", path)
	case version > newest:
		return data.Errorf(data.Unsupported, "%s was made by a newer Fieldbook; it was left as it is. Update Fieldbook to open it", path)
	}
	return nil
}

// checkVersion makes sure that a file opened for reading is one of ours and current.
func (s *Store) checkVersion(ctx context.Context) error {
	path := s.path
	version, app, err := fileVersion(ctx, s.read)
	if err != nil {
		return openError(err, path)
	}
	names, err := s.opt.migrationNames()
	if err != nil {
		return data.Wrap(data.Internal, err, "the program is incomplete")
	}
	if version == 0 || app != applicationID {
		return data.Errorf(data.Invalid, "%s is not a book of Fieldbook; it was left as it is", path)
	}
	if version < len(names) {
		return data.Errorf(data.Unsupported, "%s was made by an older Fieldbook; open it once for writing to bring it up to date", path)
	}
	return acceptable(path, version, app, len(names))
}
