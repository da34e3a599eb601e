package app

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Programs speak many languages and put the names of their columns together from
// few notions: owner, date, close, expected. A name that no list has is parted into
// such notions; only where every word of it is one, their combination says the field.

// notionStems are how words for a notion begin, folded.
var notionStems = map[string]string{
	"deal":   "deal opportunit verkaufschance chance geschaft affaire oportunid negocio trato negociacion trattativ affare verkoopkans szans transakcj obchod affar mulighet mulighed salgsmulighed potential",
	"owner":  "owner inhaber besitzer eigentumer verantwortlich zustandig betreuer bearbeiter zugewiesen proprietaire responsable proprietari propietari responsavel titolare assegnat asignad atribuid attribue assigne eigenaar verantwoordelijk agare ejer eier ansvarig ansvarlig wlasciciel opiekun vlastnik odpovedn assigned vertriebler verkaufer vendeur commercial comercial vendedor venditor verkoper handlowiec saljare selger saelger",
	"person": "user perso mitarbeiter benutzer utilisateur utilisatrice usuari utente gebruiker medewerker collaborateur anvandare bruger bruker",
	"acct":   "account firma unternehmen kunde kunden entreprise societe compte client cliente empresa cuenta conta azienda bedrijf klant foretag kund virksomhed kunde klient zakaznik spolecnost organisation organization organizacion organizacao organizzazione organisatie compania companhia company customer",
	"cont":   "contact kontakt ansprechpartner contacto contato contatto contactperso interlocuteur",
	"name":   "name nom nombre nome naam navn namn nazwa nazev bezeichnung titel title titre titulo titolo tytul thema betreff sujet asunto assunto oggetto onderwerp",
	"stage":  "stage phase stufe etape etapa fase estagio estado etap faze skede verkaufsphase verkaufsstufe",
	"sales":  "sale vertrieb verkauf vente venta venda vendita verkoop forsaljning salg sprzedaz prodej",
	"money":  "betrag summe wert volumen umsatz montant valeur revenu importe valor ingreso monto receita importo ricav entrat bedrag waarde omzet belopp varde belob vaerdi belop verdi kwot wartosc castk hodnot amount value revenue",
	"expect": "expected erwart voraussicht geplant geschatzt prognos prevu prevision previst previs estim esperad planead planejad stimat verwacht geschat forvant forvent oczekiw przewidyw ocekav predpokl anticip projected",
	"actual": "tatsachlich reel effectif realis effettiv werkelijk faktisk verklig rzeczywist skutecn actual",
	"close":  "close closing abschluss schluss cloture cierre fechamento encerramento chiusura sluiting afsluit afslutning avslut lukke zamkniec uzavren termin echeance vencimiento scadenza",
	"date":   "date datum fecha data dato dag tag jour termin zeitpunkt day",
	"create": "create erstell angelegt anlage crea cree criac cria creat gemaakt aanmaak skapad oprettet opprettet utworz vytvor",
	"curr":   "currency wahrung devise moneda moeda valuta waluta men",
	"prob":   "probabil wahrscheinlich waarschijnlijk sannolik sandsynlig sannsynlig prawdopodob pravdepodob chance",
	"next":   "nachst prochain siguiente proxim prossim volgend nast naest neste nastepn dals next suivant",
	"step":   "schritt aktion etape action paso passo azione stap steg trin krok step actividad atividade attivita aktivitat activite",
	"loss":   "verlust verloren perdu perdid perda perte perso perdit verlies verlor forlor tab tabt przegran ztrat lost loss",
	"won":    "gewonnen gewinn gagn gain ganad ganh vint vincit gewonnen vunn vundet wygran vyhran won",
	"reason": "grund motif raison motivo razon reden orsak arsag arsak powod duvod reason",
	"source": "quelle herkunft source origine origen fuente origem fonte bron kalla kilde zrodlo zdroj",
	"lead":   "lead piste prospect",
	"pipe":   "pipeline pijplijn lejek embudo funil",
	"id":     "id nummer numero number num kennung referenz reference referencia referenc",
	"assoc":  "associated zugeordnet associe asociad associad associat gekoppeld tilknyttet kopplad potentiel potenziell potential potenciel primary primar principal",
	"note":   "notiz bemerkung beschreibung description descripcion descricao descrizione omschrijving beskrivning beskrivelse commentaire comentario opmerking",
	"status": "status statut statuto stato zustand",
}

