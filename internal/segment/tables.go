package segment

import "strings"

// class says what a full stop after an abbreviation means.
type class uint8

const (
	noAbbr class = iota
	// always: something follows; the sentence never ends here (Mr., проф.).
	always
	// beforeNumber: a number follows, or the stop ends a sentence (No. 5).
	beforeNumber
	// mayEnd: the sentence ends here if a capital follows (и т. д., etc.),
	// save the words of unitWords (5 млрд долл. США).
	mayEnd
	// beforeStarter: only before a word that mostly begins sentences
	// (the U.S. President, but: in the U.S. The).
	beforeStarter
	// era: as beforeStarter, but a sentence that has come some way may end
	// before any capital (В 2024 г. Россия; … был подписан в 2001 г. Россия).
	era
	// eraAfterNumber: era behind a number (2024 г., XX в.), else always (г. Москва).
	eraAfterNumber
)

// abbreviations by class, as they are written, the last stop left out. A form
// that is not found as it stands is looked up in lower case.
var abbreviations = index(map[class]string{
	always: `Mr Mrs Ms Mx Dr Prof Gen Col Lt Maj Capt Sgt Cpl Pvt Adm Cmdr Brig Rev Hon Sen Rep Gov Pres
		Amb Supt Insp St Ste Mt Ft Messrs Mme Mlle Fr Rt vs v e.g i.e cf viz approx ca esp incl resp op.cit c N.B P.S P.P.S Ph
		г-н г-жа г-жи г-на г-ну г-же гг-да проф акад доц чл.-кор чл.-корр тов св преп ген полк подполк адм лейт кап зам пом
		инж канд докт д-р ред сост ул пл просп наб бул пос гор оз о с д т см ср напр тел англ нем фр франц лат греч рус
		кит яп исп итал араб букв досл ок прибл кв куб т.е т.к т.н т.о т.ч т.наз с.г дж им.п`,
	beforeNumber: `No Nos no nos Art Arts art Sec Secs Vol Vols Fig Figs fig p pp Ch para paras Para Eq Sect
		п пп ст ч гл разд стр рис табл илл прил корп кв оф эт вып кн`,
	mayEnd: `etc тыс млн млрд трлн руб долл коп др пр т.д т.п`,
	beforeStarter: `U.S U.K U.N E.U U.S.A U.S.S.R D.C a.m p.m A.M P.M Inc Ltd Co Corp Jr Sr Bros Plc Esq Ave Blvd Rd al Univ Dept
		Assn Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Ph.D M.D B.A M.A
		янв февр мар апр июн июл авг сент окт нояб дек им мл обл р-н`,
	era:            `н.э A.D B.C B.C.E C.E`,
	eraAfterNumber: `г гг в вв`,
})

// starters mostly begin a sentence where they stand with a capital behind a stop.
var starters = set(`The This That These Those It He She They We You I In On At By For From With As And But Or So If When
	While After Before Since However Moreover Therefore Thus Then There Here What Who Why How Where Our Their His Her
	Its My Your An A All Both Some Many Most Such Yes No Not Also Now Today Meanwhile Although Though Because During
	Under Over According Let Each Every Despite Indeed Finally Later Another Other Only
	Он Она Оно Они Мы Вы Я Это Этот Эта Эти Этого Тот Та Те Так Такой Такие Таким Также Тем Там Тогда Теперь Сегодня
	В Во На Но А И По При Для За Из К Ко От До С Со О Об Обо У Под Над Без Если Когда Как Какой Какие Какая Что Чтобы
	Кто Где Почему Кроме Однако Поэтому Затем Потом После Перед Более Все Всё Всего Его Её Ее Их Наш Наша Наши Мой Ваш
	Не Нет Да Ни Уже Ещё Еще Именно Или Хотя Несмотря Согласно Среди Вместе Между Помимо`)

// unitWords go on an amount behind an abbreviated unit.
var unitWords = set(`США РФ КНР СССР ЕС US USD`)

// chapterWords before a number name a part of a text; the stop behind the
// number does not end a sentence (Статья 5. Никто …).
var chapterWords = set(`article section chapter part rule appendix annex table figure volume book act title art sec ch
	статья глава раздел часть пункт приложение таблица рисунок том книга параграф ст гл п`)

// speechVerbs tell that a name behind a quoted question goes on the sentence:
// "Why?" Smith asked.
var speechVerbs = set(`said asked replied answered cried shouted exclaimed whispered inquired demanded repeated added
	murmured wondered says asks`)

// roles are the labels of speakers that need no other evidence, folded; true
// where they are words for a question.
var roles = map[string]bool{
	"question": true, "q": true, "questioner": true, "вопрос": true, "в.": true, "问": true, "提问": true, "问题": true,
	"answer": false, "a": false, "response": false, "ответ": false, "о.": false, "答": false, "回答": false, "答复": false,
	"journalist": false, "reporter": false, "correspondent": false, "moderator": false, "interviewer": false, "host": false,
	"журналист": false, "корреспондент": false, "ведущий": false, "ведущая": false, "модератор": false, "реплика": false,
	"记者": false, "主持人": false, "发言人": false, "提问者": false,
}

// noSpeakers open blocks with a colon and are nobody's name, folded.
var noSpeakers = set(`note notes source sources example warning important reference references subject date time place
	to from cc re tel fax e-mail email address photo caption tags translator editor update summary conclusion
	примечание источник пример внимание важно дата время место тема цель срок адрес телефон фото подпись теги итог вывод
	справка редакция перевод автор
	注 备注 说明 来源 例如 如下 原因 时间 地点 主题 日期 地址 电话 图 图片 标题 编辑 翻译 作者 摘要 结论 提示 附件 关键词`)

// quoteGoesOn are characters that join what follows to a Chinese quotation that
// ended with a stop of its own: “不！”的喊声.
const quoteGoesOn = "的地之等和与與及或"

// The marks that stand round sentences.
const (
	closers   = "”’»›)]}》」』）】〉］｝〕〗〞*"
	openers   = "“‘„‚«‹([{《「『（【〈［｛〔〖〝\"'—–―-•·*¿¡#"
	commaLike = ",，、;；:：﹐﹑"
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func index(classes map[class]string) map[string]class {
	m := map[string]class{}
	for c, words := range classes {
		for w := range strings.FieldsSeq(words) {
			m[w] = c
		}
	}
	return m
}
