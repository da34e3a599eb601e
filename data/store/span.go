package store

import (
	"context"
	"database/sql"

	"fieldbook/data"
)

// CloseSpan gives the first and the newest close day not after today, NoDay
// where no deal has one. It asks the index of each stage for its two ends, so
// a million deals take no longer than ten.
func (s *Store) CloseSpan(ctx context.Context, today data.Day) (first, newest data.Day, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT
		(SELECT min(close_day) FROM deal WHERE stage = s.key AND close_day IS NOT NULL),
		(SELECT max(close_day) FROM deal WHERE stage = s.key AND close_day <= ?) FROM stage s`, int64(today))
	if err != nil {
		return data.NoDay, data.NoDay, dbError(err)
	}
	defer rows.Close()
	first, newest = data.NoDay, data.NoDay
	for rows.Next() {
		var from, to sql.NullInt64
		if err := rows.Scan(&from, &to); err != nil {
			return data.NoDay, data.NoDay, dbError(err)
		}
		if from.Valid {
			first = first.Min(data.Day(from.Int64))
		}
		if to.Valid {
			newest = max(newest, data.Day(to.Int64))
		}
	}
	return first, newest, dbError(rows.Err())
}
