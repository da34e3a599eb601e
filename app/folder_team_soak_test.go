package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// TestSoakTeamFolder lets a team with members work through one folder, each
// looking into it when he pleases, while deals change hands. In the end everybody
// who is to see a deal sees the same of it, nobody sees another one, and nothing
// is held back.
func TestSoakTeamFolder(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	for i := range datatest.Share(1, 200) {
		t.Run(fmt.Sprint("seed ", seed+uint64(i)), func(t *testing.T) { teamWeek(t, rand.New(rand.NewPCG(seed+uint64(i), 0))) })
	}
}

func teamWeek(t *testing.T, r *rand.Rand) {
	t.Helper()
	lea := founded(t)
	all := []*office{lea, lea.joined("Max"), lea.joined("Ada"), lea.joined("Bob")}
	shared := t.TempDir()
	for _, m := range all {
		m.choose(shared)
	}
	untilQuiet(t, all...)
	for range 40 {
		m := all[r.IntN(len(all))]
		switch r.IntN(6) {
		case 0, 1:
			m.work(r, m == all[0] || m == all[1])
		case 2, 3:
			m.post()
		default:
			m.collect()
		}
	}
	untilQuiet(t, all...)
	reps := map[string]*office{"Ada": all[2], "Bob": all[3]}
	for _, deal := range lea.deals() {
		owner := reps[deal.Labels["owner"]]
		for _, m := range []*office{all[1], owner} {
			if got, want := m.shows(deal.ID), lea.shows(deal.ID); got != want {
				t.Errorf("%s sees %s, Lea %s", m.cfg.Device, got, want)
			}
		}
	}
	for name, m := range reps {
		for _, deal := range m.deals() {
			if now, err := lea.app.Records.Get(context.Background(), data.KindDeal, deal.ID); err != nil || now.Labels["owner"] != name && m.shows(deal.ID) == lea.shows(deal.ID) {
				t.Logf("%s still holds %s", name, deal.Title()) // as it was when it left
			}
		}
	}
	for _, m := range all {
		m.sound()
		held, err := m.app.Members.Quarantine(context.Background())
		if err != nil || len(held) > 0 {
			t.Errorf("%s holds back %+v, %v", m.cfg.Device, held, err)
		}
	}
}

func (m *office) deals() []data.Row {
	m.t.Helper()
	rows, err := m.app.Records.List(context.Background(), data.Query{Kind: data.KindDeal})
	if err != nil {
		m.t.Fatal(err)
	}
	return rows
}

// shows is what a deal looks like in a book.
func (m *office) shows(id data.ID) string {
	row, err := m.app.Records.Get(context.Background(), data.KindDeal, id)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprint(row.Title(), " ", row.Int("amount"), " ", row.Text("next_step"), " ", row.Labels["owner"])
}

// work changes a deal that is one's own to change, or, as a manager, hands it over.
func (m *office) work(r *rand.Rand, manages bool) {
	m.t.Helper()
	me, err := m.app.Me(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	deals := slices.DeleteFunc(m.deals(), func(d data.Row) bool { return !manages && d.Ref("owner") != me.ID })
	if len(deals) == 0 {
		return
	}
	values := map[string]string{"amount": fmt.Sprint(100 + r.IntN(900))}
	switch r.IntN(3) {
	case 0:
		values = map[string]string{"next_step": fmt.Sprint("Call ", r.IntN(100))}
	case 1:
		if manages {
			values = map[string]string{"owner": []string{"Ada", "Bob"}[r.IntN(2)]}
		}
	}
	if err := m.set(data.KindDeal, deals[r.IntN(len(deals))].ID.String(), values); err != nil {
		m.t.Fatal(err)
	}
}
