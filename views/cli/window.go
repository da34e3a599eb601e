package cli

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"runtime"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/shell"
)

type windowCmd struct{}

// Run opens the book that was named, else the one in the data folder where
// there is one; the window itself remembers the last one.
func (windowCmd) Run(ctx context.Context, s *session) error {
	if !hasDisplay(runtime.GOOS, s.env.Getenv) {
		return data.Errorf(data.Refused, "there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open; the command line works, see fieldbook --help")
	}
	path := s.path
	if _, err := os.Stat(path); err != nil && path == s.env.Book {
		path = ""
	}
	return s.env.Window(ctx, path)
}

// hasDisplay reports whether a window can be shown. Without this question the
// window system would end the program with a stack trace.
func hasDisplay(system string, getenv func(string) string) bool {
	switch system {
	case "windows", "darwin":
		return true
	}
	return getenv("DISPLAY") != "" || getenv("WAYLAND_DISPLAY") != ""
}

type renderCmd struct {
	Screen string     `arg:"" optional:"" help:"Screen to draw; --list names them."`
	List   bool       `help:"Print the names of the screens."`
	AsOf   dayWord    `placeholder:"DAY" help:"Day on which to look; today by default."`
	Period periodWord `placeholder:"PERIOD" help:"Such as 2017-Q3; by default the quarter of that day."`
	Size   sizeWord   `default:"1280x800" placeholder:"WxH" help:"Size of the picture in pixels."`
	Theme  string     `enum:"light,dark" default:"light" help:"light or dark."`
	Out    string     `type:"path" placeholder:"FILE.png" help:"The picture to write."`
}

// Validate asks for a screen and a file unless the screens are listed.
func (c renderCmd) Validate() error {
	switch {
	case c.List:
		return nil
	case c.Screen == "":
		return errors.New("a screen is missing; --list names them")
	case c.Out == "":
		return errors.New("--out=FILE.png is missing")
	}
	return endsIn(c.Out, ".png")
}

func (c renderCmd) Run(ctx context.Context, s *session) error {
	if c.List {
		return s.lines(shell.Screens())
	}
	s.env.Config.Posing = true
	return s.read(ctx, func(a *app.App) error {
		img, err := shell.Render(ctx, a, shell.RenderOptions{
			Screen: c.Screen, AsOf: c.AsOf.or(data.NoDay), Period: string(c.Period),
			Width: c.Size.width, Height: c.Size.height, Dark: c.Theme == "dark",
		})
		if err != nil {
			return err
		}
		return app.WriteFile(c.Out, func(out io.Writer) error { return png.Encode(out, img) })
	})
}

// sizeWord is a size such as 1280x800.
type sizeWord struct{ width, height int }

// Sizes that a picture may have, in pixels.
const (
	leastPixels = 200
	mostPixels  = 8000
)

// UnmarshalText reads a size from the command line.
func (z *sizeWord) UnmarshalText(text []byte) error {
	var rest string
	n, _ := fmt.Sscanf(string(text)+" ", "%dx%d%s", &z.width, &z.height, &rest)
	if n != 2 || min(z.width, z.height) < leastPixels || max(z.width, z.height) > mostPixels {
		return fmt.Errorf("%q is not a size such as 1280x800, each side from %d to %d", text, leastPixels, mostPixels)
	}
	return nil
}
