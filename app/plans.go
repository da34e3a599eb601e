package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/app/planning"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Plans is what can be done with territory plans: drafts beside what is in
// force, of which one after the other takes force.
type Plans struct{ app *App }

// PlanInfo is one plan without what stands in it.
type PlanInfo struct {
	ID        data.ID // NoID is what is in force, as a plan
	Name      string
	Status    string // data.PlanDraft, data.PlanActive or data.PlanArchived
	Start     data.Day
	Level     string // the size of the areas that it is drawn with; "" goes by accounts alone
	Frame     string // what of the world it is about: "world" or the code of a country
	Mix       planning.Mix
	Tolerance float64 // points that a balance index may be from 100
	Source    data.ID
	Note      string
}

// before stands in the name of a snapshot, between its plan's name and the moment.
const before = ", before "

// Snapshot reports whether the plan is a draft as it was before a large step.
func (p PlanInfo) Snapshot() bool {
	return p.Status == data.PlanArchived && !p.Source.IsZero() && strings.Contains(p.Name, before)
}

// defaultTolerance is how far from an even share a territory may be, in points,
// unless a plan says otherwise.
const defaultTolerance = 10

func planInfo(r data.Row) PlanInfo {
	p := PlanInfo{
		ID: r.ID, Name: r.Title(), Status: r.Text("status"), Start: r.Day("start_day"), Level: r.Text("level"), Frame: r.Text("frame"),
		Mix: ParseMix(r.Text("measures")), Tolerance: r.Float("tolerance"), Source: r.Ref("source"), Note: r.Text("note"),
	}
	if p.Tolerance <= 0 {
		p.Tolerance = defaultTolerance
	}
	return p
}

func (p PlanInfo) values() data.Values {
	return data.Values{
		"name": p.Name, "status": p.Status, "start_day": dayOrNil(p.Start), "level": textOrNil(p.Level), "frame": textOrNil(p.Frame),
		"measures": textOrNil(MixText(p.Mix)), "tolerance": p.Tolerance, "source": refOrNil(p.Source), "note": textOrNil(p.Note),
	}
}

func textOrNil(s string) data.Value {
	if s == "" {
		return nil
	}
	return s
}

// ParseMix reads what territories are balanced by, as "potential" or
// "potential 60, hours 40". What is no measure is left out; with none left it is
// the number of accounts.
func ParseMix(text string) planning.Mix {
	out := planning.Mix{}
	for part := range strings.SplitSeq(text, ",") {
		words := strings.Fields(part)
		if len(words) == 0 || !slices.Contains(planning.Measures, planning.Measure(words[0])) {
			continue
		}
		weight := 100.0
		if len(words) > 1 {
			if _, err := fmt.Sscanf(words[1], "%g", &weight); err != nil || weight <= 0 {
				continue
			}
		}
		out[planning.Measure(words[0])] = weight
	}
	if len(out) == 0 {
		out[planning.Accounts] = 100
	}
	return out
}

// MixText writes a mix as ParseMix reads it.
func MixText(mix planning.Mix) string {
	var out []string
	for _, m := range planning.Measures {
		if w := mix[m]; w > 0 {
			out = append(out, fmt.Sprintf("%s %g", m, w))
		}
	}
	return strings.Join(out, ", ")
}

// PlanPart gives one area or one account to a territory of a plan; to nobody
// where Territory is NoID.
type PlanPart struct {
	Plan      data.ID
	Unit      string  // code of an area, or
	Account   data.ID // an account
	Territory data.ID // of the plan
	Locked    bool
}

// ID is the same wherever the same area or account is given to somebody, so
// that two people who do so meet in one record.
func (p PlanPart) ID() data.ID {
	key := p.Unit
	if !p.Account.IsZero() {
		key = p.Account.String()
	}
	return data.ImportedID(data.KindPlanPart, p.Plan.String(), key)
}

func (p PlanPart) values() data.Values {
	return data.Values{
		"plan": p.Plan, "unit": textOrNil(p.Unit), "account": refOrNil(p.Account), "plan_territory": refOrNil(p.Territory), "locked": trueOrNil(p.Locked),
	}
}

func trueOrNil(yes bool) data.Value {
	if !yes {
		return nil
	}
	return true
}

// List gives all plans: the active one first, then drafts and archived ones,
// each by name.
func (p *Plans) List(ctx context.Context) ([]PlanInfo, error) {
	var out []PlanInfo
	err := p.app.store.Each(ctx, data.Query{Kind: data.KindPlan, Sort: []data.Sort{{Field: "name"}}}, func(r data.Row) error {
		out = append(out, planInfo(r))
		return nil
	})
	order := []string{data.PlanActive, data.PlanDraft, data.PlanArchived}
	slices.SortStableFunc(out, func(a, b PlanInfo) int { return slices.Index(order, a.Status) - slices.Index(order, b.Status) })
	return out, err
}

// Get reads one plan.
func (p *Plans) Get(ctx context.Context, id data.ID) (PlanInfo, error) {
	row, err := p.app.store.Get(ctx, data.KindPlan, id)
	if err != nil {
		return PlanInfo{}, err
	}
	return planInfo(row), nil
}

// draft reads a plan that may be changed. It is Refused for one that is in
// force or put away: those tell what was decided.
func (p *Plans) draft(ctx context.Context, id data.ID) (PlanInfo, error) {
	info, err := p.Get(ctx, id)
	if err == nil && info.Status != data.PlanDraft {
		err = data.Errorf(data.Refused, "%s is %s, so that it shows what was decided; nothing was changed. Copy it and change the copy", info.Name, info.Status)
	}
	return info, err
}

