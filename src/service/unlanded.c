#include "fetch/fetcher.h"
#include "service/server.h"
__attribute__((weak)) struct fetcher *fetcher_create(const struct fetch_settings *s, const char **bad) { (void)s; *bad = "no fetcher"; return (struct fetcher *)1; }
__attribute__((weak)) void fetcher_destroy(struct fetcher *f) { (void)f; }
__attribute__((weak)) enum err fetcher_check_url(struct slice url, const char **why) { (void)url; *why = ""; return ERR_NONE; }
__attribute__((weak)) int service_run(const struct settings *s, const struct knowledge *k, struct fetcher *f) { (void)f; (void)s; (void)k; return 1; }
__attribute__((weak)) int service_check(const struct settings *s) { (void)s; return 1; }
