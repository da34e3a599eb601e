package pipeline

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
)

var (
	today    = data.NewDay(2026, time.March, 2)
	proposal = app.Stage{ID: data.NewID(), Name: "Proposal", Type: data.StageOpen, Place: 4, Of: 6, Probability: 55, Category: data.CategoryBestCase}
	lost     = app.Stage{ID: data.NewID(), Name: "Lost", Type: data.StageLost}
)

func testWords() words { return newWords(app.Book{Currency: "USD"}, today) }

func dealKind(t *testing.T) *data.Kind {
	t.Helper()
	k, err := data.KindByName(data.KindDeal)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// dealOf makes a deal as the app gives it.
func dealOf(t *testing.T, values data.Values, labels map[string]string) app.Deal {
	t.Helper()
	return app.Deal{Row: data.Row{Kind: dealKind(t), Key: 7, Values: values, Labels: labels}, Since: data.NoDay}
}

func TestCards(t *testing.T) {
	full := dealOf(t, data.Values{"close_day": today + 5, "next_step": "Quote call", "next_step_day": today - 1},
		map[string]string{"account": "Northwind", "product": "Pump", "owner": "Ana Batista"})
	full.Value, full.Valued, full.Since = 482150, true, today-19
	today2 := dealOf(t, data.Values{"next_step": "Send quote", "next_step_day": today, "close_day": data.NewDay(2017, time.March, 1)}, nil)
	stalled := dealOf(t, data.Values{"name": "Retrofit"}, nil)
	stalled.Since, stalled.Stalled = today-41, true
	w := testWords()
	for name, tt := range map[string]struct {
		deal app.Deal
		want kit.BoardCard
	}{
		"full": {full, kit.BoardCard{
			Key: "7", Title: "Northwind", Amount: "4,822", Product: "Pump", Day: "Mar 7", Icon: "phone", Step: "Quote call", StepDay: "Mar 1",
			State: kit.StepLate, Initials: "AB", Owner: "Ana", Age: "19 d in stage",
		}},
		"today": {today2, kit.BoardCard{
			Key: "7", Title: "No account", Unnamed: true, Day: "Mar 2017", Icon: "mail", Step: "Send quote", StepDay: "today",
			State: kit.StepToday, Owner: "Nobody",
		}},
		"stalled": {stalled, kit.BoardCard{
			Key: "7", Title: "No account", Unnamed: true, Product: "Retrofit", Day: "no close day", Step: "No next step",
			State: kit.StepMissing, Owner: "Nobody", Age: "stalled 41 d", Stalled: true,
		}},
	} {
		if got := w.cardOf(tt.deal, proposal); got != tt.want {
			t.Errorf("%s: got  %+v\nwant %+v", name, got, tt.want)
		}
	}
}

func TestCells(t *testing.T) {
	columns := columnsOf(dealKind(t))
	bare := dealOf(t, data.Values{}, nil)
	late := dealOf(t, data.Values{"close_day": today - 1, "next_step": "Visit the site", "next_step_day": today - 2, "source": "fair"}, nil)
	late.Value, late.Valued, late.Since, late.Stalled = 100000, true, today-30, true
	w := testWords()
	for _, tt := range []struct {
		key   string
		deal  app.Deal
		stage app.Stage
		want  kit.Cell
	}{
		{"account", bare, proposal, kit.Cell{Text: "No account", Color: kit.ColorWarn}},
		{"stage", bare, proposal, kit.Cell{Text: "Proposal", Dots: kit.Dots{N: 4, Of: 6}}},
		{"stage", bare, lost, kit.Cell{Text: "Lost", Icon: "x", Ink: kit.ColorBad}},
		{"value", bare, proposal, dash},
		{"weighted", late, proposal, kit.Cell{Text: "550", Color: kit.ColorFg2}},
		{"weighted", late, lost, kit.Cell{Text: "0", Color: kit.ColorFg2}},
		{"weighted", bare, proposal, dash},
		{"close", bare, proposal, kit.Cell{Text: "none", Color: kit.ColorWarn}},
		{"close", bare, lost, dash},
		{"close", late, proposal, kit.Cell{Text: "Mar 1", Color: kit.ColorBad, Copy: "2026-03-01"}},
		{"since", late, proposal, kit.Cell{Text: "30 d", Copy: "30", Color: kit.ColorWarn, Tag: kit.Pill{Text: "stalled", Color: kit.ColorWarn, Bg: kit.ColorWarnBg}}},
		{"since", late, lost, dash},
		{"step", bare, proposal, kit.Cell{Icon: "warn", Text: "No next step", Color: kit.ColorWarn}},
		{"step", late, proposal, kit.Cell{Icon: "pin", Text: "Visit the site"}},
		{"when", late, proposal, kit.Cell{Text: "Feb 28", Color: kit.ColorBad, Copy: "2026-02-28"}},
		{"category", bare, proposal, kit.Cell{Text: "Best case", Color: kit.ColorFg2}},
		{"source", late, proposal, kit.Cell{Text: "fair"}},
		{"competitor", late, proposal, dash},
	} {
		c, ok := columnOf(columns, tt.key)
		if !ok {
			t.Fatalf("no column %q", tt.key)
		}
		if got := w.cell(c, tt.deal, tt.stage); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %+v, want %+v", tt.key, got, tt.want)
		}
	}
}

