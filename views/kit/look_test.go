package kit_test

import (
	"image/color"
	"math"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// contrast is the ratio of WCAG 2.
func contrast(a, b color.Color) float64 {
	light := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		lin := func(v uint32) float64 {
			x := float64(v) / 0xFFFF
			if x <= 0.03928 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestTextCanBeRead(t *testing.T) {
	grounds := map[kit.Token][]kit.Token{
		kit.ColorFg:     {kit.ColorBg, kit.ColorRail, kit.ColorHead, kit.ColorHover, kit.ColorSel, kit.ColorTrack, kit.ColorInput},
		kit.ColorFg2:    {kit.ColorBg, kit.ColorRail, kit.ColorHead, kit.ColorHover, kit.ColorSel},
		kit.ColorFg3:    {kit.ColorBg, kit.ColorInput, kit.ColorTrack},
		kit.ColorAccent: {kit.ColorBg, kit.ColorHead, kit.ColorSel},
		kit.ColorOn:     {kit.ColorAccent},
		kit.ColorGood:   {kit.ColorBg, kit.ColorHead, kit.ColorGoodBg, kit.ColorSel},
		kit.ColorBad:    {kit.ColorBg, kit.ColorHead, kit.ColorBadBg, kit.ColorSel},
		kit.ColorWarn:   {kit.ColorBg, kit.ColorHead, kit.ColorWarnBg, kit.ColorSel},
	}
	for _, dark := range []bool{false, true} {
		kittest.App(t, dark)
		for text, on := range grounds {
			for _, ground := range on {
				if c := contrast(kit.Color(text), kit.Color(ground)); c < 4.5 {
					t.Errorf("dark %v: %s on %s has a contrast of %.2f", dark, text, ground, c)
				}
			}
		}
	}
}

// Fyne mixes the colour of shortcut hints itself.
func TestShortcutHintsOfMenusCanBeRead(t *testing.T) {
	for _, dark := range []bool{false, true} {
		kittest.App(t, dark)
		item := fyne.NewMenuItem("Open a book", func() {})
		item.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyO, Modifier: fyne.KeyModifierControl}
		menu := widget.NewMenu(fyne.NewMenu("File", item))
		kittest.Window(t, menu, 300, 80)
		texts := kittest.FindAll[*canvas.Text](menu)
		if len(texts) < 3 {
			t.Fatalf("the menu shows %d texts", len(texts))
		}
		for _, text := range texts {
			for _, ground := range []kit.Token{theme.ColorNameMenuBackground, kit.ColorHover, theme.ColorNameFocus} {
				if c := contrast(over(text.Color, kit.Color(ground)), kit.Color(ground)); c < 4.5 {
					t.Errorf("dark %v: %q on %s has a contrast of %.2f", dark, text.Text, ground, c)
				}
			}
		}
	}
}

// over is a colour as it looks on an opaque ground.
func over(c, ground color.Color) color.Color {
	r, g, b, a := c.RGBA()
	x, y, z, _ := ground.RGBA()
	mix := func(c, ground uint32) uint16 { return uint16(min(0xFFFF, c+ground*(0xFFFF-a)/0xFFFF)) }
	return color.RGBA64{R: mix(r, x), G: mix(g, y), B: mix(b, z), A: 0xFFFF}
}

func TestSwitchingTheThemeRecolours(t *testing.T) {
	app := kittest.App(t, false)
	text := kit.Body("Deals")
	table := kit.NewTable(kit.TableOptions{Columns: dealColumns(), Rows: dealRows(3)})
	kittest.Window(t, container.NewBorder(text, nil, nil, nil, table), 600, 200)
	find := func(word string) color.Color {
		for _, o := range append(kittest.FindAll[*canvas.Text](text), kittest.FindAll[*canvas.Text](table)...) {
			if o.Text == word {
				return o.Color
			}
		}
		return nil
	}
	app.Settings().SetTheme(kit.Theme{Dark: true})
	for _, word := range []string{"Deals", "Brightwater"} {
		if find(word) != kit.Color(kit.ColorFg) {
			t.Errorf("%s keeps its light colour", word)
		}
	}
}

func TestEllipsis(t *testing.T) {
	kittest.App(t, false)
	const text = "Résumé of the quarter"
	for _, c := range []struct {
		width float32
		want  string
	}{
		{1000, text},
		{kit.Measure(text, kit.SizeBody, false), text},
		{kit.Measure("Résumé…", kit.SizeBody, false), "Résumé…"},
		{kit.Measure("Résumé o…", kit.SizeBody, false), "Résumé o…"},
		{kit.Measure("Résumé …", kit.SizeBody, false), "Résumé…"},
		{kit.Measure("…", kit.SizeBody, false), "…"},
		{2, ""},
	} {
		if got := kit.Ellipsis(text, c.width, kit.SizeBody, false); got != c.want {
			t.Errorf("width %v: %q, want %q", c.width, got, c.want)
		}
	}
}

func TestSeriesWraps(t *testing.T) {
	if kit.Series(0) != kit.Series(7) || kit.Series(0) == kit.Series(1) {
		t.Error("the series do not come round after seven")
	}
}

func TestLayouts(t *testing.T) {
	kittest.App(t, false)
	box := func() *fyne.Container { return kit.MinBox(fyne.NewSize(20, 10)) }
	a, b, c := box(), box(), box()
	spans := func(root *fyne.Container, size fyne.Size, of ...fyne.CanvasObject) []float32 {
		root.Resize(size)
		var got []float32
		for _, o := range of {
			got = append(got, o.Position().X, o.Size().Width)
		}
		return got
	}
	if got := spans(kit.HBox(4, a, kit.Space(), b), fyne.NewSize(100, 10), a, b); !slices.Equal(got, []float32{0, 20, 80, 20}) {
		t.Errorf("HBox: %v", got)
	}
	if got := spans(kit.Columns(10, []float32{0, 1, 3}, a, b, c), fyne.NewSize(120, 10), a, b, c); !slices.Equal(got, []float32{0, 20, 30, 20, 60, 60}) {
		t.Errorf("Columns: %v", got)
	}
	page := kit.Page(a, kit.Grow(b))
	page.Resize(fyne.NewSize(200, 100))
	if a.Size().Width != 168 || b.Size().Height != 100-2*16-10-12 {
		t.Errorf("Page: %v and %v", a.Size(), b.Size())
	}
	a.Hide()
	if got := kit.VBox(4, a, b).MinSize().Height; got != 10 {
		t.Errorf("a hidden object takes room: %v", got)
	}
}

func TestButtonKeysAndDisabling(t *testing.T) {
	kittest.App(t, false)
	presses := 0
	b := kit.NewButton(kit.ButtonOptions{Text: "New deal", Icon: "plus", OnTap: func() { presses++ }})
	hand := &kittest.Hand{Window: kittest.Window(t, kit.HBox(0, b), 200, 60)}
	if h := b.MinSize().Height; h != 28 {
		t.Errorf("a button is %v high", h)
	}
	middle := fyne.NewPos(20, 30)
	hand.Click(middle)
	hand.Key(fyne.KeySpace)
	hand.Key(fyne.KeyReturn)
	b.Disable()
	hand.Click(middle)
	hand.Key(fyne.KeySpace)
	if presses != 3 {
		t.Errorf("pressed %d times, want 3", presses)
	}
}

func TestSegmentedTellsOfPicks(t *testing.T) {
	kittest.App(t, false)
	var picked []int
	s := kit.NewSegmented([]kit.Segment{{Text: "Board"}, {Text: "Table"}, {Text: "Map"}}, func(i int) { picked = append(picked, i) })
	kittest.Window(t, s, 300, 28)
	s.SetCurrent(2)
	kittest.Button(s, "Table").Tapped(nil)
	kittest.Button(s, "Table").Tapped(nil)
	if !slices.Equal(picked, []int{1}) || s.Current() != 1 {
		t.Errorf("picked %v", picked)
	}
}

func TestStatusBarJob(t *testing.T) {
	kittest.App(t, false)
	bar := kit.NewStatusBar()
	w := kittest.Window(t, bar, 900, 24)
	stopped := false
	bar.Say("Saved")
	bar.SetJobs(&kit.StatusJob{Name: "Importing deals", Progress: 0.4, OnCancel: func() { stopped = true }})
	at, ok := kittest.At(bar, "Cancel")
	if !ok {
		t.Fatalf("shows %v", kittest.Texts(bar))
	}
	(&kittest.Hand{Window: w}).Click(at)
	bar.SetJobs()
	if !stopped || kittest.Shows(bar, "Importing deals") || !kittest.Shows(bar, "Saved") {
		t.Errorf("stopped %v, shows %v", stopped, kittest.Texts(bar))
	}
}

func TestGoldenControls(t *testing.T) {
	bothThemes(t, "controls", func() fyne.CanvasObject {
		button := func(text, icon string, kind kit.ButtonKind) *kit.Button {
			return kit.NewButton(kit.ButtonOptions{Text: text, Icon: icon, Kind: kind})
		}
		off := button("Publish", "check", kit.ButtonPrimary)
		off.Disable()
		held := button("Move stage", "arrow", kit.ButtonQuiet)
		held.FocusGained()
		hovered := button("Export", "download", kit.ButtonQuiet)
		hovered.MouseIn(nil)
		picker := kit.NewButton(kit.ButtonOptions{Text: "My team", Icon: "user", After: "chev"})
		views := kit.NewSegmented([]kit.Segment{{"Board", "pipeline"}, {"Table", "cols"}, {"Map", "territories"}}, nil)
		views.SetCurrent(1)
		bar := kit.NewStatusBar()
		bar.SetItems([]kit.StatusItem{
			{Icon: "book", Text: "North.book", Color: kit.ColorFg},
			{Icon: "user", Text: "Ada Lindqvist, manager"},
			{Icon: "warn", Text: "12 to fix", OnTap: func() {}},
		})
		bar.Say("Deal moved to Proposal")
		bar.SetJobs(&kit.StatusJob{Name: "Importing deals", Progress: 0.4, OnCancel: func() {}})
		return kit.VBox(12,
			kit.Pad(kit.Insets{Top: 12, Right: 16, Left: 16}, kit.HBox(8, kit.Title("Pipeline"), views, picker, kit.Space(), button("New deal", "plus", kit.ButtonPrimary))),
			kit.Pad(kit.Insets{Right: 16, Left: 16}, kit.HBox(8, held, hovered, button("", "more", kit.ButtonQuiet), button("Clear", "", kit.ButtonBare),
				button("Open calendar", "", kit.ButtonLink), button("Delete", "x", kit.ButtonDanger), off)),
			kit.Pad(kit.Insets{Right: 16, Left: 16}, kit.HBox(8, kit.Strong("Team against quota"), kit.Caption("USD, Oct 1 – Nov 17, n = 233"))),
			kit.Grow(kit.Gap(1, 1)), bar)
	}, fyne.NewSize(860, 190))
}
