package reports

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fieldbook/app/chart"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// zooms are how large a page is shown, 1 being 96 px an inch; 0 fits its width.
var zooms = []float64{0, 0.5, 0.75, 1, 1.5, 2}

// preview shows the pages of a report one by one, drawn from what is printed.
type preview struct {
	host    *kit.Host
	pages   []*chart.Picture
	page    int
	zoom    int // place in zooms
	number  int // counts drawings, so that late ones are dropped
	drawn   float64
	picture *canvas.Image
	sheet   *fyne.Container
	scroll  *container.Scroll
	root    *fyne.Container
	place   *kit.Text
	scale   *kit.Text
	back    *kit.Button
	next    *kit.Button
}

func newPreview(h *kit.Host) *preview {
	p := &preview{host: h, picture: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleSmooth}}
	p.place, p.scale = kit.Body(""), kit.Body("")
	p.back = kit.NewButton(kit.ButtonOptions{Icon: "chevl", Kind: kit.ButtonQuiet, OnTap: func() { p.turn(-1) }})
	p.next = kit.NewButton(kit.ButtonOptions{Icon: "chevr", Kind: kit.ButtonQuiet, OnTap: func() { p.turn(1) }})
	out := kit.NewButton(kit.ButtonOptions{Icon: "zout", Kind: kit.ButtonQuiet, OnTap: func() { p.zoomBy(-1) }})
	in := kit.NewButton(kit.ButtonOptions{Icon: "zin", Kind: kit.ButtonQuiet, OnTap: func() { p.zoomBy(1) }})
	p.sheet = container.New(&pageLayout{p}, kit.NewBox(kit.BoxStyle{Fill: kit.ColorBg, Line: kit.ColorLine}), p.picture)
	p.scroll = container.NewScroll(p.sheet)
	foot := kit.HBox(8, kit.Space(), p.back, p.place, p.next, kit.Gap(16, 1), out, p.scale, in, kit.Space())
	p.root = container.NewBorder(nil, foot, nil, nil, p.scroll)
	return p
}

// show takes the pages of a report and keeps its place among them.
func (p *preview) show(pages []*chart.Picture) {
	p.pages, p.page = pages, max(0, min(p.page, len(pages)-1))
	p.draw()
}

func (p *preview) turn(n int) {
	if to := p.page + n; to >= 0 && to < len(p.pages) {
		p.page = to
		p.scroll.ScrollToTop()
		p.draw()
	}
}

func (p *preview) zoomBy(n int) {
	if p.zoom == 0 && n > 0 { // from what fits to the next larger one
		k := p.factor()
		for p.zoom = 1; p.zoom < len(zooms)-1 && zooms[p.zoom] <= k; p.zoom++ {
			continue
		}
	} else {
		p.zoom = max(0, min(p.zoom+n, len(zooms)-1))
	}
	p.draw()
}

// factor is how large the page is shown.
func (p *preview) factor() float64 {
	if k := zooms[p.zoom]; k > 0 || len(p.pages) == 0 {
		return k
	}
	room := float64(p.scroll.Size().Width - 2*kit.PadPanel)
	return max(0.2, min(1.5, room/float64(p.pages[p.page].Width)))
}

// draw shows the page in hand. The picture is made away from the screen.
func (p *preview) draw() {
	if len(p.pages) == 0 {
		return
	}
	p.place.SetText(lang.T("Page %d of %d", p.page+1, len(p.pages)))
	k := p.factor()
	p.drawn = k // before anything is laid out, which draws where it is another
	p.scale.SetText(lang.T("%d%%", int(k*100+0.5)))
	p.back.SetEnabled(p.page > 0)
	p.next.SetEnabled(p.page < len(p.pages)-1)
	p.root.Refresh()
	p.scroll.Refresh()
	p.number++
	number, page, scale := p.number, p.pages[p.page], k
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.scroll); c != nil {
		scale *= float64(c.Scale())
	}
	p.host.Runner.Go(func() {
		img, err := page.ImageAt(scale)
		p.host.Runner.Do(func() {
			if number != p.number || err != nil {
				return
			}
			p.put(img)
		})
	})
}

func (p *preview) put(img image.Image) {
	p.picture.Image = img
	p.picture.Refresh()
	p.sheet.Refresh()
}

// pageLayout puts the page in the middle of what is seen of it.
type pageLayout struct{ p *preview }

func (l *pageLayout) size() fyne.Size {
	if len(l.p.pages) == 0 {
		return fyne.NewSize(100, 100)
	}
	page, k := l.p.pages[l.p.page], l.p.factor()
	return fyne.NewSize(float32(float64(page.Width)*k), float32(float64(page.Height)*k))
}

// MinSize implements fyne.Layout.
func (l *pageLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return l.size().AddWidthHeight(2*kit.PadPanel, 2*kit.PadPanel)
}

// Layout implements fyne.Layout. A page that fits the width is drawn anew when
// that changes.
func (l *pageLayout) Layout(objects []fyne.CanvasObject, room fyne.Size) {
	size := l.size()
	at := fyne.NewPos(max(kit.PadPanel, (room.Width-size.Width)/2), kit.PadPanel)
	for _, o := range objects {
		o.Move(at)
		o.Resize(size)
	}
	if k := l.p.factor(); len(l.p.pages) > 0 && k != l.p.drawn {
		l.p.draw()
	}
}
