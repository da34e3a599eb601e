package app

import (
	"testing"
	"time"

	"fieldbook/data"
)

func TestPeriodsEndOnADay(t *testing.T) {
	calendar := data.Calendar{Start: time.January}
	for text, want := range map[string]string{
		"2026-W01": "2026-01-04", "2026-W53": "2027-01-03", "2025-W53": "", "2026W22-5": "2026-05-29", "KW 22/2026": "2026-05-31", "Week 22, 2026": "2026-05-31",
		"2026-02": "2026-02-28", "Feb 2028": "2028-02-29", "Q3 2026": "2026-09-30", "2026": "", "soon": "", "2026-W22-9": "",
	} {
		day, ok := importPeriodEnd(text, calendar)
		if got := day.String(); ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s %v, want %q", text, got, ok, want)
		}
	}
}
