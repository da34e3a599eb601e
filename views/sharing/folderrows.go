package sharing

import (
	"time"
	"unicode"
	"unicode/utf8"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// FolderWords says in one short line what happened in the shared folder; its
// page says more.
func FolderWords(n app.FolderNews) string {
	switch {
	case n.Failed != nil && data.KindOf(n.Failed) == data.NotFound:
		return lang.T("The shared folder is not there; what waits is sent once it is back")
	case n.Failed != nil:
		return lang.T("The shared folder could not be read or written; Sharing says why")
	case len(n.Came) > 0:
		came := broughtWords(&app.Merged{Files: n.Came})
		if len(n.Came) == 1 {
			return lang.T("Came from %s: %s", app.PlainName(n.Came[0].From), came)
		}
		return lang.T("Came out of the shared folder: %s", came)
	case len(n.Refused) > 0:
		return lang.T("%s was left alone; Sharing says why", n.Refused[0].File)
	case n.Sent != nil:
		return lang.T("Sent to the shared folder, %s", bytesWord(n.Sent.Bytes))
	}
	return ""
}

// personRow shows another computer of the folder.
func personRow(p app.FolderPerson, zone *time.Location) kit.Row {
	who := kit.Cell{Text: p.Name, Icon: "user", Ink: kit.ColorFg2}
	if p.Name == "" {
		who.Text, who.Color = lang.T("Not known yet"), kit.ColorFg2
		if p.Device != "" {
			who.Text, who.Color = p.Device, kit.ColorFg
		}
	}
	heard := kit.Cell{Text: lang.T("Never"), Color: kit.ColorFg2}
	if p.Heard > 0 {
		heard = kit.Cell{Text: clockWord(p.Heard, zone)}
	}
	text, icon, ink := personState(p, zone)
	return kit.Row{ID: p.Replica, Cells: []kit.Cell{
		who,
		{Text: p.Device, Color: kit.ColorFg2},
		heard, count(p.Waiting + p.Arriving), refusedCount(len(p.Refused)), count(p.Unseen),
		{Text: text, Icon: icon, Ink: ink},
	}}
}

// count is a number that is pale where there is nothing to count.
func count(n int) kit.Cell {
	c := kit.Cell{Text: kit.Thousands(n)}
	if n == 0 {
		c.Color = kit.ColorFg2
	}
	return c
}

func refusedCount(n int) kit.Cell {
	if n == 0 {
		return count(n)
	}
	return counted(n, kit.ColorBad)
}

// sentence begins a text with a capital.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// personState says in words how somebody stands, the most urgent first.
func personState(p app.FolderPerson, zone *time.Location) (text, icon string, ink kit.Token) {
	switch {
	case len(p.Refused) > 0:
		return lang.N("%d file was left alone, see below", "%d files were left alone, see below", len(p.Refused), len(p.Refused)), "warn", kit.ColorBad
	case p.Waiting > 0:
		return lang.N("%d file to take in", "%d files to take in", p.Waiting, p.Waiting), "download", kit.ColorFg2
	case p.Arriving > 0:
		return lang.N("%d file is still arriving", "%d files are still arriving", p.Arriving, p.Arriving), "clock", kit.ColorFg2
	case p.Unseen > 0:
		return lang.T("Has not seen what you sent %s", kit.DateStyle{}.ShortMoment(p.Since, zone)), "clock", kit.ColorFg2
	}
	return lang.T("Has everything"), "check", kit.ColorGood
}

// refusalRows list the files that were left alone.
func refusalRows(people []app.FolderPerson) kit.SliceRows {
	var out kit.SliceRows
	for _, p := range people {
		from := p.Name
		if from == "" {
			from = p.Device
		}
		for _, r := range p.Refused {
			out = append(out, kit.Row{Cells: []kit.Cell{{Text: from}, {Text: r.File, Icon: "file", Ink: kit.ColorFg2}, {Text: r.Why}}})
		}
	}
	return out
}

// sentWord says what of ours the folder holds.
func sentWord(s app.FolderStatus, zone *time.Location) string {
	if s.Last.File == "" {
		return lang.T("nothing yet")
	}
	return lang.T("%s, %s", clockWord(s.Last.At, zone), bytesWord(s.Last.Bytes))
}

// waitsWord says what is not in the folder yet.
func waitsWord(s app.FolderStatus) string {
	switch {
	case s.Alone:
		return lang.T("nothing: nobody else is a member yet")
	case s.Waits == 0:
		return lang.T("nothing: the folder holds everything")
	case s.Setup.Auto:
		return lang.N("%s edit, %s after the last one", "%s edits, %s after the last one", s.Waits, kit.Thousands(s.Waits), quietWord(s.Setup.Quiet))
	}
	return lang.N("%s edit, until you press Send now", "%s edits, until you press Send now", s.Waits, kit.Thousands(s.Waits))
}

// quiets are the times to choose from.
var quiets = []time.Duration{app.QuietLeast, app.QuietUsual, time.Minute, 5 * time.Minute, 15 * time.Minute, app.QuietMost}

func quietOptions(now time.Duration) []kit.Option {
	var out []kit.Option
	for _, d := range quiets {
		out = append(out, kit.Option{Key: d.String(), Text: quietWord(d)})
	}
	for _, o := range out {
		if o.Key == now.String() {
			return out
		}
	}
	return append(out, kit.Option{Key: now.String(), Text: quietWord(now)})
}

// quietWord writes a short time: "20 seconds", "5 minutes".
func quietWord(d time.Duration) string {
	switch {
	case d < time.Minute:
		return lang.N("%d second", "%d seconds", int(d.Seconds()), int(d.Seconds()))
	case d < time.Hour:
		return lang.N("%d minute", "%d minutes", int(d.Minutes()), int(d.Minutes()))
	}
	return lang.N("%d hour", "%d hours", int(d.Hours()), int(d.Hours()))
}

// receivedWord says what taking in by hand brought.
func receivedWord(got app.FolderReceipt) string {
	switch {
	case len(got.Came) > 0:
		return FolderWords(app.FolderNews{Came: got.Came})
	case len(got.Refused) > 0:
		return FolderWords(app.FolderNews{Refused: got.Refused})
	case got.Arriving > 0:
		return lang.N("%d file is still arriving", "%d files are still arriving", got.Arriving, got.Arriving)
	}
	return lang.T("Nothing new in the shared folder")
}

// howOthersCome says how somebody comes to share through the folder.
func howOthersCome(team bool) string {
	if team {
		return lang.T("The others join the book by an invitation of yours, then choose the same folder on their computers. They show here once something of theirs arrives.")
	}
	return lang.T("The others choose the same folder on their computers, with a book that they got from you as a share file. They show here once something of theirs arrives.")
}
