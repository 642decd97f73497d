#include "service/server.h"

int service_run(const struct settings *settings, const struct knowledge *knowledge, struct fetcher *fetcher)
{
    (void)settings, (void)knowledge, (void)fetcher;
    return 1;
}

int service_check(const struct settings *settings)
{
    (void)settings;
    return 1;
}
