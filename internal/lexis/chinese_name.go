package lexis

import (
	"strings"

	"sverka/internal/text"
)

// transcription holds the characters that Chinese uses by preference to write
// foreign names.
var transcription = runeSet(`阿埃艾爱奥澳欧伊亚雅尤于约尧叶依厄额娅安昂恩因英延印云元温文翁旺汪巴布比贝博波伯柏勃帕皮佩普珀坡培保鲍鲁拜白派
彼毕班本邦滨宾彬潘彭庞平达大戴代德得迪蒂狄杜都多道铎塔泰太特提铁图土托陶妥陀台忒黛娣丹登邓丁顿敦东坦唐滕廷通汤腾
盖格加贾吉基卡凯科克考柯可库夸奎魁甘冈根贡坎康肯昆金哈海汉罕豪赫黑亨洪霍胡华惠休希西锡席夏谢辛欣逊雪舍什施石史士斯丝
苏索萨塞色瑟桑森申沈圣松孙宋佐扎泽兹祖尊查蔡茨策茶柴彻楚奇齐乔切琼丘曲恰钦蒋捷杰杰金京津久居朱卓珠詹章珍哲者治茂
马麦迈毛茂梅翰门蒙米密明莫默姆木穆曼娜纳乃奈南内尼涅宁农努诺妮娜拉莱赖兰朗劳勒雷蕾里利莉丽列林琳龙隆卢鲁路伦罗洛娄律略
理瑞日仁荣茹若热让儒瓦瓦万威韦维薇魏温沃乌武伍伏弗夫芙福菲费芬丰冯佛法凡范方勿耶也叶因尹优雍尤扬阳养叙旭许轩尔娃契诃廖纽钮留柳舒顺肖葛果哥琴绍轲科里翰`)

// surnames are the commoner Chinese surnames.
var surnames = runeSet(`王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢
姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤习温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝`)

// speech are the words that follow a person who speaks or acts.
var speech = map[string]bool{"说": true, "表": true, "指": true, "称": true, "认": true, "介": true, "强": true,
	"告": true, "透": true, "坦": true, "宣": true, "呼": true, "主": true, "会": true, "出": true, "同": true,
	"在": true, "与": true, "和": true, "，": true, ",": true, "、": true, "。": true, ":": true, "：": true, "(": true, "（": true,
	"率": true, "访": true, "抵": true, "致": true, "发": true, "是": true, "的": true, "也": true, "就": true, "向": true, "对": true, "将": true, "曾": true, "获": true, "担": true, "先": true, "女": true, "总": true, "主席": true}

// offices are the last characters of the words for an office, which stand
// before a person's name in Chinese.
var offices = []string{"主席", "总理", "部长", "总统", "书记", "记者", "教授", "省长", "市长", "外长", "大使", "发言人", "院长",
	"主任", "司令", "将军", "议员", "首相", "局长", "委员", "秘书长", "董事长", "总裁", "经理", "校长", "会长", "博士", "医生", "导演",
	"演员", "同志", "作家", "专家", "选手", "教练", "学者", "研究员", "主持人", "编辑", "通讯员", "处长", "厅长", "州长", "法官", "律师"}

func runeSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, r := range s {
		if r > ' ' {
			set[string(r)] = true
		}
	}
	return set
}

// chineseName reads a name that the gazetteer does not hold at token i and
// gives its length in tokens, 0 when there is none: foreign names by their
// characters, Chinese ones by surname and company.
func (s *scanner) chineseName(i int) int {
	k := &s.toks[i]
	if k.kind == text.Word && k.caps != capNone && len(k.w) > 1 { // Latin letters in Chinese text
		s.out = append(s.out, s.item(Name, i, i+1, k.w))
		return 1
	}
	if k.kind != text.Han || s.used != nil && s.used[i] != 0 {
		return 0
	}
	if n := s.transcribed(i); n > 0 {
		s.out = append(s.out, s.item(Name, i, i+n, s.low[k.s:s.toks[i+n-1].e]))
		return n
	}
	if n := s.person(i); n > 0 {
		s.out = append(s.out, s.item(Name, i, i+n, s.low[k.s:s.toks[i+n-1].e]))
		return n
	}
	return 0
}

