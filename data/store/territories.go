package store

import (
	"context"
	"database/sql"

	"fieldbook/data"
)

// DealChoice is the deals of one stage type, closed (or expected to) within a
// period; data.AllTime is any close day and none.
type DealChoice struct {
	Type   string // data.StageOpen, StageWon or StageLost
	Period data.Period
}

// dealsSQL walks the index of deals by stage and close day. The account's
// territory counts only while it is in the book.
const dealsSQL = ` FROM stage s CROSS JOIN deal d ON d.stage = s.key
	LEFT JOIN account a ON a.key = d.account LEFT JOIN territory t ON t.key = a.territory
	WHERE s.type = ? AND (? IS NULL OR d.close_day >= ?) AND (? IS NULL OR d.close_day < ?)`

// DealKeys gives the deals of a choice that keep says yes to; keep is told
// the territory of the account, the owner (0 for none) and the close day.
func (s *Store) DealKeys(ctx context.Context, q DealChoice, keep func(territory, owner data.Key, day data.Day) bool) ([]data.Key, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT d.key, t.key, d.owner, d.close_day`+dealsSQL+` ORDER BY d.key`, q.args()...)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var out []data.Key
	for rows.Next() {
		var key data.Key
		var territory, owner, day sql.NullInt64
		if err := rows.Scan(&key, &territory, &owner, &day); err != nil {
			return nil, dbError(err)
		}
		if keep(data.Key(territory.Int64), data.Key(owner.Int64), dayOrNone(day)) {
			out = append(out, key)
		}
	}
	return out, dbError(rows.Err())
}

func (q DealChoice) args() []any {
	from, to := nullDay(q.Period.From), nullDay(q.Period.To)
	if d, ok := from.(data.Day); ok {
		from = int64(d)
	}
	if d, ok := to.(data.Day); ok {
		to = int64(d)
	}
	return []any{q.Type, from, from, to, to}
}

func dayOrNone(day sql.NullInt64) data.Day {
	if !day.Valid {
		return data.NoDay
	}
	return data.Day(day.Int64)
}

// AccountCounts counts accounts by territory; those without one, or in one
// that is gone, stand under 0.
func (s *Store) AccountCounts(ctx context.Context) (map[data.Key]int, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT coalesce(t.key, 0), sum(a.n)
		FROM (SELECT territory, count(*) AS n FROM account GROUP BY territory) a LEFT JOIN territory t ON t.key = a.territory GROUP BY 1`)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := map[data.Key]int{}
	for rows.Next() {
		var key data.Key
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return nil, dbError(err)
		}
		out[key] = n
	}
	return out, dbError(rows.Err())
}

// QuotaSum is the quota of a person or a territory (the other 0) for a month.
type QuotaSum struct {
	Person, Territory data.Key
	Month             data.Day
	Currency          data.Currency // "" is the book's own
	Minor             int64
}

// SumQuotas lists the quotas of the months that begin within a period.
func (s *Store) SumQuotas(ctx context.Context, p data.Period, own data.Currency) ([]QuotaSum, error) {
	q := DealChoice{Period: p}
	rows, err := s.read.QueryContext(ctx, `SELECT coalesce(person, 0), coalesce(territory, 0), month, coalesce(nullif(currency, ?), ''), sum(amount) FROM quota
		WHERE amount IS NOT NULL AND month IS NOT NULL AND (? IS NULL OR month >= ?) AND (? IS NULL OR month < ?) GROUP BY 1, 2, 3, 4`,
		append([]any{string(own)}, q.args()[1:]...)...)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var out []QuotaSum
	for rows.Next() {
		var q QuotaSum
		if err := rows.Scan(&q.Person, &q.Territory, &q.Month, &q.Currency, &q.Minor); err != nil {
			return nil, dbError(err)
		}
		out = append(out, q)
	}
	return out, dbError(rows.Err())
}
