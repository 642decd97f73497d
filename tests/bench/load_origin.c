#include "load_origin.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_PAGES 4096

static struct slice pages[MOST_PAGES];

void load_origin_add(int number, struct slice page)
{
    if (number >= 0 && number < MOST_PAGES)
        pages[number] = page;
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                                          const char *version, const char *upload, size_t *upload_size, void **context)
{
    (void)cls, (void)method, (void)version, (void)upload, (void)upload_size, (void)context;
    unsigned long number = strtoul(url + 1, NULL, 10);
    struct slice page = number < MOST_PAGES ? pages[number] : SLICE_NULL;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(page.len, (void *)(uintptr_t)page.ptr, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
    enum MHD_Result queued = MHD_queue_response(connection, page.ptr ? 200 : 404, response);
    MHD_destroy_response(response);
    return queued;
}

bool load_origin_start(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return MHD_start_daemon(MHD_USE_POLL_INTERNAL_THREAD, 0, NULL, NULL, answer, NULL, MHD_OPTION_SOCK_ADDR,
                            (struct sockaddr *)&address, MHD_OPTION_CONNECTION_LIMIT, 1024u, MHD_OPTION_END) != NULL;
}
