package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/datatest"
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

// TestVerifyFindsAForgedAct changes an op behind the back of its signature, and
// its table line alike, so that nothing but the signature can tell.
func TestVerifyFindsAForgedAct(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "forged.book")
	s, err := Create(ctx, path, BookInfo{}, Options{Now: time.Now, Device: "a", Signer: testSigner("a")})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, s)
	id := data.NewID()
	if _, err := s.Write(ctx, Act{What: "Add an account"}, putting(data.KindAccount, id, data.Values{"name": "Acme", "city": "Oslo"})); err != nil {
		t.Fatal(err)
	}
	if r, err := s.Verify(ctx); err != nil || r.Faults > 0 {
		t.Fatalf("before: %v %v", err, r.Findings)
	}
	for _, query := range []string{`UPDATE op SET cells = replace(cells, 'Oslo', 'Rome')`, `UPDATE account SET city = 'Rome'`} {
		if _, err := s.write.ExecContext(ctx, query); err != nil {
			t.Fatal(err)
		}
	}
	r, err := s.Verify(ctx)
	if err != nil || r.Faults != 1 || !strings.Contains(r.Findings[0], "signature") {
		t.Errorf("after: %v %v", err, r.Findings)
	}
}
