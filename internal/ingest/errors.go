package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// What can be wrong with a file. Each failure of this package is an *Error
// that wraps one of these; a missing or unreadable file wraps fs.ErrNotExist
// or fs.ErrPermission beside it.
var (
	ErrMissing    = errors.New("there is no such file")
	ErrDirectory  = errors.New("this is a folder")
	ErrPermission = errors.New("the file may not be read")
	ErrEmpty      = errors.New("the file holds no text")
	ErrBinary     = errors.New("the file is not text")
	ErrFormat     = errors.New("the format is not one that can be read")
	ErrEncoding   = errors.New("the bytes are not text in this encoding")
	ErrCorrupt    = errors.New("the file is damaged")
	ErrEncrypted  = errors.New("the file is locked by a password")
	ErrLimit      = errors.New("the file goes over a limit")
)

// Error says what is wrong with a file, where, and what to do about it.
type Error struct {
	Path   string // as given; "-" for standard input
	Line   int    // from 1; 0 where no line is meant
	Kind   error  // one of the sentinels of this package
	Detail string // what was found; "" where Kind says all
	Cause  error  // what another package reported, or nil
	Advice string // what to do; "" where nothing helps
}

// Error gives path, line and what is wrong on one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Path)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	b.WriteString(": ")
	b.WriteString(e.Kind.Error())
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	return b.String()
}

// Hint says what to do, or "".
func (e *Error) Hint() string { return e.Advice }

// Unwrap gives the sentinel and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Cause}
}

// at sets the path of a failure that was met below where paths are known.
func at(path string, err error) error {
	var e *Error
	if errors.As(err, &e) && e.Path == "" {
		e.Path = path
	}
	return err
}

const (
	adviceEncoding = "name the encoding: utf-8, utf-16le, windows-1251, koi8-r, gb18030, big5, …; or save the file as UTF-8"
	adviceFormat   = "give plain text, Markdown, HTML, DOCX, ODT or a PDF with a text layer"
	adviceSave     = "open it in its own program and save it again"
)

func corrupt(cause error, format string, args ...any) *Error {
	return &Error{Kind: ErrCorrupt, Detail: fmt.Sprintf(format, args...), Cause: cause, Advice: adviceSave}
}

func overLimit(advice, format string, args ...any) *Error {
	return &Error{Kind: ErrLimit, Detail: fmt.Sprintf(format, args...), Advice: advice}
}

// openError says in our words why the system would not open path.
func openError(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Error{Path: path, Kind: ErrMissing, Cause: err, Advice: "look at the name's spelling and at the folder that the command runs in"}
	case errors.Is(err, fs.ErrPermission):
		return &Error{Path: path, Kind: ErrPermission, Cause: err, Advice: "ask for the right to read it, or copy it to a folder of yours"}
	}
	return fmt.Errorf("%s cannot be read: %w", path, err)
}
