package app

import "strings"

// outerKey is the id that another program gave a record, as records are told
// apart by it. Some write one id in two ways: with 15 signs or with 18, of which
// the last three only check the capitals; with or without a prefix.
func outerKey(outer string) string {
	if rest, ok := strings.CutPrefix(outer, "zcrm_"); ok && rest != "" {
		return rest
	}
	if len(outer) == 18 && outer[15:] == idCheck(outer[:15]) {
		return outer[:15]
	}
	return outer
}

// idCheck gives the three signs behind an id of 15: each tells which of five
// signs are capitals. It is "" for text that is no such id.
func idCheck(id string) string {
	const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
	var check [3]byte
	for part := range check {
		bits := 0
		for i := range 5 {
			switch c := id[5*part+i]; {
			case c >= 'A' && c <= 'Z':
				bits |= 1 << i
			case (c < 'a' || c > 'z') && (c < '0' || c > '9'):
				return ""
			}
		}
		check[part] = signs[bits]
	}
	return string(check[:])
}
