package ingest

import (
	"context"
	"sverka/internal/bitext"
)

func readDOCX(context.Context, []byte, Limits) (*bitext.Document, error)     { return nil, ErrFormat }
func readODT(context.Context, []byte, Limits) (*bitext.Document, error)      { return nil, ErrFormat }
func readPDF(context.Context, []byte, Limits) (*bitext.Document, error)      { return nil, ErrFormat }
func readHTML(context.Context, string, Options) (*bitext.Document, error)    { return nil, ErrFormat }
func readMarkdown(context.Context, string, Limits) (*bitext.Document, error) { return nil, ErrFormat }
