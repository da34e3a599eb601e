package cli

import (
	"fmt"
	"strings"
	"testing"
)

// TestRevenue plans a year from the command line, from its first number to quotas.
func TestRevenue(t *testing.T) {
	d := newBook(t)
	d.ok("sample", "--deals", "800", "--seed", "2")
	if got := strings.TrimSpace(d.ok("revenue", "show", "--year", "2021")); got != "2021 has no revenue plan" {
		t.Errorf("%q", got)
	}
	d.ok("revenue", "begin", "Growth", "--year", "2019", "--total", "4m", "--stretch", "10", "--season", "5;5;10;5;5;10;5;5;10;10;10;20")
	d.ok("revenue", "divide", "Growth", "--how", "equal")
	d.ok("revenue", "divide", "Growth", "--by", "family", "--how", "history")
	doc := d.doc("revenue", "show", "Growth")
	same(t, doc, map[string]any{"year": "2019", "by": "region"})
	same(t, doc["plan"].(map[string]any), map[string]any{"name": "Growth", "status": "draft", "total": "4000000.00", "stretch": "4400000.00", "approved_day": nil})
	total := doc["total"].(map[string]any)
	if months := fmt.Sprint(total["months"]); !strings.HasPrefix(months, "[200000.00 200000.00 400000.00") || total["capacity"] == nil || total["gap"] == nil || len(rows(t, doc)) < 3 {
		t.Errorf("%v", doc)
	}
	for _, left := range doc["left_to_divide"].([]any) {
		if left != "0.00" {
			t.Errorf("%v left", left)
		}
	}
	d.fails(exitRefused, "revenue", "quotas", "Growth")
	d.ok("revenue", "propose", "Growth")
	d.ok("revenue", "approve", "Growth")
	if out := d.ok("revenue", "quotas", "Growth", "--over", "5"); !strings.Contains(out, "people in") {
		t.Errorf("%q", out)
	}
	d.ok("revenue", "copy", "Growth", "Bolder", "--change", "10")
	if doc := d.doc("revenue", "show", "Bolder"); fmt.Sprint(doc["plan"].(map[string]any)["total"]) != "4400000.00" {
		t.Errorf("%v", doc["plan"])
	}
	d.ok("revenue", "copy", "Growth", "Finer", "--change", "4.35")
	if doc := d.doc("revenue", "show", "Finer"); fmt.Sprint(doc["plan"].(map[string]any)["total"]) != "4174000.00" {
		t.Errorf("4.35%% more is %v", doc["plan"])
	}
	d.fails(exitRefused, "revenue", "begin", "Foreign", "--year", "2019", "--total", "4000000 EUR")
	if out := d.ok("revenue", "show", "--year", "2019"); !strings.Contains(out, "Growth of 2019, approved") || !strings.Contains(out, "left to divide") {
		t.Errorf("%s", out)
	}
	d.fails(exitRefused, "revenue", "divide", "Growth")
	d.fails(exitUsage, "revenue", "divide", "Growth", "--how", "luck")
	d.fails(exitRefused, "revenue", "show", "Nothing")
}
