package geo

import (
	"slices"
	"strings"
	"sync"

	"fieldbook/data/sheet"

	"golang.org/x/text/language"
)

type otherNames struct {
	unit  int32
	names []string
}

// names finds countries, states and cities by what they are called.
type names struct {
	other []otherNames

	once      sync.Once
	countries map[string]string            // folded name or code → code
	states    map[string]map[string]string // by country; two states of one name give ""
	anywhere  map[string]string            // full names of states that only one country has
	cities    map[string][]int32           // places in world.cities
}

// lookups makes the tables at the first address.
func (a *Atlas) lookups() *names {
	n := &a.names
	n.once.Do(func() {
		n.countries = make(map[string]string, 700)
		n.states, n.anywhere = map[string]map[string]string{}, map[string]string{}
		for _, u := range a.units {
			if u.Level == Country {
				n.countries[sheet.Fold(u.Name)] = u.Code
				n.countries[sheet.Fold(u.Code)] = u.Code
			}
			if u.Level == State {
				n.addState(u)
			}
		}
		for _, o := range n.other {
			for _, name := range o.names {
				if key := sheet.Fold(name); n.countries[key] == "" {
					n.countries[key] = a.units[o.unit].Code
				}
			}
		}
		each(calledCountries, func(code, name string) { n.countries[sheet.Fold(name)] = code })
		each(calledStates, func(code, name string) { n.states[code[:2]][sheet.Fold(name)] = code })
		n.cities = make(map[string][]int32, len(a.cities))
		for i, c := range a.cities {
			for _, name := range c.names {
				note(n.cities, name, int32(i))
			}
		}
	})
	return n
}

// each gives the names, parted by commas, one by one.
func each(called map[string]string, do func(code, name string)) {
	for code, names := range called {
		for name := range strings.SplitSeq(names, ",") {
			do(code, name)
		}
	}
}

func (n *names) addState(u Unit) {
	of := n.states[u.In]
	if of == nil {
		of = map[string]string{}
		n.states[u.In] = of
	}
	name := sheet.Fold(u.Name)
	if _, double := of[name]; double {
		of[name] = ""
	} else {
		of[name] = u.Code
	}
	if _, double := n.anywhere[name]; double {
		n.anywhere[name] = ""
	} else {
		n.anywhere[name] = u.Code
	}
	if _, short, ok := strings.Cut(u.Code, "-"); ok && of[sheet.Fold(short)] == "" {
		of[sheet.Fold(short)] = u.Code
	}
	of[sheet.Fold(u.Code)] = u.Code
}

// country gives the code of a country by name or by a code of ISO 3166. Names
// may be turned round, as in "Korea, Republic of" or "Virgin Islands (U.S.)".
func (n *names) country(named string) string {
	named = strings.TrimSpace(named)
	tries := []string{named}
	if name, more, turned := strings.Cut(strings.TrimSuffix(strings.Replace(named, "(", ",", 1), ")"), ","); turned {
		tries = append(tries, withoutThe(strings.TrimSpace(more))+" "+name)
		if !slices.Contains(severalBear, sheet.Fold(name)) {
			tries = append(tries, name)
		}
	}
	tries = append(tries, withoutThe(named))
	for _, try := range tries {
		if code := n.countries[sheet.Fold(try)]; code != "" {
			return code
		}
	}
	if len(named) == 3 {
		if region, err := language.ParseRegion(named); err == nil {
			return n.countries[sheet.Fold(region.String())]
		}
	}
	return ""
}

func withoutThe(name string) string {
	if len(name) > 4 && strings.EqualFold(name[:4], "the ") {
		return name[4:]
	}
	return name
}

// severalBear are names that need what stands behind them.
var severalBear = []string{"congo", "korea", "virginislands", "guinea", "samoa"}

// state gives the code of a state by name or code in a country; without a
// country, by a full name that no other country has.
func (n *names) state(country, named string) string {
	key := sheet.Fold(named)
	if country == "" {
		return n.anywhere[key]
	}
	return n.states[country][key]
}

// named gives the state of a country abroad that is called like a city.
func (n *names) named(country, city string) string {
	for _, key := range cityKeys(city) {
		if code := n.states[country][key]; len(key) > 3 && country != home {
			return code
		}
	}
	return ""
}

