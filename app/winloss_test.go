package app_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// How a file tells of open deals in the columns that are known after the close.
const (
	leakBlank   = "blank"
	leakZero    = "zero"
	leakRunning = "running" // as far as it has come
	leakWhole   = "whole"   // as if they had closed: somebody took the outcome away afterwards
)

// winLoss is a file as a program that reports wins and losses writes it.
type winLoss struct {
	rows   int
	seed   uint64
	leak   string
	dated  bool
	more   bool // columns that give the end away by name, one that is the same in all, one of its own in each, one that is empty
	blind  bool // nothing tells who wins
	result string
}

var winLossHead = []string{
	"Opportunity Number", "Supplies Subgroup", "Supplies Group", "Region", "Route To Market", "Elapsed Days In Sales Stage", "Opportunity Result", "Sales Stage Change Count",
	"Total Days Identified Through Closing", "Total Days Identified Through Qualified", "Opportunity Amount USD", "Client Size By Revenue", "Client Size By Employee Count",
	"Revenue From Client Past Two Years", "Competitor Type", "Ratio Days Identified To Total Days", "Ratio Days Validated To Total Days", "Ratio Days Qualified To Total Days", "Deal Size Category",
}

var winLossLeaks = []string{
	"total_days_identified_through_closing", "ratio_days_identified_to_total_days", "ratio_days_validated_to_total_days", "ratio_days_qualified_to_total_days",
}

// make gives the lines, how those left open end, and the least Brier score
// that knowing all but chance would have.
func (w winLoss) make() (lines [][]string, ends map[string]bool, best float64) {
	rng := rand.New(rand.NewPCG(w.seed, 7))
	head := slices.Clone(winLossHead)
	if w.dated {
		head = append(head, "Created Date", "Close Date")
	}
	if w.more {
		head = append(head, "Close Reason", "Final Amount", "Currency", "Row Hash", "Spare", "Result Flag")
	}
	lines, ends = [][]string{head}, map[string]bool{}
	for i := range w.rows {
		id := strconv.Itoa(1_641_984 + 7*i)
		row, p, won := w.row(rng, i, id)
		if row[6] == w.result {
			ends[id] = won
			off := p
			if won {
				off = 1 - p
			}
			best += off * off
		}
		lines = append(lines, row)
	}
	return lines, ends, best / float64(len(ends))
}

func (w winLoss) row(rng *rand.Rand, i int, id string) (row []string, p float64, won bool) {
	group, region, route := rng.IntN(11), rng.IntN(7), rng.IntN(5)
	changes, amount, past := 1+int(rng.ExpFloat64()*2.2), math.Round(math.Exp(10.6+1.3*rng.NormFloat64())), max(0, rng.IntN(16)-11)
	elapsed, qualified, rival := math.Round(40*math.Abs(rng.NormFloat64())), math.Round(20*max(0, rng.NormFloat64())), rng.IntN(3)
	x := -2.0
	if !w.blind {
		x += 0.5*math.Sin(float64(group)) + 0.3*math.Cos(float64(2*region)) + []float64{-.1, .35, -.3, .1, -.9}[route] + []float64{0, 1.5, 1.9, 2.3, 2.6}[past]
		x += 0.9*math.Sin(0.9*float64(changes)) - 0.35*(math.Log(amount)-10.6) - 0.012*elapsed + 0.02*qualified + 0.4*float64(1-rival)
	}
	p = 1 / (1 + math.Exp(-x))
	won = rng.Float64() < p
	days, first, second := qualified+60*rng.Float64(), rng.Float64(), rng.Float64()
	if won {
		days, first = qualified+35*rng.Float64(), first*first
	}
	third := (1 - first) * second
	if won {
		third = 1 - first
	}
	result, why, final, flag := "Loss", []string{"Price", "No budget", "No decision"}[rng.IntN(3)], "0", "N"
	if won {
		result, why, final, flag = "Won", []string{"Price", "Fit", "Service"}[rng.IntN(3)], fmt.Sprint(amount), "Y"
	}
	open := rng.IntN(5) == 0
	told := []string{fmt.Sprint(math.Round(days)), fmt.Sprintf("%.4f", first), fmt.Sprintf("%.4f", (1-first)*second), fmt.Sprintf("%.4f", third)}
	if open {
		share := rng.Float64()
		result, why, final, flag = w.result, "", "", ""
		switch w.leak {
		case leakBlank:
			told = []string{"", "", "", ""}
		case leakZero:
			told = []string{"0", "0", "0", "0"}
		case leakRunning:
			told = []string{fmt.Sprint(math.Round(days * share)), fmt.Sprintf("%.4f", min(1, first/max(share, 0.3))), fmt.Sprintf("%.4f", (1-first)*second*share), fmt.Sprintf("%.4f", third*share/3)}
		}
	}
	row = []string{
		id, fmt.Sprintf("Subgroup %d", group), fmt.Sprintf("Group %d", group/4), fmt.Sprintf("Region %d", region), fmt.Sprintf("Route %d", route), fmt.Sprint(elapsed), result, strconv.Itoa(changes),
		told[0], fmt.Sprint(qualified), fmt.Sprint(amount), strconv.Itoa(1 + rng.IntN(5)), strconv.Itoa(1 + rng.IntN(5)), strconv.Itoa(past), []string{"None", "Unknown", "Known"}[rival],
		told[1], told[2], told[3], strconv.Itoa(1 + min(6, int(amount/10_000))),
	}
	if w.dated {
		start := data.Day(17_400 + 700*i/w.rows)
		closed := ""
		if !open {
			closed = (start + data.Day(days)).String()
		}
		row = append(row, start.String(), closed)
	}
	if w.more {
		row = append(row, why, final, "USD", fmt.Sprintf("%012x", rng.Uint64()>>16), "", flag)
	}
	return row, p, won
}

