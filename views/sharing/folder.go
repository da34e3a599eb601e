package sharing

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// Sizes of the page of the shared folder.
const (
	folderFactWidth  = 132
	folderPeopleRows = 4 // of people that show before they scroll, where files were left alone
)

// folderPage is the page on which work is shared through a folder.
type folderPage struct {
	screen *Screen
	busy   string
	status app.FolderStatus
}

func (p *folderPage) reload() {
	kit.Load(p.screen.loader, p.screen.host.App.Sharing.Folder.Status, func(s app.FolderStatus) {
		p.status = s
		p.show()
	})
}

func (p *folderPage) show() {
	if p.screen.tab == tabFolder {
		p.screen.root.Objects = []fyne.CanvasObject{p.content()}
		p.screen.root.Refresh()
		p.screen.host.Changed()
	}
}

// chosen reports whether there is a folder that something can be done with.
func (p *folderPage) chosen() bool { return p.status.Setup.Dir != "" }

func (p *folderPage) primary() *kit.Action {
	if !p.chosen() {
		return &kit.Action{Text: lang.T("Choose a folder"), Icon: "folder", Do: p.choose}
	}
	return &kit.Action{Text: lang.T("Send now"), Icon: "upload", Do: p.send}
}

func (p *folderPage) commands() []kit.Action {
	if p.screen.readOnly() {
		return nil
	}
	if !p.chosen() {
		return []kit.Action{{Text: lang.T("Choose a folder"), Icon: "folder", Do: p.choose}}
	}
	auto := kit.Action{Text: lang.T("Send by itself"), Icon: "play", Do: func() { p.sendBy(true, p.status.Setup.Quiet) }}
	if p.status.Setup.Auto {
		auto = kit.Action{Text: lang.T("Send by hand"), Icon: "upload", Do: func() { p.sendBy(false, p.status.Setup.Quiet) }}
	}
	return []kit.Action{
		{Text: lang.T("Send now"), Icon: "upload", Do: p.send},
		{Text: lang.T("Receive now"), Icon: "download", Do: p.receive},
		auto,
		{Text: lang.T("Choose another folder"), Icon: "folder", Do: p.choose},
		{Text: lang.T("Leave the folder"), Icon: "x", Do: p.leaveFolder},
	}
}

// content is the page as things stand.
func (p *folderPage) content() fyne.CanvasObject {
	s := p.status
	if !p.chosen() {
		empty := kit.EmptyOptions{
			Icon: "folder", Title: lang.T("Share through a folder"),
			Text: lang.T("Choose a folder that Syncthing, OneDrive, Dropbox, a network drive or a stick carries between you. Fieldbook puts files there for the others and takes theirs in; nothing in it is ever written by two, so nothing can clash. The book itself stays where it is."),
		}
		if !p.screen.readOnly() {
			empty.Step, empty.StepIcon, empty.OnTap = lang.T("Choose a folder"), "folder", p.choose
		}
		return kit.NewEmpty(empty)
	}
	rows := []fyne.CanvasObject{p.setupPanel(s)}
	if s.Fault != "" {
		return kit.Page(append(rows, kit.Grow(p.faultPanel(s.Fault)))...)
	}
	refused := refusalRows(s.People)
	if len(refused) == 0 {
		return kit.Page(append(rows, kit.Grow(p.peoplePanel(s)))...)
	}
	high := 40 + float32(1+min(len(s.People), folderPeopleRows))*kit.HeightRow + 10
	return kit.Page(append(rows, kit.MinBox(fyne.NewSize(0, high), p.peoplePanel(s)), kit.Grow(p.refusedPanel(refused)))...)
}

