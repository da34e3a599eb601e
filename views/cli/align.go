package cli

import (
	"context"
	"math"
	"runtime"
	"strconv"
	"time"

	"fieldbook/app"
	"fieldbook/app/alignment"
	"fieldbook/data"
)

type alignCmd struct {
	Points      string             `type:"path" required:"" placeholder:"FILE.csv" help:"Points: id, x and y or latitude and longitude, any number of weights; maybe territory, today's, and locked, where it must stay."`
	Edges       string             `type:"path" placeholder:"FILE.csv" help:"Pairs of points that are neighbours: territories then hang together."`
	Territories int                `required:"" placeholder:"K" help:"How many territories to make."`
	Capacity    float64            `xor:"rule" placeholder:"Q" help:"What the first weight of a territory may come to at most."`
	Tolerance   float64            `xor:"rule" placeholder:"0.10" help:"How far each weight of a territory may be from the mean, as a part of it; 0.10 where neither it nor a capacity is given."`
	Metric      string             `enum:"euclid,euclid-floor,haversine,auto" default:"auto" help:"How distances are measured: euclid, euclid-floor or haversine, in km; by default what the columns say."`
	Change      float64            `placeholder:"D" help:"Weight of disruption: what a point that leaves its territory of today costs, in distance; 0 moves points freely."`
	Seats       string             `type:"path" placeholder:"FILE.csv" help:"What is known of territories, a row each: territory, the home of its person as x and y or latitude and longitude (distances then go there, not to the best centre), share of the whole (0.5 for a half-timer), and under the name of a weight what it holds already."`
	Mix         map[string]float64 `mapsep:"," placeholder:"WEIGHT=PART" help:"Balance the sum of these weights in these parts, such as sales=60,visits=40, each counted in parts of its mean, instead of each weight by itself."`
	Tolerances  map[string]float64 `name:"tolerance-of" mapsep:"," placeholder:"WEIGHT=0.05" help:"A tolerance of its own for a weight, such as sales=0.05,visits=0.2; 0 is any, and others keep --tolerance. Beside a mix both hold."`
	Seconds     float64            `default:"10" help:"How long to look at most."`
	Seed        uint64             `default:"1" help:"Where chance begins."`
	JSON        bool               `name:"json" help:"Print one JSON document."`
}

func (c alignCmd) Run(ctx context.Context, s *session) error {
	begin := s.env.Config.Now() // reading counts as well
	limit := time.Duration(c.Seconds * float64(time.Second))
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	f, err := app.ReadAlignFile(c.Points, c.Edges)
	if err != nil {
		return err
	}
	if n := len(f.Territories); n > c.Territories {
		return data.FieldErrorf("territories", "the points are in %d territories today, so %d cannot be made of them without closing some; leave the column out to begin anew", n, c.Territories)
	}
	p := &alignment.Problem{
		Units: f.Units, Edges: f.Edges, Territories: c.Territories, Metric: alignment.Metric(c.Metric),
		Capacity: c.Capacity, Tolerance: c.Tolerance, Change: c.Change,
	}
	if c.Metric == "auto" {
		p.Metric = alignment.Euclid
		if f.Degrees {
			p.Metric = alignment.Haversine
		}
	}
	if err := c.refine(f, p); err != nil {
		return err
	}
	found, err := alignment.Solve(ctx, p, alignment.Options{
		Seed: c.Seed, Workers: runtime.NumCPU(), Limit: limit, Elapsed: func() time.Duration { return s.env.Config.Now().Sub(begin) },
	})
	if err != nil {
		return err
	}
	doc := alignDocument(f, found, s.env.Config.Now().Sub(begin))
	if c.JSON {
		return writeJSON(s.Out, doc)
	}
	return s.aligned(f, found, doc)
}

