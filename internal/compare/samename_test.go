package compare

import (
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/lexis"
)

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b   string
		la, lb bitext.Lang
		same   bool
	}{
		{"Evgeny Orlov", "Yevgeniy Orlov", "en", "en", true},
		{"Orlov", "Evgeny Orlov", "en", "en", true},
		{"Орлов", "Orlov", "ru", "en", true},
		{"Вестфалии", "Westphalia", "ru", "en", true},
		{"Михаилом Лобачёвым", "Mikhail Lobachev", "ru", "en", true},
		{"Чернышевский", "Chernyshevsky", "ru", "en", true},
		{"Орлов", "Petrov", "ru", "en", false},
		{"Ivan Orlov", "Boris Orlov", "en", "en", false},
		{"Lima", "Oslo", "en", "en", false},
		{"Oman", "Iran", "en", "en", false},
	} {
		if got := lexis.SameName(c.a, c.b, c.la, c.lb); got >= nameSame != c.same {
			t.Errorf("%s and %s: %.2f", c.a, c.b, got)
		}
		if x, y := lexis.SameName(c.a, c.b, c.la, c.lb), lexis.SameName(c.b, c.a, c.lb, c.la); x != y {
			t.Errorf("%s and %s: %.2f one way, %.2f the other", c.a, c.b, x, y)
		}
	}
}
