package kit

import (
	"context"
	"strconv"

	"fieldbook/app"
	"fieldbook/app/pdf"
	"fieldbook/app/printer"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Print asks for printer, copies and pages, once the printers are known, and sends
// what is on the paper there.
func (h *Host) Print(paper *pdf.Paper) {
	var list []printer.Printer
	h.Act(lang.T("Printers listed"), func(ctx context.Context) (err error) {
		if list, err = h.App.Printing.Printers(ctx); err == nil && len(list) == 0 {
			return data.Errorf(data.Refused, "This computer has no printer set up. Add one in the settings of the system, or save as PDF instead.")
		}
		return err
	}, func() { h.askPrint(paper, list) })
}

func (h *Host) askPrint(paper *pdf.Paper, list []printer.Printer) {
	options := printerOptions(list)
	h.Ask(Question{
		Title: lang.T("Print %s", paper.Title()), What: lang.T("Sent to the printer"), Save: lang.T("Print"),
		Fields: []Field{
			{Key: "printer", Label: lang.T("Printer"), Kind: FieldChoice, Options: options, Value: options[0].Key, Required: true, Wide: true},
			{Key: "copies", Label: lang.T("Copies"), Kind: FieldWhole, Value: "1", Required: true},
			{Key: "pages", Label: lang.T("Pages"), Kind: FieldText, Hint: lang.T("all %d", len(paper.Pages())), Help: lang.T("such as 1-3, 5")},
		},
		Keep: func(ctx context.Context, v Values) error {
			copies, err := strconv.Atoi(v["copies"])
			if err != nil || copies < 1 {
				return data.FieldErrorf("copies", "say how many copies, from 1 on")
			}
			_, err = h.App.Printing.Print(ctx, paper, app.PrintOrder{Printer: v["printer"], Copies: copies, Pages: v["pages"]})
			return err
		},
	})
}

// printerOptions are printers to choose from, the default one first.
func printerOptions(list []printer.Printer) []Option {
	var out []Option
	for _, p := range list {
		o := Option{Key: p.Name, Text: p.Name, Detail: printerState(p.State)}
		if p.Default {
			out = append([]Option{o}, out...)
		} else {
			out = append(out, o)
		}
	}
	return out
}

func printerState(state string) string {
	switch state {
	case "idle":
		return lang.T("ready")
	case "printing":
		return lang.T("printing")
	case "disabled":
		return lang.T("stopped")
	}
	return ""
}
