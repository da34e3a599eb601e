package report

import "fieldbook/assets/lang"

// QuotaSignoff is what the report "quota-signoff" is made from: everybody's quota
// of a period with a line to sign on.
type QuotaSignoff struct {
	Cover
	Lines []SignoffLine
}

// SignoffLine is one person's. Set is the quota as it was set, Effective what is
// left of it after ramp, leave and days in role; Signed is words on what was
// signed before, "" for nothing.
type SignoffLine struct {
	Name           string
	Set, Effective int64
	Why            string // what makes less of it
	Signed         string
}

// Doc lays the sheet out.
func (q QuotaSignoff) Doc() Doc {
	d := q.doc(lang.T("Quotas to sign, %s", q.Period.Name), len(q.Lines))
	d.Note = lang.T("Fieldbook sign-off sheet, confidential")
	if len(q.Lines) == 0 {
		d.say(lang.T("Nobody has a quota in this period."))
		return d
	}
	n := q.Numbers
	t := Table{Columns: []Column{
		{Title: lang.T("Person"), Share: 1},
		{Title: lang.T("Quota as set"), Right: true},
		{Title: lang.T("Effective quota"), Right: true, Bold: true},
		{Title: lang.T("Why less"), Share: 1},
		{Title: lang.T("Signed")},
		{Title: lang.T("Day and signature"), Share: 2},
	}}
	var set, effective int64
	for _, l := range q.Lines {
		set, effective = set+l.Set, effective+l.Effective
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: l.Name}, {Text: n.Whole(l.Set)}, {Text: n.Whole(l.Effective)}, {Text: l.Why}, {Text: l.Signed}, {Text: "________________________"}}})
	}
	t.Totals = []Row{{Cells: []Cell{{Text: q.total()}, {Text: n.Whole(set)}, {Text: n.Whole(effective)}}}}
	d.Sections = []Section{{Caption: lang.T("%s, who signs agrees to the effective quota", string(n.Currency)), Blocks: []Block{t}}}
	d.Definitions = []Fact{{Name: lang.T("Effective quota"), Text: lang.T("quota of each month × ramp × days in role ÷ days in month, less what leave takes off")}}
	return d
}
