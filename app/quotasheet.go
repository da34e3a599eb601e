package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// AmountForm says how a typed amount is read.
type AmountForm struct {
	Currency data.Currency // where the text names none
	Shift    int           // decimal places that the unit stands for: 3 reads "32" as 32,000
	Mark     sheet.DecimalMark
}

// ParseAmount reads an amount as people type it: 32000, 32,000.50, 32k, 1.5m,
// 1200 EUR. k and m, as a currency named in the text, say what is meant in
// spite of the unit. Where a number can be read in two ways the point is the
// decimal mark. The error is Invalid and says what to mend.
func ParseAmount(text string, form AmountForm) (data.Money, error) {
	body, shift := strings.TrimSpace(text), form.Shift
	n, suffixed := multiple(body)
	if suffixed {
		body, shift = body[:len(body)-1], n
	}
	money := data.Money{Currency: form.Currency}
	minor, code, err := parseMoney(body, money.Currency.Digits()+shift, form.Mark)
	if err == nil && code != "" {
		money.Currency = data.Currency(code)
		if !suffixed {
			shift = 0
		}
		minor, _, err = parseMoney(body, money.Currency.Digits()+shift, form.Mark)
	}
	money.Minor = minor
	switch {
	case err != nil:
		return money, data.Wrap(data.Invalid, err, "%q is not an amount; write it as 32000, 32k or 1,250.50", text)
	case minor < 0:
		return money, data.FieldErrorf("amount", "a quota cannot be negative")
	}
	return money, nil
}

// ParseOwnAmount is ParseAmount for what is kept in one currency alone, in its minor
// units; an amount in another one is refused.
func ParseOwnAmount(text string, own data.Currency) (int64, error) {
	money, err := ParseAmount(text, AmountForm{Currency: own})
	if err == nil && money.Currency != own {
		err = data.Errorf(data.Invalid, "amounts are kept in %s here; write this one in it", own)
	}
	return money.Minor, err
}

// multiple reads the k or m behind a number as decimal places.
func multiple(text string) (places int, ok bool) {
	if len(text) < 2 || !strings.ContainsRune("0123456789. ", rune(text[len(text)-2])) {
		return 0, false
	}
	switch text[len(text)-1] {
	case 'k', 'K':
		return 3, true
	case 'm', 'M':
		return 6, true
	}
	return 0, false
}

func parseMoney(text string, decimals int, mark sheet.DecimalMark) (minor int64, currency string, err error) {
	minor, currency, err = sheet.ParseMoney(text, decimals, mark)
	var ambiguous *sheet.AmbiguousError
	if errors.As(err, &ambiguous) {
		return sheet.ParseMoney(text, decimals, sheet.Point)
	}
	return minor, currency, err
}

// PastedQuota is a text of a spreadsheet that falls on quotas: one, or several
// that share its amount.
type PastedQuota struct {
	Text  string
	Cells []QuotaCell // where it goes; Amount and Currency are not read
	By    []int64     // weights of the cells; none spreads evenly
}

// Paste sets quotas from texts of a spreadsheet, in one step for undo. All
// amounts are read alike: where the block shows that its decimal mark is a
// comma, it is one. A blank or a dash takes a single quota away. It gives how
// many quotas were set. The error is Invalid where a text is no amount; then
// nothing is changed.
func (q *Quotas) Paste(ctx context.Context, texts []PastedQuota) (int, error) {
	var evidence sheet.NumberEvidence
	for i, t := range texts {
		evidence.Add(i+1, t.Text)
	}
	form := AmountForm{Currency: q.app.Book().Currency, Mark: evidence.Result().Mark}
	var cells []QuotaCell
	for _, t := range texts {
		if text := strings.TrimSpace(t.Text); text == "" || strings.Trim(text, "-–—") == "" {
			if len(t.Cells) == 1 {
				c := t.Cells[0]
				c.Clear = true
				cells = append(cells, c)
			}
			continue
		}
		money, err := ParseAmount(t.Text, form)
		if err != nil {
			return 0, data.Wrap(data.Invalid, err, "%q is not an amount, so nothing was pasted. Mend it in the spreadsheet and copy again.", t.Text)
		}
		weights := t.By
		if len(weights) != len(t.Cells) {
			weights = make([]int64, len(t.Cells))
		}
		for i, part := range SpreadBy(money.Minor, weights, 1) {
			c := t.Cells[i]
			c.Amount, c.Currency = part, money.Currency
			cells = append(cells, c)
		}
	}
	if len(cells) == 0 {
		return 0, data.Errorf(data.Invalid, "nothing of what was copied falls on a quota; choose the first cell to paste into and try again")
	}
	return len(cells), q.put(ctx, "Paste "+countQuotas(len(cells)), cells)
}

