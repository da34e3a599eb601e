package kit_test

import (
	"fmt"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestAnythingSaidBeforeIsFound: few texts are shown at a time, but what is typed
// is looked for in all of them.
func TestAnythingSaidBeforeIsFound(t *testing.T) {
	a := kittest.NewBook(t, func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) })
	stages, err := a.Pipeline.Stages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		if _, err := a.Records.Add(t.Context(), data.KindDeal, data.Values{"name": fmt.Sprint("Deal ", i), "stage": stages[0].ID, "loss_reason": fmt.Sprintf("Reason %02d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	k, err := a.Records.Kind(data.KindDeal)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := k.Field("loss_reason")
	offered := (&kit.Host{Context: t.Context(), App: a}).Offered(data.KindDeal, f)
	if all := offered(""); len(all) != 30 || all[0].Text != "Reason 00" {
		t.Errorf("before anything is typed, %d are offered: %v", len(all), all)
	}
	if found := offered("Reason 39"); len(found) == 0 || found[0].Text != "Reason 39" {
		t.Errorf("what the last deal says is not found: %v", found)
	}
}
