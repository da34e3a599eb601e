package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"fieldbook/data"
)

// InboxRule says that what lands in a folder is imported, and how: by a mapping
// that somebody made after a look at files of its sort.
type InboxRule struct {
	Dir     string         `json:"dir"`
	Mapping *ImportMapping `json:"mapping"`
	Keep    bool           `json:"keep,omitempty"` // files stay where they are; else they go to the folder "done" in it
}

// Names in a watched folder.
const (
	inboxDone    = "done"
	inboxAside   = "set aside"
	inboxProblem = ".problem.txt" // behind the name of a file that could not be imported
)

// TopicInbox is announced when the rule of the watched folder changes.
const TopicInbox = "watched folder"

// Where the book remembers the rule and what was imported. Neither travels.
const (
	inboxRulePref = "inbox.rule"
	inboxSeenPref = "inbox.seen"
)

// InboxFile is what became of a file that landed.
type InboxFile struct {
	File   string        `json:"file"`
	Result *ImportResult `json:"result,omitempty"`
	Why    string        `json:"why,omitempty"`   // it could not be imported
	Again  bool          `json:"again,omitempty"` // it was imported before
}

// Rule is the rule of the watched folder; its Dir is empty where there is none.
func (im *Imports) Rule(ctx context.Context) (InboxRule, error) {
	text, err := im.app.store.Pref(ctx, inboxRulePref)
	if err != nil || text == "" {
		return InboxRule{}, err
	}
	var r InboxRule
	if json.Unmarshal([]byte(text), &r) != nil || r.Mapping == nil {
		return InboxRule{}, nil
	}
	return r, nil
}

// SetRule watches a folder by a rule, or with an empty Dir none any more. The
// error is Invalid where the mapping says of no file what it holds, Refused
// where there is no such folder.
func (im *Imports) SetRule(ctx context.Context, r InboxRule) error {
	if r.Dir != "" {
		if err := r.Check(); err != nil {
			return err
		}
	}
	raw, err := json.Marshal(r)
	if err != nil {
		return data.Wrap(data.Internal, err, "the rule cannot be remembered")
	}
	if err := im.app.store.SetPref(ctx, inboxRulePref, string(raw)); err != nil {
		return err
	}
	im.app.hub.publish(data.Change{Topics: []data.Topic{{Kind: TopicInbox}}})
	return nil
}

// Check is Invalid where the mapping says of no file what it holds, Refused where
// there is no such folder.
func (r InboxRule) Check() error {
	if info, err := os.Stat(r.Dir); err != nil || !info.IsDir() {
		return data.Errorf(data.Refused, "There is no folder %s. Choose another.", r.Dir)
	}
	if r.Mapping == nil || !slices.ContainsFunc(r.Mapping.Files, func(m FileMapping) bool { return m.Kind != "" }) {
		return data.Errorf(data.Invalid, "The mapping says of no file what its rows are. Look at a file in the window, or with --dry-run, and save its mapping.")
	}
	return nil
}

// RuleOf makes a plan's mapping one for later files: it fits any file that has
// the columns.
func (p *ImportPlan) RuleOf(dir string) InboxRule {
	m := p.Mapping()
	for i := range m.Files {
		m.Files[i].File = ""
	}
	return InboxRule{Dir: dir, Mapping: m}
}

// landed lists the tables in a folder that may be imported, by name.
func landed(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, data.Wrap(data.Refused, err, "The folder %s cannot be read. It is looked at again later.", dir)
	}
	var out []string
	for _, e := range entries {
		name := e.Name()
		table := slices.Contains([]string{".csv", ".tsv", ".txt", ".xlsx", ".zip"}, strings.ToLower(filepath.Ext(name)))
		if table && e.Type().IsRegular() && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "~") && !strings.HasSuffix(name, inboxProblem) {
			out = append(out, filepath.Join(dir, name))
		}
	}
	return out, nil
}

