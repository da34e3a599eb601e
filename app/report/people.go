package report

import (
	"fieldbook/assets/lang"
)

// SkillsPaper is the matrix of skills of people with a role.
type SkillsPaper struct {
	Cover
	Skills []SkillColumn
	People []SkillRow
}

// SkillColumn is a skill and the level that is wanted, 0 for none.
type SkillColumn struct {
	Name   string
	Wanted int64
}

// SkillRow is a person's level of each skill, 0 where nobody looked yet.
type SkillRow struct {
	Person string
	Levels []int64
}

// mostSkills is how many skills stand side by side on a page.
const mostSkills = 6

// Doc lays the matrix out, people below each other, skills beside each other; what
// is short of the level wanted has how much.
func (p SkillsPaper) Doc() Doc {
	d := p.doc(lang.T("Skills matrix"), len(p.People))
	d.Meta = facts(lang.T("Scope"), p.Scope, lang.T("As of"), p.asOf())
	if len(p.Skills) == 0 || len(p.People) == 0 {
		d.say(lang.T("No skill was rated yet."))
		return d
	}
	for from := 0; from < len(p.Skills); from += mostSkills {
		d.Sections = append(d.Sections, Section{Blocks: []Block{p.table(from, min(len(p.Skills), from+mostSkills))}})
	}
	d.Definitions = []Fact{{Name: lang.T("Level"), Text: lang.T("from 1 to 5, the newest that was given; behind it how far it is short of the level wanted. A dash is not rated yet")}}
	return d
}

func (p SkillsPaper) table(from, to int) Table {
	n := p.Numbers
	t := Table{Columns: []Column{{Title: lang.T("Person"), Share: 1}}}
	short := make([]int, to-from)
	for _, s := range p.Skills[from:to] {
		title := s.Name
		if s.Wanted > 0 {
			title = lang.T("%s, wanted %d", s.Name, s.Wanted)
		}
		t.Columns = append(t.Columns, Column{Title: title, Right: true})
	}
	for _, r := range p.People {
		row := Row{Cells: []Cell{{Text: r.Person}}}
		for i, s := range p.Skills[from:to] {
			level, cell := r.Levels[from+i], Cell{Text: "–"}
			if level > 0 {
				cell.Text = n.Count(int(level))
				if gap := s.Wanted - level; gap > 0 {
					cell.Text, cell.Tone = lang.T("%d, −%d", level, gap), Bad
					short[i]++
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	sum := Row{Cells: []Cell{{Text: lang.T("People who are short of it")}}}
	for _, s := range short {
		sum.Cells = append(sum.Cells, Cell{Text: n.Count(s)})
	}
	t.Totals = []Row{sum}
	return t
}

// OnboardingPaper is the plan of somebody's first months.
type OnboardingPaper struct {
	Cover
	Person, Mentor, Start, Ramp string
	Done                        int
	Tasks                       []PlannedTask
}

// PlannedTask is a step of it in words.
type PlannedTask struct {
	What, Who, Due, Done string
	Late                 bool
}

// Doc lays the plan out in the order of its days.
func (p OnboardingPaper) Doc() Doc {
	d := p.doc(lang.T("First months"), 0)
	d.Title = lang.T("First months, %s", p.Person)
	d.Meta = facts(lang.T("From"), p.Start, lang.T("Mentor"), p.Mentor, lang.T("Ramp"), p.Ramp, lang.T("Done"), p.Numbers.Ratio(p.Done, len(p.Tasks)))
	t := Table{Columns: []Column{{Title: lang.T("What"), Share: 1}, {Title: lang.T("Done by")}, {Title: lang.T("Due")}, {Title: lang.T("Done")}}}
	for _, task := range p.Tasks {
		done := Cell{Text: task.Done}
		if task.Late {
			done = Cell{Text: lang.T("late"), Tone: Bad}
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: task.What}, {Text: task.Who}, {Text: task.Due}, done}})
	}
	d.Sections = []Section{{Blocks: []Block{t}}}
	return d
}

// CandidatePaper is a candidate's scorecard, for who decides.
type CandidatePaper struct {
	Cover
	Name, Opening, Stage, Applied, Source, Decision, Note string
	Strengths                                             []StrengthLine
	Scores                                                []ScoreLine
}

// StrengthLine is a strength looked for with the mean of its scores.
type StrengthLine struct {
	Name string
	Mean float64
	N    int
}

// ScoreLine is one score in words.
type ScoreLine struct{ Strength, By, Day, Score, Evidence string }

// Doc lays the scorecard out: the strengths, who saw what, what was decided.
func (p CandidatePaper) Doc() Doc {
	d := p.doc(lang.T("Scorecard"), 0)
	d.Title = lang.T("Scorecard, %s", p.Name)
	d.Meta = facts(lang.T("Opening"), p.Opening, lang.T("Stage"), p.Stage, lang.T("Applied"), p.Applied, lang.T("Source"), p.Source)
	if len(p.Strengths) > 0 {
		t := Table{Columns: []Column{{Title: lang.T("Strength"), Share: 1}, {Title: lang.T("Of 5"), Right: true, Bold: true}, {Title: lang.T("Scores"), Right: true}}}
		for _, s := range p.Strengths {
			mean := lang.T("not scored")
			if s.N > 0 {
				mean = p.Numbers.Number(s.Mean, 1)
			}
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: s.Name}, {Text: mean}, {Text: p.Numbers.Count(s.N)}}})
		}
		d.Sections = append(d.Sections, Section{Heading: lang.T("Strengths"), Caption: lang.T("means of the scorecards"), Blocks: []Block{t}})
	}
	if len(p.Scores) > 0 {
		t := Table{Columns: []Column{{Title: lang.T("Strength")}, {Title: lang.T("Score"), Right: true}, {Title: lang.T("What was seen"), Share: 1}, {Title: lang.T("By")}, {Title: lang.T("Day")}}}
		for _, s := range p.Scores {
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: s.Strength}, {Text: s.Score}, {Text: s.Evidence}, {Text: s.By}, {Text: s.Day}}})
		}
		d.Sections = append(d.Sections, Section{Heading: lang.T("Who saw what"), Blocks: []Block{t}})
	}
	d.paragraphs(lang.T("Decision"), p.Decision)
	d.paragraphs(lang.T("Note"), p.Note)
	return d
}
