package shell

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

// maxRecent is how many books are remembered.
const maxRecent = 8

// recent remembers the books opened last, newest first, in a file of its own
// that is replaced as a whole, so that a killed program leaves the old one.
type recent struct {
	path  string
	Books []string `json:"books"`
	Dark  bool     `json:"dark"`
	Wide  float32  `json:"width"`
	High  float32  `json:"height"`
}

func readRecent(folder string) *recent {
	r := &recent{path: filepath.Join(folder, "window.json")}
	b, err := os.ReadFile(r.path)
	if err != nil || json.Unmarshal(b, r) != nil {
		r.Books = nil
	}
	return r
}

// opened puts a book first.
func (r *recent) opened(path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	r.Books = slices.DeleteFunc(r.Books, func(b string) bool { return b == abs })
	r.Books = slices.Insert(r.Books, 0, abs)
	r.Books = r.Books[:min(maxRecent, len(r.Books))]
	return r.save()
}

// last is the newest book that is still there.
func (r *recent) last() (string, bool) {
	for _, b := range r.Books {
		if _, err := os.Stat(b); err == nil {
			return b, true
		}
	}
	return "", false
}

func (r *recent) save() error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(r.path), 0o755); err != nil {
		return err
	}
	tmp := r.path + ".part"
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, r.path)
}
