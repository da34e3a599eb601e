package cli

import (
	"io"
	"log"
	"sync"

	"fieldbook/app/chart"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
)

// SystemFonts looks among the fonts of this computer for letters that Noto
// Sans lacks. They are listed when the first such letter comes, which can take
// a second once; the list is kept in folder.
func SystemFonts(folder string) chart.Faces {
	list := sync.OnceValue(func() *fontscan.FontMap {
		fonts := fontscan.NewFontMap(log.New(io.Discard, "", 0))
		if err := fonts.UseSystemFonts(folder); err != nil {
			return nil // charts write "…" for what Noto Sans lacks
		}
		fonts.SetQuery(fontscan.Query{Families: []string{"Noto Sans", fontscan.SansSerif}})
		return fonts
	})
	return func(r rune) *font.Face {
		fonts := list()
		if fonts == nil {
			return nil
		}
		return fonts.ResolveFace(r)
	}
}
