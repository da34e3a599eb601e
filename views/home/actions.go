package home

import (
	"strings"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// dealPrefix begins the key of a line that is one deal.
const dealPrefix = "deal:"

// open follows a mark or a line to its deal or the deals behind it.
func (s *Screen) open(key string) {
	if text, ok := strings.CutPrefix(key, dealPrefix); ok {
		if id, err := data.ParseID(text); err == nil {
			s.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: id})
		}
		return
	}
	if s.sheet == nil {
		return
	}
	if l, ok := s.sheet.links.Find(key); ok {
		s.follow(l)
	}
}

func (s *Screen) follow(l app.PaneLink) { s.host.OpenPaneLink(s.sheet.FigureQuery, l) }

func (s *Screen) showWon() {
	if s.sheet != nil {
		s.open(s.sheet.opens(lang.T("Won, %s", s.sheet.span()), s.sheet.Period, metrics.WonDeals))
	}
}

func (s *Screen) showStalled() {
	if s.sheet != nil {
		s.follow(app.PaneLink{Title: lang.T("Stalled deals"), Keys: s.sheet.Needs.Stalled.Keys})
	}
}
