// Command fieldbook keeps territories, pipeline and quotas of a field sales
// team in one file. Without a command it opens the window. It carries the time
// zones, since Windows has none by name.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata"

	"fieldbook/app"
	"fieldbook/views/cli"
	"fieldbook/views/shell"

	_ "fieldbook/views/cli/stdlog"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
)

// metadata is FyneApp.toml, which a plain build does not carry.
var metadata = fyne.AppMetadata{ID: "io.fieldbook.app", Name: "Fieldbook", Version: "0.1.0", Build: 1}

func main() { os.Exit(run()) }

func run() (code int) {
	home, _ := os.UserHomeDir() // without one, files go where the program was started
	places := cli.PlacesOn(runtime.GOOS, os.Getenv, home)
	defer reportCrash(places.State, &code)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends the program at once
	slog.SetDefault(slog.New(slog.NewTextHandler(openLog(places.State), nil)))
	device, _ := os.Hostname()
	cfg := app.Config{Now: time.Now, Device: device, Logger: slog.Default(), Keys: places.Keyring()}
	window := func(ctx context.Context, book string) error {
		fyneapp.SetMetadata(metadata)
		return shell.Run(ctx, fyneapp.NewWithID(metadata.ID), shell.Options{Config: cfg, Book: book, Folder: places.Data, Zone: cli.SystemZone(time.Now(), os.Getenv)})
	}
	return cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr},
		cli.Env{Config: cfg, Version: metadata.Version, Book: places.Book(), Getenv: os.Getenv, Window: window, Fonts: cli.SystemFonts(places.State)})
}

// openLog adds to the log of this computer; a log beyond a megabyte makes room
// for a new one. What crashes outside the main goroutine is told there too.
func openLog(folder string) io.Writer {
	path := filepath.Join(folder, "fieldbook.log")
	if info, err := os.Stat(path); err == nil && info.Size() > 1<<20 {
		_ = os.Rename(path, path+".old")
	}
	_ = os.MkdirAll(folder, 0o755)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return io.Discard // the program works without a log
	}
	_ = debug.SetCrashOutput(f, debug.CrashOptions{})
	return f
}

// reportCrash writes what crashed to a file and says where in one line.
func reportCrash(folder string, code *int) {
	if fault := recover(); fault != nil {
		*code = 1
		path := filepath.Join(folder, "crash-"+time.Now().UTC().Format("20060102-150405")+".txt")
		text := fmt.Sprintf("%v\n\nFieldbook %s, %s\n%s", fault, metadata.Version, runtime.Version(), debug.Stack())
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			path = "no file, since " + err.Error()
		}
		fmt.Fprintln(os.Stderr, "fieldbook: it stopped by a fault of its own; what was saved is safe, the fault is told in", path)
	}
}
