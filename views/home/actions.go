package home

import (
	"context"
	"strings"

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
	if l, ok := s.sheet.links.find(key); ok {
		s.follow(l)
	}
}

func (s *Screen) follow(l link) {
	arrive := func(keys []data.Key) {
		s.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, Keys: keys, Title: l.title})
	}
	if l.behind == nil {
		arrive(l.keys)
		return
	}
	var keys []data.Key
	q := s.sheet.FigureQuery
	s.host.Act(l.title, func(ctx context.Context) error {
		var err error
		keys, err = s.host.App.Performance.Deals(ctx, q, l.behind...)
		return err
	}, func() { arrive(keys) })
}

func (s *Screen) showWon() {
	if s.sheet != nil {
		s.open(s.sheet.opens(lang.T("Won, %s", s.sheet.span()), s.sheet.Period, metrics.WonDeals))
	}
}

func (s *Screen) showStalled() {
	if s.sheet != nil {
		s.follow(link{title: lang.T("Stalled deals"), keys: s.sheet.Needs.Stalled.Keys})
	}
}
