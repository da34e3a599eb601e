package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
)

// StatusItem is an icon and a word at the left of the status bar.
type StatusItem struct {
	Icon  string
	Text  string
	Color Token  // ColorFg2 if empty
	OnTap func() // nil: only a word
}

// StatusJob is work that runs: what it is, how far (0 to 1), and its end.
type StatusJob struct {
	Name     string
	Progress float64
	OnCancel func() // nil: cannot be cancelled
}

// StatusBar is the line of 24 at the foot of the window: what book this is
// and whose, at the right what was just done, and the job that runs.
type StatusBar struct {
	widget.BaseWidget
	items   *fyne.Container
	message *fyne.Container
	job     *fyne.Container
	OnJobs  func(clicked fyne.CanvasObject) // the number of several jobs was clicked
}

// NewStatusBar returns an empty status bar.
func NewStatusBar() *StatusBar {
	s := &StatusBar{items: HBox(0), message: HBox(6), job: HBox(8)}
	s.ExtendBaseWidget(s)
	return s
}

// SetItems shows the items at the left.
func (s *StatusBar) SetItems(items []StatusItem) {
	var objects []fyne.CanvasObject
	for i, item := range items {
		if i > 0 {
			objects = append(objects, MinBox(fyne.NewSize(1, 12), Fill(ColorLine2)))
		}
		objects = append(objects, newStatusLink(item))
	}
	s.items.Objects = objects
	s.items.Refresh()
	s.Refresh()
}

// Say shows one quiet line of what was done; "" clears it.
func (s *StatusBar) Say(text string) { s.say("check", text) }

// Hint shows one quiet line of what can be done here; "" clears it.
func (s *StatusBar) Hint(text string) { s.say("info", text) }

func (s *StatusBar) say(icon, text string) {
	s.message.Objects = nil
	if text != "" {
		s.message.Objects = []fyne.CanvasObject{iconImage(icon, ColorFg2, IconControl), NewText(text, TextStyle{Size: SizeCaption, Color: ColorFg})}
	}
	s.message.Refresh()
	s.Refresh()
}

// SetJobs shows the jobs that run, the newest last: of several how many they
// are, and how far the newest is. A click on their number calls OnJobs.
func (s *StatusBar) SetJobs(jobs ...*StatusJob) {
	s.job.Objects = nil
	if n := len(jobs); n > 0 {
		job := jobs[n-1]
		if n > 1 {
			s.job.Add(newStatusLink(StatusItem{Icon: "layers", Text: lang.N("%d job running", "%d jobs running", n), OnTap: s.tapJobs}))
		}
		s.job.Add(Caption(job.Name))
		s.job.Add(MinBox(fyne.NewSize(120, 6), newProgress(job.Progress)))
		if job.OnCancel != nil {
			s.job.Add(newStatusLink(StatusItem{Icon: "x", Text: lang.T("Cancel"), Color: ColorAccent, OnTap: job.OnCancel}))
		}
	}
	s.job.Refresh()
	s.Refresh()
}

func (s *StatusBar) tapJobs() {
	if s.OnJobs != nil {
		s.OnJobs(s.job)
	}
}

// CreateRenderer implements fyne.Widget.
func (s *StatusBar) CreateRenderer() fyne.WidgetRenderer {
	line := HBox(PadPanel, s.items, Space(), s.message, s.job)
	body := MinBox(fyne.NewSize(0, HeightStatus), Fill(ColorRail),
		VBox(0, HLine(ColorLine), Grow(Pad(Insets{Left: 8, Right: PadPage}, line))))
	return widget.NewSimpleRenderer(body)
}

// statusLink is a caption with an icon that may be clicked.
type statusLink struct {
	widget.BaseWidget
	item StatusItem
	back *Box
}

func newStatusLink(item StatusItem) *statusLink {
	if item.Color == "" {
		item.Color = ColorFg2
	}
	l := &statusLink{item: item, back: NewBox(BoxStyle{})}
	l.ExtendBaseWidget(l)
	return l
}

// Tapped implements fyne.Tappable.
func (l *statusLink) Tapped(*fyne.PointEvent) {
	if l.item.OnTap != nil {
		l.item.OnTap()
	}
}

// MouseIn implements desktop.Hoverable.
func (l *statusLink) MouseIn(*desktop.MouseEvent) {
	if l.item.OnTap != nil {
		l.back.SetStyle(BoxStyle{Fill: ColorHover})
	}
}

// MouseMoved implements desktop.Hoverable.
func (l *statusLink) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *statusLink) MouseOut() { l.back.SetStyle(BoxStyle{}) }

// CreateRenderer implements fyne.Widget.
func (l *statusLink) CreateRenderer() fyne.WidgetRenderer {
	line := HBox(6)
	if l.item.Icon != "" {
		line.Add(iconImage(l.item.Icon, l.item.Color, IconControl))
	}
	line.Add(NewText(l.item.Text, TextStyle{Size: SizeCaption, Color: l.item.Color}))
	body := MinBox(fyne.NewSize(0, HeightStatus-sizeHairline), l.back, Pad(Insets{Left: 8, Right: 8}, line))
	return widget.NewSimpleRenderer(body)
}

// progress is a bar filled to a fraction.
type progress struct {
	widget.BaseWidget
	done float64
}

func newProgress(done float64) *progress {
	p := &progress{done: min(1, max(0, done))}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *progress) CreateRenderer() fyne.WidgetRenderer {
	track := NewBox(BoxStyle{Fill: ColorTrack, Radius: 3})
	fill := NewBox(BoxStyle{Fill: ColorAccent, Radius: 3})
	rest := MinBox(fyne.Size{})
	weights := []float32{float32(p.done), float32(1 - p.done)}
	switch p.done {
	case 0:
		return widget.NewSimpleRenderer(MinBox(fyne.Size{}, track))
	case 1:
		return widget.NewSimpleRenderer(MinBox(fyne.Size{}, track, fill))
	default:
		return widget.NewSimpleRenderer(MinBox(fyne.Size{}, track, Columns(0, weights, fill, rest)))
	}
}
