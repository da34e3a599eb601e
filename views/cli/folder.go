package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// folderCmd shares the book through a folder that another program carries.
type folderCmd struct {
	Set     folderSetCmd     `cmd:"" help:"Choose the shared folder; what lies in it is kept."`
	Leave   folderLeaveCmd   `cmd:"" help:"Share through no folder any more; what lies there stays for the others."`
	Send    folderSendCmd    `cmd:"" help:"Write what the folder does not hold yet."`
	Receive folderReceiveCmd `cmd:"" help:"Take in what others wrote."`
	Status  folderStatusCmd  `cmd:"" help:"Tell per computer what was heard, what waits and what was seen."`
}

type folderSetCmd struct {
	Dir      string        `arg:"" type:"path" help:"A folder that Syncthing, OneDrive, Dropbox or a stick carries."`
	ByItself bool          `help:"While the window is open, send by itself once nothing changed for a while."`
	Quiet    time.Duration `placeholder:"20s" help:"How long nothing must change before that: 5s to 1h."`
}

// Validate refuses a time that nobody would wait, or that nobody would notice.
func (c folderSetCmd) Validate() error {
	if c.Quiet != 0 && (c.Quiet < app.QuietLeast || c.Quiet > app.QuietMost) {
		return fmt.Errorf("--quiet must be from %s to %s", app.QuietLeast, app.QuietMost)
	}
	return nil
}

func (c folderSetCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		if err := a.Sharing.Folder.Choose(ctx, c.Dir); err != nil {
			return err
		}
		if err := a.Sharing.Folder.SendBy(ctx, c.ByItself, c.Quiet); err != nil {
			return err
		}
		setup, err := a.Sharing.Folder.Setup(ctx)
		if err != nil {
			return err
		}
		return s.say("the book is shared through %s; %s", setup.Dir, sendsWords(setup))
	})
}

func sendsWords(setup app.FolderSetup) string {
	if setup.Auto {
		return fmt.Sprintf("the window sends %s after the last change", setup.Quiet)
	}
	return "it is sent by hand"
}

type folderLeaveCmd struct{}

func (folderLeaveCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		if err := a.Sharing.Folder.Leave(ctx); err != nil {
			return err
		}
		return s.say("the book is shared through no folder; what lies there stays for the others")
	})
}

type folderSendCmd struct {
	JSON bool `name:"json" help:"Print one JSON document."`
}

func (c folderSendCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		sent, err := a.Sharing.Folder.Send(ctx)
		switch {
		case err != nil:
			return err
		case c.JSON:
			return writeJSON(s.Out, sent)
		case sent.Files == 0 && sent.Alone:
			return s.say("nothing was sent: nobody else is a member of the book yet; invite them with fieldbook share --to PERSON")
		case sent.Files == 0:
			return s.say("nothing was sent: the folder holds everything")
		case sent.Files == 1:
			return s.say("%d edits written to %s", sent.Ops, sent.File)
		}
		return s.say("%d files written to %s", sent.Files, filepath.Dir(sent.File))
	})
}

type folderReceiveCmd struct {
	JSON bool `name:"json" help:"Print one JSON document."`
}

func (c folderReceiveCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		got, err := a.Sharing.Folder.Receive(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			got.Came, got.Refused = append([]app.MergedFile{}, got.Came...), append([]app.FolderRefusal{}, got.Refused...)
			return writeJSON(s.Out, got)
		}
		return s.received(got)
	})
}

func (s *session) received(got app.FolderReceipt) error {
	if len(got.Came) > 0 {
		if err := s.printMerged(got.Came); err != nil {
			return err
		}
	} else if err := s.say("nothing new in the folder"); err != nil {
		return err
	}
	for _, r := range got.Refused {
		if err := s.say("%s was left alone: %s", r.File, r.Why); err != nil {
			return err
		}
	}
	if got.Arriving > 0 {
		return s.say("still arriving: %d", got.Arriving)
	}
	return nil
}

type folderStatusCmd struct {
	JSON bool `name:"json" help:"Print one JSON document."`
}

func (c folderStatusCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		st, err := a.Sharing.Folder.Status(ctx)
		switch {
		case err != nil:
			return err
		case c.JSON:
			return writeJSON(s.Out, folderJSON(st))
		case st.Setup.Dir == "":
			return s.say("the book is shared through no folder; choose one with fieldbook folder set DIR")
		}
		return s.folderStatus(st, a.Book().Zone)
	})
}

func (s *session) folderStatus(st app.FolderStatus, zone *time.Location) error {
	lines := []string{fmt.Sprintf("the book is shared through %s; %s", st.Setup.Dir, sendsWords(st.Setup))}
	if st.Fault != "" {
		lines = append(lines, st.Fault)
	}
	if st.Last.File != "" {
		lines = append(lines, fmt.Sprintf("last sent %s in %s", moment(st.Last.At, zone), filepath.Base(st.Last.File)))
	}
	if st.Waits > 0 {
		lines = append(lines, fmt.Sprintf("to be sent: %d edits", st.Waits))
	}
	for _, l := range lines {
		if err := s.say("%s", l); err != nil {
			return err
		}
	}
	if len(st.People) == 0 {
		return nil
	}
	return s.folderPeople(st.People, zone)
}

func (s *session) folderPeople(people []app.FolderPerson, zone *time.Location) error {
	t := table{columns: []column{{title: "who", keep: true}, {title: "computer"}, {title: "last heard", keep: true}}}
	for _, title := range []string{"to take in", "arriving", "refused", "not seen"} {
		t.columns = append(t.columns, column{title: title, right: true, keep: true})
	}
	var rows [][]string
	var notes []string
	for _, p := range people {
		who := p.Name
		if who == "" && p.Device == "" {
			who = "not known yet"
		}
		row := []string{who, p.Device, moment(p.Heard, zone)}
		for _, n := range []int{p.Waiting, p.Arriving, len(p.Refused), p.Unseen} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
		for _, r := range p.Refused {
			notes = append(notes, fmt.Sprintf("%s was left alone: %s", r.File, r.Why))
		}
	}
	t.rows = fixed(rows)
	if err := t.print(s.Out); err != nil {
		return err
	}
	for _, n := range notes {
		if err := s.say("%s", n); err != nil {
			return err
		}
	}
	return nil
}

// moment is a time in the book's zone; "never" is none.
func moment(at data.Instant, zone *time.Location) string {
	if at == 0 {
		return "never"
	}
	return at.Time().In(zone).Format("2006-01-02 15:04")
}

// folderJSON is the status as scripts read it; what is not known is null.
func folderJSON(st app.FolderStatus) map[string]any {
	people := []map[string]any{}
	for _, p := range st.People {
		people = append(people, map[string]any{
			"name": p.Name, "device": p.Device, "replica": p.Replica, "heard": instantJSON(p.Heard), "waiting": p.Waiting, "arriving": p.Arriving,
			"refused": append([]app.FolderRefusal{}, p.Refused...), "unseen": p.Unseen, "unseen_since": instantJSON(p.Since),
		})
	}
	return map[string]any{
		"folder": textJSON(st.Setup.Dir), "by_itself": st.Setup.Auto, "quiet_seconds": int(st.Setup.Quiet.Seconds()), "fault": textJSON(st.Fault),
		"sent": textJSON(st.Last.File), "sent_at": instantJSON(st.Last.At), "files": st.Files, "bytes": st.Bytes, "to_send": st.Waits, "people": people,
	}
}

func instantJSON(at data.Instant) any {
	if at == 0 {
		return nil
	}
	return at.String()
}

func textJSON(text string) any {
	if text == "" {
		return nil
	}
	return text
}
