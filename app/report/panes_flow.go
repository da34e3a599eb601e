package report

import (
	"cmp"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// StageAt is where a deal stood at the end of a day.
type StageAt struct {
	Name     string
	Pipeline string
	Position int
	Type     metrics.StageType
	Value    int64
}

// flowPlace is one end of a flow: a stage, or what is before and after stages.
type flowPlace struct {
	group, position int // in the order of the columns
	pipeline, name  string
}

const (
	flowNew = iota // not there on the first day
	flowOpen
	flowWon
	flowLost
	flowGone
)

// placeOf is where a deal of a day stands in the flow.
func placeOf(at StageAt) flowPlace {
	switch at.Type {
	case metrics.Won:
		return flowPlace{group: flowWon, name: lang.T("Won")}
	case metrics.Lost:
		return flowPlace{group: flowLost, name: lang.T("Lost")}
	case metrics.Open:
	}
	return flowPlace{group: flowOpen, position: at.Position, pipeline: at.Pipeline, name: at.Name}
}

func (a flowPlace) order(b flowPlace) int {
	return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.pipeline, b.pipeline), cmp.Compare(a.position, b.position), cmp.Compare(a.name, b.name))
}

// StageFlow shows what became of the deals that were open on the first of two days,
// and of those that came since: a ribbon is as wide as the deals that went there.
func (p Panes) StageFlow(from, to data.Day, before, after map[data.Key]StageAt) Flow {
	out := Flow{Head: Head{
		Title: lang.T("What became of open deals"), Unit: lang.T("deals"), Period: p.DayYear(from) + " – " + p.DayYear(to), Empty: lang.T("No deal was open on either day"), More: lang.T("and %d more"),
	}, FromName: p.Day(from), ToName: p.Day(to)}
	type pair struct{ from, to flowPlace }
	went := map[pair][]data.Key{}
	value := map[pair]int64{}
	add := func(a, b flowPlace, key data.Key, worth int64) {
		went[pair{a, b}] = append(went[pair{a, b}], key)
		value[pair{a, b}] += worth
	}
	for key, was := range before {
		if was.Type != metrics.Open {
			continue
		}
		if is, there := after[key]; there {
			add(placeOf(was), placeOf(is), key, is.Value)
		} else {
			add(placeOf(was), flowPlace{group: flowGone, name: lang.T("Elsewhere")}, key, was.Value)
		}
	}
	for key, is := range after {
		if _, there := before[key]; !there {
			add(flowPlace{group: flowNew, name: lang.T("New")}, placeOf(is), key, is.Value)
		}
	}
	n := 0
	var lefts, rights []flowPlace
	sums := [2]map[flowPlace]int{{}, {}}
	pairs := make([]pair, 0, len(went))
	for way, keys := range went {
		n += len(keys)
		pairs = append(pairs, way)
		sums[0][way.from] += len(keys)
		sums[1][way.to] += len(keys)
	}
	for place := range sums[0] {
		lefts = append(lefts, place)
	}
	for place := range sums[1] {
		rights = append(rights, place)
	}
	if n == 0 {
		return out
	}
	out.N = lang.N("n = %s deal", "n = %s deals", n, p.Count(n))
	slices.SortFunc(lefts, flowPlace.order)
	slices.SortFunc(rights, flowPlace.order)
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Or(a.from.order(b.from), a.to.order(b.to)) })
	for _, place := range lefts {
		out.From = append(out.From, Mark{Label: place.name, Text: p.Count(sums[0][place])})
	}
	for _, place := range rights {
		out.To = append(out.To, Mark{Label: place.name, Text: p.Count(sums[1][place])})
	}
	for _, way := range pairs {
		keys := went[way]
		slices.Sort(keys)
		title := lang.T("%s to %s, %s", way.from.name, way.to.name, out.Period)
		out.Links = append(out.Links, Link{
			Mark: Mark{
				Label: title, Text: p.deals(len(keys)), Value: float64(len(keys)), Key: p.Keys(title, data.KindDeal, keys),
				Hint: lang.T("%s to %s: %s, %s", way.from.name, way.to.name, p.deals(len(keys)), p.Short(value[way])),
			},
			From: slices.Index(lefts, way.from), To: slices.Index(rights, way.to), Tone: toneOfWay(way.from, way.to),
		})
	}
	return out
}

// toneOfWay is good for what was won, bad for what was lost or went back.
func toneOfWay(from, to flowPlace) Tone {
	switch {
	case to.group == flowWon:
		return Good
	case to.group == flowLost, to.group == flowGone:
		return Bad
	case from == to:
		return Quiet
	case from.group == flowOpen && to.group == flowOpen && from.pipeline == to.pipeline && to.position < from.position:
		return Warn
	}
	return Plain
}