// Export writes the quotas of a fiscal year in a scope to a CSV or XLSX file,
// by its ending: a line for each person or territory and currency, a column for
// each month, so that it imports again. It gives the number of lines. The file
// appears whole or not at all. The error is Invalid for another ending,
// NotFound where there is no quota to write.
func (q *Quotas) Export(ctx context.Context, year data.Period, scope data.Scope, path string) (n int, err error) {
	grid, err := q.Grid(ctx, year, scope)
	if err != nil {
		return 0, err
	}
	lines, err := q.exportLines(ctx, grid)
	if err != nil {
		return 0, err
	}
	if len(lines) == 0 {
		return 0, data.Errorf(data.NotFound, "%s has no quotas to export yet; no file was written", grid.Year.Name)
	}
	kind, err := q.app.store.Kind(data.KindQuota)
	if err != nil {
		return 0, err
	}
	w, err := newSheetWriter(path, kind, nil)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			_ = w.Discard() // the first failure is the one to tell
		}
	}()
	columns := []sheet.Column{{Title: "person", Kind: sheet.TextKind}, {Title: "territory", Kind: sheet.TextKind}, {Title: "currency", Kind: sheet.TextKind}}
	for _, m := range grid.Months {
		columns = append(columns, sheet.Column{Title: m.Name, Kind: sheet.MoneyKind, Decimals: grid.Currency.Digits(), Total: true})
	}
	if err := w.WriteHeader(columns); err != nil {
		return 0, err
	}
	for _, l := range lines {
		if err := w.WriteRow(l.cells()); err != nil {
			return 0, err
		}
	}
	return len(lines), w.Close()
}

// exportLine is one line of the exported sheet.
type exportLine struct {
	person, territory string
	order             int // people before territories, as the grid has them
	currency          data.Currency
	months            [QuotaMonths]sheet.Cell
}

func (l *exportLine) cells() []sheet.Cell {
	out := []sheet.Cell{textCell(l.person), textCell(l.territory), sheet.TextCell(string(l.currency))}
	return append(out, l.months[:]...)
}

func (q *Quotas) exportLines(ctx context.Context, grid *QuotaGrid) ([]*exportLine, error) {
	order := map[data.ID]int{}
	for i, l := range slices.Concat(grid.People, grid.Territories) {
		order[cmp.Or(l.Person, l.Territory)] = i + 1
	}
	held, err := q.between(ctx, grid.Year)
	if err != nil {
		return nil, err
	}
	type key struct {
		person, territory data.ID
		currency          data.Currency
	}
	lines := map[key]*exportLine{}
	var out []*exportLine
	for _, rows := range held {
		for _, r := range rows {
			k := key{r.Ref("person"), r.Ref("territory"), r.Money("amount", grid.Currency).Currency}
			at := order[cmp.Or(k.person, k.territory)]
			if at == 0 || !r.Has("amount") {
				continue
			}
			if lines[k] == nil {
				lines[k] = &exportLine{r.Labels["person"], r.Labels["territory"], at, k.currency, [QuotaMonths]sheet.Cell{}}
				out = append(out, lines[k])
			}
			month := r.Day("month").Month() - grid.Year.From.Month()
			lines[k].months[month] = sheet.MoneyCell(r.Int("amount"), k.currency.Digits())
		}
	}
	slices.SortFunc(out, func(a, b *exportLine) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.territory, b.territory), cmp.Compare(a.currency, b.currency))
	})
	return out, nil
}
