package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// ButtonKind is the weight of a button on the screen.
type ButtonKind int

// A screen has one primary button. Quiet buttons have a border, bare ones
// none until hovered, links are words in the accent.
const (
	ButtonQuiet ButtonKind = iota
	ButtonPrimary
	ButtonBare
	ButtonLink
	ButtonDanger
)

// ButtonOptions describes a button: an icon of assets/icons, a word, or both.
type ButtonOptions struct {
	Text  string
	Icon  string
	After string // an icon behind the word, as "chev" on a picker
	Kind  ButtonKind
	OnTap func()
}

// Button is 28 high, reached by Tab, pressed by click, Enter or Space.
type Button struct {
	widget.DisableableWidget
	opts             ButtonOptions
	hovered, focused bool
	segment          segmentPlace
	current          bool
}

var (
	_ fyne.Focusable    = (*Button)(nil)
	_ fyne.Tappable     = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
)

// NewButton returns a button.
func NewButton(opts ButtonOptions) *Button {
	b := &Button{opts: opts}
	b.ExtendBaseWidget(b)
	return b
}

// Text returns the word on the button.
func (b *Button) Text() string { return b.opts.Text }

// SetText changes the word on the button.
func (b *Button) SetText(text string) {
	if b.opts.Text != text {
		b.opts.Text = text
		b.Refresh()
	}
}

// SetIcon changes the icon before the word; "" shows none.
func (b *Button) SetIcon(name string) {
	if b.opts.Icon != name {
		b.opts.Icon = name
		b.Refresh()
	}
}

// SetKind changes the weight of the button.
func (b *Button) SetKind(kind ButtonKind) {
	if b.opts.Kind != kind {
		b.opts.Kind = kind
		b.Refresh()
	}
}

// SetEnabled lets the button be pressed or not.
func (b *Button) SetEnabled(on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// SetOnTap changes what a press does.
func (b *Button) SetOnTap(tap func()) { b.opts.OnTap = tap }

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.Disabled() {
		focus(b)
	}
	b.press()
}

func (b *Button) press() {
	if !b.Disabled() && b.opts.OnTap != nil {
		b.opts.OnTap()
	}
}

// TypedKey implements fyne.Focusable: Enter and Space press.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace {
		b.press()
		return
	}
	escapes(b, e)
}

// TypedRune implements fyne.Focusable.
func (b *Button) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.setFocused(true) }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.setFocused(false) }

func (b *Button) setFocused(on bool) {
	b.focused = on
	b.Refresh()
}

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.setHovered(true) }

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() { b.setHovered(false) }

func (b *Button) setHovered(on bool) {
	b.hovered = on
	b.Refresh()
}

