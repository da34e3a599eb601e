package app

import (
	"context"
	"encoding/json"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// SeasonOf reads the shares of a fiscal year's months; without any they are those
// of what was won over the years.
func (r *Revenue) SeasonOf(ctx context.Context, text string) (out [QuotaMonths]float64, err error) {
	if text != "" {
		shares, err := Shares(text)
		if err == nil && len(shares) != QuotaMonths {
			err = data.FieldErrorf("season", "a season has twelve shares, not %d", len(shares))
		}
		copy(out[:], shares)
		return out, err
	}
	won, err := r.app.Quotas.Season(ctx, data.Everyone)
	return RevenueMonths(won).Shares(), err
}

// MarshalJSON writes a plan as scripts read it.
func (s *RevenueSheet) MarshalJSON() ([]byte, error) {
	out := revenueJSON{Year: s.Year.Name, By: s.By, Currency: string(s.Currency), NoRate: s.NoRate, Rows: []revenueLineJSON{}, Plans: []revenuePlanJSON{}}
	for i := range s.Plans {
		out.Plans = append(out.Plans, s.encodePlan(&s.Plans[i]))
	}
	if s.Plan != nil {
		plan := s.encodePlan(s.Plan)
		out.Plan = &plan
	}
	for i := range s.Lines {
		out.Rows = append(out.Rows, s.encodeLine(&s.Lines[i], s.Lines[i].Name))
	}
	out.Total = s.encodeLine(&s.Whole, "total")
	for m := range QuotaMonths {
		out.Left = append(out.Left, s.decimal(s.Loose(m)))
	}
	return json.Marshal(out)
}

type revenueJSON struct {
	Year     string            `json:"year"`
	By       string            `json:"by"`
	Currency string            `json:"currency"`
	Plan     *revenuePlanJSON  `json:"plan"`
	Plans    []revenuePlanJSON `json:"plans"`
	Rows     []revenueLineJSON `json:"rows"`
	Total    revenueLineJSON   `json:"total"`
	Left     []string          `json:"left_to_divide"`
	NoRate   int               `json:"left_out_no_rate"`
}

type revenuePlanJSON struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Status   string  `json:"status"`
	Revision int64   `json:"revision"`
	By       string  `json:"approved_by"`
	Approved *string `json:"approved_day"`
	Source   string  `json:"source"`
	Total    string  `json:"total"`
	Stretch  string  `json:"stretch"`
}

type revenueLineJSON struct {
	Key       string          `json:"key"`
	ID        *string         `json:"id"`
	Months    []string        `json:"months"`
	Total     string          `json:"total"`
	Won       string          `json:"won_12_months"`
	Potential *string         `json:"potential"`
	Heads     json.RawMessage `json:"heads"`
	Hires     json.RawMessage `json:"hires"`
	Capacity  *string         `json:"capacity"`
	Gap       *string         `json:"gap"`
	Quota     *string         `json:"quota"`
	Over      json.RawMessage `json:"over_assigned"`
}

func (s *RevenueSheet) decimal(minor int64) string {
	return data.Money{Minor: minor, Currency: s.Currency}.Decimal()
}

func (s *RevenueSheet) encodePlan(p *RevenuePlan) revenuePlanJSON {
	out := revenuePlanJSON{ID: p.ID.String(), Name: p.Name, Status: p.Status, Revision: p.Revision, By: p.ApprovedBy, Source: p.Source, Total: s.decimal(p.Total), Stretch: s.decimal(p.StretchGoal())}
	if p.Approved.Valid() {
		day := p.Approved.String()
		out.Approved = &day
	}
	return out
}

func (s *RevenueSheet) encodeLine(l *RevenueLine, key string) revenueLineJSON {
	money := func(minor int64, ok bool) *string {
		if !ok {
			return nil
		}
		text := s.decimal(minor)
		return &text
	}
	told := l.Capacity.Known && (s.By == RevenueRegion || l == &s.Whole)
	over, counts := l.OverAssigned()
	out := revenueLineJSON{
		Key: key, Total: s.decimal(l.Months.Year()), Won: s.decimal(l.Won), Potential: money(l.Potential, l.Potential > 0),
		Heads: metrics.SixDecimals(l.Capacity.Heads, told), Hires: metrics.SixDecimals(l.Capacity.Hires, told), Capacity: money(l.Capacity.Amount, told), Gap: money(l.Gap(), told),
		Quota: money(l.Quota, l.HasQuota), Over: metrics.SixDecimals(over, counts),
	}
	for _, x := range l.Months {
		out.Months = append(out.Months, s.decimal(x))
	}
	if !l.ID.IsZero() {
		id := l.ID.String()
		out.ID = &id
	}
	return out
}
