package data

import (
	"encoding/hex"
	"slices"
	"strings"
)

// What can be erased: texts that people write, never what rights, links or
// figures stand on, so that all books go on deciding and counting alike.
var erasableKinds = []string{
	KindPerson, KindContact, KindAccount, KindDeal, KindActivity,
	KindCriterionCheck, KindGateOverride, KindQualification, KindDiscoveryAnswer, KindCandidate, KindScorecard, KindOnboarding, KindOnboardingTask, KindSkillLevel,
	KindTraining, KindOneOnOne, KindCommitment, KindMentoring, KindRecognition, KindGoal, KindReview, KindDispute, KindAbsence, KindSignOff, KindWhatIf,
	KindMeeting, KindMeetingItem, KindAction,
}

// Erasable reports whether the value of a cell may be erased from every book.
func Erasable(kind, cell string) bool {
	switch {
	case kind == KindDevice:
		return cell == "name" // people name devices after themselves
	case !slices.Contains(erasableKinds, kind):
		return false
	case strings.HasPrefix(cell, CustomCell):
		return true
	}
	k, err := KindByName(kind)
	if err != nil {
		return false
	}
	f, ok := k.Field(cell)
	return ok && f.Cell == cell && len(k.CellFields(cell)) == 1 && (f.Type == TypeText || f.Type == TypeLongText)
}

// ErasedName is what a person, contact, candidate or device is called in every book once
// its name was erased; empty for other kinds.
func ErasedName(kind string, id ID) string {
	short := hex.EncodeToString(id[len(id)-2:])
	switch kind {
	case KindPerson:
		return "Erased person " + short
	case KindContact:
		return "Erased contact " + short
	case KindCandidate:
		return "Erased candidate " + short
	case KindDevice:
		return "Erased device " + short
	}
	return ""
}
