# MinIO's image is gone from the registry, and its release tags are not on the Go module proxy: the last commit is built.
FROM golang:1.26-bookworm AS build
ENV CGO_ENABLED=0
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    GOBIN=/out go install -ldflags '-s -w' github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c

FROM debian:bookworm-slim
COPY --from=build /out/minio /usr/local/bin/minio
RUN useradd --uid 1000 --create-home minio && mkdir /data && chown minio /data
USER minio
VOLUME /data
EXPOSE 9000 9001
ENTRYPOINT ["minio"]
CMD ["server", "/data", "--address", ":9000", "--console-address", ":9001"]
