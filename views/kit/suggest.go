package kit

import (
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fieldbook/data"
)

// Offered finds what is offered for a field of text of a kind, nil where nothing
// is: names of the kind that the field offers, or what other rows say.
func (h *Host) Offered(kind string, f data.Field) func(query string) []Option {
	switch {
	case f.Offers != "":
		return h.RecordSearch(f.Offers)
	case !f.Recurs:
		return nil
	}
	written := sync.OnceValue(func() []Option {
		texts, err := h.App.Records.Written(h.Context, kind, f.Name)
		if err != nil {
			return nil // the list only offers; anything can be typed
		}
		var out []Option
		for _, t := range texts {
			out = append(out, Option{Key: t, Text: t})
		}
		return out
	})
	return func(query string) []Option {
		found := rankOptions(query, written())
		return found[:min(len(found), foundRecords)]
	}
}

// suggestInput is a line of text beside which a list of what others wrote can be
// opened, by its chevron or by Down. What is chosen stands in the line, and can
// be changed there: the list only offers.
type suggestInput struct {
	widget.BaseWidget
	*textInput
	offers *Picker
}

func (f *Form) newSuggestInput(field Field, text *textInput) input {
	i := &suggestInput{textInput: text}
	i.offers = NewPicker(PickerOptions{Search: field.Search, Runner: f.opts.Runner, Wide: true})
	i.offers.slim, i.offers.onKey = true, f.key
	i.offers.opts.OnPick = func([]string) {
		text.entry.SetText(i.offers.Label())
		i.offers.SetChosen(Option{})
	}
	typed := text.entry.onKey
	text.entry.onKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyDown {
			i.offers.Open()
			return true
		}
		return typed(k)
	}
	i.ExtendBaseWidget(i)
	return i
}

func (i *suggestInput) object() fyne.CanvasObject { return i }

// CreateRenderer implements fyne.Widget.
func (i *suggestInput) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: i, min: fixed(HeightControl*4, HeightControl), draw: func(s *scene, size fyne.Size) {
		s.put(i.entry, area{0, 0, size.Width - HeightControl - 4, size.Height})
		s.put(i.offers, area{size.Width - HeightControl, 0, HeightControl, size.Height})
	}}
}
