package main

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module       = "fieldbook"
	mainMaxLines = 80
)

// rule says what packages matching from may import besides std. A pattern is
// one package ("data") or a tree ("app/..."). The first matching rule wins, so
// particular packages come before their tree.
type rule struct {
	from  string
	allow []string
	deny  []string // std packages
}

var (
	noIO  = []string{"database/sql", "os", "log/slog", "net/http"}
	noSQL = []string{"database/sql"}
)

// Any package but the domain types may import the leaf (see permits).
const leaf = "assets/..."

var rules = []rule{
	{leaf, []string{"golang.org/x/text/..."}, noIO},
	{"data", []string{"github.com/google/uuid"}, noIO},
	{"data/oplog", []string{"data", "github.com/google/uuid"}, noIO},
	{"data/seal", []string{"data", "filippo.io/age/..."}, noIO},
	{"data/bundle", []string{"data", "data/oplog", "data/seal", "filippo.io/age/...", "github.com/klauspost/compress/..."}, noSQL},
	{"data/draft", []string{"data"}, noSQL},
	{"data/sheet", []string{"data", "data/draft", "github.com/teambition/rrule-go", "github.com/xuri/excelize/...", "golang.org/x/text/..."}, noSQL},
	{"data/store", []string{"data", "data/draft", "data/oplog", "github.com/mattn/go-sqlite3", "github.com/google/uuid", "github.com/gofrs/flock"}, nil},
	{"data/datatest", []string{"data/..."}, nil},
	{"app/metrics", []string{"data", "gonum.org/..."}, noIO},
	{"app/forecast", []string{"data", "gonum.org/..."}, noIO},
	{"app/alignment", []string{"data", "gonum.org/...", "github.com/paulmach/orb/..."}, noIO},
	{"app/planning", []string{"data", "app/alignment", "gonum.org/..."}, noIO},
	{"app/process", []string{"data", "app/metrics"}, noIO},
	{"app/visits", []string{"data"}, noIO},
	{"app/meeting", []string{"data"}, noIO},
	{"app/reminder", []string{"data"}, noIO},
	{"app/report", []string{"data", "app/meeting", "app/metrics", "app/forecast", "app/alignment", "app/planning", "app/visits"}, noIO},
	{"app/chart", []string{"data", "app/report", "github.com/wcharczuk/go-chart/...", "github.com/golang/freetype/truetype", "github.com/go-text/typesetting/di", "github.com/go-text/typesetting/font/...", "github.com/go-text/typesetting/shaping", "golang.org/x/image/...", "golang.org/x/text/..."}, noSQL},
	{"app/geo", []string{"data", "data/sheet", "app/report", "github.com/paulmach/orb/...", "github.com/klauspost/compress/zstd", "golang.org/x/image/...", "golang.org/x/text/..."}, noIO},
	{"app/geo/makeatlas", []string{"github.com/klauspost/compress/zstd", "golang.org/x/text/..."}, noSQL}, // a program of its own, run by make map
	{"app/pdf", []string{"data", "app/report", "app/chart", "app/geo", "github.com/go-pdf/fpdf"}, noSQL},
	{"app/logo", []string{"data", "github.com/fyne-io/oksvg", "github.com/srwiley/rasterx", "golang.org/x/image/..."}, noIO},
	{"app/printer", []string{"data"}, noSQL},
	{"app/job", []string{"data"}, noSQL},
	{"app/clip", []string{"data"}, noSQL},
	{"app/disk", []string{"golang.org/x/sys/..."}, noSQL},
	{"app/keyring", []string{"data", "filippo.io/age/...", "github.com/zalando/go-keyring/...", "github.com/tyler-smith/go-bip39", "github.com/gofrs/flock"}, noSQL},
	{"app", []string{"app/...", "data/...", "github.com/..."}, noSQL},
	{"views/kit/kittest", []string{"views/kit", "app/...", "data", "data/datatest", "fyne.io/..."}, noSQL},
	{"views/kit/...", []string{"views/kit/...", "app/...", "data", "fyne.io/...", "golang.org/x/text/..."}, noSQL},
	{"views/shell", []string{"views/...", "app/...", "data", "fyne.io/..."}, noSQL},
	{"views/cli", []string{"views/shell", "app/...", "data", "github.com/alecthomas/kong", "github.com/go-text/typesetting/font", "github.com/go-text/typesetting/fontscan"}, noSQL},
	{"views/...", []string{"views/kit/...", "app/...", "data", "fyne.io/..."}, noSQL},
}

