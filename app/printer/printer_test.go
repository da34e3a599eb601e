package printer_test

import (
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"fieldbook/app/printer"
	"fieldbook/data"
)

// desk answers as the programs of a system would, and remembers what was asked.
type desk struct {
	answers map[string]string
	fails   error
	asked   [][]string
}

func (d *desk) run(_ context.Context, name string, args ...string) (string, error) {
	call := append([]string{name}, args...)
	d.asked = append(d.asked, call)
	return d.answers[strings.Join(call, " ")], d.fails
}

func TestCUPS(t *testing.T) {
	d := &desk{answers: map[string]string{
		"lpstat -e": "Office\nPDF\nFar_away\n", "lpstat -d": "system default destination: PDF\n",
		"lpstat -p": "printer Office disabled since Sat 28 Nov 2026\n\tPaused\nprinter PDF is idle.  enabled since Sat 28 Nov 2026\n",
		"lp -d PDF -n 2 -t Win and loss -o media=Letter -o print-color-mode=monochrome -- -odd.pdf": "request id is PDF-12 (1 file(s))\n",
	}}
	s := printer.For("linux", d.run)
	list, err := s.Printers(t.Context())
	want := []printer.Printer{{Name: "Office", State: "disabled"}, {Name: "PDF", Default: true, State: "idle"}, {Name: "Far_away"}}
	if err != nil || !slices.Equal(list, want) {
		t.Errorf("printers %+v, %v", list, err)
	}
	id, err := s.Print(t.Context(), printer.Job{File: "-odd.pdf", Title: "Win and loss", Printer: "PDF", Copies: 2, Letter: true, Mono: true})
	if err != nil || id != "PDF-12" {
		t.Errorf("printed as %q, %v; asked %q", id, err, d.asked)
	}
	if attached, err := s.Mail(t.Context(), printer.Mail{Subject: "Report", File: "/tmp/a.pdf"}); err != nil || !attached {
		t.Errorf("mail: %v, %v", attached, err)
	}
	if last := d.asked[len(d.asked)-1]; !slices.Equal(last, []string{"xdg-email", "--utf8", "--subject", "Report", "--attach", "/tmp/a.pdf"}) {
		t.Errorf("mail asked %q", last)
	}
}

func TestMacMail(t *testing.T) {
	d := &desk{}
	if attached, err := printer.For("darwin", d.run).Mail(t.Context(), printer.Mail{File: "/tmp/a.pdf"}); err != nil || !attached || !slices.Equal(d.asked[0], []string{"open", "-a", "Mail", "/tmp/a.pdf"}) {
		t.Errorf("%v, %v, %q", attached, err, d.asked)
	}
}

func TestWindows(t *testing.T) {
	d := &desk{}
	s := printer.For("windows", func(ctx context.Context, name string, args ...string) (string, error) {
		out, err := d.run(ctx, name, args...)
		if strings.Contains(args[len(args)-1], "Win32_Printer") {
			return "False\tFax\r\nTrue\tHP im Büro\r\n", err
		}
		return out, err
	})
	list, err := s.Printers(t.Context())
	if err != nil || !slices.Equal(list, []printer.Printer{{Name: "Fax"}, {Name: "HP im Büro", Default: true}}) {
		t.Errorf("printers %+v, %v", list, err)
	}
	d.asked = nil
	if _, err := s.Print(t.Context(), printer.Job{File: `C:\Ann's\x.pdf`, Printer: "It's; Remove-Item", Copies: 2}); err != nil || len(d.asked) != 2 {
		t.Fatalf("%v, asked %q", err, d.asked)
	}
	if script := d.asked[0][len(d.asked[0])-1]; !strings.Contains(script, `-FilePath 'C:\Ann''s\x.pdf' -Verb PrintTo -ArgumentList '"It''s; Remove-Item"'`) {
		t.Errorf("script %s", script)
	}
	if attached, err := s.Mail(t.Context(), printer.Mail{Subject: "Win & loss", File: `C:\x y.pdf`}); err != nil || attached {
		t.Errorf("mail: %v, %v", attached, err)
	}
	if link := d.asked[2][len(d.asked[2])-1]; link != "mailto:?subject=Win%20%26%20loss&body=C%3A%5Cx%20y.pdf" {
		t.Errorf("link %s", link)
	}
}

func TestFailuresSayWhatToDo(t *testing.T) {
	for _, c := range []struct {
		system, says string
		err          error
	}{
		{"linux", "Install it", &exec.Error{Name: "lp", Err: exec.ErrNotFound}},
		{"linux", "The system says: The printer or class does not exist.", &exec.ExitError{Stderr: []byte("lp: Error - The printer or class does not exist.\n")}},
		{"windows", "save it as PDF", errors.New("exit status 1")},
	} {
		d := &desk{fails: c.err}
		_, err := printer.For(c.system, d.run).Print(t.Context(), printer.Job{File: "x.pdf"})
		if data.KindOf(err) != data.Refused || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(c.says)) {
			t.Errorf("%s: %v", c.system, err)
		}
	}
}
