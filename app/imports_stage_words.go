package app

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Words that end a deal, in the languages whose columns are known, folded.
var (
	stageWonWords = strings.Fields(`won win wins winner sold success successful gewonnen gagne gagnee gagnes gagnees remporte remportee ganado ganada ganados ganadas ganho ganha ganhos ganhas
		vinto vinta vinti vinte aggiudicata aggiudicato vundet vunnet vunnen voitettu wygrana wygrane wygrany closedsuccess
		vendida vendido vendidas vendidos vendu vendue verkauft venduta venduto verkocht vyhrano vyhrana vyhrany kazanildi kazanilan megnyert nyert
		赢单 成交 已成交 签约 수주 수주완료 계약완료 受注 成立 成約 成約済 受注済 успешна успешно выиграна выиграно выигран`)
	stageLostWords = strings.Fields(`lost lose loss verloren perdu perdue perdus perdues perdido perdida perdidos perdidas perso persa persi perse tabt tapt forlorad forlorat havitty przegrana przegrane przegrany
		dead abandoned abandonnee abandonne abandonado abandonada abbandonata abbandonato disqualified unqualified canceled cancelled rejected declined storniert abgesagt abgelehnt annule annulee cancelado cancelada annullata annullato afgewezen geannuleerd
		prohrano prohrana prohrany kaybedildi kaybedilen elveszett elvesztett vesztett 输单 丢单 流失 실주 실패 失注 不成立 却下 проиграна проиграно проигран провалена провалено провал отказ
		apology nodecision nobid nosale outsold stopped`)
	// Names of stages that end a deal only where they are the whole name: a quotation
	// that was accepted wins it, "Meeting accepted" does not.
	stageWonNames  = strings.Fields("accepted acceptee accepte acceptada aceptada aceptado aceita aceito accettata accettato akzeptiert angenommen aanvaard geaccepteerd akseptert accepteret godkand ordered order ordre orden bestellt beauftragt bestilling tilaus contractsigned signed closedsale sale customer kunde")
	stageLostNames = strings.Fields("refused refuse refusee rechazada rechazado recusada recusado rifiutata rifiutato geweigerd odrzucona odrzucono avvist avslatt afvist hylatty reddedildi unsuccessful")
	stageNotWords  = strings.Fields("not nicht non no nao niet pas to be yet never almost back")
	stageOpenWords = strings.Fields(`open opened active inprogress inprocess notstarted nichtbegonnen pausada pausado otwarte otwarta wtoku wtrakcie pagaende aktiv aben apen igang avoin kesken acik 进行中 跟进中 진행중 ongoing pending working new onhold suspended paused offen laufend aktiv inbearbeitung ouvert ouverte encours actif abierto abierta encurso activo aberto aberta emandamento emaberto ativo
		aperto aperta incorso attivo openstaand lopend actief`)
	stageGoneWords = strings.Fields("deleted geloscht supprime supprimee eliminado eliminada excluido excluida eliminato verwijderd")
)

// stageTokens are the folded words of a stage's name. "ClosedWon" and
// "closedwon" end in words of their own.
func stageTokens(name string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		w = sheet.Fold(w)
		for _, end := range []string{"closedwon", "closedlost", "dealwon", "deallost", "closewon", "closelost"} {
			if rest, ok := strings.CutSuffix(w, end); ok && rest == strings.Trim(rest, "0123456789") {
				w = end[len(end)-len(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(end, "closed"), "close"), "deal")):]
			}
		}
		out = append(out, w)
	}
	return out
}

// importStageType tells won and lost stages by their names.
func importStageType(name string) string {
	tokens, fold := stageTokens(name), sheet.Fold(name)
	has := func(words []string) bool {
		return slices.Contains(words, fold) || slices.ContainsFunc(tokens, func(w string) bool { return slices.Contains(words, w) })
	}
	switch {
	case strings.Contains(fold, "winback") || strings.Contains(fold, "winwin"):
		return data.StageOpen
	case strings.Contains(fold, "нереализован"):
		return data.StageLost
	case has(stageWonWords) && !has(stageNotWords) || slices.Contains(stageWonNames, fold):
		return data.StageWon
	case has(stageLostWords) || slices.Contains(stageLostNames, fold) || strings.HasPrefix(fold, "closednodecision"):
		return data.StageLost
	}
	return data.StageOpen
}

