package sheet

import (
	"errors"
	"strconv"
	"strings"
)

// cellFormat says how the number in a cell is to be read.
type cellFormat int

const (
	asNumber cellFormat = iota
	asDay
	asMoment
	asTime
)

// readStyles finds out which styles of cells show days or times, whatever they
// look like on screen.
func (b *workbookParts) readStyles(part string) error {
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format string `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.decode(part, &styles); err != nil {
		if errors.Is(err, errNoPart) {
			return nil
		}
		return err
	}
	codes := map[string]string{}
	for _, f := range styles.Formats {
		codes[strconv.Itoa(f.ID)] = f.Code
	}
	for _, c := range styles.Cells {
		code, custom := codes[c.Format]
		id, err := strconv.Atoi(c.Format)
		switch {
		case custom:
			b.formats = append(b.formats, formatOf(code))
		case err == nil:
			b.formats = append(b.formats, builtInFormat(id))
		default:
			b.formats = append(b.formats, asNumber)
		}
	}
	return nil
}

// builtInFormat knows the built-in ids that show days or times (ECMA-376 part
// 1, 18.8.30, with the East Asian ones).
func builtInFormat(id int) cellFormat {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id >= 50 && id <= 58, id == 36:
		return asDay
	case id == 22:
		return asMoment
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
		return asTime
	}
	return asNumber
}

// formatOf tells a format code that shows a day or a time from one that shows a
// number or text.
func formatOf(code string) cellFormat {
	bare := bareFormat(code)
	day := strings.ContainsAny(bare, "yd")
	hour := strings.ContainsAny(bare, "hs")
	switch {
	case strings.Contains(bare, "general"):
		return asNumber
	case day && hour:
		return asMoment
	case day || (strings.Contains(bare, "m") && !hour && !strings.ContainsAny(bare, "0#?")):
		return asDay
	case hour:
		return asTime
	}
	return asNumber
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
