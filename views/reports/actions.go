package reports

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/logo"
	"fieldbook/app/pdf"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// choose shows a report of the list, by its name or, for a saved one, its id.
func (s *Screen) choose(key string) {
	s.chosen, s.preview.page = data.NoID, 0
	if i := slices.IndexFunc(s.saved, func(r app.SavedReport) bool { return r.ID.String() == key }); i >= 0 {
		s.take(s.saved[i])
		return
	}
	s.report, s.options.Charts = key, nil
	s.again()
}

// take shows a saved report: its options, and its period and scope in the title
// row.
func (s *Screen) take(r app.SavedReport) {
	s.report, s.options, s.chosen = r.Report, r.Options, r.ID
	v := s.host.View()
	if q, err := s.host.App.Reports.Query(r.Report, r.Options); err == nil && r.Options.Period != "" {
		v.Period = q.Period
	}
	s.build()
	s.host.Changed()
	s.host.SetView(v)
}

// again shows the report with what was chosen now.
func (s *Screen) again() {
	s.build()
	s.mark()
	s.host.Changed()
	s.Reload(s.view)
}

// set changes an option.
func (s *Screen) set(change func(*app.ReportOptions)) {
	change(&s.options)
	s.Reload(s.view)
}

// ready gives the pages to act on, or says that there are none.
func (s *Screen) ready(then func(*pdf.Paper)) {
	if s.pages == nil {
		s.host.Say(lang.T("There are no pages yet"))
		return
	}
	then(s.pages)
}

func (s *Screen) savePDF() {
	s.ready(func(paper *pdf.Paper) {
		s.host.AskFile(lang.T("Save as PDF"), fileName(paper.Title(), s.view.AsOf), func(path string) {
			s.host.Act(lang.T("Saved %s", filepath.Base(path)), func(context.Context) error {
				raw, err := paper.PDF()
				if err != nil {
					return err
				}
				return app.WriteBytes(path, raw)
			}, nil)
		})
	})
}

func (s *Screen) print() { s.ready(s.host.Print) }

func (s *Screen) mail() {
	s.ready(func(paper *pdf.Paper) {
		var file string
		var attached bool
		s.host.Act(lang.T("Mail program opened"), func(ctx context.Context) (err error) {
			file, attached, err = s.host.App.Printing.Mail(ctx, paper)
			return err
		}, func() {
			if !attached {
				s.host.Say(lang.T("Attach the file %s", file))
			}
		})
	})
}

// keep asks for a name and saves the settings with the book.
func (s *Screen) keep() {
	name, id := "", data.NoID
	for _, r := range s.saved {
		if r.ID == s.chosen {
			name, id = r.Name, r.ID
		}
	}
	o := viewed(s.options, s.view, s.report)
	o.AsOf = "" // a saved report goes with the days
	if s.view.Period.Name == s.host.App.Reports.DefaultPeriod(s.report, s.view.AsOf).Name {
		o.Period = ""
	}
	report := s.report
	s.host.Ask(kit.Question{
		Title: lang.T("Save these settings"), What: lang.T("Saved the report"), Save: lang.T("Save"),
		Fields: []kit.Field{{Key: "name", Label: lang.T("Name"), Kind: kit.FieldText, Value: name, Required: true, Wide: true, Help: lang.T("Everybody with this book has it; another name makes another one.")}},
		Keep: func(ctx context.Context, v kit.Values) error {
			if v["name"] != name {
				id = data.NoID
			}
			kept, err := s.host.App.Reports.Save(ctx, app.SavedReport{ID: id, Name: v["name"], Report: report, Options: o})
			if err == nil {
				id = kept
			}
			return err
		},
		Then: func() {
			s.chosen = id
			s.again()
		},
	})
}

// remove deletes the saved report; undo brings it back.
func (s *Screen) remove() {
	id := s.chosen
	s.host.Act(lang.T("Deleted the saved report"), func(ctx context.Context) error {
		return s.host.App.Records.Remove(ctx, data.KindReportSetting, []data.ID{id})
	}, func() {
		s.chosen = data.NoID
		s.again()
	})
}

