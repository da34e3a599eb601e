package printer

import (
	"context"
	"net/url"
	"strings"
)

// windows prints through the shell: the program that opens PDF files prints
// them when it is asked to.
type windows struct{ run Run }

const (
	noShell  = "Windows PowerShell is not to be found, which printing needs. Save the report as PDF and print that."
	noReader = "The report was not printed. Windows prints a PDF with the program that opens such files, and has none that prints to the printer chosen. Save it as PDF and print it from there."
)

// Printers implements Spooler.
func (w windows) Printers(ctx context.Context) ([]Printer, error) {
	out, err := w.shell(ctx, `[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-CimInstance Win32_Printer | ForEach-Object { "$($_.Default)`+"`t"+`$($_.Name)" }`)
	if err != nil {
		return nil, refused(err, noShell, "The printers could not be listed.")
	}
	var list []Printer
	for line := range strings.Lines(out) {
		if standard, name, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t"); ok && name != "" {
			list = append(list, Printer{Name: name, Default: standard == "True"})
		}
	}
	return list, nil
}

// Print implements Spooler. The shell's verb knows no copies: it is asked as
// often.
func (w windows) Print(ctx context.Context, job Job) (string, error) {
	script := "Start-Process -FilePath " + quoted(job.File) + " -Verb Print -WindowStyle Hidden"
	if job.Printer != "" {
		script = "Start-Process -FilePath " + quoted(job.File) + " -Verb PrintTo -ArgumentList " + quoted(`"`+job.Printer+`"`) + " -WindowStyle Hidden"
	}
	for range max(1, job.Copies) {
		if _, err := w.shell(ctx, "$ErrorActionPreference='Stop'; "+script); err != nil {
			return "", refused(err, noShell, noReader)
		}
	}
	return "", nil
}

// Mail implements Spooler. A mailto link takes no file, so the message names it.
func (w windows) Mail(ctx context.Context, m Mail) (bool, error) {
	link := "mailto:?subject=" + escaped(m.Subject) + "&body=" + escaped(m.File)
	if _, err := w.run(ctx, "rundll32", "url.dll,FileProtocolHandler", link); err != nil {
		return false, refused(err, noMail, noSend)
	}
	return false, nil
}

func (w windows) shell(ctx context.Context, script string) (string, error) {
	return w.run(ctx, "powershell", "-NoProfile", "-NonInteractive", "-Command", script)
}

// escaped is a text within a link.
func escaped(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// quoted is a text of PowerShell, taken as it is.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
