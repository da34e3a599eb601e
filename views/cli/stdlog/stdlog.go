// Package stdlog keeps libraries off the terminal. Fyne writes to the standard
// logger while it starts, for instance where the locale is C, and what stands
// on standard error is for the person alone. Importing the package is enough:
// it needs nothing but the standard logger and its import path comes before
// Fyne's, so Go starts it first.
package stdlog

import (
	"io"
	"log"
)

func init() { log.SetOutput(io.Discard) }
