#include "web_url.h"

#include <curl/curl.h>

#include "fetch/fetcher.h"
#include "fetch/netguard.h"

#define URL_MAX_BYTES 8192u

static CURLU *parse(struct slice url, unsigned flags)
{
    char cstr[URL_MAX_BYTES + 1];
    CURLU *parts = url.len <= URL_MAX_BYTES ? curl_url() : NULL;
    if (!parts)
        return NULL;
    memcpy(cstr, url.ptr, url.len);
    cstr[url.len] = '\0';
    if (curl_url_set(parts, CURLUPART_URL, cstr, flags) == CURLUE_OK)
        return parts;
    curl_url_cleanup(parts);
    return NULL;
}

/* ----------------------------------------------------------- may it be asked for? */

static bool has_odd_bytes(struct slice url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ' || url.ptr[i] == 0x7F || url.ptr[i] == '\\')
            return true;
    return false;
}

static enum err check_parts(CURLU *parts, const char **why)
{
    char *scheme = NULL, *user = NULL, *password = NULL, *port = NULL;
    enum err err = ERR_NONE;
    uint64_t number = 0;
    curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0);
    curl_url_get(parts, CURLUPART_USER, &user, 0);
    curl_url_get(parts, CURLUPART_PASSWORD, &password, 0);
    curl_url_get(parts, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT);
    if (!scheme || (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0)) {
        *why = "only http and https URLs can be fetched";
        err = ERR_BAD_URL;
    } else if (user || password) {
        *why = "a URL with a user name or password is not fetched";
        err = ERR_BAD_URL;
    } else if (!slice_to_u64(slice_from_cstr(port), 65535, &number) || !netguard_allows_port((unsigned)number)) {
        *why = "ports below 1024 other than 80 and 443 are not fetched from";
        err = ERR_ADDRESS_NOT_ALLOWED;
    }
    curl_free(scheme);
    curl_free(user);
    curl_free(password);
    curl_free(port);
    return err;
}

enum err fetcher_check_url(struct slice url, const char **why)
{
    *why = "the URL is empty, too long, or has blanks, backslashes or control characters in it";
    if (url.len == 0 || url.len > URL_MAX_BYTES || has_odd_bytes(url))
        return ERR_BAD_URL;
    *why = "the text is not an absolute URL";
    CURLU *parts = parse(url, CURLU_NON_SUPPORT_SCHEME);
    if (!parts)
        return ERR_BAD_URL;
    enum err err = check_parts(parts, why);
    curl_url_cleanup(parts);
    if (err == ERR_NONE)
        *why = NULL;
    return err;
}

/* ------------------------------------------------------------------------ parts */

static struct slice take_part(CURLU *url, CURLUPart part, unsigned flags, struct arena *arena)
{
    char *text = NULL;
    struct slice copy = SLICE("");
    if (curl_url_get(url, part, &text, flags) == CURLUE_OK)
        copy = slice_from_cstr(arena_cstr(arena, slice_from_cstr(text)));
    curl_free(text);
    return copy;
}

static struct slice lower_case(struct arena *arena, struct slice text)
{
    char *copy = arena_cstr(arena, text);
    for (size_t i = 0; i < text.len; i++)
        copy[i] = ascii_to_lower(copy[i]);
    return slice_of(copy, text.len);
}

bool web_url_read(struct arena *arena, struct slice text, struct web_url *parts)
{
    CURLU *url = parse(text, 0);
    if (!url)
        return false;
    curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0);
    struct slice scheme = take_part(url, CURLUPART_SCHEME, 0, arena);
    struct slice port = take_part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT, arena);
    struct slice path = take_part(url, CURLUPART_PATH, 0, arena), query = take_part(url, CURLUPART_QUERY, 0, arena);
    parts->host = lower_case(arena, take_part(url, CURLUPART_HOST, 0, arena));
    parts->origin = arena_printf(arena, "%.*s://%.*s:%.*s", SLICE_ARG(scheme), SLICE_ARG(parts->host), SLICE_ARG(port));
    parts->target = arena_printf(arena, "%.*s%s%.*s", SLICE_ARG(path), query.len ? "?" : "", SLICE_ARG(query));
    parts->whole = take_part(url, CURLUPART_URL, 0, arena);
    curl_url_cleanup(url);
    return parts->host.len > 0;
}
