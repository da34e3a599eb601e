package cli

import (
	"context"
	"errors"
	"strconv"

	"fieldbook/app"
	"fieldbook/data"
)

// watchCmd imports what lands in a folder.
type watchCmd struct {
	Folder string `arg:"" type:"path" help:"The folder to watch."`
	Map    string `required:"" type:"path" placeholder:"FILE" help:"How files are read, as the window saves it after a look at one of them: what does not fit stays, with a note."`
	Keep   bool   `help:"Leave imported files where they are; else they go to the folder done."`
	Once   bool   `help:"Import what is there and end."`
	JSON   bool   `name:"json" help:"Print one JSON document a line for what happens."`
}

func (c watchCmd) Run(ctx context.Context, s *session) error {
	mapping, err := app.LoadMapping(c.Map)
	if err != nil {
		return err
	}
	rule := app.InboxRule{Dir: c.Folder, Mapping: mapping, Keep: c.Keep}
	if err := rule.Check(); err != nil {
		return err
	}
	var fault error
	in := &app.Inbox{Rule: rule, Open: s.write, Tell: func(n app.InboxNews) { fault = errors.Join(fault, c.tell(s, n)) }}
	if !c.Once {
		if err := s.read(ctx, func(*app.App) error { return nil }); err != nil {
			return err // before anybody waits for a book that is not there
		}
		if err := s.say("watching %s; end with Ctrl+C", c.Folder); err != nil {
			return err
		}
		in.Watch(ctx)
		return fault
	}
	n := in.Once(ctx)
	if err := errors.Join(n.Failed, c.tell(s, app.InboxNews{Files: n.Files})); err != nil {
		return err
	}
	for _, f := range n.Files {
		if f.Why != "" {
			return data.Errorf(data.Refused, "%s was not imported: %s", f.File, f.Why)
		}
	}
	return nil
}

// tell says what happened.
func (c watchCmd) tell(s *session, n app.InboxNews) error {
	var out error
	for _, f := range n.Files {
		if c.JSON {
			out = errors.Join(out, writeJSON(s.Out, f))
			continue
		}
		out = errors.Join(out, s.say("%s: %s", f.File, landedWords(f)))
	}
	if n.Failed != nil {
		out = errors.Join(out, s.say("%v", n.Failed))
	}
	return out
}

// landedWords say what became of a file that landed.
func landedWords(f app.InboxFile) string {
	switch {
	case f.Again:
		return "was imported before"
	case f.Result == nil:
		return "was not imported: " + f.Why
	}
	rows := [4]int{}
	for _, r := range f.Result.Files {
		for i, n := range [4]int{r.New, r.Changed, r.Unchanged, r.SetAside} {
			rows[i] += n
		}
	}
	text := ""
	for i, word := range [4]string{"new", "changed", "unchanged", "set aside"} {
		if i > 0 {
			text += ", "
		}
		text += strconv.Itoa(rows[i]) + " " + word
	}
	return text
}
