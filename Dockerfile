# Stage 1 builds the program on the same Debian that runs it.
FROM debian:bookworm-slim AS build
WORKDIR /newsmeta
COPY . .
RUN scripts/install-packages build && make -s -j"$(nproc)" build/newsmeta && strip build/newsmeta

# Stage 2 holds the program, the libraries that it needs, and the certificates.
FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="newsmeta" \
      org.opencontainers.image.description="A news article in, its metadata out" \
      org.opencontainers.image.licenses="Apache-2.0"
# The libraries are pinned by the release of Debian: its updates to them are fixes alone.
# hadolint ignore=DL3008
RUN apt-get update -q && \
    apt-get install -y -q --no-install-recommends libmicrohttpd12 libjansson4 libcurl4 libutf8proc2 zlib1g libnettle8 libseccomp2 ca-certificates && \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/debconf/*-old /var/log/apt /var/log/dpkg.log && \
    groupadd --gid 65532 newsmeta && \
    useradd --uid 65532 --gid newsmeta --no-log-init --no-create-home --shell /usr/sbin/nologin newsmeta
COPY --from=build /newsmeta/build/newsmeta /usr/local/bin/newsmeta
COPY --from=build /newsmeta/config/newsmeta.json /etc/newsmeta/newsmeta.json
# By number, so that an orchestrator can see that it is not root.
USER 65532:65532
ENV NEWSMETA_CONFIG=/etc/newsmeta/newsmeta.json NEWSMETA_LISTEN=0.0.0.0 NEWSMETA_PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=2s CMD ["newsmeta", "check"]
ENTRYPOINT ["newsmeta"]
CMD ["serve"]
