package app_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// TestShares: what is no percentage is refused where it is written, by whatever
// way.
func TestShares(t *testing.T) {
	for text, want := range map[string][]float64{"0; 25;50 %;": {0, 25, 50}, "": nil, "1000": {1000}} {
		if got, err := app.Shares(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	ctx := context.Background()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	kept, err := a.Records.Add(ctx, data.KindRampProfile, data.Values{"name": "Slow", "shares": "0; 50"})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"NaN", "0; nan; 50", "-1", "1001", "Inf", "half"} {
		if got, err := app.Shares(text); data.KindOf(err) != data.Invalid {
			t.Errorf("%q: %v %v", text, got, err)
		}
		if _, err := a.Records.Add(ctx, data.KindRampProfile, data.Values{"name": text, "shares": text}); data.KindOf(err) != data.Invalid {
			t.Errorf("added %q: %v", text, err)
		}
		if err := a.Records.Set(ctx, data.KindRampProfile, []data.ID{kept}, data.Values{"shares": text}); data.KindOf(err) != data.Invalid {
			t.Errorf("set %q: %v", text, err)
		}
	}
}
