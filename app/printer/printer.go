// Package printer hands files to what the system has for printing and mail:
// CUPS through lp and lpstat on Linux and macOS, the shell on Windows.
package printer

import (
	"context"
	"errors"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"fieldbook/data"
)

// Printer is one that the system knows.
type Printer struct {
	Name    string
	Default bool
	State   string // what the system says of it, such as "idle"; may be empty
}

// Job is a file to print. The file must stay until it is printed.
type Job struct {
	File    string
	Title   string
	Printer string // empty for the default one
	Copies  int    // 0 is 1
	Letter  bool   // US letter; else A4
	Mono    bool
}

// Mail is a message for the person to finish and send, with a file.
type Mail struct {
	Subject string
	File    string
}

// Spooler prints and mails. Its methods take up to some seconds.
type Spooler interface {
	// Printers lists the printers. Refused says that the system has no way to print.
	Printers(ctx context.Context) ([]Printer, error)
	// Print queues a job and says how the system calls it.
	Print(ctx context.Context, job Job) (string, error)
	// Mail opens a message in the system's program. attached is false where the
	// program cannot be given a file, which the message then names.
	Mail(ctx context.Context, m Mail) (attached bool, err error)
}

// Run runs a program and gives what it prints.
type Run func(ctx context.Context, name string, args ...string) (string, error)

// System is the spooler of this computer.
func System() Spooler { return For(runtime.GOOS, command) }

// For is the spooler of an operating system as Go names it.
func For(system string, run Run) Spooler {
	switch system {
	case "windows":
		return windows{run}
	case "darwin":
		return cups{run: run, mail: openMail}
	}
	return cups{run: run, mail: xdgMail}
}

// askTime is how long a program of the system may take.
const askTime = 30 * time.Second

func command(ctx context.Context, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(cmd.Environ(), "LC_ALL=C") // its answers are read
	cmd.WaitDelay = time.Second                 // what it started may hold on to the pipe
	out, err := cmd.Output()
	return string(out), err
}

// refused says in words why a program of the system did not do it.
func refused(err error, without, failed string) error {
	if errors.Is(err, exec.ErrNotFound) {
		return data.Wrap(data.Refused, err, "%s", without)
	}
	why := ""
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		why = strings.TrimSpace(string(exit.Stderr))
		_, after, found := strings.Cut(why, "Error - ")
		if found {
			why = after
		}
		if len(why) > 200 {
			why = strings.ToValidUTF8(why[:200], "") + "…"
		}
	}
	if why == "" {
		return data.Wrap(data.Refused, err, "%s", failed)
	}
	return data.Wrap(data.Refused, err, "%s The system says: %s", failed, why)
}
