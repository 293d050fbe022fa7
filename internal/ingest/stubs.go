package ingest

import (
	"context"
	"sverka/internal/bitext"
)

func readPDF(context.Context, []byte, Limits) (*bitext.Document, error)      { return nil, ErrFormat }
func readMarkdown(context.Context, string, Limits) (*bitext.Document, error) { return nil, ErrFormat }
