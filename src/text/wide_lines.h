/* wide_lines: what short lines say in kana, Han and hangul, where no blank parts a label or a mark of a date from the
 * word beside it. */
#ifndef NEWSMETA_TEXT_WIDE_LINES_H
#define NEWSMETA_TEXT_WIDE_LINES_H

#include "model/lexicon.h"

/* Whether a line without an end of sentence names a reporter, a source, a picture (`signs`:
 * data/lexicon/wide_signs.tsv), or is nothing but a name in brackets. A longer line than a few words never does. */
bool wide_line_is_sign(const struct lexicon_table *signs, struct slice line);

/* Share of its letters and digits that belong to a date: "2022年10月2日 05時00分更新"; 0 where no day is given. */
float wide_line_dated(struct slice line);

#endif
