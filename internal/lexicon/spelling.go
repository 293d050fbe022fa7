package lexicon

import "strings"

// irregular leads English forms that no stemmer joins to one form.
var irregular = pairTable(`was be were be is be are be been be has have had have did do does do done do
	said say says say went go gone go came come took take taken take made make gave give given give
	got get found find told tell knew know known know saw see seen see thought think left leave
	felt feel kept keep began begin begun begin brought bring held hold wrote write written write
	stood stand met meet ran run paid pay sat sit spoke speak spoken speak led lead grew grow grown grow
	lost lose fell fall fallen fall sent send built build drew draw drawn draw broke break broken break
	spent spend rose rise risen rise drove drive driven drive bought buy wore wear chose choose chosen choose
	fought fight caught catch taught teach sold sell won win sought seek flew fly flown fly became become
	shown show understood understand people person children child men man women woman
	lives life wives wife leaves leave feet foot mice mouse died die dying die dead die lay lie`)

// americanSpelling gives the American spelling of a British one, where the two
// differ by rule.
func americanSpelling(w string) string {
	if len(w) < 5 {
		return w
	}
	for _, p := range spellings {
		if i := strings.Index(w, p[0]); i > 1 || i == 0 && p[2] != "" {
			return w[:i] + p[1] + w[i+len(p[0]):]
		}
	}
	return w
}

// spellings are piece, its American form, and whether it may open the word.
var spellings = [][3]string{
	{"isation", "ization", ""}, {"ising", "izing", ""}, {"ised", "ized", ""}, {"iser", "izer", ""},
	{"ise", "ize", ""}, {"yse", "yze", ""}, {"ysing", "yzing", ""},
	{"colour", "color", "1"}, {"labour", "labor", "1"}, {"favour", "favor", "1"}, {"honour", "honor", "1"},
	{"neighbour", "neighbor", "1"}, {"behaviour", "behavior", "1"}, {"harbour", "harbor", "1"},
	{"humour", "humor", "1"}, {"rumour", "rumor", "1"}, {"armour", "armor", "1"}, {"endeavour", "endeavor", "1"},
	{"vapour", "vapor", "1"}, {"parlour", "parlor", "1"}, {"flavour", "flavor", "1"}, {"savour", "savor", "1"},
	{"centre", "center", "1"}, {"metre", "meter", "1"}, {"litre", "liter", "1"}, {"theatre", "theater", "1"},
	{"fibre", "fiber", "1"}, {"calibre", "caliber", "1"}, {"sombre", "somber", "1"},
	{"defence", "defense", "1"}, {"offence", "offense", "1"}, {"licence", "license", "1"}, {"pretence", "pretense", "1"},
	{"practise", "practice", "1"}, {"programme", "program", "1"}, {"catalogue", "catalog", "1"}, {"dialogue", "dialog", "1"},
	{"grey", "gray", "1"}, {"cheque", "check", "1"}, {"tyre", "tire", "1"}, {"storey", "story", "1"}, {"sceptic", "skeptic", "1"},
	{"aeroplane", "airplane", "1"}, {"aluminium", "aluminum", "1"}, {"manoeuvre", "maneuver", "1"}, {"paed", "ped", "1"},
	{"anaes", "anes", "1"}, {"haem", "hem", "1"}, {"oestro", "estro", "1"}, {"foetus", "fetus", "1"}, {"encyclopaedia", "encyclopedia", "1"},
	{"travell", "travel", "1"}, {"cancell", "cancel", "1"}, {"labell", "label", "1"}, {"modell", "model", "1"},
	{"signall", "signal", "1"}, {"levell", "level", "1"}, {"fuell", "fuel", "1"}, {"quarrell", "quarrel", "1"},
	{"counsell", "counsel", "1"}, {"marvell", "marvel", "1"}, {"jewell", "jewel", "1"}, {"woollen", "woolen", "1"},
	{"fulfill", "fulfil", "1"}, {"enroll", "enrol", "1"}, {"skilful", "skillful", "1"}, {"judgement", "judgment", "1"},
	{"acknowledgement", "acknowledgment", "1"}, {"ageing", "aging", "1"}, {"mould", "mold", "1"}, {"plough", "plow", "1"},
	{"kerb", "curb", "1"}, {"pyjama", "pajama", "1"}, {"whilst", "while", "1"}, {"amongst", "among", "1"}, {"artefact", "artifact", "1"},
}

func pairTable(s string) map[string]string {
	f := strings.Fields(s)
	out := make(map[string]string, len(f)/2)
	for i := 0; i+1 < len(f); i += 2 {
		out[f[i]] = f[i+1]
	}
	return out
}