// refine adds what is said beyond points and neighbours.
func (c alignCmd) refine(f *app.AlignFile, p *alignment.Problem) (err error) {
	if c.Capacity == 0 && c.Tolerance == 0 && len(c.Tolerances) == 0 {
		p.Tolerance = 0.10
	}
	if p.Mix, err = f.ByMeasure("mix", c.Mix, 0); err != nil {
		return err
	}
	others := p.Tolerance
	if p.Mix != nil {
		others = 0 // the tolerance is the mix's
		if c.Tolerance == 0 {
			p.Tolerance = 0.10
		}
	}
	if p.Tolerances, err = f.ByMeasure("tolerance-of", c.Tolerances, others); err != nil || c.Seats == "" {
		return err
	}
	return f.ReadSeats(c.Seats, p)
}

type alignDoc struct {
	Objective   float64          `json:"objective"`
	Bound       *float64         `json:"bound"`
	Gap         *float64         `json:"gap"`
	Status      alignment.Proof  `json:"status"`
	Balanced    bool             `json:"balanced"`
	Contiguous  bool             `json:"contiguous"`
	Changed     int              `json:"changed"`
	Seconds     float64          `json:"seconds"`
	Territories []alignTerritory `json:"territories"`
	Assignment  []alignPoint     `json:"assignment"`
}

type alignTerritory struct {
	Territory string             `json:"territory"`
	Centre    string             `json:"centre"`
	Load      map[string]float64 `json:"load"`
	Distance  float64            `json:"distance"`
}

type alignPoint struct {
	ID        string `json:"id"`
	Territory string `json:"territory"`
}

func alignDocument(f *app.AlignFile, found *alignment.Solution, took time.Duration) alignDoc {
	doc := alignDoc{
		Objective: found.Objective, Status: found.Proven, Balanced: found.Balanced, Contiguous: found.Contiguous, Changed: found.Changed,
		Seconds: math.Round(took.Seconds()*1000) / 1000,
	}
	if found.Proven != alignment.BestFound {
		gap := found.Gap()
		doc.Bound, doc.Gap = &found.Bound, &gap
	}
	for t, c := range found.Centres {
		x := alignTerritory{Territory: f.TerritoryName(t), Load: map[string]float64{}, Distance: found.Distances[t]}
		if c >= 0 {
			x.Centre = f.IDs[c] // else distances go to a home
		}
		for m, v := range found.Loads[t] {
			x.Load[f.Measures[m]] = v
		}
		doc.Territories = append(doc.Territories, x)
	}
	for i, t := range found.Of {
		doc.Assignment = append(doc.Assignment, alignPoint{f.IDs[i], f.TerritoryName(t)})
	}
	return doc
}

// aligned tells people of the territories; where each point went stands in the JSON.
func (s *session) aligned(f *app.AlignFile, found *alignment.Solution, doc alignDoc) error {
	t := table{columns: []column{{title: "territory", keep: true}, {title: "centre"}, {title: "points", right: true}, {title: "distance", right: true}}}
	for _, name := range f.Measures {
		t.columns = append(t.columns, column{title: name, right: true})
	}
	points := make([]int, len(found.Centres))
	for _, k := range found.Of {
		points[k]++
	}
	var rows [][]string
	short := func(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }
	for k, x := range doc.Territories {
		row := []string{x.Territory, x.Centre, strconv.Itoa(points[k]), short(x.Distance)}
		for _, v := range found.Loads[k] {
			row = append(row, short(v))
		}
		rows = append(rows, row)
	}
	t.rows = fixed(rows)
	if err := t.print(s.Out); err != nil {
		return err
	}
	proof := string(doc.Status)
	if doc.Status == alignment.Bounded {
		proof = "within " + short(100*found.Gap()) + " % of the best there can be"
	}
	if !found.Balanced {
		proof += "; no division was found that keeps all loads within the rules"
	}
	if !found.Contiguous {
		proof += "; not every territory hangs together"
	}
	return s.say("sum of distances %s, %s, after %s s; --json tells where each point went", short(found.Objective), proof, short(doc.Seconds))
}
