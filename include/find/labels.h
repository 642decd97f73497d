/* labels: what the class names and ids around a block hint at ("entry-title", "byline", "comment-list"). The
 * hints are data/lexicon/label_hints.tsv; a label counts when it contains the hint. */
#ifndef NEWSMETA_FIND_LABELS_H
#define NEWSMETA_FIND_LABELS_H

#include "article/job.h"
#include "model/label_patterns.h"
#include "model/lexicon.h"

enum label_hint {
    HINT_HEADLINE = 1 << 0,
    HINT_BYLINE = 1 << 1,
    HINT_META = 1 << 2, /* the line of date, author and section */
    HINT_COMMENT = 1 << 3,
    HINT_RELATED = 1 << 4, /* other stories */
    HINT_SITE = 1 << 5,    /* logo, masthead */
    HINT_MENU = 1 << 6,
    HINT_ASIDE = 1 << 7,
    HINT_NOTICE = 1 << 8, /* consent, newsletter, advertisement, dialog */
    HINT_CAPTION = 1 << 9,
    HINT_KICKER = 1 << 10, /* beside a headline: kicker, subtitle, date, what only screen readers say */
    HINT_TODAY = 1 << 11   /* the day of the visit */
};

/* The hints of a block's sections, from its own outwards over a few; a section that holds more than half of the
 * page says nothing about one block. */
struct labels {
    const struct label_patterns *patterns;
    const struct article *article;
};

const struct label_patterns *labels_create(struct arena *arena, const struct lexicon *lexicon);
void labels_read(struct job *job, struct labels *labels);
unsigned labels_of_block(struct labels *labels, const struct block *block);
/* The hints of a label alone. */
unsigned labels_of_text(const struct labels *labels, struct slice label);
/* The same for a claim's or any other section. */
unsigned labels_of_section(struct labels *labels, uint32_t section);

#endif