// owner says that only the packages matching by may import what, whatever the
// rules allow. Main is ".". With tests, their test files are held to it too.
type owner struct {
	what  string
	by    []string
	tests bool
}

var owners = []owner{
	{"fyne.io/fyne/v2/app/...", []string{"."}, true}, // needs a display and its headers
	{"fyne.io/...", []string{".", "views/..."}, true},
	{"database/sql/...", []string{"data/store"}, false},
	{"github.com/mattn/go-sqlite3/...", []string{"data/store"}, false},
}

func matches(pattern, pkg string) bool {
	if tree, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == tree || strings.HasPrefix(pkg, tree+"/")
	}
	return pkg == pattern
}

func matchesAny(patterns []string, pkg string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, pkg) })
}

func find(rel string) (rule, bool) {
	for _, r := range rules {
		if matches(r.from, rel) {
			return r, true
		}
	}
	return rule{}, false
}

// importError says why a file of package rel must not import imp, nil where it
// may. Test files are held to the owners alone.
func importError(rel, imp string, isTest bool) error {
	for _, o := range owners {
		if matches(o.what, imp) && !matchesAny(o.by, rel) && (o.tests || !isTest) {
			return fmt.Errorf("%s must not import %s: only %s may", rel, imp, strings.Join(o.by, ", "))
		}
	}
	if isTest || rel == "." {
		return nil // main wires everything
	}
	r, ok := find(rel)
	if !ok {
		return fmt.Errorf("%s: no rule; add one in arch_test.go", rel)
	}
	if !r.permits(rel, imp) {
		return fmt.Errorf("%s must not import %s", rel, imp)
	}
	return nil
}

func (r rule) permits(rel, imp string) bool {
	name, ours := strings.CutPrefix(imp, module+"/")
	host, _, _ := strings.Cut(imp, "/")
	if !ours && !strings.Contains(host, ".") { // std
		return !slices.ContainsFunc(r.deny, func(d string) bool { return matches(d+"/...", imp) })
	}
	if ours && matches(leaf, name) && rel != "data" && r.from != leaf {
		return true
	}
	return matchesAny(r.allow, name)
}

