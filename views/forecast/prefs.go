package forecast

import (
	"context"
	"encoding/json"

	"fieldbook/app"
	"fieldbook/views/kit"
)

// Names of what this screen remembers in the book, on this device.
const (
	prefRollup   = "forecast.table"
	prefAccuracy = "forecast.accuracy"
)

// store remembers the columns of a table. What cannot be remembered costs a
// click next time, so nothing is said of it.
func (s *Screen) store(name string, state kit.TableState) {
	b, err := json.Marshal(state)
	if err != nil {
		return
	}
	s.host.Runner.Go(func() { _ = s.host.App.SetPref(s.host.Context, name, string(b)) })
}

// columnsKept reads the columns of both tables as they were left.
func columnsKept(ctx context.Context, a *app.App) (map[string]kit.TableState, error) {
	out := map[string]kit.TableState{}
	for _, name := range []string{prefRollup, prefAccuracy} {
		text, err := a.Pref(ctx, name)
		if err != nil {
			return nil, err
		}
		var state kit.TableState
		if text != "" && json.Unmarshal([]byte(text), &state) == nil {
			out[name] = state
		}
	}
	return out, nil
}
