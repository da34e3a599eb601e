package cli

import (
	"context"

	"fieldbook/app"
	"fieldbook/data"
)

type placesCmd struct {
	File string `arg:"" optional:"" type:"path" help:"A text file of GeoNames: places (cities15000.txt) or postal codes (GB_full.txt). Without one it is told which is in use."`
	None bool   `help:"Go without a list."`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

// Validate refuses a file together with none.
func (c placesCmd) Validate() error {
	if c.None && c.File != "" {
		return data.Errorf(data.Invalid, "name a file or --none, not both")
	}
	return nil
}

func (c placesCmd) Run(ctx context.Context, s *session) error {
	if c.File == "" && !c.None {
		return s.read(ctx, func(a *app.App) error {
			info, err := a.Gazetteer.Info(ctx)
			if err != nil {
				return err
			}
			return c.tell(s, info)
		})
	}
	return s.write(ctx, func(a *app.App) error {
		info, err := a.Gazetteer.Use(ctx, c.File)
		if err != nil {
			return err
		}
		return c.tell(s, info)
	})
}

func (c placesCmd) tell(s *session, info app.GazetteerInfo) error {
	if info.Fault != nil {
		return info.Fault
	}
	if c.JSON {
		return writeJSON(s.Out, struct {
			File   string `json:"file"`
			Cities int    `json:"cities"`
			Postal int    `json:"postal_codes"`
		}{info.Path, info.Cities, info.Postal})
	}
	if info.Path == "" {
		return s.say("no list of places is in use; accounts are placed by the towns and postal codes of the map")
	}
	return s.say("%s: %d towns, %d postal codes", info.Path, info.Cities, info.Postal)
}
