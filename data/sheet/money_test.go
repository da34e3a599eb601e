package sheet

import (
	"strings"
	"testing"

	"fieldbook/data"
)

// TestIsCurrency: money of today and of the past, not what merely has the form of a
// code.
func TestIsCurrency(t *testing.T) {
	for codes, want := range map[string]bool{
		"USD EUR NOK UAH STN MRU SLE UYW VED VES XCG ZWG": true, // the newest of 2018 to 2025
		"DEM FRF HRK ZWL":                true,
		"XQZ QQQ XXX XTS usd US USDE $ ": false,
	} {
		for code := range strings.SplitSeq(codes, " ") {
			if got := IsCurrency(data.Currency(code)); got != want {
				t.Errorf("%q: %v", code, got)
			}
		}
	}
	minor, code, err := ParseMoney("1.250,50 VES", 2, ',')
	if minor != 125_050 || code != "VES" || err != nil {
		t.Errorf("%d %q %v", minor, code, err)
	}
}
