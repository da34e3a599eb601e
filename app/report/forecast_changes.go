package report

import (
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// ChangeName says what happened in a step.
func ChangeName(c metrics.Change) string {
	switch c {
	case metrics.Created:
		return lang.T("New")
	case metrics.PulledIn:
		return lang.T("Pulled in")
	case metrics.Increased:
		return lang.T("Grown")
	case metrics.Reopened:
		return lang.T("Reopened")
	case metrics.Received:
		return lang.T("Received")
	case metrics.Decreased:
		return lang.T("Shrunk")
	case metrics.Pushed:
		return lang.T("Pushed")
	case metrics.LostOut:
		return lang.T("Lost")
	case metrics.WonOut:
		return lang.T("Won")
	case metrics.HandedOver:
		return lang.T("Handed over")
	}
	return ""
}

// Changes shows what changed in the open value of a period since a day.
func (p Panes) Changes(w metrics.Waterfall, since data.Day) Waterfall {
	out := Waterfall{Head: Head{
		Title: lang.T("What changed in the open value"), Unit: string(p.Currency), Period: lang.T("%s to %s", p.Day(since), p.Day(p.AsOf)),
		Empty: lang.T("Nothing that is to close in this period was open"),
	}, Axis: p.Axis()}
	if w.StartDeals+w.EndDeals == 0 {
		return out
	}
	total := func(day data.Day, minor int64) Change {
		return Change{Total: true, Mark: Mark{Label: p.Day(day), Value: p.major(minor), Text: p.Short(minor)}}
	}
	out.Steps = append(out.Steps, total(since, w.Start))
	for _, step := range w.Steps {
		if len(step.Deals) == 0 {
			continue
		}
		text := p.Short(step.Value)
		if step.Value > 0 {
			text = "+" + text
		}
		var keys []data.Key
		for _, d := range step.Deals {
			keys = append(keys, d.Key)
		}
		name := ChangeName(step.Change)
		c := Change{Mark: Mark{
			Label: name, Value: p.major(step.Value), Text: text, Key: p.Keys(lang.T("%s since %s", name, p.Day(since)), data.KindDeal, keys),
			Hint: lang.N("%d deal, %s", "%d deals, %s", len(step.Deals), len(step.Deals), text),
		}}
		if step.Change == metrics.WonOut {
			c.Tone = Quiet // it left the pipeline for the better
		}
		out.Steps = append(out.Steps, c)
	}
	out.Steps = append(out.Steps, total(p.AsOf, w.End))
	return out
}
