package kit_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app/report"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func TestListKeyboardSkipsHeaders(t *testing.T) {
	kittest.App(t, false)
	var opened []string
	list := kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: func(key string) { opened = append(opened, key) }})
	list.SetRows(sampleNeeds())
	h := desk(t, list, 316, 200)
	h.Window.Canvas().Focus(list)
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd, fyne.KeySpace, fyne.KeyHome, fyne.KeyUp, fyne.KeyReturn} {
		h.Key(key)
	}
	if !slices.Equal(opened, []string{"4", "6", "1"}) {
		t.Errorf("opened %v", opened)
	}
	list.Select("6")
	list.SetRows(sampleNeeds()[5:])
	if list.Current() != "6" {
		t.Errorf("the selection moved to %q with new rows", list.Current())
	}
	list.SetRows(nil)
	if list.Current() != "" {
		t.Error("a selection without rows")
	}
}

func TestListClickOpens(t *testing.T) {
	kittest.App(t, false)
	opened := ""
	list := kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: func(key string) { opened = key }})
	list.SetRows(sampleNeeds())
	h := desk(t, list, 316, 500)
	at, _ := kittest.At(list, "Overdue")
	h.Click(at)
	if opened != "" {
		t.Error("a header opens")
	}
	at, _ = kittest.At(list, "dambase · MG Advanced")
	h.Move(at)
	h.Click(at)
	if opened != "3" {
		t.Errorf("opened %q", opened)
	}
}

func TestListDrawsOnlyWhatIsVisible(t *testing.T) {
	kittest.App(t, false)
	rows := make([]kit.ListRow, 100_000)
	for i := range rows {
		rows[i] = kit.ListRow{Key: fmt.Sprint(i), Title: fmt.Sprint("row ", i)}
	}
	list := kit.NewList(kit.ListOptions{})
	list.SetRows(rows)
	h := desk(t, list, 300, 280)
	if n := len(kittest.Texts(list)); n > 12 {
		t.Errorf("%d texts for ten rows", n)
	}
	h.Window.Canvas().Focus(list)
	h.Key(fyne.KeyEnd)
	if !kittest.Shows(list, "row 99999") {
		t.Errorf("End shows %v", kittest.Texts(list))
	}
}

func TestCardOpens(t *testing.T) {
	kittest.App(t, false)
	opened := 0
	card := kit.NewCard(kit.CardData{Name: "Won", Figure: "$330K"}, func() { opened++ })
	h := desk(t, card, 210, 84)
	h.Move(fyne.NewPos(20, 20))
	h.Click(fyne.NewPos(20, 20))
	h.Window.Canvas().Focus(card)
	h.Key(fyne.KeyReturn)
	if opened != 2 {
		t.Errorf("opened %d times", opened)
	}
	card.Set(kit.CardData{Name: "Won", Figure: "$331K"})
	if !kittest.Shows(card, "$331K") {
		t.Error("new figures are not shown")
	}
}

func TestPanelActionAndEmptyStep(t *testing.T) {
	kittest.App(t, false)
	tapped := ""
	empty := kit.NewEmpty(kit.EmptyOptions{Title: "No deals yet", Step: "New deal", OnTap: func() { tapped = "step" }})
	panel := kit.NewPanel(kit.PanelOptions{Title: "Deals", Action: "Show all", OnTap: func() { tapped = "action" }, Body: empty})
	h := desk(t, panel, 400, 300)
	at, _ := kittest.At(panel, "Show all")
	if h.Click(at); tapped != "action" {
		t.Errorf("the action does %q", tapped)
	}
	at, _ = kittest.At(panel, "New deal")
	if h.Click(at); tapped != "step" {
		t.Errorf("the step does %q", tapped)
	}
}

func TestChartViewHoverAndClick(t *testing.T) {
	kittest.App(t, false)
	opened := ""
	v := kit.NewChartView(sampleChart(), kit.ChartOptions{OnOpen: func(key string) { opened = key }})
	h := desk(t, v, 420, 260)
	at := fyne.NewPos(150, 60)
	h.Move(at)
	if !kittest.Shows(v, "Prospecting: 296 deals") {
		t.Errorf("no hint; shows %v", kittest.Texts(v))
	}
	h.Click(at)
	if opened != "prospecting" {
		t.Errorf("opened %q", opened)
	}
	h.Move(fyne.NewPos(400, 240))
	if kittest.Shows(v, "Prospecting: 296 deals") {
		t.Error("the hint stays")
	}
}

func TestChartViewDropsLateDrawings(t *testing.T) {
	kittest.App(t, false)
	queue := &kittest.Queue{}
	v := kit.NewChartView(sampleChart(), kit.ChartOptions{Runner: queue})
	h := desk(t, v, 420, 260)
	h.Window.Resize(fyne.NewSize(600, 300))
	if queue.Waiting() < 2 {
		t.Fatalf("%d drawings for two sizes", queue.Waiting())
	}
	queue.RunAll()
	v.SetSpec(report.StageBars{Head: report.Head{Title: "Other"}})
	if queue.Waiting() != 1 {
		t.Errorf("%d drawings for another chart", queue.Waiting())
	}
}

func TestChartViewMenuHasOnlyWhatIsGiven(t *testing.T) {
	kittest.App(t, false)
	saved := ""
	v := kit.NewChartView(sampleChart(), kit.ChartOptions{OnSave: func(_ report.Spec, format string) { saved = format }})
	h := desk(t, v, 420, 260)
	h.RightClick(fyne.NewPos(100, 100))
	top := h.Window.Canvas().Overlays().Top()
	if kittest.Shows(top, "Copy picture") {
		t.Error("copying is offered without a callback")
	}
	at, ok := kittest.At(top, "Save as SVG")
	if !ok {
		t.Fatalf("the menu shows %v", kittest.Texts(top))
	}
	h.Click(at)
	if saved != "svg" {
		t.Errorf("saved as %q", saved)
	}
}