// notionFill are words that join others and say nothing by themselves.
var notionFill = wordSet("der die das des dem den fur vom von zum zur im in am of the for to de du des la le les l d un une pour ht ttc htva netto net brutto excl incl el los las del al para por do da dos das o a il lo gli di della dello dell per van het een voor av for til den det med och i na pro")

// notionOwn is the notion of a kind itself, which its columns may bear or not.
var notionOwn = map[string]string{data.KindDeal: "deal", data.KindContact: "cont", data.KindAccount: "acct"}

// notionFields says which combinations fill a field, by kind, without the kind's own
// notion; the likelier ones stand first.
var notionFields = map[string]map[string][]string{
	data.KindDeal: {
		"name": {"name"}, "external_id": {"id"}, "owner": {"owner", "owner person", "name owner", "owner sales"}, "account": {"acct name", "acct", "acct assoc", "acct assoc name"},
		"contact": {"cont", "cont name", "assoc cont", "cont person"}, "stage": {"stage", "sales stage", "name stage"}, "amount": {"money", "expect money", "assoc money"},
		"currency": {"curr", "curr money", "curr expect money"}, "close_day": {"close date", "close date expect", "close expect", "date expect"}, "created_day": {"create date", "create"},
		"next_step": {"next step"}, "loss_reason": {"loss reason"}, "source": {"lead source", "source"}, "note": {"note"}, FieldPipeline: {"pipe", "pipe sales"}, FieldStatus: {"status"},
		FieldWonDay: {"date won"}, FieldLostDay: {"date loss"}, FieldClosedDay: {"actual close date", "actual close"}, FieldActual: {"actual money"}, FieldProbability: {"prob", "prob sales", "prob won"},
	},
	data.KindActivity: {
		"subject": {"name"}, "account": {"acct", "acct name", "acct assoc"}, "contact": {"cont", "assoc cont", "cont name"}, "deal": {"deal", "deal name", "assoc deal"},
		"person": {"owner", "owner person"}, "note": {"note"}, "done": {"status"}, "external_id": {"id"},
	},
	data.KindContact: {"name": {"name"}, "account": {"acct name", "acct", "acct assoc"}, "note": {"note"}, "external_id": {"id"}},
	data.KindAccount: {"name": {"name"}, "owner": {"owner", "owner person"}, "external_id": {"id"}, "note": {"note"}},
}

// notion is a stem and what it stands for.
type notion struct{ stem, of string }

// notions are all stems, the longest first.
var notions = func() []notion {
	var out []notion
	for of, stems := range notionStems {
		for _, stem := range strings.Fields(stems) {
			out = append(out, notion{stem, of})
		}
	}
	slices.SortFunc(out, func(a, b notion) int {
		if d := len(b.stem) - len(a.stem); d != 0 {
			return d
		}
		return strings.Compare(a.stem+a.of, b.stem+b.of)
	})
	return out
}()

// notionsOf parts a name into its notions, each reading a set of them in the order of the
// alphabet; none where a word of it is strange.
func notionsOf(name string) []string {
	sets := [][]string{nil}
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		fold := sheet.Fold(word)
		if notionFill[fold] {
			continue
		}
		parts := partWord(fold, 0)
		if len(parts) == 0 {
			return nil
		}
		var more [][]string
		for _, set := range sets {
			for _, p := range parts {
				if len(more) < mostReadings {
					more = append(more, append(slices.Clone(set), p...))
				}
			}
		}
		sets = more
	}
	var out []string
	for _, set := range sets {
		slices.Sort(set)
		if key := strings.Join(slices.Compact(set), " "); key != "" && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}

