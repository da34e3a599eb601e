package planning

import (
	"maps"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/alignment"
	"fieldbook/data"
)

// Whatever is divided anew: only what differs is transferred, carried out it is
// what was asked for, what is locked stays, and what is handed out and what
// stands by itself add up to what the territories hold.
func TestPiecesAndTransfers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		states := []string{"A", "B", "C", "D", "E"}
		plan := &Plan{Territories: make([]Territory, 3), Areas: map[string]Hold{}, Named: map[data.ID]Hold{}}
		plan.Territories[2].Locked = rapid.Bool().Draw(t, "third locked")
		task := &Task{Plan: plan, Mix: Mix{Accounts: 1}}
		hold := func(what string) Hold {
			return Hold{Territory: rapid.IntRange(Nobody, 2).Draw(t, what), Locked: rapid.Bool().Draw(t, what+" locked")}
		}
		for _, code := range states {
			task.Areas = append(task.Areas, Area{Code: code})
			plan.Areas[code] = hold(code)
		}
		for i := range rapid.IntRange(0, 8).Draw(t, "accounts") {
			a := Account{ID: id(i), Codes: []string{rapid.SampledFrom(states).Draw(t, "state")}, Placed: true}
			a.Values.Set(Accounts, 1)
			if rapid.IntRange(0, 3).Draw(t, "by name") == 0 {
				plan.Named[a.ID] = hold("named")
			}
			task.Accounts = append(task.Accounts, a)
		}
		pieces := task.Pieces()
		before := plan.Divide(task.Accounts)
		for k, at := range pieces.Territories {
			sum := pieces.Problem.Base[k][0]
			for _, u := range pieces.Problem.Units {
				if u.Current == k {
					sum += u.Weights[0]
				}
			}
			if sum != before.Loads[at].Of(Accounts) {
				t.Errorf("territory %d has %g, its pieces %g", at, before.Loads[at].Of(Accounts), sum)
			}
		}
		of := make([]int, len(pieces.Problem.Units))
		moved := 0
		for i, u := range pieces.Problem.Units {
			if of[i] = u.Locked; u.Locked == alignment.Anywhere {
				of[i] = rapid.IntRange(0, len(pieces.Territories)-1).Draw(t, "to")
			}
			if of[i] != u.Current {
				moved++
			}
		}
		areas, named := maps.Clone(plan.Areas), maps.Clone(plan.Named)
		transfers := pieces.Transfers(of)
		after := task.Apply(transfers)
		if len(transfers) != moved || !maps.Equal(areas, plan.Areas) || !maps.Equal(named, plan.Named) {
			t.Errorf("%d transfers for %d moves, or the plan itself was changed", len(transfers), moved)
		}
		for code, h := range plan.Areas {
			if fast := h.Locked || h.Territory == 2 && plan.Territories[2].Locked; fast && after.Areas[code] != h {
				t.Errorf("%s is locked and went from %+v to %+v", code, h, after.Areas[code])
			}
		}
		for _, x := range transfers {
			if got := after.Areas[task.Areas[x.Area].Code].Territory; got != x.Territory {
				t.Errorf("transferred to %d, stands at %d", x.Territory, got)
			}
		}
		if !maps.Equal(after.Named, plan.Named) {
			t.Error("accounts by name moved with areas")
		}
	})
}
