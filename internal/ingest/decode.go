package ingest

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	uni "unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

var (
	utf16LE = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16BE = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	utf32LE = utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	utf32BE = utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
)

// boms are the byte order marks, longer ones before their own beginnings.
var boms = []struct {
	mark, name string
	enc        encoding.Encoding
}{
	{"\xef\xbb\xbf", "utf-8", encoding.Nop},
	{"\xff\xfe\x00\x00", "utf-32le", utf32LE},
	{"\x00\x00\xfe\xff", "utf-32be", utf32BE},
	{"\xff\xfe", "utf-16le", utf16LE},
	{"\xfe\xff", "utf-16be", utf16BE},
}

// decode turns the bytes of a text file into UTF-8 with "\n" at line ends and
// no byte order mark. The encoding is, in this order, what its caller names,
// the byte order mark, UTF-8 where the bytes are such, what a page declares,
// and the best guess.
func decode(data []byte, format Format, name string) (string, error) {
	text, err := decodeBytes(data, format, name)
	if err != nil {
		return "", err
	}
	if err := checkText(text); err != nil {
		return "", err
	}
	return normaliseLines(text), nil
}

func decodeBytes(data []byte, format Format, name string) (string, error) {
	if name != "" && !strings.EqualFold(name, "auto") {
		enc, canonical, err := lookupEncoding(name)
		if err != nil {
			return "", err
		}
		return decodeStrict(data, canonical, enc)
	}
	for _, b := range boms {
		if bytes.HasPrefix(data, []byte(b.mark)) {
			text, err := decodeStrict(data, b.name, b.enc)
			if b.enc != encoding.Nop && (err != nil || !plausible(text)) {
				if g := guessCharset(data)[0]; !g.unsure && g.name == "windows-1251" {
					break // where the mark reads яю
				}
			}
			if err != nil && format == HTML {
				return decodeLoosely(data[len(b.mark):], b.enc), nil
			}
			return text, err
		}
	}
	if utf8.Valid(data) && controls(data) <= allowedControls(len(data)) {
		return string(data), nil
	}
	if format == HTML {
		if text, ok := decodeDeclared(data); ok {
			return text, nil
		}
	}
	return decodeGuessed(data, format)
}

// plausible says that hardly any character of text is one that nobody writes.
func plausible(text string) bool {
	odd, n := 0, 0
	for _, r := range text {
		n++
		if uni.Is(uni.Co, r) || r == utf8.RuneError || r > ' ' && !uni.IsGraphic(r) && !uni.Is(uni.Cf, r) {
			odd++
		}
	}
	return odd*20 <= n
}

// lookupEncoding finds an encoding by any name that browsers know.
func lookupEncoding(name string) (encoding.Encoding, string, error) {
	n := strings.ToLower(strings.TrimSpace(name))
	switch n {
	case "cp1251", "win1251", "1251":
		n = "windows-1251"
	case "koi8r":
		n = "koi8-r"
	case "utf16", "utf-16":
		n = "utf-16le"
	case "cp936", "936":
		n = "gbk"
	case "cp950", "950":
		n = "big5"
	case "utf-32le":
		return utf32LE, n, nil
	case "utf-32be":
		return utf32BE, n, nil
	}
	enc, err := htmlindex.Get(n)
	if err != nil {
		return nil, "", &Error{Kind: ErrEncoding, Detail: fmt.Sprintf("%q is no encoding that is known", name), Cause: err, Advice: adviceEncoding}
	}
	canonical, err := htmlindex.Name(enc)
	if err != nil {
		canonical = n
	}
	switch canonical {
	case "utf-8":
		enc = encoding.Nop
	case "gbk": // gb18030 reads the same bytes and more
		enc = simplifiedchinese.GB18030
	case "utf-16le":
		enc = utf16LE
	case "utf-16be":
		enc = utf16BE
	case "replacement", "x-user-defined":
		return nil, "", &Error{Kind: ErrEncoding, Detail: fmt.Sprintf("%q cannot be read", name), Advice: adviceEncoding}
	}
	return enc, canonical, nil
}

func stripBOM(data []byte, name string) []byte {
	for _, b := range boms {
		if b.name == name {
			return bytes.TrimPrefix(data, []byte(b.mark))
		}
	}
	return data
}

// decodeStrict decodes a whole file, without the mark of its encoding, and
// fails at the first byte that is no text.
func decodeStrict(file []byte, name string, enc encoding.Encoding) (string, error) {
	data := stripBOM(file, name)
	mark := len(file) - len(data)
	if enc == encoding.Nop {
		if utf8.Valid(data) {
			return string(data), nil
		}
		return "", badByte(file, name, mark+firstInvalid(data))
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", &Error{Kind: ErrEncoding, Detail: "it is not " + name, Cause: err, Advice: adviceEncoding}
	}
	if bytes.ContainsRune(text, utf8.RuneError) {
		if i := firstUndecodable(data, enc); i >= 0 {
			return "", badByte(file, name, mark+i)
		}
	}
	return string(text), nil
}

