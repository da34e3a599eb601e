package roster

import (
	"context"
	"strconv"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// openWanted asks for how many of the people whom the revenue plan lacks places
// are to be opened, region by region.
func (f *hiringFace) openWanted() {
	h := f.s.host
	var missing []app.MissingHeads
	h.Act(lang.T("Compared the revenue plan with what people can sell"), func(ctx context.Context) (err error) {
		missing, err = h.App.Hiring.Missing(ctx)
		return err
	}, func() {
		if len(missing) == 0 {
			h.Say(lang.T("Who is here and who is to come can sell what the plan asks for in every region"))
			return
		}
		f.askWanted(missing)
	})
}

func (f *hiringFace) askWanted(missing []app.MissingHeads) {
	h := f.s.host
	n := f.s.words.Num
	var fields []kit.Field
	for _, m := range missing {
		fields = append(fields, kit.Field{
			Key: m.Region.String(), Label: m.Name, Kind: kit.FieldWhole, Value: strconv.Itoa(m.Heads), Help: lang.T("%s short of the plan, and one sells %s a year", n.Whole(m.Gap), n.Whole(m.Each)),
		})
	}
	roles := []kit.Option{{Key: data.RoleRep, Text: lang.T("Rep")}, {Key: data.RoleManager, Text: lang.T("Manager")}}
	fields = append(fields, kit.Field{Key: "role", Label: lang.T("As"), Kind: kit.FieldChoice, Options: roles, Value: data.RoleRep, Required: true},
		kit.Field{Key: "needed", Label: lang.T("Needed from"), Kind: kit.FieldDay, Value: h.View().Today.AddDays(60).String()})
	f.s.ask(lang.T("Open the places that the revenue plan asks for"), lang.T("Opened places by the revenue plan"), lang.T("Open"), fields, func(ctx context.Context, v kit.Values) error {
		needed, err := v.Day("needed")
		if err != nil {
			return err
		}
		var wanted []app.Wanted
		for _, m := range missing {
			heads, err := strconv.Atoi(v[m.Region.String()])
			if err != nil {
				heads = 0 // left blank
			}
			wanted = append(wanted, app.Wanted{Region: m.Region, Heads: heads})
		}
		return h.App.Hiring.OpenWanted(ctx, wanted, v["role"], needed)
	})
}
