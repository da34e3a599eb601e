package kit

import (
	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
)

const (
	formNarrow = 300
	formWide   = 520 // from here on two columns
	formGap    = 12
	fieldLabel = 18
	fieldNote  = 15 // a line of help or of a mistake
	fieldAfter = 10
)

// CreateRenderer implements fyne.Widget.
func (b *formBody) CreateRenderer() fyne.WidgetRenderer {
	min := func() fyne.Size { return fyne.NewSize(formNarrow, b.high(b.width())) }
	return &sketch{of: b, min: min, draw: func(s *scene, size fyne.Size) {
		b.place(size.Width, func(f *formField, at area) { s.field(f, at) })
	}}
}

func (b *formBody) width() float32 { return max(formNarrow, b.Size().Width) }

// high is the height that the fields take at a width.
func (b *formBody) high(width float32) float32 {
	return b.place(width, func(*formField, area) {})
}

// place gives each field its area and returns the height of all.
func (b *formBody) place(width float32, at func(f *formField, at area)) float32 {
	inner := width - 2*PadPage
	columns := 1
	if width >= formWide {
		columns = 2
	}
	half := (inner - formGap*float32(columns-1)) / float32(columns)
	y, column, tallest := float32(PadPanel), 0, float32(0)
	newline := func() { y, column, tallest = y+tallest, 0, 0 }
	for _, f := range b.form.fields {
		w := half
		if f.Wide || f.Kind == FieldLong {
			w = inner
		}
		if column > 0 && w > half {
			newline()
		}
		h := f.height(w)
		at(f, area{PadPage + float32(column)*(half+formGap), y, w, h})
		tallest = max(tallest, h)
		if column++; column == columns || w > half {
			newline()
		}
	}
	newline()
	return y + 2
}

// note is what stands below a field: the mistake, or else the help.
func (f *formField) note(width float32) []string {
	if f.mistake != "" {
		return wrap(f.mistake, width-16)
	}
	return wrap(f.Help, width)
}

func (f *formField) inputHeight() float32 {
	return max(HeightControl, f.input.object().MinSize().Height)
}

func (f *formField) height(width float32) float32 {
	return fieldLabel + f.inputHeight() + fieldNote*float32(len(f.note(width))) + fieldAfter
}

func (s *scene) field(f *formField, at area) {
	if f.Kind != FieldBool { // a check says its name itself
		w := s.text(area{at.x, at.y, at.w, fieldLabel - 2}, f.Label, TextStyle{Size: SizeCaption, Color: ColorFg2})
		if f.Required {
			s.text(area{at.x + w + 5, at.y, at.w, fieldLabel - 2}, lang.T("needed"), TextStyle{Size: SizeCaption, Color: ColorFg3})
		}
	}
	box := area{at.x, at.y + fieldLabel, at.w, f.inputHeight()}
	s.put(f.input.object(), box)
	x, y, ink := at.x, box.y+box.h+2, ColorFg2
	if f.mistake != "" {
		s.box(box.inset(1), BoxStyle{Line: ColorBad, Radius: RadiusBox})
		s.icon(x, y+1, "warn", ColorBad, 12)
		x, ink = x+16, ColorBad
	}
	for i, line := range f.note(at.w) {
		s.text(area{x, y + fieldNote*float32(i), at.w, fieldNote}, line, TextStyle{Size: SizeCaption, Color: ink})
	}
}

// ShowForm shows a form as a dialog in a window, with the keyboard in its
// first field. It closes when the form is saved or cancelled.
func ShowForm(w fyne.Window, title string, f *Form) {
	f.show(w.Canvas(), title, overlayOptions{dim: true, size: func(window fyne.Size) fyne.Size {
		width := min(float32(600), window.Width-2*PadPage)
		return fyne.NewSize(width, min(panelHead+f.body.high(width)+formFoot, window.Height-2*PadPage))
	}})
}

// ShowSheet shows a form as a sheet at the right side of a window.
func ShowSheet(w fyne.Window, title string, f *Form) {
	f.show(w.Canvas(), title, overlayOptions{dim: true, side: true, size: func(window fyne.Size) fyne.Size {
		return fyne.NewSize(min(380, window.Width), window.Height)
	}})
}

func (f *Form) show(c fyne.Canvas, title string, opts overlayOptions) {
	f.canvas, opts.escape = c, f.Cancel
	opts.key = func(e fyne.KeyEvent) bool { return f.key(&e) }
	over := showOverlay(c, titled(title, f), opts)
	f.onSaved, f.onCancel = over.Close, over.Close
	f.FocusFirst()
}
