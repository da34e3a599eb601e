// Command fieldbook keeps territories, pipeline and quotas of a field sales
// team in one file. Without a command it opens the window.
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
	_ "time/tzdata" // Windows has no time zones by name

	"fieldbook/app"
	"fieldbook/views/cli"
)

func main() { os.Exit(run()) }

func run() (code int) {
	home, _ := os.UserHomeDir() // without one, files go where the program was started
	places := cli.PlacesOn(runtime.GOOS, os.Getenv, home)
	defer reportCrash(places.State, &code)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends the program at once
	device, _ := os.Hostname()
	log := openLog(places.State)
	if f, ok := log.(*os.File); ok {
		defer f.Close()
	}
	return cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, cli.Env{
		Config: app.Config{Now: time.Now, Device: device, Logger: slog.New(slog.NewTextHandler(log, nil))},
		Book:   places.Book(), Getenv: os.Getenv,
	})
}

// openLog adds to the log of this computer; a log beyond a megabyte makes room
// for a new one. What crashes outside the main goroutine is told there too.
func openLog(folder string) io.Writer {
	path := filepath.Join(folder, "fieldbook.log")
	if info, err := os.Stat(path); err == nil && info.Size() > 1<<20 {
		_ = os.Rename(path, path+".old")
	}
	if os.MkdirAll(folder, 0o755) != nil {
		return io.Discard
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return io.Discard
	}
	_ = debug.SetCrashOutput(f, debug.CrashOptions{})
	return f
}

// reportCrash writes what crashed to a file and says where in one line.
func reportCrash(folder string, code *int) {
	fault := recover()
	if fault == nil {
		return
	}
	*code = 1
	path := filepath.Join(folder, "crash-"+time.Now().UTC().Format("20060102-150405")+".txt")
	text := fmt.Sprintf("%v\n\n%s\n%s", fault, runtime.Version(), debug.Stack())
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		path = "nowhere, since " + err.Error()
	}
	fmt.Fprintln(os.Stderr, "fieldbook: it stopped by a fault of its own; the book is safe. What happened is written to", path)
}
