package report

import (
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// AgendaPromise is the line of an open commitment.
func AgendaPromise(what, due string, late bool) string {
	if late {
		return lang.T("%s: promised by %s, late", what, due)
	}
	if due == "" {
		return lang.T("%s: promised", what)
	}
	return lang.T("%s: promised by %s", what, due)
}

// AgendaStalled is the line of a stalled deal.
func AgendaStalled(deal, stage string, days int) string {
	return lang.T("%s has stood in %s for %d days", deal, stage, days)
}

// AgendaNoStep is the line of a deal without a next step.
func AgendaNoStep(deal, stage string) string { return lang.T("%s in %s has no next step", deal, stage) }

// AgendaYears is the line of an anniversary.
func AgendaYears(years string) string {
	if years == "1" {
		return lang.T("One year here")
	}
	return lang.T("%s years here", years)
}

// AgendaTraining is the line of a training.
func AgendaTraining(module string, late bool) string {
	if late {
		return lang.T("Training %s is late", module)
	}
	return lang.T("Training %s", module)
}

// AgendaTask is the line of a task of onboarding.
func AgendaTask(task string, late bool) string {
	if late {
		return lang.T("Onboarding: %s, late", task)
	}
	return lang.T("Onboarding: %s", task)
}

// shownWatched are the figures that a talk looks at, in their order.
var shownWatched = []metrics.Watch{
	metrics.WatchAttainment, metrics.WatchWonValue, metrics.WatchWonDeals, metrics.WatchWinRate, metrics.WatchDealSize, metrics.WatchCycle,
	metrics.WatchNewPipeline, metrics.WatchNewDeals, metrics.WatchMoves, metrics.WatchCalls, metrics.WatchMeetings, metrics.WatchVisits, metrics.WatchSteps,
}

// ShownWatched lists the figures that a talk and a review look at.
func ShownWatched() []metrics.Watch { return shownWatched }

// Frozen writes figures as a talk or review keeps them of the day: a line each,
// with its n.
func (n Numbers) Frozen(w metrics.Watched, period string, day string) string {
	out := lang.T("%s, as of %s", period, day)
	for _, which := range shownWatched {
		out += "\n" + lang.T("%s: %s (n %d)", WatchName(which), n.Watched(which, w[which]), w[which].N)
	}
	return out
}
