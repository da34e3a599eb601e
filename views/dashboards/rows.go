package dashboards

import (
	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

func asksOf(l app.Layout) []app.PaneAsk {
	out := make([]app.PaneAsk, len(l.Cards))
	for i, c := range l.Cards {
		out[i] = c.PaneAsk
	}
	return out
}

// pageName is what a page is called; the one by itself by its role.
func pageName(p app.Dashboard) string {
	if p.ID.IsZero() {
		return lang.T("For a %s", lower(p.Role))
	}
	return p.Name
}

func lower(role string) string {
	return map[string]string{data.RoleRep: lang.T("rep"), data.RoleManager: lang.T("manager"), data.RoleLead: lang.T("lead")}[role]
}

func roleText(role string) string {
	return map[string]string{data.RoleRep: lang.T("for reps"), data.RoleManager: lang.T("for managers"), data.RoleLead: lang.T("for leads")}[role]
}
