#include "answer_internal.h"

/* ----------------------------------------------------------------- actors */

static const char *const actor_types[] = {"person", "organization", "place", "other"};
static const char *const place_kinds[] = {NULL, "country", "region", "city", "other"};

static void write_roles(struct writer *w, const struct actor *actor)
{
    answer_raw(w, ",\"roles\":[");
    for (uint32_t i = 0; i < actor->role_count; i++) {
        answer_raw(w, i ? ",{\"title\":" : "{\"title\":");
        answer_string(w, actor->roles[i].title);
        answer_raw(w, ",\"of\":");
        answer_string(w, actor->roles[i].of);
        answer_raw(w, "}");
    }
    answer_raw(w, "]");
}

static void write_mentions(struct writer *w, uint32_t actor)
{
    bool first = true;
    answer_raw(w, ",\"mentions\":[");
    for (uint32_t i = 0; i < w->article->mention_count; i++) {
        const struct mention *mention = &w->article->mentions[i];
        if (mention->actor != actor)
            continue;
        answer_raw(w, first ? "{\"text\":" : ",{\"text\":");
        first = false;
        answer_string(w, article_text(w->article, mention->span));
        answer_raw(w, ",\"span\":");
        answer_span(w, mention->span, true);
        answer_raw(w, "}");
    }
    answer_raw(w, "]");
}

static void write_actor(struct writer *w, uint32_t index)
{
    const struct actor *actor = &w->article->actors[index];
    answer_raw(w, "{\"name\":");
    answer_string(w, actor->name);
    buffer_printf(w->out, ",\"type\":\"%s\"", actor_types[actor->type]);
    if (actor->type == ACTOR_PLACE) {
        answer_raw(w, ",\"kind\":");
        answer_cstring(w, place_kinds[actor->place_kind]);
    }
    if (actor->type == ACTOR_ORGANIZATION) {
        answer_raw(w, ",\"kind\":");
        answer_string(w, actor->organization_type);
    }
    answer_raw(w, ",\"country\":");
    answer_cstring(w, actor->country[0] ? actor->country : NULL);
    answer_raw(w, ",\"salience\":");
    answer_share(w, (double)actor->salience);
    answer_raw(w, ",\"confidence\":");
    answer_share(w, (double)actor->confidence);
    write_roles(w, actor);
    answer_raw(w, ",\"aliases\":");
    answer_strings(w, actor->aliases, actor->alias_count);
    buffer_printf(w->out, ",\"count\":%u", actor->count);
    if (w->job->include & INCLUDE_MENTIONS)
        write_mentions(w, index);
    answer_raw(w, "}");
}

void answer_actors(struct writer *w)
{
    answer_raw(w, "[");
    for (uint32_t i = 0; i < w->article->actor_count; i++) {
        answer_raw(w, i ? "," : "");
        write_actor(w, i);
    }
    answer_raw(w, "]");
}

/* ----------------------------------------------- topics, phrases, authors */

void answer_topics(struct writer *w)
{
    answer_raw(w, "[");
    for (uint32_t i = 0; i < w->article->topic_count; i++) {
        const struct topic *topic = &w->article->topics[i];
        answer_raw(w, i ? ",{\"code\":" : "{\"code\":");
        answer_string(w, topic->code);
        answer_raw(w, ",\"label\":");
        answer_string(w, topic->label);
        answer_raw(w, ",\"path\":");
        answer_strings(w, topic->path, topic->path_count);
        answer_raw(w, ",\"path_labels\":");
        answer_strings(w, topic->path_labels, topic->path_count);
        answer_raw(w, ",\"score\":");
        answer_share(w, (double)topic->score);
        answer_raw(w, ",\"evidence\":");
        answer_strings(w, topic->words, topic->word_count);
        answer_raw(w, "}");
    }
    answer_raw(w, "]");
}

void answer_keyphrases(struct writer *w)
{
    answer_raw(w, "[");
    for (uint32_t i = 0; i < w->article->keyphrase_count; i++) {
        answer_raw(w, i ? ",{\"text\":" : "{\"text\":");
        answer_string(w, w->article->keyphrases[i].text);
        answer_raw(w, ",\"score\":");
        answer_share(w, (double)w->article->keyphrases[i].score);
        answer_raw(w, "}");
    }
    answer_raw(w, "]");
}

void answer_authors(struct writer *w)
{
    answer_raw(w, "[");
    for (uint32_t i = 0; i < w->article->author_count; i++) {
        answer_raw(w, i ? "," : "");
        answer_string(w, w->article->authors[i].value);
    }
    answer_raw(w, "]");
}

/* ------------------------------------------------------------------ dates */


const char *answer_date_kind(enum date_kind kind)
{
    static const char *const kinds[] = {"published", "modified", "event", "mentioned"};
    return kinds[kind];
}

static void write_missing(struct writer *w, unsigned missing)
{
    static const char *const parts[] = {"year", "month", "day"};
    bool first = true;
    answer_raw(w, ",\"missing\":[");
    for (unsigned i = 0; i < 3; i++) {
        if (!(missing & 1u << i))
            continue;
        answer_raw(w, first ? "" : ",");
        first = false;
        answer_cstring(w, parts[i]);
    }
    answer_raw(w, "]");
}

static void write_date(struct writer *w, const struct date_finding *date)
{
    answer_raw(w, "{\"edtf\":");
    answer_string(w, date->edtf);
    buffer_printf(w->out, ",\"kind\":\"%s\",\"text\":", answer_date_kind(date->kind));
    answer_string(w, date->text);
    answer_raw(w, ",\"span\":");
    answer_span(w, date->span, date->has_span);
    write_missing(w, date->missing);
    answer_raw(w, ",\"resolved_by\":");
    answer_string(w, date->resolved_by);
    if (!slice_is_null(date->alternative)) {
        answer_raw(w, ",\"alternative\":");
        answer_string(w, date->alternative);
    }
    buffer_printf(w->out, ",\"from\":\"%s\"}", source_name(date->source));
}

void answer_dates(struct writer *w)
{
    answer_raw(w, "[");
    for (uint32_t i = 0; i < w->article->date_count; i++) {
        answer_raw(w, i ? "," : "");
        write_date(w, &w->article->dates[i]);
    }
    answer_raw(w, "]");
}
