//go:build !linux

package app

import "testing"

// asNobody runs fn; only on Linux are tests commonly run by root.
func asNobody(_ *testing.T, fn func()) { fn() }
