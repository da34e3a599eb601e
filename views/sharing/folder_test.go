package sharing

import (
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// folderPage opens the page, with a folder chosen.
func (p *pair) folderPage() (*kittest.Desk, *Screen, string) {
	p.t.Helper()
	shared := filepath.Join(p.dir, "team")
	p.check(os.Mkdir(shared, 0o755))
	d := p.window()
	s := d.Screen.(*Screen)
	must(p.t, d.Do("Shared folder"), "no way to the shared folder", d)
	must(p.t, kittest.Shows(d.Root(), "Share through a folder") && s.Primary().Text == "Choose a folder", "the page does not say what it is for", d)
	s.folder.chooseAt(shared)
	must(p.t, len(d.Failed) == 0 && kittest.Shows(d.Root(), shared) && kittest.Shows(d.Root(), "Nobody else yet"), "the folder is not chosen", d)
	return d, s, shared
}

// mate lets the other one share through the folder too.
func (p *pair) mate(shared string) {
	p.t.Helper()
	p.receive(p.share(p.desk, "first.fieldbook"))
	p.check(p.other.Sharing.Folder.Choose(context.Background(), shared))
}

func (p *pair) otherSends() string {
	p.t.Helper()
	sent, err := p.other.Sharing.Folder.Send(context.Background())
	p.check(err)
	return sent.File
}

func TestSharedFolderFromChoosingToLeaving(t *testing.T) {
	kittest.App(t, false)
	p := newPair(t)
	d, s, shared := p.folderPage()
	p.mate(shared)

	must(t, kittest.Shows(d.Root(), "18 edits, until you press Send now"), "it does not say what waits", d)
	must(t, d.Do("Send now") && len(d.Failed) == 0, "sending failed", d)
	must(t, strings.HasPrefix(d.Said[len(d.Said)-1], "Sent to the shared folder, ") && kittest.Shows(d.Root(), "nothing: the folder holds everything"), "it does not say that it was sent", d)
	must(t, d.Do("Send now") && d.Said[len(d.Said)-1] == "Nothing to send: the folder holds everything", "it sends again", d)

	p.set(p.other, "Isdom", data.Values{"note": "only theirs"})
	p.otherSends()
	s.Reload(kit.View{})
	must(t, kittest.Shows(d.Root(), "1 file to take in"), "what waits to be taken in is not shown", d)
	must(t, d.Press("Receive now") && len(d.Failed) == 0, "receiving failed", d)
	if p.deal("Isdom").Text("note") != "only theirs" {
		t.Error("nothing came")
	}
	must(t, strings.HasPrefix(d.Said[len(d.Said)-1], "Came from Ada Berg: "), "it does not say what came", d)
	must(t, kittest.Shows(d.Root(), "Ada Berg") && kittest.Shows(d.Root(), "laptop") && kittest.Shows(d.Root(), "Has not seen what you sent "+s.folder.status.Last.At.Time().Format("Jan 2, 3:04 PM")), "Ada is not told of", d)

	_, err := p.other.Sharing.Folder.Receive(context.Background())
	p.check(err)
	must(t, d.Do("Receive now") && kittest.Shows(d.Root(), "Has everything"), "it does not say that Ada has it", d)
	must(t, d.Said[len(d.Said)-1] == "Nothing new in the shared folder", "a note of Ada's counts as news", d)

	must(t, d.Press("By itself") && kittest.Shows(d.Root(), "20 seconds"), "it cannot send by itself", d)
	s.folder.pickQuiet([]string{time.Minute.String()})
	must(t, kittest.Shows(d.Root(), "1 minute"), "the quiet time cannot be chosen", d)
	must(t, d.Do("Send by hand") && !kittest.Shows(d.Root(), "1 minute"), "it cannot send by hand again", d)

	must(t, d.Press("Leave the folder") && kittest.Shows(d.Root(), "Nothing is sent or taken in through it any more. The book keeps"), "it is not asked", d)
	must(t, d.Press("Leave the folder") && kittest.Shows(d.Root(), "Share through a folder"), "the folder cannot be left", d)
	if left, _ := filepath.Glob(filepath.Join(shared, "*", "*", "*.fieldbook")); len(left) != 2 {
		t.Errorf("after leaving there lie %v", left)
	}
	s.turn(tabInbox)
	must(t, kittest.Shows(d.Root(), "Merged and settled") && s.Primary().Text != "Choose a folder", "no way back", d)
}

func TestSharedFolderSaysWhatIsWrong(t *testing.T) {
	kittest.App(t, false)
	p := newPair(t)
	d, s, shared := p.folderPage()
	p.mate(shared)
	theirs := p.otherSends()
	p.check(os.WriteFile(filepath.Join(filepath.Dir(theirs), "a\nb.fieldbook"), nil, 0o600))
	must(t, d.Do("Receive now"), "no receiving", d)
	must(t, kittest.Shows(d.Root(), `a\nb.fieldbook`) && kittest.Shows(d.Root(), "1 file was left alone, see below"), "a file that was left alone is not shown", d)

	p.check(os.Rename(shared, shared+" away"))
	s.Reload(kit.View{})
	must(t, kittest.Shows(d.Root(), "The folder cannot be reached now"), "a folder that is away is not told of", d)
	must(t, d.Do("Send now") && len(d.Failed) == 1 && data.KindOf(d.Failed[0]) == data.NotFound, "sending into nothing", d)
	must(t, s.folder.busy == "", "it stays busy after a failure", d)
	p.check(os.Rename(shared+" away", shared))
	must(t, d.Press("Look again") && kittest.Shows(d.Root(), "Ada Berg"), "it does not come back", d)

	s.folder.chooseAt(p.dir)
	must(t, len(d.Failed) == 2 && strings.Contains(d.Failed[1].Error(), "the book itself"), "the book's own folder is taken", d)
	s.Open(kit.Target{Paths: []string{theirs}})
	must(t, kittest.Shows(d.Root(), "Nothing new"), "a dropped file is not looked at", d)
}

func TestFolderNewsInALine(t *testing.T) {
	came := app.MergedFile{From: "Ada Berg", Ops: 4, New: 2, Changed: 1}
	for want, news := range map[string]app.FolderNews{
		"Came from Ada Berg: 2 new, 1 changed":                               {Came: []app.MergedFile{came}},
		"Came out of the shared folder: 4 new, 2 changed":                    {Came: []app.MergedFile{came, came}},
		"x.fieldbook was left alone; Sharing says why":                       {Refused: []app.FolderRefusal{{File: "x.fieldbook", Why: "it is a pipe"}}},
		"Sent to the shared folder, 640 KB":                                  {Sent: &app.FolderSent{Bytes: 655_360, Files: 1}},
		"The shared folder is not there; what waits is sent once it is back": {Failed: data.Errorf(data.NotFound, "the stick is away")},
		"The shared folder could not be read or written; Sharing says why":   {Failed: errors.New("EIO")},
		"": {},
	} {
		if got := FolderWords(news); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestHowSomebodyStands(t *testing.T) {
	at := data.InstantOf(time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC))
	for want, person := range map[string]app.FolderPerson{
		"Has everything": {},
		"Has not seen what you sent May 20, 10:00 AM": {Unseen: 2, Since: at},
		"1 file is still arriving":                    {Arriving: 1, Unseen: 1},
		"3 files to take in":                          {Waiting: 3, Arriving: 1},
		"1 file was left alone, see below":            {Waiting: 3, Refused: make([]app.FolderRefusal, 1)},
	} {
		if got, icon, _ := personState(person, time.UTC); got != want || icon == "" {
			t.Errorf("%q %q, want %q", got, icon, want)
		}
	}
	if row := personRow(app.FolderPerson{Device: "laptop"}, time.UTC); row.Cells[0].Text != "laptop" || row.Cells[2].Text != lang.T("Never") {
		t.Errorf("%+v", row.Cells)
	}
	if row := personRow(app.FolderPerson{}, time.UTC); row.Cells[0].Text != "Not known yet" {
		t.Errorf("%+v", row.Cells)
	}
	if o := quietOptions(42 * time.Second); o[len(o)-1].Text != "42 seconds" {
		t.Errorf("%+v", o)
	}
	for d, want := range map[time.Duration]string{time.Second: "1 second", 5 * time.Minute: "5 minutes", time.Hour: "1 hour"} {
		if got := quietWord(d); got != want {
			t.Errorf("%v: %q", d, got)
		}
	}
}

// draw takes a picture with names and times that are the same everywhere.
func draw(d *kittest.Desk, s *Screen) image.Image {
	s.folder.status.Setup.Dir = "/home/mia/Syncthing/Sales team"
	for i := range s.folder.status.People {
		person := &s.folder.status.People[i]
		person.Heard = data.InstantOf(time.Date(2026, 5, 20, 11, 48, 0, 0, time.UTC))
		for j := range person.Refused {
			person.Refused[j].File = "00000007-20260520T102800Z.fieldbook"
		}
	}
	s.folder.show()
	return d.Window.Canvas().Capture()
}

func TestSharedFolderShowsItself(t *testing.T) {
	for suffix, dark := range map[string]bool{"": false, "-dark": true} {
		kittest.App(t, dark)
		p := newPair(t)
		d, s, shared := p.folderPage()
		kittest.GoldenImage(t, "folder-alone"+suffix, draw(d, s))
		p.mate(shared)
		theirs := p.otherSends()
		p.check(os.WriteFile(strings.Replace(theirs, "00000001-", "00000007-", 1), make([]byte, 1<<20), 0o600))
		must(t, d.Do("Receive now"), "no receiving", d)
		p.now = p.now.Add(time.Hour)
		p.set(p.other, "Isdom", data.Values{"note": "only theirs"})
		p.otherSends()
		must(t, d.Press("By itself") && d.Do("Receive now"), "no receiving", d)
		s.Reload(kit.View{})
		kittest.GoldenImage(t, "folder"+suffix, draw(d, s))
	}
}
