package app_test

import (
	"context"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// TestRampsReachAsFarAsQuotasFeelThem: the month in which a ramp begins is its
// first, whatever the day, so that two months from the end of April end with May.
func TestRampsReachAsFarAsQuotasFeelThem(t *testing.T) {
	ctx := context.Background()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	add := adder(t, a)
	ann := add(data.KindPerson, data.Values{"name": "Ann", "role": data.RoleRep})
	profile := add(data.KindRampProfile, data.Values{"name": "Slow", "shares": "0; 50"})
	add(data.KindRamp, data.Values{"person": ann, "profile": profile, "start_day": data.NewDay(2026, 4, 30)})
	for month := 3; month <= 7; month++ {
		add(data.KindQuota, data.Values{"person": ann, "month": data.NewDay(2026, time.Month(month), 1), "amount": int64(300_00), "currency": "USD"})
	}
	for month := 3; month <= 7; month++ {
		got, err := a.Quotas.Terms(ctx, a.Book().Calendar.MonthOf(data.NewDay(2026, time.Month(month), 1)), a.Today(), data.Scope{})
		if err != nil || len(got.People) != 1 {
			t.Fatal(err, got)
		}
		p := got.People[0]
		if ramped, less := len(p.Ramps) == 1, p.Effective < p.Set; ramped != less || ramped != (month == 4 || month == 5) {
			t.Errorf("month %d: on a ramp is %v, %d of %d", month, ramped, p.Effective, p.Set)
		}
	}
}

// TestQuotaTerms: somebody new who is away for a while, with a target by count,
// signs; afterwards the quota is raised.
func TestQuotaTerms(t *testing.T) {
	ctx := context.Background()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	add := adder(t, a)
	ann := add(data.KindPerson, data.Values{"name": "Ann", "role": data.RoleRep})
	for month := range 3 {
		add(data.KindQuota, data.Values{"person": ann, "month": data.NewDay(2026, time.Month(4+month), 1), "amount": int64(300_00), "currency": "USD"})
	}
	profile := add(data.KindRampProfile, data.Values{"name": "Slow", "shares": "0; 50"})
	add(data.KindRamp, data.Values{"person": ann, "profile": profile, "start_day": data.NewDay(2026, 4, 1)})
	add(data.KindAbsence, data.Values{"person": ann, "start_day": data.NewDay(2026, 6, 16), "end_day": data.NewDay(2026, 6, 30), "relief": 100.0})
	add(data.KindTarget, data.Values{"person": ann, "measure": "calls", "month": data.NewDay(2026, 5, 1), "target": 4.0})
	add(data.KindActivity, data.Values{"type": "call", "person": ann, "day": data.NewDay(2026, 5, 4), "done": true})
	in := a.Book().Calendar.Quarter(2026, 2)
	terms := func() app.QuotaTerm {
		t.Helper()
		got, err := a.Quotas.Terms(ctx, in, a.Today(), data.Scope{})
		if err != nil || len(got.People) != 1 {
			t.Fatal(err, got)
		}
		return got.People[0]
	}
	got := terms()
	if got.Set != 900_00 || got.Effective != 300_00 || len(got.Ramps) != 1 || len(got.Absences) != 1 || got.Signed != nil {
		t.Errorf("set %d, effective %d: 0, 150.00 and half of June: %+v", got.Set, got.Effective, got)
	}
	if len(got.Targets) != 1 || got.Targets[0].Done.Num != 1 || got.Targets[0].Target != 4 {
		t.Errorf("targets %+v", got.Targets)
	}
	if err := a.Quotas.Sign(ctx, in); data.KindOf(err) != data.Refused {
		t.Errorf("nobody signed: %v", err)
	}
	if err := a.SetMe(ctx, ann); err != nil {
		t.Fatal(err)
	}
	if err := a.Quotas.Sign(ctx, in); err != nil {
		t.Fatal(err)
	}
	if got = terms(); got.Signed == nil || got.SignedFor != 300_00 || got.Differs {
		t.Errorf("signed %+v", got)
	}
	if err := a.Quotas.Set(ctx, []app.QuotaCell{{Person: ann, Month: data.NewDay(2026, 5, 1), Amount: 400_00}}); err != nil {
		t.Fatal(err)
	}
	doc, err := a.Reports.Doc(ctx, app.ReportQuery{Name: app.ReportQuotaSignoff, Period: in, AsOf: a.Today()})
	if err != nil || len(doc.Sections) != 1 {
		t.Fatal(err, doc)
	}
	if got = terms(); !got.Differs || got.SignedFor != 300_00 || got.Effective != 350_00 {
		t.Errorf("a changed quota tells what was signed: %+v", got)
	}
}