func TestImportDirections(t *testing.T) {
	// Parse in-process: `go list` in a subprocess is invisible to the test
	// cache, so a new violation would still print "ok (cached)".
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "testdata" || path == "build" || (path != "." && strings.HasPrefix(d.Name(), ".")) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		imports, err := importsOf(path)
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(filepath.Dir(path))
		for _, imp := range imports {
			if err := importError(rel, imp, strings.HasSuffix(path, "_test.go")); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func importsOf(path string) ([]string, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	imports := make([]string, len(f.Imports))
	for i, spec := range f.Imports {
		if imports[i], err = strconv.Unquote(spec.Path.Value); err != nil {
			return nil, err
		}
	}
	return imports, nil
}

// A rule behind a wider one would never be asked.
func TestEveryRuleIsReached(t *testing.T) {
	for _, r := range rules {
		pkg := strings.TrimSuffix(r.from, "/...")
		if got, ok := find(pkg); !ok || got.from != r.from {
			t.Errorf("%s is judged by the rule of %s", r.from, got.from)
		}
	}
}

// Each rule is shown an import that it must refuse, and one that it must not.
func TestRulesRefuse(t *testing.T) {
	tests := []struct{ from, allowed, refused string }{
		{"assets", "embed", "fieldbook/assets/lang"},
		{"assets/lang", "golang.org/x/text/language", "fieldbook/data"},
		{"data", "github.com/google/uuid", "fieldbook/assets/lang"},
		{"data", "time", "os/exec"},
		{"data/oplog", "fieldbook/data", "fieldbook/data/store"},
		{"data/seal", "filippo.io/age", "os"},
		{"data/bundle", "filippo.io/age/armor", "fieldbook/data/store"},
		{"data/draft", "os", "fieldbook/data/store"},
		{"data/sheet", "github.com/xuri/excelize/v2", "fieldbook/data/oplog"},
		{"data/store", "database/sql", "fieldbook/app"},
		{"data/datatest", "fieldbook/data/store", "fieldbook/app"},
		{"app/metrics", "fieldbook/assets/lang", "database/sql"},
		{"app/forecast", "gonum.org/v1/gonum/stat", "fieldbook/app/metrics"},
		{"app/alignment", "github.com/paulmach/orb", "os"},
		{"app/planning", "fieldbook/app/alignment", "fieldbook/app/report"},
		{"app/process", "fieldbook/data", "fieldbook/data/store"},
		{"app/visits", "fieldbook/data", "fieldbook/app/planning"},
		{"app/meeting", "fieldbook/data", "fieldbook/app/metrics"},
		{"app/reminder", "fieldbook/data", "fieldbook/app/metrics"},
		{"app/report", "fieldbook/app/metrics", "fieldbook/app/chart"},
		{"app/chart", "github.com/wcharczuk/go-chart/v2", "fieldbook/app/pdf"},
		{"app/chart", "github.com/go-text/typesetting/shaping", "github.com/go-text/typesetting/fontscan"},
		{"app/geo", "golang.org/x/image/vector", "fieldbook/app/chart"},
		{"app/geo", "fieldbook/data/sheet", "os"},
		{"app/geo/makeatlas", "os", "fieldbook/app/geo"},
		{"app/pdf", "github.com/go-pdf/fpdf", "fieldbook/app"},
		{"app/logo", "github.com/fyne-io/oksvg", "os"},
		{"app/printer", "os/exec", "fieldbook/app"},
		{"app/job", "fieldbook/data", "fieldbook/data/store"},
		{"app/clip", "os/exec", "fieldbook/data/store"},
		{"app/disk", "os/exec", "fieldbook/data"},
		{"app/keyring", "filippo.io/age", "fieldbook/app"},
		{"app", "fieldbook/data/store", "github.com/mattn/go-sqlite3"},
		{"app", "fieldbook/app/pdf", "fyne.io/fyne/v2"},
		{"views/kit", "fyne.io/fyne/v2/widget", "fieldbook/data/store"},
		{"views/kit/kittest", "fieldbook/views/kit", "fieldbook/views/shell"},
		{"views/kit/kittest", "fieldbook/data/datatest", "fieldbook/data/store"},
		{"views/shell", "fieldbook/views/pipeline", "fieldbook/data/store"},
		{"views/cli", "fieldbook/views/shell", "fieldbook/views/pipeline"},
		{"views/pipeline", "fieldbook/views/kit", "fieldbook/views/shell"},
		{"views/pipeline", "fieldbook/app", "fyne.io/fyne/v2/app"},
		{".", "fyne.io/fyne/v2/app", "database/sql"},
	}
	asked := map[string]bool{}
	for _, tt := range tests {
		r, _ := find(tt.from)
		asked[r.from] = true
		if err := importError(tt.from, tt.allowed, false); err != nil {
			t.Errorf("refused what is allowed: %v", err)
		}
		if importError(tt.from, tt.refused, false) == nil {
			t.Errorf("%s may import %s", tt.from, tt.refused)
		}
	}
	for _, r := range rules {
		if !asked[r.from] {
			t.Errorf("the rule of %s is not tried here", r.from)
		}
	}
	if importError("helpers", "fmt", false) == nil {
		t.Error("a package without a rule passes")
	}
	for _, imp := range []string{"fyne.io/fyne/v2", "fyne.io/fyne/v2/test"} {
		if importError("app/chart", imp, true) == nil {
			t.Errorf("a test below views may import %s", imp)
		}
	}
	if importError("views/home", "fyne.io/fyne/v2/app", true) == nil {
		t.Error("a test of a screen may import fyne.io/fyne/v2/app, which needs a display")
	}
}

// Main wires and decides nothing. Its lines are counted over all its files, so
// that a second file is no way around.
func TestMainIsSmall(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines += bytes.Count(src, []byte("\n"))
	}
	if lines == 0 || lines > mainMaxLines {
		t.Errorf("package main has %d lines; at most %d, and what they do belongs into app or views", lines, mainMaxLines)
	}
}
