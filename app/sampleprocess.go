package app

import "fieldbook/data"

// sampleGates are the criteria of the sample's stages.
var sampleGates = []struct {
	stage, gate, name, field, guidance string
	framework                          bool
	points                             int64
}{
	{"Qualification", data.GateExit, "Need confirmed by the customer", "", "In the customer's words, from a call or a visit.", false, 0},
	{"Qualification", data.GateExit, "Main contact known", "contact", "Who picks up the telephone?", false, 0},
	{"Discovery", data.GateExit, "Half of the points of BANT", "", "Ask for what is missing before a quote is written.", true, 4},
	{"Proposal", data.GateEntry, "Amount known", "amount", "A quote needs a number.", false, 0},
	{"Proposal", data.GateExit, "Quote sent and talked through", "", "Talked through, not only sent.", false, 0},
	{"Negotiation", data.GateExit, "Decision maker met", "", "On site or on a call.", false, 0},
	{"Close", data.GateEntry, "Next step with a day", "next_step", "Who does what, and when?", false, 0},
}

// starter is a framework to begin with.
type starter struct {
	name     string
	elements [][2]string
}

var sampleFrameworks = []starter{
	{"BANT", [][2]string{
		{"Budget", "Is there money for it, this year, and who holds it?"},
		{"Authority", "Who signs, and who can stop it?"},
		{"Need", "What happens if they do nothing?"},
		{"Timing", "What must be in place by when, and why then?"},
	}},
	{"MEDDICC", [][2]string{
		{"Metrics", "Which number gets better, by how much?"},
		{"Economic buyer", "Who can spend the money? When did we speak?"},
		{"Decision criteria", "What will they compare by?"},
		{"Decision process", "Which steps, who, by when?"},
		{"Identify pain", "What hurts, whom, how much?"},
		{"Champion", "Who sells for us when we are not there?"},
		{"Competition", "Who else is asked, doing nothing included?"},
	}},
	{"CHAMP", [][2]string{
		{"Challenges", "What do they want to be rid of?"},
		{"Authority", "Who decides with whom?"},
		{"Money", "What may it cost, what does it cost today?"},
		{"Prioritization", "What comes before it?"},
	}},
}