const (
	mostReadings  = 16 // of a name
	mostWordParts = 3  // of a word put together from several
	longestEnd    = 4  // letters behind a stem, as in erwartet, Abschlüsse
)

// partWord finds how a word can be put together: a stem with its ending, or several.
func partWord(word string, depth int) (out [][]string) {
	if depth == mostWordParts {
		return nil
	}
	for _, n := range notions {
		rest, ok := strings.CutPrefix(word, n.stem)
		if !ok || len(n.stem) < 3 && rest != "" {
			continue
		}
		if len(rest) <= longestEnd {
			out = append(out, []string{n.of})
		}
		for joint := 0; joint <= 2 && joint < len(rest); joint++ {
			for _, p := range partWord(rest[joint:], depth+1) {
				out = append(out, append([]string{n.of}, p...))
			}
		}
		if len(out) >= mostReadings {
			break
		}
	}
	return out
}

// notionField is the field of a kind that a name's notions combine to, and how far it is
// from the likeliest name of the field; "" for none.
func notionField(name, kind string) (field string, rank int) {
	readings := notionsOf(name)
	if len(readings) == 0 {
		return "", 0
	}
	for i, r := range readings {
		set := slices.DeleteFunc(strings.Fields(r), func(n string) bool { return n == notionOwn[kind] })
		if readings[i] = strings.Join(set, " "); len(set) == 0 {
			readings[i] = "name"
		}
	}
	for at, combos := range notionFields[kind] {
		for i, c := range combos {
			if slices.Contains(readings, c) && (field == "" || i < rank || i == rank && at < field) {
				field, rank = at, i
			}
		}
	}
	return field, rank
}

// currencyWords are how a column is called that says in which currency another is, beside
// the name of that one: "List Price Currency".
var currencyWords = []string{"currencycode", "currencyisocode", "currency", "wahrung", "devise", "moneda", "moeda", "valuta", "waluta", "mena", "通貨", "валюта", "币种"}

// besideAmounts lets a column that is named for one of amounts say their currency.
func (m *matching) besideAmounts(f *FilePlan) {
	if _, filled := m.taken["currency"]; filled {
		return
	}
	if _, of := fieldNamed(m.fields, "currency"); !of {
		return
	}
	for i, c := range f.Columns {
		if m.out[i] != "" || c.Filled == 0 {
			continue
		}
		for j, field := range m.out {
			if x, ok := fieldNamed(m.fields, field); ok && x.Type == data.TypeMoney && namesCurrencyOf(sheet.Fold(c.Name), sheet.Fold(f.Columns[j].Name)) {
				m.take(i, c, "currency", 0)
				return
			}
		}
	}
}

func namesCurrencyOf(name, amount string) bool {
	return slices.ContainsFunc(currencyWords, func(w string) bool {
		w = sheet.Fold(w)
		return name == amount+w || name == w+amount || name == w+"of"+amount
	})
}

// fieldNamedBy is the field that a column's name says, by the words of its kind, else by
// its notions; "" for none.
func fieldNamedBy(words map[string]importWord, name, kind string) string {
	for _, h := range heads(name, kind) {
		if w, ok := words[h.word]; ok {
			return w.field
		}
	}
	field, _ := notionField(name, kind)
	return field
}

// lockedHead is how a program marks, in its languages, a column that nobody is to edit: the
// id of the record, and what it needs to notice edits.
var lockedHead = regexp.MustCompile(`(?i)^\((?:do not modify|nicht ändern|ne pas modifier|no modificar|não modificar|non modificare|niet wijzigen|ändra inte|må ikke ændres|må ikke endres|nie modyfikuj|neupravovat|älä muokkaa)\)\s*(.+)$`)

func notToModify(name string) (bare string, ok bool) {
	m := lockedHead.FindStringSubmatch(strings.TrimSpace(name))
	if m == nil {
		return "", false
	}
	return m[1], true
}
