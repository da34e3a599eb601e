package app

import (
	"fmt"
	"testing"
)

// TestPropertiesAreLookedUpOnce: a history names a property on each of its lines.
func TestPropertiesAreLookedUpOnce(t *testing.T) {
	var p propertyFields
	for name, want := range map[string]string{"": "", "Amount": "amount", "dealstage": "stage", "Fase de la oportunidad": "stage", "Voraussichtl. Abschlussdatum": "close_day", "Owner": "", "hs_lastmodified": ""} {
		for range 2 {
			if got := p.of(name); got != want {
				t.Errorf("%q is %q, not %q", name, got, want)
			}
		}
		if n := testing.AllocsPerRun(10, func() { p.of(name) }); n > 0 {
			t.Errorf("%q again takes %v allocations", name, n)
		}
	}
	for i := range 3 * scanDistinct {
		p.of(fmt.Sprint("field ", i))
	}
	if len(p.known) > scanDistinct {
		t.Errorf("%d names are kept", len(p.known))
	}
}