// TakeIn imports a file of the watched folder, unless it was imported before, and
// puts it aside. A file that cannot be imported stays, with a note beside that
// says why; it is not tried again until it or the rule is another.
func (im *Imports) TakeIn(ctx context.Context, r InboxRule, path string) (InboxFile, error) {
	f := InboxFile{File: filepath.Base(path)}
	sum, err := hashOf(path)
	if err != nil {
		return f, err
	}
	seen, err := im.seen(ctx)
	if err != nil {
		return f, err
	}
	if f.Again = slices.Contains(seen, sum); f.Again {
		r.putAway(path)
		return f, nil
	}
	f.Result, err = im.applyRule(ctx, r, path)
	if data.KindOf(err) == data.Canceled && err != nil {
		return f, err
	}
	if err != nil {
		f.Why = err.Error()
		var own *data.Error
		if errors.As(err, &own) {
			f.Why = own.Msg
		}
		return f, note(path, f.Why)
	}
	if err := im.remembers(ctx, append(seen, sum)); err != nil {
		return f, err
	}
	if f.Result.SetAside() > 0 {
		if err := saveAside(r.Dir, f); err != nil {
			return f, err
		}
	}
	r.putAway(path)
	return f, ignoreGone(os.Remove(path + inboxProblem))
}

// applyRule imports a file if the rule fits it.
func (im *Imports) applyRule(ctx context.Context, r InboxRule, path string) (*ImportResult, error) {
	plan, err := im.Plan(ctx, []string{path}, PlanOptions{Mapping: r.Mapping})
	if err != nil {
		return nil, err
	}
	for _, f := range plan.Files {
		m, ok := r.Mapping.fileFor(f)
		switch {
		case !f.readable:
			return nil, data.Errorf(data.Invalid, "%s", f.Why)
		case !ok || m.Kind == "" || f.Kind == "":
			return nil, data.Errorf(data.Invalid, "The columns of %s are not those that the rule was made for. Nothing was imported; look at it under Import in the window, or import it by its own.", f.Name)
		}
	}
	return im.Apply(ctx, plan, nil)
}

// saveAside writes the rows that were set aside, ready to be mended and put back
// into the folder.
func saveAside(dir string, f InboxFile) error {
	to := filepath.Join(dir, inboxAside)
	if err := os.MkdirAll(to, 0o755); err != nil { //nolint:gosec // a folder that a person works in
		return data.Wrap(data.Refused, err, "The folder %s cannot be made.", to)
	}
	_, err := f.Result.WriteSetAside(freeName(filepath.Join(to, strings.TrimSuffix(f.File, filepath.Ext(f.File))+".csv")))
	return err
}

// putAway moves a file that was imported out of the way. Where it cannot, the
// file stays: it is known by what it holds.
func (r InboxRule) putAway(path string) {
	done := filepath.Join(r.Dir, inboxDone)
	if r.Keep || os.MkdirAll(done, 0o755) != nil { //nolint:gosec // a folder that a person works in
		return
	}
	_ = os.Rename(path, freeName(filepath.Join(done, filepath.Base(path)))) // else it stays
}

// freeName adds a number to a name that is taken.
func freeName(path string) string {
	ext := filepath.Ext(path)
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) || n > 10_000 {
			return path
		}
		path = strings.TrimSuffix(strings.TrimSuffix(path, ext), " "+strconv.Itoa(n-1)) + " " + strconv.Itoa(n) + ext
	}
}

// note writes why a file was not imported beside it.
func note(path, why string) error {
	return WriteFile(path+inboxProblem, func(w io.Writer) error {
		_, err := io.WriteString(w, filepath.Base(path)+" was not imported.\r\n"+why+"\r\n")
		return err
	})
}

func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// mostSeenFiles bounds how many files are remembered, the newest.
const mostSeenFiles = 10_000

func (im *Imports) seen(ctx context.Context) ([]string, error) {
	text, err := im.app.store.Pref(ctx, inboxSeenPref)
	if err != nil || text == "" {
		return nil, err
	}
	return strings.Fields(text), nil
}

func (im *Imports) remembers(ctx context.Context, seen []string) error {
	return im.app.store.SetPref(ctx, inboxSeenPref, strings.Join(seen[max(0, len(seen)-mostSeenFiles):], " "))
}

// hashOf tells a file by what it holds.
func hashOf(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", data.Wrap(data.Refused, err, "%s cannot be read. It is looked at again later.", filepath.Base(path))
	}
	defer func() { _ = file.Close() }() // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", data.Wrap(data.Refused, err, "%s cannot be read. It is looked at again later.", filepath.Base(path))
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// stamp is how a file looks from outside; a copy that goes on changes it.
type stamp struct {
	size int64
	at   time.Time
}

func stampOf(path string) (stamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}, err
	}
	return stamp{info.Size(), info.ModTime()}, nil
}
