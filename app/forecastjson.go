package app

import (
	"encoding/json"
	"math"

	"fieldbook/app/forecast"
	"fieldbook/app/metrics"
	"fieldbook/data"
)

// MarshalJSON writes the forecast as scripts read it: money as decimal strings
// in major units, ratios with 6 decimals, absent as null.
func (f *PeriodForecast) MarshalJSON() ([]byte, error) {
	rows := make([]forecastRowJSON, len(f.Rows))
	for i := range f.Rows {
		rows[i] = f.encode(&f.Rows[i])
	}
	total := f.encode(&f.Total)
	total.Learned = f.Model.Learned
	return json.Marshal(struct {
		Period   string     `json:"period"`
		AsOf     string     `json:"as_of"`
		Currency string     `json:"currency"`
		By       metrics.By `json:"by"`
		forecastFiguresJSON
		Verdict  string            `json:"verdict"`
		Model    modelJSON         `json:"model"`
		Accuracy *accuracyJSON     `json:"accuracy"`
		NoRate   int               `json:"left_out_no_rate"`
		Rows     []forecastRowJSON `json:"rows"`
	}{
		f.Period.Name, f.AsOf.String(), string(f.Currency), f.By, total.forecastFiguresJSON, f.Verdict, encodeModel(f.Model), f.encodeAccuracy(), f.NoRate, rows,
	})
}

type forecastRowJSON struct {
	Key string  `json:"key"`
	ID  *string `json:"id"`
	forecastFiguresJSON
}

type forecastFiguresJSON struct {
	Quota    *string         `json:"quota"`
	Closed   string          `json:"closed"`
	Commit   string          `json:"commit"`
	BestCase string          `json:"best_case"`
	Pipeline string          `json:"pipeline"`
	Weighted string          `json:"weighted"`
	P10      *string         `json:"p10"`
	P50      *string         `json:"p50"`
	P90      *string         `json:"p90"`
	FromOpen bandJSON        `json:"from_open"`
	FromNew  bandJSON        `json:"from_new"`
	Odds     json.RawMessage `json:"odds_of_quota"`
	Open     int             `json:"open"`
	Learned  int             `json:"learned_from"`
}

type bandJSON struct {
	P10 *string `json:"p10"`
	P50 *string `json:"p50"`
	P90 *string `json:"p90"`
}

func (f *PeriodForecast) encode(r *ForecastRow) forecastRowJSON {
	band := func(b forecast.Band) bandJSON {
		if !f.Known {
			return bandJSON{}
		}
		return bandJSON{f.decimal(b.P10), f.decimal(b.P50), f.decimal(b.P90)}
	}
	whole := band(r.Whole)
	out := forecastRowJSON{Key: r.Key, forecastFiguresJSON: forecastFiguresJSON{
		Closed: *f.decimal(r.Closed), Commit: r.Commit.Decimal(), BestCase: r.BestCase.Decimal(), Pipeline: r.Pipeline.Decimal(),
		Weighted: r.Weighted.Decimal(),
		P10:      whole.P10, P50: whole.P50, P90: whole.P90, FromOpen: band(r.FromOpen), FromNew: band(r.FromNew),
		Odds: metrics.SixDecimals(r.Odds, f.Known && r.HasOdds), Open: r.Open, Learned: r.Learned,
	}}
	if r.Quota.Set {
		out.Quota = f.decimal(r.Quota.Minor)
	}
	if !r.ID.IsZero() {
		id := r.ID.String()
		out.ID = &id
	}
	return out
}

func (f *PeriodForecast) decimal(minor int64) *string {
	s := data.Money{Minor: minor, Currency: f.Currency}.Decimal()
	return &s
}

