package shell

import (
	"log/slog"
	"time"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// dayCheck is how often it is looked whether a new day has begun: computers
// sleep, and a timer set for midnight sleeps with them.
const dayCheck = 5 * time.Minute

// heedPlans puts in force what was published for a day that has come, now and
// whenever a new day begins.
func (s *session) heedPlans() {
	if s.closed || s.app.Book().ReadOnly {
		return
	}
	if today := s.app.Today(); today != s.planned {
		s.planned = today
		s.takeForce()
	}
	s.host.Runner.After(dayCheck, s.heedPlans)
}

// takeForce moves the accounts of a plan whose first day has come. It is quiet
// where there is none, and where somebody else has the right to do it.
func (s *session) takeForce() {
	s.host.Runner.Go(func() {
		done, err := s.app.Plans.TakeForce(s.host.Context)
		s.host.Runner.Do(func() {
			switch {
			case s.closed || data.KindOf(err) == data.Refused || data.KindOf(err) == data.Canceled:
			case err != nil:
				slog.Error("a plan that takes force today", "err", err)
			case done != app.Published{}:
				s.host.Say(lang.T("A plan is in force from today. Accounts in another territory: %d, with another owner: %d", done.Accounts, done.Owners))
			}
		})
	})
}