// importOutcome reads the status of a deal: open, won or lost, "deleted", or ""
// where it says none of them. Programs number them 0, 1 and 2.
func importOutcome(status string) string {
	fold := sheet.Fold(status)
	switch {
	case fold == "":
		return ""
	case slices.Contains(stageGoneWords, fold):
		return outcomeDeleted
	case fold == "1" || fold == "converted" || importStageType(status) == data.StageWon:
		return data.StageWon
	case fold == "2" || importStageType(status) == data.StageLost:
		return data.StageLost
	case fold == "0" || slices.Contains(stageOpenWords, fold):
		return data.StageOpen
	}
	return ""
}

const outcomeDeleted = "deleted"

// importStageStems order the usual stages of selling, by parts of their names.
var importStageStems = [][]string{
	strings.Fields("lead new neu nouveau nuevo novo nuovo nieuw incoming inbox backlog"),
	strings.Fields("prospect erstkontakt identif premiercontact outreach"),
	strings.Fields("qualif calific"),
	strings.Fields("needs besoin necesidad bedarf"),
	strings.Fields("appoint termin rendezvous meetingscheduled"),
	strings.Fields("engag contact kontakt"),
	strings.Fields("discover develop"),
	strings.Fields("analys analis"),
	strings.Fields("demo"),
	strings.Fields("present"),
	strings.Fields("value evaluat"),
	strings.Fields("decision entscheid"),
	strings.Fields("trial poc pilot"),
	strings.Fields("propos propuest angebot devis offre offer oferta preventiv"),
	strings.Fields("quot cotiza"),
	strings.Fields("perception review"),
	strings.Fields("contract contrat vertrag legal"),
	strings.Fields("negotiat negoci negozi verhandl onderhandel trattativ"),
	strings.Fields("commit zusage"),
	strings.Fields("verbal"),
	strings.Fields("clos abschluss cierre cloture chiusur fechament final"),
	strings.Fields("signature unterschrift firma"),
}

// importStageOrder sorts stages: open ones in the usual order, those of other
// names after them as they appear, then won, then lost.
func importStageOrder(name, kind string) int {
	switch kind {
	case data.StageWon:
		return 1000
	case data.StageLost:
		return 1001
	}
	fold := sheet.Fold(name)
	for i, stems := range importStageStems {
		if slices.ContainsFunc(stems, func(stem string) bool { return strings.Contains(fold, stem) }) {
			return i
		}
	}
	return 500
}

// stageNumber is the number that a stage's name starts with: "2. Qualify",
// "03 - Proposal"; -1 where it has none.
var stageNumbered = regexp.MustCompile(`^\s*(?:[\p{L}]{1,6}\s?)?(\d{1,2})\s*[.):\-–_ /]`)

func stageNumber(name string) int {
	m := stageNumbered.FindStringSubmatch(name)
	if m == nil {
		return -1
	}
	n := 0
	for _, d := range m[1] {
		n = n*10 + int(d-'0')
	}
	return n
}

// stageLabels are the names of stages that a program writes as ids.
var stageLabels = map[string]string{
	"appointmentscheduled": "Appointment scheduled", "qualifiedtobuy": "Qualified to buy", "presentationscheduled": "Presentation scheduled",
	"decisionmakerboughtin": "Decision maker bought-in", "contractsent": "Contract sent", "closedwon": "Closed won", "closedlost": "Closed lost",
}

// stageLabel is how a new stage is called.
func stageLabel(name string) string {
	if label, ok := stageLabels[name]; ok {
		return label
	}
	return name
}
