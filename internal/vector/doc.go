// Package vector gives texts and words vectors that say what they mean, in
// Russian, Chinese and English alike: texts that render each other point the
// same way. The vectors of subword pieces were learnt once (tools/vectors) and
// stand in a table in the binary; a text's vector is the sum of its pieces'.
package vector
