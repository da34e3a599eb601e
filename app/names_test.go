package app

import (
	"testing"

	"fieldbook/data"
)

func TestRecordsAreNamedByWhatTheyPointTo(t *testing.T) {
	for _, tt := range []struct {
		kind   string
		values data.Values
		labels map[string]string
		want   string
	}{
		{data.KindDeal, data.Values{"name": "Rangreen GTX"}, nil, "Rangreen GTX"},
		{data.KindDeal, data.Values{"external_id": "7TFHGN6O"}, map[string]string{"account": "Inity", "product": "GTX Plus Pro"}, "Inity · GTX Plus Pro"},
		{data.KindDeal, data.Values{"external_id": "7TFHGN6O"}, nil, "7TFHGN6O"},
		{data.KindAccount, data.Values{"external_id": "A1", "name": "Inity"}, nil, "Inity"},
		{data.KindQuota, data.Values{"month": data.NewDay(2026, 3, 1)}, map[string]string{"person": "Ada Berg"}, "Ada Berg · 2026-03-01"},
		{data.KindAssignment, data.Values{}, map[string]string{"person": "Ada Berg", "territory": "North"}, "Ada Berg · North"},
		{data.KindActivity, data.Values{}, nil, ""},
	} {
		k, err := data.KindByName(tt.kind)
		if err != nil {
			t.Fatal(err)
		}
		if got := RecordName(data.Row{Kind: k, Values: tt.values, Labels: tt.labels}); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
