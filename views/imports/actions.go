package imports

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// apply imports what the picture shows, as a job.
func (s *Screen) apply() {
	o := s.order
	var res *app.ImportResult
	var done picture
	s.loader.Cancel()
	s.host.Job(lang.T("Import %s", fileWords(o.paths)), func(ctx context.Context, progress func(done, total int64)) error {
		var err error
		res, done, err = s.work.apply(ctx, o, progress)
		return err
	}, func() {
		s.loader.Cancel() // of a rehearsal that the commit set off
		s.result, s.shown = res, done
		s.host.Say(lang.T("Imported: %s", doneWords(done.total)))
		s.show()
	})
}

// fileWords names the files: "deals.csv", "deals.csv and 3 more".
func fileWords(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	first := filepath.Base(paths[0])
	if len(paths) == 1 {
		return first
	}
	return lang.T("%s and %d more", first, len(paths)-1)
}

// undo takes the import back and shows the files anew.
func (s *Screen) undo() {
	txn := s.shown.txn
	s.host.Act(lang.T("Undo the import"), func(ctx context.Context) error {
		return s.host.App.Imports.TakeBack(ctx, txn)
	}, func() { s.begin(s.order) })
}

// startOver goes back to the first page.
func (s *Screen) startOver() {
	s.shown = picture{}
	s.begin(order{})
}

// tables are the endings of the files that can be read.
var tables = []string{".csv", ".tsv", ".txt", ".xlsx", ".vcf", ".ics"}

// chooseFile adds one file to those that are here.
func (s *Screen) chooseFile() {
	kit.OpenFile(s.host.Window, kit.FileAsk{Title: lang.T("Choose a file"), Endings: tables, Then: func(path string) { s.addFiles([]string{path}) }})
}

// addFiles plans files beside those that are here already.
func (s *Screen) addFiles(paths []string) {
	o := s.order
	if s.result != nil {
		o = order{}
	}
	for _, p := range paths {
		if !slices.Contains(o.paths, p) {
			o.paths = append(slices.Clone(o.paths), p)
		}
	}
	s.begin(o)
}

// chooseFolder takes every table of a folder.
func (s *Screen) chooseFolder() {
	kit.OpenFolder(s.host.Window, kit.FileAsk{Title: lang.T("Choose a folder"), Then: s.takeFolder})
}

func (s *Screen) takeFolder(folder string) {
	files, err := os.ReadDir(folder)
	if err != nil {
		kit.Failure(s.host.Window, lang.T("Choose a folder"), data.Wrap(data.Refused, err, "The folder %s cannot be read.", filepath.Base(folder)), nil)
		return
	}
	var paths []string
	for _, f := range files {
		if slices.Contains(tables, strings.ToLower(filepath.Ext(f.Name()))) && !strings.HasPrefix(f.Name(), ".") {
			paths = append(paths, filepath.Join(folder, f.Name()))
		}
	}
	if len(paths) == 0 {
		s.host.Say(lang.T("There is no CSV or XLSX file in %s", filepath.Base(folder)))
		return
	}
	slices.Sort(paths)
	s.addFiles(paths)
}

// saveTo asks where to write a file and writes it.
func (s *Screen) saveTo(name, what string, write func(ctx context.Context, path string) error) {
	s.host.AskFile(what, name, func(path string) {
		s.host.Act(what, func(ctx context.Context) error { return write(ctx, path) }, nil)
	})
}

func (s *Screen) saveMapping() {
	o := s.order
	s.saveTo("mapping.json", lang.T("Save the mapping"), func(ctx context.Context, path string) error {
		return s.work.saveMapping(ctx, o, path)
	})
}

func (s *Screen) saveAside() {
	res := s.result
	s.saveTo(lang.T("set aside")+".csv", lang.T("Save the rows that were set aside"), func(_ context.Context, path string) error {
		_, err := res.WriteSetAside(path)
		return err
	})
}

// loadMapping reads a saved mapping and plans the files by it.
func (s *Screen) loadMapping() {
	kit.OpenFile(s.host.Window, kit.FileAsk{Title: lang.T("Use a saved mapping"), Endings: []string{".json"}, Then: s.useMapping})
}

func (s *Screen) useMapping(path string) {
	var m *app.ImportMapping
	s.host.Act(lang.T("Use the mapping %s", filepath.Base(path)), func(context.Context) error {
		var err error
		m, err = app.LoadMapping(path)
		return err
	}, func() {
		o := s.order
		o.mapping, o.mappingName = m, filepath.Base(path)
		s.begin(o)
	})
}
