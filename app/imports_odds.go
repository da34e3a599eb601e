package app

import (
	"math"
	"strings"

	"fieldbook/data/sheet"
)

// oddsWords are probabilities that programs write in words, in percent.
var oddsWords = map[string]float64{
	"none": 0, "verylow": 10, "low": 25, "niedrig": 25, "gering": 25, "faible": 25, "baja": 25, "baixa": 25, "bassa": 25, "laag": 25,
	"medium": 50, "moderate": 50, "mittel": 50, "moyenne": 50, "media": 50, "gemiddeld": 50, "high": 75, "hoch": 75, "elevee": 75, "alta": 75, "hoog": 75, "veryhigh": 90, "certain": 100,
}

// sharesOfOne reports whether the probabilities of a column are parts of 1 and
// not of 100.
func sharesOfOne(values []string) bool {
	found := false
	for _, v := range values {
		n, err := sheet.ParseNumber(v, sheet.AnyMark)
		switch {
		case err != nil || strings.Contains(v, "%"):
			continue
		case n < 0 || n > 1:
			return false
		}
		found = true
	}
	return found
}

// importOdds reads a probability in percent; ok is false where the text is none.
// share says that its column counts parts of 1.
func importOdds(text string, share bool) (percent float64, ok bool) {
	n, err := sheet.ParseNumber(text, sheet.AnyMark)
	if err != nil {
		n, ok = oddsWords[sheet.Fold(text)]
		return n, ok
	}
	if strings.Contains(text, "%") || share {
		n = math.Round(n*1e8) / 1e6
	}
	return n, n >= 0 && n <= 100
}
