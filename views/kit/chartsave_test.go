package kit_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func TestWriteChart(t *testing.T) {
	spec := report.Bands{Head: report.Head{Title: "Bands"}, Bars: []report.Mark{{Label: "a", Text: "2", Value: 2}}, Accent: -1}
	for format, begins := range map[string]string{"png": "\x89PNG", "svg": "<svg", "pdf": "%PDF-"} {
		path := filepath.Join(t.TempDir(), "chart."+format)
		if err := kit.WriteChart(spec, format, path, 0); err != nil {
			t.Fatal(err)
		}
		out, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(out[:min(len(out), 200)], []byte(begins)) {
			t.Errorf("%s begins with %q, %v", format, out[:min(len(out), 20)], err)
		}
	}
	if err := kit.WriteChart(spec, "gif", filepath.Join(t.TempDir(), "x.gif"), 0); data.KindOf(err) != data.Invalid {
		t.Error(err)
	}
	if err := kit.WriteChart(spec, "png", filepath.Join(t.TempDir(), "none", "x.png"), 0); data.KindOf(err) != data.Refused {
		t.Error(err)
	}
}
