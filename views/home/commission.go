package home

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// paid are the lines about the commission of a person.
func (s *sheet) paid(p plan) []fact {
	if len(s.Paid.Rates) == 0 {
		return nil
	}
	now := planning.Suppose(s.standing(), nil, nil)
	out := []fact{
		{name: lang.T("Commission on won"), note: s.nextSale(p.won), figure: s.pay(now.Pay, now.HasPay)},
		{name: lang.T("If the ticked deals close"), note: s.nextSale(p.Value), figure: s.pay(p.Pay, p.HasPay)},
	}
	if p.HasQuota {
		at, ok := s.Paid.Rates.Estimate(p.quota, p.quota)
		out = append(out, fact{name: lang.T("At quota"), note: s.nextSale(p.quota), figure: s.pay(at, ok)})
	}
	return out
}

// nextSale is what the next sale would earn.
func (s *sheet) nextSale(value int64) string {
	quota := int64(0)
	if t := &s.Team.Total; t.Quota.Set {
		quota = t.Quota.Minor
	}
	percent, ok := s.Paid.Rates.At(value, quota)
	if !ok {
		return lang.T("no quota to go by")
	}
	return lang.T("%s from there", strconv.FormatFloat(percent, 'f', -1, 64)+"%")
}

func (s *sheet) pay(amount int64, ok bool) string {
	if !ok {
		return lang.T("n/a")
	}
	return s.num.Exact(amount)
}

// commissionPart is the estimate below the quarters.
type commissionPart struct {
	screen *Screen
	box    *fyne.Container
}

func newCommissionPart(s *Screen) *commissionPart {
	c := &commissionPart{screen: s, box: container.NewVBox()}
	c.box.Layout = stacked{}
	return c
}

func (c *commissionPart) show(s *sheet, p plan) {
	caption := lang.T("by %s, each part at the rate of its band", s.Paid.Plan)
	switch {
	case s.Paid.Problem != "":
		caption = s.Paid.Problem
	case s.Paid.Plan == "":
		caption = lang.T("no commission plan is in force")
	}
	head := kit.Pad(kit.Insets{Right: kit.PadPanel, Left: kit.PadPanel}, kit.HeadRow(lang.T("Commission estimate"), caption))
	c.box.Objects = []fyne.CanvasObject{kit.HLine(kit.ColorLine), head}
	for _, f := range s.paid(p) {
		c.box.Objects = append(c.box.Objects, factLine(f))
	}
	c.box.Refresh()
}

// writable reports whether something can be kept: not in the past.
func (s *Screen) writable() bool { return !s.host.App.Book().ReadOnly && !s.view.Past() }

// planCommission shows the form of a new commission plan.
func (s *Screen) planCommission() {
	kind, err := data.KindByName(data.KindCommissionPlan)
	if err != nil {
		return // a name of our own
	}
	s.host.ShowRecordForm(kit.RecordForm{
		Title: lang.T("New commission plan"), Kind: kind, Fields: []string{"name", "role", "rates", "start_day", "note"},
		Preset: &data.Row{Kind: kind, Values: data.Values{"role": data.RoleRep, "rates": "0: 3; 80: 5; 100: 8; 120: 10", "start_day": s.view.Today}},
		Keep: func(ctx context.Context, values data.Values, _ kit.Values) error {
			_, err := s.host.App.Records.Add(ctx, kind.Name, values)
			return err
		},
	})
}
