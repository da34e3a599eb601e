package app

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fieldbook/app/pdf"
	"fieldbook/app/printer"
	"fieldbook/data"
)

// Printing sends reports to printers and mail.
type Printing struct {
	app     *App
	Spooler printer.Spooler // of this computer; tests put another one here
	Folder  string          // where files wait to be printed; empty for one of the system's cache
}

// PrintOrder says how a report is printed.
type PrintOrder struct {
	Printer string // empty for the default one
	Copies  int    // 0 is 1
	Pages   string // such as "1-3, 5"; empty for all
}

// Printers lists the printers of this computer.
func (p *Printing) Printers(ctx context.Context) ([]printer.Printer, error) {
	return p.Spooler.Printers(ctx)
}

// maxCopies is what one order may ask for: more is a slip of the finger.
const maxCopies = 99

// Print sends a report to a printer and says how the system calls the job. The
// error is Invalid for pages that it does not have, Refused where the system
// does not take it.
func (p *Printing) Print(ctx context.Context, paper *pdf.Paper, o PrintOrder) (string, error) {
	if o.Copies < 0 || o.Copies > maxCopies {
		return "", data.FieldErrorf("copies", "print 1 to %d copies", maxCopies)
	}
	numbers, err := PageNumbers(o.Pages, len(paper.Pages()))
	if err != nil {
		return "", err
	}
	if len(numbers) < len(paper.Pages()) {
		paper = paper.Pick(numbers)
	}
	file, err := p.keep(paper)
	if err != nil {
		return "", err
	}
	page := paper.Paper()
	return p.Spooler.Print(ctx, printer.Job{File: file, Title: paper.Title(), Printer: o.Printer, Copies: o.Copies, Letter: page.Size == pdf.Letter, Mono: page.Mono})
}

// Mail starts a message with a report in the system's mail program. file is
// where the report lies, attached false where the person attaches it himself.
func (p *Printing) Mail(ctx context.Context, paper *pdf.Paper) (file string, attached bool, err error) {
	if file, err = p.keep(paper); err != nil {
		return "", false, err
	}
	attached, err = p.Spooler.Mail(ctx, printer.Mail{Subject: paper.Title(), File: file})
	return file, attached, err
}

// keptFor is how long a file waits for a printer or a mail program: neither says
// when it has read it.
const keptFor = 24 * time.Hour

// keep writes a report into the folder of what waits, and takes away what has
// waited long.
func (p *Printing) keep(paper *pdf.Paper) (string, error) {
	raw, err := paper.PDF()
	if err != nil {
		return "", err
	}
	folder := p.Folder
	if folder == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			cache = os.TempDir()
		}
		folder = filepath.Join(cache, "fieldbook", "print")
	}
	const private = 0o700
	if err := os.MkdirAll(folder, private); err != nil {
		return "", data.Wrap(data.Refused, err, "The report could not be put down for the printer. Free some room on the disk, or save it as PDF elsewhere.")
	}
	now := p.app.cfg.Now()
	old, _ := os.ReadDir(folder) // sweeping is no reason not to print
	for _, e := range old {
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > keptFor {
			_ = os.RemoveAll(filepath.Join(folder, e.Name()))
		}
	}
	own, err := os.MkdirTemp(folder, "") // files of one name must not meet
	if err != nil {
		return "", data.Wrap(data.Refused, err, "The report could not be put down for the printer. Free some room on the disk, or save it as PDF elsewhere.")
	}
	path := filepath.Join(own, FileName(paper.Title())+".pdf")
	return path, WriteBytes(path, raw)
}

// PageNumbers reads which pages are meant of so many: "1-3, 5", "4-", nothing
// for all. The error is Invalid.
func PageNumbers(text string, of int) ([]int, error) {
	wanted := make([]bool, of+1)
	if strings.TrimSpace(text) == "" {
		text = "1-"
	}
	for part := range strings.SplitSeq(text, ",") {
		first, last, ranged := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		from, err := strconv.Atoi(strings.TrimSpace(first))
		to := from
		if ranged {
			if to = of; strings.TrimSpace(last) != "" {
				to, err = orElse(err, last)
			}
		}
		if err != nil || from < 1 || to < from || from > of {
			return nil, data.FieldErrorf("pages", "%q is not a choice of pages 1 to %d; write such as 1-3, 5", strings.TrimSpace(text), of)
		}
		for n := from; n <= min(to, of); n++ {
			wanted[n] = true
		}
	}
	var out []int
	for n := 1; n <= of; n++ {
		if wanted[n] {
			out = append(out, n)
		}
	}
	return out, nil
}

// orElse reads a number unless something before it failed.
func orElse(err error, text string) (int, error) {
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(text))
}
