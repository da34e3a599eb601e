package kit

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
	"fieldbook/data"
)

// loadingDelay is how long a load may take before it is shown.
const loadingDelay = 80 * time.Millisecond

// LoaderOptions describes a Loader. Context ends every load when it ends.
type LoaderOptions struct {
	Context context.Context //nolint:containedctx // the lifetime of the screen that owns the loader
	Runner  Runner
	Content fyne.CanvasObject
}

// Loader shows content that is loaded in the background. A new load cancels
// the one before, whose result is dropped even if it comes. A load that takes
// longer than a moment shows; one that fails says so above the content of
// before, with Retry.
type Loader struct {
	widget.BaseWidget
	opts    LoaderOptions
	number  uint64 // of the newest load
	cancel  context.CancelFunc
	busy    bool
	loading bool
	loaded  bool
	failure string
	retry   func()
}

// NewLoader returns a loader around content.
func NewLoader(opts LoaderOptions) *Loader {
	l := &Loader{opts: opts, cancel: func() {}}
	l.ExtendBaseWidget(l)
	return l
}

// Load runs fetch away from the screen and apply, with what it returned, on
// it. Call it where widgets may be changed. A load that was cancelled or
// overtaken by a newer one applies nothing and shows no failure.
func Load[T any](l *Loader, fetch func(context.Context) (T, error), apply func(T)) {
	ctx, number := l.begin(func() { Load(l, fetch, apply) })
	l.opts.Runner.Go(func() {
		value, err := fetch(ctx)
		l.opts.Runner.Do(func() {
			if !l.end(number, err) {
				return
			}
			apply(value)
			l.Refresh()
		})
	})
}

// begin cancels the load before and numbers the new one.
func (l *Loader) begin(retry func()) (context.Context, uint64) {
	l.cancel()
	ctx, cancel := context.WithCancel(l.opts.Context)
	l.number++
	number := l.number
	l.busy, l.retry = true, retry
	stop := l.opts.Runner.After(loadingDelay, func() {
		if l.busy && l.number == number {
			l.loading = true
			l.Refresh()
		}
	})
	l.cancel = func() {
		stop()
		cancel()
	}
	return ctx, number
}

// end settles a load and reports whether its value is to be applied.
func (l *Loader) end(number uint64, err error) bool {
	if number != l.number {
		return false // a newer load is under way or done
	}
	l.cancel()
	l.busy, l.loading = false, false
	switch {
	case err == nil:
		l.loaded, l.failure = true, ""
		return true
	case errors.Is(err, context.Canceled), data.KindOf(err) == data.Canceled:
	default:
		l.failure = Message(err, lang.T("This could not be loaded. Nothing was changed."))
	}
	l.Refresh()
	return false
}

// Message returns the words that an error holds for a person, as a data.Error
// does, and otherwise the given ones.
func Message(err error, otherwise string) string {
	var told interface{ UserMessage() string }
	if errors.As(err, &told) && told.UserMessage() != "" {
		return told.UserMessage()
	}
	return otherwise
}

// Cancel ends the running load; its result is dropped.
func (l *Loader) Cancel() {
	l.cancel()
	l.number++
	l.busy, l.loading = false, false
	l.Refresh()
}

// Retry starts the last load again.
func (l *Loader) Retry() {
	if l.retry != nil {
		l.retry()
	}
}

// Busy reports whether a load is running, shown or not.
func (l *Loader) Busy() bool { return l.busy }

// Loaded reports whether any load has ended well.
func (l *Loader) Loaded() bool { return l.loaded }

// Failure returns the message shown, or "".
func (l *Loader) Failure() string { return l.failure }

// CreateRenderer implements fyne.Widget.
func (l *Loader) CreateRenderer() fyne.WidgetRenderer {
	r := &loaderRenderer{loader: l, bar: Fill(ColorAccent)}
	r.wait = container.NewCenter(HBox(8, NewIcon("clock", ColorFg2), NewText(lang.T("Loading"), TextStyle{Color: ColorFg2})))
	r.words = NewText("", TextStyle{Cut: true})
	retry := NewButton(ButtonOptions{Text: lang.T("Try again"), Icon: "undo", OnTap: l.Retry})
	line := HBox(8, NewIcon("warn", ColorBad), Grow(r.words), retry)
	r.alarm = container.NewStack(Fill(ColorBadBg), Pad(Insets{Left: PadPanel, Right: 6, Top: 4, Bottom: 4}, line))
	r.update()
	return r
}

type loaderRenderer struct {
	loader *Loader
	wait   *fyne.Container // before the first content
	bar    *Box            // above content that is being renewed
	alarm  *fyne.Container
	words  *Text
}

const loaderBar = 2

// update reports whether another part is shown than before.
func (r *loaderRenderer) update() (changed bool) {
	l := r.loader
	r.words.SetText(l.failure)
	for _, part := range []struct {
		object fyne.CanvasObject
		on     bool
	}{
		{r.alarm, l.failure != "" && !l.loading},
		{r.wait, l.loading && !l.loaded},
		{r.bar, l.loading},
		{l.opts.Content, l.loaded},
	} {
		changed = setVisible(part.object, part.on) || changed
	}
	return changed
}

// setVisible shows or hides an object, and reports whether it was otherwise.
func setVisible(o fyne.CanvasObject, on bool) (changed bool) {
	if o.Visible() == on {
		return false
	}
	if on {
		o.Show()
	} else {
		o.Hide()
	}
	return true
}

func (r *loaderRenderer) Layout(size fyne.Size) {
	var top float32
	if r.alarm.Visible() {
		top = r.alarm.MinSize().Height
		r.alarm.Resize(fyne.NewSize(size.Width, top))
	}
	r.loader.opts.Content.Move(fyne.NewPos(0, top))
	r.loader.opts.Content.Resize(fyne.NewSize(size.Width, size.Height-top))
	r.wait.Resize(size)
	r.bar.Resize(fyne.NewSize(size.Width, loaderBar))
}

func (r *loaderRenderer) MinSize() fyne.Size { return r.loader.opts.Content.MinSize() }

// Refresh asks for the loader itself to be drawn where its parts change: Fyne
// does not know the canvas of what was hidden so far, so content shown for the
// first time cannot ask on its own.
func (r *loaderRenderer) Refresh() {
	changed := r.update()
	r.Layout(r.loader.Size())
	if changed {
		canvas.Refresh(r.loader)
	}
}

func (r *loaderRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.loader.opts.Content, r.wait, r.alarm, r.bar}
}

func (r *loaderRenderer) Destroy() { r.loader.cancel() }