// filters lists what deals are kept, each to be taken off, and adds one.
func (s *Screen) filters() fyne.CanvasObject {
	if !app.Filterable(s.report) {
		return kit.Body(lang.T("none: made of all deals"))
	}
	rows := []fyne.CanvasObject{}
	for i, f := range s.options.Filters {
		rows = append(rows, kit.NewButton(kit.ButtonOptions{Text: kit.Ellipsis(app.FilterWord(f.Field)+" "+s.filterName(f), panelWide-80, kit.SizeBody, false), Icon: "x", OnTap: func() {
			s.options.Filters = slices.Delete(slices.Clone(s.options.Filters), i, i+1)
			s.again()
		}}))
	}
	return kit.VBox(4, append(rows, kit.NewButton(kit.ButtonOptions{Text: lang.T("Add a filter"), Icon: "filter", Kind: kit.ButtonQuiet, OnTap: s.addFilter}))...)
}

// filterName is what a filter's value is called, as it was typed until that is known.
func (s *Screen) filterName(f app.ReportFilter) string {
	if name, ok := s.filterNames[f]; ok {
		return name
	}
	return f.Value
}

// namesOf looks up what the values of filters are called.
func (s *Screen) namesOf(ctx context.Context, filters []app.ReportFilter) map[app.ReportFilter]string {
	out := map[app.ReportFilter]string{}
	for _, f := range filters {
		if words, err := s.host.App.Reports.FilterWords(ctx, []app.ReportFilter{f}); err == nil {
			out[f] = strings.TrimPrefix(words, app.FilterWord(f.Field)+" ")
		}
	}
	return out
}

func (s *Screen) addFilter() {
	var added app.ReportFilter
	s.host.Ask(kit.Question{
		Title: lang.T("Add a filter"), What: lang.T("Filter added"), Save: lang.T("Add"),
		Fields: []kit.Field{
			{Key: "field", Label: lang.T("Only deals of one"), Kind: kit.FieldChoice, Options: filterOptions(), Value: "product", Required: true},
			{Key: "value", Label: lang.T("Name"), Kind: kit.FieldText, Required: true, Help: lang.T("as the book calls it")},
		},
		Keep: func(ctx context.Context, v kit.Values) error {
			added = app.ReportFilter{Field: v["field"], Value: v["value"]}
			_, err := s.host.App.Reports.FilterWords(ctx, []app.ReportFilter{added})
			return err
		},
		Then: func() {
			s.options.Filters = append(slices.Clone(s.options.Filters), added)
			s.again()
		},
	})
}

func (s *Screen) logo() fyne.CanvasObject {
	if len(s.options.Logo) > 0 {
		return kit.NewButton(kit.ButtonOptions{Text: lang.T("Leave out the logo"), Icon: "x", Kind: kit.ButtonQuiet, OnTap: func() {
			s.options.Logo = nil
			s.again()
		}})
	}
	return kit.NewButton(kit.ButtonOptions{Text: lang.T("Choose a picture"), Icon: "folder", Kind: kit.ButtonQuiet, OnTap: func() {
		kit.OpenFile(s.host.Window, kit.FileAsk{Title: lang.T("Choose a logo"), Endings: []string{".png", ".jpg", ".jpeg", ".svg"}, Then: s.takeLogo})
	}})
}

func (s *Screen) takeLogo(path string) {
	var packed []byte
	s.host.Act(lang.T("Logo chosen"), func(context.Context) error {
		raw, err := os.ReadFile(path)
		if err != nil {
			return data.Wrap(data.Refused, err, "The picture %s cannot be read. Choose another.", filepath.Base(path))
		}
		img, err := logo.Read(raw)
		if err != nil {
			return err
		}
		packed, err = logo.Pack(img)
		return err
	}, func() {
		s.options.Logo = packed
		s.again()
	})
}

func (s *Screen) notes() fyne.CanvasObject {
	text := lang.T("Write notes")
	if s.options.Notes != "" {
		text = lang.T("Change the notes")
	}
	return kit.NewButton(kit.ButtonOptions{Text: text, Icon: "edit", Kind: kit.ButtonQuiet, OnTap: func() {
		var notes string
		s.host.Ask(kit.Question{
			Title: lang.T("Notes of the report"), What: lang.T("Notes kept"), Save: lang.T("Keep"),
			Fields: []kit.Field{{Key: "notes", Label: lang.T("Notes"), Kind: kit.FieldLong, Value: s.options.Notes, Help: lang.T("They stand behind the figures; each line is a paragraph.")}},
			Keep:   func(_ context.Context, v kit.Values) error { notes = v["notes"]; return nil },
			Then: func() {
				s.options.Notes = notes
				s.again()
			},
		})
	}})
}
