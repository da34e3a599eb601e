// Package shell is the window: navigation, title row, menu, palette and status
// bar. It is the only package that knows all screens, and it tells them when
// the book has changed.
package shell

import (
	"fieldbook/views/calendar"
	"fieldbook/views/coaching"
	"fieldbook/views/dashboards"
	"fieldbook/views/forecast"
	"fieldbook/views/home"
	"fieldbook/views/imports"
	"fieldbook/views/kit"
	"fieldbook/views/market"
	"fieldbook/views/performance"
	"fieldbook/views/pipeline"
	"fieldbook/views/playbook"
	"fieldbook/views/quotas"
	"fieldbook/views/reports"
	"fieldbook/views/review"
	"fieldbook/views/roster"
	"fieldbook/views/settings"
	"fieldbook/views/sharing"
	"fieldbook/views/territories"
)

// entry is one place of the navigation rail.
type entry struct {
	name  string // also the command line's word
	label string
	icon  string
	group string // "" stands apart, at the foot of the rail
	make  func(*kit.Host) kit.Screen

	hidden bool // not on the rail: reached from the menu or by dropping files
}

// entries is the navigation table, in the order of the rail. A new screen is
// one line here.
func entries() []entry {
	return []entry{
		{name: "home", label: "Home", icon: "home", group: "Sell", make: func(h *kit.Host) kit.Screen { return home.New(h) }},
		{name: "pipeline", label: "Pipeline", icon: "pipeline", group: "Sell", make: func(h *kit.Host) kit.Screen { return pipeline.New(h) }},
		{name: "forecast", label: "Forecast", icon: "forecast", group: "Sell", make: func(h *kit.Host) kit.Screen { return forecast.New(h) }},
		{name: "calendar", label: "Calendar", icon: "cal", group: "Sell", make: func(h *kit.Host) kit.Screen { return calendar.New(h) }},
		{name: "territories", label: "Territories", icon: "territories", group: "Plan", make: func(h *kit.Host) kit.Screen { return territories.New(h) }},
		{name: "quotas", label: "Quotas", icon: "quotas", group: "Plan", make: func(h *kit.Host) kit.Screen { return quotas.New(h) }},
		{name: "market", label: "Market", icon: "market", group: "Plan", make: func(h *kit.Host) kit.Screen { return market.New(h) }},
		{name: "roster", label: "Roster", icon: "roster", group: "Team", make: func(h *kit.Host) kit.Screen { return roster.New(h) }},
		{name: "coaching", label: "Coaching", icon: "coaching", group: "Team", make: func(h *kit.Host) kit.Screen { return coaching.New(h) }},
		{name: "review", label: "Meetings", icon: "users", group: "Team", make: func(h *kit.Host) kit.Screen { return review.New(h) }},
		{name: "playbook", label: "Playbook", icon: "playbook", group: "Team", make: func(h *kit.Host) kit.Screen { return playbook.New(h) }},
		{name: "dashboards", label: "Dashboards", icon: "layers", group: "Show", make: func(h *kit.Host) kit.Screen { return dashboards.New(h) }},
		{name: "performance", label: "Performance", icon: "performance", group: "Show", make: func(h *kit.Host) kit.Screen { return performance.New(h) }},
		{name: "reports", label: "Reports", icon: "reports", group: "Show", make: func(h *kit.Host) kit.Screen { return reports.New(h) }},
		{name: "sharing", label: "Sharing", icon: "sharing", group: "Share", make: func(h *kit.Host) kit.Screen { return sharing.New(h) }},
		{name: "import", label: "Import", icon: "download", hidden: true, make: func(h *kit.Host) kit.Screen { return imports.New(h) }},
		{name: "settings", label: "Settings", icon: "settings", make: func(h *kit.Host) kit.Screen { return settings.New(h) }},
	}
}

// Screens lists the names of all screens.
func Screens() []string {
	var names []string
	for _, e := range entries() {
		names = append(names, e.name)
	}
	return names
}
