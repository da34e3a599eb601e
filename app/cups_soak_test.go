package app_test

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/pdf"
	"fieldbook/data"
	"fieldbook/data/datatest"
)

// cupsd is a CUPS of the test's own, with one queue that prints to PDF.
type cupsd struct {
	t      *testing.T
	folder string
	home   string // of who prints; CUPS-PDF puts what it prints into PDF there
}

const queue = "Fieldbook"

const cupsdConf = `LogLevel warn
Listen %[1]s/cups.sock
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
`

const cupsFilesConf = `ServerRoot %[1]s/root
RequestRoot %[1]s/spool
CacheDir %[1]s/cache
StateDir %[1]s/state
TempDir %[1]s/tmp
ServerKeychain %[1]s/ssl
AccessLog %[1]s/access_log
ErrorLog %[1]s/error_log
PageLog %[1]s/page_log
`

// newCUPS starts CUPS for this test alone and points lp and lpstat to it.
func newCUPS(t *testing.T) *cupsd {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Fatal("CUPS-PDF prints only for a CUPS that runs as root; run make soak as root")
	}
	folder, err := os.MkdirTemp("", "cups")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	c := &cupsd{t, folder, me.HomeDir}
	const open, sticky = 0o755, 0o777 | os.ModeSticky // its filters run as another user
	if err := os.Chmod(folder, open); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"root", "spool", "cache", "state", "tmp", "ssl"} {
		if err := os.Mkdir(filepath.Join(folder, name), open); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(folder, "tmp"), sticky); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"cupsd.conf": cupsdConf, "cups-files.conf": cupsFilesConf} {
		if err := os.WriteFile(filepath.Join(folder, "root", name), []byte(fmt.Sprintf(text, folder)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path, err := exec.LookPath("/usr/sbin/cupsd")
	if err != nil {
		t.Fatal("CUPS is not installed; make soak installs it, or: apt-get install cups printer-driver-cups-pdf")
	}
	server := exec.CommandContext(t.Context(), path, "-f", "-c", filepath.Join(folder, "root", "cupsd.conf"), "-s", filepath.Join(folder, "root", "cups-files.conf"))
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	t.Setenv("CUPS_SERVER", filepath.Join(folder, "cups.sock"))
	c.until("CUPS runs", func() bool {
		return exec.CommandContext(t.Context(), "lpstat", "-r").Run() == nil && c.exists("cups.sock")
	})
	c.run("lpadmin", "-p", queue, "-E", "-v", "cups-pdf:/", "-m", "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd")
	return c
}

func (c *cupsd) exists(name string) bool {
	_, err := os.Stat(filepath.Join(c.folder, name))
	return err == nil
}

func (c *cupsd) run(name string, args ...string) string {
	c.t.Helper()
	out, err := exec.CommandContext(c.t.Context(), name, args...).Output()
	if err != nil {
		c.t.Fatalf("%s %q: %v: %s", name, args, err, out)
	}
	return string(out)
}

// until waits for what CUPS does by itself.
func (c *cupsd) until(what string, done func() bool) {
	c.t.Helper()
	const patience = 2 * time.Minute
	for end := time.Now().Add(patience); !done(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			raw, _ := os.ReadFile(filepath.Join(c.folder, "error_log"))
			c.t.Fatalf("waited in vain until %s\n%s", what, raw)
		}
	}
}

// arrived waits until a job is printed; it gives the file, which goes when the test
// ends, and how many pages CUPS counted.
func (c *cupsd) arrived(job string) (file string, pages string) {
	c.t.Helper()
	number := strings.TrimPrefix(job, queue+"-")
	line := regexp.MustCompile(`(?m)^` + queue + ` \S+ ` + number + ` .* total (\d+) `)
	c.until(job+" is printed", func() bool {
		raw, _ := os.ReadFile(filepath.Join(c.folder, "page_log"))
		if m := line.FindSubmatch(raw); m != nil {
			pages = string(m[1])
		}
		found, _ := filepath.Glob(filepath.Join(c.home, "PDF", "*job_"+number+".pdf"))
		for _, path := range found {
			if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) < time.Minute {
				file = path
			}
		}
		return pages != "" && file != ""
	})
	c.t.Cleanup(func() { _ = os.Remove(file) })
	return file, pages
}

