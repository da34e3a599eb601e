package territories_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/visits"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// company fills the book with two regions, five people and their deals.
func (d *drive) company() {
	day := func(year int, month time.Month) data.Day { return data.NewDay(year, month, 5) }
	person := func(name, role string, manager data.ID, hired data.Day) data.ID {
		v := data.Values{"name": name, "role": role, "hire_day": hired}
		if !manager.IsZero() {
			v["manager"] = manager
		}
		return d.add(data.KindPerson, v)
	}
	place := func(name string, parent data.ID) data.ID {
		v := data.Values{"name": name}
		if !parent.IsZero() {
			v["parent"] = parent
		}
		return d.add(data.KindTerritory, v)
	}
	north, south := place("North", data.NoID), place("South", data.NoID)
	coast, inland := place("Coast", north), place("Inland", north)
	place("Harbour", coast)
	lead := person("Lena Ruiz", data.RoleLead, data.NoID, day(2019, 4))
	mia := person("Mia Stone", data.RoleManager, lead, day(2021, 2))
	ann := person("Ann Ek", data.RoleRep, mia, day(2024, 9))
	bob := person("Bob Lund", data.RoleRep, mia, day(2026, 1))
	person("Cy Dahl", data.RoleRep, data.NoID, day(2026, 3))
	for _, p := range []struct {
		person, place data.ID
		role          string
	}{{mia, north, data.AssignManager}, {ann, coast, data.AssignOwner}, {bob, inland, data.AssignOwner}, {mia, south, data.AssignOverlay}} {
		d.add(data.KindAssignment, data.Values{"person": p.person, "territory": p.place, "role": p.role, "start_day": day(2026, 1)})
	}
	open, won := d.row(data.KindStage, "Proposal").ID, d.row(data.KindStage, "Won").ID
	for i, name := range []string{"Alder Marine", "Birch Clinics", "Cedar Retail", "Elm Foods", "Fir Works"} {
		v := data.Values{"name": name, "city": []string{"Bergen", "Oslo"}[i%2], "country": "Norway", "industry": "retail", "owner": []data.ID{ann, bob}[i%2]}
		if i < 4 {
			v["territory"] = []data.ID{coast, inland}[i%2]
		}
		account := d.add(data.KindAccount, v)
		for j := range i + 1 {
			deal := data.Values{"account": account, "owner": v["owner"], "stage": open, "amount": int64(1250_00 * (j + 1)), "currency": "USD"}
			if j%2 == 1 {
				deal["stage"], deal["close_day"] = won, day(2026, 2)
			}
			d.add(data.KindDeal, deal)
		}
	}
	for _, p := range []data.ID{ann, bob} {
		d.add(data.KindQuota, data.Values{"person": p, "month": data.NewDay(2026, 1, 1), "amount": int64(9000_00), "currency": "USD"})
	}
}

// TestGolden draws a made-up company in both themes.
func TestGolden(t *testing.T) {
	for _, dark := range []bool{false, true} {
		name := map[bool]string{false: "light", true: "dark"}[dark]
		t.Run(name, func(t *testing.T) {
			d := newDrive(t)
			d.company()
			kittest.App(t, dark)
			d.show()
			d.screen.Open(kit.Target{Kind: data.KindTerritory, ID: d.row(data.KindTerritory, "North").ID})
			kittest.Golden(t, "territories-"+name, d.screen.Content(), fyne.NewSize(1128, 728))
		})
	}
}

// TestGoldenMap draws a draft by provinces in both themes: the map, the balance,
// the sliders and what is to be settled.
func TestGoldenMap(t *testing.T) {
	for _, dark := range []bool{false, true} {
		name := map[bool]string{false: "map-light", true: "map-dark"}[dark]
		t.Run(name, func(t *testing.T) {
			d := newDrive(t)
			d.company()
			ctx := context.Background()
			id, err := d.app.Plans.Create(ctx, app.NewPlan{Name: "Next year", Frame: "NO", Level: "state", Mix: app.ParseMix("accounts"), Tolerance: 10})
			d.must(err)
			d.must(d.app.Plans.Lock(ctx, app.Giving{Plan: id, Areas: []string{"NO-03"}}, true))
			kittest.App(t, dark)
			d.show()
			d.screen.Open(kit.Target{Kind: data.KindPlan, ID: id})
			kittest.Golden(t, name, d.screen.Content(), fyne.NewSize(1128, 728))
		})
	}
}

// TestGoldenWeek draws a week of visits in both themes: rounds by day on the map
// and as a list.
func TestGoldenWeek(t *testing.T) {
	for _, dark := range []bool{false, true} {
		name := map[bool]string{false: "week-light", true: "week-dark"}[dark]
		t.Run(name, func(t *testing.T) {
			d := newDrive(t)
			model, err := d.app.Visits.Model()
			d.must(err)
			model.Other, model.Classes = "A", []visits.Class{{Name: "A", VisitsYear: 52, Minutes: 90}} // each is due every week
			d.must(d.app.Visits.SetModel(context.Background(), model))
			ann := d.add(data.KindPerson, data.Values{"name": "Ann Ek", "home": "60.79, 11.07"})
			for i, a := range []struct {
				name, city string
				lat, lon   float64
			}{
				{"Alder Marine", "Oslo", 59.91, 10.75},
				{"Birch Clinics", "Lillehammer", 61.11, 10.46},
				{"Cedar Retail", "Drammen", 59.74, 10.2},
				{"Elm Foods", "Fredrikstad", 59.22, 10.93},
				{"Ivy Freight", "Elverum", 60.88, 11.56},
				{"Juniper Bank", "Trondheim", 63.43, 10.4},
			} {
				d.add(data.KindAccount, data.Values{
					"name": a.name, "city": a.city, "country": "Norway", "visit_class": "A", "owner": ann, "latitude": a.lat, "longitude": a.lon,
					"potential": float64(9000 - 1000*i), // who is worth more is due first
				})
			}
			d.add(data.KindAccount, data.Values{"name": "Fir Works", "visit_class": "A", "owner": ann})
			kittest.App(t, dark)
			d.show()
			d.screen.Open(kit.Target{Kind: data.KindPerson, ID: ann})
			kittest.Golden(t, name, d.screen.Content(), fyne.NewSize(1128, 728))
		})
	}
}
