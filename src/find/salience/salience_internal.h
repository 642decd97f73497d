/* salience_internal: what the files that read the features of salience share. */
#ifndef NEWSMETA_FIND_SALIENCE_SALIENCE_INTERNAL_H
#define NEWSMETA_FIND_SALIENCE_SALIENCE_INTERNAL_H

#include "find/names/role_words.h"
#include "find/salience/salience.h"

/* In the order of salience_feature_names. Those from F_SPEAKER to F_CONTAINER are counted by mention and become shares
 * of the mentions. */
enum salience_feature {
    F_BIAS,
    F_MENTIONS,
    F_MEANT,
    F_REPEATED,
    F_ECHO,
    F_PRONOUNS,
    F_BLOCKS,
    F_VOICE, /* how often */
    F_EARLY,
    F_HEADLINE,
    F_HEADLINE_PERSON,
    F_HEADLINE_PLACE,
    F_HEADLINE_ONLY,
    F_SHADOW,
    F_LEADS,
    F_FIRST_SENTENCE, /* where */
    F_FIRST_PERSON,
    F_FIRST_PLACE,
    F_LEAD_BLOCK,
    F_LEAD_WHERE,
    F_FIRST_OF_TYPE,
    F_OPENS,
    F_SPEAKER,
    F_AGENT,
    F_WHERE,
    F_LISTED,
    F_CHAIN,
    F_PAIR,
    F_WHENCE,
    F_OWNER,
    F_NATION,
    F_ATTACHED,
    F_SEAT,
    F_CONTAINER, /* as what */
    F_OUTSIDER,
    F_AGED,
    F_PRINCIPAL,
    F_LED,
    F_ROLE,
    F_LEADER,
    F_COMMENTS,
    F_HELD,
    F_NAMESAKE,
    F_TOPIC_WORD,
    F_ORIGIN, /* what hangs on it */
    F_ORIGIN_COUNT,
    F_PERSON,
    F_SINGLE,
    F_LONG,
    F_MEDIA,
    F_GOVERNMENT,
    F_COMPANY,
    F_TEAM,
    F_INTERNATIONAL,
    F_PLACE,
    F_COUNTRY,
    F_COUNTRY_ONCE, /* what it is */
};

#define SALIENCE_SHORTEST_WORD 4 /* bytes of a word by which two names are one */

struct salience_reader {
    struct job *job;
    const struct article *article;
    struct role_words words;
    const struct lexicon_table *commenting; /* data/lexicon/commenting_roles.tsv */
    const struct lexicon_table *leading;    /* leading_roles.tsv */
    const struct lexicon_table *telling;    /* salience_words.tsv */
    const bool *datelines;     /* by mention: it only says where a report was written */
    struct map headline_words; /* lower-cased, without a plural s */
    uint32_t *last_block;      /* of each actor: the block of the mention before, +1 */
    uint32_t lead;             /* the first block of prose */
    uint32_t blocks;           /* blocks of prose with tokens */
    bool *quoting;             /* by block: of prose, with a quotation mark */
    uint32_t quoting_blocks;
};

static inline const struct token *salience_token(const struct salience_reader *reader, uint32_t i)
{
    return &reader->article->tokens[i];
}

static inline bool salience_in_headline(const struct article *article, const struct sentence *sentence)
{
    return article->blocks[sentence->block].role == ROLE_HEADLINE;
}

static inline bool salience_word_is(const struct salience_reader *reader, uint32_t i, enum small_word kind)
{
    return role_word_is(&reader->words, i, kind);
}

/* The word is of that kind in data/lexicon/salience_words.tsv, in the text's language. */
bool salience_tells(const struct salience_reader *reader, uint32_t i, const char *kind);

static inline bool salience_is_comma(const struct salience_reader *reader, uint32_t i)
{
    return slice_equals(salience_token(reader, i)->lower, SLICE(","));
}

/* By mention: whether it only says where a report was written ("BILLINGS, Montana -", "Erfurt, 3. Mai (lsw) -"). */
const bool *salience_find_datelines(struct salience_reader *reader);

/* F_SHADOW: of the headline only, and a word of it is in the name of another actor of the prose ("Bergen orchestra"
 * above "Bergen Philharmonic Orchestra"), or stands there as an everyday word ("Islanders"). Reads F_HEADLINE_ONLY,
 * F_BLOCKS. */
void salience_find_shadows(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES]);

/* Puts the longer words of the text, lower-cased, among `words`. */
void salience_note_words(const struct salience_reader *reader, struct slice text, struct map *words);

/* What the names around the mentions, and the nouns that mean an actor further down, show: F_CHAIN, F_PAIR,
 * F_PRINCIPAL, F_ATTACHED, F_SEAT, F_CONTAINER, F_NATION, F_LED, F_OUTSIDER, F_ECHO,
 * F_NAMESAKE. */
void salience_look_around(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES]);

#endif
