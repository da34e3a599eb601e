package app

import (
	"slices"

	"fieldbook/data"
)

// EveryKind lists the kinds of record that people keep in the book, those that
// others point to first. Keys of devices and erasures are the book's own affair
// and come into no other.
func EveryKind() []*data.Kind {
	return slices.DeleteFunc(data.Kinds(), func(k *data.Kind) bool {
		return k.Name == data.KindDevice || k.Name == data.KindRedaction
	})
}
