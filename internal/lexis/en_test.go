package lexis

import (
	"testing"

	"sverka/internal/bitext"
)

func TestEnglishNumbers(t *testing.T) {
	checkScan(t, bitext.English, []scanCase{
		{"four people", "number 4"},
		{"twenty-five minutes", "quantity 1500 s"},
		{"two hundred and five", "number 205"},
		{"one thousand two hundred thirty-five", "number 1235"},
		{"a million", "number 1000000"},
		{"half a million", "number 500000"},
		{"two dozen eggs", "number 24"},
		{"hundreds of thousands", "number 100000s"},
		{"1,000,000 and 1 000 000", "number 1000000; number 1000000"},
		{"The ratio is .5 or 0.5.", "number 0.5; number 0.5"},
		{"version 1.2.3", "number 1.2.3~"},
		{"£5m and €3.5bn", "money GBP 5000000; money EUR 3500000000"},
		{"500 dollars or 40 yuan", "money USD 500; money CNY 40"},
		{"HK$20 and Rs 100", "money HKD 20; money INR 100"},
		{"5 percent, 5 per cent, 5%", "percent 5%; percent 5%; percent 5%"},
		{"a quarter of them", "percent 25%"},
		{"the third quarter of 2020", "ordinal #3; date 2020"},
		{"three in 2/3 of cases", "number 3; percent 2/3"},
		{"10-20 people, 10 to 20 people", "range 10..20; range 10..20"},
		{"between 5 and 7 million", "range 5000000..7000000"},
		{"won 3-2 and 1:0", "range 3:2; range 1:0"},
		{"-5 degrees", "quantity -5 deg"},
		{"100 km/h", "quantity 100 km/h"},
		{"600Mbit/s", "quantity 600 Mbit/s"},
		{"an hour and a half", "quantity 5400 s"},
		{"half an hour", "quantity 1800 s"},
		{"two weeks, two decades", "quantity 14 d; quantity 240 mo"},
		{"Anna, 55, of Perth", "quantity 660 mo"},
		{"in his seventies", "quantity 840 mo"},
		{"aged 18 to 25", "range 216..300 mo"},
		{"twice a week, twice as big", "number 2; quantity 7 d~; quantity 2x"},
		{"the 5th floor, the first floor", "ordinal #5; ordinal #1~"},
		{"for the second time", "ordinal #2"},
		{"Second, we agree", "ordinal #2~"},
		{"Article XIV, Louis XVI", "ordinal #14; ordinal #16"},
		{"a five-star hotel", "number 5~"},
		{"one of them", ""},
		{"first of all, no one", ""},
		{"COVID-19 and the G20", ""},
		{"an Su-57 and a 5G network", "number 57~; number 5~"},
		{"World War II, the Second World War", ""},
		{"24/7", ""},
	}, numericKinds...)
}

func TestEnglishDates(t *testing.T) {
	checkScan(t, bitext.English, []scanCase{
		{"5 March 2020", "date 2020-03-05"},
		{"March 5th, 2020", "date 2020-03-05"},
		{"the 5th of March", "date --03-05"},
		{"Sept. 11, 2001", "date 2001-09-11"},
		{"3/5/2020 and 13/5/2020", "date 2020-03-05; date 2020-05-13"},
		{"2020-03-05", "date 2020-03-05"},
		{"May 3–5, 2020", "date 2020-05-03/2020-05-05"},
		{"26 and 27 November", "date --11-26/--11-27"},
		{"October 1937 – June 1941", "date 1937-10/1941-06"},
		{"in May", "date --05"},
		{"those May days", "date --05"},
		{"the 2024–2025 Years of Culture", "date 2024/2025"},
		{"they may march", ""},
		{"In March they march", "date --03"},
		{"since 1996", "date 1996"},
		{"2000 people in 2000", "date 2000; date 2000"},
		{"2024/25", "date 2024/2025"},
		{"the 1800s and the 1920s", "date C19; date 192x"},
		{"the eighties", "date 198x"},
		{"the fifth century BC", "date -C5"},
		{"on the 24th, we", "date ---24"},
		{"last month, next week, yesterday", "date @month-1; date @week+1; date @day-1"},
		{"today", "date @day0~"},
		{"on Friday morning", "date wd5; time morning"},
		{"summer 1939", "date summer; date 1939"},
		{"a spring in the mattress, in the spring", "date spring"},
		{"at 3.30 p.m., at 3 a.m.", "time 15:30; time 03:00"},
		{"at noon, at 12 noon", "time 12:00; time 12:00"},
		{"at seven o'clock", "time 07:00"},
		{"0800 hours", "time 08:00"},
		{"last night", "date @night-1"},
	}, numericKinds...)
}

