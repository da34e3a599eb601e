package app

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/geo"
	"fieldbook/app/planning"
	"fieldbook/app/visits"
	"fieldbook/data"
)

// paintBook is a plan of the counties with that many accounts, made up.
func paintBook(t testing.TB, accounts, territories int) *PlanBook {
	t.Helper()
	atlas, err := geo.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := &PlanBook{
		Info: PlanInfo{ID: data.NewID(), Name: "Draft", Status: data.PlanDraft, Level: string(geo.County), Frame: "US", Mix: ParseMix("potential 60, hours 40"), Tolerance: 10},
		Plan: planning.Plan{Areas: map[string]planning.Hold{}, Named: map[data.ID]planning.Hold{}}, atlas: atlas, model: visits.Default(), places: map[data.ID]int{},
	}
	(&planReader{book: b}).areas()
	for k := range territories {
		b.Plan.Territories = append(b.Plan.Territories, planning.Territory{ID: data.NewID(), Name: fmt.Sprint("T", k)})
	}
	for i, a := range b.Areas {
		b.Plan.Areas[a.Code] = planning.Hold{Territory: i * territories / len(b.Areas)}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range accounts {
		at := b.Areas[random.IntN(len(b.Areas))]
		a := planning.Account{ID: data.NewID(), Name: fmt.Sprint("A", i), Codes: append([]string{at.Code}, at.Around...), Lon: at.Lon, Lat: at.Lat, Placed: true, Class: []string{"A", "B", "C"}[i%3]}
		a.Values.Set(planning.Accounts, 1)
		a.Values.Set(planning.Potential, float64(random.IntN(1000)))
		a.Values.Set(planning.Hours, 0.1)
		b.places[a.ID] = len(b.Accounts)
		b.Accounts = append(b.Accounts, a)
	}
	return b
}

// Whatever is painted, what was counted along the way is what a count of the
// whole gives, and a snapshot taken before stays as it was.
func TestPaintingCountsWhatMoved(t *testing.T) {
	fresh := paintBook(t, 400, 6)
	rapid.Check(t, func(t *rapid.T) {
		b := fresh.Snapshot()
		for range rapid.IntRange(1, 6).Draw(t, "locked") {
			code := fresh.Areas[rapid.IntRange(0, len(fresh.Areas)-1).Draw(t, "area")].Code
			b.Plan.Areas[code] = planning.Hold{Territory: b.Plan.Areas[code].Territory, Locked: true}
		}
		b.Balance()
		before := b.Snapshot()
		was := before.Balance()
		for range rapid.IntRange(1, 8).Draw(t, "strokes") {
			g := Giving{Plan: b.Info.ID}
			if k := rapid.IntRange(-1, 5).Draw(t, "to"); k >= 0 {
				g.Territory = b.Plan.Territories[k].ID
			}
			area := b.Areas[rapid.IntRange(0, len(b.Areas)-1).Draw(t, "painted")]
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				g.Areas = []string{area.Around[0]} // its whole state
			case 1:
				g.Accounts = []data.ID{b.Accounts[rapid.IntRange(0, len(b.Accounts)-1).Draw(t, "account")].ID}
			default:
				g.Areas = []string{area.Code}
			}
			b.Try(g)
			if got, want := b.Balance(), b.Snapshot().Balance(); !reflect.DeepEqual(got, want) {
				t.Fatalf("after %+v\n%+v\nnot\n%+v", g, got, want)
			}
		}
		if !reflect.DeepEqual(was, before.Snapshot().Balance()) || !before.Same(before.Snapshot()) {
			t.Error("painting changed a snapshot")
		}
	})
}

func BenchmarkPaint(b *testing.B) {
	for _, n := range []int{2_000, 60_000} {
		b.Run(fmt.Sprint(n, " accounts"), func(b *testing.B) {
			book := paintBook(b, n, 30)
			book.Balance()
			i := 0
			for b.Loop() {
				book.Try(Giving{Plan: book.Info.ID, Areas: []string{book.Areas[i%len(book.Areas)].Code}, Territory: book.Plan.Territories[(i/7)%30].ID})
				book.Balance()
				i++
			}
		})
	}
}
