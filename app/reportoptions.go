package app

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"strings"

	"fieldbook/app/logo"
	"fieldbook/app/pdf"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// ReportFilter keeps the deals of one product, account, stage, pipeline, owner,
// family, sector or country; several of one field keep the deals of any.
type ReportFilter struct {
	Field string `json:"field"`
	Value string `json:"value"` // an id or a name
}

// ReportFilterFields lists what reports can be filtered by.
func ReportFilterFields() []string {
	return []string{"product", "family", "account", "sector", "country", "stage", "pipeline", "owner"}
}

// filterKinds are the kinds that fields of filters point to.
var filterKinds = map[string]string{
	"product": data.KindProduct, "account": data.KindAccount, "stage": data.KindStage, "pipeline": data.KindPipeline, "owner": data.KindPerson,
}

// ReportOptions are how a report is wanted, as saved settings keep them. What
// is empty is what stands to reason on the day: the report's own period, today,
// everyone, A4 upright in colour.
type ReportOptions struct {
	Period    string         `json:"period,omitempty"` // a period's name or "all"
	AsOf      string         `json:"as_of,omitempty"`
	Person    string         `json:"person,omitempty"`    // the id of whose team counts
	Territory string         `json:"territory,omitempty"` // or of a territory
	Filters   []ReportFilter `json:"filters,omitempty"`
	Letter    bool           `json:"letter,omitempty"`
	Landscape bool           `json:"landscape,omitempty"`
	Mono      bool           `json:"black_and_white,omitempty"`
	Logo      []byte         `json:"logo,omitempty"` // as logo.Pack gives it
	Notes     string         `json:"notes,omitempty"`
	Charts    []ReportChart  `json:"charts,omitempty"` // of the report of charts, in their order

	rest map[string]json.RawMessage // what a newer version keeps beside them
}

// Pack writes options as a saved setting keeps them.
func (o ReportOptions) Pack() (string, error) {
	raw, err := json.Marshal(o)
	if err == nil && len(o.rest) > 0 {
		all := maps.Clone(o.rest)
		if err = json.Unmarshal(raw, &all); err == nil {
			raw, err = json.Marshal(all)
		}
	}
	if err != nil {
		return "", data.Wrap(data.Internal, err, "The settings could not be kept.")
	}
	return string(raw), nil
}

// UnpackReportOptions reads the options of a saved setting; an empty one has
// none. What a newer version added is kept and packed again.
func UnpackReportOptions(text string) (ReportOptions, error) {
	var o ReportOptions
	if strings.TrimSpace(text) == "" {
		return o, nil
	}
	err := json.Unmarshal([]byte(text), &o)
	if err == nil {
		err = json.Unmarshal([]byte(text), &o.rest)
	}
	if err != nil {
		return ReportOptions{}, data.Wrap(data.Invalid, err, "The options of the saved report cannot be read. Choose them again and save it anew.")
	}
	known := reflect.TypeFor[ReportOptions]()
	for i := range known.NumField() {
		name, _, _ := strings.Cut(known.Field(i).Tag.Get("json"), ",")
		delete(o.rest, name)
	}
	if len(o.rest) == 0 {
		o.rest = nil
	}
	return o, nil
}

// Query makes the query of a report from its options. The error is Invalid for
// a period, day or logo that is none.
func (r *Reports) Query(name string, o ReportOptions) (ReportQuery, error) {
	q := ReportQuery{Name: name, AsOf: r.app.Today(), Filters: o.Filters, Charts: o.Charts, Notes: o.Notes, Page: pdf.Page{Landscape: o.Landscape, Mono: o.Mono}}
	if o.Letter {
		q.Page.Size = pdf.Letter
	}
	var err error
	if o.AsOf != "" {
		if q.AsOf, err = data.ParseDay(o.AsOf); err != nil {
			return q, err
		}
	}
	q.Period = r.DefaultPeriod(name, q.AsOf)
	switch {
	case strings.EqualFold(o.Period, "all"):
		q.Period = data.AllTime
	case o.Period != "":
		if q.Period, err = r.app.Book().Calendar.Parse(o.Period); err != nil {
			return q, err
		}
	}
	if o.Person != "" {
		if q.Scope.Person, err = data.ParseID(o.Person); err != nil {
			return q, err
		}
		q.Scope.Team = true
	}
	if o.Territory != "" {
		if q.Scope.Territory, err = data.ParseID(o.Territory); err != nil {
			return q, err
		}
	}
	if len(o.Logo) > 0 {
		q.Logo, err = logo.Read(o.Logo)
	}
	return q, err
}

// segmentOf is what filters mean. The error is Invalid for an unknown field,
// NotFound for what the book does not hold.
func (a *App) segmentOf(ctx context.Context, filters []ReportFilter) (Segment, error) {
	var s Segment
	for _, f := range filters {
		switch f.Field {
		case "family":
			s.Families = append(s.Families, f.Value)
			continue
		case "sector":
			s.Industries = append(s.Industries, f.Value)
			continue
		case "country":
			s.Countries = append(s.Countries, f.Value)
			continue
		}
		kind, ok := filterKinds[f.Field]
		if !ok {
			return s, data.FieldErrorf("where", "reports cannot be filtered by %q; choose one of %s", f.Field, strings.Join(ReportFilterFields(), ", "))
		}
		row, err := a.Records.Find(ctx, kind, f.Value)
		if err != nil {
			return s, err
		}
		into := map[string]*[]data.ID{"product": &s.Products, "account": &s.Accounts, "stage": &s.Stages, "pipeline": &s.Pipelines, "owner": &s.People}[f.Field]
		*into = append(*into, row.ID)
	}
	return s, nil
}

// FilterWords says what filters keep: "product GTX Pro; sector retail, medical".
// The error is Invalid for an unknown field, NotFound for what the book does not
// hold.
func (r *Reports) FilterWords(ctx context.Context, filters []ReportFilter) (string, error) {
	if _, err := r.app.segmentOf(ctx, filters); err != nil {
		return "", err
	}
	return r.app.filterWords(ctx, filters)
}

// filterWords says what filters keep: "product GTX Pro; sector retail, medical".
func (a *App) filterWords(ctx context.Context, filters []ReportFilter) (string, error) {
	var parts []string
	for _, field := range ReportFilterFields() {
		var values []string
		for _, f := range filters {
			if f.Field != field {
				continue
			}
			value := f.Value
			if kind, ok := filterKinds[field]; ok {
				row, err := a.Records.Find(ctx, kind, f.Value)
				if err != nil {
					return "", err
				}
				value = row.Title()
			}
			values = append(values, value)
		}
		if len(values) > 0 {
			parts = append(parts, FilterWord(field)+" "+strings.Join(values, ", "))
		}
	}
	return strings.Join(parts, "; "), nil
}

// FilterWord is how people call a field that reports are filtered by.
func FilterWord(field string) string {
	switch field {
	case "product":
		return lang.T("product")
	case "family":
		return lang.T("product family")
	case "account":
		return lang.T("account")
	case "sector":
		return lang.T("sector")
	case "country":
		return lang.T("country")
	case "stage":
		return lang.T("stage")
	case "pipeline":
		return lang.T("pipeline")
	}
	return lang.T("owner")
}
