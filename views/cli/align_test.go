package cli

import (
	"encoding/json"
	"testing"
)

func TestAlign(t *testing.T) {
	d := newBook(t)
	points := d.write("points.csv", "id,x,y,sales,territory\na,0,0,5,North\nb,1,0,5,South\nc,10,0,5,South\nd,11,0,5,North\n")
	edges := d.write("edges.csv", "u,v\na,b\nb,c\nc,d\n")
	doc := d.doc("align", "--points", points, "--edges", edges, "--territories", "2", "--tolerance", "0.1")
	same(t, doc, map[string]any{"objective": number("2"), "bound": number("2"), "gap": number("0"), "status": "optimal", "contiguous": true, "balanced": true, "changed": number("2")})
	if len(doc["territories"].([]any)) != 2 || len(doc["assignment"].([]any)) != 4 {
		t.Errorf("%v", doc)
	}
	one := doc["territories"].([]any)[0].(map[string]any)
	same(t, one, map[string]any{"territory": "North", "distance": number("1")})
	if load := one["load"].(map[string]any); load["sales"] != number("10") {
		t.Errorf("load %v", load)
	}
	kept := d.doc("align", "--points", points, "--territories", "2", "--change", "100")
	same(t, kept, map[string]any{"changed": number("0"), "objective": number("20")})
	d.ok("align", "--points", points, "--territories", "2")
	// Distances go to homes; what South holds already, and its half share, leave it one point.
	seats := d.write("seats.csv", "territory,x,y,sales,share\nNorth,0,0,,1\nSouth,11,0,2.5,0.5\n")
	homes := d.doc("align", "--points", points, "--territories", "2", "--tolerance", "0.1", "--seats", seats)
	same(t, homes, map[string]any{"objective": number("11"), "status": "optimal", "balanced": true})
	if south := homes["territories"].([]any)[1].(map[string]any); south["centre"] != "" || south["load"].(map[string]any)["sales"] != number("7.5") {
		t.Errorf("South: %v", south)
	}
	// Under a capacity, the loads need not be even.
	heavy := d.write("heavy.csv", "id,x,y,demand\na,0,0,4\nb,1,0,1\nc,2,0,1\nd,20,0,1\n")
	same(t, d.doc("align", "--points", heavy, "--territories", "2", "--capacity", "6"), map[string]any{"objective": number("2"), "status": "optimal", "balanced": true})
	same(t, d.doc("align", "--points", heavy, "--territories", "2", "--capacity", "5"), map[string]any{"objective": number("19"), "balanced": true})
	two := d.write("two.csv", "id,x,y,sales,visits\na,0,0,9,1\nb,1,0,1,9\nc,10,0,9,1\nd,11,0,1,9\n")
	same(t, d.doc("align", "--points", two, "--territories", "2", "--mix", "sales=1,visits=1"), map[string]any{"objective": number("2"), "balanced": true})
	same(t, d.doc("align", "--points", two, "--territories", "2", "--tolerance-of", "sales=0.1"), map[string]any{"balanced": true})
	d.fails(exitRefused, "align", "--points", two, "--territories", "2", "--mix", "turnover=1")
	for _, bad := range []string{"territory,x\nNorth,1\n", "territory,x,y\nNorth,1,1\nNorth,2,2\n", "territory,hue\nNorth,1\n", "territory,x,y\nNorth,1,1\nSouth,2,2\nWest,3,3\n", "territory,x,y\n,1,1\n", "territory,x,y\nNorth,1,up\n"} {
		d.fails(exitRefused, "align", "--points", points, "--territories", "2", "--seats", d.write("bad.csv", bad))
	}
	// A list of places is chosen for the book, told and left again.
	towns := d.write("NO.txt", "3147474\tLillehammer\tLillehammer\t\t61.11515\t10.46628\tP\tPPLA\tNO\t\t34\t3405\t\t\t28493\t\t179\tEurope/Oslo\t2019-09-05\n")
	same(t, d.doc("places", towns), map[string]any{"cities": number("1"), "postal_codes": number("0")})
	same(t, d.doc("places"), map[string]any{"cities": number("1")})
	same(t, d.doc("places", "--none"), map[string]any{"file": ""})
	d.fails(exitRefused, "places", points)
	d.fails(exitUsage, "places", towns, "--none")
	// Latitudes and longitudes are measured on the globe, in kilometres.
	globe := d.write("globe.csv", "name,lat,lon\nOslo,59.9139,10.7522\nBergen,60.3913,5.3221\n")
	km := d.doc("align", "--points", globe, "--territories", "1", "--seconds", "1")["objective"].(json.Number)
	if v, err := km.Float64(); err != nil || v < 304 || v > 307 {
		t.Errorf("Oslo to Bergen: %v km", km)
	}
	for _, bad := range []string{"id,x,y,w\na,0,0,five\n", "id,x,y\na,0,0\na,1,1\n", "id,north,east\na,0,0\n", "id,lat,lon\na,95,0\n"} {
		d.fails(exitRefused, "align", "--points", d.write("bad.csv", bad), "--territories", "1")
	}
	d.fails(exitRefused, "align", "--points", points, "--edges", d.write("odd.csv", "u,v\na,z\n"), "--territories", "2")
	d.fails(exitRefused, "align", "--points", points, "--territories", "5")
	d.fails(exitRefused, "align", "--points", points, "--territories", "1")
	d.fails(exitUsage, "align", "--points", points, "--territories", "2", "--capacity", "5", "--tolerance", "0.1")
	d.fails(exitUsage, "align", "--points", points)
}