func TestADealThatWentToAnotherIsHandedOver(t *testing.T) {
	ada, bob := data.NewID(), data.NewID()
	d := dealOf(t, data.Values{"owner": bob}, map[string]string{"owner": "Bob Lund"})
	c, _ := columnOf(columnsOf(dealKind(t)), "owner")
	for holder, want := range map[data.ID]string{data.NoID: "", bob: "", ada: "handed over"} {
		w := testWords()
		w.view.Holder = holder
		if got := w.cell(c, d, proposal); got.Tag.Text != want || got.Text != "Bob Lund" {
			t.Errorf("in the book of %v the owner is %+v, want the tag %q", holder, got, want)
		}
		tagged := slices.ContainsFunc(w.dealFacts(app.DealStory{Deal: d}), func(f fact) bool { return f.text == "handed over" })
		if tagged != (want != "") {
			t.Errorf("on the page of the deal in the book of %v: %t", holder, tagged)
		}
	}
}

func TestTotalsRow(t *testing.T) {
	columns := columnsOf(dealKind(t))
	row := testWords().totalsRow(columns, app.StageTotal{Count: 3, Unvalued: 1, Value: 300000, Weighted: 150000, NoStep: 2})
	want := map[string]kit.Cell{
		"account": {Text: "3 deals", Sub: "mean 1,500"}, "value": {Text: "3,000", Copy: "3,000"}, "weighted": {Text: "1,500", Copy: "1,500"},
		"since": {}, "step": {Text: "2 without step"},
	}
	for i, c := range columns {
		if cell, ok := want[c.key]; ok && !reflect.DeepEqual(row.Cells[i], cell) {
			t.Errorf("%s: %+v", c.key, row.Cells[i])
		}
	}
}

func TestStepTypes(t *testing.T) {
	for step, want := range map[string]string{
		"Quote call": "call", "Send quote": "email", "Chase signature": "email", "Meet finance": "meeting", "Visit the site": "visit",
		"Send contract": "email", "Sign contract": "note", "Wait": "task", "": "task", "Recall nothing": "task",
	} {
		if got := stepType(step); got != want {
			t.Errorf("%q is %q, want %q", step, got, want)
		}
	}
}

