package app

import (
	"testing"

	"fieldbook/data"
)

// Names that no list has are read by their parts; one strange word is enough for none.
func TestNotions(t *testing.T) {
	for name, want := range map[string]string{
		"Inhaber der Opportunity": "owner", "Für den Deal zuständiger Mitarbeiter": "owner", "Schlusstermin": "close_day", "Voraussichtl. Abschlussdatum": "close_day", "Cierre esperado": "close_day",
		"Date de clôture prévue": "close_day", "Voraussichtl. Umsatz": "amount", "Ingreso esperado": "amount", "Tatsächlicher Umsatz": FieldActual, "Zugeordnetes Unternehmen": "account", "Potenzieller Kunde": "account",
		"Nom de l'opportunité": "name", "Étape": "stage", "Verkaufsstufe": "stage", "Propriétaire de l'opportunité": "owner", "Betrag Währung": "currency", "Erstelldatum": "created_day", "Deal-Wahrscheinlichkeit": FieldProbability,
		"Prochaine action": "next_step", "Motif de perte": "loss_reason", "Nome da oportunidade": "name", "Data de fechamento": "close_day", "Titolare opportunità": "owner", "Opportunity-eigenaar": "owner", "Sluitingsdatum": "close_day",
		"Grösse der Firma": "", "Umsatz letztes Jahr": "", "Datum der letzten Aktivität": "", "Rechnungsdatum": "", "Kundenzufriedenheit": "", "Team": "", "Region": "", "Alter": "", "": "", "Region des Kunden": "",
	} {
		if got, _ := notionField(name, data.KindDeal); got != want {
			t.Errorf("%q is %q, want %q (%q)", name, got, want, notionsOf(name))
		}
	}
}
