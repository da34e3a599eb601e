// Package clip puts pictures on the clipboard of the desktop by its own programs,
// since the window's toolkit carries text alone.
package clip

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"time"

	"fieldbook/data"
)

// handing is how long a program may take to accept a picture.
const handing = 5 * time.Second

// tool is a program that takes a picture: from its standard input, or from a file
// whose path stands in place of fileArg.
type tool struct {
	name string
	args []string
}

const fileArg = "{file}"

// tools are those of a system, the one to try first standing first.
func tools(system string, wayland bool) []tool {
	switch system {
	case "darwin":
		return []tool{{"osascript", []string{"-e", `on run argv`, "-e", `set the clipboard to (read (POSIX file (item 1 of argv)) as «class PNGf»)`, "-e", `end run`, fileArg}}}
	case "windows":
		return []tool{{"powershell", []string{
			"-NoProfile", "-NonInteractive", "-STA", "-Command",
			`& { param($f) Add-Type -AssemblyName System.Windows.Forms, System.Drawing; $i = [System.Drawing.Image]::FromFile($f); [System.Windows.Forms.Clipboard]::SetImage($i); $i.Dispose() }`, fileArg,
		}}}
	}
	wl, x := tool{"wl-copy", []string{"--type", "image/png"}}, tool{"xclip", []string{"-selection", "clipboard", "-target", "image/png", "-in"}}
	if wayland {
		return []tool{wl, x}
	}
	return []tool{x, wl}
}

// Picture puts a PNG on the clipboard. The error is Refused where the desktop has
// no program for that, or it failed.
func Picture(ctx context.Context, png []byte) error {
	var found error
	for _, t := range tools(runtime.GOOS, os.Getenv("WAYLAND_DISPLAY") != "") {
		path, err := exec.LookPath(t.name)
		if err != nil {
			continue
		}
		if found = run(ctx, path, t.args, png); found == nil {
			return nil
		}
	}
	if found != nil {
		return data.Wrap(data.Refused, found, "The desktop did not take the picture. Nothing else changed; save the chart as PNG instead.")
	}
	return data.Errorf(data.Refused, "This desktop has no program that takes pictures: install xclip (X11) or wl-clipboard (Wayland), or save the chart as PNG.")
}

func run(ctx context.Context, path string, args []string, png []byte) error {
	ctx, cancel := context.WithTimeout(ctx, handing)
	defer cancel()
	use := slices.Clone(args)
	for i, a := range use {
		if a != fileArg {
			continue
		}
		file, err := temporary(png)
		defer func() { _ = os.Remove(file) }() // the system clears what is left there
		if err != nil {
			return err
		}
		use[i] = file
	}
	cmd := exec.CommandContext(ctx, path, use...) //nolint:gosec // one of the programs named above
	cmd.Stdin = bytes.NewReader(png)
	// xclip stays behind to serve the picture; it must not hold our pipes open.
	cmd.Stdout, cmd.Stderr = nil, nil
	return cmd.Run()
}

// temporary puts a picture into a file, which stands under path also where that failed
// half-way.
func temporary(png []byte) (path string, err error) {
	f, err := os.CreateTemp("", "fieldbook-*.png")
	if err != nil {
		return "", err
	}
	_, err = f.Write(png)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return f.Name(), err
}
