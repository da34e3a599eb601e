package performance

import (
	"context"
	"path/filepath"
	"strings"

	"fieldbook/app"
	"fieldbook/assets/lang"
)

// open shows the deals behind a mark.
func (s *Screen) open(key string) {
	if s.sheet == nil {
		return
	}
	if l, ok := s.sheet.links.Find(key); ok {
		s.host.OpenPaneLink(s.sheet.FigureQuery, l)
	}
}

// export writes the table behind the screen to a file.
func (s *Screen) export() {
	q := app.ComputeQuery{By: s.by, Period: s.view.Period, AsOf: s.view.AsOf, Scope: s.view.Scope}
	name := "performance by " + string(s.by) + ".xlsx"
	s.host.AskFile(lang.T("Export"), name, func(path string) {
		s.host.Job(lang.T("Export to %s", filepath.Base(path)), func(ctx context.Context, _ func(done, total int64)) error {
			return s.host.App.Performance.ExportFigures(ctx, q, path)
		}, nil)
	})
}

func lower(text string) string { return strings.ToLower(text) }
