package kit

import (
	"slices"

	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
)

const (
	popupWide  = 240
	popupHigh  = 332
	fewOptions = 8 // up to so many need no search field
)

// optionPopup is the open list of a picker.
type optionPopup struct {
	picker *Picker
	over   *overlay
	find   *entry // nil for a few options
	list   *List
	shown  []Option
	asked  int // numbers searches, so that a late answer is dropped
}

func showOptions(c fyne.Canvas, p *Picker) *optionPopup {
	o := &optionPopup{picker: p}
	o.list = NewList(ListOptions{Plain: true, OnOpen: o.pick})
	var body fyne.CanvasObject = o.list
	if p.opts.Search != nil || len(p.opts.Options) > fewOptions {
		o.find = newEntry(p.opts.Find)
		o.find.onKey = o.key
		o.find.OnChanged = o.search
		body = VBox(4, o.find, Grow(o.list))
	}
	o.begin()
	o.over = showOverlay(c, body, overlayOptions{
		under: p, pad: 5,
		size: func(fyne.Size) fyne.Size { return o.size() },
		key:  func(e fyne.KeyEvent) bool { return o.key(&e) },
		onClose: func() {
			o.asked++
			p.popup = nil
			focus(p)
		},
	})
	if o.find != nil {
		c.Focus(o.find)
	}
	if keys := p.Keys(); len(keys) > 0 {
		o.list.Select(keys[0])
	}
	if o.list.Current() == "" {
		o.list.Step(1)
	}
	return o
}

// begin shows what is offered before anything is typed.
func (o *optionPopup) begin() {
	if o.picker.opts.Search != nil && len(o.picker.opts.Options) == 0 {
		o.search("")
		return
	}
	o.show(o.picker.opts.Options)
}

// size is that of the first list, so that the pop-up does not jump while the
// person types.
func (o *optionPopup) size() fyne.Size {
	high := o.list.Height()
	if o.find != nil {
		high += o.find.MinSize().Height + 4
	}
	if o.picker.opts.Search != nil {
		high = popupHigh
	}
	return fyne.NewSize(max(popupWide, o.picker.Size().Width-10), min(popupHigh, max(high, 2*HeightRow)))
}

func (o *optionPopup) key(e *fyne.KeyEvent) bool {
	if e.Name == fyne.KeyEscape {
		o.over.Close()
		return true
	}
	return o.list.Key(e.Name)
}

func (o *optionPopup) search(query string) {
	o.asked++
	asked, opts := o.asked, o.picker.opts
	switch {
	case opts.Search == nil:
		o.show(rankOptions(query, opts.Options))
	case opts.Runner == nil:
		o.show(opts.Search(query))
	default:
		opts.Runner.Go(func() {
			found := opts.Search(query)
			opts.Runner.Do(func() {
				if asked == o.asked {
					o.show(found)
				}
			})
		})
		return
	}
}

func rankOptions(query string, options []Option) []Option {
	items := make([]PaletteItem, len(options))
	byKey := make(map[string]Option, len(options))
	for i, o := range options {
		items[i] = PaletteItem{Key: o.Key, Text: o.Text, Detail: o.Detail}
		byKey[o.Key] = o
	}
	ranked := Rank(query, items)
	out := make([]Option, len(ranked))
	for i, it := range ranked {
		out[i] = byKey[it.Key]
	}
	return out
}

func (o *optionPopup) show(options []Option) {
	o.shown = options
	chosen := o.picker.Keys()
	var rows []ListRow
	group := ""
	for _, opt := range options {
		if opt.Group != group && opt.Group != "" {
			rows = append(rows, ListRow{Header: true, Title: opt.Group})
		}
		group = opt.Group
		rows = append(rows, ListRow{Key: opt.Key, Title: opt.Text, Detail: opt.Detail, Icon: opt.Icon, Checked: slices.Contains(chosen, opt.Key)})
	}
	if len(rows) == 0 {
		rows = []ListRow{{Header: true, Title: lang.T("Nothing found")}}
	}
	o.list.SetRows(rows)
	if o.list.Current() == "" {
		o.list.Step(1)
	}
}

func (o *optionPopup) pick(key string) {
	i := slices.IndexFunc(o.shown, func(opt Option) bool { return opt.Key == key })
	if i < 0 {
		return
	}
	if !o.picker.opts.Multi {
		o.over.Close()
	}
	o.picker.pick(o.shown[i])
	if o.picker.opts.Multi {
		o.show(o.shown)
	}
}
