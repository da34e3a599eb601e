package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
)

// PaletteOptions describes the command palette.
type PaletteOptions struct {
	Items  []PaletteItem                    // known at once: the commands
	Search func(query string) []PaletteItem // people, accounts, deals, …; runs on Runner
	Runner Runner                           // nil searches in place
	OnPick func(item PaletteItem)           // after the palette has closed
	Hint   string                           // "Search or run a command"
}

// Palette finds any person, account, deal, territory or command by a few
// letters. Commands answer at once; records when their search comes back,
// the last question only.
type Palette struct {
	opts    PaletteOptions
	over    *overlay
	find    *entry
	list    *List
	asked   int
	stop    func() // the search that waits for the person to stop typing
	records []PaletteItem
	shown   []PaletteItem
}

const (
	paletteWide  = 600
	paletteHigh  = 420
	paletteTop   = 96
	palettePause = 80 * time.Millisecond
	perGroup     = 8
	paletteInset = 8
	paletteGap   = 6
)

// ShowPalette opens the palette over a window, with the keyboard in its field.
func ShowPalette(w fyne.Window, opts PaletteOptions) *Palette {
	p := &Palette{opts: opts, find: newEntry(opts.Hint), stop: func() {}}
	p.list = NewList(ListOptions{Plain: true, OnOpen: p.pick})
	p.find.onKey = p.key
	p.find.OnChanged = p.search
	body := VBox(paletteGap, p.find, Grow(p.list))
	p.show()
	p.over = showOverlay(w.Canvas(), body, overlayOptions{
		pad: paletteInset, top: paletteTop,
		size: func(window fyne.Size) fyne.Size {
			high := min(paletteHigh, p.find.MinSize().Height+paletteGap+p.list.Height(), window.Height-paletteTop-PadPage-2*paletteInset)
			return fyne.NewSize(min(paletteWide, window.Width-2*PadPage), high)
		},
		onClose: func() {
			p.asked++
			p.stop()
		},
	})
	w.Canvas().Focus(p.find)
	return p
}

// Close takes the palette away without a choice.
func (p *Palette) Close() { p.over.Close() }

// Shown are the items on the list, in order.
func (p *Palette) Shown() []PaletteItem { return p.shown }

func (p *Palette) key(e *fyne.KeyEvent) bool {
	if e.Name == fyne.KeyEscape {
		p.over.Close()
		return true
	}
	return p.list.Key(e.Name)
}

func (p *Palette) search(query string) {
	p.asked++
	p.stop()
	asked := p.asked
	if p.opts.Search == nil || Fold(query) == "" {
		p.records = nil
		p.show()
		return
	}
	if p.opts.Runner == nil {
		p.records = p.opts.Search(query)
		p.show()
		return
	}
	p.show()
	p.stop = p.opts.Runner.After(palettePause, func() { p.ask(asked, query) })
}

// ask searches the records and shows them unless more has been typed since.
func (p *Palette) ask(asked int, query string) {
	p.opts.Runner.Go(func() {
		found := p.opts.Search(query)
		p.opts.Runner.Do(func() {
			if asked == p.asked {
				p.records = found
				p.show()
			}
		})
	})
}

// show ranks what is known and puts it on the list under its groups.
func (p *Palette) show() {
	query := p.find.Text
	ranked := Rank(query, slices.Concat(p.opts.Items, p.records))
	var rows []ListRow
	p.shown = nil
	for _, group := range Grouped(ranked, perGroup) {
		rows = append(rows, ListRow{Header: true, Title: group[0].Group})
		for _, it := range group {
			rows = append(rows, ListRow{Key: it.Group + "\x00" + it.Key, Icon: it.Icon, Title: it.Text, Detail: it.Detail, Right: it.Short})
			p.shown = append(p.shown, it)
		}
	}
	if len(rows) == 0 {
		rows = []ListRow{{Header: true, Title: lang.T("Nothing found")}}
	}
	p.list.SetRows(rows)
	p.list.current = -1
	p.list.Step(1)
	if p.over != nil {
		p.over.Refresh() // it is as high as its list
	}
}

func (p *Palette) pick(key string) {
	for _, it := range p.shown {
		if it.Group+"\x00"+it.Key == key {
			p.over.Close()
			if p.opts.OnPick != nil {
				p.opts.OnPick(it)
			}
			return
		}
	}
}
