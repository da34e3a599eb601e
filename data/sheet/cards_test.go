package sheet

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// told writes the filled cells of a row with the names of their columns.
func told(header []string, rec Record) string {
	var out []string
	for i, v := range rec.Cells {
		if v != "" {
			out = append(out, header[i]+"="+strings.ReplaceAll(v, "\n", "\\n"))
		}
	}
	return strings.Join(out, " | ")
}

// readContent gives the rows of a card or calendar file.
func readContent(t testing.TB, text string) (rows []string, lines []int) {
	t.Helper()
	r, err := OpenAt(strings.NewReader(text), int64(len(text)), Format{})
	if err != nil {
		t.Fatal(err)
	}
	header, _ := r.Header()
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, lines
		}
		if err != nil {
			t.Fatal(err)
		}
		rows, lines = append(rows, told(header, rec)), append(lines, rec.Line)
	}
}

func TestCards(t *testing.T) {
	text := "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg\r\nORG:Nord=\r\n;Sales\r\n" +
		"NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\r\ntwo=3D2\r\nTEL;FAX:1\r\nTEL;CELL:2\r\nTEL;WORK:3\r\nEMAIL;INTERNET:a@b.no\r\nEND:VCARD\r\n" +
		"\r\nbegin:vcard\nversion:4.0\nitem1.FN:Ann\\, Lee\nORG:\"Q\\;A\" Ltd\nEMAIL;PREF=2:x@y.no\nEMAIL;PREF=1:ann@y.no\nADR;LABEL=\"a:b;c\":;;Gate 1;Oslo;;0150;Norway\nNOTE:long \n line\\nend\nUID:urn:uuid:77\n" +
		"TEL;VALUE=uri:tel:+47-1\nAGENT:\nBEGIN:VCARD\nFN:Inner\nEND:VCARD\nTITLE:Buyer\nEND:VCARD\nBEGIN:VCARD\nFN:Not ended\n"
	rows, lines := readContent(t, text)
	want := []string{
		`First name=Jörg | Last name=Müller | Organization=Nord= | Email=a@b.no | Phone=3 | Other phones=1; 2 | Note=one\r\ntwo=2`,
		`Full name=Ann, Lee | Organization="Q;A" Ltd | Job title=Buyer | Email=ann@y.no | Phone=+47-1 | Street=Gate 1 | City=Oslo | Postal code=0150 | Country=Norway | Note=long line\nend | UID=77`,
		`Full name=Not ended`,
	}
	for i := range rows {
		rows[i] = strings.ReplaceAll(rows[i], "\r", `\r`)
	}
	if !slices.Equal(rows, want) || !slices.Equal(lines, []int{1, 14, 31}) {
		t.Errorf("%v\n%s", lines, strings.Join(rows, "\n"))
	}
}

func TestEvents(t *testing.T) {
	text := "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Nowhere/Middle\nBEGIN:STANDARD\nTZOFFSETTO:-0741\nEND:STANDARD\nEND:VTIMEZONE\n" +
		"BEGIN:VEVENT\nUID:1\nSUMMARY:Demo\\, first\nDTSTART;TZID=Europe/Oslo:20260331T233000\nDTEND;TZID=Europe/Oslo:20260401T003000\nORGANIZER;CN=\"Lee: Ann\":mailto:ann@x.no\nATTENDEE:MAILTO:bo@x.no\nATTENDEE;CN=Cy:mailto:cy@x.no\n" +
		"BEGIN:VALARM\nDESCRIPTION:not this\nEND:VALARM\nRRULE:FREQ=WEEKLY;UNTIL=20260630T000000Z\nEND:VEVENT\n" +
		"BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260407T213000Z\nDTSTART:20260408T080000Z\nDURATION:PT1H30M\nSTATUS:CANCELLED\nEND:VEVENT\n\n" +
		"BEGIN:VTODO\nSUMMARY:Call\nDUE;VALUE=DATE:20260501\nSTATUS:COMPLETED\nEND:VTODO\n" +
		"BEGIN:VEVENT\nDTSTART;TZID=Nowhere/Middle:20230306T134200\nRRULE:FREQ=DAILY;COUNT=4\nEND:VEVENT\nBEGIN:VJOURNAL\nDTSTART:20230306T134200\nSUMMARY:Thought\nEND:VJOURNAL\nEND:VCALENDAR\n"
	rows, lines := readContent(t, text)
	want := []string{
		`Type=meeting | Subject=Demo, first | Start=2026-03-31T23:30:00+02:00 | Minutes=60 | Done=no | Organizer=Lee: Ann | Attendees=bo@x.no; Cy | Repeats=weekly until 2026-06-30 | UID=1`,
		`Type=meeting | Start=2026-04-08T08:00:00Z | Minutes=90 | Done=no | Cancelled=yes | UID=1/20260407T213000Z`,
		`Type=task | Subject=Call | Start=2026-05-01 | Done=yes`,
		`Type=meeting | Start=2023-03-06T13:42:00-07:41 | Done=no | Repeats=daily, 4 times`,
		`Type=note | Subject=Thought | Start=2023-03-06T13:42:00 | Done=no`,
	}
	if !slices.Equal(rows, want) || lines[0] != 8 || lines[2] != 29 {
		t.Errorf("%v\n%s", lines, strings.Join(rows, "\n"))
	}
}

