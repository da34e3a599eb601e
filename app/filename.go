package app

import (
	"fmt"
	"strings"
)

// FileName is a title as every system takes it for the name of a file.
func FileName(title string) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, title)
	if name = strings.Trim(name, " ."); name == "" {
		return "unnamed"
	}
	return name
}

// fileNames are the names given in one folder, lower case.
type fileNames map[string]bool

// of gives a title the name of a file; a number follows one that is given already.
func (given fileNames) of(title string) string {
	name := FileName(title)
	free := name
	for n := 2; given[strings.ToLower(free)]; n++ {
		free = fmt.Sprintf("%s %d", name, n)
	}
	given[strings.ToLower(free)] = true
	return free
}
