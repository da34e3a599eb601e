package kit

import (
	"testing"
	"time"

	"fieldbook/data"
)

func TestPeriodIsTypedAsItIsShown(t *testing.T) {
	cal := data.Calendar{Start: time.March}
	for _, typed := range []string{"Q3 2017", "q3 2017", "2017-Q3"} {
		p, err := typedPeriod(cal, typed)
		if err != nil || p != cal.Quarter(2017, 3) {
			t.Errorf("%s: %v, %v", typed, p, err)
		}
	}
	if _, err := typedPeriod(cal, "Quarter x"); err == nil {
		t.Error("nonsense is read as a period")
	}
}
