/* name_evidence: in a language that the tagger has not learnt, what speaks for a name beside the tagger. Its
 * weights come from English, where a capital inside of a sentence is a name's; German writes every noun with
 * one. A name must be known, stand behind a title or a given name, or carry a capital where the language
 * gives one to names alone. */
#ifndef NEWSMETA_FIND_NAMES_NAME_EVIDENCE_H
#define NEWSMETA_FIND_NAMES_NAME_EVIDENCE_H

#include "article/job.h"
#include "model/gazetteer.h"
#include "model/small_words.h"

struct name_evidence {
    const struct article *article;
    const struct gazetteer *gazetteer;
    bool asked;              /* the language is known and not English */
    bool capital_nouns;      /* it writes nouns with a capital */
    const struct lexicon_table *noun_endings;
};

struct name_evidence name_evidence_make(struct job *job, const struct gazetteer *gazetteer);
/* Behind the function words that a sentence begins with: "La" of "La France", not of "La Paz". */
uint32_t name_evidence_start(const struct name_evidence *evidence, uint32_t first, uint32_t end);
/* Before those that it ends with: "al" of "Jhamir Ordain al". */
uint32_t name_evidence_end(const struct name_evidence *evidence, uint32_t first, uint32_t end);
/* Whether tokens [first, end) may be a name of this type; margin: how sure the tagger is. */
bool name_evidence_holds(const struct name_evidence *evidence, uint32_t first, uint32_t end, enum actor_type type,
                         float margin);
/* A single word that is a large city's name: the tagger takes "Lyon" for a person as English has it for one. */
bool name_evidence_is_city(const struct name_evidence *evidence, uint32_t first, uint32_t end);
/* The end of the person's name that a role noun stands before ("Inhaberin Roswitha Dötterl"), first == the title; 0:
 * none. */
uint32_t name_evidence_titled(const struct name_evidence *evidence, uint32_t title, uint32_t sentence_end);

#endif
