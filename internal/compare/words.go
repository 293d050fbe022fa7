package compare

import (
	"strings"
	"sync"

	"sverka/internal/bitext"
	"sverka/internal/text"
)

// stopWords carry no meaning that a comparison could hang on.
var stopWords = map[bitext.Lang]map[string]bool{
	bitext.English: wordSet(`a an the this that these those it its he him his she her hers they them their
		theirs we us our ours you your yours i me my mine who whom whose which what there here
		of in on at by to from for with as into onto upon about over under between among during
		through and or but nor so yet if than then too also very just is am are was were be been
		being have has had having do does did doing done will would shall can could may might must
		should not no n't 's 'd 'll 're 've 'm ll re ve s t d m up down out off when where while because although though
		however therefore thus such own same other another any some all each both more most
		only even still already again once ever never per via within without against before after
		since until till along across around behind beyond toward towards itself himself herself
		themselves ourselves myself yourself one ones how why whether don't doesn't didn't won't isn't aren't
		wasn't weren't can't cannot couldn't shouldn't wouldn't hasn't haven't hadn't it's that's there's i'm
		he's she's they're we're you're i've we've you've i'll we'll you'll they'll he'll she'll let's let`),
	bitext.Russian: wordSet(`и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по
		только ее мне было вот от меня еще нет о из ему теперь когда даже ну ли если уже или ни
		быть был него до вас нибудь опять уж вам ведь там потом себя ничего ей может они тут где
		есть надо ней для мы тебя их чем была сам чтоб чтобы без будто чего раз тоже себе под будет
		ж тогда кто этот того потому этого какой ним здесь этом один почти мой тем нее сейчас были
		куда зачем всех никогда можно при об над больше тот через эти нас про всего них какая
		много разве эту моя свою этой перед такой им более всегда конечно всю между это эта также
		который которая которое которые которых которого которой которому которым которую которыми
		свой своей своего своих своим своими своем наш наша наше наши нашей наших нашего нашем
		ваш ваша ваше ваши вашей вашего ваших вашем является являются этих этим этими того тех та те
		после является хотя поскольку либо весь вся всей всем всеми одна одно одни однако около`),
	bitext.Chinese: wordSet(`的 了 在 是 和 与 及 或 而 也 都 就 还 又 将 把 被 对 从 到 向 给 为 以 于 之 其 这 那 该
		此 我 你 您 他 她 它 们 个 着 过 得 地 所 等 并 且 但 则 因 由 上 下 中 里 来 去 吗 呢 吧 啊 会 能 要 很 更 最
		已 曾 正 再 只 才 即 若 如 某 各 每 些 不 没 未 无 有`),
}

func wordSet(s string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

func isStop(lang bitext.Lang, form string) bool { return stopWords[lang][form] }

var clauseMarks = wordSet(`, ; : . ! ? ( ) [ ] - " ， ； ： 。 ！ ？ （ ） … 、 ·`)

func isClauseMark(form string) bool { return clauseMarks[form] && form != "、" && form != "·" }

// keyCache remembers the keys of words; it is emptied when it is full, so that
// its size is bounded whatever the texts.
var keyCache = struct {
	sync.RWMutex
	m map[string]string
}{m: make(map[string]string)}

const keyCacheMax = 1 << 16

// wordKey gives the stem of a folded word, spelt in one way.
func wordKey(lang bitext.Lang, form string) string {
	if lang != bitext.English && lang != bitext.Russian {
		return form
	}
	id := string(lang) + form
	keyCache.RLock()
	key, ok := keyCache.m[id]
	keyCache.RUnlock()
	if ok {
		return key
	}
	key = form
	if lang == bitext.English {
		if base, ok := irregular[form]; ok {
			key = base
		}
		key = britishSpelling(key)
	}
	key = text.Stem(string(lang), key)
	keyCache.Lock()
	if len(keyCache.m) >= keyCacheMax {
		keyCache.m = make(map[string]string)
	}
	keyCache.m[id] = key
	keyCache.Unlock()
	return key
}

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

// britishSpelling gives the American spelling of a British one, where the two
// differ by rule.
func britishSpelling(w string) string {
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
