package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

const (
	railWidth  = 152
	railItem   = 28
	railInset  = 8
	railLogo   = 20
	railFirst  = 10
	groupAbove = 5
)

// rail is the navigation at the left: an icon and a word for each screen.
type rail struct {
	root  *fyne.Container
	items map[string]*railLink
}

func newRail(list []entry, open func(name string)) *rail {
	r := &rail{items: map[string]*railLink{}}
	var top, foot []fyne.CanvasObject
	logo := kit.MinBox(fyne.NewSize(railLogo, railLogo), logoImage())
	name := kit.NewText("Fieldbook", kit.TextStyle{Bold: true})
	top = append(top, kit.MinBox(fyne.NewSize(railWidth, kit.HeightTitle), kit.Pad(kit.Insets{Left: kit.PadPage}, kit.HBox(8, logo, name))), kit.Gap(0, 0))
	group := ""
	for _, e := range list {
		if e.hidden {
			continue
		}
		link := newRailLink(e, func() { open(e.name) })
		r.items[e.name] = link
		line := kit.Pad(kit.Insets{Left: railInset, Right: railInset}, link)
		if e.group == "" {
			foot = append(foot, line)
			continue
		}
		if e.group != group {
			group = e.group
			caption := kit.NewText(lang.T(group), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2})
			top = append(top, kit.Gap(0, groupAbove), kit.Pad(kit.Insets{Left: kit.PadPage, Top: 3, Bottom: 3}, caption))
		}
		top = append(top, line)
	}
	all := append(append(top, kit.Space()), foot...)
	body := kit.VBox(0, append(all, kit.Gap(0, railFirst-2))...)
	line := kit.MinBox(fyne.NewSize(1, 0), kit.Fill(kit.ColorLine))
	r.root = kit.MinBox(fyne.NewSize(railWidth, 0), container.NewStack(kit.Fill(kit.ColorRail), kit.Columns(0, []float32{1, 0}, body, line)))
	return r
}

func logoImage() fyne.CanvasObject {
	icon := widget.NewIcon(fyne.NewStaticResource("icon.svg", assets.Logo))
	return icon
}

// mark shows which screen is the current one.
func (r *rail) mark(name string) {
	for n, item := range r.items {
		item.setCurrent(n == name)
	}
}

// railLink is one line of the rail.
type railLink struct {
	widget.BaseWidget
	entry          entry
	tap            func()
	current, hover bool
}

var (
	_ fyne.Tappable     = (*railLink)(nil)
	_ desktop.Hoverable = (*railLink)(nil)
)

func newRailLink(e entry, tap func()) *railLink {
	l := &railLink{entry: e, tap: tap}
	l.ExtendBaseWidget(l)
	return l
}

func (l *railLink) setCurrent(on bool) {
	if l.current != on {
		l.current = on
		l.Refresh()
	}
}

// Tapped opens the screen.
func (l *railLink) Tapped(*fyne.PointEvent) { l.tap() }

// MouseIn implements desktop.Hoverable.
func (l *railLink) MouseIn(*desktop.MouseEvent) { l.hover = true; l.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (l *railLink) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *railLink) MouseOut() { l.hover = false; l.Refresh() }

// CreateRenderer implements fyne.Widget.
func (l *railLink) CreateRenderer() fyne.WidgetRenderer {
	back := kit.NewBox(kit.BoxStyle{Radius: kit.RadiusBox})
	r := &railLinkRenderer{link: l, back: back, line: container.NewStack()}
	r.Refresh()
	return r
}

type railLinkRenderer struct {
	link *railLink
	back *kit.Box
	line *fyne.Container
}

func (r *railLinkRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.line.Resize(size)
}

func (r *railLinkRenderer) MinSize() fyne.Size {
	return fyne.NewSize(railWidth-2*railInset-1, railItem)
}

func (r *railLinkRenderer) Refresh() {
	ink, words, style := kit.ColorFg2, kit.ColorFg, kit.BoxStyle{Radius: kit.RadiusBox}
	switch {
	case r.link.current:
		ink, words, style.Fill = kit.ColorAccent, kit.ColorAccent, kit.ColorSel
	case r.link.hover:
		style.Fill = kit.ColorHover
	}
	r.back.SetStyle(style)
	text := kit.NewText(lang.T(r.link.entry.label), kit.TextStyle{Color: words, Bold: r.link.current})
	icon := kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon(r.link.entry.icon, ink))
	r.line.Objects = []fyne.CanvasObject{kit.Pad(kit.Insets{Left: railInset}, kit.HBox(8, icon, text))}
	r.Layout(r.link.Size())
	r.line.Refresh()
}

func (r *railLinkRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back, r.line} }

func (r *railLinkRenderer) Destroy() {}
