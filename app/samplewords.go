package app

// The words that the sample company is made of. Every name is put together
// from these lists; none is taken from a real person or firm.

var sampleFirst = []string{
	"Ada", "Amara", "Anders", "Beatriz", "Bram", "Carmen", "Chidi", "Clara", "Dario", "Dina", "Elin", "Emeka", "Esra", "Farid", "Freya", "Gabriel", "Greta",
	"Hana", "Hugo", "Ines", "Ivan", "Jana", "Joaquin", "Kaito", "Kira", "Lars", "Leila", "Lucia", "Malik", "Mina", "Nadia", "Niko", "Olga", "Oscar", "Petra",
	"Priya", "Quentin", "Rafael", "Rosa", "Samir", "Selma", "Tariq", "Tess", "Uma", "Viktor", "Wanda", "Xenia", "Yara", "Yusuf", "Zoe",
}

var sampleLast = []string{
	"Abara", "Almeida", "Aronsen", "Bakker", "Barros", "Bergman", "Castellan", "Dahlin", "Delacroix", "Eriksen", "Fontaine", "Galvez", "Haddad", "Hoshino",
	"Ibarra", "Jansky", "Kaplan", "Kovac", "Lindqvist", "Marchetti", "Mbeki", "Navarro", "Novak", "Okafor", "Osman", "Pereira", "Petrov", "Quiroga", "Rahimi",
	"Ritter", "Salazar", "Schreiber", "Sorensen", "Tanaka", "Toivonen", "Umarov", "Valdez", "Vance", "Wexler", "Yilmaz", "Zeman", "Zhao",
}

var sampleFirmA = []string{
	"Alder", "Amber", "Arctic", "Basalt", "Beacon", "Birch", "Blue Heron", "Bright", "Canyon", "Cedar", "Cobalt", "Copper", "Delta", "Eastgate", "Ember", "Falcon",
	"Fern", "Flint", "Foxglove", "Granite", "Harbor", "Hazel", "Highland", "Indigo", "Iron", "Juniper", "Keystone", "Lakeside", "Lantern", "Larch", "Maple",
	"Meridian", "Mill", "Northwind", "Oak", "Orchard", "Pebble", "Pine", "Quarry", "Raven", "Redwood", "Ridge", "River", "Saffron", "Silver", "Slate", "Spruce",
	"Stone", "Summit", "Thistle", "Timber", "Tundra", "Valley", "Vesper", "Walnut", "Westbrook", "Willow", "Winter", "Yarrow",
}

var sampleFirmB = []string{
	"Logistics", "Foods", "Clinics", "Builders", "Motors", "Energy", "Dairy", "Packaging", "Textiles", "Marine", "Hotels", "Schools", "Pharmacy", "Steel",
	"Farms", "Retail", "Printing", "Robotics", "Optics", "Water", "Glass", "Freight", "Bank", "Labs", "Furniture", "Tools",
}

// sampleIndustries goes with sampleFirmB by place, the last one for the rest.
var sampleIndustries = []string{
	"transport", "food", "health", "construction", "automotive", "energy", "food", "manufacturing", "manufacturing", "transport",
	"hospitality", "education", "health", "manufacturing", "food", "retail", "services", "technology", "technology", "energy", "manufacturing", "transport", "finance",
	"technology", "manufacturing", "manufacturing",
}

// samplePlace is a city with its place on the map and the region that covers it.
type samplePlace struct {
	city, state, region string
	lat, lon            float64
}

var samplePlaces = []samplePlace{
	{"Boston", "MA", "East", 42.36, -71.06},
	{"Hartford", "CT", "East", 41.76, -72.67},
	{"New York", "NY", "East", 40.71, -74.01},
	{"Albany", "NY", "East", 42.65, -73.75},
	{"Philadelphia", "PA", "East", 39.95, -75.17},
	{"Pittsburgh", "PA", "East", 40.44, -79.99},
	{"Baltimore", "MD", "East", 39.29, -76.61},
	{"Richmond", "VA", "East", 37.54, -77.44},
	{"Atlanta", "GA", "South", 33.75, -84.39},
	{"Charlotte", "NC", "South", 35.23, -80.84},
	{"Miami", "FL", "South", 25.76, -80.19},
	{"Tampa", "FL", "South", 27.95, -82.46},
	{"Nashville", "TN", "South", 36.16, -86.78},
	{"New Orleans", "LA", "South", 29.95, -90.07},
	{"Houston", "TX", "South", 29.76, -95.37},
	{"Dallas", "TX", "South", 32.78, -96.80},
	{"Chicago", "IL", "Central", 41.88, -87.63},
	{"Detroit", "MI", "Central", 42.33, -83.05},
	{"Cleveland", "OH", "Central", 41.50, -81.69},
	{"Columbus", "OH", "Central", 39.96, -83.00},
	{"Indianapolis", "IN", "Central", 39.77, -86.16},
	{"Milwaukee", "WI", "Central", 43.04, -87.91},
	{"Minneapolis", "MN", "Central", 44.98, -93.27},
	{"St. Louis", "MO", "Central", 38.63, -90.20},
	{"Denver", "CO", "West", 39.74, -104.99},
	{"Phoenix", "AZ", "West", 33.45, -112.07},
	{"Salt Lake City", "UT", "West", 40.76, -111.89},
	{"Seattle", "WA", "West", 47.61, -122.33},
	{"Portland", "OR", "West", 45.52, -122.68},
	{"San Francisco", "CA", "West", 37.77, -122.42},
	{"Los Angeles", "CA", "West", 34.05, -118.24},
	{"San Diego", "CA", "West", 32.72, -117.16},
}

var sampleRegions = []string{"East", "South", "Central", "West"}

var sampleProducts = []struct {
	name, family string
	price        int64 // minor units
}{
	{"Scout 10", "Scout", 120_000},
	{"Scout 20", "Scout", 240_000},
	{"Scout Pro", "Scout", 480_000},
	{"Harvest Basic", "Harvest", 90_000},
	{"Harvest Plus", "Harvest", 310_000},
	{"Harvest Fleet", "Harvest", 1_450_000},
	{"Care Plan", "Service", 60_000},
	{"Onsite Training", "Service", 180_000},
}

var sampleLosses = []string{"price", "no decision", "competitor", "timing", "missing feature", "budget cut"}

var sampleRivals = []string{"Norvane", "Tessaly", "Brightforge"}

var sampleSources = []string{"referral", "trade fair", "website", "cold call", "partner", "existing customer"}

var sampleSteps = []string{"Send quote", "Call back on price", "Meet finance", "Show the pilot", "Confirm start day", "Agree on terms", "Visit the site", "Send references"}

var sampleSubjects = map[string][]string{
	"call": {"Asked about budget", "Talked through the quote", "Left a message", "Agreed on next steps"}, "email": {"Sent the quote", "Answered questions on delivery", "Sent references"},
	"meeting": {"Met the buying team", "Went through terms", "Demo for operations"}, "visit": {"Site visit", "Saw the old equipment in use"},
}

var sampleTitles = []string{"Operations lead", "Purchasing", "Finance director", "Site engineer", "General manager"}

var sampleInfluence = []string{"economic buyer", "champion", "influencer", "user", "blocker"}
