package home

import (
	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// planBar shows won, ticked and quota on one scale, with what is expected by now.
type planBar struct {
	box                     *fyne.Container
	track, won, add, tick   *kit.Box
	wonText, addText, quota *kit.Text
	wonAt, addAt, tickAt    float32 // shares of the width
}

func newPlanBar() *planBar {
	caption := func(align fyne.TextAlign) *kit.Text {
		return kit.NewText("", kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Align: align})
	}
	b := &planBar{
		track: kit.Fill(kit.ColorTrack), won: kit.Fill(kit.ColorAccent), add: kit.Fill(kit.ColorRamp2), tick: kit.Fill(kit.ColorFg),
		wonText: caption(fyne.TextAlignLeading), addText: caption(fyne.TextAlignCenter), quota: caption(fyne.TextAlignTrailing),
	}
	b.box = &fyne.Container{Layout: b, Objects: []fyne.CanvasObject{b.track, b.won, b.add, b.tick, b.wonText, b.addText, b.quota}}
	return b
}

// set shows a plan; without a quota the bar ends at what would be won.
func (b *planBar) set(p plan, s *sheet) {
	end := float32(max(p.quota, p.Value, 1))
	b.wonAt, b.addAt, b.tickAt = float32(p.won)/end, float32(p.Value)/end, 0
	b.wonText.SetText(lang.T("won %s", s.num.Whole(p.won)))
	b.addText.SetText("")
	if p.Deals > 0 {
		b.addText.SetText(lang.T("ticked %s", s.num.Whole(p.Added)))
	}
	b.quota.SetText(lang.T("no quota"))
	if p.quota > 0 {
		b.quota.SetText(lang.T("quota %s", s.num.Whole(p.quota)))
		if s.Share < 1 {
			b.tickAt = float32(p.quota) * float32(s.Share) / end
		}
	}
	b.box.Refresh()
}

const planThick = 14

// MinSize implements fyne.Layout.
func (b *planBar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, planThick+22) }

// Layout implements fyne.Layout.
func (b *planBar) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(max(0, w), h))
	}
	place(b.track, 0, 2, size.Width, planThick)
	place(b.won, 0, 2, size.Width*b.wonAt, planThick)
	place(b.add, size.Width*b.wonAt+1, 2, size.Width*(b.addAt-b.wonAt)-1, planThick)
	b.tick.Hidden = b.tickAt == 0
	place(b.tick, size.Width*b.tickAt-1, 0, 2, planThick+4)
	third := size.Width / 3
	y := float32(planThick + 6)
	place(b.wonText, 0, y, third, 16)
	place(b.addText, third, y, third, 16)
	place(b.quota, 2*third, y, third, 16)
}
