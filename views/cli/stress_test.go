package cli

import (
	"strings"
	"testing"
)

func TestStress(t *testing.T) {
	d := quarterBook(t)
	d.ok("add", "quota", "person=Bo Moe", "month=2017-12-01", "amount=900000")
	doc := d.doc("stress", "--period", "2017-12", "--runs", "500")
	same(t, doc, map[string]any{"period": "2017-12", "known": true, "runs": number("500")})
	people, ok := doc["people"].([]any)
	if !ok || len(people) != 2 {
		t.Fatalf("%v", doc)
	}
	first, _ := people[0].(map[string]any)
	if first["key"] != "Bo Moe" || first["odds_of_quota"] != number("0.000000") || first["needed_win_rate"] == nil {
		t.Errorf("the least likely first: %v", first)
	}
	if out := d.ok("stress", "--period", "2017-12"); !strings.Contains(out, "Ann Lee") || !strings.Contains(out, "what would have to be true") {
		t.Error(out)
	}
	d.fails(exitRefused, "stress", "--period", "all")
	empty := newBook(t)
	if out := empty.ok("stress"); !strings.Contains(out, "Nobody has a quota") {
		t.Error(out)
	}
}

func TestForecastAccuracy(t *testing.T) {
	d := quarterBook(t)
	d.ok("add", "forecast_call", "person=Ann Lee", "period=2017-Q3", "day=2017-07-10", "amount=50000", "currency=USD")
	doc := d.doc("forecast", "--accuracy")
	same(t, doc, map[string]any{"period": "2017-Q3"})
	var ann map[string]any
	for _, r := range rows(t, doc) {
		if r["key"] == "Ann Lee" {
			ann = r
		}
	}
	if ann == nil {
		t.Fatalf("%v", doc)
	}
	scores, _ := ann["scores"].([]any)
	if len(scores) == 0 || scores[0].(map[string]any)["by"] != "call" || scores[0].(map[string]any)["n"] != number("11") {
		t.Errorf("her call of July 10 stands on eleven snapshots: %v", scores)
	}
	if out := d.ok("forecast", "--accuracy", "--period", "2017-Q3"); !strings.Contains(out, "NAIVE WAPE") {
		t.Error(out)
	}
	d.fails(exitRefused, "forecast", "--accuracy", "--period", "2017-Q4")
}
