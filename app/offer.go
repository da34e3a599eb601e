package app

import (
	"context"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/bundle"
)

// Invited says whom an invitation makes a member, and of what.
type Invited struct {
	Name  string `json:"name"`
	Role  string `json:"role"`
	Sees  string `json:"sees"`  // which part of the book, in words
	Words string `json:"words"` // the founder's fingerprint, to be compared by telephone
}

// Offer is what a share file is before anything is taken out of it.
type Offer struct {
	From   string
	Invite *Invited // nil where it is no invitation
}

// Look reads a share file to its end and says what it is; no book is needed.
// The error names the field "passphrase" where one is missing or wrong.
func Look(ctx context.Context, path string, o MergeOptions, cfg Config) (Offer, error) {
	files, err := openShares(ctx, cfg.Keys, []string{path}, o)
	if err != nil {
		return Offer{}, err
	}
	defer files.close()
	return Offer{From: files[0].from(), Invite: invited(files[0].Manifest)}, nil
}

func invited(m *bundle.Manifest) *Invited {
	if m.Invite == nil {
		return nil
	}
	return &Invited{Name: m.Invite.Name, Role: m.Invite.Role, Sees: m.Invite.Sees, Words: keyring.Words(m.Founder)}
}

// Sees says in words which part of the book a person gets.
func (s *Sharing) Sees(ctx context.Context, person data.ID) (string, error) {
	part, err := s.partFor(ctx, person)
	if err != nil {
		return "", err
	}
	return seesWords(part.word), nil
}

// Phrase proposes a passphrase for a file: six random words.
func (s *Sharing) Phrase() (string, error) { return keyring.Phrase() }
