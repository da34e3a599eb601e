package metrics

import (
	"encoding/json"
	"math"
	"strconv"

	"fieldbook/data"
)

// MarshalJSON writes the table as scripts read it: money as decimal strings in
// major units with the currency's digits, ratios with 6 decimals, absent as
// null, a coverage with nothing left to win as "met".
func (r Result) MarshalJSON() ([]byte, error) {
	period := r.Period.Name
	if period == "" {
		period = "all"
	}
	rows := make([]rowJSON, len(r.Rows))
	for i := range r.Rows {
		rows[i] = r.Rows[i].encode(r.Currency)
	}
	return json.Marshal(struct {
		AsOf     string    `json:"as_of"`
		Period   string    `json:"period"`
		By       By        `json:"by"`
		Currency string    `json:"currency"`
		Rows     []rowJSON `json:"rows"`
		Total    rowJSON   `json:"total"`
		NoRate   int       `json:"left_out_no_rate"`
		NoAmount int       `json:"left_out_no_amount"`
	}{r.AsOf.String(), period, r.By, string(r.Currency), rows, r.Total.encode(r.Currency), r.Total.LeftOut.NoRate, r.Total.LeftOut.NoAmount})
}

type rowJSON struct {
	Key               string          `json:"key"`
	ID                *string         `json:"id"`
	Total             int             `json:"total"`
	Won               int             `json:"won"`
	Lost              int             `json:"lost"`
	Open              int             `json:"open"`
	WonValue          string          `json:"won_value"`
	LostValue         string          `json:"lost_value"`
	OpenValue         string          `json:"open_value"`
	WinRate           json.RawMessage `json:"win_rate"`
	WinRateLow        json.RawMessage `json:"win_rate_low"`
	WinRateHigh       json.RawMessage `json:"win_rate_high"`
	WinRateValue      json.RawMessage `json:"win_rate_value"`
	AvgWon            *string         `json:"avg_won"`
	MedianWon         *string         `json:"median_won"`
	CycleWonMean      json.RawMessage `json:"cycle_won_mean"`
	CycleWonMedian    json.RawMessage `json:"cycle_won_median"`
	CycleClosedMean   json.RawMessage `json:"cycle_closed_mean"`
	CycleClosedMedian json.RawMessage `json:"cycle_closed_median"`
	Credited          string          `json:"credited"`
	Quota             *string         `json:"quota"`
	Attainment        json.RawMessage `json:"attainment"`
	Pace              json.RawMessage `json:"pace"`
	Coverage          json.RawMessage `json:"coverage"`
	VelocityPerDay    *string         `json:"velocity_per_day"`
}

func (r *Row) encode(currency data.Currency) rowJSON {
	out := rowJSON{
		Key: r.Key, Total: r.Total, Won: r.Won, Lost: r.Lost, Open: r.Open,
		WonValue: r.WonValue.Decimal(), LostValue: r.LostValue.Decimal(), OpenValue: r.OpenValue.Decimal(), Credited: r.Credited.Decimal(),
		WinRate:         SixDecimals(r.WinRate.Value()),
		WinRateLow:      SixDecimals(r.WinRate.Low, r.WinRate.Den != 0),
		WinRateHigh:     SixDecimals(r.WinRate.High, r.WinRate.Den != 0),
		WinRateValue:    SixDecimals(r.WinRateValue.Value()),
		AvgWon:          decimal(currency, minorOf(r.AvgWon)),
		CycleWonMean:    SixDecimals(r.CycleWonMean.Value()),
		CycleWonMedian:  SixDecimals(r.CycleWonMedian.Value()),
		CycleClosedMean: SixDecimals(r.CycleClosedMean.Value()), CycleClosedMedian: SixDecimals(r.CycleClosedMedian.Value()),
		Attainment:     SixDecimals(r.Attainment.Value()),
		Pace:           SixDecimals(r.Pace.Value()),
		Coverage:       SixDecimals(r.Coverage.Value()),
		VelocityPerDay: decimal(currency, minorOf(r.VelocityPerDay)),
	}
	minor, ok := r.MedianWon.Minor()
	out.MedianWon = decimal(currency, optional{minor, ok})
	out.Quota = decimal(currency, optional{r.Quota.Minor, r.Quota.Set})
	if r.Met {
		out.Coverage = json.RawMessage(`"met"`)
	}
	if !r.ID.IsZero() {
		id := r.ID.String()
		out.ID = &id
	}
	return out
}

// optional is an amount in minor units, or none.
type optional struct {
	minor int64
	ok    bool
}

func minorOf(r Ratio) optional {
	x, ok := r.Value()
	return optional{int64(math.Round(x)), ok}
}

func decimal(currency data.Currency, o optional) *string {
	if !o.ok {
		return nil
	}
	s := data.Money{Minor: o.minor, Currency: currency}.Decimal()
	return &s
}

// SixDecimals writes a ratio as scripts read it, null where it is none.
func SixDecimals(x float64, ok bool) json.RawMessage {
	if !ok || math.IsNaN(x) || math.IsInf(x, 0) {
		return json.RawMessage("null")
	}
	return strconv.AppendFloat(nil, x, 'f', 6, 64)
}
