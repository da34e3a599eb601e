package store

import (
	"context"
	"testing"

	"fieldbook/data"
)

func TestVerifyFindsWhatWasWrittenAroundTheLog(t *testing.T) {
	for name, harm := range map[string]string{
		"changed value": `UPDATE account SET city = 'Rome'`,
		"lost row":      `DELETE FROM account`,
		"made-up row":   `INSERT INTO account (key, name) VALUES (999, 'x')`,
		"lost op":       `DELETE FROM op WHERE seq = 1`,
	} {
		s := create(t, BookInfo{})
		put(t, s, data.KindAccount, data.NewID(), data.Values{"name": "x", "city": "Oslo"})
		put(t, s, data.KindAccount, data.NewID(), data.Values{"name": "y"})
		if _, err := s.write.ExecContext(context.Background(), harm); err != nil {
			t.Fatal(err)
		}
		if r, err := s.Verify(context.Background()); err != nil || r.Faults == 0 {
			t.Errorf("%s: verify found nothing (%v)", name, err)
		}
	}
}
