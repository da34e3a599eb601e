// Package cli is the command line: every command is one call of package app on
// one book, so that what a script does is what the window does.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"fieldbook/app"
	"fieldbook/app/chart"

	"github.com/alecthomas/kong"
)

// What the program ends with.
const (
	exitDone    = 0
	exitRefused = 1 // with one line on Streams.Err
	exitUsage   = 2 // the words given make no command
)

// Streams are where a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Env is what the edge of the program hands in.
type Env struct {
	Config  app.Config
	Version string
	Book    string // the book where --book names none
	Getenv  func(string) string
	Fonts   chart.Faces // letters that Noto Sans lacks on charts and paper; nil for none
	// Window opens the window and returns when it is closed. No path leaves the
	// choice of the book to it.
	Window func(ctx context.Context, path string) error
}

// grammar lists the commands.
type grammar struct {
	Book    string           `type:"path" placeholder:"FILE" help:"The book to work on; by default the one in the platform's data folder."`
	Version kong.VersionFlag `help:"Print the version."`

	Window     windowCmd     `cmd:"" default:"1" hidden:"" help:"Open the window."`
	Init       initCmd       `cmd:"" help:"Make a new book."`
	Sample     sampleCmd     `cmd:"" help:"Fill an empty book with a made-up company."`
	Import     importCmd     `cmd:"" help:"Bring in CSV files and workbooks as one step."`
	Watch      watchCmd      `cmd:"" help:"Import what lands in a folder, by a mapping that was made before."`
	List       listCmd       `cmd:"" help:"List records of a kind."`
	Show       showCmd       `cmd:"" help:"Show one record."`
	Add        addCmd        `cmd:"" help:"Add a record and print its id."`
	Set        setCmd        `cmd:"" help:"Change fields of a record."`
	Remove     removeCmd     `cmd:"" help:"Remove a record; what points to it stays."`
	Export     exportCmd     `cmd:"" help:"Write records to a CSV file or a workbook."`
	Duplicates duplicatesCmd `cmd:"" help:"List records that the book seems to hold twice."`
	Join       joinCmd       `cmd:"" help:"Make records one; what pointed to any of them points to it."`

	Metrics  metricsCmd  `cmd:"" help:"Print figures: won, lost, open, win rate, quota and more."`
	Changes  changesCmd  `cmd:"" help:"Print what changed in the open value of a period between two days."`
	Forecast forecastCmd `cmd:"" help:"Print what a period may bring: bands, from open deals and new ones, odds of quota."`
	Revenue  revenueCmds `cmd:"" help:"Plan a year's revenue: scenarios, division, approval, quotas."`
	Stress   stressCmd   `cmd:"" help:"Try the quotas of a period against the team's own history: odds, and what would have to be true."`
	Agenda   agendaCmd   `cmd:"" help:"Print what a pipeline review is to speak of, and why."`
	Minutes  minutesCmd  `cmd:"" help:"Write the minutes of a meeting as PDF."`
	Paper    paperCmd    `cmd:"" help:"Set a record on paper as its screen does: a talk, review, scorecard, first months, skills, battle card, the wall."`
	Align    alignCmd    `cmd:"" help:"Divide points into territories: balanced, compact, contiguous. Opens no book."`
	Plan     planCmds    `cmd:"" help:"Plan territories: drafts beside what is in force."`
	Places   placesCmd   `cmd:"" help:"Choose a list of places (GeoNames) by which accounts and homes are put on the map, beside those that the map knows."`
	Visits   visitsCmd   `cmd:"" help:"Plan a person's week of visits: who is due, in rounds from home."`
	Workload workloadCmd `cmd:"" help:"Print the hours that everyone's accounts ask for."`

	Report  reportCmd  `cmd:"" help:"Set a report on paper: PDF, PNG or SVG."`
	Share   shareCmd   `cmd:"" help:"Write a share file for others to merge."`
	Merge   mergeCmd   `cmd:"" help:"Take share files in; without a book, one is made."`
	Folder  folderCmd  `cmd:"" help:"Share through a folder that Syncthing, OneDrive, Dropbox or a stick carries."`
	Members membersCmd `cmd:"" help:"Tell who belongs to the book, or give an open book members."`
	Revoke  revokeCmd  `cmd:"" help:"End the membership of a device."`
	Readmit readmitCmd `cmd:"" help:"Take a device in again that was revoked."`

	Quarantine quarantineCmd `cmd:"" help:"List changes that came and do not count, since their authors had no right to them."`
	Accept     acceptCmd     `cmd:"" help:"Make changes of the quarantine one's own."`
	Discard    discardCmd    `cmd:"" help:"Set changes of the quarantine aside for good."`

	Render    renderCmd    `cmd:"" help:"Draw a screen into a PNG file, without a display."`
	Undo      undoCmd      `cmd:"" help:"Take back the newest step, or the one named."`
	Redo      redoCmd      `cmd:"" help:"Bring back the step that was undone last."`
	Log       logCmd       `cmd:"" help:"List what was done, newest first."`
	Conflicts conflictsCmd `cmd:"" help:"List fields that two people changed at the same time."`
	Resolve   resolveCmd   `cmd:"" help:"Settle a conflict: keep one side, both, or another value."`
	Revert    revertCmd    `cmd:"" help:"Put a record, or everything, back to how it stood at the end of a day."`
	Deleted   deletedCmd   `cmd:"" help:"List deleted records, newest first; revert brings one back."`
	About     aboutCmd     `cmd:"" help:"Write all that the book holds of a person or contact to a file."`
	Erase     eraseCmd     `cmd:"" help:"Erase the data of a person or contact from every book, for good."`
	Verify    verifyCmd    `cmd:"" help:"Check the book against its log."`
	Backup    backupCmd    `cmd:"" help:"Write a copy of the book."`
	Restore   restoreCmd   `cmd:"" help:"Put a backup in the book's place; the old file is kept beside it."`
}