// seen are the pages of a PDF as another program draws them.
func (c *cupsd) seen(path string) []image.Image {
	c.t.Helper()
	dir := c.t.TempDir()
	c.run("pdftoppm", "-r", "48", "-gray", "-png", path, filepath.Join(dir, "page"))
	files, _ := filepath.Glob(filepath.Join(dir, "*.png"))
	var out []image.Image
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			c.t.Fatal(err)
		}
		img, err := png.Decode(f)
		_ = f.Close()
		if err != nil {
			c.t.Fatal(err)
		}
		out = append(out, img)
	}
	return out
}

// unlike is how far two pages are from each other: 0 the same, 1 black and white.
func unlike(a, b image.Image) float64 {
	r := a.Bounds().Intersect(b.Bounds())
	if r.Empty() {
		return 1
	}
	sum := 0.0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p, _, _, _ := a.At(x, y).RGBA()
			q, _, _, _ := b.At(x, y).RGBA()
			sum += float64(max(p, q)-min(p, q)) / 0xffff
		}
	}
	return sum / float64(r.Dx()*r.Dy())
}

// TestSoakCUPS prints reports on a real queue and reads again what arrived: the
// pages that were asked for, on the paper, as often as they were.
func TestSoakCUPS(t *testing.T) {
	if datatest.Share(0, 100) == 0 || runtime.GOOS != "linux" {
		return // a run of seconds has no other program in it
	}
	c := newCUPS(t)
	r := newReported(t)
	r.app.Printing.Folder = t.TempDir()
	ctx := context.Background()
	printers, err := r.app.Printing.Printers(ctx)
	if err != nil || len(printers) != 1 || printers[0].Name != queue || printers[0].State != "idle" {
		t.Fatalf("printers %+v, %v", printers, err)
	}
	for _, tc := range []struct {
		page  pdf.Page
		order app.PrintOrder
		shown []int // pages of the report that arrive
		total string
		size  string
	}{
		{pdf.Page{}, app.PrintOrder{Printer: queue}, []int{1, 2}, "2", "595 x 842"},
		{pdf.Page{Size: pdf.Letter, Mono: true}, app.PrintOrder{Printer: queue, Copies: 3, Pages: "2"}, []int{2}, "3", "612 x 792"},
	} {
		q := r.query(app.ReportTeamPerformance)
		q.Page = tc.page
		paper, err := r.app.Reports.Paper(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		job, err := r.app.Printing.Print(ctx, paper, tc.order)
		if err != nil {
			t.Fatal(err)
		}
		file, total := c.arrived(job)
		if total != tc.total {
			t.Errorf("%s: CUPS counted %s pages, want %s", job, total, tc.total)
		}
		if info := c.run("pdfinfo", file); !strings.Contains(info, tc.size) {
			t.Errorf("%s came on other paper than %s: %s", job, tc.size, info)
		}
		whole := filepath.Join(t.TempDir(), "whole.pdf")
		if err := r.app.Reports.Write(ctx, q, whole); err != nil {
			t.Fatal(err)
		}
		want, got := c.seen(whole), c.seen(file)
		if len(got) != len(tc.shown) {
			t.Errorf("%s: %d pages arrived, want %d", job, len(got), len(tc.shown))
			continue
		}
		for i, page := range tc.shown {
			right, wrong := unlike(got[i], want[page-1]), unlike(got[i], want[len(want)-page])
			t.Logf("%s: page %d differs by %.4f, another one by %.4f", job, page, right, wrong)
			if right > 0.03 || right*2 > wrong {
				t.Errorf("%s: page %d does not look as it did: %.4f, against %.4f of another page", job, page, right, wrong)
			}
		}
	}
	if _, err := r.app.Printing.Print(ctx, must(r.app.Reports.Paper(ctx, r.query(app.ReportFunnel)))(t), app.PrintOrder{Printer: "Nowhere"}); data.KindOf(err) != data.Refused {
		t.Errorf("an unknown printer: %v", err)
	}
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
