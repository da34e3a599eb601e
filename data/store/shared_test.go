package store

import (
	"context"
	"testing"

	"fieldbook/data"
)

// TestSettingsAreReadBeforeTheCommit: what is reported as failed is not saved,
// and what is saved is reported so, whatever becomes of reading it again.
func TestSettingsAreReadBeforeTheCommit(t *testing.T) {
	s := create(t, BookInfo{})
	id := SettingID("colour")
	values := data.Values{"name": "colour", "value": "teal"}
	_, err := s.Write(context.Background(), Act{What: "Choose a colour", Name: "Ann"}, func(tx *Tx) error {
		if _, err := tx.Put(data.KindSetting, id, values); err != nil {
			return err
		}
		_, err := tx.s.exec(tx.ctx, `ALTER TABLE custom_field RENAME TO away`)
		return err
	})
	if err == nil {
		t.Fatal("custom fields cannot be read, and nobody is told")
	}
	if _, err := s.Get(context.Background(), data.KindSetting, id); data.KindOf(err) != data.NotFound || s.Setting("colour") != "" {
		t.Errorf("reported as failed and saved: %q, %v", s.Setting("colour"), err)
	}
	put(t, s, data.KindSetting, id, values)
	if s.Setting("colour") != "teal" {
		t.Errorf("after the failure the setting is %q", s.Setting("colour"))
	}
	if err := s.read.Close(); err != nil {
		t.Fatal(err)
	}
	values["value"] = "grey"
	if res := put(t, s, data.KindSetting, id, values); !res.Change.Touches(data.KindSetting) || s.Setting("colour") != "grey" {
		t.Errorf("saved with no reader left: %q, announced %+v", s.Setting("colour"), res.Change)
	}
}
