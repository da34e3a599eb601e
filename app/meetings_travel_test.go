package app

import (
	"context"
	"slices"
	"testing"

	"fieldbook/data"
)

// TestMeetingsTravelToWhomTheyAreOf carries a manager's review to a rep and
// back: she gets what was said of her own deals and what she is to do, not the
// meeting and nothing of others, and what she did comes back.
func TestMeetingsTravelToWhomTheyAreOf(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	review := lea.add(data.KindMeeting, map[string]string{"subject": "Monday", "type": data.MeetingPipeline, "person": "Max", "day": "2026-03-02"})
	for _, name := range []string{"Ada", "Bob"} {
		deal := lea.find(data.KindDeal, name+"'s deal").ID.String()
		lea.add(data.KindMeetingItem, map[string]string{"meeting": review.String(), "deal": deal, "reason": "large, of " + name})
		lea.add(data.KindAction, map[string]string{"meeting": review.String(), "deal": deal, "person": name, "what": name + " calls", "status": "open"})
	}
	ada := lea.joined("Ada")
	for kind, want := range map[string][]string{data.KindMeeting: nil, data.KindMeetingItem: {"large, of Ada"}, data.KindAction: {"Ada calls"}} {
		if got := ada.titles(kind); !slices.Equal(got, want) {
			t.Errorf("Ada holds the %ss %q, want %q", kind, got, want)
		}
	}
	action := ada.find(data.KindAction, "Ada calls").ID
	if err := ada.app.Meetings.Settle(ctx, []data.ID{action}, data.ActionDone); err != nil {
		t.Fatalf("her own action: %v", err)
	}
	lea.merge(ada.share("Lea", ""))
	for name, want := range map[string]string{"Ada calls": data.ActionDone, "Bob calls": data.ActionOpen} {
		if got := lea.find(data.KindAction, name).Text("status"); got != want {
			t.Errorf("%s is %q with Lea, want %q", name, got, want)
		}
	}
	if day := lea.find(data.KindAction, "Ada calls").Day("done_day"); !day.Valid() {
		t.Error("Lea does not see when it was done")
	}
	ada.sound()
	lea.sound()
}
