package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// codePage is a single-byte encoding with the letters that its languages use
// most and those they use now and then.
type codePage struct {
	encoding  Encoding
	often     string
	sometimes string
}

const (
	westernOften     = "éèàçäöüßñáóíúêôåæøãõâûî"
	westernSometimes = "ìòùëïÿœšžýðþ"
	cyrillicOften    = "оеаинтсрвлкмдпуя"
	cyrillicSome     = "ыьгзбчйхжшюцщэфъёіїєґўјљњћђџ"
)

// codePages is in order of preference where the score is equal.
func codePages() []codePage {
	return []codePage{
		{Windows1252, westernOften, westernSometimes},
		{Mac, westernOften, westernSometimes},
		{Windows1250, "áéíýčěřšžůúółąęśćńżźőűöüäß", "ďťňăâîşţđçë"},
		{Windows1254, "ığşçöü", "âîéèàäßñ"},
		{Windows1257, "āčēģīķļņšūžąęėįų", "õäöüéó"},
		{Windows1251, cyrillicOften, cyrillicSome},
		{KOI8R, cyrillicOften, cyrillicSome},
		{MacCyrillic, cyrillicOften, cyrillicSome},
		{Windows1253, "αεηιοσντρπκλμυςάέήίό", "βγδζθξφχψωύώϊϋ"},
		{Windows1255, "יוהלארתמבשנםן", "גדזחטכךסעפףצץק"},
		{Windows1256, "اليمنوترهبعدةسفقحك", "ئأإىآءؤثجخذزشصضطظغپچژگ"},
	}
}

// detectCodePage finds the single-byte encoding under which the bytes above
// 0x7F read most like words.
func detectCodePage(head []byte) Encoding {
	best, bestScore := Windows1252, -1e18
	for _, page := range codePages() {
		if score := page.score(head); score > bestScore {
			best, bestScore = page.encoding, score
		}
	}
	return best
}

// score rates each high byte: letters in use count for the page; unassigned
// codes, signs inside words, capitals behind small letters and scripts mixed
// within a word count against it.
func (p codePage) score(head []byte) float64 {
	page := charmaps[p.encoding]
	total := 0.0
	for i, c := range head {
		if c < utf8.RuneSelf {
			continue
		}
		around := neighbours{at: page.DecodeByte(c)}
		if i > 0 {
			around.before = page.DecodeByte(head[i-1])
		}
		if i+1 < len(head) {
			around.after = page.DecodeByte(head[i+1])
		}
		total += p.rate(around)
	}
	return total
}

// neighbours is a letter with the ones around it; 0 at an edge.
type neighbours struct{ before, at, after rune }

func (p codePage) rate(n neighbours) float64 {
	switch {
	case n.at == utf8.RuneError || unicode.IsControl(n.at):
		return -20
	case !unicode.IsLetter(n.at):
		return rateSign(n)
	}
	rating := -1.0
	low := unicode.ToLower(n.at)
	switch {
	case strings.ContainsRune(p.often, low):
		rating = 2
	case strings.ContainsRune(p.sometimes, low):
		rating = 0.5
	}
	if unicode.IsUpper(n.at) {
		rating -= 0.5
	}
	if !unicode.IsLetter(n.before) {
		return rating
	}
	latin := unicode.Is(unicode.Latin, n.at)
	switch {
	case latin != unicode.Is(unicode.Latin, n.before):
		rating -= 4
	case unicode.IsLower(n.before) && unicode.IsUpper(n.at):
		rating -= 4
	case latin && n.before >= utf8.RuneSelf:
		rating -= 1.5
	}
	if strings.ContainsRune("ךםןףץςةى", n.at) && unicode.IsLetter(n.after) {
		rating -= 4
	}
	return rating
}

func rateSign(n neighbours) float64 {
	switch {
	case unicode.Is(unicode.Mn, n.at):
		return -1
	case unicode.IsLetter(n.before) && unicode.IsLetter(n.after) && !strings.ContainsRune("’‘·\u00ad", n.at):
		return -4
	case strings.ContainsRune("«»“”„‘’–—…€£©®°§ªº№\u00a0¿¡·،؟؛", n.at):
		return 0.5
	}
	return -1
}

// detectMultiByte finds East Asian text: the high bytes come in pairs, nearly
// all of them within the range of the common characters of one encoding.
func detectMultiByte(head []byte) (Encoding, bool) {
	var n pairCounts
	last := -1
	for i := 0; i+1 < len(head); i++ {
		if head[i] >= utf8.RuneSelf {
			n.add(head[i], head[i+1])
			if i == last+2 {
				n.joined++
			}
			last = i
			i++
		}
	}
	const enough = 0.9
	highTrail := n.share(n.highTrail)
	switch {
	case n.pairs < 4:
		return "", false
	case n.share(n.kana) > 0.3 || n.share(n.japanese) > 0.95 && n.share(n.joined) > 0.5:
		return ShiftJIS, true
	case highTrail > 0.98 && n.share(n.hangul) > enough:
		return EUCKR, true
	case highTrail > 0.98 && n.share(n.han) > enough:
		return GB18030, true
	case n.share(n.hanLow) > enough && highTrail < 0.9 && highTrail > 0.2:
		return Big5, true
	}
	return "", false
}

// inShiftJIS reports whether two bytes can be a letter of Shift JIS.
func inShiftJIS(lead, trail byte) bool {
	return trail >= 0x40 && (within(lead, 0x81, 0x9F) || within(lead, 0xE0, 0xEA))
}

// pairCounts counts pairs of bytes by the ranges that they lie in.
type pairCounts struct{ pairs, hangul, han, hanLow, kana, japanese, joined, highTrail int }

func (n *pairCounts) add(lead, trail byte) {
	high, low := trail >= 0xA1, within(trail, 0x40, 0x7E)
	n.pairs++
	if high {
		n.highTrail++
	}
	if high && within(lead, 0xB0, 0xC8) {
		n.hangul++
	}
	if lead == 0x82 && trail >= 0x9F || lead == 0x83 && within(trail, 0x40, 0x96) {
		n.kana++
	}
	if inShiftJIS(lead, trail) {
		n.japanese++
	}
	if high && within(lead, 0xB0, 0xD7) {
		n.han++
	}
	if (high || low) && within(lead, 0xA1, 0xC6) {
		n.hanLow++
	}
}

func within(b, low, high byte) bool { return b >= low && b <= high }

// share is the part of all pairs that of are.
func (n *pairCounts) share(of int) float64 { return float64(of) / float64(max(n.pairs, 1)) }
