package report

import (
	"strings"

	"fieldbook/app/meeting"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// ReasonName says why a deal is on an agenda.
func ReasonName(r meeting.Reason) string {
	if text, ok := map[meeting.Reason]string{
		meeting.CommitAtRisk: lang.T("Commit at risk"), meeting.PastClose: lang.T("Close day gone by"), meeting.Pushed: lang.T("Close day pushed"), meeting.Stalled: lang.T("Stalled"),
		meeting.NoStep: lang.T("No next step"), meeting.StepOverdue: lang.T("Next step overdue"), meeting.Large: lang.T("Large"), meeting.Changed: lang.T("Changed"),
		meeting.New: lang.T("New"), meeting.Lost: lang.T("Lost"), meeting.Won: lang.T("Won"), "raised in the meeting": lang.T("Raised in the meeting"),
	}[r]; ok {
		return text
	}
	return string(r)
}

// ReasonNames joins what ReasonName says of several.
func ReasonNames(reasons []meeting.Reason) string {
	out := make([]string, len(reasons))
	for i, r := range reasons {
		out[i] = ReasonName(r)
		if i > 0 {
			out[i] = lang.Small(out[i])
		}
	}
	return strings.Join(out, ", ")
}

// MeetingName is what a sort of meeting is called.
func MeetingName(kind string) string {
	if kind == data.MeetingPerformance {
		return lang.T("Performance discussion")
	}
	return lang.T("Pipeline review")
}
