package app

import (
	"fmt"
	"strings"

	"fieldbook/data/sheet"
)

// doneWords and openWords are how programs say of a task how it stands, folded. What
// was called off is not done.
var (
	doneWords = wordSet("completed complete done closed finished held resolved erledigt abgeschlossen beendet termine terminee effectue effectuee completada completado completata completato concluida concluido finalizada finalizado fatto fatta voltooid afgerond gereed zakonczone zakonczony ukonczone hotovo dokonceno ferdig fullfort klar slutford avslutad udfort afsluttet valmis tehty tamamlandi kesz befejezett завершена завершено завершен выполнена выполнено 完了 已完成 完成 완료")
	openWords = wordSet("notstarted inprogress inprocess started needsaction waiting waitingonsomeoneelse waitingonsomeone waitingforinput waitingoninput pendinginput deferred postponed open planned scheduled new pending todo upcoming overdue notheld notdone incomplete canceled cancelled " +
		"nichtbegonnen nichtgestartet inbearbeitung offen geplant wartetaufjemandanderen wartend zuruckgestellt abgebrochen uberfallig noncommence noncommencee nondemarre nondemarree encours enattente differe differee reporte reportee planifie planifiee annule annulee afaire " +
		"noiniciado noiniciada encurso enprogreso enespera pendiente aplazado aplazada planificada cancelada cancelado naoiniciada naoiniciado emandamento emprogresso aguardando pendente adiada planejada noniniziato noniniziata incorso inattesa rinviata rinviato pianificata annullata dafare " +
		"nietgestart nietbegonnen bezig inuitvoering wachtend uitgesteld gepland open tedoen nierozpoczete wtoku oczekujace odroczone nezahajeno probiha nieustannie ikkestartet ikkepabegynt pagar pagaende ejpaborjad inteborjad venter utsatt aloittamatta kesken baslamadi devamediyor " +
		"неначата неначато вработе ожидание отложена запланирована 未着手 進行中 待機中 延期 未开始 进行中 待办 시작안함 진행중")
)

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[sheet.Fold(w)] = true
	}
	return out
}

// importDone reads whether an activity is done: as yes and no, or as the status of
// a task.
func importDone(text string) (bool, error) {
	fold := sheet.Fold(text)
	switch yes, err := sheet.ParseBool(text); {
	case err == nil:
		return yes, nil
	case doneWords[fold]:
		return true, nil
	case openWords[fold]:
		return false, nil
	}
	return false, fmt.Errorf("%q does not say whether it is done", text)
}

// holdsDone reports whether most values of a column say whether activities are done.
func (c *ColumnPlan) holdsDone() bool {
	n := 0
	for _, v := range c.order {
		if _, err := importDone(v); err == nil {
			n++
		}
	}
	return 2*n > len(c.order)
}
