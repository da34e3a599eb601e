package cli

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fieldbook/app/keyring"
)

// Places are the folders that the platform keeps a program's files in.
type Places struct {
	Data  string // books
	State string // log and crash files
	Keys  keyring.Options
}

// keysVariable names the folder to keep keys in, and no system's key store, for
// scripts and tests.
const keysVariable = "FIELDBOOK_KEYS"

// PlacesOn finds the folders on a system (runtime.GOOS) from its environment
// and the person's home folder.
func PlacesOn(system string, getenv func(string) string, home string) Places {
	or := func(name string, parts ...string) string {
		if dir := getenv(name); filepath.IsAbs(dir) {
			return dir
		}
		return filepath.Join(append([]string{home}, parts...)...)
	}
	var p Places
	switch system {
	case "windows":
		base := filepath.Join(or("LOCALAPPDATA", "AppData", "Local"), "Fieldbook")
		p = Places{Data: base, State: filepath.Join(base, "State")}
		p.Keys.Folder = filepath.Join(p.State, "keys")
	case "darwin":
		p = Places{Data: filepath.Join(home, "Library", "Application Support", "Fieldbook"), State: filepath.Join(home, "Library", "Logs", "Fieldbook")}
		p.Keys.Folder = filepath.Join(p.Data, "keys") // logs are deleted and sent around
	default:
		p = Places{Data: filepath.Join(or("XDG_DATA_HOME", ".local", "share"), "Fieldbook"), State: filepath.Join(or("XDG_STATE_HOME", ".local", "state"), "Fieldbook")}
		p.Keys.Folder = filepath.Join(p.State, "keys")
	}
	if folder := getenv(keysVariable); folder != "" {
		p.Keys = keyring.Options{Folder: folder, NoSystem: true}
	}
	return p
}

// Keyring is where this computer's keys are. It touches nothing until the first
// is asked for.
func (p Places) Keyring() *keyring.Keyring { return keyring.Open(p.Keys) }

// Book is the book of who names none.
func (p Places) Book() string { return filepath.Join(p.Data, "Fieldbook.book") }

// SystemZone names the zone of this computer, by its IANA name so that the
// book means the same elsewhere. Where the system does not tell the name it is
// the zone of whole hours that applies now, else UTC.
func SystemZone(now time.Time, getenv func(string) string) string {
	known := func(name string) bool {
		_, err := time.LoadLocation(name)
		return err == nil && name != "" && name != "Local"
	}
	if tz := strings.TrimPrefix(getenv("TZ"), ":"); known(tz) {
		return tz
	}
	if target, err := os.Readlink("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(target, "zoneinfo/"); ok && known(name) {
			return name
		}
	}
	if text, err := os.ReadFile("/etc/timezone"); err == nil && known(strings.TrimSpace(string(text))) {
		return strings.TrimSpace(string(text))
	}
	return hourZone(now.Local())
}

// hourZone is Etc/GMT-1 for an hour ahead of UTC: the signs of these names are
// those of POSIX.
func hourZone(now time.Time) string {
	_, seconds := now.Zone()
	hours := seconds / 3600
	if seconds%3600 != 0 || hours == 0 || hours < -12 || hours > 14 {
		return "UTC"
	}
	if hours > 0 {
		return "Etc/GMT-" + strconv.Itoa(hours)
	}
	return "Etc/GMT+" + strconv.Itoa(-hours)
}
