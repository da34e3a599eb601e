package oplog

import (
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data/datatest"
)

func TestSoakMergeLaws(t *testing.T) {
	datatest.Cases(t, datatest.Share(300, 100_000))
	rapid.Check(t, mergeLaws)
}

func TestSoakConvergence(t *testing.T) {
	datatest.Cases(t, datatest.Share(300, 100_000))
	rapid.Check(t, simulate)
}
