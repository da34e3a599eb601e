package report

import (
	"strconv"

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

// ChangesOf shows what changed in the open value of a period between two days. A
// step's key is the number of its change.
func ChangesOf(n Numbers, w metrics.Waterfall, from, to data.Day) Waterfall {
	out := Waterfall{Head: Head{
		Title: lang.T("Open value in a week"), Unit: string(n.Currency), Period: lang.T("%s to %s", n.Day(from), n.Day(to)),
		Empty: lang.T("Nothing that is to close in this period was open"),
	}, Axis: n.Axis()}
	if w.StartDeals+w.EndDeals == 0 {
		return out
	}
	total := func(day data.Day, minor int64) Change {
		return Change{Total: true, Mark: Mark{Label: n.Day(day), Value: n.major(minor), Text: n.Short(minor)}}
	}
	out.Steps = append(out.Steps, total(from, w.Start))
	for _, step := range w.Steps {
		if len(step.Deals) == 0 {
			continue
		}
		text := n.Short(step.Value)
		if step.Value > 0 {
			text = "+" + text
		}
		c := Change{Mark: Mark{
			Label: ChangeName(step.Change), Value: n.major(step.Value), Text: text, Key: strconv.Itoa(int(step.Change)),
			Hint: lang.N("%d deal, %s", "%d deals, %s", len(step.Deals), len(step.Deals), text),
		}}
		if step.Change == metrics.WonOut {
			c.Tone = Quiet // it left the pipeline for the better
		}
		out.Steps = append(out.Steps, c)
	}
	out.Steps = append(out.Steps, total(to, w.End))
	return out
}
