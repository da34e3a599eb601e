package cli

import (
	"path/filepath"
	"testing"
	"time"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		system            string
		getenv            func(string) string
		data, state, keys string
	}{
		{"linux", env(), "/home/ann/.local/share/Fieldbook", "/home/ann/.local/state/Fieldbook", "/home/ann/.local/state/Fieldbook/keys"},
		{"linux", env("XDG_DATA_HOME", "/data", "XDG_STATE_HOME", "relative"), "/data/Fieldbook", "/home/ann/.local/state/Fieldbook", "/home/ann/.local/state/Fieldbook/keys"},
		{"darwin", env(), "/home/ann/Library/Application Support/Fieldbook", "/home/ann/Library/Logs/Fieldbook", "/home/ann/Library/Application Support/Fieldbook/keys"},
		{"windows", env("LOCALAPPDATA", "/local"), "/local/Fieldbook", "/local/Fieldbook/State", "/local/Fieldbook/State/keys"},
		{"linux", env("FIELDBOOK_KEYS", "here"), "/home/ann/.local/share/Fieldbook", "/home/ann/.local/state/Fieldbook", "here"},
	} {
		got := PlacesOn(tt.system, tt.getenv, filepath.FromSlash("/home/ann"))
		if filepath.ToSlash(got.Data) != tt.data || filepath.ToSlash(got.State) != tt.state || filepath.ToSlash(got.Keys.Folder) != tt.keys {
			t.Errorf("%s: %+v", tt.system, got)
		}
		if named := tt.getenv("FIELDBOOK_KEYS") != ""; got.Keys.NoSystem != named {
			t.Errorf("%s: the system's key store is left out: %t", tt.system, got.Keys.NoSystem)
		}
		if filepath.Ext(got.Book()) != ".book" {
			t.Errorf("book %s", got.Book())
		}
	}
}

func TestSystemZoneIsNamed(t *testing.T) {
	now := time.Date(2017, 7, 1, 0, 0, 0, 0, time.UTC)
	if got := SystemZone(now, env("TZ", ":Europe/Oslo")); got != "Europe/Oslo" {
		t.Errorf("zone %q", got)
	}
	for _, tz := range []string{"", "Local", "nonsense"} {
		got := SystemZone(now, env("TZ", tz))
		if _, err := time.LoadLocation(got); err != nil || got == "Local" || got == "" {
			t.Errorf("TZ=%q gives %q: %v", tz, got, err)
		}
	}
	for hours, want := range map[int]string{1: "Etc/GMT-1", -5: "Etc/GMT+5", 0: "UTC"} {
		if got := hourZone(now.In(time.FixedZone("", hours*3600))); got != want {
			t.Errorf("%d hours: %q, want %q", hours, got, want)
		}
	}
	if got := hourZone(now.In(time.FixedZone("", 5*3600+1800))); got != "UTC" {
		t.Errorf("half hours: %q", got)
	}
}

func TestDisplay(t *testing.T) {
	for _, tt := range []struct {
		system string
		getenv func(string) string
		want   bool
	}{
		{"linux", env(), false},
		{"linux", env("DISPLAY", ":0"), true},
		{"linux", env("WAYLAND_DISPLAY", "wayland-0"), true},
		{"windows", env(), true},
		{"darwin", env(), true},
	} {
		if got := hasDisplay(tt.system, tt.getenv); got != tt.want {
			t.Errorf("%s: %t", tt.system, got)
		}
	}
}
