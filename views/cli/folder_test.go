package cli

import (
	"os"
	"strings"
	"testing"
)

func TestFolder(t *testing.T) {
	shared := t.TempDir()
	ann := newBook(t)
	ann.ok("add", "account", "name=Acme", "city=Oslo")
	first := ann.file("first.fieldbook")
	ann.ok("share", "--out", first)
	bo := newDesk(t)
	bo.now = ann.now
	bo.ok("merge", first)

	same(t, ann.doc("folder", "status"), map[string]any{"folder": nil, "fault": nil, "sent": nil})
	if out := ann.ok("folder", "status"); !strings.Contains(out, "through no folder") {
		t.Errorf("no folder: %q", out)
	}
	ann.fails(exitRefused, "folder", "send")
	ann.fails(exitRefused, "folder", "receive")
	ann.fails(exitRefused, "folder", "set", ann.dir)
	ann.fails(exitRefused, "folder", "set", ann.file("nowhere"))
	ann.fails(exitUsage, "folder", "set")
	ann.fails(exitUsage, "folder")
	ann.fails(exitUsage, "folder", "set", shared, "--quiet", "1s")

	if out := ann.ok("folder", "set", shared, "--by-itself", "--quiet", "1m"); !strings.Contains(out, shared) || !strings.Contains(out, "1m0s after the last change") {
		t.Errorf("set says %q", out)
	}
	bo.ok("folder", "set", shared)
	sent := ann.doc("folder", "send")
	if sent["files"] != number("1") || !strings.HasPrefix(sent["file"].(string), shared) {
		t.Errorf("sent %v", sent)
	}
	if out := ann.ok("folder", "send"); !strings.Contains(out, "nothing was sent") {
		t.Errorf("sent again: %q", out)
	}
	bo.ok("set", "account", "Acme", "city=Bergen")
	same(t, bo.doc("folder", "status"), map[string]any{"by_itself": false, "to_send": number("15"), "files": number("0")})
	if out := bo.ok("folder", "send"); !strings.Contains(out, "edits written to") {
		t.Errorf("Bo sends: %q", out)
	}
	got := ann.doc("folder", "receive")
	if f := files(got); len(f) != 1 || f[0]["from"] != "desk" || f[0]["changed"] != number("1") || len(got["refused"].([]any)) != 0 {
		t.Errorf("received %v", got)
	}
	if ann.list("accounts")[0]["city"] != "Bergen" {
		t.Error("nothing came")
	}
	if out := ann.ok("folder", "receive"); !strings.Contains(out, "nothing new") {
		t.Errorf("received again: %q", out)
	}
	status := ann.doc("folder", "status")
	same(t, status, map[string]any{"folder": shared, "by_itself": true, "quiet_seconds": number("60"), "to_send": number("0"), "files": number("1")})
	people := status["people"].([]any)
	if len(people) != 1 {
		t.Fatalf("people %v", people)
	}
	same(t, people[0].(map[string]any), map[string]any{"device": "desk", "waiting": number("0"), "unseen": number("1"), "heard": bo.now.Format("2006-01-02T15:04:05.000Z")})
	bo.ok("folder", "receive")
	ann.ok("folder", "receive")
	if out := ann.ok("folder", "status"); !strings.Contains(out, "desk") || !strings.Contains(out, "last sent 2017-11-17") {
		t.Errorf("status says %q", out)
	}
	if err := os.WriteFile(strings.Replace(sent["file"].(string), "00000001", "00000999", 1), []byte("noise"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := bo.ok("folder", "receive"); !strings.Contains(out, "still arriving: 1") {
		t.Errorf("a file that is not whole: %q", out)
	}
	bo.now = bo.now.Add(10 * 60e9)
	if out := bo.ok("folder", "receive"); !strings.Contains(out, "was left alone") {
		t.Errorf("a damaged file: %q", out)
	}
	if out := bo.ok("folder", "status"); !strings.Contains(out, "00000999") {
		t.Errorf("status says %q", out)
	}
	ann.ok("folder", "leave")
	ann.fails(exitRefused, "folder", "send")
}
