package printer

import (
	"context"
	"strconv"
	"strings"
)

// cups prints through the programs of CUPS.
type cups struct {
	run  Run
	mail func(m Mail) (name string, args []string)
}

const (
	noCUPS  = "This computer has no CUPS, which printing needs. Install it, or save the report as PDF and print that elsewhere."
	notSent = "The report was not printed. It is safe in the book; choose another printer, or save it as PDF."
	noMail  = "This computer has no program to start a mail with. Save the report as PDF and attach it yourself."
	noSend  = "No mail was started. Save the report as PDF and attach it yourself."
)

// Printers implements Spooler.
func (c cups) Printers(ctx context.Context) ([]Printer, error) {
	out, err := c.run(ctx, "lpstat", "-e") // also those that are only seen on the network
	if err != nil {
		return nil, refused(err, noCUPS, "The printers could not be listed.")
	}
	var list []Printer
	for name := range strings.Lines(out) {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, Printer{Name: name})
		}
	}
	// What follows only adds to the list; lpstat fails where there is nothing to say.
	standard, _ := c.run(ctx, "lpstat", "-d")
	states, _ := c.run(ctx, "lpstat", "-p")
	_, name, _ := strings.Cut(standard, ": ")
	for i := range list {
		list[i].Default = list[i].Name == strings.TrimSpace(name)
		list[i].State = stateIn(states, list[i].Name)
	}
	return list, nil
}

// stateIn finds "printer NAME is idle." or "printer NAME disabled since …".
func stateIn(states, name string) string {
	for line := range strings.Lines(states) {
		words, ok := strings.CutPrefix(line, "printer "+name+" ")
		switch {
		case !ok:
		case strings.HasPrefix(words, "disabled"):
			return "disabled"
		case strings.HasPrefix(words, "now printing"):
			return "printing"
		case strings.HasPrefix(words, "is idle"):
			return "idle"
		}
	}
	return ""
}

// Print implements Spooler.
func (c cups) Print(ctx context.Context, job Job) (string, error) {
	out, err := c.run(ctx, "lp", lpArgs(job)...)
	if err != nil {
		return "", refused(err, noCUPS, notSent)
	}
	// "request id is PDF-12 (1 file(s))"
	_, id, _ := strings.Cut(out, "request id is ")
	id, _, _ = strings.Cut(id, " ")
	return strings.TrimSpace(id), nil
}

func lpArgs(job Job) []string {
	var args []string
	if job.Printer != "" {
		args = append(args, "-d", job.Printer)
	}
	args = append(args, "-n", strconv.Itoa(max(1, job.Copies)))
	if job.Title != "" {
		args = append(args, "-t", job.Title)
	}
	media := "A4"
	if job.Letter {
		media = "Letter"
	}
	args = append(args, "-o", "media="+media)
	if job.Mono {
		args = append(args, "-o", "print-color-mode=monochrome")
	}
	return append(args, "--", job.File)
}

// Mail implements Spooler.
func (c cups) Mail(ctx context.Context, m Mail) (bool, error) {
	name, args := c.mail(m)
	if _, err := c.run(ctx, name, args...); err != nil {
		return false, refused(err, noMail, noSend)
	}
	return true, nil
}

func xdgMail(m Mail) (string, []string) {
	return "xdg-email", []string{"--utf8", "--subject", m.Subject, "--attach", m.File}
}

// openMail opens a new message of macOS's Mail, which takes the file's name for
// its subject.
func openMail(m Mail) (string, []string) { return "open", []string{"-a", "Mail", m.File} }
