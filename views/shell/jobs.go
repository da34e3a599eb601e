package shell

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"fieldbook/app/job"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// job runs long work with its name, progress and Cancel in the status bar.
func (s *session) job(name string, work func(ctx context.Context, progress func(done, total int64)) error, then func()) {
	status := &kit.StatusJob{Name: name}
	show := func(p job.Progress) {
		s.host.Runner.Do(func() {
			status.Progress = p.Share()
			s.showJobs()
		})
	}
	clock := func() data.Instant { return s.app.Now() }
	j, run := job.Start(s.host.Context, name, clock, show)
	status.OnCancel = j.Cancel
	s.jobs = append(s.jobs, status)
	s.showJobs()
	s.host.Runner.Go(func() {
		err := run(work)
		s.host.Runner.Do(func() {
			s.jobs = slices.DeleteFunc(s.jobs, func(x *kit.StatusJob) bool { return x == status })
			s.showJobs()
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

func (s *session) showJobs() { s.frame.status.SetJobs(s.jobs...) }

// listJobs offers to cancel each of several jobs, the newest first.
func (s *session) listJobs(clicked fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for _, j := range slices.Backward(s.jobs) {
		items = append(items, fyne.NewMenuItem(lang.T("Cancel: %s", j.Name), j.OnCancel))
	}
	s.host.ShowUnder(clicked, items...)
}
