package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mate is a book that shares through a folder.
type mate struct {
	*sharer
	folder *Folder
	shared string // the folder as this computer sees it
}

func newMate(t *testing.T, device, shared string, from *mate) *mate {
	t.Helper()
	var first *sharer
	if from != nil {
		first = from.sharer
	}
	s := newSharer(t, device, first)
	m := &mate{s, s.app.Sharing.Folder, shared}
	if err := m.folder.Choose(context.Background(), shared); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *mate) send() FolderSent {
	m.t.Helper()
	out, err := m.folder.Send(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

func (m *mate) receive() FolderReceipt {
	m.t.Helper()
	out, err := m.folder.Receive(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

func (m *mate) status() FolderStatus {
	m.t.Helper()
	out, err := m.folder.Status(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

func (m *mate) root() string {
	return filepath.Join(m.shared, folderName(m.app.Book().ID))
}

// own is this book's sub-folder.
func (m *mate) own() string { return filepath.Join(m.root(), m.app.store.ReplicaID().String()) }

// names lists the files of a kind in a folder.
func names(t *testing.T, dir, end string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), end) {
			out = append(out, e.Name())
		}
	}
	return out
}
