// Package shell is the window: navigation, title row, menu, palette and status
// bar. It is the only package that knows all screens, and it tells them when
// the book has changed.
package shell

import (
	"fieldbook/views/kit"
)

// entry is one place of the navigation rail.
type entry struct {
	name  string // also the command line's word
	label string
	icon  string
	group string // "" stands apart, at the foot of the rail
	make  func(*kit.Host) kit.Screen
}

// entries is the navigation table, in the order of the rail. A new screen is
// one line here.
func entries() []entry {
	return []entry{}
}

// Screens lists the names of all screens.
func Screens() []string {
	var names []string
	for _, e := range entries() {
		names = append(names, e.name)
	}
	return names
}