// Edit changes what a plan says of itself: name, note, map, measures, tolerance.
func (p *Plans) Edit(ctx context.Context, info PlanInfo) error {
	old, err := p.Get(ctx, info.ID)
	if err != nil {
		return err
	}
	if strings.TrimSpace(info.Name) == "" {
		return data.FieldErrorf("name", "The plan needs a name")
	}
	values := info.values()
	for _, kept := range []string{"status", "start_day", "source"} {
		delete(values, kept)
	}
	return p.app.write(ctx, store.Act{What: "Change the plan " + old.Name}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindPlan, info.ID, values)
		return err
	})
}

// Archive puts drafts away.
func (p *Plans) Archive(ctx context.Context, id data.ID) error {
	return p.setStatus(ctx, id, data.PlanArchived, "Archive the plan ")
}

// Reopen makes an archived plan a draft again.
func (p *Plans) Reopen(ctx context.Context, id data.ID) error {
	return p.setStatus(ctx, id, data.PlanDraft, "Reopen the plan ")
}

func (p *Plans) setStatus(ctx context.Context, id data.ID, status, words string) error {
	info, err := p.Get(ctx, id)
	if err != nil {
		return err
	}
	if info.Status == data.PlanActive {
		return data.Errorf(data.Refused, "%s is in force; nothing was changed. Publish another plan to replace it", info.Name)
	}
	return p.app.write(ctx, store.Act{What: words + info.Name}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindPlan, id, data.Values{"status": status})
		return err
	})
}

// Remove takes a plan with all that stands in it out of the book.
func (p *Plans) Remove(ctx context.Context, id data.ID) error {
	info, err := p.Get(ctx, id)
	if err != nil {
		return err
	}
	if info.Status == data.PlanActive {
		return data.Errorf(data.Refused, "%s is in force; nothing was changed. Publish another plan to replace it", info.Name)
	}
	content, err := p.content(ctx, id)
	if err != nil {
		return err
	}
	return p.app.write(ctx, store.Act{What: "Remove the plan " + info.Name}, func(tx *store.Tx) error {
		for _, part := range content.parts {
			if err := tx.Delete(data.KindPlanPart, part.ID); err != nil {
				return err
			}
		}
		for _, t := range content.territories {
			if err := tx.Delete(data.KindPlanTerritory, t.ID); err != nil {
				return err
			}
		}
		return tx.Delete(data.KindPlan, id)
	})
}

// planContent is what stands in a plan, row by row.
type planContent struct {
	territories []data.Row // in the order of their rules, then by name
	parts       []data.Row // by id
}

func (p *Plans) content(ctx context.Context, id data.ID) (*planContent, error) {
	where := []data.Filter{{Field: "plan", Test: data.Is, Values: []data.Value{id}}}
	territories, err := p.app.store.List(ctx, data.Query{Kind: data.KindPlanTerritory, Where: where, Sort: []data.Sort{{Field: "name"}, {Field: "id"}}})
	if err != nil {
		return nil, err
	}
	parts, err := p.app.store.List(ctx, data.Query{Kind: data.KindPlanPart, Where: where, Sort: []data.Sort{{Field: "id"}}})
	return &planContent{territories, parts}, err
}

// Copy makes a draft that holds what another plan holds. With an empty name it
// is named after that one.
func (p *Plans) Copy(ctx context.Context, id data.ID, name string) (data.ID, error) {
	info, err := p.Get(ctx, id)
	if err != nil {
		return data.NoID, err
	}
	content, err := p.content(ctx, id)
	if err != nil {
		return data.NoID, err
	}
	if name = strings.TrimSpace(name); name == "" {
		name = "Copy of " + info.Name
	}
	var out data.ID
	err = p.app.write(ctx, store.Act{What: fmt.Sprintf("Copy the plan %s to %s", info.Name, name)}, func(tx *store.Tx) error {
		copied := info
		copied.Name, copied.Status, copied.Start, copied.Source = name, data.PlanDraft, data.NoDay, id
		out, err = content.copyTo(tx, copied)
		return err
	})
	return out, err
}

// copyTo writes the content of a plan into a new one.
func (c *planContent) copyTo(tx *store.Tx, info PlanInfo) (data.ID, error) {
	info.ID = data.NewID()
	if _, err := tx.Put(data.KindPlan, info.ID, info.values()); err != nil {
		return data.NoID, err
	}
	into := map[data.ID]data.ID{}
	for _, r := range c.territories {
		into[r.ID] = data.NewID()
		values := data.Values{"plan": info.ID}
		for _, f := range r.Kind.Fields {
			if f.Name != "plan" && r.Values[f.Name] != nil {
				values[f.Name] = r.Values[f.Name]
			}
		}
		if _, err := tx.Put(data.KindPlanTerritory, into[r.ID], values); err != nil {
			return data.NoID, err
		}
	}
	for _, r := range c.parts {
		part := PlanPart{Plan: info.ID, Unit: r.Text("unit"), Account: r.Ref("account"), Territory: into[r.Ref("plan_territory")], Locked: r.Bool("locked")}
		if _, err := tx.Put(data.KindPlanPart, part.ID(), part.values()); err != nil {
			return data.NoID, err
		}
	}
	return info.ID, nil
}