// setupPanel says which folder it is and what is sent when.
func (p *folderPage) setupPanel(s app.FolderStatus) fyne.CanvasObject {
	zone := p.screen.host.App.Book().Zone
	lines := []fyne.CanvasObject{
		folderFact(lang.T("Folder"), kit.NewText(s.Setup.Dir, kit.TextStyle{Cut: true})),
		folderFact(lang.T("Last sent"), kit.NewText(sentWord(s, zone), kit.TextStyle{Cut: true})),
		folderFact(lang.T("Waits to be sent"), kit.NewText(waitsWord(s), kit.TextStyle{Cut: true})),
	}
	if p.screen.readOnly() {
		lines = append(lines, folderFact(lang.T("State"), kit.NewText(lang.T("Read-only: nothing is sent or received"), kit.TextStyle{Color: kit.ColorWarn})))
		return kit.NewPanel(kit.PanelOptions{Title: lang.T("Shared folder"), Body: kit.VBox(0, lines...)})
	}
	lines = append(lines, kit.Gap(0, 4), folderFact(lang.T("Send"), p.how(s)), kit.Gap(0, 12), p.buttons())
	return kit.NewPanel(kit.PanelOptions{Title: lang.T("Shared folder"), Caption: lang.T("what others write is taken in by itself while the book is open"), Body: kit.VBox(0, lines...)})
}

// folderFact is a line of the panel: a caption, and what it says.
func folderFact(name string, says fyne.CanvasObject) fyne.CanvasObject {
	return kit.HBox(8, kit.MinBox(fyne.NewSize(folderFactWidth, kit.HeightRow), kit.NewText(name, kit.TextStyle{Color: kit.ColorFg2})), kit.Grow(says))
}

// how is the switch between sending by hand and by itself.
func (p *folderPage) how(s app.FolderStatus) fyne.CanvasObject {
	face := kit.NewSegmented([]kit.Segment{{Text: lang.T("By hand"), Icon: "upload"}, {Text: lang.T("By itself"), Icon: "play"}}, func(i int) { p.sendBy(i == 1, s.Setup.Quiet) })
	line := []fyne.CanvasObject{face}
	if s.Setup.Auto {
		face.SetCurrent(1)
		line = append(line, kit.NewPicker(kit.PickerOptions{Icon: "clock", Options: quietOptions(s.Setup.Quiet), OnPick: p.pickQuiet}, s.Setup.Quiet.String()), kit.Caption(lang.T("after the last change")))
	}
	return kit.HBox(8, append(line, kit.Space())...)
}

func (p *folderPage) pickQuiet(keys []string) {
	if len(keys) != 1 {
		return
	}
	if d, err := time.ParseDuration(keys[0]); err == nil {
		p.sendBy(true, d)
	}
}

func (p *folderPage) buttons() fyne.CanvasObject {
	button := func(text, icon string, tap func()) fyne.CanvasObject {
		b := kit.NewButton(kit.ButtonOptions{Text: text, Icon: icon, OnTap: tap})
		if p.busy != "" {
			b.Disable()
		}
		return b
	}
	line := []fyne.CanvasObject{
		button(lang.T("Receive now"), "download", p.receive), button(lang.T("Choose another folder"), "folder", p.choose), button(lang.T("Leave the folder"), "x", p.leaveFolder),
	}
	if p.busy != "" {
		line = append(line, kit.Caption(p.busy))
	}
	return kit.HBox(8, append(line, kit.Space())...)
}

func (p *folderPage) faultPanel(fault string) fyne.CanvasObject {
	return kit.NewPanel(kit.PanelOptions{Title: lang.T("Who shares through it"), Body: kit.NewEmpty(kit.EmptyOptions{
		Icon: "warn", Title: lang.T("The folder cannot be reached now"), Text: sentence(fault), Step: lang.T("Look again"), StepIcon: "folder", OnTap: p.reload,
	})})
}

func (p *folderPage) peoplePanel(s app.FolderStatus) fyne.CanvasObject {
	zone := p.screen.host.App.Book().Zone
	rows := make(kit.SliceRows, len(s.People))
	for i, person := range s.People {
		rows[i] = personRow(person, zone)
	}
	end := fyne.TextAlignTrailing
	table := kit.NewTable(kit.TableOptions{
		Rows: rows,
		Columns: []kit.Column{
			{Key: "who", Title: lang.T("Who"), Width: 180, Grow: 1},
			{Key: "device", Title: lang.T("Computer"), Width: 140},
			{Key: "heard", Title: lang.T("Last heard"), Width: 170},
			{Key: "waiting", Title: lang.T("To take in"), Width: 84, Align: end},
			{Key: "refused", Title: lang.T("Left alone"), Width: 84, Align: end},
			{Key: "unseen", Title: lang.T("Not seen"), Width: 84, Align: end},
			{Key: "state", Title: lang.T("State"), Width: 300, Grow: 1},
		},
		Empty: kit.NewEmpty(kit.EmptyOptions{Icon: "users", Title: lang.T("Nobody else yet"), Text: howOthersCome(s.Team)}),
	})
	return kit.NewPanel(kit.PanelOptions{Title: lang.T("Who shares through it"), Caption: lang.N("%d other computer", "%d other computers", len(rows), len(rows)), Flush: true, Body: table})
}

