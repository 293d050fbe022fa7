package lexis

import (
	"testing"

	"sverka/internal/bitext"
)

func TestRussianNumbers(t *testing.T) {
	checkScan(t, bitext.Russian, []scanCase{
		{"двух человек", "number 2"},
		{"пятидесяти пяти домов", "number 55"},
		{"двумястами сорока тремя", "number 243"},
		{"двух тысяч пятисот", "number 2500"},
		{"три миллиона двести тысяч", "number 3200000"},
		{"2 млн 300 тыс. тонн", "quantity 2300000000 kg"},
		{"полтора миллиона", "number 1500000"},
		{"полмиллиона", "number 500000"},
		{"около тысячи человек", "number 1000"},
		{"несколько десятков человек", "number 10s"},
		{"сотни тысяч", "number 100000s"},
		{"дюжина яиц", "number 12"},
		{"пара и двое", "number 2"},
		{"1 235 и 1235", "number 1235; number 1235"},
		{"3,5 и 60,000", "number 3.5; number 60000"},
		{"треть и две трети", "percent 1/3; percent 2/3"},
		{"три пятых", "percent 60%"},
		{"пяти процентов, 5 %, 5-процентный", "percent 5%; percent 5%; percent 5%"},
		{"500-долларовый", "money USD 500"},
		{"1,2 млн руб. и 3 ₽", "money RUB 1200000; money RUB 3"},
		{"10 млн фунтов", "money GBP 10000000"},
		{"от 3 до 8 миллионов долларов", "range USD 3000000..8000000"},
		{"10–20 тонн", "range 10000..20000 kg"},
		{"выиграли 3:2 и 1:0", "range 3:2; range 1:0"},
		{"в три раза больше, три раза", "quantity 3x; number 3"},
		{"дважды, трёхкратный", "number 2; quantity 3x"},
		{"25-минутный, двухлетний", "quantity 1500 s; quantity 24 mo"},
		{"25-й, 3-го, 7-я", "ordinal #25; ordinal #3; ordinal #7"},
		{"двадцать пятый", "ordinal #25"},
		{"первый из них, второй", "ordinal #1~; ordinal #2"},
		{"один из них", ""},
		{"один человек", "number 1~"},
		{"во-первых, в первую очередь", ""},
		{"минус 5 градусов", "quantity -5 deg"},
		{"100 км/ч", "quantity 100 km/h"},
		{"Вторая мировая война", ""},
		{"за четыре дня", "quantity 4 d"},
		{"семью и миссии", ""},
		{"Людовик XIV", "ordinal #14"},
		{"4х10 г", "number 4; quantity 0.01 kg"},
	}, numericKinds...)
}

func TestRussianDates(t *testing.T) {
	checkScan(t, bitext.Russian, []scanCase{
		{"5 марта 2020 г.", "date 2020-03-05"},
		{"двадцать пятого июня", "date --06-25"},
		{"3–5 мая", "date --05-03/--05-05"},
		{"с 31 августа по 3 сентября", "date --08-31/--09-03"},
		{"26 и 27 ноября", "date --11-26/--11-27"},
		{"в мае 1996", "date 1996-05"},
		{"31 числа", "date ---31"},
		{"в 2020 году, в 2021 г.", "date 2020; date 2021"},
		{"2020-го года", "date 2020"},
		{"в 1990-х годах", "date 199x"},
		{"девяностые годы", "date 199x"},
		{"90-е годы XX века", "date 199x"},
		{"XIX–XX вв.", "date C19/C20"},
		{"в 15 веке, пятнадцатый век", "date C15; date C15"},
		{"V век до н. э.", "date -C5"},
		{"на прошлой неделе, в будущем году", "date @week-1; date @year+1"},
		{"вчера вечером", "date @night-1"},
		{"в пятницу утром", "date wd5; time morning"},
		{"лето 1939 года", "date summer; date 1939"},
		{"в 22.00, в 5.30 вечера", "time 22:00; time 17:30"},
		{"в 3 часа дня, в 7 утра", "time 15:00; time 07:00"},
		{"в 15 часов 30 минут", "time 15:30"},
		{"в полдень, в полночь", "time 12:00; time 00:00"},
		{"15 часов подряд", "quantity 54000 s"},
	}, numericKinds...)
}

func TestRussianPolarity(t *testing.T) {
	checkScan(t, bitext.Russian, []scanCase{
		{"Он не пришёл", "negation neg"},
		{"Никто не пострадал", "negation neg~; quantifier none; negation neg"},
		{"Обошлось без жертв", "negation neg"},
		{"Он ни в коем случае не пришёл", "negation neg"},
		{"Где бы он ни был", "negation neg~"},
		{"не только это, не менее важно", ""},
		{"Он не может не знать", ""},
		{"нередко и несмотря на дождь", ""},
		{"невозможно и незаконно", "negation weak~; modality may; negation weak~"},
		{"неделя, некоторые", "quantifier some"},
		{"Все обязаны прийти", "quantifier all; modality must"},
		{"следует и надо", "modality should; modality should"},
		{"можно, нельзя", "modality may; negation neg; modality must"},
		{"большинство, каждый, оба", "quantifier most; quantifier each; quantifier both"},
	}, Negation, Modality, Quantifier)
	for _, c := range []struct {
		text     string
		strength int
	}{
		{"должен", 3}, {"не должен", -3}, {"может", 1}, {"не может", -1}, {"следует", 2}, {"не следует", -2},
		{"нельзя", -3}, {"запрещено", -3}, {"вправе", 1}, {"нужно", 2}, {"невозможно", -1},
	} {
		items := ScanKinds(bitext.Russian, c.text, Modality)
		if len(items) != 1 || items[0].Strength != c.strength {
			t.Errorf("%q: got %+v, want strength %d", c.text, items, c.strength)
		}
	}
}

func TestRussianNames(t *testing.T) {
	checkScan(t, bitext.Russian, []scanCase{
		{"гости из Китая и китайские гости", "name CN; name CN"},
		{"российско-китайские связи", "name RU; name CN"},
		{"в Соединённых Штатах Америки", "name US"},
		{"в США и РФ", "name US; name RU"},
		{"Организации Объединённых Наций", "name UN"},
		{"в Санкт-Петербурге", "name PETERSBURG"},
		{"встретил Сергея Лаврова", "name серге; name LAVROV"},
		{"с Ивановым и Ивановой", "name иванов; name иванов"},
		{"мы видели М. Дегтярёва", "name дегтярев"},
		{"на встрече с президентом Путиным", "name PUTIN"},
		{"Вторая мировая война", "name WW2"},
		{"утечка газа", ""},
		{"Вчера шёл дождь.", ""},
	}, Name)
	checkScan(t, bitext.Russian, []scanCase{
		{"«Мы готовы», — сказал он", "title мы готовы"},
		{"„Война и мир“", "title война и мир"},
		{"«ООО „Ромашка“»", `title ооо "ромашка"; title ромашка`},
		{"\"Да\" и \"нет\"", "title да; title нет"},
	}, Title)
}
