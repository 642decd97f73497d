/* dates_internal: what the files of find/dates share. */
#ifndef NEWSMETA_FIND_DATES_DATES_INTERNAL_H
#define NEWSMETA_FIND_DATES_DATES_INTERNAL_H

#include "article/job.h"
#include "find/dates/date_grammar.h"
#include "model/ranker.h"

struct date_lexicon {
    const struct date_vocabulary *words;
    const struct lexicon_table *order; /* region -> "day" or "month" */
    const struct ranker *ranker;
};

/* A mention in a block of the article; its positions are those of article.text. */
struct dated {
    struct date_mention mention;
    uint32_t block;
    enum date_kind kind;
    enum source source;
    bool cued; /* words say what it is: "Published", "Updated" */
    struct slice resolved_by;
};

struct dated_list {
    struct dated *items;
    size_t count, capacity;
};

/* What the words before a date say of it. */
enum date_cue { CUE_NONE, CUE_PUBLISHED, CUE_MODIFIED, CUE_FOREIGN };

/* The cue nearest to the end of `before`, in these languages (0: any); words of eight bytes or more in any. */
enum date_cue date_cue_before(struct date_grammar *grammar, struct slice before, uint64_t languages);
/* The cue of a line that is a label: its last word, else its first ("Datum", "Published on", "Stand der Seite"). */
enum date_cue date_cue_label(struct date_grammar *grammar, struct slice label, uint64_t languages);
/* The cue that follows: "12 March 2020 (updated)", "am 3. Mai 2019 veröffentlicht"; three words on at most. */
enum date_cue date_cue_behind(struct date_grammar *grammar, struct slice behind, uint64_t languages);

/* "KYIV, Nov 12 (Agency) - Russian drones ...", "(12 November 2020) Russian ..." at the head of a paragraph. */
bool date_opens_line(struct slice text, const struct date_mention *mention);

/* All mentions in the headline, standfirst, byline, dateline and prose blocks, each with its kind as far as
 * its place tells: published and modified in bylines and datelines, mentioned elsewhere. */
void dates_collect(struct job *job, struct date_grammar *grammar, struct date_style style, struct dated_list *out);

#endif