type modelJSON struct {
	Used     bool            `json:"used"`
	Verdict  string          `json:"verdict"`
	Learned  int             `json:"learned_from"`
	Base     json.RawMessage `json:"share_won"`
	Inputs   []string        `json:"inputs"`
	Refused  []refusalJSON   `json:"refused"`
	TestedOn int             `json:"tested_on"`
	LogLoss  json.RawMessage `json:"log_loss"`
	BaseLoss json.RawMessage `json:"log_loss_share_won"`
	Brier    json.RawMessage `json:"brier"`
	BaseBr   json.RawMessage `json:"brier_share_won"`
	AUC      json.RawMessage `json:"auc"`
	Bins     []binJSON       `json:"calibration"`
}

type refusalJSON struct {
	Column string `json:"column"`
	Label  string `json:"label"`
	Reason string `json:"reason"`
}

type binJSON struct {
	N         int             `json:"n"`
	Predicted json.RawMessage `json:"predicted"`
	Won       json.RawMessage `json:"won"`
	Low       json.RawMessage `json:"won_low"`
	High      json.RawMessage `json:"won_high"`
}

func encodeModel(m *forecast.Model) modelJSON {
	tested := m.Test.N > 0
	out := modelJSON{
		Used: m.Used, Verdict: m.Verdict, Learned: m.Learned, Base: metrics.SixDecimals(m.Base, m.Learned > 0), TestedOn: m.Test.N,
		Inputs: append([]string{}, m.Inputs...), Refused: []refusalJSON{}, Bins: []binJSON{},
		LogLoss: metrics.SixDecimals(m.Test.LogLoss, tested), BaseLoss: metrics.SixDecimals(m.TestOf.LogLoss, tested),
		Brier: metrics.SixDecimals(m.Test.Brier, tested), BaseBr: metrics.SixDecimals(m.TestOf.Brier, tested), AUC: metrics.SixDecimals(m.Test.AUC, tested),
	}
	for _, r := range m.Refused {
		out.Refused = append(out.Refused, refusalJSON{r.Name, r.Label, r.Reason})
	}
	for _, b := range m.Bins {
		out.Bins = append(out.Bins, binJSON{b.N, metrics.SixDecimals(b.Predicted, true), metrics.SixDecimals(b.Share, true), metrics.SixDecimals(b.Low, true), metrics.SixDecimals(b.High, true)})
	}
	return out
}

// EncodeModel writes what the probabilities were learned by as scripts read it:
// the verdict, the columns used, those refused with the reason, and how it did
// on deals held back.
func (c *Chances) EncodeModel() ([]byte, error) { return json.Marshal(encodeModel(c.Model)) }

type accuracyJSON struct {
	WAPE      json.RawMessage `json:"wape"`
	Bias      json.RawMessage `json:"bias"`
	NaiveWAPE json.RawMessage `json:"naive_wape"`
	NaiveBias json.RawMessage `json:"naive_bias"`
	Held      int             `json:"bands_held"`
	Origins   []originJSON    `json:"origins"`
}

type originJSON struct {
	AsOf   string `json:"as_of"`
	From   string `json:"from"`
	To     string `json:"to"`
	P10    string `json:"p10"`
	P50    string `json:"p50"`
	P90    string `json:"p90"`
	Naive  string `json:"naive"`
	Actual string `json:"actual"`
}

func (f *PeriodForecast) encodeAccuracy() *accuracyJSON {
	a := &f.Accuracy
	if !a.Defined {
		return nil
	}
	out := &accuracyJSON{
		WAPE: metrics.SixDecimals(a.WAPE, true), Bias: metrics.SixDecimals(a.Bias, true), NaiveWAPE: metrics.SixDecimals(a.NaiveWAPE, true), NaiveBias: metrics.SixDecimals(a.NaiveBias, true), Held: a.Held,
	}
	money := func(x float64) string { return *f.decimal(int64(math.Round(x))) }
	for _, o := range a.Origins {
		out.Origins = append(out.Origins, originJSON{
			o.Day.String(), o.From.String(), o.To.String(), money(o.Low), money(o.Forecast), money(o.High), money(o.Naive), money(o.Actual),
		})
	}
	return out
}
