package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"fieldbook/data"
)

// Encoding is how text is written as bytes, by its IANA name.
type Encoding string

// The encodings that can be read. Latin-1 is found as Windows-1252, which
// gives the same letters.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Latin1      Encoding = "iso-8859-1"
	Latin2      Encoding = "iso-8859-2"
	Latin9      Encoding = "iso-8859-15"
	Windows1250 Encoding = "windows-1250"
	Windows1251 Encoding = "windows-1251"
	Windows1252 Encoding = "windows-1252"
	Windows1253 Encoding = "windows-1253"
	Windows1254 Encoding = "windows-1254"
	Windows1255 Encoding = "windows-1255"
	Windows1256 Encoding = "windows-1256"
	Windows1257 Encoding = "windows-1257"
	Windows1258 Encoding = "windows-1258"
	KOI8R       Encoding = "koi8-r"
	Mac         Encoding = "macintosh"
	MacCyrillic Encoding = "x-mac-cyrillic"
	Big5        Encoding = "big5"
	EUCKR       Encoding = "euc-kr"
	GB18030     Encoding = "gb18030"
	ShiftJIS    Encoding = "shift_jis"
)

// Encodings lists every encoding that can be chosen, the usual ones first.
func Encodings() []Encoding {
	return []Encoding{
		UTF8, UTF16LE, UTF16BE, Windows1252, Latin1, Latin9, Mac, Windows1250, Latin2, Windows1251, KOI8R,
		MacCyrillic, Windows1253, Windows1254, Windows1255, Windows1256, Windows1257, Windows1258, Big5, GB18030, EUCKR, ShiftJIS,
	}
}

// codec gives the decoder of e; nil for UTF-8, which needs none.
func (e Encoding) codec() (encoding.Encoding, error) {
	switch e {
	case UTF8:
		return nil, nil
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), nil
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), nil
	case Big5:
		return traditionalchinese.Big5, nil
	case EUCKR:
		return korean.EUCKR, nil
	case GB18030:
		return simplifiedchinese.GB18030, nil
	case ShiftJIS:
		return japanese.ShiftJIS, nil
	default:
		if page := charmaps[e]; page != nil {
			return page, nil
		}
		return nil, data.Errorf(data.Invalid, "The encoding %q is not known. Choose one of the list.", string(e))
	}
}

// charmaps are the tables of the single-byte encodings.
var charmaps = map[Encoding]*charmap.Charmap{
	Latin1:      charmap.ISO8859_1,
	Latin2:      charmap.ISO8859_2,
	Latin9:      charmap.ISO8859_15,
	Windows1250: charmap.Windows1250,
	Windows1251: charmap.Windows1251,
	Windows1252: charmap.Windows1252,
	Windows1253: charmap.Windows1253,
	Windows1254: charmap.Windows1254,
	Windows1255: charmap.Windows1255,
	Windows1256: charmap.Windows1256,
	Windows1257: charmap.Windows1257,
	Windows1258: charmap.Windows1258,
	KOI8R:       charmap.KOI8R,
	Mac:         charmap.Macintosh,
	MacCyrillic: charmap.MacintoshCyrillic,
}

// bom gives the byte order mark of e.
func (e Encoding) bom() []byte {
	switch e {
	case UTF8:
		return []byte{0xEF, 0xBB, 0xBF}
	case UTF16LE:
		return []byte{0xFF, 0xFE}
	case UTF16BE:
		return []byte{0xFE, 0xFF}
	default:
		return nil
	}
}

// decode wraps src, standing behind any byte order mark, so that it gives UTF-8.
func (e Encoding) decode(src io.Reader) (io.Reader, error) {
	codec, err := e.codec()
	if err != nil || codec == nil {
		return src, err
	}
	return transform.NewReader(src, codec.NewDecoder()), nil
}

// detectEncoding finds the encoding of head and whether a mark said so.
func detectEncoding(head []byte) (e Encoding, marked bool) {
	for _, e := range []Encoding{UTF8, UTF16LE, UTF16BE} {
		if bytes.HasPrefix(head, e.bom()) {
			return e, true
		}
	}
	if e, ok := detectUTF16(head); ok {
		return e, false
	}
	if utf8.Valid(trimPartialRune(head)) {
		return UTF8, false
	}
	if e, ok := detectMultiByte(head); ok {
		return e, false
	}
	return detectCodePage(head), false
}

// detectUTF16 finds unmarked UTF-16 by where the zero bytes stand: text in a
// European language has one in nearly every unit, always on the same side.
func detectUTF16(head []byte) (Encoding, bool) {
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	units := len(head) / 2
	switch {
	case units == 0:
		return "", false
	case zeros[1]*2 > units && zeros[0]*20 < units:
		return UTF16LE, true
	case zeros[0]*2 > units && zeros[1]*20 < units:
		return UTF16BE, true
	}
	return "", false
}

// trimPartialRune takes off a UTF-8 sequence that the end of head cuts.
func trimPartialRune(head []byte) []byte {
	for i := 1; i <= min(3, len(head)); i++ {
		if c := head[len(head)-i]; utf8.RuneStart(c) {
			if c >= 0xC0 && !utf8.FullRune(head[len(head)-i:]) {
				return head[:len(head)-i]
			}
			break
		}
	}
	return head
}

// plainASCII reports whether b holds no byte above 0x7F.
func plainASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
