package compare

// checkDocument runs the checks that look at the whole alignment.
func checkDocument(in Input, skip []bool, opt *Options) []Finding { return nil }
