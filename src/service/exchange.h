/* exchange: one request and its answer, between libmicrohttpd's callbacks and plain calls and replies.
 *
 * The life of an exchange (one a connection, used again for each request):
 *     exchange_begin    the first line is there
 *     exchange_handle   the head is there: counted in flight, checked, routed; answered at once, or
 *     exchange_handle   the body comes, is collected within its bounds; then short work waits for its turn on the
 * loop's own thread, called every round; for other work the connection is suspended, other threads have it, and it is
 * resumed when the reply is there; exchange_handle   the reply is queued exchange_end      the reply has been sent, or
 * the connection is gone: logged and counted
 *
 * Only the files of the exchange and http_loop.c know libmicrohttpd. */
#ifndef NEWSMETA_SERVICE_EXCHANGE_H
#define NEWSMETA_SERVICE_EXCHANGE_H

#include <microhttpd.h>

#include "service/service.h"

/* libmicrohttpd's callbacks; `cls` is the struct http_loop that the connection belongs to. */
void exchange_notify_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
                                enum MHD_ConnectionNotificationCode code);
void *exchange_begin(void *cls, const char *uri, struct MHD_Connection *connection);
enum MHD_Result exchange_handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                                const char *version, const char *upload, size_t *upload_size, void **context);
void exchange_end(void *cls, struct MHD_Connection *connection, void **context,
                  enum MHD_RequestTerminationCode code);

#endif
