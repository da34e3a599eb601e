package store

import (
	"context"

	"fieldbook/data/oplog"
)

// checkActs verifies the signature of every act that bears one, over its ops as
// the log holds them.
func (s *Store) checkActs(ctx context.Context, r *Report) error {
	c := actChecker{report: r}
	err := s.ReadLog(ctx, LogReader{
		Txn: func(t oplog.Txn, rest []oplog.Hash) error {
			c.end()
			c.act = &mergedAct{mergedTxn: mergedTxn{log: &t, stamp: t.Stamp}, rest: rest}
			return nil
		},
		Op: func(op *oplog.Op) error {
			op.Stamp = c.act.stamp
			c.sound(c.act.take(op))
			return nil
		},
	})
	c.end()
	return err
}

// actChecker holds the act whose ops come now.
type actChecker struct {
	report *Report
	act    *mergedAct
	failed bool
}

func (c *actChecker) sound(err error) {
	if err != nil && !c.failed {
		c.failed = true
		c.report.fault("%v", err)
	}
}

func (c *actChecker) end() {
	if c.act != nil && c.act.log.Signed() && !c.failed {
		_, err := c.act.prove()
		c.sound(err)
	}
	c.act, c.failed = nil, false
}
