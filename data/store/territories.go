package store

import (
	"context"
	"database/sql"

	"fieldbook/data"
)

// DealSums asks for deals of one stage type, closed (or expected to) within a
// period; data.AllTime is any close day and none.
type DealSums struct {
	Type   string // data.StageOpen, StageWon or StageLost
	Period data.Period
	Own    data.Currency // the book's
}

// DealSum adds up deals that share everything their place and value follow
// from. A deal without an amount counts at its product's list price.
type DealSum struct {
	Territory data.Key // of the account, 0 where it has none
	Owner     data.Key // 0 for nobody
	// Day is the close day where it decides something: without a Territory (who
	// owned what then) or with a Currency (the rate then); NoDay otherwise.
	Day      data.Day
	Currency data.Currency // "" is the book's own
	Each     int64         // of one deal, in minor units, where Currency is foreign
	Count    int
	Unvalued int   // of Count: without amount and list price
	Minor    int64 // sum over all, in minor units of Currency
}

// dealsSQL walks the index of deals by stage and close day. The account's
// territory counts only while it is in the book.
const dealsSQL = ` FROM stage s CROSS JOIN deal d ON d.stage = s.key
	LEFT JOIN account a ON a.key = d.account LEFT JOIN territory t ON t.key = a.territory
	LEFT JOIN product p ON p.key = d.product
	WHERE s.type = ? AND (? IS NULL OR d.close_day >= ?) AND (? IS NULL OR d.close_day < ?)`

const sumDealsSQL = `WITH x AS (SELECT t.key AS territory, d.owner AS owner, d.close_day AS day,
	nullif(CASE WHEN d.amount IS NULL THEN p.currency ELSE d.currency END, ?) AS currency, coalesce(d.amount, p.price) AS value` + dealsSQL + `)
	SELECT territory, owner, CASE WHEN territory IS NULL OR currency IS NOT NULL THEN day END, currency,
	CASE WHEN currency IS NOT NULL THEN value END, count(*), count(*) - count(value), coalesce(sum(value), 0)
	FROM x GROUP BY 1, 2, 3, 4, 5`

// SumDeals adds deals up by territory and owner.
func (s *Store) SumDeals(ctx context.Context, q DealSums) ([]DealSum, error) {
	rows, err := s.read.QueryContext(ctx, sumDealsSQL, append([]any{string(q.Own)}, q.args()...)...)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var out []DealSum
	for rows.Next() {
		var d DealSum
		var territory, owner, day, each sql.NullInt64
		var currency sql.NullString
		if err := rows.Scan(&territory, &owner, &day, &currency, &each, &d.Count, &d.Unvalued, &d.Minor); err != nil {
			return nil, dbError(err)
		}
		d.Territory, d.Owner, d.Day = data.Key(territory.Int64), data.Key(owner.Int64), dayOrNone(day)
		d.Currency, d.Each = data.Currency(currency.String), each.Int64
		out = append(out, d)
	}
	return out, dbError(rows.Err())
}

// DealKeys gives the deals that SumDeals adds up and keep says yes to; keep is
// told the territory of the account, the owner (0 for none) and the close day.
func (s *Store) DealKeys(ctx context.Context, q DealSums, keep func(territory, owner data.Key, day data.Day) bool) ([]data.Key, error) {
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

func (q DealSums) args() []any {
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
	q := DealSums{Period: p}
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
