package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/keyring"
)

// desk is a person at a command line with one book.
type desk struct {
	t    *testing.T
	dir  string
	book string
	now  time.Time
	keys keyring.Vault // nil keeps none
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	dir := t.TempDir()
	return &desk{t: t, dir: dir, book: filepath.Join(dir, "test.book"), now: time.Date(2017, 11, 17, 16, 55, 0, 0, time.UTC)}
}

// newBook is a desk with an open book, counted in UTC and USD.
func newBook(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.ok("init", "--name", "Harbour Tools", "--zone", "UTC")
	return d
}

func (d *desk) clock() time.Time { return d.now }

func (d *desk) file(name string) string { return filepath.Join(d.dir, name) }

// run runs a command on the book; every command takes a minute.
func (d *desk) run(args ...string) (code int, out, errs string) {
	d.t.Helper()
	var stdout, stderr bytes.Buffer
	d.now = d.now.Add(time.Minute)
	env := Env{
		Config:  app.Config{Now: d.clock, Device: "desk", Keys: d.keys},
		Version: "1.2.3", Book: d.book, Getenv: func(string) string { return "" },
	}
	code = Run(context.Background(), args, Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr}, env)
	return code, stdout.String(), stderr.String()
}

// ok runs a command that must be done, and gives what it prints.
func (d *desk) ok(args ...string) string {
	d.t.Helper()
	code, out, errs := d.run(args...)
	if code != exitDone || errs != "" {
		d.t.Fatalf("%q: exit %d, %s%s", args, code, out, errs)
	}
	return out
}

// fails runs a command that must end with code and one line on standard error.
func (d *desk) fails(want int, args ...string) string {
	d.t.Helper()
	code, out, errs := d.run(args...)
	if code != want {
		d.t.Errorf("%q: exit %d, want %d: %s%s", args, code, want, out, errs)
	}
	if strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, "fieldbook: ") {
		d.t.Errorf("%q: not one line: %q", args, errs)
	}
	return errs
}

// doc runs a command with --json and reads its one document.
func (d *desk) doc(args ...string) map[string]any {
	d.t.Helper()
	return decode(d.t, d.ok(append(args, "--json")...))
}

func decode(t *testing.T, text string) map[string]any {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var doc map[string]any
	if err := dec.Decode(&doc); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	if dec.More() {
		t.Fatalf("more than one document: %s", text)
	}
	return doc
}

// rows are the rows of a document.
func rows(t *testing.T, doc map[string]any) []map[string]any {
	t.Helper()
	list, ok := doc["rows"].([]any)
	if !ok {
		t.Fatalf("no rows in %v", doc)
	}
	out := make([]map[string]any, len(list))
	for i, r := range list {
		out[i] = r.(map[string]any)
	}
	return out
}

func (d *desk) list(kind string, where ...string) []map[string]any {
	d.t.Helper()
	args := []string{"list", kind}
	for _, w := range where {
		args = append(args, "--where", w)
	}
	return rows(d.t, d.doc(args...))
}

func (d *desk) write(name, text string) string {
	d.t.Helper()
	path := d.file(name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// files are the accounts of an import or merge.
func files(doc map[string]any) []map[string]any {
	var out []map[string]any
	for _, f := range doc["files"].([]any) {
		out = append(out, f.(map[string]any))
	}
	return out
}

func number(n string) json.Number { return json.Number(n) }

// same compares the named keys of an object.
func same(t *testing.T, got, want map[string]any) {
	t.Helper()
	for key, v := range want {
		if got[key] != v {
			t.Errorf("%s is %v, want %v", key, got[key], v)
		}
	}
}
