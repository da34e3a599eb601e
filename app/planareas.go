package app

import (
	"fieldbook/app/geo"
	"fieldbook/app/planning"
)

// areas lists the areas of the plan's level with the figures of the accounts in them.
func (r *planReader) areas() {
	b := r.book
	if b.Info.Level == "" {
		return
	}
	within := b.Info.Frame
	if within == "world" {
		within = ""
	}
	at := map[string]int{}
	for _, u := range b.atlas.Units(geo.Level(b.Info.Level), within) {
		a := planning.Area{Code: u.Code, Name: u.Name, Lon: u.Lon, Lat: u.Lat, Around: around(b.atlas, u)}
		a.Values.Set(planning.People, float64(u.Population))
		at[u.Code] = len(b.Areas)
		b.Areas = append(b.Areas, a)
	}
	for i := range b.Accounts {
		for _, code := range b.Accounts[i].Codes {
			if n, ok := at[code]; ok {
				b.Areas[n].Values.Add(b.Accounts[i].Values)
				break
			}
		}
	}
}

// around lists the areas that a unit lies in, the smallest first.
func around(atlas *geo.Atlas, u geo.Unit) []string {
	var out []string
	for u.In != "" {
		out = append(out, u.In)
		var ok bool
		if u, ok = atlas.Unit(u.In); !ok {
			break
		}
	}
	return out
}
