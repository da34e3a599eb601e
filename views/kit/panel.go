package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// PanelOptions describes a panel: a bold title, its caption (unit, period, n)
// beside it, and at the right edge an action or a note.
type PanelOptions struct {
	Title   string
	Caption string
	Note    string // at the right, where there is no action
	Action  string // a link at the right
	OnTap   func()
	Flush   bool // the body reaches the border: tables and lists
	Body    fyne.CanvasObject
}

// Panel is a bordered box with a title row and a body. No panel stands within
// another.
type Panel struct {
	widget.BaseWidget
	opts PanelOptions
	link *Link
	mute bool // the action is not offered
}

// NewPanel returns a panel. Body may not be nil.
func NewPanel(opts PanelOptions) *Panel {
	p := &Panel{opts: opts}
	if opts.Action != "" {
		p.link = NewLink(opts.Action, opts.OnTap)
	}
	p.ExtendBaseWidget(p)
	return p
}

// SetCaption changes what stands beside the title.
func (p *Panel) SetCaption(caption string) {
	if p.opts.Caption != caption {
		p.opts.Caption = caption
		p.Refresh()
	}
}

// SetTitle replaces the title; a panel made without one has no room for it.
func (p *Panel) SetTitle(title string) {
	if p.opts.Title != title {
		p.opts.Title = title
		p.Refresh()
	}
}

// SetNote changes the note at the right.
func (p *Panel) SetNote(note string) {
	if p.opts.Note != note {
		p.opts.Note = note
		p.Refresh()
	}
}

// OfferAction says whether the action at the right is there: of a panel that stays
// while the book behind it becomes one that cannot be changed.
func (p *Panel) OfferAction(offered bool) {
	if p.mute == offered {
		p.mute = !offered
		p.Refresh()
	}
}

const panelHead = 40 // title row, from the border to the body

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: p, min: p.minSize, draw: p.draw}
}

func (p *Panel) insets() Insets {
	in := Insets{panelHead, PadPanel, PadPanel, PadPanel}
	if p.opts.Flush {
		in = Insets{panelHead, 1, 1, 1}
	}
	if p.opts.Title == "" {
		in.Top = in.Left
	}
	return in
}

func (p *Panel) minSize() fyne.Size {
	in := p.insets()
	return p.opts.Body.MinSize().AddWidthHeight(in.Left+in.Right, in.Top+in.Bottom)
}

func (p *Panel) draw(s *scene, size fyne.Size) {
	s.box(area{0, 0, size.Width, size.Height}, BoxStyle{Fill: ColorBg, Line: ColorLine, Radius: RadiusPanel})
	in := p.insets()
	if p.opts.Title != "" {
		p.drawHead(s, size.Width)
	}
	s.put(p.opts.Body, area{in.Left, in.Top, size.Width - in.Left - in.Right, size.Height - in.Top - in.Bottom})
}

func (p *Panel) drawHead(s *scene, width float32) {
	right := width - PadPanel
	switch {
	case p.link != nil && !p.mute:
		w := p.link.MinSize().Width
		right -= w
		s.put(p.link, area{right, (panelHead - linkHeight) / 2, w, linkHeight})
	case p.opts.Note != "":
		face := TextStyle{Size: SizeCaption, Color: ColorFg2, Align: fyne.TextAlignTrailing}
		w := min(Measure(p.opts.Note, SizeCaption, false), width/2)
		right -= w
		s.text(area{right, 0, w, panelHead}, p.opts.Note, face)
	}
	x := float32(PadPanel)
	x += s.text(area{x, 0, right - x - 8, panelHead}, p.opts.Title, TextStyle{Bold: true}) + 8
	s.text(area{x, 1, right - x - 8, panelHead}, p.opts.Caption, TextStyle{Size: SizeCaption, Color: ColorFg2})
}
