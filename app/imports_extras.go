package app

import (
	"slices"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// FieldTerritory and its like are what a column can fill besides the fields of
// the kind: the territory that a person is assigned to, the parts of a name,
// how another program says that a deal ended or that a row no longer counts.
const (
	FieldTerritory   = "territory"
	FieldFirstName   = "first_name"
	FieldLastName    = "last_name"
	FieldStatus      = "status"        // open, won or lost in words; goes before the stage
	FieldPipeline    = "pipeline"      // by name
	FieldProbability = "probability"   // of the stages that the import makes
	FieldWonDay      = "won_day"       // the close day of what was won
	FieldLostDay     = "lost_day"      // of what was lost
	FieldClosedDay   = "closed_day"    // of either
	FieldActual      = "actual_amount" // the amount of what was won
	FieldIsWon       = "is_won"
	FieldIsClosed    = "is_closed"
	FieldEntered     = "entered_day" // when the deal came to the stage that the column is named for
	FieldDeleted     = "deleted"     // yes: the row is set aside
	FieldCurrent     = "current"     // no: the row is an older version and set aside
	FieldProperty    = "property"    // what a line of a history tells of; other than stage, amount and close day it is set aside
	FieldOld         = "old_value"   // what a line of a history says that was before
)

// importExtras lists those of a kind.
func importExtras(kind string) []data.Field {
	out := []data.Field{
		{Name: FieldDeleted, Label: "Deleted", Type: data.TypeBool},
		{Name: FieldCurrent, Label: "Current version", Type: data.TypeBool},
	}
	parts := []data.Field{
		{Name: FieldFirstName, Label: "First name", Type: data.TypeText},
		{Name: FieldLastName, Label: "Last name", Type: data.TypeText},
	}
	ended := []data.Field{{Name: FieldIsWon, Label: "Is won", Type: data.TypeBool}, {Name: FieldIsClosed, Label: "Is closed", Type: data.TypeBool}}
	pipeline := data.Field{Name: FieldPipeline, Label: "Pipeline", Type: data.TypeText}
	switch kind {
	case data.KindPerson:
		return append(append(parts, data.Field{Name: FieldTerritory, Label: "Territory", Type: data.TypeRef, Ref: data.KindTerritory}), out...)
	case data.KindContact:
		return append(parts, out...)
	case data.KindStage:
		return append(ended, out...)
	case data.KindStageEntry:
		return append(out, pipeline,
			data.Field{Name: FieldProperty, Label: "Changed property", Type: data.TypeText},
			data.Field{Name: FieldOld, Label: "Value before", Type: data.TypeText},
			data.Field{Name: "amount", Label: "Amount", Type: data.TypeMoney},
			data.Field{Name: "currency", Label: "Currency", Type: data.TypeText},
			data.Field{Name: "close_day", Label: "Close day", Type: data.TypeDay})
	case data.KindDeal:
		return append(append([]data.Field{
			{Name: FieldStatus, Label: "Status", Type: data.TypeText},
			pipeline,
			{Name: FieldProbability, Label: "Probability", Type: data.TypeText},
			{Name: FieldWonDay, Label: "Won on", Type: data.TypeDay},
			{Name: FieldLostDay, Label: "Lost on", Type: data.TypeDay},
			{Name: FieldClosedDay, Label: "Closed on", Type: data.TypeDay},
			{Name: FieldActual, Label: "Actual amount", Type: data.TypeMoney},
			{Name: FieldEntered, Label: "Came to the stage", Type: data.TypeDay},
		}, ended...), out...)
	}
	return out
}

func importExtra(kind, field string) (data.Field, bool) { return fieldNamed(importExtras(kind), field) }

func fieldNamed(fields []data.Field, name string) (data.Field, bool) {
	for _, f := range fields {
		if f.Name == name {
			return f, true
		}
	}
	return data.Field{}, false
}

// withExtras lists the fields of a kind, the book's custom ones included, then
// the extra ones. One of the book's own goes before an extra one of its name.
func withExtras(fields []data.Field, kind string) []data.Field {
	out := slices.Clone(fields)
	for _, x := range importExtras(kind) {
		if _, own := fieldNamed(fields, x.Name); !own {
			out = append(out, x)
		}
	}
	return out
}

// importChoice finds the choice of a field that a text means; "" for none.
// Programs have their own words for the usual ones.
func importChoice(f data.Field, text string) string {
	fold := sheet.Fold(text)
	if means, ok := importChoiceWords[f.Name][fold]; ok {
		fold = sheet.Fold(means)
	}
	for _, c := range f.Choices {
		if sheet.Fold(c) == fold {
			return c
		}
	}
	return ""
}

// importChoiceWords are other words for the choices of a field.
var importChoiceWords = map[string]map[string]string{
	"category": {
		"bestcasescenario": data.CategoryBestCase, "upside": data.CategoryBestCase, "best": data.CategoryBestCase, "mostlikely": data.CategoryCommit, "committed": data.CategoryCommit,
		"commitforecast": data.CategoryCommit, "notforecasted": data.CategoryOmitted, "dontforecast": data.CategoryOmitted, "none": data.CategoryOmitted, "open": data.CategoryPipeline,
		"meilleurscenario": data.CategoryBestCase, "engagement": data.CategoryCommit, "omis": data.CategoryOmitted, "mejorcaso": data.CategoryBestCase, "omitido": data.CategoryOmitted,
		"melhorcaso": data.CategoryBestCase, "besterfall": data.CategoryBestCase, "zusage": data.CategoryCommit, "ausgelassen": data.CategoryOmitted, "migliorcaso": data.CategoryBestCase,
	},
	"type": {
		"phonecall": "call", "telephone": "call", "phone": "call", "outboundcall": "call", "inboundcall": "call", "calls": "call", "loggedcall": "call", "anruf": "call", "telefonat": "call", "appel": "call", "llamada": "call", "ligacao": "call", "chiamata": "call", "telefoongesprek": "call",
		"emails": "email", "mail": "email", "emailsent": "email", "outgoingemail": "email", "incomingemail": "email", "courriel": "email", "correo": "email", "listemail": "email",
		"event": "meeting", "appointment": "meeting", "meetings": "meeting", "demo": "meeting", "lunch": "meeting", "videocall": "meeting", "conference": "meeting", "termin": "meeting", "besprechung": "meeting", "rendezvous": "meeting", "reunion": "meeting", "reuniao": "meeting", "riunione": "meeting", "vergadering": "meeting", "afspraak": "meeting", "cita": "meeting",
		"sitevisit": "visit", "fieldvisit": "visit", "besuch": "visit", "visite": "visit", "visita": "visit", "bezoek": "visit", "checkin": "visit",
		"todo": "task", "tasks": "task", "deadline": "task", "followup": "task", "reminder": "task", "aufgabe": "task", "tache": "task", "tarea": "task", "tarefa": "task", "attivita": "task", "taak": "task", "other": "task",
		"notes": "note", "comment": "note", "notiz": "note", "nota": "note", "notitie": "note", "memo": "note",
	},
	"role":   {"salesrep": data.RoleRep, "salesperson": data.RoleRep, "accountexecutive": data.RoleRep, "salesmanager": data.RoleManager, "teamlead": data.RoleManager, "admin": data.RoleLead, "regionallead": data.RoleLead},
	"status": {"true": data.StatusActive, "inactive": data.StatusLeft, "inaktiv": data.StatusLeft, "inactif": data.StatusLeft, "inactivo": data.StatusLeft, "inativo": data.StatusLeft, "inattivo": data.StatusLeft, "inactief": data.StatusLeft, "enabled": data.StatusActive, "disabled": data.StatusLeft, "deactivated": data.StatusLeft, "onleave": data.StatusLeave, "terminated": data.StatusLeft, "former": data.StatusLeft, "resigned": data.StatusLeft, "current": data.StatusActive, "employed": data.StatusActive, "ausgeschieden": data.StatusLeft, "aktiv": data.StatusActive},
}