// rankOf is the share of pairs of a won and a lost deal of which the won one has
// the higher probability.
func rankOf(t testing.TB, a *app.App, ends map[string]bool) float64 {
	t.Helper()
	chances, err := a.Forecasts.Chances(context.Background(), data.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	var sides [2][]float64
	err = a.Records.Each(context.Background(), data.Query{Kind: data.KindDeal}, func(row data.Row) error {
		if won, asked := ends[row.Text("external_id")]; asked {
			p, _ := chances.Of(row.Key)
			side := 0
			if won {
				side = 1
			}
			sides[side] = append(sides[side], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(sides[0])
	right := 0.0
	for _, p := range sides[1] {
		low, _ := slices.BinarySearch(sides[0], p)
		high, _ := slices.BinarySearchFunc(sides[0], p, func(a, b float64) int {
			if a <= b {
				return -1
			}
			return 1
		})
		right += float64(low+high) / 2
	}
	return right / float64(len(sides[0])*len(sides[1]))
}

// TestWinLossFile imports files of wins and losses without any mapping, columns
// without a field as custom fields, and scores the odds of the open deals.
// FIELDBOOK_SOAK=N takes N times 6,000 rows.
func TestWinLossFile(t *testing.T) {
	rows := 6000
	if n, err := strconv.Atoi(os.Getenv("FIELDBOOK_SOAK")); err == nil && n > 0 {
		rows *= n
	}
	named := []string{"row_hash", "final_amount", "result_flag"}
	for name, c := range map[string]struct {
		winLoss
		refused []string
	}{
		"blank in open deals": {winLoss{leak: leakBlank, result: "Open"}, winLossLeaks},
		"zero, dated":         {winLoss{leak: leakZero, dated: true, result: ""}, winLossLeaks},
		"running, all sorts":  {winLoss{leak: leakRunning, dated: true, more: true, result: "Open"}, slices.Concat(winLossLeaks, named)},
		"outcome taken away":  {winLoss{leak: leakWhole, more: true, result: ""}, slices.Concat(winLossLeaks, named)},
		"chance alone":        {winLoss{leak: leakBlank, blind: true, result: "Open"}, winLossLeaks},
	} {
		t.Run(name, func(t *testing.T) {
			c.rows, c.seed = rows, 1
			a := figuresBook(t, &dayClock{now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)})
			lines, ends, best := c.make()
			path := filepath.Join(t.TempDir(), "wins and losses.csv")
			writeCSV(t, path, lines)
			bring(t, a, app.PlanOptions{}, path) // such a file brings its columns with it
			chances, err := a.Forecasts.Chances(context.Background(), data.NoDay)
			if err != nil {
				t.Fatal(err)
			}
			won := 0.0
			for _, end := range ends {
				if end {
					won++
				}
			}
			won /= float64(len(ends))
			brier, loss := scoreOf(t, a, ends)
			rank, base := rankOf(t, a, ends), won*(1-won)
			baseLoss := -won*math.Log(won) - (1-won)*math.Log(1-won)
			t.Logf("%d open: log loss %.4f (share won %.4f), Brier %.4f (share won %.4f, best %.4f), AUC %.3f", len(ends), loss, baseLoss, brier, base, best, rank)
			switch m := chances.Model; {
			case c.blind && (m.Used || brier > base+0.001):
				t.Errorf("used: %v; %s", m.Used, m.Verdict)
			case !c.blind && (!m.Used || brier > best+0.01 || rank < 0.72):
				t.Errorf("used: %v, %s", m.Used, m.Verdict)
			}
			var refused []string
			for _, r := range chances.Model.Refused {
				refused = append(refused, r.Name)
			}
			for _, want := range c.refused {
				if !slices.Contains(refused, want) {
					t.Errorf("%s is not refused; used %v", want, chances.Model.Inputs)
				}
			}
			for _, fair := range []string{"region", "route_to_market", "sales_stage_change_count", "revenue_from_client_past_two_years", "total_days_identified_through_qualified", "amount"} {
				if slices.Contains(refused, fair) {
					t.Errorf("%s is refused: %v", fair, chances.Model.Refused)
				}
			}
		})
	}
}