// Every real card and calendar is read to its end: as many rows as it begins
// cards or events, none of them in vain.
func TestRealCardsAndCalendars(t *testing.T) {
	dir := datatest.Real(t, "import-vcard-ics")
	var got []string
	for _, pattern := range []string{"*/*.vcf", "*/*.ics"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(files) < 20 {
			t.Fatalf("%d files, %v", len(files), err)
		}
		for _, path := range files {
			r, err := Open(path, Format{})
			if err != nil {
				got = append(got, filepath.Base(path)+": "+err.Error())
				continue
			}
			n, filled := 0, 0
			for {
				rec, err := r.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				n++
				if r.Format().Kind == Cards && rec.Cell(cardName)+rec.Cell(cardFirst)+rec.Cell(cardLast) != "" || rec.Cell(eventStart) != "" {
					filled++
				}
			}
			got = append(got, fmt.Sprintf("%s: %d of %d", filepath.Base(path), filled, n))
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if text := strings.Join(got, "\n"); text != realContent {
		t.Errorf("%s", text)
	}
}

const realContent = `John_Doe_ANDROID.vcf: 4 of 6
John_Doe_BLACK_BERRY.vcf: 1 of 1
John_Doe_EVOLUTION.vcf: 1 of 1
John_Doe_GMAIL.vcf: 1 of 1
John_Doe_IPHONE.vcf: 1 of 1
John_Doe_LOTUS_NOTES.vcf: 1 of 1
John_Doe_MAC_ADDRESS_BOOK.vcf: 1 of 1
John_Doe_MS_OUTLOOK.vcf: 1 of 1
fullcontact.vcf: 1 of 1
gmail-list.vcf: 3 of 3
gmail-single.vcf: 1 of 1
gmail-single2.vcf: 1 of 1
issue114.vcf: 1 of 1
outlook-2003.vcf: 1 of 1
outlook-2007.vcf: 1 of 1
rfc2426-example.vcf: 2 of 2
rfc6350-example.vcf: 1 of 1
thunderbird-MoreFunctionsForAddressBook-extension.vcf: 1 of 1
test_parser_escape_semicolon.vcf: 1 of 1
test_parser_vcard.vcf: 1 of 1
test_parser_vcard3.vcf: 1 of 1
test_parser_vcard_author.vcf: 1 of 1
test_parser_vcard_grouped.vcf: 0 of 1
samples_blank_description.ics: 1 of 1
samples_blank_line_end.ics: 0 of 0
samples_blank_line_mid.ics: 0 of 0
samples_daily_recur.ics: 1 of 1
samples_day_long_recur_yearly.ics: 1 of 1
samples_duration_instead_of_dtend.ics: 1 of 1
samples_forced_types.ics: 1 of 1
samples_google_birthday.ics: 4 of 4
samples_minimal.ics: 1 of 1
samples_multiple_rrules.ics: 1 of 1
samples_only_dtstart_date.ics: 1 of 1
samples_only_dtstart_time.ics: 1 of 1
samples_parserv2.ics: 1 of 1
samples_rdate_exdate.ics: 1 of 1
samples_recur_instances.ics: 3 of 3
samples_recur_instances_finite.ics: 1 of 1
samples_timezone_from_file.ics: 1 of 1
samples_timezones_America_Atikokan.ics: 0 of 0
samples_timezones_America_Denver.ics: 0 of 0
samples_timezones_America_Los_Angeles.ics: 0 of 0
samples_timezones_America_New_York.ics: 0 of 0
samples_timezones_Makebelieve_RDATE_test.ics: 0 of 0
samples_timezones_Makebelieve_RDATE_utc_test.ics: 0 of 0
samples_timezones_Makebelieve_RRULE_UNTIL_test.ics: 0 of 0
samples_utc_negative_zero.ics: 1 of 1
test_parser_base64.ics: 0 of 0
test_parser_boolean.ics: 0 of 0
test_parser_component.ics: 0 of 2
test_parser_dates.ics: 0 of 0
test_parser_float.ics: 0 of 0
test_parser_grouped.ics: 0 of 0
test_parser_integer.ics: 0 of 0
test_parser_multiple_root_components.ics: 0 of 0
test_parser_multivalue.ics: 0 of 0
test_parser_newline_junk.ics: 0 of 0
test_parser_period.ics: 0 of 0
test_parser_property_params.ics: 0 of 0
test_parser_quoted_params.ics: 0 of 0
test_parser_recur.ics: 0 of 0
test_parser_rfc.ics: 1 of 1
test_parser_single_empty_vcalendar.ics: 0 of 0
test_parser_time.ics: 0 of 0
test_parser_tzid_with_gmt.ics: 0 of 0
test_parser_unfold_properties.ics: 0 of 0
test_parser_utc_offset.ics: 0 of 0
test_parser_values.ics: 0 of 0`

func FuzzCards(f *testing.F) {
	f.Add("BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:=41=\n;B\nTEL;\"a:b\":1\nEND:VCARD\n")
	f.Add("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=A/B/C/D:20260331T233000\nDURATION:P1W\nRRULE:UNTIL=2\nEND:VEVENT")
	f.Add("BEGIN:VTIMEZONE\nTZID:x\nTZOFFSETTO:+99\nBEGIN:VEVENT\r\rEND:VEVENT\rBEGIN:VCARD\\")
	f.Fuzz(func(t *testing.T, text string) {
		for _, start := range []string{"", "BEGIN:VCARD\n", "BEGIN:VCALENDAR\n"} {
			r, err := OpenAt(strings.NewReader(start+text), int64(len(start)+len(text)), Format{})
			if err != nil {
				continue
			}
			for n := 0; ; n++ {
				rec, err := r.Next()
				var bad *RowError
				if err != nil && !errors.As(err, &bad) {
					break
				}
				if rec.Line < 0 || n > len(start)+len(text) {
					t.Fatal("rows without end")
				}
			}
		}
	})
}

// repeated gives the rows of a calendar within a horizon.
func repeated(t testing.TB, text string, in Horizon) (rows []string) {
	t.Helper()
	text = "BEGIN:VCALENDAR\n" + text + "END:VCALENDAR\n"
	r, err := OpenAt(strings.NewReader(text), int64(len(text)), Format{Horizon: in})
	if err != nil {
		t.Fatal(err)
	}
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, rec.Cell(eventStart)+" "+rec.Cell(eventMinutes)+" "+rec.Cell(eventUID))
	}
}