func TestEnglishPolarity(t *testing.T) {
	checkScan(t, bitext.English, []scanCase{
		{"He did not go", "negation neg"},
		{"He didn't go without her", "negation neg; negation neg"},
		{"not only that, no doubt", "modality certainly~"},
		{"Nobody came", "negation neg; quantifier none"},
		{"neither he nor she", "negation neg; negation neg~"},
		{"He failed to appear", "negation neg"},
		{"an unlawful, impossible act", "negation weak~; negation weak~; modality may"},
		{"under the united union", ""},
		{"They must pay", "modality must"},
		{"They have to pay and should pay", "modality must; modality should"},
		{"He may go in May", "modality may"},
		{"It cannot be", "negation neg; modality may"},
		{"It will happen", "modality will~"},
		{"All but most of us, some of them", "quantifier most; quantifier some"},
		{"every member, both sides", "quantifier each; quantifier both"},
	}, Negation, Modality, Quantifier)
	for _, c := range []struct {
		text     string
		strength int
		head     string
	}{
		{"They must pay", 3, "pay"}, {"They must not pay", -3, "pay"}, {"They cannot pay", -1, "pay"},
		{"They should leave", 2, "leav"}, {"They don't have to leave", -3, "leav"}, {"It is prohibited", -3, ""},
		{"They might leave", 1, "leav"},
		{"No one may leave", -1, "leav"}, {"Nothing in the charter shall change", -3, "chang"},
		{"They may in no case leave", -1, "no"}, {"With no proof they may leave", 1, "leav"},
		{"The will of the nation must prevail", 3, "prevail"}, {"This will shall be expressed", 3, "express"},
	} {
		items := ScanKinds(bitext.English, c.text, Modality)
		if len(items) != 1 || items[0].Strength != c.strength || items[0].Head != c.head {
			t.Errorf("%q: got %+v, want strength %d of %q", c.text, items, c.strength, c.head)
		}
	}
}

func TestEnglishNames(t *testing.T) {
	checkScan(t, bitext.English, []scanCase{
		{"we met Chinese and Russian guests", "name CN; name RU"},
		{"it told us that the US agreed", "name US"},
		{"the U.S. and the UK", "name US; name GB"},
		{"Moscow's answer", "name MOSCOW"},
		{"the United Nations, the UN", "name UN; name UN"},
		{"we saw John F. Kennedy", "name john kennedy"},
		{"and Ursula von der Leyen spoke", "name ursula von der leyen"},
		{"with Anna Petrova-Smith today", "name anna petrova smith"},
		{"President Vladimir Putin", "name vladimir; name PUTIN"},
		{"Mr Brown met Mrs Green", "name brown; name green"},
		{"the NTSB said", "name ntsb"},
		{"Yesterday was fine. Hamlet works.", "name hamlet~"},
		{"World War II and the Belt and Road Initiative", "name WW2; name BRI"},
		{"china cups and turkey legs", ""},
	}, Name)
	checkScan(t, bitext.English, []scanCase{
		{`He read "War and Peace".`, "title war and peace"},
		{"He read “War and Peace”.", "title war and peace"},
		{"‘Yes,’ he said, ‘it's late.’", "title yes; title it's late"},
		{"“He said ‘no’ twice”", "title he said 'no' twice; title no"},
		{`an "open quote`, ""},
		{"the workers' rights and the dogs' tails", ""},
		{`5" pipe and 6" pipe`, ""},
	}, Title)
}
