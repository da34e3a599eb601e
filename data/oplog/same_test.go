package oplog

import (
	"encoding/json"
	"testing"

	"fieldbook/data"
)

func TestSameValuesHoweverWritten(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{`1`, `1.0`, true},
		{`1`, `10e-1`, true},
		{`-0`, `0`, true},
		{`100`, `1e2`, true},
		{`0.05`, `5E-2`, true},
		{`0.10`, `0.1`, true},
		{`1`, `-1`, false},
		{`1`, `10`, false},
		{`0.1`, `0.01`, false},
		{`9007199254740993`, `9007199254740992`, false},
		{`1e99999999999999999999`, `1e99999999999999999999`, true},
		{`1e99999999999999999999`, `1`, false},
		{`"a"`, `"\u0061"`, true},
		{`"a"`, `"A"`, false},
		{`1`, `"1"`, false},
		{`true`, `false`, false},
		{`null`, `{}`, true},
		{`null`, `{"amount":null}`, true},
		{`null`, `0`, false},
		{`null`, `""`, false},
		{`{"stage":"x","close_day":null}`, `{"stage":"x"}`, true},
		{`{"a":1,"b":2}`, `{"b":2.0,"a":1}`, true},
		{`{"a":1}`, `{"b":1}`, false},
		{`{"a":1}`, `{"a":1,"b":1}`, false},
		{`[1,2]`, `[1.0,2]`, true},
		{`[1,2]`, `[2,1]`, false},
		{`[1]`, `[1,2]`, false},
	} {
		for _, pair := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			if got := Same(json.RawMessage(pair[0]), json.RawMessage(pair[1])); got != c.want {
				t.Errorf("%s and %s: %v", pair[0], pair[1], got)
			}
		}
	}
}

func TestConcurrentValuesThatAreTheSameAreNoConflict(t *testing.T) {
	entry := func(seq uint64, v string) Entry {
		return Entry{Dot: Dot{Replica: data.ID{byte(seq)}, Seq: seq}, Value: json.RawMessage(v)}
	}
	if InConflict([]Entry{entry(1, `2`), entry(2, `2.0`), entry(3, `2`)}) {
		t.Error("2 and 2.0 wait in the inbox")
	}
	if !InConflict([]Entry{entry(1, `2`), entry(2, `2.0`), entry(3, `3`)}) {
		t.Error("2 and 3 resolve themselves")
	}
}
