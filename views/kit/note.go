package kit

import "fyne.io/fyne/v2"

// NoteEntry is a field of several lines that stands on a screen, outside of a form.
type NoteEntry struct{ entry }

// NewNoteEntry returns an empty field of some lines. Ctrl+Enter in it calls done,
// which may be nil.
func NewNoteEntry(hint string, lines int, done func()) *NoteEntry {
	e := &NoteEntry{}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.onEnter = done
	e.SetPlaceHolder(hint)
	e.SetMinRowsVisible(lines)
	e.ExtendBaseWidget(e)
	return e
}

// LineEntry is a field of one line that stands on a screen, outside of a form.
type LineEntry struct{ entry }

// NewLineEntry returns an empty field.
func NewLineEntry(hint string) *LineEntry {
	e := &LineEntry{}
	e.SetPlaceHolder(hint)
	e.ExtendBaseWidget(e)
	return e
}

// OnLeave hears when the field loses the keyboard.
func (e *NoteEntry) OnLeave(leave func()) {
	e.onFocus = func(on bool) {
		if !on {
			leave()
		}
	}
}
