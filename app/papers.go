package app

import (
	"context"
	"slices"
	"strings"

	"fieldbook/data"
)

// PaperKinds lists the kinds of which a record can be set on paper.
func PaperKinds() []string {
	return []string{data.KindOneOnOne, data.KindReview, data.KindRecognition, data.KindCandidate, data.KindOnboarding, data.KindSkill, data.KindCompetitor, data.KindMeeting}
}

// PaperOfAll reports whether the paper of a kind shows all its records, so that
// none is named: the wall of recognition and the matrix of skills.
func PaperOfAll(kind string) bool { return kind == data.KindRecognition || kind == data.KindSkill }

// WritePaper sets a record on paper as its screen does, as PDF. The error is
// Invalid for a kind that has none.
func (a *App) WritePaper(ctx context.Context, kind string, id data.ID, path string) error {
	switch kind {
	case data.KindOneOnOne:
		return a.Coaching.PrintTalk(ctx, id, path)
	case data.KindReview:
		return a.Coaching.PrintReview(ctx, id, path)
	case data.KindRecognition:
		return a.Coaching.PrintWall(ctx, a.Book().Calendar.YearOf(a.Today()), path)
	case data.KindCandidate:
		return a.Hiring.PrintCandidate(ctx, id, path)
	case data.KindOnboarding:
		return a.Hiring.PrintOnboarding(ctx, id, path)
	case data.KindSkill:
		return a.Hiring.PrintSkills(ctx, path)
	case data.KindCompetitor:
		return a.Market.WriteBattleCard(ctx, id, path)
	case data.KindMeeting:
		return a.Meetings.WriteMinutes(ctx, id, path)
	}
	var plurals []string
	for _, name := range PaperKinds() {
		if k, err := data.KindByName(name); err == nil {
			plurals = append(plurals, k.Plural)
		}
	}
	slices.Sort(plurals)
	return data.FieldErrorf("kind", "records of this kind have no paper of their own; %s have", strings.Join(plurals, ", "))
}
