package cli

import (
	"context"
	"runtime"

	"fieldbook/data"
)

type windowCmd struct{}

func (windowCmd) Run(ctx context.Context, s *session) error {
	if s.env.Window == nil || !hasDisplay(runtime.GOOS, s.env.Getenv) {
		return data.Errorf(data.Refused, "no display was found (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open; the command line works, see fieldbook --help")
	}
	return s.env.Window(ctx, s.path)
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
