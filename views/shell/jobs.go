package shell

import (
	"context"

	"fieldbook/app/job"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// job runs long work with its name, progress and Cancel in the status bar.
func (s *session) job(name string, work func(ctx context.Context, progress func(done, total int64)) error, then func()) {
	status := &kit.StatusJob{Name: name}
	show := func(p job.Progress) {
		status.Progress = p.Share()
		s.host.Runner.Do(func() { s.frame.status.SetJob(status) })
	}
	clock := func() data.Instant { return s.app.Now() }
	j, run := job.Start(s.host.Context, name, clock, show)
	status.OnCancel = j.Cancel
	s.frame.status.SetJob(status)
	s.host.Runner.Go(func() {
		err := run(work)
		s.host.Runner.Do(func() {
			s.frame.status.SetJob(nil)
			switch {
			case data.KindOf(err) == data.Canceled && err != nil:
				s.host.Say(name + " · " + kit.Message(err, ""))
			case err != nil:
				kit.Failure(s.host.Window, name, err, nil)
			default:
				s.host.Say(name)
				if then != nil {
					then()
				}
			}
		})
	})
}
