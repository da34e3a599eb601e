package kit_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// evenness is a balance of territories that are far off, within the band, locked,
// without a person and in a grey that a dark ground swallows.
func evenness(opts kit.BalanceOptions) *kit.Balance {
	opts.Title, opts.Index, opts.Heads = "Territory, owner", "Off an even share", []string{"Accounts", "Potential", "Hours"}
	b := kit.NewBalance(opts)
	b.Set([]kit.BalanceRow{
		{Key: "gulf", Name: "Gulf and Texas", Caption: "Esra Toivonen", Colour: "#009E73", Figures: []string{"17", "$385K", "29.0"}, Values: []float64{17, 385, 29}, Index: 93},
		{Key: "lakes", Name: "Great Lakes", Caption: "Kaito Galvez", Colour: "#CC79A7", Locked: true, Figures: []string{"39", "$498K", "61.5"}, Values: []float64{39, 498, 61.5}, Index: 121},
		{Key: "pacific", Name: "Pacific, with all of its islands", Caption: "Open seat", Warn: true, Colour: "#555555", Figures: []string{"35", "$502K", "57.1"}, Values: []float64{35, 502, 57.1}, Index: 154},
		{Key: "plains", Name: "Plains", Caption: "Lars Yilmaz", Colour: "#F0E442", Figures: []string{"11", "$144K", "14.0"}, Values: []float64{11, 144, 14}, Index: 35},
	}, 15)
	b.SetTotals("All territories", []string{"102", "$1.53M", "161.6"})
	return b
}

func TestBalanceSortsAndTells(t *testing.T) {
	kittest.App(t, false)
	var tapped []string
	b := evenness(kit.BalanceOptions{OnTap: func(key string) { tapped = append(tapped, key) }})
	h := desk(t, b, 346, 300)
	row := func(n int) fyne.Position { return fyne.NewPos(60, 26+50*float32(n)+20) }
	h.Click(row(0))
	h.Click(fyne.NewPos(60, 12)) // the first head: by name, then by what is farthest off
	h.Click(row(0))
	b.SortBy(0)
	h.Click(row(0))
	b.SortBy(0)
	h.Click(row(0))
	if want := []string{"lakes", "plains", "lakes", "plains"}; !slices.Equal(tapped, want) {
		t.Errorf("%v, not %v", tapped, want)
	}
}

func TestBalanceGolden(t *testing.T) {
	for name, dark := range map[string]bool{"balance-light": false, "balance-dark": true} {
		t.Run(name, func(t *testing.T) {
			kittest.App(t, dark)
			b := evenness(kit.BalanceOptions{})
			b.Select("pacific")
			kittest.Golden(t, name, b, fyne.NewSize(346, 280))
		})
	}
}

func TestSliderFollowsTheHand(t *testing.T) {
	kittest.App(t, false)
	var moved []int
	s := kit.NewSlider(50, func(v int) { moved = append(moved, v) }, nil)
	h := desk(t, s, 220, 22)
	h.Drag(fyne.NewPos(110, 11), fyne.NewPos(215, 11))
	if len(moved) == 0 || s.Value() != 100 {
		t.Errorf("dragged to its end it stands at %d after %v", s.Value(), moved)
	}
	h.Click(fyne.NewPos(110, 11))
	h.Key(fyne.KeyHome)
	if s.Value() != 0 {
		t.Errorf("Home leaves it at %d", s.Value())
	}
	h.Key(fyne.KeyRight)
	if v := s.Value(); v <= 0 || v > 10 {
		t.Errorf("a step to the right leads to %d", v)
	}
}

func TestSliderGolden(t *testing.T) {
	for name, dark := range map[string]bool{"slider-light": false, "slider-dark": true} {
		t.Run(name, func(t *testing.T) {
			kittest.App(t, dark)
			kittest.Golden(t, name, kit.VBox(8, kit.NewSlider(0, nil, nil), kit.NewSlider(35, nil, nil), kit.NewSlider(100, nil, nil)), fyne.NewSize(260, 90))
		})
	}
}