// process fills the playbook, and tells of some open deals how far they are in it.
func (g *sampler) process() error {
	for _, step := range []func() error{g.frameworks, g.gates, g.guides, g.sequences, g.worked} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (g *sampler) frameworks() error {
	for i, f := range sampleFrameworks {
		id, elements, err := putStarter(f, int64(i+1), func(kind string, id data.ID, v data.Values) error {
			_, err := g.tx.Put(kind, id, v)
			return err
		})
		if err != nil {
			return err
		}
		if i == 0 {
			g.framework, g.elements = id, elements
		}
	}
	return nil
}

func (g *sampler) stage(name string) data.ID {
	for _, s := range g.stages {
		if s.Text("name") == name {
			return s.ID
		}
	}
	return g.stages[0].ID
}

func (g *sampler) gates() error {
	for i, c := range sampleGates {
		values := data.Values{"stage": g.stage(c.stage), "gate": c.gate, "name": c.name, "type": data.CriterionChecklist, "position": int64(i + 1), "guidance": c.guidance}
		switch {
		case c.framework:
			values["type"], values["framework"], values["points"] = data.CriterionFramework, g.framework, c.points
		case c.field != "":
			values["type"], values["field"] = data.CriterionField, c.field
		}
		id, err := g.put(data.KindCriterion, values)
		if err != nil {
			return err
		}
		if values["type"] == data.CriterionChecklist {
			g.criteria = append(g.criteria, id)
		}
	}
	return nil
}

func (g *sampler) guides() error {
	for i, guide := range []struct {
		name, stage string
		questions   [][2]string
	}{
		{"First visit", "Discovery", [][2]string{
			{"How do you do it today?", "Who, how often, with what."}, {"What does it cost you when it goes wrong?", "A number, and who feels it."}, {"What have you tried?", "And why it did not stay."},
		}},
		{"Before the quote", "Proposal", [][2]string{{"Who reads our quote after you?", "Names and what each looks for."}, {"What would make you say no?", "Let them finish."}}},
	} {
		id, err := g.put(data.KindDiscoveryGuide, data.Values{"name": guide.name, "stage": g.stage(guide.stage), "position": int64(i + 1)})
		if err != nil {
			return err
		}
		for j, q := range guide.questions {
			question, err := g.put(data.KindDiscoveryQuestion, data.Values{"guide": id, "question": q[0], "hint": q[1], "position": int64(j + 1)})
			if err != nil {
				return err
			}
			g.questions = append(g.questions, question)
		}
	}
	return nil
}

// sampleFollowUps are the steps of the sample's sequence.
var sampleFollowUps = []struct {
	after        int64
	typ, subject string
}{{2, "call", "Ask what is unclear in the quote"}, {5, "email", "Send two references"}, {10, "visit", "Go through terms on site"}}

func (g *sampler) sequences() error {
	id, err := g.put(data.KindSequence, data.Values{"name": "After the quote", "note": "Until they say yes, no or when."})
	if err != nil {
		return err
	}
	g.sequence = id
	for i, s := range sampleFollowUps {
		if _, err := g.put(data.KindSequenceStep, data.Values{"sequence": id, "position": int64(i + 1), "after_days": s.after, "type": s.typ, "subject": s.subject}); err != nil {
			return err
		}
	}
	return nil
}

// worked tells of open deals what was ticked, asked, scored and overridden.
func (g *sampler) worked() error {
	for i, n := range g.open {
		day := g.today.AddDays(-g.rng.IntN(20))
		rows := []sampleRow{
			{data.KindCriterionCheck, data.Values{"criterion": g.criteria[i%len(g.criteria)], "met": true, "evidence": "Said on the telephone."}},
			{data.KindDiscoveryAnswer, data.Values{"question": g.questions[i%len(g.questions)], "answer": "By hand, two people every Friday."}},
		}
		for j, e := range g.elements[:1+i%len(g.elements)] {
			rows = append(rows, sampleRow{data.KindQualification, data.Values{"element": e, "score": int64(1 + (i+j)%3), "evidence": "From the first visit."}})
		}
		if i%12 == 0 {
			override := data.Values{"to_stage": n.path.end.ID, "reason": "The customer asked for the quote at once.", "missing": "Need confirmed by the customer"}
			if k := len(n.path.entered); k > 1 {
				override["from_stage"] = g.stages[k-2].ID
			}
			rows = append(rows, sampleRow{data.KindGateOverride, override})
		}
		if err := g.rows(data.Values{"deal": n.id, "day": day, "person": n.rep}, rows...); err != nil {
			return err
		}
		if i%10 == 3 {
			if err := g.followUp(n, day); err != nil {
				return err
			}
		}
		if i%16 == 9 {
			if _, err := g.tx.Put(data.KindDeal, n.id, data.Values{"snooze_day": g.today.AddDays(21), "snooze_reason": "Their budget comes next month."}); err != nil {
				return err
			}
		}
	}
	return nil
}

// followUp runs the sequence on a deal: what was due is done.
func (g *sampler) followUp(n sampleDealNote, from data.Day) error {
	run, err := g.put(data.KindSequenceRun, data.Values{"deal": n.id, "sequence": g.sequence, "start_day": from, "person": n.rep, "status": data.RunRunning})
	if err != nil {
		return err
	}
	for _, s := range sampleFollowUps {
		day := from.AddDays(int(s.after))
		values := data.Values{"type": s.typ, "subject": s.subject, "deal": n.id, "account": n.acc.id, "person": n.rep, "day": day, "sequence_run": run, "done": day <= g.today}
		if _, err := g.put(data.KindActivity, values); err != nil {
			return err
		}
	}
	return nil
}
