package sharing

import (
	"fmt"
	"time"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// deviceRows list members, one line for each device.
func deviceRows(list []app.Participant) kit.SliceRows {
	var out kit.SliceRows
	for _, m := range list {
		for i, d := range m.Devices {
			who, role := kit.Cell{}, kit.Cell{}
			if i == 0 {
				who = kit.Cell{Text: m.Person.Title(), Bold: true}
				if m.Founder {
					who.Tag = kit.Pill{Text: lang.T("founder")}
				}
				role = kit.Cell{Text: roleName(m.Role)}
			}
			name := kit.Cell{Text: d.Name}
			if d.Invitation {
				name = kit.Cell{Text: lang.T("Invitation"), Icon: "mail", Ink: kit.ColorFg2}
			}
			words := kit.Cell{Text: d.Words}
			if d.Revoked {
				name.Color, words.Color = kit.ColorFg2, kit.ColorFg2
			}
			out = append(out, kit.Row{ID: d.ID.String(), Cells: []kit.Cell{who, role, name, words, deviceState(m, d)}})
		}
	}
	return out
}

// deviceState says how a device of a member stands.
func deviceState(m app.Participant, d app.Device) kit.Cell {
	joined := false
	for _, o := range m.Devices {
		joined = joined || !o.Invitation
	}
	switch {
	case d.Invitation && d.Revoked && joined:
		return kit.Cell{Text: lang.T("Invitation used"), Icon: "check", Color: kit.ColorFg2}
	case d.Invitation && d.Revoked:
		return kit.Cell{Text: lang.T("Invitation withdrawn"), Icon: "x", Color: kit.ColorFg2}
	case d.Invitation:
		return kit.Cell{Text: lang.T("Not joined yet"), Icon: "clock", Ink: kit.ColorWarn}
	case d.Revoked:
		return kit.Cell{Text: lang.T("Revoked"), Icon: "x", Ink: kit.ColorBad}
	case d.Mine:
		return kit.Cell{Text: lang.T("This computer"), Icon: "check", Ink: kit.ColorGood}
	}
	return kit.Cell{Text: lang.T("Member"), Icon: "check", Ink: kit.ColorGood}
}

// roleName is a role as a member has it; nothing is a rep's.
func roleName(role string) string {
	switch role {
	case data.RoleLead:
		return lang.T("Lead")
	case data.RoleManager:
		return lang.T("Manager")
	}
	return lang.T("Rep")
}

// roleWord is a role within a sentence.
func roleWord(role string) string {
	switch role {
	case data.RoleLead:
		return lang.T("lead")
	case data.RoleManager:
		return lang.T("manager")
	}
	return lang.T("rep")
}

// heldKey names a change in quarantine in a table.
func heldKey(h app.Held) string { return fmt.Sprintf("%s:%d", h.Dot.Replica, h.Dot.Seq) }

// heldRow shows a change in quarantine: the record, what was to become of it,
// by whom, and why it does not count.
func heldRow(h app.Held, zone *time.Location) kit.Row {
	label := h.Kind
	if h.Label != "" {
		label = lang.T(h.Label)
	}
	what := kit.Cell{Text: lang.T("No change any more"), Color: kit.ColorFg2}
	if n := len(h.Changes); n > 0 {
		what = kit.Cell{Text: changeText(h.Changes[0])}
		if n > 1 {
			what.Sub = lang.N("and %d field more", "and %d fields more", n-1, n-1)
		}
	}
	state := kit.Cell{Text: kit.Capital(h.Reason), Icon: "x", Ink: kit.ColorBad, Sub: lang.T("refused")}
	if h.Waits {
		state.Icon, state.Ink, state.Sub = "clock", kit.ColorWarn, lang.T("waits: may count once more comes")
	}
	who := kit.Cell{Text: h.Act.Name, Sub: clockWord(h.Act.Stamp.Instant(), zone)}
	return kit.Row{ID: heldKey(h), Cells: []kit.Cell{{Text: h.Title, Sub: label, Bold: true}, what, who, state}}
}

// changeText is a field as it is and as it was to be.
func changeText(c app.FieldChange) string {
	old, now := c.Old, c.New
	if old == "" {
		old = kit.EnDash
	}
	if now == "" {
		now = lang.T("empty")
	}
	return lang.T("%s: %s → %s", lang.T(c.Label), old, now)
}

// invitedWord says what an invitation does.
func invitedWord(in *app.Invited) string {
	return lang.T("This file makes this computer a member as %s (%s); you will see %s. Founder's fingerprint: %s", in.Name, roleWord(in.Role), lang.T(in.Sees), in.Words)
}

// refusedWord says what of files would not count.
func refusedWord(sum app.MergedFile) string {
	text := ""
	if n := sum.Refused; n > 0 {
		text = lang.N("%d change was made without a right to it and will not count", "%d changes were made without a right to them and will not count", n, n)
	}
	if n := sum.Waiting; n > 0 {
		if text != "" {
			text += "; "
		}
		text += lang.N("%d change cannot be judged until more comes", "%d changes cannot be judged until more comes", n, n)
	}
	return lang.T("%s. After the merge you find them under Refused", text)
}
