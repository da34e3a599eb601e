package sheet

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// How days and times of a workbook are read.
const (
	isoDay    = "yyyy-mm-dd"
	isoMoment = "yyyy-mm-dd hh:mm:ss"
	isoTime   = "hh:mm:ss"
)

// english names the language of a format, so that the library need not look
// through all of them for each day: that is half of the time of reading.
const english = "[$-409]"

// plainStyles changes the number formats of an open workbook, in memory, so
// that days come out as ISO days and numbers as plain numbers, whatever they
// look like on screen.
func plainStyles(book *excelize.File) error {
	if book.Styles == nil || book.Styles.CellXfs == nil {
		return nil
	}
	count := len(book.Styles.CellXfs.Xf)
	ids := map[string]*int{}
	for _, code := range []string{isoDay, isoMoment, isoTime} {
		named := english + code
		style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &named})
		if err != nil {
			return err
		}
		ids[code] = book.Styles.CellXfs.Xf[style].NumFmtID
	}
	codes := map[int]string{}
	if book.Styles.NumFmts != nil {
		for _, f := range book.Styles.NumFmts.NumFmt {
			codes[f.NumFmtID] = f.FormatCode
		}
	}
	plain := -1 // no such format: the number is left alone
	for i := range count {
		xf := &book.Styles.CellXfs.Xf[i]
		code := ""
		if xf.NumFmtID != nil {
			var custom bool
			if code, custom = codes[*xf.NumFmtID]; !custom {
				code = builtInFormat(*xf.NumFmtID)
			}
		}
		xf.NumFmtID = &plain
		if iso := isoFormat(code); iso != "" {
			xf.NumFmtID = ids[iso]
		}
	}
	return nil
}

// builtInFormat gives a format code for the built-in ids that show days or
// times (ECMA-376 part 1, 18.8.30, with the East Asian ones); else "".
func builtInFormat(id int) string {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id >= 50 && id <= 58, id == 36:
		return isoDay
	case id == 22:
		return isoMoment
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
		return isoTime
	}
	return ""
}

// isoFormat gives the ISO form for a format code that shows a day or a time,
// and "" for one that shows a number or text.
func isoFormat(code string) string {
	bare := bareFormat(code)
	day := strings.ContainsAny(bare, "yd")
	hour := strings.ContainsAny(bare, "hs")
	switch {
	case strings.Contains(bare, "general"):
		return ""
	case day && hour:
		return isoMoment
	case day || (strings.Contains(bare, "m") && !hour && !strings.ContainsAny(bare, "0#?")):
		return isoDay
	case hour:
		return isoTime
	}
	return ""
}

// bareFormat takes the first section of a format code without quoted text,
// escaped signs and bracketed colours and locales; elapsed hours stay.
func bareFormat(code string) string {
	var bare strings.Builder
	code = strings.ToLower(code)
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return bare.String()
			}
			i += end + 1
		case '\\', '_', '*':
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return bare.String()
			}
			if inside := code[i+1 : i+end]; strings.Trim(inside, "hms") == "" {
				bare.WriteString(inside)
			}
			i += end
		case ';':
			return bare.String()
		default:
			bare.WriteByte(c)
		}
	}
	return bare.String()
}
