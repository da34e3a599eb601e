package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// Start says how somebody begins: as a candidate who is hired, or a person who
// is here already.
type Start struct {
	Day      data.Day
	Manager  data.ID
	Mentor   data.ID
	Template data.ID // of onboarding; NoID is none
	Profile  data.ID // of the ramp; NoID is none
	Why      string  // the decision
}

// Hire makes a candidate a person with the opening's role, manager and
// territory, fills the opening and starts onboarding and ramp, as one step.
func (h *Hiring) Hire(ctx context.Context, candidate data.ID, s Start) (data.ID, error) {
	page, err := h.Candidate(ctx, candidate)
	if err != nil {
		return data.NoID, err
	}
	switch {
	case !s.Day.Valid():
		return data.NoID, data.FieldErrorf("day", "Say from which day")
	case page.Row.Text("stage") == data.CandidateHired:
		return data.NoID, data.Errorf(data.Refused, "%s was hired already; nothing was changed", page.Row.Title())
	}
	manager := s.Manager
	if manager.IsZero() {
		manager = page.Opening.Ref("manager")
	}
	id := data.NewID()
	person := data.Values{
		"name": page.Row.Text("name"), "email": textOrNil(page.Row.Text("email")), "phone": textOrNil(page.Row.Text("phone")),
		"role": cmp.Or(page.Opening.Text("role"), data.RoleRep), "manager": refOrNil(manager), "hire_day": s.Day, "status": data.StatusActive,
	}
	s.Manager = manager
	begin, err := h.starting(ctx, id, page.Row.Title(), s)
	if err != nil {
		return data.NoID, err
	}
	decision := data.Values{"stage": data.CandidateHired, "decision_day": h.app.Today()}
	if s.Why != "" {
		decision["decision"] = s.Why
	}
	return id, h.app.write(ctx, store.Act{What: "Hire " + page.Row.Title()}, func(tx *store.Tx) error {
		if err := h.app.put(tx, data.KindPerson, id, person); err != nil {
			return err
		}
		if err := h.app.put(tx, data.KindCandidate, candidate, decision); err != nil {
			return err
		}
		if !page.Opening.ID.IsZero() {
			if err := h.app.put(tx, data.KindOpening, page.Opening.ID, data.Values{"status": data.OpeningFilled, "hired": id}); err != nil {
				return err
			}
			if t := page.Opening.Ref("territory"); !t.IsZero() {
				if err := h.app.putPost(tx, data.NewID(), Post{Person: id, Territory: t, Role: data.AssignOwner, From: s.Day, To: data.NoDay}); err != nil {
					return err
				}
			}
		}
		return begin(tx)
	})
}

// Begin starts onboarding and ramp of a person who is here already.
func (h *Hiring) Begin(ctx context.Context, person data.ID, s Start) error {
	row, err := h.app.store.Get(ctx, data.KindPerson, person)
	if err != nil {
		return err
	}
	if !s.Day.Valid() {
		return data.FieldErrorf("day", "Say from which day")
	}
	if s.Template.IsZero() && s.Profile.IsZero() {
		return data.FieldErrorf("template", "Choose a template, a ramp or both")
	}
	if s.Manager.IsZero() {
		s.Manager = row.Ref("manager")
	}
	begin, err := h.starting(ctx, person, row.Title(), s)
	if err != nil {
		return err
	}
	return h.app.write(ctx, store.Act{What: "Begin the onboarding of " + row.Title()}, begin)
}

// starting prepares the writes of an onboarding with the template's tasks, each
// with its day and who does it, of a mentoring pair and of a ramp.
func (h *Hiring) starting(ctx context.Context, person data.ID, name string, s Start) (func(*store.Tx) error, error) {
	var steps []data.Row
	if !s.Template.IsZero() {
		var err error
		steps, err = h.app.store.List(ctx, data.Query{
			Kind: data.KindOnboardingStep, Where: []data.Filter{{Field: "template", Test: data.Is, Values: []data.Value{s.Template}}}, Sort: []data.Sort{{Field: "position"}},
		})
		if err != nil {
			return nil, err
		}
	}
	doers := map[string]data.ID{data.DoneByNewHire: person, data.DoneByManager: s.Manager, data.DoneByMentor: s.Mentor}
	return func(tx *store.Tx) error {
		if !s.Template.IsZero() {
			id := data.NewID()
			if err := h.app.put(tx, data.KindOnboarding, id, data.Values{"person": person, "template": s.Template, "start_day": s.Day, "mentor": refOrNil(s.Mentor)}); err != nil {
				return err
			}
			for _, step := range steps {
				who := doers[cmp.Or(step.Text("done_by"), data.DoneByNewHire)]
				if who.IsZero() {
					who = person
				}
				values := data.Values{"onboarding": id, "name": step.Title(), "position": step.Values["position"], "person": who, "due_day": s.Day.AddDays(int(step.Int("due_days")))}
				if err := h.app.put(tx, data.KindOnboardingTask, data.NewID(), values); err != nil {
					return err
				}
			}
		}
		if !s.Mentor.IsZero() {
			values := data.Values{"person": person, "mentor": s.Mentor, "start_day": s.Day, "focus": "First months of " + name}
			if err := h.app.put(tx, data.KindMentoring, data.NewID(), values); err != nil {
				return err
			}
		}
		if s.Profile.IsZero() {
			return nil
		}
		return h.app.put(tx, data.KindRamp, data.NewID(), data.Values{"person": person, "profile": s.Profile, "start_day": s.Day})
	}, nil
}

