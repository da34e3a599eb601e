package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"fieldbook/data"
)

// Tables as no program should write them: read, or refused in words; what
// becomes of their rows adds up.
func TestHostileTables(t *testing.T) {
	encode := func(enc interface{ Bytes([]byte) ([]byte, error) }, text string) string {
		raw, err := enc.Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	long := strings.Repeat("n", 64<<10)
	for name, c := range map[string]struct {
		text       string
		new, aside int
		deal       string // one that must be there
		why        string // of a file that is refused
	}{
		"UTF-16 without a mark, mixed line ends":   {encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder(), "Deal Name;Stage;Amount\r\nKühler;Won;1,5\nOfen;Lost;2,5\r"), 2, 0, "Kühler", ""},
		"Windows-1252":                             {encode(charmap.Windows1252.NewEncoder(), "Deal Name;Stage;Amount\n€-Deal – Kühler;Won;1,5\n"), 1, 0, "€-Deal – Kühler", ""},
		"Mac Roman, lone CR":                       {encode(charmap.Macintosh.NewEncoder(), "Deal Name;Stage;Amount\rKühler ß;Won;1,5\rÄpfel;Lost;2,5\rÖl éè;Won;3,5\r"), 3, 0, "Öl éè", ""},
		"an unclosed quote in a large file":        {"Deal Name,Stage,Amount\n\"never closed,Won,5\n" + strings.Repeat("x,Won,5\n", 150_000), 1, 1, "x", ""},
		"a million columns":                        {strings.Repeat("c,", 1_000_000) + "\n" + strings.Repeat("1,", 1_000_000) + "\n", 0, 0, "", "No row of the file can be read: "},
		"numbers that are none":                    {"Deal Name,Stage,Amount\na,Won,NaN\nb,Won,1e400\nc,Won,-0\nd,Won,Infinity\n", 1, 3, "c", ""},
		"text that would run, and overrides":       {"Deal Name,Stage,Amount\n=cmd|x,Won,1\n-70,Won,-70\n\u202eevil,Won,1\n", 3, 0, "-70", ""},
		"a name of 64 KB, and SQL for a column":    {"Deal Name,Stage,\"x\"\"; DROP TABLE deal\"\n" + long + ",Won,1\n", 1, 0, long, ""},
		"bytes that are no text":                   {"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11", 0, 0, "", "not a table"},
		"cards that are cut, and a bomb of levels": {"BEGIN:VCARD\nFN:Ann\n" + strings.Repeat("BEGIN:VCARD\n", 100_000), 0, 0, "", ""},
	} {
		a := importBook(t)
		kind := data.KindDeal
		if strings.HasPrefix(c.text, "BEGIN") {
			kind = ""
		}
		path := filepath.Join(t.TempDir(), "hostile.csv")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		plan := planFiles(t, a, PlanOptions{Kind: kind}, path)
		res, err := a.Imports.Apply(context.Background(), plan, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		f := res.Files[0]
		if c.why != "" {
			if why := plan.Files[0].Why; !strings.Contains(why, c.why) || f.New > 0 {
				t.Errorf("%s: %q", name, why)
			}
			continue
		}
		if f.New+f.Changed+f.Unchanged+f.SetAside != f.Rows || kind == data.KindDeal && (f.New != c.new || f.SetAside != c.aside) {
			t.Errorf("%s: %d rows, %d new, %d aside, %+v", name, f.Rows, f.New, f.SetAside, f.Problems[:min(2, len(f.Problems))])
		}
		if c.deal != "" && importCount(t, a, data.KindDeal, importIs("name", c.deal)) != 1 {
			t.Errorf("%s: no deal %.20q", name, c.deal)
		}
		importVerified(t, a)
		if f.Kind == data.KindContact && !slices.Equal([]int{f.Rows, f.New}, []int{1, 1}) {
			t.Errorf("%s: %+v", name, *f)
		}
	}
}