func (p *folderPage) refusedPanel(rows kit.SliceRows) fyne.CanvasObject {
	return kit.NewPanel(kit.PanelOptions{Title: lang.T("Left alone"), Caption: lang.T("tried again when they change, and when you press Receive now"), Flush: true, Body: kit.NewTable(kit.TableOptions{
		Rows: rows,
		Columns: []kit.Column{
			{Key: "from", Title: lang.T("From"), Width: 150},
			{Key: "file", Title: lang.T("File"), Width: 280},
			{Key: "why", Title: lang.T("Why"), Width: 400, Grow: 1},
		},
	})})
}

// choose asks for the folder.
func (p *folderPage) choose() {
	h := p.screen.host
	kit.OpenFolder(h.Window, kit.FileAsk{Title: lang.T("Choose the shared folder"), Folder: p.status.Setup.Dir, Then: p.chooseAt})
}

func (p *folderPage) chooseAt(dir string) {
	h := p.screen.host
	h.Act(lang.T("The shared folder is chosen"), func(ctx context.Context) error { return h.App.Sharing.Folder.Choose(ctx, dir) }, nil)
}

func (p *folderPage) sendBy(auto bool, quiet time.Duration) {
	h := p.screen.host
	words := lang.T("Sent by hand from now on")
	if auto {
		words = lang.T("Sent by itself from now on, %s after the last change", quietWord(quiet))
	}
	h.Act(words, func(ctx context.Context) error { return h.App.Sharing.Folder.SendBy(ctx, auto, quiet) }, nil)
}

func (p *folderPage) leaveFolder() {
	h := p.screen.host
	kit.Confirm(h.Window, kit.ConfirmOptions{
		Title: lang.T("Leave the shared folder"), Yes: lang.T("Leave the folder"),
		Text: lang.T("Nothing is sent or taken in through it any more. The book keeps everything, and what lies in the folder stays for the others."),
		OnYes: func() {
			h.Act(lang.T("The shared folder is left"), func(ctx context.Context) error { return h.App.Sharing.Folder.Leave(ctx) }, nil)
		},
	})
}

func (p *folderPage) send() {
	var sent app.FolderSent
	p.work(lang.T("Send to the shared folder"), func(ctx context.Context) (err error) {
		sent, err = p.screen.host.App.Sharing.Folder.Send(ctx)
		return err
	}, func() string {
		switch {
		case sent.Files == 0 && sent.Alone:
			return lang.T("Nothing to send: nobody else is a member yet")
		case sent.Files == 0:
			return lang.T("Nothing to send: the folder holds everything")
		}
		return FolderWords(app.FolderNews{Sent: &sent})
	})
}

func (p *folderPage) receive() {
	var got app.FolderReceipt
	p.work(lang.T("Take in from the shared folder"), func(ctx context.Context) (err error) {
		got, err = p.screen.host.App.Sharing.Folder.Receive(ctx)
		return err
	}, func() string { return receivedWord(got) })
}

// work runs a job during which the page's buttons rest.
func (p *folderPage) work(name string, run func(ctx context.Context) error, says func() string) {
	if p.busy != "" {
		return
	}
	h := p.screen.host
	p.busy = name
	p.show()
	h.Job(name, func(ctx context.Context, _ func(done, total int64)) error {
		defer h.Runner.Do(func() { //nolint:contextcheck // a screen loads in the context of its window, not in that of what set it off
			p.busy = ""
			if p.screen.tab == tabFolder {
				p.reload()
			}
		})
		return run(ctx)
	}, func() { h.Say(says()) })
}
