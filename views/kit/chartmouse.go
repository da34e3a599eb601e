package kit

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app/chart"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
)

func (v *ChartView) hitAt(at fyne.Position) (chart.Hit, bool) {
	if v.picture == nil {
		return chart.Hit{}, false
	}
	in := v.inner(v.Size())
	return v.picture.At(float64(at.X-in.x), float64(at.Y-in.y))
}

// Tapped implements fyne.Tappable: a mark opens, the name of a series leaves it
// out or brings it back.
func (v *ChartView) Tapped(e *fyne.PointEvent) {
	if v.zoom != whole && v.allChip(v.Size()).has(e.Position) {
		v.setZoom(whole)
		return
	}
	if hit, ok := v.hitAt(e.Position); ok {
		v.press(hit)
	}
}

func (v *ChartView) press(hit chart.Hit) {
	switch {
	case hit.Part != "":
		v.toggle(hit.Part)
	case hit.Key != "" && v.opts.OnOpen != nil:
		v.opts.OnOpen(hit.Key)
	}
}

// toggle leaves a series out, or brings it back. The last one of several stays.
func (v *ChartView) toggle(part string) {
	parts := report.Parts(v.spec)
	left := slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return v.off[p] || p == part })
	if !v.off[part] && len(left) == 0 && len(parts) > 1 {
		return
	}
	if v.off == nil {
		v.off = map[string]bool{}
	}
	v.off[part] = !v.off[part]
	v.redraw()
}

// setZoom looks at a part of what goes along time.
func (v *ChartView) setZoom(zoom [2]float64) {
	const least = 0.004
	zoom = [2]float64{max(0, zoom[0]), min(1, zoom[1])}
	if zoom[1]-zoom[0] < least || v.zoom == zoom {
		return
	}
	v.zoom = zoom
	v.redraw()
}

// closer looks at a part of what is shown, by shares of its width. A factor below
// 0 of the width goes back out.
func (v *ChartView) closer(from, to float64) {
	if v.spec == nil || !report.Timed(v.spec) {
		return
	}
	span := v.zoom[1] - v.zoom[0]
	zoom := [2]float64{v.zoom[0] + span*from, v.zoom[0] + span*to}
	if zoom[0] < 0 || zoom[1] > 1 {
		width := min(1, zoom[1]-zoom[0])
		from := max(0, min(zoom[0], 1-width))
		zoom = [2]float64{from, from + width}
	}
	v.setZoom(zoom)
}

// Dragged implements fyne.Draggable: across a chart along time, it marks the part
// to look at closer.
func (v *ChartView) Dragged(e *fyne.DragEvent) {
	if v.spec == nil || !report.Timed(v.spec) || v.picture == nil || v.picture.To <= v.picture.From {
		return
	}
	if !v.drags {
		v.drags, v.over = true, false
		v.drag[0] = e.Position.X - e.Dragged.DX
	}
	v.drag[1] = max(0, min(e.Position.X, v.Size().Width))
	v.Refresh()
}

// DragEnd implements fyne.Draggable.
func (v *ChartView) DragEnd() {
	if !v.drags {
		return
	}
	v.drags = false
	const least = 6
	if a, b := v.drag[0], v.drag[1]; float32(math.Abs(float64(a-b))) >= least {
		in, p := v.inner(v.Size()), v.picture
		share := func(x float32) float64 { return max(0, min(1, (float64(x-in.x)-p.From)/(p.To-p.From))) }
		v.closer(share(min(a, b)), share(max(a, b)))
	}
	v.Refresh()
}

// MouseIn implements desktop.Hoverable.
func (v *ChartView) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (v *ChartView) MouseMoved(e *desktop.MouseEvent) {
	if v.drags {
		return
	}
	hit, over := v.hitAt(e.Position)
	if !over && !v.over {
		return
	}
	v.mouse, v.hit, v.over, v.at = e.Position, hit, over, -1
	v.Refresh()
}

// MouseOut implements desktop.Hoverable.
func (v *ChartView) MouseOut() {
	v.over = false
	v.Refresh()
}

// Cursor implements desktop.Cursorable.
func (v *ChartView) Cursor() desktop.Cursor {
	if v.over && (v.hit.Part != "" || v.hit.Key != "" && v.opts.OnOpen != nil) {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained implements fyne.Focusable.
func (v *ChartView) FocusGained() {
	v.focused = true
	if v.opts.OnFocus != nil {
		v.opts.OnFocus(v)
	}
	v.Refresh()
}

// FocusLost implements fyne.Focusable.
func (v *ChartView) FocusLost() {
	v.focused = false
	if v.at >= 0 {
		v.at, v.over = -1, false
	}
	v.Refresh()
}

// TypedRune implements fyne.Focusable: + and − zoom, 0 shows all.
func (v *ChartView) TypedRune(r rune) {
	switch r {
	case '+', '=':
		v.closer(0.25, 0.75)
	case '-', '−':
		v.closer(-0.5, 1.5)
	case '0':
		v.setZoom(whole)
	}
}

// TypedKey implements fyne.Focusable: the arrows walk the marks, Enter opens one,
// the menu key or F10 opens the menu, PgUp and PgDn go along time.
func (v *ChartView) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyRight, fyne.KeyDown:
		v.walk(1)
	case fyne.KeyLeft, fyne.KeyUp:
		v.walk(-1)
	case fyne.KeyPageUp:
		v.closer(-0.5, 0.5)
	case fyne.KeyPageDown:
		v.closer(0.5, 1.5)
	case desktop.KeyMenu, fyne.KeyF10:
		v.OpenMenu()
	default:
		if isPress(e) && v.at >= 0 {
			v.press(v.hit)
			return
		}
		if !escapes(v, e) && e.Name == fyne.KeyEscape {
			v.setZoom(whole)
		}
	}
}

