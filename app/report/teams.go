package report

import (
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// teams puts the figures of people under those of their managers.
type teams struct {
	people, heads []metrics.Row
	managerOf     map[int32]int32 // place of a person → place of the manager on the as-of day
}

// teamLine is a line of the table: a manager's team, or a person in it.
type teamLine struct {
	name  string
	row   metrics.Row
	level int
	head  bool
}

// ranked lists the people, the highest attainment first, then who has no quota
// by what they won.
func (t teams) ranked() []metrics.Row {
	out := slices.Clone(t.people)
	slices.SortStableFunc(out, metrics.ByAttainment)
	return out
}

// each calls fn with every line in order. Where there is but one team it has no
// line of its own; people whose manager has no figures stand at the end, so
// that everyone stands there once.
func (t teams) each(fn func(teamLine)) {
	under := map[int32][]metrics.Row{}
	for _, r := range t.ranked() {
		under[t.manager(r.Place)] = append(under[t.manager(r.Place)], r)
	}
	heads := slices.Clone(t.heads)
	slices.SortStableFunc(heads, metrics.ByAttainment)
	level := 0
	if len(heads) > 1 {
		level = 1
	}
	for _, head := range heads {
		if level > 0 && len(under[head.Place]) > 0 {
			fn(teamLine{name: TeamName(head), row: head, head: true})
		}
		for _, r := range under[head.Place] {
			fn(teamLine{name: r.Key, row: r, level: level})
		}
		delete(under, head.Place)
	}
	for _, r := range t.ranked() {
		if _, left := under[t.manager(r.Place)]; left {
			fn(teamLine{name: r.Key, row: r, level: level})
		}
	}
}

func (t teams) manager(person int32) int32 {
	if m, ok := t.managerOf[person]; ok {
		return m
	}
	return metrics.None
}

// TeamName is how a report calls the people of a manager's row.
func TeamName(head metrics.Row) string {
	if head.Place == metrics.None {
		return lang.T("Without a manager")
	}
	return lang.T("%s’s team", head.Key)
}
