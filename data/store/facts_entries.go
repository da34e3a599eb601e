package store

import (
	"context"
	"database/sql"

	"fieldbook/data"
)

// StageEntryFact is what figures need of a line of the stage history that came
// with an import. References are 0 and the day NoDay where absent.
type StageEntryFact struct {
	Deal, Stage data.Key
	Day         data.Day
	Step        int64 // its order on the day; 0 where nothing tells it
}

// EachStageEntryFact calls fn with all lines of the stage history in the order
// of their keys, some thousand at a time; the slice is fn's until it returns.
// They cross the driver packed, as deals do.
func (s *Store) EachStageEntryFact(ctx context.Context, fn func([]StageEntryFact) error) error {
	var first, last sql.NullInt64
	if err := s.read.QueryRowContext(ctx, `SELECT min(key), max(key) FROM stage_entry`).Scan(&first, &last); err != nil {
		return dbError(err)
	}
	if !first.Valid {
		return nil
	}
	n := int(last.Int64-first.Int64)/factRange + 1
	return inOrder(ctx, n, func(ctx context.Context, i int) ([]StageEntryFact, error) {
		return s.stageEntryRange(ctx, first.Int64+int64(i)*factRange)
	}, fn)
}

func (s *Store) stageEntryRange(ctx context.Context, from int64) ([]StageEntryFact, error) {
	out := make([]StageEntryFact, 0, factRange)
	err := s.packs(ctx, func(p packed) error {
		for len(p) > 0 {
			out = append(out, StageEntryFact{Deal: p.key(), Stage: p.key(), Day: p.day(), Step: p.int()})
		}
		return nil
	}, `SELECT pack(deal, stage, day, step) FROM stage_entry WHERE key BETWEEN ? AND ?`, from, from+factRange-1)
	return out, err
}