// TypedShortcut implements fyne.Shortcutable: Ctrl+C copies the figures.
func (v *ChartView) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok && v.opts.OnCopyFigures != nil && v.spec != nil {
		v.opts.OnCopyFigures(v.Shown())
	}
}

// walk goes to the next mark that says or opens something.
func (v *ChartView) walk(step int) {
	if v.picture == nil || len(v.picture.Hits) == 0 {
		return
	}
	n := len(v.picture.Hits)
	at := v.at
	if at < 0 && step < 0 {
		at = 0
	}
	for range n {
		at = (at + step + n) % n
		if h := v.picture.Hits[at]; h.Part == "" && (h.Hint != "" || h.Key != "") {
			in := v.inner(v.Size())
			v.at, v.hit, v.over = at, h, true
			v.mouse = fyne.NewPos(in.x+float32(h.X+h.W/2), in.y+float32(h.Y+h.H/2))
			break
		}
	}
	v.Refresh()
}

// TappedSecondary implements fyne.SecondaryTappable: the menu.
func (v *ChartView) TappedSecondary(e *fyne.PointEvent) {
	focus(v)
	v.menuAt(e.AbsolutePosition)
}

// OpenMenu opens the menu beside the mark that the keyboard is on.
func (v *ChartView) OpenMenu() {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v)
	if v.at >= 0 {
		at = at.Add(v.mouse)
	}
	v.menuAt(at)
}

func (v *ChartView) menuAt(at fyne.Position) {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	items := v.menu()
	if c == nil || len(items) == 0 || v.spec == nil {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
}

func (v *ChartView) menu() []*fyne.MenuItem {
	var groups [][]*fyne.MenuItem
	if hit := v.hit; v.over && hit.Key != "" && v.opts.OnOpen != nil {
		groups = append(groups, []*fyne.MenuItem{fyne.NewMenuItem(lang.T("Open the records"), func() { v.opts.OnOpen(hit.Key) })})
	}
	groups = append(groups, v.lookMenu(), v.takeMenu())
	if v.opts.More != nil {
		groups = append(groups, v.opts.More())
	}
	var items []*fyne.MenuItem
	for _, g := range groups {
		if len(items) > 0 && len(g) > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, g...)
	}
	return items
}

// lookMenu is how the chart is looked at: its series, comparisons and zoom.
func (v *ChartView) lookMenu() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	if parts := report.Parts(v.spec); len(parts) > 0 {
		series := fyne.NewMenuItem(lang.T("Series"), nil)
		series.ChildMenu = fyne.NewMenu("")
		for _, part := range parts {
			item := fyne.NewMenuItem(part, func() { v.toggle(part) })
			item.Checked = !v.off[part]
			series.ChildMenu.Items = append(series.ChildMenu.Items, item)
		}
		items = append(items, series)
	}
	if v.opts.OnCompare != nil && len(v.opts.Compare) > 0 {
		compare := fyne.NewMenuItem(lang.T("Compare with"), nil)
		compare.ChildMenu = fyne.NewMenu("")
		for _, with := range v.opts.Compare {
			item := fyne.NewMenuItem(with.Text, func() { v.opts.OnCompare(with.Key) })
			item.Checked = with.Key == v.compare
			compare.ChildMenu.Items = append(compare.ChildMenu.Items, item)
		}
		items = append(items, compare)
	}
	if v.spec != nil && report.Timed(v.spec) {
		items = append(items, fyne.NewMenuItem(lang.T("Look closer"), func() { v.closer(0.25, 0.75) }))
		if v.zoom != whole {
			items = append(items, fyne.NewMenuItem(allText(), func() { v.setZoom(whole) }))
		}
	}
	return items
}

// takeMenu is what can be taken from the chart, as it is seen.
func (v *ChartView) takeMenu() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	add := func(label string, do func(report.Spec)) {
		if do != nil {
			items = append(items, fyne.NewMenuItem(label, func() { do(v.Shown()) }))
		}
	}
	add(lang.T("Copy picture"), v.opts.OnCopyPicture)
	add(lang.T("Copy figures"), v.opts.OnCopyFigures)
	if save := v.opts.OnSave; save != nil {
		for _, format := range []struct{ key, label string }{{"png", lang.T("Save as PNG")}, {"svg", lang.T("Save as SVG")}, {"pdf", lang.T("Save as PDF")}, {"xlsx", lang.T("Save the figures as XLSX")}, {"csv", lang.T("Save the figures as CSV")}} {
			add(format.label, func(spec report.Spec) { save(spec, format.key) })
		}
	}
	add(lang.T("Print"), v.opts.OnPrint)
	return items
}
