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

func migrationNames() ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	slices.Sort(names)
	return names, err
}

// migrate brings the file to the newest schema. Each step and its number go in
// together or not at all. A file that this program did not make is refused.
func migrate(ctx context.Context, conn *sql.Conn, path string) error {
	version, app, err := fileVersion(ctx, conn)
	if err != nil {
		return openError(err, path)
	}
	names, err := migrationNames()
	if err != nil {
		return data.Wrap(data.Internal, err, "the program is incomplete")
	}
	if err := acceptable(path, version, app, len(names)); err != nil {
		return err
	}
	for i := version; i < len(names); i++ {
		if err := step(ctx, conn, names[i], i+1); err != nil {
			return data.Wrap(data.Internal, err, "%s could not be brought up to date; it is unchanged", path)
		}
	}
	return nil
}

func step(ctx context.Context, conn *sql.Conn, name string, version int) (err error) {
	script, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_, undo := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
			err = errors.Join(err, undo)
		}
	}()
	if _, err := conn.ExecContext(ctx, string(script)); err != nil {
		return err
	}
	mark := fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID)
	if _, err := conn.ExecContext(ctx, mark); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
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
func checkVersion(ctx context.Context, db *sql.DB, path string) error {
	version, app, err := fileVersion(ctx, db)
	if err != nil {
		return openError(err, path)
	}
	names, err := migrationNames()
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
