package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"

	"fieldbook/data/datatest"
)

// syncthings are a few instances of the real program on loopback. Nothing of
// them leaves this computer: discovery, relays, port mapping, upgrades, crash
// and usage reports are off.
type syncthings struct {
	t    *testing.T
	path string
	all  []*syncthing
}

type syncthing struct {
	Home, Dir string
	ID        string
	Port, GUI int
	cmd       *exec.Cmd
}

const syncthingKey = "fieldbook-soak"

// syncthingConfig shares the folder of one instance with all others.
var syncthingConfig = template.Must(template.New("").Parse(`<configuration version="36">
<folder id="fieldbook" label="fieldbook" path="{{.Me.Dir}}" type="sendreceive" rescanIntervalS="30" fsWatcherEnabled="true" fsWatcherDelayS="1" ignorePerms="false" autoNormalize="true">
  <filesystemType>basic</filesystemType>{{range .All}}<device id="{{.ID}}"></device>{{end}}
  <minDiskFree unit="%">0</minDiskFree><maxConflicts>-1</maxConflicts>
</folder>
{{range .All}}<device id="{{.ID}}" name="{{.Port}}" compression="metadata"><address>tcp://127.0.0.1:{{.Port}}</address></device>
{{end}}<gui enabled="true" tls="false"><address>127.0.0.1:{{.Me.GUI}}</address><apikey>{{.Key}}</apikey></gui>
<options>
  <listenAddress>tcp://127.0.0.1:{{.Me.Port}}</listenAddress>
  <globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
  <relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><startBrowser>false</startBrowser>
  <urAccepted>-1</urAccepted><crashReportingEnabled>false</crashReportingEnabled><autoUpgradeIntervalH>0</autoUpgradeIntervalH>
  <reconnectionIntervalS>1</reconnectionIntervalS><setLowPriority>false</setLowPriority>
</options>
</configuration>
`))

func startSyncthings(t *testing.T, dirs []string) *syncthings {
	t.Helper()
	path, err := exec.LookPath("syncthing")
	if err != nil {
		t.Fatal("syncthing is not installed; make soak installs it, or: apt-get install syncthing")
	}
	s := &syncthings{t: t, path: path}
	for _, dir := range dirs {
		one := &syncthing{Home: t.TempDir(), Dir: dir, Port: freePort(t), GUI: freePort(t)}
		s.run("generate", "--home="+one.Home, "--no-default-folder")
		one.ID = strings.TrimSpace(s.run("--home="+one.Home, "--device-id"))
		s.all = append(s.all, one)
	}
	t.Cleanup(s.stop)
	for _, one := range s.all {
		var b bytes.Buffer
		if err := syncthingConfig.Execute(&b, map[string]any{"Me": one, "All": s.all, "Key": syncthingKey}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(one.Home, "config.xml"), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := s.begin(one); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (s *syncthings) run(args ...string) string {
	s.t.Helper()
	out, err := exec.CommandContext(context.Background(), s.path, args...).Output()
	if err != nil {
		s.t.Fatalf("syncthing %v: %v", args, err)
	}
	return string(out)
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }() // only its number is wanted
	return l.Addr().(*net.TCPAddr).Port
}

// begin starts an instance and waits until it answers.
func (s *syncthings) begin(one *syncthing) error {
	one.cmd = exec.CommandContext(context.Background(), s.path, "serve", "--no-browser", "--no-restart", "--no-upgrade", "--home="+one.Home)
	log, err := os.OpenFile(filepath.Join(one.Home, "log.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	one.cmd.Stdout, one.cmd.Stderr = log, log
	one.cmd.Env = append(os.Environ(), "STMONITORED=yes") // one process, not one that watches another
	if err := errors.Join(one.cmd.Start(), log.Close()); err != nil {
		return err
	}
	for range 600 {
		if err = s.post(one, "ping"); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	text, _ := os.ReadFile(filepath.Join(one.Home, "log.txt"))
	return fmt.Errorf("syncthing does not answer: %w\n%s", err, text)
}

func (s *syncthings) post(one *syncthing, what string) error {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://127.0.0.1:"+strconv.Itoa(one.GUI)+"/rest/system/"+what, nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-API-Key", syncthingKey)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		text, _ := os.ReadFile(filepath.Join(one.Home, "log.txt"))
		return fmt.Errorf("%w\n%s", err, text)
	}
	if resp.StatusCode != http.StatusOK {
		err = errors.New(resp.Status)
	}
	return errors.Join(err, resp.Body.Close())
}

func (s *syncthings) pause(i int) error  { return s.post(s.all[i], "pause") }
func (s *syncthings) resume(i int) error { return s.post(s.all[i], "resume") }

func (s *syncthings) kill(i int) error {
	s.all[i].end()
	return s.begin(s.all[i])
}

func (one *syncthing) end() {
	if one.cmd != nil && one.cmd.Process != nil {
		_ = one.cmd.Process.Kill()
		_ = one.cmd.Wait() // it tells that it was killed
	}
}

func (s *syncthings) stop() {
	for _, one := range s.all {
		one.end()
	}
}

// TestSoakSyncthing lets three instances of the real Syncthing carry a book
// between three computers: 10 files for each hundredth that FIELDBOOK_SOAK asks
// for, 1,000 in the full run. TestFolderTravels is the same without it.
func TestSoakSyncthing(t *testing.T) {
	files := datatest.Share(0, 1000)
	if files == 0 {
		return // a run of seconds has no other program in it
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	var dirs []string
	for range 3 {
		dirs = append(dirs, t.TempDir())
	}
	tr := newTravel(t, dirs, seed)
	tr.by = startSyncthings(t, dirs)
	stop := tr.watch()
	defer stop()
	began := time.Now()
	tr.run(files, 500*time.Millisecond)
	sent := time.Since(began)
	tr.arrive(5 * time.Minute)
	tr.clean()
	t.Logf("%d share files in %v through %d pauses and %d kills; all equal %v later", tr.sent, sent.Round(time.Second), tr.pauses, tr.kills, (time.Since(began) - sent).Round(time.Second))
}
