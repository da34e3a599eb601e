package shell

import (
	"context"
	"image"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// RenderOptions say what picture to take of a screen.
type RenderOptions struct {
	Screen        string
	AsOf          data.Day // NoDay is today
	Period        string   // as Calendar.Parse reads it; empty is the newest quarter
	Width, Height int
	Dark          bool
}

// inPlace runs everything at once, on the goroutine that asks: a picture is
// taken of screens that have loaded.
type inPlace struct{}

func (inPlace) Go(work func())  { work() }
func (inPlace) Do(apply func()) { apply() }

func (inPlace) After(time.Duration, func()) (stop func()) { return func() {} }

// Render draws a screen with all that stands around it, without a display.
func Render(ctx context.Context, a *app.App, opts RenderOptions) (image.Image, error) {
	if _, ok := (&session{entries: entries()}).entry(opts.Screen); !ok {
		return nil, data.Errorf(data.Invalid, "%q is not a screen; the screens are %s", opts.Screen, strings.Join(Screens(), ", "))
	}
	fa := test.NewApp()
	defer fa.Quit()
	fa.Settings().SetTheme(kit.Theme{Dark: opts.Dark})
	w := test.NewWindow(nil)
	defer w.Close()
	w.SetPadded(false)
	size := fyne.NewSize(float32(opts.Width), float32(opts.Height))
	w.Resize(size)
	s := newSession(ctx, a, w, inPlace{}, sessionHooks{menuChanged: func() {}, palette: func() {}, replace: func(*app.Ready) {}})
	defer s.cancel()
	defer s.end()
	w.SetContent(s.frame.root)
	w.Resize(size)
	b, err := readBeginning(ctx, a)
	if err != nil {
		return nil, err
	}
	s.begin(b)
	v := s.view
	if opts.Period != "" {
		period, err := a.Book().Calendar.Parse(opts.Period)
		if err != nil {
			return nil, err
		}
		v.Period = period
	}
	if opts.AsOf.Valid() {
		v.AsOf = opts.AsOf
		if opts.Period == "" {
			v.Period = a.Book().Calendar.QuarterOf(opts.AsOf)
		}
	}
	s.show(opts.Screen)
	s.setView(v)
	s.count()
	w.Resize(size)
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(s.frame.root)
	c.Resize(size)
	return c.Capture(), nil
}
