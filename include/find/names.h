/* names: article.mentions: where the prose names people, organizations and places. The only place where
 * names are found; headline, actors and topics use these mentions. Words that carry a capital of their own
 * and name no actor (demonyms, weekdays, religions, ...) are mentions of type ACTOR_OTHER.
 *
 * Sorted by position, never overlapping. */
#ifndef NEWSMETA_FIND_NAMES_H
#define NEWSMETA_FIND_NAMES_H

#include "article/job.h"
#include "model/lexicon.h"

const struct name_model *name_model_create(struct arena *arena, const struct lexicon *lexicon);

struct gazetteer; /* model/gazetteer.h */
struct map;       /* base/map.h */
struct ranker;    /* model/ranker.h */
const struct gazetteer *names_gazetteer(const struct name_model *model);
const struct ranker *names_salience(const struct name_model *model);
const struct ranker *names_confidence(const struct name_model *model);

enum err names_run(struct job *job);

#endif
