package quotas

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// editCell opens the editor of a cell of the grid. What is typed into a sum is
// spread over its quotas as they are now.
func (s *Screen) editCell(e *kit.Edit) fyne.CanvasObject {
	if e.Row >= len(s.model.rows) {
		return nil
	}
	r := s.model.rows[e.Row]
	return s.editor(e, picked{lines: r.parts, months: columnMonths(e.Col)})
}

// editTarget opens the editor of what is asked from above, where there are
// territories to ask it of.
func (s *Screen) editTarget(e *kit.Edit) fyne.CanvasObject {
	if e.Row != footTarget || len(s.model.grid.Top) == 0 {
		return nil
	}
	return s.editor(e, picked{lines: s.model.top(), months: columnMonths(e.Col), foot: true})
}

func (s *Screen) editor(e *kit.Edit, p picked) fyne.CanvasObject {
	before := s.editText(p)
	return kit.NewCellEntry(e, before, func(text string) error {
		if text = strings.TrimSpace(text); text == before {
			return nil
		}
		err := s.enter(p, text)
		if err != nil {
			s.host.Say(kit.Message(err, ""))
		}
		return err
	})
}

// editText is what stands in the editor at first.
func (s *Screen) editText(p picked) string {
	sum := s.model.sum(p.lines, p.months)
	switch {
	case !sum.set:
		return ""
	case p.count() == 1 && sum.others > 0:
		return unit{currency: sum.foreign.Currency}.typed(sum.foreign.Minor) + " " + string(sum.foreign.Currency)
	}
	return s.unit.typed(sum.minor)
}

// enter sets a selection to what was typed; nothing typed clears it. The error
// says what to mend, and nothing was begun then.
func (s *Screen) enter(p picked, text string) error {
	if text == "" {
		s.clear(p)
		return nil
	}
	money, err := app.ParseAmount(text, app.AmountForm{Currency: s.unit.currency, Shift: s.unit.shift})
	if err != nil {
		return err
	}
	m := s.model
	if p.count() == 1 {
		cell := m.blank(p)[0]
		cell.Amount, cell.Currency = money.Minor, money.Currency
		what := lang.T("Set the quota of %s for %s", m.linesText(p), m.monthsText(p.months))
		s.host.Act(what, func(ctx context.Context) error { return s.host.App.Quotas.Set(ctx, []app.QuotaCell{cell}) }, nil)
		return nil
	}
	if money.Currency != s.unit.currency {
		return data.Errorf(data.Invalid, "%s", lang.T("A sum is typed in %s; other currencies go into single months", string(s.unit.currency)))
	}
	sp := spread{total: money.Minor, how: spreadAsNow, step: s.tool.step(money.Minor, p.count())}
	if _, err := m.cells(p, sp); err != nil {
		return err
	}
	what := lang.T("Spread %s over %s", s.unit.figure(money.Minor), lang.N("%d quota", "%d quotas", p.count()))
	s.host.Act(what, func(ctx context.Context) error { return s.write(ctx, m, p, sp) }, nil)
	return nil
}

// paste sets quotas from a block of a spreadsheet whose top left is a cell. A
// single text fills the whole selection.
func (s *Screen) paste(row, col int, text string) {
	block := kit.ParseTSV(text)
	if len(block) == 0 {
		return
	}
	var texts []app.PastedQuota
	if len(block) == 1 && len(block[0]) == 1 {
		for _, c := range s.model.blank(s.picked) {
			texts = append(texts, app.PastedQuota{Text: block[0][0], Cells: []app.QuotaCell{c}})
		}
	} else {
		texts = s.model.fall(block, row, col)
	}
	s.host.Act(lang.N("Paste %d amount", "Paste %d amounts", len(texts)), func(ctx context.Context) error {
		_, err := s.host.App.Quotas.Paste(ctx, texts)
		return err
	}, nil)
}

// fall says which quotas each text of a block falls on. A text on a sum is
// spread over its parts where the block brings none of them; else the parts
// count and the sum follows. Names and what lies beyond the grid are left out.
func (m *model) fall(block [][]string, row, col int) []app.PastedQuota {
	var out []app.PastedQuota
	covered := m.covered(row, len(block))
	for i, line := range block {
		at := row + i
		if at >= len(m.rows) || m.rows[at].line < 0 && slices.ContainsFunc(m.rows[at].parts, func(l int) bool { return covered[l] }) {
			continue
		}
		for k, text := range line {
			c := col + k
			if c == nameColumn || c > yearColumn || !countsAlone(c, col, col+len(line)-1) {
				continue
			}
			p := picked{lines: m.rows[at].parts, months: columnMonths(c)}
			out = append(out, app.PastedQuota{Text: text, Cells: m.blank(p), By: m.weights(p, spread{how: spreadAsNow})})
		}
	}
	return out
}

// covered are the lines that rows show themselves.
func (m *model) covered(row, n int) map[int]bool {
	out := map[int]bool{}
	for i := row; i < row+n && i < len(m.rows); i++ {
		if l := m.rows[i].line; l >= 0 {
			out[l] = true
		}
	}
	return out
}

// countsAlone reports whether a column between two others is no sum of any
// other between them.
func countsAlone(col, first, last int) bool {
	if isMonth(col) {
		return true
	}
	months := columnMonths(col)
	for c := max(first, nameColumn+1); c <= min(last, yearColumn); c++ {
		part := columnMonths(c)
		if c != col && len(part) < len(months) && slices.Contains(months, part[0]) {
			return false
		}
	}
	return true
}
