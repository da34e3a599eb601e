package sheet

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"fieldbook/data"
)

// mostMembers is how many tables of a packed archive are taken.
const mostMembers = 200

// Members lists the text tables in a packed archive; nil for any other file.
func Members(name string) []string {
	if !strings.EqualFold(path.Ext(name), ".zip") {
		return nil
	}
	archive, err := zip.OpenReader(name)
	if err != nil {
		return nil
	}
	defer func() { _ = archive.Close() }() // it was only read
	var out []string
	for _, part := range archive.File {
		base := path.Base(strings.ReplaceAll(part.Name, "\\", "/"))
		table := slices.Contains([]string{".csv", ".tsv", ".txt"}, strings.ToLower(path.Ext(base)))
		if table && !strings.HasPrefix(base, ".") && !part.FileInfo().IsDir() && len(out) < mostMembers {
			out = append(out, part.Name)
		}
	}
	return out
}

// unpacked is a member of an archive in the system's temporary folder, which is
// gone once it is closed.
type unpacked struct{ *os.File }

func (u unpacked) Close() error { return errors.Join(u.File.Close(), os.Remove(u.Name())) }

// unpackTable takes a table out of an archive of size bytes.
func unpackTable(src io.ReaderAt, size int64, member string) (u unpacked, n int64, err error) {
	archive, err := zip.NewReader(src, size)
	if err != nil {
		return u, 0, damaged(err)
	}
	at := slices.IndexFunc(archive.File, func(part *zip.File) bool { return part.Name == member })
	if at < 0 {
		return u, 0, data.Errorf(data.NotFound, "The archive has no file %q any more. Nothing was changed.", member)
	}
	limit := min(max(unzipFloor, unzipRatio*size), unzipCeiling)
	if archive.File[at].UncompressedSize64 > uint64(limit) {
		return u, 0, data.Errorf(data.Refused, "%s would unpack to far more than the size of its archive allows, as only a damaged or hostile file does. Nothing was changed; unpack it and import the file inside.", member)
	}
	from, err := archive.File[at].Open()
	if err != nil {
		return u, 0, damaged(err)
	}
	defer func() { _ = from.Close() }() // it was only read
	to, err := os.CreateTemp("", "fieldbook-table-")
	if err != nil {
		return u, 0, data.Wrap(data.Refused, err, "The system's temporary folder cannot be written. Nothing was changed; unpack the archive and import the files inside.")
	}
	n, err = io.Copy(to, io.LimitReader(from, limit+1))
	if err != nil || n > limit {
		return u, 0, errors.Join(damaged(err), unpacked{to}.Close())
	}
	return unpacked{to}, n, nil
}

// damaged tells an archive that cannot be read.
func damaged(err error) error {
	return data.Wrap(data.Invalid, err, "This archive cannot be read; it may be damaged. Nothing was changed; unpack it and import the files inside.")
}
