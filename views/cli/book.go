package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

type initCmd struct {
	Name        string `required:"" placeholder:"NAME" help:"The book's name, such as the company's."`
	Currency    string `default:"USD" help:"Currency of the book, by its ISO 4217 code."`
	FiscalStart int    `default:"1" placeholder:"MONTH" help:"First month of the fiscal year, 1 to 12."`
	Zone        string `placeholder:"Europe/Oslo" help:"Time zone in which the book counts its days; by default the system's."`
	As          string `placeholder:"PERSON" help:"Who uses the book here; without it the book is open to everyone."`
	Role        string `placeholder:"ROLE" enum:",lead,manager,rep" default:"" help:"Role of that person: lead, manager or rep."`
}

// Validate refuses a role of nobody.
func (c initCmd) Validate() error {
	if c.Role != "" && c.As == "" {
		return errors.New("--role needs --as")
	}
	return nil
}

func (c initCmd) Run(ctx context.Context, s *session) error {
	zone := c.Zone
	if zone == "" {
		zone = SystemZone(s.env.Config.Now(), s.env.Getenv)
	}
	a, err := app.Create(ctx, s.path, app.NewBook{
		Name: strings.TrimSpace(c.Name), Currency: data.Currency(strings.ToUpper(c.Currency)), FiscalStart: time.Month(c.FiscalStart),
		Zone: zone, As: strings.TrimSpace(c.As), Role: c.Role,
	}, s.env.Config)
	if err != nil {
		return err
	}
	return errors.Join(s.say("%s is ready: %s, days counted in %s", s.path, a.Book().Currency, zone), a.Close())
}

type sampleCmd struct {
	Deals int    `default:"0" placeholder:"N" help:"How many deals; a pleasant number by default."`
	Seed  uint64 `default:"1" placeholder:"S" help:"The same seed on the same day makes the same company."`
}

// Validate refuses fewer than no deals.
func (c sampleCmd) Validate() error {
	if c.Deals < 0 {
		return errors.New("--deals must not be negative")
	}
	return nil
}

func (c sampleCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		err := a.Sample(ctx, app.SampleOptions{Deals: c.Deals, Seed: c.Seed}, func(int64, int64) {})
		if err != nil {
			return err
		}
		return s.say("%s is filled with a made-up company", s.path)
	})
}

type verifyCmd struct {
	JSON bool `name:"json" help:"Print one JSON document."`
}

func (c verifyCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		r, err := a.Journal.Verify(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			findings := append([]string{}, r.Findings...)
			err = writeJSON(s.Out, map[string]any{"ok": r.Faults == 0, "ops": r.Ops, "rows": r.Rows, "faults": r.Faults, "findings": findings})
		} else {
			err = s.verified(r.Ops, r.Rows, r.Findings)
		}
		if err == nil && r.Faults > 0 {
			err = faulty(ctx, a, r.Faults)
		}
		return err
	})
}

// faulty says how many faults the book has, and which backup helps.
func faulty(ctx context.Context, a *app.App, faults int) error {
	b, ok, err := a.Backups.NewestSound(ctx)
	switch {
	case err != nil:
		return err
	case !ok:
		return data.Errorf(data.Refused, "the book has %d faults; it was left as it is. No sound backup lies in %s: restore one from elsewhere, or merge a colleague's share file into a new book", faults, a.Backups.Folder())
	}
	return data.Errorf(data.Refused, "the book has %d faults; it was left as it is. %s", faults, app.RestoreWords(a.Book().Path, b))
}

func (s *session) verified(ops, rows int, findings []string) error {
	if len(findings) == 0 {
		return s.say("ok: %d log entries, %d rows", ops, rows)
	}
	for _, f := range findings {
		if err := s.say("%s", f); err != nil {
			return err
		}
	}
	return nil
}

type backupCmd struct {
	Out            string `required:"" type:"path" placeholder:"FILE" help:"The copy to write."`
	PassphraseFile string `type:"path" placeholder:"F" help:"Lock the copy with the passphrase in this file."`
}

func (c backupCmd) Run(ctx context.Context, s *session) error {
	passphrase, err := passphraseIn(c.PassphraseFile)
	if err != nil {
		return err
	}
	return s.read(ctx, func(a *app.App) error {
		if passphrase == "" {
			if err := a.Journal.Backup(ctx, c.Out); err != nil {
				return err
			}
			return s.say("backup written to %s", c.Out)
		}
		if err := a.Backups.SaveLocked(ctx, c.Out, passphrase); err != nil {
			return err
		}
		return s.say("locked backup written to %s", c.Out)
	})
}

// passphraseIn reads a passphrase file, none where none is named.
func passphraseIn(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	return app.PassphraseFile(path)
}

type restoreCmd struct {
	File           string `arg:"" type:"path" help:"The backup."`
	PassphraseFile string `type:"path" placeholder:"F" help:"File with the passphrase of a locked backup."`
}

func (c restoreCmd) Run(ctx context.Context, s *session) error {
	passphrase, err := passphraseIn(c.PassphraseFile)
	if err != nil {
		return err
	}
	if err := app.Restore(ctx, app.Restoring{Backup: c.File, Book: s.path, Passphrase: passphrase}, s.env.Config); err != nil {
		return err
	}
	return s.say("%s is as in %s; the file before it is kept as %s.before-restore", s.path, c.File, s.path)
}

// endsIn refuses a file name without one of the endings.
func endsIn(path string, endings ...string) error {
	if path == "" {
		return nil // that it is missing is said elsewhere
	}
	if slices.Contains(endings, strings.ToLower(filepath.Ext(path))) {
		return nil
	}
	return fmt.Errorf("%s must end in %s", path, strings.Join(endings, " or "))
}
