package cli

import (
	"context"
	"path/filepath"
	"strconv"

	"fieldbook/app"
	"fieldbook/data"
)

type shareCmd struct {
	Out        string `required:"" type:"path" placeholder:"FILE" help:"The share file to write."`
	To         string `xor:"scope" placeholder:"PERSON" help:"Only what concerns this person."`
	Everything bool   `xor:"scope" help:"All that the book holds; so it is without --to."`
	Full       bool   `help:"With --to: also what that person said they hold."`
	Invite     bool   `help:"With --to and a passphrase: make another computer of that person's a member, though there is one."`
	Plain      bool   `help:"Do not encrypt, also where the book has members."`
	JSON       bool   `name:"json" help:"Print one JSON document."`

	PassphraseFile string `type:"path" placeholder:"F" help:"Lock the file with the passphrase in FILE. For a person without a device in the book it is an invitation."`
}

func (c shareCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		passphrase, err := passphraseIn(c.PassphraseFile)
		if err != nil {
			return err
		}
		opt := app.ShareOptions{Everything: c.To == "", Since: !c.Full, Plain: c.Plain, Invite: c.Invite, Passphrase: passphrase}
		if c.To != "" {
			person, err := a.Records.Find(ctx, data.KindPerson, c.To)
			if err != nil {
				return err
			}
			opt.To = person.ID
		}
		shared, err := a.Sharing.Share(ctx, c.Out, opt)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, shared)
		}
		if shared.Invites != "" {
			return s.say("%s written to %s, which invites %s; tell the passphrase by another way, and compare the founder's fingerprint: %s", counted(shared.Rows), shared.File, shared.Invites, shared.Words)
		}
		return s.say("%s written to %s", counted(shared.Rows), shared.File)
	})
}

type mergeCmd struct {
	Files  []string `arg:"" type:"path" help:"Share files; together they are one step."`
	DryRun bool     `help:"Only say what would be done."`

	PassphraseFile string `type:"path" placeholder:"F" help:"The passphrase that the files are locked with stands in FILE."`
	JSON           bool   `name:"json" help:"Print one JSON document."`
}

func (c mergeCmd) Run(ctx context.Context, s *session) error {
	passphrase, err := passphraseIn(c.PassphraseFile)
	if err != nil {
		return err
	}
	m, err := app.Receive(ctx, app.Received{
		Book: s.path, Paths: c.Files, Preview: c.DryRun, MergeOptions: app.MergeOptions{Passphrase: passphrase},
	}, s.env.Config)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(s.Out, m)
	}
	if err := s.printMerged(m.Files); err != nil {
		return err
	}
	if c.DryRun {
		return s.say("nothing was changed: this was a dry run")
	}
	return nil
}

// printMerged is the account of share files for people.
func (s *session) printMerged(files []app.MergedFile) error {
	t := table{columns: []column{{title: "file", keep: true}, {title: "from"}}}
	for _, title := range []string{"ops", "new", "changed", "conflicting", "refused", "unknown", "already"} {
		t.columns = append(t.columns, column{title: title, right: true})
	}
	var rows [][]string
	var notes []string
	for _, f := range files {
		row := []string{filepath.Base(f.File), f.From}
		for _, n := range []int{f.Ops, f.New, f.Changed, f.Conflicting, f.Refused, f.Unknown, f.Already} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
		notes = append(notes, f.Warnings...)
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
