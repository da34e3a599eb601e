package cli

import (
	"fmt"
	"strings"
	"testing"
)

// quarterBook has some deals of two people that closed over half a year, and some open ones.
func quarterBook(t *testing.T) *desk {
	t.Helper()
	d := newBook(t)
	var b strings.Builder
	b.WriteString("id,name,owner,stage,amount,created_day,close_day\n")
	for i := range 160 {
		start := 1 + i%28
		stage, amount, month := []string{"Won", "Lost", "Won"}[i%3], 1000+10*i, 3+i%7
		fmt.Fprintf(&b, "%d,Deal %d,%s,%s,%d,2017-%02d-%02d,2017-%02d-%02d\n", i, i, []string{"Ann Lee", "Bo Moe"}[i%2], stage, amount, month, start, month+1, start)
	}
	for i := range 6 {
		fmt.Fprintf(&b, "o%d,Open %d,Ann Lee,Proposal,2000,2017-11-0%d,2017-12-20\n", i, i, i+1)
	}
	d.write("deals.csv", b.String())
	d.ok("import", "--kind", "deals", d.file("deals.csv"))
	d.ok("add", "quota", "person=Ann Lee", "month=2017-12-01", "amount=1000")
	return d
}

func TestForecastOfQuarter(t *testing.T) {
	d := quarterBook(t)
	doc := d.doc("forecast", "--period", "2017-Q4", "--by", "person")
	for _, key := range []string{"period", "as_of", "quota", "closed", "commit", "best_case", "pipeline", "weighted", "p10", "p50", "p90", "odds_of_quota", "learned_from", "verdict", "model", "accuracy"} {
		if _, ok := doc[key]; !ok {
			t.Errorf("no %s in %v", key, doc)
		}
	}
	for _, part := range []map[string]any{doc["from_open"].(map[string]any), doc["from_new"].(map[string]any)} {
		if part["p10"] == nil || part["p50"] == nil || part["p90"] == nil {
			t.Errorf("part %v", part)
		}
	}
	same(t, doc, map[string]any{"period": "2017-Q4", "as_of": "2017-11-17", "quota": "1000.00", "learned_from": number("160")})
	people := rows(t, doc)
	if len(people) != 2 || people[0]["key"] != "Ann Lee" || people[0]["quota"] != "1000.00" || people[1]["quota"] != nil || people[1]["odds_of_quota"] != nil || people[0]["odds_of_quota"] != number("1.000000") {
		t.Errorf("people %v", people)
	}
	out := d.ok("forecast", "--by", "person")
	for _, want := range []string{"P10", "FROM OPEN", "Ann Lee", "total", "Learned from 160 closed deals."} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	d.fails(exitUsage, "forecast", "--by", "month")
	d.fails(exitUsage, "forecast", "--period", "2017-Q5")
	d.fails(exitRefused, "forecast", "--period", "all")
	d.fails(exitRefused, "forecast", "--for", "Nobody")
}

func TestForecastOfEmptyBook(t *testing.T) {
	d := newBook(t)
	doc := d.doc("forecast")
	same(t, doc, map[string]any{"period": "2017-Q4", "p10": nil, "closed": "0.00", "quota": nil, "odds_of_quota": nil, "learned_from": number("0")})
	if out := d.ok("forecast"); !strings.Contains(out, "n/a") {
		t.Errorf("%s", out)
	}
	d.ok("add", "deal", "name=First", "stage=Proposal")
	same(t, d.list("deals")[0], map[string]any{"win_probability": nil, "learned_from": number("0")})
}

// TestListTellsOdds: open deals carry their win probability, closed ones and other kinds none.
func TestListTellsOdds(t *testing.T) {
	d := quarterBook(t)
	open := 0
	for _, r := range d.list("deals") {
		p, told := r["win_probability"]
		if isOpen := r["stage"] == "Proposal"; told != isOpen {
			t.Errorf("%v at %v: %v", r["name"], r["stage"], p)
		}
		if told {
			open++
			same(t, r, map[string]any{"learned_from": number("160")})
		}
	}
	if open != 6 {
		t.Errorf("%d open deals", open)
	}
	if _, told := d.list("people")[0]["win_probability"]; told {
		t.Error("people have odds")
	}
}

// TestNewFieldsOfAFile: with --new-fields columns that the book has no field for
// become custom fields, the file is known for deals by its outcome, and the list
// tells of what the odds were learned.
func TestNewFieldsOfAFile(t *testing.T) {
	d := newBook(t)
	var b strings.Builder
	b.WriteString("Opportunity Number,Route To Market,Opportunity Result,Opportunity Amount USD,Total Days Identified Through Closing,Spare\n")
	for i := range 400 {
		route, result, days := i%4, "Loss", "40"
		if i*7%13 < 4+route*2 {
			result, days = "Won", "20"
		}
		if i%5 == 0 {
			result, days = "", ""
		}
		fmt.Fprintf(&b, "%d,Route %d,%s,%d,%s,\n", 1000+i, route, result, 5000+i, days)
	}
	d.write("wins.csv", b.String())
	if left := files(d.doc("import", d.file("wins.csv"), "--dry-run"))[0]["left_out"]; fmt.Sprint(left) != "[Route To Market Total Days Identified Through Closing]" {
		t.Errorf("left out %v", left)
	}
	same(t, files(d.doc("import", d.file("wins.csv"), "--new-fields"))[0], map[string]any{"kind": "deal", "new": number("400"), "left_out": nil})
	doc := d.doc("list", "deals")
	open := 0
	for _, r := range rows(t, doc) {
		if _, told := r["win_probability"]; told {
			open++
		}
	}
	if open != 80 || rows(t, doc)[0]["route_to_market"] == nil {
		t.Errorf("%d open deals with odds, %v", open, rows(t, doc)[0])
	}
	model := doc["model"].(map[string]any)
	same(t, model, map[string]any{"learned_from": number("320")})
	if refused := fmt.Sprint(model["refused"]); !strings.Contains(refused, "total_days_identified_through_closing") || !strings.Contains(refused, "filled in for 100 % of closed deals and 0 % of open ones") {
		t.Errorf("refused %v", refused)
	}
	if _, told := d.doc("list", "people")["model"]; told {
		t.Error("people have a model")
	}
}