// calledCountries are names beside those of the map: common ones in English,
// and what the larger countries and their neighbours call them.
var calledCountries = map[string]string{
	"US": "United States,USA,U.S.,U.S.A.,America,États-Unis,Vereinigte Staaten,Vereinigte Staaten von Amerika,Estados Unidos,EE.UU.,EUA,Stati Uniti,Verenigde Staten,USA (United States)",
	"GB": "UK,Great Britain,Britain,England,Scotland,Wales,Northern Ireland,Royaume-Uni,Vereinigtes Königreich,Großbritannien,Reino Unido,Regno Unito,Verenigd Koninkrijk,United Kingdom of Great Britain and Northern Ireland",
	"DE": "Deutschland,Allemagne,Alemania,Germania,Alemanha,Duitsland,Federal Republic of Germany",
	"FR": "Frankreich,Francia,França,Frankrijk,Metropolitan France,Guadeloupe,Martinique,French Guiana,Réunion,Mayotte,GP,MQ,GF,RE,YT",
	"ES": "España,Espagne,Spanien,Spagna,Espanha,Spanje",
	"IT": "Italia,Italie,Italien,Italië,Itália",
	"NL": "BQ,Bonaire,Holland,The Netherlands,Nederland,Niederlande,Pays-Bas,Países Bajos,Paesi Bassi,Países Baixos",
	"BE": "België,Belgique,Belgien,Bélgica,Belgio", "LU": "Luxemburg",
	"CH": "Schweiz,Suisse,Svizzera,Suiza,Suíça,Zwitserland", "AT": "Österreich,Autriche,Oostenrijk",
	"NO": "SJ,Svalbard,Norge,Noreg,Norwegen,Norvège,Noruega", "SE": "Sverige,Schweden,Suède,Suecia", "DK": "Danmark,Dänemark,Danemark,Dinamarca",
	"FI": "Suomi,Finnland,Finlande", "IS": "Ísland,Island", "IE": "Éire,Eire,Republic of Ireland,Irland,Irlande,Irlanda",
	"PT": "Portugal continental", "PL": "Polska,Polen,Pologne,Polonia", "CZ": "Czech Republic,Česko,Česká republika,Tschechien",
	"SK": "Slovensko,Slovak Republic,Slowakei", "HU": "Magyarország,Ungarn,Hongrie", "RO": "România,Rumänien,Roumanie",
	"BG": "Bulgarien,Bulgarie", "GR": "Hellas,Ellada,Griechenland,Grèce", "TR": "Türkiye,Türkei,Turquie", "HR": "Hrvatska,Kroatien",
	"RS": "Srbija,Serbien", "SI": "Slovenija,Slowenien", "MK": "Macedonia,North Macedonia,FYROM", "UA": "Ukraina,Ukrayina",
	"RU": "Russian Federation,Russland,Russie,Rusia,Rossiya", "BY": "Byelorussia,Belorussia", "MD": "Republic of Moldova",
	"CA": "Kanada,Canadá", "MX": "México,Mexique,Mexiko,Messico,United Mexican States", "BR": "Brasil,Brésil,Brasilien",
	"AR": "Argentinien,Argentine", "CL": "República de Chile", "PE": "Perú", "CO": "República de Colombia", "VE": "Bolivarian Republic of Venezuela",
	"BO": "Plurinational State of Bolivia", "DO": "Dominican Republic,República Dominicana",
	"CN": "PRC,People's Republic of China,Mainland China", "HK": "Hong Kong SAR,Hongkong", "MO": "Macau,Macao SAR",
	"TW": "Taiwan R.O.C.,Chinese Taipei", "JP": "Nippon,Nihon,Japon", "KR": "South Korea,Korea,Republic of Korea,Korea (South)",
	"KP": "North Korea,Democratic People's Republic of Korea,Korea (North),DPRK", "VN": "Viet Nam", "LA": "Lao,Lao PDR,Lao People's Democratic Republic",
	"MM": "Burma", "TH": "Siam", "PH": "Philipines,Phillipines,Philippinen,Filipinas", "IN": "Bharat,Indien", "BN": "Brunei Darussalam",
	"TL": "East Timor", "LK": "Ceylon", "IR": "Islamic Republic of Iran,Persia", "SY": "Syrian Arab Republic", "PS": "Palestine,State of Palestine",
	"AE": "UAE,U.A.E.,Emirates", "SA": "KSA,Kingdom of Saudi Arabia", "EG": "Arab Republic of Egypt", "LY": "Libyan Arab Jamahiriya",
	"MA": "Maroc,Marokko", "DZ": "Algérie", "TN": "Tunisie", "ZA": "RSA,Republic of South Africa,Südafrika,Suid-Afrika",
	"CI": "Ivory Coast,Côte d'Ivoire", "CD": "Kinshasa Congo,Democratic Republic Congo,DR Congo,DRC,Congo-Kinshasa,Democratic Republic of Congo,Zaire", "CG": "Brazzaville Congo,Congo-Brazzaville,Republic of Congo",
	"CV": "Cape Verde,Cabo Verde", "SZ": "Swaziland,Eswatini", "TZ": "United Republic of Tanzania,Tanzania", "GM": "The Gambia", "BS": "The Bahamas",
	"ST": "São Tomé and Príncipe", "VA": "Holy See,Vatican City", "FM": "Micronesia", "AU": "Commonwealth of Australia,Australien,Australie",
	"NZ": "Aotearoa,Neuseeland", "VI": "US Virgin Islands,U.S. Virgin Islands,Virgin Islands", "FO": "Faroe Islands,Faeroes", "AX": "Åland Islands",
	"IOA": "Christmas Island,Cocos Islands,Cocos (Keeling) Islands,CX,CC", "XK": "Kosova,XKX", "SO": "Somali Republic", "CY": "Republic of Cyprus",
}

// calledStates are English names of states that the map has in their own
// language, and usual other ways to write some.
var calledStates = map[string]string{
	"US-DC": "Washington DC,Washington D.C.,D.C.",
	"DE-BY": "Bavaria", "DE-SN": "Saxony", "DE-NI": "Lower Saxony", "DE-NW": "North Rhine-Westphalia,NRW", "DE-RP": "Rhineland-Palatinate",
	"DE-HE": "Hesse", "DE-TH": "Thuringia", "DE-ST": "Saxony-Anhalt", "DE-MV": "Mecklenburg-Western Pomerania",
	"CA-QC": "Quebec,PQ", "CA-NL": "Newfoundland,NF",
}
