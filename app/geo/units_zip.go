package geo

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// zips are the postal areas of the United States by their number. Those with
// the same three digits stand together.
type zips struct {
	numbers  []int32
	counties []int32 // places in world.counties
	centres  []Point
	codes    string // "US/z00601US/z00602…"
	areas    []area
	areaOf   []int32
	regions  map[string]*region // by state
}

// area is a ZIP3.
type area struct {
	first, end int32  // of its ZIPs
	state      string // that most of them lie in
	centre     Point  // that of the ZIP nearest to the mean of all
}

const codeSize = len("US/z00601")

func (z *zips) code(i int) string { return z.codes[i*codeSize : (i+1)*codeSize] }

// group lays out codes, areas of three digits and states.
func (z *zips) group(w *world) {
	var codes strings.Builder
	codes.Grow(len(z.numbers) * codeSize)
	z.areaOf = make([]int32, len(z.numbers))
	z.regions = map[string]*region{}
	for i, number := range z.numbers {
		codes.WriteString("US/z")
		digits := strconv.Itoa(int(number) + 100000)
		codes.WriteString(digits[1:])
		if i == 0 || number/100 != z.numbers[i-1]/100 {
			z.areas = append(z.areas, area{first: int32(i)})
		}
		z.areas[len(z.areas)-1].end = int32(i) + 1
		z.areaOf[i] = int32(len(z.areas) - 1)
		state := w.units[w.counties.units[z.counties[i]]].In
		if z.regions[state] == nil {
			z.regions[state] = &region{state: state}
		}
		z.regions[state].zips = append(z.regions[state].zips, int32(i))
	}
	z.codes = codes.String()
	for i := range z.areas {
		z.settle(w, &z.areas[i])
	}
}

func (z *zips) settle(w *world, a *area) {
	var mean Point
	count := map[string]int{}
	for i := a.first; i < a.end; i++ {
		mean[0] += z.centres[i][0] / float64(a.end-a.first)
		mean[1] += z.centres[i][1] / float64(a.end-a.first)
		state := w.units[w.counties.units[z.counties[i]]].In
		if count[state]++; count[state] > count[a.state] {
			a.state = state
		}
	}
	a.centre = slices.MinFunc(z.centres[a.first:a.end], func(x, y Point) int {
		if flat(x, mean) < flat(y, mean) {
			return -1
		}
		return 1
	})
}

// flat compares distances between points that are close together.
func flat(a, b orb.Point) float64 {
	return (a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1])
}

// find gives the place of a ZIP by its five digits.
func (z *zips) find(digits string) (int, bool) {
	number, err := strconv.ParseUint(digits, 10, 31)
	if err != nil || len(digits) != 5 {
		return 0, false
	}
	return slices.BinarySearch(z.numbers, int32(number))
}

// findArea gives the place of a ZIP3 by its three digits.
func (z *zips) findArea(digits string) (int, bool) {
	number, err := strconv.ParseUint(digits, 10, 31)
	if err != nil || len(digits) != 3 {
		return 0, false
	}
	return slices.BinarySearchFunc(z.areas, int32(number), func(a area, n int32) int {
		return int(z.numbers[a.first]/100 - n)
	})
}

func (a *Atlas) zipUnit(i int) Unit {
	code, at := a.zips.code(i), a.zips.centres[i]
	return Unit{
		Code: code, Level: ZIP, Name: code[len("US/z"):], In: a.countyUnit(a.zips.counties[i]).In,
		Lon: at[0], Lat: at[1],
	}
}

func (a *Atlas) areaUnit(i int) Unit {
	code, of := a.areaCode(i), a.zips.areas[i]
	return Unit{Code: code, Level: ZIP3, Name: code[len("US/z"):], In: of.state, Lon: of.centre[0], Lat: of.centre[1]}
}

func (a *Atlas) areaCode(i int) string {
	return a.zips.code(int(a.zips.areas[i].first))[:len("US/z006")]
}

func (a *Atlas) zipWithin(i int, outer string) bool {
	county := a.countyUnit(a.zips.counties[i])
	return outer == county.Code || outer == a.areaCode(int(a.zips.areaOf[i])) || a.unitWithin(county, outer)
}

// fiveDigits brings a ZIP as people and spreadsheets write it to five digits:
// ZIP+4, lost leading zeros, numbers with a decimal point. What cannot be one
// gives "".
func fiveDigits(text string) string {
	text = strings.TrimSuffix(strings.TrimSpace(text), ".0")
	head, tail, plus := strings.Cut(text, "-")
	head, tail = strings.TrimSpace(head), strings.TrimSpace(tail)
	if !plus {
		if h, t, two := strings.Cut(head, " "); two {
			head, tail, plus = h, strings.TrimSpace(t), true
		} else if len(head) == 8 || len(head) == 9 {
			head, tail, plus = head[:len(head)-4], head[len(head)-4:], true
		}
	}
	if !allDigits(head) || plus && (len(tail) != 4 || !allDigits(tail)) {
		return ""
	}
	switch len(head) {
	case 3, 4, 5:
		return strings.Repeat("0", 5-len(head)) + head
	}
	return ""
}

func allDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
