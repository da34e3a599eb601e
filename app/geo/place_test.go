package geo

import (
	"math"
	"strings"
	"testing"
)

func TestPlace(t *testing.T) {
	a := atlas(t)
	tests := []struct {
		addr      Address
		precision string // "" for not placed
		unit      string
	}{
		{Address{PostalCode: "78701", Country: "US"}, ByPostalCode, "US/z78701"},
		{Address{PostalCode: "78701-1234", Country: "United States of America"}, ByPostalCode, "US/z78701"},
		{Address{PostalCode: "787011234", Country: "usa"}, ByPostalCode, "US/z78701"},
		{Address{PostalCode: "1366", Country: "U.S.A.", State: "MA"}, ByPostalCode, "US/z01366"},
		{Address{PostalCode: "1366.0", Country: "US"}, ByPostalCode, "US/z01366"},
		{Address{PostalCode: "601", Country: "Puerto Rico"}, ByPostalCode, "US/z00601"},
		{Address{PostalCode: "78701", State: "Texas"}, ByPostalCode, "US/z78701"},
		{Address{PostalCode: "78701", State: "TX"}, ByPostalCode, "US/z78701"},
		{Address{PostalCode: "78701-1234"}, ByPostalCode, "US/z78701"},
		{Address{PostalCode: "75001", City: "Paris"}, ByCity, "FR-75"}, // no ZIP, though Texas has one of it
		{Address{PostalCode: "75001"}, "", ""},
		{Address{PostalCode: "75001", Country: "France"}, ByCountry, "FR"},
		{Address{PostalCode: "78701", State: "CA", Country: "US"}, ByState, "US-CA"},                    // at odds
		{Address{PostalCode: "78767", City: "Austin", State: "TX", Country: "US"}, ByCity, "US/c48453"}, // a post office box
		{Address{PostalCode: "78767", State: "TX", Country: "US"}, ByPostalArea, "US/z787"},
		{Address{City: "Nowhere in Particular", State: "Ohio", Country: "United States"}, ByState, "US-OH"},
		{Address{City: "HOUSTON", State: "tx", Country: "US"}, ByCity, "US/c48201"},
		{Address{City: "St Paul", State: "Minnesota"}, ByCity, "US/c27123"}, // Natural Earth: St. Paul
		{Address{City: "Saint Paul", State: "MN", Country: "US"}, ByCity, "US/c27123"},
		{Address{City: "New York City", Country: "US"}, ByCity, "US/c36061"},
		{Address{City: "London", State: "England", Country: "UK"}, ByCity, "GB-SWK"},
		{Address{City: "Fakenham", State: "Norfolk", Country: "United Kingdom"}, ByState, "GB-NFK"},
		{Address{City: "Leeds", Country: "GBR"}, ByState, "GB-LDS"},
		{Address{City: "Milton Keynes", Country: "Great Britain"}, ByState, "GB-MIK"}, // a district, not in the list of cities
		{Address{City: "München", Country: "Deutschland"}, ByCity, "DE-BY"},
		{Address{City: "Munich", State: "Bavaria", Country: "DE"}, ByCity, "DE-BY"},
		{Address{City: "Oslo", Country: "Norge"}, ByCity, "NO-03"},
		{Address{City: "oslo"}, ByCity, "NO-03"},
		{Address{State: "Quebec"}, ByState, "CA-QC"},
		{Address{State: "ON", Country: "Canada"}, ByState, "CA-ON"},
		{Address{State: "Ontario", Country: "Canada", City: "Toronto"}, ByCity, "CA-ON"},
		{Address{Country: "Côte d’Ivoire"}, ByCountry, "CI"},
		{Address{Country: "Ivory Coast"}, ByCountry, "CI"},
		{Address{Country: "Philipines"}, ByCountry, "PH"},
		{Address{Country: "The Netherlands"}, ByCountry, "NL"},
		{Address{Country: "South Korea"}, ByCountry, "KR"},
		{Address{Country: "HKG"}, ByCountry, "HK"},
		{Address{Country: "Jordan"}, ByCountry, "JO"},
		{Address{Country: "Kenya"}, ByCountry, "KE"},
		{Address{Country: "Atlantis", City: "Paris"}, "", ""}, // a country that nobody knows
		{Address{State: "Georgia", City: "Atlanta"}, ByCity, "US/c13121"},
		{Address{State: "Somewhere"}, "", ""},
		{Address{State: "CA"}, "", ""},         // California or Canada
		{Address{City: "Springfield"}, "", ""}, // which
		{Address{City: "Springfield", Country: "US"}, ByCountry, "US"},
		{Address{City: "Springfield", State: "IL", Country: "US"}, ByState, "US-IL"},
		{Address{}, "", ""},
		{Address{City: " ", PostalCode: " - ", State: "\x00", Country: "  "}, "", ""},
		{Address{City: "Paris", State: "TX", Country: "US"}, ByState, "US-TX"}, // not the one in France
		{Address{City: "Hagåtña", Country: "Guam"}, ByState, "US-GU"},
		{Address{Country: "Guam"}, ByState, "US-GU"},
	}
	for _, tt := range tests {
		spot, ok := a.Place(tt.addr)
		if spot.Precision != tt.precision || spot.Unit != tt.unit || ok != (tt.precision != "") {
			t.Errorf("%+v is placed by %q in %q, want %q in %q", tt.addr, spot.Precision, spot.Unit, tt.precision, tt.unit)
		}
		if ok && !onGlobe(spot.Lon, spot.Lat) {
			t.Errorf("%+v is placed at %v", tt.addr, spot)
		}
	}
}

