package territories

import (
	"context"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// placing puts accounts whose place is not known on the map, one click each.
type placing struct {
	p     *planner
	queue []planning.Account // the first is the one asked for
}

func (g *placing) on() bool { return len(g.queue) > 0 }

// begin asks for the accounts one after the other.
func (g *placing) begin(list []planning.Account) {
	g.p.drop()
	g.queue = list
	g.p.view.SetTool(kit.MapPin)
	g.p.s.host.Window.Canvas().Focus(g.p.view)
	g.p.card.show()
}

// skip goes on with the next account, if it was not called off meanwhile.
func (g *placing) skip() {
	if !g.on() {
		return
	}
	if g.queue = g.queue[1:]; !g.on() {
		g.stop()
		return
	}
	g.p.card.show()
}

func (g *placing) stop() {
	g.queue = nil
	g.p.view.SetTool(g.p.tool)
	g.p.card.show()
}

// pin says where the account that is asked for is.
func (g *placing) pin(lon, lat float64) {
	if !g.on() {
		return
	}
	g.p.placeAccount(g.queue[0], lon, lat, g.skip)
}

// rows are the card of the account that is asked for.
func (g *placing) rows() []kit.Action {
	a := g.queue[0]
	actions := []kit.Action{{Text: lang.T("Open"), Do: func() {
		g.stop()
		g.p.s.Open(kit.Target{Kind: data.KindAccount, ID: a.ID})
	}}}
	if len(g.queue) > 1 {
		actions = append(actions, kit.Action{Text: lang.T("Skip"), Do: g.skip})
	}
	return append(actions, kit.Action{Text: lang.T("Stop"), Do: g.stop})
}

// beginPlacing asks where an account is, and after it the others of a list.
func (p *planner) beginPlacing(list []int, first data.ID) {
	var queue []planning.Account
	at := 0
	for n, i := range list {
		if p.book.Accounts[i].ID == first {
			at = n
		}
	}
	for n := range list {
		queue = append(queue, p.book.Accounts[list[(at+n)%len(list)]])
	}
	p.placing.begin(queue)
}

// askPlaces asks for a list of places by which accounts are put on the map beside
// those that the map knows.
func (p *planner) askPlaces() {
	title := lang.T("Choose a list of places of GeoNames")
	kit.OpenFile(p.s.host.Window, kit.FileAsk{Title: title, Endings: []string{".txt", ".tsv"}, Then: func(path string) {
		var info app.GazetteerInfo
		p.s.host.Job(title, func(ctx context.Context, _ func(done, total int64)) (err error) {
			info, err = p.s.host.App.Gazetteer.Use(ctx, path)
			return err
		}, func() {
			p.s.host.Say(lang.T("%s towns and %s postal codes are known besides", p.words.Num.Count(info.Cities), p.words.Num.Count(info.Postal)))
		})
	}})
}
