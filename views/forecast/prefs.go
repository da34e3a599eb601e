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