func TestCountriesByName(t *testing.T) {
	a := atlas(t)
	for code, names := range map[string][]string{
		"KR": {"Korea, Republic of", "Korea (Republic of)", "Republic of Korea", "South Korea", "Korea", "KOR", "kr"},
		"KP": {"Korea, Democratic People's Republic of", "North Korea"},
		"CD": {"Congo, Democratic Republic of the", "Congo (Kinshasa)", "DR Congo", "Congo, The Democratic Republic of the"},
		"CG": {"Congo", "Congo (Brazzaville)"},
		"IR": {"Iran, Islamic Republic of", "Iran (Islamic Republic of)", "Iran"},
		"BO": {"Bolivia (Plurinational State of)"}, "TZ": {"Tanzania, United Republic of"}, "FM": {"Micronesia (Federated States of)"},
		"VI": {"Virgin Islands (U.S.)", "Virgin Islands, U.S.", "US Virgin Islands"}, "VG": {"Virgin Islands (British)"},
		"NL": {"Netherlands (the)", "The Netherlands", "Netherlands (Kingdom of the)", "Holland"}, "TW": {"Taiwan, Province of China"},
		"GB": {"United Kingdom (UK)", "Scotland", "GBR", " uk "}, "US": {"United States (US)", "The United States", "United States of America (the)"},
		"CI": {"Côte d'Ivoire", "Cote D’Ivoire", "Ivory Coast"}, "FR": {"Réunion", "MQ", "FRA"}, "HK": {"Hong Kong", "HKG"}, "CYN": {"Northern Cyprus"},
		"": {"", "Atlantis", "Virgin Islands (Other)", "Guinea (Lost)", "ZZZ", "X"},
	} {
		for _, name := range names {
			if got := a.lookups().country(name); got != code {
				t.Errorf("%q is %q, want %q", name, got, code)
			}
		}
	}
}

func tabs(line string) string { return strings.ReplaceAll(line, "|", "\t") + "\n" }

const (
	somePlaces = "2641181|Norwich|Norwich|Nordovicum,Норидж|52.62783|1.29834|P|PPLA2|GB||ENG|I9|||177636||18|Europe/London|2020-01-01"
	anOther    = "2649911|Fakenham|Fakenham||52.83140|0.85030|P|PPL|GB||ENG|I9|||7357||45|Europe/London|2020-01-01"
	aMountain  = "1|Norwich Hill|Norwich Hill||52|1|T|MT|GB||ENG|||||0||45|Europe/London|2020-01-01"
	aCode      = "GB|NR21 8LQ|Fakenham|England|ENG|Norfolk|11609011|||52.8330|0.8699|6"
	outward    = "GB|NR2|Norwich|England|ENG|Norfolk|11609011|||52.63|1.28|4"
	aBox       = "US|78767|Austin|Texas|TX|Travis|453|||30.2687|-97.7440|4"
)

func TestOwnGazetteer(t *testing.T) {
	file := "\ufeff\n" + tabs(somePlaces) + tabs(anOther) + tabs(aMountain) + tabs(aCode) + tabs(outward) + tabs(aBox) + "a line that does not fit\n"
	own, err := ReadGazetteer(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if cities, codes := own.Len(); cities != 5 || codes != 3 || own.Skipped != 2 {
		t.Errorf("%d cities, %d codes, %d lines skipped", cities, codes, own.Skipped)
	}
	a := atlas(t).With(own)
	tests := []struct {
		addr      Address
		precision string
		unit      string
		lon, lat  float64
	}{
		{Address{City: "Fakenham", State: "Norfolk", Country: "United Kingdom"}, ByCity, "GB-NFK", 0.85, 52.83},
		{Address{City: "Nordovicum", Country: "UK"}, ByCity, "GB-NFK", 1.29834, 52.62783},
		{Address{City: "Fakenham", PostalCode: "nr218lq", Country: "UK"}, ByPostalCode, "GB-NFK", 0.8699, 52.8330},
		{Address{PostalCode: "NR2 1AA", Country: "UK"}, ByPostalCode, "GB-NFK", 1.28, 52.63},
		{Address{PostalCode: "78767", Country: "US"}, ByPostalCode, "US/c48453", -97.7440, 30.2687},
		{Address{PostalCode: "78767", State: "NY", Country: "US"}, ByState, "US-NY", -75, 43},
		{Address{PostalCode: "78701", Country: "US"}, ByPostalCode, "US/z78701", -97.74, 30.27},
	}
	for _, tt := range tests {
		spot, _ := a.Place(tt.addr)
		if spot.Precision != tt.precision || spot.Unit != tt.unit || math.Abs(spot.Lon-tt.lon) > 0.7 || math.Abs(spot.Lat-tt.lat) > 0.7 {
			t.Errorf("%+v is placed at %+v, want %q in %q", tt.addr, spot, tt.precision, tt.unit)
		}
	}
	if spot, _ := atlas(t).Place(tests[0].addr); spot.Precision != ByState {
		t.Error("the atlas without the list knows its cities")
	}
}

func TestWhatIsNoGazetteerIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "a table": "name,lat,lon\nOslo,59.9,10.7\n", "no coordinates": tabs("GB|NR2|Norwich|England|ENG|Norfolk|1|||north|east|4"),
		"beyond the globe": tabs("GB|NR2|Norwich|England|ENG|Norfolk|1|||152.63|1.28|4"), "not a number": tabs("GB|NR2|Norwich|||||||NaN|1.28|4"),
		"one line": strings.Repeat("x", longestLine+1),
	} {
		if _, err := ReadGazetteer(strings.NewReader(text)); err == nil {
			t.Errorf("%s: taken for a list of places", name)
		}
	}
}
