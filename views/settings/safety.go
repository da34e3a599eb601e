package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// backupWhy says in a copy's name that somebody asked for it.
const backupWhy = "going on"

// backupsPage lists the copies of the book and makes one.
type backupsPage struct {
	screen  *Screen
	table   *kit.Table
	restore *kit.Button
	panel   *kit.Panel
}

func newBackupsPage(s *Screen) *backupsPage {
	p := &backupsPage{screen: s}
	p.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "at", Title: lang.T("Made"), Width: 180},
			{Key: "why", Title: lang.T("Why"), Width: 140},
			{Key: "file", Title: lang.T("File"), Width: 300, Grow: 1},
			{Key: "size", Title: lang.T("Size"), Width: 90, Align: fyne.TextAlignTrailing},
		},
		Empty:    kit.NewEmpty(kit.EmptyOptions{Icon: "copy", Title: lang.T("No backups yet"), Text: lang.T("A copy of the book is made each day and before each import and merge, and whenever you ask for one."), Step: lang.T("Back up now"), StepIcon: "copy", OnTap: p.backUp}),
		OnSelect: p.choose,
	})
	p.restore = kit.NewButton(kit.ButtonOptions{Text: lang.T("Restore this one"), Icon: "undo", OnTap: p.restoreChosen})
	p.restore.Disable()
	body := fyne.CanvasObject(p.table)
	if s.writable() {
		bar := kit.HBox(8, p.restore,
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Restore from a file"), Icon: "folder", OnTap: p.restoreFile}),
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Save a locked backup"), Icon: "lock", OnTap: p.saveLocked}))
		body = container.NewBorder(kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel, Bottom: 8}, bar), nil, nil, nil, p.table)
	}
	p.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Backups"), Flush: true, Body: body})
	return p
}

func (p *backupsPage) content() fyne.CanvasObject { return p.panel }

func (p *backupsPage) load(context.Context) (func(), error) {
	a := p.screen.host.App
	files, err := a.Backups.List()
	return func() {
		rows := make(kit.SliceRows, len(files))
		for i, f := range files {
			rows[i] = backupRow(f)
		}
		p.table.SetRows(rows)
		p.panel.SetCaption(lang.T("in %s", a.Backups.Folder()))
		p.choose()
	}, err
}

func (p *backupsPage) commands() []kit.Action {
	out := []kit.Action{
		{Text: lang.T("Back up now"), Icon: "copy", Do: p.backUp},
		{Text: lang.T("Save a locked backup"), Icon: "lock", Do: p.saveLocked},
	}
	if p.screen.writable() {
		out = append(out, kit.Action{Text: lang.T("Restore from a file"), Icon: "folder", Do: p.restoreFile})
	}
	return out
}

func (p *backupsPage) backUp() {
	h := p.screen.host
	h.Job(lang.T("Back up the book"), func(ctx context.Context, _ func(done, total int64)) error {
		_, err := h.App.Backups.BeforeChange(ctx, backupWhy)
		return err
	}, func() { p.screen.Reload(h.View()) })
}

// checkPage compares the log with the tables and says whether they agree.
type checkPage struct {
	screen *Screen
	result *fyne.Container
	root   fyne.CanvasObject
}

func newCheckPage(s *Screen) *checkPage {
	p := &checkPage{screen: s, result: container.NewStack()}
	p.show([]fyne.CanvasObject{kit.NewEmpty(kit.EmptyOptions{
		Icon: "check", Title: lang.T("Is everything still right?"),
		Text: lang.T("The check works out every record again from the log of what everybody did, compares it with what is shown, and asks the disk whether the file is sound. It changes nothing."),
		Step: lang.T("Check the book"), StepIcon: "check", OnTap: p.check,
	})})
	p.root = kit.NewPanel(kit.PanelOptions{Title: lang.T("Data check"), Body: p.result})
	return p
}

func (p *checkPage) show(objects []fyne.CanvasObject) {
	p.result.Objects = objects
	p.result.Refresh()
}

func (p *checkPage) content() fyne.CanvasObject { return p.root }

func (p *checkPage) load(context.Context) (func(), error) { return func() {}, nil }

func (p *checkPage) commands() []kit.Action {
	return []kit.Action{{Text: lang.T("Check the book"), Icon: "check", Do: p.check}}
}

func (p *checkPage) check() {
	h := p.screen.host
	var found verdict
	h.Job(lang.T("Check the book"), func(ctx context.Context, _ func(done, total int64)) error {
		report, err := h.App.Journal.Verify(ctx)
		if err == nil {
			found = verdict{ops: report.Ops, rows: report.Rows, faults: report.Faults, findings: report.Findings}
		}
		if err == nil && found.faults > 0 {
			found.backup, _, err = h.App.Backups.NewestSound(ctx)
		}
		return err
	}, func() { p.show(found.lines()) })
}

// verdict is what a check found.
type verdict struct {
	ops, rows, faults int
	findings          []string
	backup            app.Backup // the newest that is sound; zero where there is none
}

func (v verdict) lines() []fyne.CanvasObject {
	icon, tone, says := "check", kit.ColorGood, lang.T("Everything agrees")
	if v.faults > 0 {
		icon, tone = "warn", kit.ColorBad
		says = lang.N("%d fault was found", "%d faults were found", v.faults, v.faults)
	}
	head := kit.HBox(8, kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon(icon, tone)), kit.Strong(says))
	out := []fyne.CanvasObject{
		head,
		kit.NewText(lang.T("%s edits were folded again and %s records compared.", thousands(strconv.Itoa(v.ops)), thousands(strconv.Itoa(v.rows))), kit.TextStyle{Color: kit.ColorFg2}),
	}
	for _, f := range v.findings {
		out = append(out, kit.NewText(f, kit.TextStyle{Cut: true}))
	}
	if v.faults > 0 {
		out = append(out, kit.NewText(v.next(), kit.TextStyle{Color: kit.ColorFg2, Cut: true}))
	}
	if v.backup.Path != "" {
		out = append(out, kit.NewText(v.backup.Path, kit.TextStyle{Color: kit.ColorFg2, Cut: true}))
	}
	return []fyne.CanvasObject{kit.VBox(8, out...)}
}

// next is what to do about faults.
func (v verdict) next() string {
	if v.backup.Path == "" {
		return lang.T("The file was left as it is, and no backup of it is sound. Merge a colleague's share file into a new book.")
	}
	return lang.T("The file was left as it is. The newest backup that is sound was made on %s: restore it in Backups.", clockWord(data.InstantOf(v.backup.At), v.backup.At.Location()))
}
