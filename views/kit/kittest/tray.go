package kittest

import (
	"context"

	"fieldbook/app/printer"
)

// Tray is a printer that takes everything.
type Tray struct{ Jobs []printer.Job }

// Printers implements printer.Spooler.
func (*Tray) Printers(context.Context) ([]printer.Printer, error) {
	return []printer.Printer{{Name: "Fax"}, {Name: "Tray", Default: true, State: "idle"}}, nil
}

// Print implements printer.Spooler.
func (s *Tray) Print(_ context.Context, j printer.Job) (string, error) {
	s.Jobs = append(s.Jobs, j)
	return "Tray-1", nil
}

// Mail implements printer.Spooler.
func (*Tray) Mail(context.Context, printer.Mail) (bool, error) { return false, nil }
