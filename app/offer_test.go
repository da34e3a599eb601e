package app

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"fieldbook/data"
)

func TestLookSaysWhatAnInvitationIs(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	path := filepath.Join(lea.dir, "ada.fieldbook")
	phrase, err := lea.app.Sharing.Phrase()
	if err != nil {
		t.Fatal(err)
	}
	ada := lea.find(data.KindPerson, "Ada")
	if sees, err := lea.app.Sharing.Sees(ctx, ada.ID); err != nil || sees != "own deals, accounts, quota and activities" {
		t.Errorf("Ada sees %q, %v", sees, err)
	}
	if _, err := lea.app.Sharing.Share(ctx, path, ShareOptions{To: ada.ID, Passphrase: phrase}); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{"", "not-it"} {
		_, err := Look(ctx, path, MergeOptions{Passphrase: wrong}, newOffice(t, "ada's").cfg)
		var told *data.Error
		if !errors.As(err, &told) || told.Field != "passphrase" {
			t.Errorf("with %q: %v", wrong, err)
		}
	}
	got, err := Look(ctx, path, MergeOptions{Passphrase: phrase}, newOffice(t, "ada's").cfg)
	if err != nil {
		t.Fatal(err)
	}
	words, err := lea.app.Members.FounderWords(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got.From != "Lea" || got.Invite == nil || *got.Invite != (Invited{"Ada", data.RoleRep, "own deals, accounts, quota and activities", words}) {
		t.Errorf("got %+v", got)
	}
}
