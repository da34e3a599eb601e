package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// ReportChart is a card or chart in a report of charts, with what is said to it.
type ReportChart struct {
	PaneAsk
	Note string
}

// paneJSON is how an ask is written, on dashboards and in reports.
type paneJSON struct {
	Pane    string     `json:"pane"`
	By      metrics.By `json:"by,omitempty"`
	Against string     `json:"against,omitempty"`
	Days    int        `json:"days,omitempty"`
}

func (a PaneAsk) written() paneJSON { return paneJSON{a.Name, a.By, a.Against, a.Days} }
func (p paneJSON) ask() PaneAsk {
	return PaneAsk{Name: p.Pane, By: p.By, Against: p.Against, Days: p.Days}
}

// chartJSON is how a chart of a report is written.
type chartJSON struct {
	paneJSON
	Note string `json:"note,omitempty"`
}

// MarshalJSON implements json.Marshaler.
func (c ReportChart) MarshalJSON() ([]byte, error) {
	return json.Marshal(chartJSON{c.written(), c.Note})
}

// UnmarshalJSON implements json.Unmarshaler.
func (c *ReportChart) UnmarshalJSON(raw []byte) error {
	var w chartJSON
	err := json.Unmarshal(raw, &w)
	*c = ReportChart{w.ask(), w.Note}
	return err
}

// ParseReportChart reads "attainment", "attainment:region" or
// "attainment:region:year": a card or chart, by what it is grouped and what it is
// compared with. The error is Invalid where there is none such.
func ParseReportChart(text string) (ReportChart, error) {
	parts := append(strings.Split(strings.TrimSpace(text), ":"), "", "")
	kind, ok := PaneNamed(parts[0])
	if !ok || len(parts) > 5 {
		var names []string
		for _, k := range PaneKinds() {
			names = append(names, k.Name)
		}
		return ReportChart{}, data.FieldErrorf("chart", "%q is no card or chart; there are %s", text, strings.Join(names, ", "))
	}
	ask := PaneAsk{Name: kind.Name, By: metrics.By(parts[1]), Against: parts[2]}
	if ask.By != "" && !slices.Contains(kind.By, ask.By) {
		return ReportChart{}, data.FieldErrorf("chart", "%s cannot be grouped by %q", kind.Name, parts[1])
	}
	if ask.Against != "" && !slices.Contains(kind.Against, ask.Against) {
		return ReportChart{}, data.FieldErrorf("chart", "%s cannot be compared with %q", kind.Name, parts[2])
	}
	return ReportChart{PaneAsk: ask}, nil
}

// chartsDoc is the report "charts".
func (r *Reports) chartsDoc(ctx context.Context, cover report.Cover, q ReportQuery) (report.Doc, error) {
	if len(q.Charts) == 0 {
		return report.Doc{}, data.FieldErrorf("chart", "there is no chart in this report yet; choose Add to a report in the menu of one, or name some with --chart")
	}
	asks := make([]PaneAsk, len(q.Charts))
	for i, c := range q.Charts {
		asks[i] = c.PaneAsk
	}
	panes, err := r.app.Performance.Panes(ctx, PaneQuery{
		FigureQuery: FigureQuery{Period: q.Period, AsOf: q.AsOf, Scope: q.Scope}, Numbers: cover.Numbers, Panes: asks, Filter: q.segment, Ahead: true,
	})
	if err != nil {
		return report.Doc{}, err
	}
	out := report.ChartsReport{Cover: cover, Title: q.Title}
	for i, p := range panes {
		kind, known := PaneNamed(p.Name)
		out.Parts = append(out.Parts, report.ChartPart{
			Name: p.Name, Card: p.Card, Spec: p.Spec, Note: q.Charts[i].Note, All: known && len(q.Filters) > 0 && !kind.Filters(),
		})
	}
	return out.Doc(), nil
}

// AddChart puts a chart at the end of a saved report of charts; of a new one under
// the name where id is none. It gives the report's id.
func (r *Reports) AddChart(ctx context.Context, id data.ID, name string, charts ...ReportChart) (data.ID, error) {
	s := SavedReport{Name: strings.TrimSpace(name), Report: ReportCharts}
	if id.IsZero() && s.Name == "" {
		return id, data.FieldErrorf("name", "Say what the new report is to be called")
	}
	if !id.IsZero() {
		var err error
		if s, err = r.FindSaved(ctx, id.String()); err != nil {
			return id, err
		}
	}
	s.Options.Charts = append(s.Options.Charts, charts...)
	return r.Save(ctx, s)
}
