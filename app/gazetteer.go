package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fieldbook/app/geo"
	"fieldbook/data"
)

// prefGazetteer holds the path of the list of places of this computer.
const prefGazetteer = "gazetteer"

// GazetteerInfo describes the list of places that a person brought.
type GazetteerInfo struct {
	Path   string // "" for none
	Cities int
	Postal int // postal codes
	Fault  error
}

// Gazetteer is the list of places by which accounts and homes are placed beside
// those that the map knows. It is a file of this computer, of which the book
// keeps the path.
type Gazetteer struct {
	app *App

	mu   sync.Mutex
	from gazetteerFile
	list *geo.Gazetteer
	err  error
}

// gazetteerFile tells one state of a file from another.
type gazetteerFile struct {
	path string
	size int64
	at   time.Time
}

// Info tells which list is in use. A file that is gone or cannot be read any more
// is a fault; places are then those of the map.
func (g *Gazetteer) Info(ctx context.Context) (GazetteerInfo, error) {
	path, err := g.app.Pref(ctx, prefGazetteer)
	if err != nil || path == "" {
		return GazetteerInfo{}, err
	}
	out := GazetteerInfo{Path: path}
	list, fault := g.read(path)
	if out.Fault = fault; fault == nil {
		out.Cities, out.Postal = list.Len()
	}
	return out, nil
}

// Use takes a file of GeoNames, places or postal codes, from now on; "" goes
// without. What is no such file is refused.
func (g *Gazetteer) Use(ctx context.Context, path string) (GazetteerInfo, error) {
	if path != "" {
		abs, err := filepath.Abs(path)
		if err != nil {
			return GazetteerInfo{}, data.Wrap(data.Refused, err, "%s cannot be found; places stay as they are", path)
		}
		if _, err := g.read(abs); err != nil {
			return GazetteerInfo{}, err
		}
		path = abs
	}
	if err := g.app.SetPref(ctx, prefGazetteer, path); err != nil {
		return GazetteerInfo{}, err
	}
	g.app.hub.publish(data.Change{Topics: []data.Topic{{Kind: data.KindSetting}}})
	return g.Info(ctx)
}

// read gives the list of a file, read once as long as that stays as it is.
func (g *Gazetteer) read(path string) (*geo.Gazetteer, error) {
	stat, err := os.Stat(path)
	if err != nil {
		what := "cannot be read"
		if errors.Is(err, fs.ErrNotExist) {
			what = "is not there any more"
		}
		return nil, data.Wrap(data.NotFound, err, "The list of places %s %s; the map's own places are used. Choose the file again, or go without", path, what)
	}
	file := gazetteerFile{path, stat.Size(), stat.ModTime()}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.from == file {
		return g.list, g.err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, data.Wrap(data.Refused, err, "The list of places %s cannot be read; the map's own places are used", path)
	}
	defer func() { _ = f.Close() }() // nothing was written
	g.list, g.err = geo.ReadGazetteer(f)
	g.from = file
	return g.list, g.err
}

// atlas is the map with the places that a person brought.
func (g *Gazetteer) atlas(ctx context.Context) (*geo.Atlas, error) {
	atlas, err := geo.Load()
	if err != nil {
		return nil, err
	}
	path, err := g.app.Pref(ctx, prefGazetteer)
	if err != nil || path == "" {
		return atlas, err
	}
	list, err := g.read(path)
	if err != nil {
		return atlas, nil //nolint:nilerr // told by Info; the map's own places do
	}
	return atlas.With(list), nil
}
