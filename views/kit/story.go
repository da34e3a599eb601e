package kit

import (
	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// NewStory shows the newest edits of a record, at most limit, and how it came
// into the book as one. day writes an edit's day.
func NewStory(story []app.Edited, limit int, day func(data.Day) string) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i, e := range story {
		if len(rows) >= 2*limit {
			break
		}
		if i > 0 {
			rows = append(rows, HLine(ColorLine))
		}
		if e.Txn == story[len(story)-1].Txn {
			what := NewText(e.What, TextStyle{Cut: true})
			rows = append(rows, storyLine(what, e, day))
			break
		}
		rows = append(rows, newStoryLine(e, day))
	}
	return VBox(0, rows...)
}

func storyLine(what fyne.CanvasObject, e app.Edited, day func(data.Day) string) fyne.CanvasObject {
	who := NewText(e.Who+", "+day(e.Day), TextStyle{Size: SizeCaption, Color: ColorFg2, Cut: true})
	return Pad(Insets{Top: 3, Bottom: 3}, VBox(0, what, who))
}

// newStoryLine shows one edit of a record's history in two lines: the field
// with what it was and became, then who and when.
func newStoryLine(e app.Edited, day func(data.Day) string) fyne.CanvasObject {
	change := e.New
	switch {
	case e.Field.Name == "_deleted" && e.New == "yes":
		change = lang.T("removed")
	case e.Field.Name == "_deleted":
		change = lang.T("brought back")
	case e.New == "":
		change = lang.T("%s taken out", e.Old)
	case e.Old != "":
		change = lang.T("%s, was %s", e.New, e.Old)
	}
	field := lang.T(e.Field.Label)
	if e.Field.Name == "_deleted" {
		field = lang.T("Record")
	}
	what := HBox(6, NewText(field, TextStyle{Color: ColorFg2}), Grow(NewText(change, TextStyle{Cut: true})))
	return storyLine(what, e, day)
}
