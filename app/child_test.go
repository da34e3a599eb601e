package app

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A child is a process of its own that a test can kill: the test binary, asked
// to play a role on a path.
const (
	childRole = "FIELDBOOK_CHILD"
	childPath = "FIELDBOOK_CHILD_PATH"
)

// roles are what a child can do until it is killed. It says a line once it
// begins, and what it has done.
var roles = map[string]func(path string) error{
	"export": exportForEver, "weeks": weeksForEver, "race": raceForEver, "edit": editForEver, "pair": pairForEver, "join": joinOnce, "restore": restoreForEver,
}

// TestMain turns the test binary into the child where it is asked to be one.
func TestMain(m *testing.M) {
	if role := os.Getenv(childRole); role != "" {
		fmt.Fprintln(os.Stderr, roles[role](os.Getenv(childPath)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

type child struct {
	t     *testing.T
	cmd   *exec.Cmd
	in    io.Writer
	lines *bufio.Scanner
}

func startChild(t *testing.T, role, path string) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{t: t, cmd: exec.Command(self)}
	c.cmd.Env = append(os.Environ(), childRole+"="+role, childPath+"="+path)
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.lines = bufio.NewScanner(out)
	return c
}

// ask writes a line and gives the one that the child answers with.
func (c *child) ask(word string) string {
	c.t.Helper()
	c.tell(word)
	return c.heard()
}

func (c *child) tell(word string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, word+"\n"); err != nil {
		c.t.Fatal(err)
	}
}

func (c *child) heard() string {
	c.t.Helper()
	if !c.lines.Scan() {
		c.t.Fatalf("the child says nothing more: %v", c.cmd.Wait())
	}
	return c.lines.Text()
}

// killed kills the child, now or after a while, and gives the last word behind
// "done " that it said. It must not have ended by itself.
func (c *child) killed(after time.Duration) (done string) {
	c.t.Helper()
	timer := time.AfterFunc(after, func() { _ = c.cmd.Process.Kill() })
	defer timer.Stop()
	for c.lines.Scan() {
		if word, ok := strings.CutPrefix(c.lines.Text(), "done "); ok {
			done = word
		}
	}
	c.waitKilled()
	return done
}

func (c *child) waitKilled() {
	c.t.Helper()
	if err := c.cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		c.t.Fatalf("the child ended by itself: %v", err)
	}
}