// Cursor implements desktop.Cursorable.
func (b *Button) Cursor() desktop.Cursor {
	if b.opts.Kind == ButtonLink && !b.Disabled() {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// focus gives an object the keyboard if it is shown.
func focus(object interface {
	fyne.CanvasObject
	fyne.Focusable
},
) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(object); c != nil {
		c.Focus(object)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		button: b,
		back:   &canvas.Rectangle{},
		word:   canvas.NewText("", nil),
		before: iconImage("", ColorFg, IconControl),
		after:  iconImage("", ColorFg, IconControl),
	}
	r.update()
	return r
}

type buttonRenderer struct {
	button        *Button
	back          *canvas.Rectangle
	word          *canvas.Text
	before, after *canvas.Image
}

// buttonLook is how one state of a button is drawn.
type buttonLook struct {
	box  BoxStyle
	ink  Token
	bold bool
}

func (b *Button) look() buttonLook {
	l := b.kindLook()
	if b.segment != segmentNone && b.current {
		l = buttonLook{BoxStyle{Fill: ColorSel, Line: ColorLine2}, ColorAccent, true}
	}
	if b.Disabled() {
		l.ink, l.bold = ColorFg3, false
		if b.opts.Kind == ButtonPrimary || b.opts.Kind == ButtonDanger {
			l.box = BoxStyle{Fill: ColorTrack}
		}
	} else if b.focused {
		l.box.Line, l.box.Width = ColorAccent, 2
		if b.opts.Kind == ButtonPrimary {
			l.box.Line = ColorFg
		}
	}
	if b.segment == segmentNone {
		l.box.Radius = RadiusBox
	}
	return l
}

func (b *Button) kindLook() buttonLook {
	hover := b.hovered && !b.Disabled()
	switch b.opts.Kind {
	case ButtonPrimary:
		if hover {
			return buttonLook{BoxStyle{Fill: ColorAccent, Line: ColorFg}, ColorOn, true}
		}
		return buttonLook{BoxStyle{Fill: ColorAccent}, ColorOn, true}
	case ButtonDanger:
		return buttonLook{BoxStyle{Fill: ColorBad}, ColorOn, true}
	case ButtonLink:
		return buttonLook{BoxStyle{}, ColorAccent, false}
	case ButtonBare:
		if hover {
			return buttonLook{BoxStyle{Fill: ColorHover}, ColorFg, false}
		}
		return buttonLook{BoxStyle{}, ColorFg, false}
	default:
		if hover {
			return buttonLook{BoxStyle{Fill: ColorHover, Line: ColorLine2}, ColorFg, false}
		}
		return buttonLook{BoxStyle{Fill: ColorBg, Line: ColorLine2}, ColorFg, false}
	}
}

const (
	buttonPad = 10
	buttonGap = 7
)

func (b *Button) pad() float32 {
	switch {
	case b.opts.Kind == ButtonLink:
		return 0
	case b.opts.Text == "":
		return (HeightControl - IconControl) / 2
	default:
		return buttonPad
	}
}

func (r *buttonRenderer) MinSize() fyne.Size {
	o := r.button.opts
	width := 2 * r.button.pad()
	parts := 0
	for _, icon := range []string{o.Icon, o.After} {
		if icon != "" {
			width += IconControl
			parts++
		}
	}
	if o.Text != "" {
		// A segment keeps its width when it becomes the bold current one.
		width += max(Measure(o.Text, SizeBody, r.button.look().bold), Measure(o.Text, SizeBody, r.button.segment != segmentNone))
		parts++
	}
	return fyne.NewSize(width+buttonGap*float32(max(0, parts-1)), HeightControl)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	x := max(r.button.pad(), (size.Width-r.MinSize().Width)/2+r.button.pad())
	place := func(icon *canvas.Image) {
		if !icon.Visible() {
			return
		}
		icon.Move(snapped(x, (size.Height-IconControl)/2))
		x += IconControl + buttonGap
	}
	place(r.before)
	if r.word.Text != "" {
		width := Measure(r.word.Text, SizeBody, r.word.TextStyle.Bold)
		height := LineHeight(SizeBody)
		r.word.Move(snapped(x, (size.Height-height)/2))
		r.word.Resize(fyne.NewSize(width, height))
		x += width + buttonGap
	}
	place(r.after)
}

func (r *buttonRenderer) update() {
	look := r.button.look()
	look.box.apply(r.back)
	r.button.segment.round(r.back)
	r.word.Text = r.button.opts.Text
	r.word.TextSize = SizeBody
	r.word.TextStyle.Bold = look.bold
	r.word.Color = Color(look.ink)
	showIcon(r.before, r.button.opts.Icon, look.ink)
	showIcon(r.after, r.button.opts.After, look.ink)
}

// showIcon changes the icon that an image shows and hides it for "".
func showIcon(img *canvas.Image, name string, token Token) {
	img.Hidden = name == ""
	if name == "" {
		return
	}
	img.Resource = IconColored(name, token)
	img.Refresh()
}

func (r *buttonRenderer) Refresh() {
	r.update()
	r.Layout(r.button.Size())
	r.back.Refresh()
	r.word.Refresh()
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.before, r.word, r.after}
}

func (r *buttonRenderer) Destroy() {}
