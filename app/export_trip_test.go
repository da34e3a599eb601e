package app

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/sheet"
	"fieldbook/data/store"

	"pgregory.net/rapid"
)

// naughty are texts that break tables: formulas, quotes, signs of other
// scripts, what looks like a number, a day or an escape of XML.
var naughty = []string{
	"=1+1", "+47 22 00", "-70", "@x", "'=1", "''-a", "'", "\"", "\"\"", "a,b;c\td|e", "x\r\ny", "x\ny", "x\ry", " lead", "trail ", " ", "\t", "\u00a0",
	"000123", "1e5", "12345678901234567890", "2017-03-01", "1/2", "50%", "TRUE", "NULL", "_x0041_", "_x000D_", "x_x005F_x0041_", "<b>&amp;", "\u0001", "\u0085", "\ufeff", "\u2028",
	"Zoë", "Zoe\u0308", "名前", "\U0001F600", "ﬀ", "ı", "#1", "--", "=cmd|' /C calc'!A0", "id", "name", "\x7f", "\ufffe",
}

// anyValue draws a value of a field; nil for none.
func anyValue(t *rapid.T, f data.Field, texts []string, rows map[string][]data.ID) data.Value {
	if !f.Required && rapid.IntRange(0, 3).Draw(t, "blank") == 0 {
		return nil
	}
	switch f.Type {
	case data.TypeInteger, data.TypeMoney:
		return rapid.Int64().Draw(t, f.Name)
	case data.TypeNumber:
		return rapid.Float64Range(-1e18, 1e18).Draw(t, f.Name) + 0 // no sign of zero
	case data.TypePercent:
		return rapid.Float64Range(0, 100).Draw(t, f.Name) + 0
	case data.TypeBool:
		return rapid.Bool().Draw(t, f.Name)
	case data.TypeDay:
		return data.NewDay(1, 1, 1) + data.Day(rapid.IntRange(0, 3_652_058).Draw(t, f.Name))
	case data.TypeChoice:
		if !f.Custom {
			return rapid.SampledFrom(f.Choices).Draw(t, f.Name)
		}
	case data.TypeRef:
		ids := rows[f.Ref]
		if len(ids) == 0 || rapid.IntRange(0, 20).Draw(t, "gone") == 0 {
			return data.ImportedID(f.Ref, "gone", f.Name) // of a row that is not here
		}
		return rapid.SampledFrom(ids).Draw(t, f.Name)
	default: // text
	}
	text := rapid.OneOf(rapid.SampledFrom(texts), rapid.String(), rapid.StringMatching(`[A-Z][a-z]{2,8} [0-9]{1,3}`)).Draw(t, f.Name)
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
	if f.Required && strings.TrimSpace(text) == "" || text == "" {
		return "x"
	}
	return text
}

// currencies that amounts are drawn in.
var anyCurrencies = []string{"USD", "EUR", "JPY", "KWD"}

// fillAny puts drawn rows of every kind that people make into a book.
func fillAny(ctx context.Context, t *rapid.T, a *App, texts []string) error {
	rows := map[string][]data.ID{}
	_, err := a.writeTxn(ctx, store.Act{What: "Draw"}, func(tx *store.Tx) error {
		for _, k := range EveryKind() {
			if k.Name == data.KindSetting {
				continue
			}
			for range rapid.IntRange(0, 4).Draw(t, k.Plural) {
				values := data.Values{}
				for _, f := range k.Fields {
					if f.Ref == k.Name {
						continue // circles
					}
					if v := anyValue(t, f, texts, rows); v != nil {
						values[f.Name] = v
					}
				}
				if _, ok := k.Field("currency"); ok {
					values["currency"] = rapid.SampledFrom(anyCurrencies).Draw(t, "currency")
				}
				if k.Name == data.KindCustomField {
					values["kind"], values["choices"] = data.KindAccount, nil
				}
				id := data.ImportedID(k.Name, "drawn", fmt.Sprint(len(rows[k.Name])))
				if _, err := tx.Put(k.Name, id, values); err != nil {
					return fmt.Errorf("%s %v: %w", k.Name, values, err)
				}
				rows[k.Name] = append(rows[k.Name], id)
			}
		}
		return nil
	})
	return err
}

// What is exported, imported into an empty book and exported again is the same
// to the byte, for every kind, whatever its rows hold.
func TestExportImportExportIsIdentical(t *testing.T) {
	for _, ending := range []string{".csv", ".xlsx"} {
		t.Run(ending, func(t *testing.T) {
			n := 0
			rapid.Check(t, func(rt *rapid.T) {
				if n++; n > 6 {
					return // books are on disk
				}
				a, b := exportBook(t, fmt.Sprintf("a%d.book", n)), exportBook(t, fmt.Sprintf("b%d.book", n))
				if err := fillAny(t.Context(), rt, a, naughty); err != nil {
					rt.Fatal(err)
				}
				sameTrip(t, rt, a, b, ending)
			})
		})
	}
}

// sameTrip brings all of a book into an empty one and compares what both export.
func sameTrip(t *testing.T, rt rapid.TB, a, b *App, ending string) {
	t.Helper()
	first := exportAll(t, a, ending)
	for _, f := range importAll(t, b, first).Files {
		if f.SetAside > 0 || f.New+f.Changed+f.Unchanged != f.Rows {
			rt.Fatalf("%s: %+v", f.File, f.Problems)
		}
	}
	second := exportAll(t, b, ending)
	if len(first) != len(second) {
		rt.Fatalf("%d files, then %d", len(first), len(second))
	}
	for i := range first {
		x, err1 := os.ReadFile(first[i])
		y, err2 := os.ReadFile(second[i])
		if err1 != nil || err2 != nil || !bytes.Equal(x, y) {
			rt.Fatalf("%s differs (%v, %v): %s", filepath.Base(first[i]), err1, err2, difference(rowTexts(t, first[i]), rowTexts(t, second[i])))
		}
	}
	if before, after := dump(t, a), dump(t, b); !slices.Equal(before, after) {
		rt.Fatalf("the books differ:\n%s", difference(before, after))
	}
}

// rowTexts are the rows of a file as they are read.
func rowTexts(t *testing.T, path string) []string {
	t.Helper()
	r, err := sheet.Open(path, sheet.Format{})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, r)
	var out []string
	for {
		rec, err := r.Next()
		if err != nil {
			return append(out, err.Error())
		}
		out = append(out, fmt.Sprintf("%q", rec.Cells))
	}
}

// Every string of the list of naughty strings makes the trip, in every text.
func TestNaughtyStringsMakeTheTrip(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(datatest.Real(t, "import-naughty-strings"), "blns.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, ending := range []string{".csv", ".xlsx"} {
		a, b := exportBook(t, "a.book"), exportBook(t, "b.book")
		for i, line := range strings.Split(string(raw), "\n") {
			line = strings.ToValidUTF8(strings.ReplaceAll(line, "\x00", ""), "")
			if strings.TrimSpace(line) == "" {
				continue
			}
			values := data.Values{"name": line, "external_id": fmt.Sprint(i), "note": line + "\n" + line, "city": line}
			if _, err := a.Records.Add(t.Context(), data.KindAccount, values); err != nil {
				t.Fatal(err)
			}
		}
		sameTrip(t, t, a, b, ending)
	}
}

// A real CRM's tables make the trip.
func TestMavenMakesTheTrip(t *testing.T) {
	a, b := exportBook(t, "a.book"), exportBook(t, "b.book")
	importAll(t, a, filesIn(t, filepath.Join(datatest.Real(t, "maven-crm"), "original")))
	sameTrip(t, t, a, b, ".csv")
}