func TestEventsThatRepeat(t *testing.T) {
	in := Horizon{data.NewDay(2026, 3, 1), data.NewDay(2026, 4, 30)}
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"each week over the change of clocks, one left out, one moved, which stands first": {
			"BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20260402T070000Z\nDTSTART;TZID=Europe/Oslo:20260403T100000\nDURATION:PT2H\nEND:VEVENT\n" +
				"BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/Oslo:20260319T090000\nDTEND;TZID=Europe/Oslo:20260319T093000\nRRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Europe/Oslo:20260409T090000\nEND:VEVENT\n",
			[]string{"2026-04-03T10:00:00+02:00 120 a/20260402T070000Z", "2026-03-19T09:00:00+01:00 30 a", "2026-03-26T09:00:00+01:00 30 a/20260326T080000Z", "2026-04-16T09:00:00+02:00 30 a/20260416T070000Z"},
		},
		"days, of which some lie beyond the horizon": {
			"BEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20250115\nRRULE:FREQ=MONTHLY;BYMONTHDAY=15\nRDATE;VALUE=DATE:20260320\nEND:VEVENT\n",
			[]string{"2026-03-15  b/20260315", "2026-03-20  b/20260320", "2026-04-15  b/20260415"},
		},
		"the first time moved": {
			"BEGIN:VEVENT\nUID:c\nDTSTART:20260301T080000Z\nRRULE:FREQ=WEEKLY;UNTIL=20260308T080000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:c\nRECURRENCE-ID:20260301T080000Z\nDTSTART:20260302T080000Z\nEND:VEVENT\n",
			[]string{"2026-03-08T08:00:00Z  c/20260308T080000Z", "2026-03-02T08:00:00Z  c"},
		},
		"a rule that nobody understands, or within a day": {
			"BEGIN:VEVENT\nUID:d\nDTSTART:20260301T080000Z\nRRULE:FREQ=FULLMOON\nEND:VEVENT\nBEGIN:VEVENT\nUID:e\nDTSTART:20260301T080000Z\nRRULE:FREQ=SECONDLY\nEND:VEVENT\n",
			[]string{"2026-03-01T08:00:00Z  d", "2026-03-01T08:00:00Z  e"},
		},
		"a rule that never comes true": {"BEGIN:VEVENT\nUID:f\nDTSTART:00010101T080000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31\nEND:VEVENT\n", nil},
		"without an end":               {"BEGIN:VEVENT\nUID:g\nDTSTART:20260429\nRRULE:FREQ=DAILY\nEND:VEVENT\n", []string{"2026-04-29  g", "2026-04-30  g/20260430"}},
	} {
		if got := repeated(t, c.text, in); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%s", name, strings.Join(got, "\n"))
		}
	}
}
