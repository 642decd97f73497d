/* answer_internal: what the parts of an answer share: the writer, and writing into it. */
#ifndef NEWSMETA_OUTPUT_ANSWER_INTERNAL_H
#define NEWSMETA_OUTPUT_ANSWER_INTERNAL_H

#include "base/buffer.h"
#include "output/answer.h"
#include "body_text.h"
#include "output/offsets.h"

/* What writing one answer needs. */
struct writer {
    const struct job *job;
    const struct article *article;
    struct buffer *out;
    struct body_text body;
    struct offsets offsets; /* over the input for text, over body.text for pages */
    bool page;
};

void answer_raw(struct writer *w, const char *text);
void answer_string(struct writer *w, struct slice s);
void answer_cstring(struct writer *w, const char *s);
void answer_share(struct writer *w, double value);
void answer_strings(struct writer *w, const struct slice *items, uint32_t count);
/* [start,end] in the caller's unit, of offsets into the text that spans refer to. */
void answer_offsets(struct writer *w, size_t start, size_t end);
/* A span of article.text; null when it does not stand in the text that spans refer to. */
void answer_span(struct writer *w, struct span span, bool has_span);

void answer_actors(struct writer *w);
void answer_topics(struct writer *w);
void answer_keyphrases(struct writer *w);
void answer_authors(struct writer *w);
void answer_dates(struct writer *w);
const char *answer_date_kind(enum date_kind kind);
void answer_body(struct writer *w);
void answer_evidence(struct writer *w);

#endif
