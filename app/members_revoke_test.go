package app

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
)

func TestRevokedDeviceCountsUpToItsCut(t *testing.T) {
	lea := founded(t)
	ada, max := lea.joined("Ada"), lea.joined("Max")
	lea.merge(ada.share("Lea", ""))
	lea.merge(max.share("Lea", ""))
	max.merge(lea.share("Max", ""))
	ada.merge(lea.share("Ada", ""))
	if err := ada.set(data.KindDeal, "Ada's deal", map[string]string{"amount": "666"}); err != nil {
		t.Fatal(err)
	}
	// Max hears of the edit before he hears that the device is revoked.
	file := ada.share("Max", "")
	max.merge(file)
	if got := max.find(data.KindDeal, "Ada's deal").Values["amount"]; got != int64(66600) {
		t.Fatalf("Max sees %v", got)
	}
	members, err := lea.app.Members.List(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range members {
		for _, d := range p.Devices {
			if p.Person.Title() == "Ada" && !d.Invitation {
				if err := lea.app.Members.Revoke(context.Background(), d.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	lea.merge(ada.share("Lea", ""))
	if got := lea.find(data.KindDeal, "Ada's deal").Values["amount"]; got != int64(10000) {
		t.Errorf("Lea sees %v of a revoked device", got)
	}
	max.merge(lea.share("Max", ""))
	if got := max.find(data.KindDeal, "Ada's deal").Values["amount"]; got != int64(10000) {
		t.Errorf("Max still sees %v of a revoked device", got)
	}
	lea.sound()
	max.sound()
}

func TestOpenBookIsFoundedLater(t *testing.T) {
	m := newOffice(t, "laptop")
	a, err := Create(context.Background(), m.path(), NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, m.cfg)
	if err != nil {
		t.Fatal(err)
	}
	m.use(a)
	m.add(data.KindPerson, map[string]string{"name": "Lea", "role": "lead"})
	if err := a.Members.Found(context.Background()); !refused(err, "who you are") {
		t.Errorf("by nobody: %v", err)
	}
	if err := a.SetMe(context.Background(), m.find(data.KindPerson, "Lea").ID); err != nil {
		t.Fatal(err)
	}
	if err := a.Members.Found(context.Background()); err != nil {
		t.Fatal(err)
	}
	list, err := a.Members.List(context.Background())
	if err != nil || len(list) != 1 || !list[0].Founder || len(list[0].Devices) != 1 || len(strings.Fields(list[0].Devices[0].Words)) != 6 {
		t.Errorf("members: %+v (%v)", list, err)
	}
	m.add(data.KindPerson, map[string]string{"name": "Ada", "role": "rep"})
	ada := m.joined("Ada")
	if got := ada.titles(data.KindPerson); !slices.Equal(got, []string{"Ada", "Lea"}) {
		t.Errorf("Ada knows %q", got)
	}
}