// OnboardingLine is somebody's first months.
type OnboardingLine struct {
	Row   data.Row
	Tasks []data.Row // in their order
	Done  int
	Late  int
	Ramp  string // the profile of the person's ramp, empty without one
}

// Onboardings lists who is being onboarded, the newest first, with tasks.
func (h *Hiring) Onboardings(ctx context.Context, asOf data.Day) ([]OnboardingLine, error) {
	rows, err := h.app.store.List(ctx, data.Query{Kind: data.KindOnboarding, Sort: []data.Sort{{Field: "start_day", Desc: true}, {Field: "id"}}})
	if err != nil {
		return nil, err
	}
	out := make([]OnboardingLine, len(rows))
	at := map[data.ID]int{}
	for i, r := range rows {
		out[i].Row, at[r.ID] = r, i
	}
	err = h.app.store.Each(ctx, data.Query{Kind: data.KindOnboardingTask, Sort: []data.Sort{{Field: "position"}, {Field: "due_day"}, {Field: "id"}}}, func(r data.Row) error {
		i, ok := at[r.Ref("onboarding")]
		if !ok {
			return nil
		}
		out[i].Tasks = append(out[i].Tasks, r)
		if r.Has("done_day") {
			out[i].Done++
		} else if IsLate(r.Day("due_day"), asOf) {
			out[i].Late++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	ramps := map[data.ID]string{}
	err = h.app.store.Each(ctx, data.Query{Kind: data.KindRamp}, func(r data.Row) error {
		ramps[r.Ref("person")] = r.Labels["profile"]
		return nil
	})
	for i := range out {
		out[i].Ramp = ramps[out[i].Row.Ref("person")]
	}
	return out, err
}

// Tick marks a task of onboarding or a training as done on a day, or as not done
// for NoDay.
func (h *Hiring) Tick(ctx context.Context, kind string, id data.ID, day data.Day) error {
	row, err := h.app.store.Get(ctx, kind, id)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("Mark “%s” as done", RecordName(row))
	if !day.Valid() {
		what = fmt.Sprintf("Mark “%s” as not done", RecordName(row))
	}
	return h.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error { return h.app.put(tx, kind, id, data.Values{"done_day": dayOrNil(day)}) })
}

// SkillMatrix is the newest level of each skill that people have.
type SkillMatrix struct {
	Skills []data.Row // of the role, by name
	People []data.Row // with that role, by name
	Level  map[SkillCell]data.Row
}

// SkillCell is one person's skill.
type SkillCell struct{ Person, Skill data.ID }

// Gap is how many levels a person is short of what the skill asks for; known is
// false where nobody looked yet.
func (m *SkillMatrix) Gap(person data.ID, skill data.Row) (gap int64, known bool) {
	r, ok := m.Level[SkillCell{person, skill.ID}]
	if !ok || !r.Has("level") {
		return 0, false
	}
	return max(0, skill.Int("target")-r.Int("level")), true
}

// Matrix reads the skills of a role and how everybody among people stands.
func (h *Hiring) Matrix(ctx context.Context, role string, people []data.Row) (*SkillMatrix, error) {
	skills, err := h.app.store.List(ctx, data.Query{Kind: data.KindSkill, Sort: []data.Sort{{Field: "name"}}})
	if err != nil {
		return nil, err
	}
	out := &SkillMatrix{Level: map[SkillCell]data.Row{}}
	out.Skills = slices.DeleteFunc(skills, func(r data.Row) bool { return r.Text("role") != "" && r.Text("role") != role })
	out.People = slices.DeleteFunc(slices.Clone(people), func(r data.Row) bool { return cmp.Or(r.Text("role"), data.RoleRep) != role })
	return out, h.app.store.Each(ctx, data.Query{Kind: data.KindSkillLevel, Sort: []data.Sort{{Field: "day"}, {Field: "id"}}}, func(r data.Row) error {
		out.Level[SkillCell{r.Ref("person"), r.Ref("skill")}] = r // of several the newest stays
		return nil
	})
}

// Rate keeps how far somebody has come with a skill, from 1 to 5.
func (h *Hiring) Rate(ctx context.Context, cell SkillCell, level int64, note string) error {
	if level < 1 || level > 5 {
		return data.FieldErrorf("level", "A level goes from 1 to 5")
	}
	_, err := h.app.Records.Add(ctx, data.KindSkillLevel, data.Values{"person": cell.Person, "skill": cell.Skill, "level": level, "day": h.app.Today(), "note": textOrNil(note)})
	return err
}

// Decide closes a case with a decision.
func (h *Hiring) Decide(ctx context.Context, id data.ID, decision string) error {
	row, err := h.app.store.Get(ctx, data.KindDispute, id)
	if err != nil {
		return err
	}
	if decision == "" {
		return data.FieldErrorf("decision", "Write what was decided, so that both can read it")
	}
	me, err := h.app.Me(ctx)
	if err != nil {
		return err
	}
	values := data.Values{"status": data.CaseDecided, "decision": decision, "decided_by": refOrNil(me.ID), "decision_day": h.app.Today()}
	return h.app.write(ctx, store.Act{What: "Decide “" + row.Title() + "”"}, func(tx *store.Tx) error { return h.app.put(tx, data.KindDispute, id, values) })
}
