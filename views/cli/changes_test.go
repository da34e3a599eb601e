package cli

import (
	"strings"
	"testing"
)

// TestChangesBalance: the steps lead from the first day's open value to the last
// day's, to the cent, and name the deals.
func TestChangesBalance(t *testing.T) {
	d := newBook(t)
	d.ok("sample", "--deals", "300")
	doc := d.doc("changes", "--period", "all", "--from", d.now.AddDate(0, -2, 0).Format("2006-01-02"))
	sum, deals := cents(t, doc["start"]), 0
	for _, s := range doc["steps"].([]any) {
		step := s.(map[string]any)
		sum += cents(t, step["value"])
		for _, x := range step["deals"].([]any) {
			if deals++; x.(map[string]any)["name"] == "" {
				t.Errorf("%s names no deal", step["change"])
			}
		}
	}
	if sum != cents(t, doc["end"]) || deals == 0 {
		t.Errorf("steps lead to %d, the end is %v; %d deals", sum, doc["end"], deals)
	}
	if said := d.ok("changes", "--period", "all", "--from", d.now.AddDate(0, -2, 0).Format("2006-01-02")); !strings.Contains(said, "created") {
		t.Errorf("for people: %q", said)
	}
	if said := d.fails(1, "changes", "--from", "2999-01-01"); !strings.Contains(said, "must not be after") {
		t.Errorf("days the wrong way round: %q", said)
	}
}

func cents(t *testing.T, v any) int64 {
	t.Helper()
	text := strings.Replace(v.(string), ".", "", 1)
	var n int64
	for _, r := range strings.TrimPrefix(text, "-") {
		n = n*10 + int64(r-'0')
	}
	if strings.HasPrefix(text, "-") {
		n = -n
	}
	return n
}