// transcribed gives the length of a run of transcription characters at i that
// is long enough to be a foreign name; a middle dot joins two runs.
func (s *scanner) transcribed(i int) int {
	j, dots, run := i, 0, 0
	for j < len(s.toks) && j < i+24 {
		w := s.toks[j].w
		if w == "·" || w == "・" || w == "•" {
			if run == 0 || !transcription[s.word(j+1)] {
				break
			}
			if _, n := s.find(j+1, cName); n > 1 && run > 1 { // 弗拉基米尔·普京: the surname is known
				return j - i
			}
			dots, run = dots+1, 0
			j++
			continue
		}
		if !transcription[w] || j > i && s.toks[j].gap {
			break
		}
		if n := s.longest(j); n > 1 && dots == 0 {
			break
		}
		run++
		j++
	}
	n := j - i
	if dots > 0 && n >= 4 || n >= 4 && n <= 8 || n == 3 && s.nameEdge(i, j) {
		return n
	}
	return 0
}

// nameEdge says that a short run from i to j stands as names do: after an
// office or a mark, or before a word for speaking.
func (s *scanner) nameEdge(i, j int) bool {
	return s.officeBefore(i) || speech[s.word(j)] || i > 0 && s.toks[i-1].kind == text.Punct && j < len(s.toks) && s.toks[j].kind == text.Punct
}

func (s *scanner) officeBefore(i int) bool {
	from := max(0, i-3)
	if from == i {
		return false
	}
	before := s.low[s.toks[from].s:s.toks[i-1].e]
	for _, o := range offices {
		if strings.HasSuffix(before, o) {
			return true
		}
	}
	return false
}

// person gives the length of a Chinese personal name at i: a surname and one
// or two characters behind an office and before a word of speech or a mark.
func (s *scanner) person(i int) int {
	if !surnames[s.word(i)] {
		return 0
	}
	office := s.officeBefore(i)
	for _, n := range []int{3, 2} {
		if i+n > len(s.toks) {
			continue
		}
		ok := true
		for j := i + 1; j < i+n; j++ {
			if s.toks[j].kind != text.Han || s.toks[j].gap || speech[s.word(j)] || s.used != nil && s.used[j] != 0 || s.longest(j) > 1 {
				ok = false
			}
		}
		if !ok {
			continue
		}
		end := i+n == len(s.toks) || speech[s.word(i+n)]
		if office && (end || n == 3) {
			return n
		}
		if !office && n == 3 && i+n+1 < len(s.toks) && s.saying(i+n) {
			return n
		}
	}
	return 0
}

// saying says that the two characters at j are a word for speaking.
func (s *scanner) saying(j int) bool {
	switch s.word(j) + s.word(j+1) {
	case "表示", "指出", "认为", "介绍", "强调", "告诉", "透露", "坦言", "宣布", "呼吁", "会见", "出席", "说：", "说:", "说，", "说,", "称，", "称,", "先生", "女士", "同志", "主席", "总理", "发表":
		return true
	}
	return false
}

// partOfRun says that the n characters at i, a name of their own, stand within
// a longer foreign name (德里 in 弗里德里希).
func (s *scanner) partOfRun(i, n int) bool {
	for j := i; j < i+n; j++ {
		if !transcription[s.word(j)] {
			return false
		}
	}
	from, to := i, i+n
	for from > 0 && i-from < 4 && transcription[s.word(from-1)] && !s.toks[from].gap {
		from--
	}
	for to < len(s.toks) && to-i < 6 && transcription[s.word(to)] && !s.toks[to].gap {
		to++
	}
	return to-from >= 4
}