// Run runs one command and gives the program's exit code.
func Run(ctx context.Context, args []string, streams Streams, env Env) int {
	var words grammar
	ended := false // help or version was printed
	if env.Fonts != nil {
		chart.UseFonts(env.Fonts)
	}
	parser, err := kong.New(&words,
		kong.Name("fieldbook"),
		kong.Description("Territories, pipeline and quotas of a field sales team, in one file. Without a command the window opens."),
		kong.Writers(streams.Out, streams.Err),
		kong.Exit(func(int) { ended = true }),
		kong.Vars{"version": env.Version, "reports": strings.Join(app.ReportNames(), ","), "listed": strings.Join(app.ReportNames(), ", ")},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return complain(streams, env, err, exitRefused)
	}
	command, err := parser.Parse(args)
	switch {
	case ended:
		return exitDone
	case err != nil:
		return complain(streams, env, fmt.Errorf("%w; see fieldbook --help", err), exitUsage)
	}
	s := &session{Streams: streams, env: env, path: words.Book}
	if s.path == "" {
		s.path = env.Book
	}
	if err := command.Run(s); err != nil {
		return complain(streams, env, err, exitRefused)
	}
	return exitDone
}

// complain writes the one line of a failure, and the whole of it to the log.
func complain(streams Streams, env Env, err error, code int) int {
	if env.Config.Logger != nil {
		env.Config.Logger.Error("command failed", "error", err, "code", code)
	}
	_, _ = fmt.Fprintln(streams.Err, "fieldbook: "+explain(err)) // there is nowhere else to say it
	return code
}

// session is what a command works with.
type session struct {
	Streams
	env  Env
	path string // the book
}

// read runs fn on the book without locking it, so that it works while the
// window is open.
func (s *session) read(ctx context.Context, fn func(*app.App) error) error {
	a, err := app.OpenReadOnly(ctx, s.path, s.env.Config)
	if err != nil {
		return err
	}
	return errors.Join(fn(a), a.Close())
}

// write runs fn on the book under its lock.
func (s *session) write(ctx context.Context, fn func(*app.App) error) error {
	a, err := app.Open(ctx, s.path, s.env.Config)
	if err != nil {
		return err
	}
	return errors.Join(fn(a), a.Close())
}

// lines writes names, one a line.
func (s *session) lines(names []string) error {
	for _, name := range names {
		if err := s.say("%s", name); err != nil {
			return err
		}
	}
	return nil
}

// say writes one line for people.
func (s *session) say(format string, args ...any) error {
	_, err := fmt.Fprintln(s.Out, oneLine(fmt.Sprintf(format, args...)))
	return err
}
