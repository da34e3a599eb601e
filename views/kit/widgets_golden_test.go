package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// inBoth compares an object with its golden in the light and the dark theme.
func inBoth(t *testing.T, name string, size fyne.Size, build func() fyne.CanvasObject) {
	t.Helper()
	for theme, dark := range map[string]bool{"light": false, "dark": true} {
		t.Run(theme, func(t *testing.T) {
			kittest.App(t, dark)
			object := kit.MinBox(size, kit.Fill(kit.ColorBg), kit.Pad(kit.Insets{Top: 8, Right: 8, Bottom: 8, Left: 8}, build()))
			kittest.Golden(t, name+"-"+theme, object, size)
		})
	}
}

func TestMarksGolden(t *testing.T) {
	inBoth(t, "marks", fyne.NewSize(300, 90), func() fyne.CanvasObject {
		return kit.VBox(8,
			kit.HBox(8, kit.NewTag("new", kit.TonePlain), kit.NewTag("Commit", kit.ToneAccent), kit.NewTag("3 of 3", kit.ToneGood), kit.NewTag("stalled 31 d", kit.ToneWarn), kit.NewTag("1 of 3", kit.ToneBad)),
			kit.HBox(8, kit.NewBadge("7"), kit.NewBadge("296"), kit.NewAvatar("Darcel Schlecht", 20), kit.NewAvatar("Ana Batista", 26)),
		)
	})
}

func TestCardsGolden(t *testing.T) {
	inBoth(t, "cards", fyne.NewSize(660, 100), func() fyne.CanvasObject {
		return kit.Columns(kit.GapPanel, nil,
			kit.NewCard(kit.CardData{Name: "Team attainment", Figure: "45%", Caption: "$330K of $734K", Change: "104% of pace", Trend: 1, Tone: kit.ToneGood, Spark: []float64{1, 3, 4, 7, 8, 11, 12}}, nil),
			kit.NewCard(kit.CardData{Name: "Won, quarter to date", Figure: "$330K", Caption: "109 deals", Change: "7.5% on Q3, day 48", Trend: -1, Tone: kit.ToneBad, Spark: []float64{4, 6, 3, 7, 9, 6, 2}}, nil),
			kit.NewCard(kit.CardData{Name: "Coverage to Dec 31, of the quota that is left", Figure: "2.0×", Caption: "$820K on $404K left", Change: "no earlier quarter"}, nil),
		)
	})
}

func TestPanelAndListGolden(t *testing.T) {
	inBoth(t, "needs-you", fyne.NewSize(332, 480), func() fyne.CanvasObject {
		list := kit.NewList(kit.ListOptions{TwoLine: true})
		list.SetRows(sampleNeeds())
		return kit.NewPanel(kit.PanelOptions{Title: "Needs you", Action: "Open calendar", Flush: true, Body: list})
	})
	inBoth(t, "panel", fyne.NewSize(420, 120), func() fyne.CanvasObject {
		return kit.NewPanel(kit.PanelOptions{Title: "Team against quota", Caption: "USD, Oct 1 – Nov 17, n = 233 closed", Note: "day 48 of 92", Body: kit.Body("One line")})
	})
}

func TestBoardGolden(t *testing.T) {
	inBoth(t, "board", fyne.NewSize(1112, 560), func() fyne.CanvasObject {
		return kit.NewBoard(board6(20), kit.BoardOptions{})
	})
}

func TestFormGolden(t *testing.T) {
	inBoth(t, "form", fyne.NewSize(600, 460), func() fyne.CanvasObject {
		f := sampleForm(kit.FormOptions{})
		f.Save()
		return f
	})
	inBoth(t, "form-narrow", fyne.NewSize(340, 640), func() fyne.CanvasObject {
		return sampleForm(kit.FormOptions{})
	})
}

func TestCalendarGolden(t *testing.T) {
	inBoth(t, "calendar", fyne.NewSize(226, 260), func() fyne.CanvasObject {
		return kit.NewCalendar(kit.CalendarOptions{Today: nov17, Day: nov17.AddDays(4), Style: kit.DateStyle{WeekStart: 1}})
	})
}

func TestPickersGolden(t *testing.T) {
	inBoth(t, "pickers", fyne.NewSize(460, 84), func() fyne.CanvasObject {
		cal := data.Calendar{Start: 1}
		options := kit.PeriodOptions(cal, 2017, 2017)
		period := kit.NewPeriodPicker(cal, options, func(data.Period) {})
		period.SetKeys("2017-Q4")
		scope := kit.NewPicker(kit.PickerOptions{Icon: "user", Text: "My team"})
		asOf := kit.NewDayPicker(kit.CalendarOptions{Today: nov17, Day: nov17}, func(data.Day) string { return "As of Nov 17" })
		return kit.VBox(8, kit.HBox(8, period, scope, asOf), kit.NewPicker(kit.PickerOptions{Text: "Find an account", Wide: true}))
	})
}

func TestEmptyGolden(t *testing.T) {
	inBoth(t, "empty", fyne.NewSize(460, 260), func() fyne.CanvasObject {
		return kit.NewEmpty(kit.EmptyOptions{
			Icon: "pipeline", Title: "No deals yet", Step: "New deal", StepIcon: "plus",
			Text: "The board shows every open deal by stage. Enter the first one, or import the list that your CRM saves.",
		})
	})
}

func TestChartViewGolden(t *testing.T) {
	inBoth(t, "chartview", fyne.NewSize(420, 260), func() fyne.CanvasObject { return kit.NewChartView(sampleChart(), kit.ChartOptions{}) })
}

func sampleChart() report.Spec {
	return report.StageBars{
		Head: report.Head{Title: "Open deals by stage", N: "684 deals", Unit: "list price"},
		Rows: []report.Stage{
			{Mark: report.Mark{Label: "Prospecting", Text: "$771K", Value: 771, Key: "prospecting", Hint: "Prospecting: 296 deals"}, Part: 77, Sub: "296 deals"},
			{Mark: report.Mark{Label: "Discovery", Text: "$250K", Value: 250, Key: "discovery", Hint: "Discovery: 102 deals"}, Part: 100, Sub: "102 deals"},
		},
		Part: "weighted", Whole: "open value",
	}
}