func decodeLoosely(data []byte, enc encoding.Encoding) string {
	if enc == encoding.Nop {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return ""
	}
	return string(text)
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return -1
}

// firstUndecodable gives the offset of the first character that enc cannot
// read, -1 where each U+FFFD stands in the file itself. Decoding runs on with
// room for one character at a time, so that each one's place is known.
func firstUndecodable(data []byte, enc encoding.Encoding) int {
	dec := enc.NewDecoder()
	room := make([]byte, 4*utf8.UTFMax)
	for i := 0; i < len(data); {
		wrote, read := 0, 0
		for n := 1; n <= 4 && wrote == 0 && i+n <= len(data); n++ {
			var err error
			wrote, read, err = dec.Transform(room, data[i:i+n], i+n == len(data))
			if err != nil && err != transform.ErrShortSrc {
				return i
			}
		}
		if read == 0 || bytes.ContainsRune(room[:wrote], utf8.RuneError) && !encodesReplacement(data[i:i+read], enc) {
			return i
		}
		i += read
	}
	return -1
}

func encodesReplacement(b []byte, enc encoding.Encoding) bool {
	own, err := enc.NewEncoder().Bytes([]byte("\ufffd"))
	return err == nil && bytes.Contains(b, own)
}

func badByte(data []byte, name string, i int) error {
	detail := fmt.Sprintf("byte 0x%02X at offset %d is not %s", data[i], i, name)
	if len(data)-i < 4 {
		detail += "; the file ends there and may have been cut off"
	}
	line := 0
	if !strings.HasPrefix(name, "utf-16") && !strings.HasPrefix(name, "utf-32") {
		line = 1 + bytes.Count(data[:i], []byte("\n"))
	}
	return &Error{Line: line, Kind: ErrEncoding, Detail: detail, Advice: adviceEncoding}
}

// metaCharset finds the declaration of a page's or an XML file's encoding.
var metaCharset = regexp.MustCompile(`(?i)(?:<meta\b[^>]{0,400}?\bcharset\s*=\s*|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*)["']?\s*([-\w:.]{2,40})`)

// decodeDeclared follows a page's own declaration, unless the bytes do not
// fit it but for a few, as browsers do.
func decodeDeclared(data []byte) (string, bool) {
	m := metaCharset.FindSubmatch(data[:min(len(data), 8192)])
	if m == nil {
		return "", false
	}
	enc, name, err := lookupEncoding(string(m[1]))
	if err != nil || strings.HasPrefix(name, "utf-16") {
		return "", false // a declaration in ASCII cannot be true of UTF-16
	}
	text := decodeLoosely(data, enc)
	bad := strings.Count(text, "\ufffd")
	return text, bad*200 <= len(data)
}

// decodeGuessed reads text whose encoding nothing tells.
func decodeGuessed(data []byte, format Format) (string, error) {
	if i := firstInvalid(data); i >= 0 && nearlyUTF8(data) {
		if format == HTML {
			return decodeLoosely(data, encoding.Nop), nil
		}
		return "", badByte(data, "utf-8", i)
	}
	ranked := guessCharset(data)
	best := ranked[0]
	if best.unsure {
		if controls(data) > allowedControls(len(data)) {
			return "", binaryError()
		}
		return "", &Error{Kind: ErrEncoding, Detail: "the encoding cannot be told from the bytes", Advice: adviceEncoding}
	}
	text, err := decodeStrict(data, best.name, best.enc)
	if err == nil {
		return text, nil
	}
	if format == HTML {
		return decodeLoosely(data, best.enc), nil
	}
	return "", err
}

// nearlyUTF8 says that data is UTF-8 but for a few bytes. Two-byte text of
// another encoding hardly ever makes a well-formed sequence.
func nearlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n <= 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return good >= 3 && good > 8*bad
}

// controls counts the bytes below space that text does not use.
func controls(data []byte) int {
	n := 0
	for _, c := range data {
		if c < ' ' && isControl(rune(c)) {
			n++
		}
	}
	return n
}

func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' && r != 0x1a && r != 0x1b
}

func allowedControls(n int) int { return min(2, n/40) + n/500 }

func binaryError() error {
	return &Error{Kind: ErrBinary, Detail: "it is full of control characters", Advice: adviceFormat}
}

// checkText refuses what decodes and yet is no text.
func checkText(text string) error {
	n, runes := 0, 0
	for _, r := range text {
		runes++
		if isControl(r) {
			n++
		}
	}
	if n > allowedControls(runes) {
		return binaryError()
	}
	if strings.TrimSpace(text) == "" {
		return &Error{Kind: ErrEmpty, Detail: "it holds white space only"}
	}
	return nil
}

// normaliseLines ends every line with "\n".
func normaliseLines(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}
