package app

import (
	"context"
	"math"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/sheet"
)

// ExportFigures writes a table of figures with its total to path, as CSV or
// XLSX by its ending. The columns are those of the JSON; ratios are numbers,
// absent figures blank. The error is Invalid for another ending, Refused where
// path cannot be written.
func (p *Performance) ExportFigures(ctx context.Context, q ComputeQuery, path string) error {
	r, err := p.Compute(ctx, q)
	if err != nil {
		return err
	}
	return writeTable(path, "figures", func(w sheet.Writer) error { return writeFigures(w, q.By, r) })
}

func writeFigures(w sheet.Writer, by metrics.By, r metrics.Result) error {
	digits := r.Currency.Digits()
	var columns []sheet.Column
	for _, c := range figureColumns {
		columns = append(columns, sheet.Column{Title: c.title, Kind: c.kind, Decimals: digits})
	}
	columns[0].Title = string(by)
	if err := w.WriteHeader(columns); err != nil {
		return err
	}
	for _, row := range append(r.Rows, r.Total) {
		cells := make([]sheet.Cell, len(figureColumns))
		for i, c := range figureColumns {
			cells[i] = c.cell(&row, digits)
		}
		if err := w.WriteRow(cells); err != nil {
			return err
		}
	}
	return nil
}

type figureColumn struct {
	title string
	kind  sheet.CellKind
	cell  func(r *metrics.Row, digits int) sheet.Cell
}

// figureColumns are the columns of an exported table.
var figureColumns = []figureColumn{
	{"key", sheet.TextKind, func(r *metrics.Row, _ int) sheet.Cell { return textCell(r.Key) }},
	count("total", func(r *metrics.Row) int { return r.Total }),
	count("won", func(r *metrics.Row) int { return r.Won }),
	count("lost", func(r *metrics.Row) int { return r.Lost }),
	count("open", func(r *metrics.Row) int { return r.Open }),
	sum("won_value", func(r *metrics.Row) data.Money { return r.WonValue }),
	sum("lost_value", func(r *metrics.Row) data.Money { return r.LostValue }),
	sum("open_value", func(r *metrics.Row) data.Money { return r.OpenValue }),
	ratio("win_rate", func(r *metrics.Row) (float64, bool) { return r.WinRate.Value() }),
	ratio("win_rate_low", func(r *metrics.Row) (float64, bool) { return r.WinRate.Low, r.WinRate.Den != 0 }),
	ratio("win_rate_high", func(r *metrics.Row) (float64, bool) { return r.WinRate.High, r.WinRate.Den != 0 }),
	ratio("win_rate_value", func(r *metrics.Row) (float64, bool) { return r.WinRateValue.Value() }),
	minor("avg_won", func(r *metrics.Row) (float64, bool) { return r.AvgWon.Value() }),
	minor("median_won", func(r *metrics.Row) (float64, bool) { return r.MedianWon.Value() }),
	ratio("cycle_won_mean", func(r *metrics.Row) (float64, bool) { return r.CycleWonMean.Value() }),
	ratio("cycle_won_median", func(r *metrics.Row) (float64, bool) { return r.CycleWonMedian.Value() }),
	sum("credited", func(r *metrics.Row) data.Money { return r.Credited }),
	minor("quota", func(r *metrics.Row) (float64, bool) { return float64(r.Quota.Minor), r.Quota.Set }),
	ratio("attainment", func(r *metrics.Row) (float64, bool) { return r.Attainment.Value() }),
	ratio("pace", func(r *metrics.Row) (float64, bool) { return r.Pace.Value() }),
	ratio("coverage", func(r *metrics.Row) (float64, bool) { return r.Coverage.Value() }),
}

func count(title string, of func(*metrics.Row) int) figureColumn {
	return figureColumn{title, sheet.NumberKind, func(r *metrics.Row, _ int) sheet.Cell { return sheet.NumberCell(float64(of(r))) }}
}

func sum(title string, of func(*metrics.Row) data.Money) figureColumn {
	return figureColumn{title, sheet.MoneyKind, func(r *metrics.Row, digits int) sheet.Cell { return sheet.MoneyCell(of(r).Minor, digits) }}
}

func minor(title string, of func(*metrics.Row) (float64, bool)) figureColumn {
	return figureColumn{title, sheet.MoneyKind, func(r *metrics.Row, digits int) sheet.Cell {
		if v, ok := of(r); ok {
			return sheet.MoneyCell(int64(math.Round(v)), digits)
		}
		return sheet.Cell{}
	}}
}

func ratio(title string, of func(*metrics.Row) (float64, bool)) figureColumn {
	return figureColumn{title, sheet.NumberKind, func(r *metrics.Row, _ int) sheet.Cell {
		if v, ok := of(r); ok {
			return sheet.NumberCell(math.Round(v*1e6) / 1e6)
		}
		return sheet.Cell{}
	}}
}