func TestFilterConditions(t *testing.T) {
	columns := columnsOf(dealKind(t))
	a := asked{columns: columns, today: today, digits: 2, stalled: []data.Key{7, 9}}
	owner := data.NewID()
	is := func(field string, test data.Test, values ...data.Value) data.Filter {
		return data.Filter{Field: field, Test: test, Values: values}
	}
	for name, tt := range map[string]struct {
		f    filter
		want []data.Filter
	}{
		"all":      {filter{}, nil},
		"open":     {filter{State: data.StageOpen}, []data.Filter{is("stage.type", data.Is, data.StageOpen)}},
		"overdue":  {filter{Fix: "past_close"}, []data.Filter{is("close_day", data.AtMost, today-1)}},
		"stalled":  {filter{Fix: fixStalled}, []data.Filter{is(app.KeyFilter(nil).Field, data.Is, int64(7), int64(9))}},
		"no step":  {filter{Fix: "no_step"}, []data.Filter{is(app.DealStep, data.Blank)}},
		"owner":    {filter{}.with("owner", columnFilter{Keys: []string{owner.String()}}), []data.Filter{is("owner", data.Is, owner)}},
		"account":  {filter{}.with("account", columnFilter{Text: "wind"}), []data.Filter{is("account.name", data.Contains, "wind")}},
		"blank":    {filter{}.with("product", columnFilter{Blank: true}), []data.Filter{is("product", data.Blank)}},
		"value":    {filter{}.with("value", columnFilter{From: "100", To: "250.50"}), []data.Filter{is(app.DealValue, data.AtLeast, int64(10000)), is(app.DealValue, data.AtMost, int64(25050))}},
		"when":     {filter{}.with("when", columnFilter{To: "2026-03-09"}), []data.Filter{is("next_step_day", data.AtMost, today+7)}},
		"category": {filter{}.with("category", columnFilter{Keys: []string{"commit"}}), []data.Filter{is(app.DealCategory, data.Is, "commit")}},
		"damaged":  {filter{}.with("close", columnFilter{From: "soon"}), nil},
	} {
		if got := a.where(tt.f); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

func TestFilterIsKept(t *testing.T) {
	f := filter{State: data.StageOpen, Search: "pump"}.with("close", columnFilter{From: "2026-01-01"}).with("owner", columnFilter{Keys: []string{"x"}})
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var back filter
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, f) {
		t.Errorf("%v: %+v", err, back)
	}
	if got := f.with("close", columnFilter{}).with("owner", columnFilter{}); len(got.Columns) != 0 || len(f.Columns) != 2 {
		t.Errorf("taken away: %+v, before %+v", got, f)
	}
	if got := f.filtered(columnsOf(dealKind(t))); !slices.Equal(got, []string{"owner", "close"}) {
		t.Errorf("filtered %v", got)
	}
}

func TestChipText(t *testing.T) {
	columns := columnsOf(dealKind(t))
	value, _ := columnOf(columns, "value")
	when, _ := columnOf(columns, "when")
	for want, f := range map[string]columnFilter{
		"none": {Blank: true}, "A, B": {Keys: []string{"1", "2"}, Names: []string{"A", "B"}}, "3 of them": {Keys: []string{"1", "2", "3"}},
		"“wind”": {Text: "wind"}, "Mar 1 to today": {From: "2026-03-01", To: "2026-03-02"}, "from Mar 1": {From: "2026-03-01"}, "until today": {To: "2026-03-02"},
	} {
		if got := testWords().chipText(when, f); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := testWords().chipText(value, columnFilter{From: "100"}); got != "from 100" {
		t.Errorf("got %q", got)
	}
}

func TestSavedViews(t *testing.T) {
	views := keepView(nil, savedView{Name: "B"})
	views = keepView(views, savedView{Name: "A"})
	views = keepView(views, savedView{Name: "B", Table: "{}"})
	if len(views) != 2 || views[0].Name != "A" || views[1].Table != "{}" {
		t.Errorf("%+v", views)
	}
	if views = dropView(views, "A"); len(views) != 1 || views[0].Name != "B" {
		t.Errorf("%+v", views)
	}
}

func TestSorts(t *testing.T) {
	got := sortsOf(columnsOf(dealKind(t)), []kit.SortKey{{Key: "since", Desc: true}, {Key: "value", Desc: true}, {Key: "gone"}})
	if want := []data.Sort{{Field: app.DealStageDay}, {Field: app.DealValue, Desc: true}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPath(t *testing.T) {
	first := app.Stage{ID: data.NewID(), Name: "First", Type: data.StageOpen, Probability: 10}
	last := app.Stage{ID: data.NewID(), Name: "Last", Type: data.StageOpen, Probability: 85}
	d := dealOf(t, data.Values{"stage": proposal.ID}, nil)
	story := app.DealStory{Deal: d, Stages: []app.Stage{first, proposal, last, lost}, Visits: []app.Visit{
		{Stage: first.ID, From: today - 20, To: today - 5}, {Stage: proposal.ID, From: today - 5, To: data.NoDay},
	}}
	want := []pathPart{
		{stage: first, past: true, detail: "Feb 10, 15 days"}, {stage: proposal, now: true, detail: "since Feb 25, day 6"}, {stage: last, detail: "85% on entry"},
	}
	if got := pathOf(story, testWords()); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	story.Deal = dealOf(t, data.Values{"stage": lost.ID, "close_day": today}, nil)
	if got := pathOf(story, testWords()); len(got) != 4 || !got[3].now || got[3].detail != "today" {
		t.Errorf("lost: %+v", got)
	}
}
