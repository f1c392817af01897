# The gateway, with the page that it shows to browsers.
FROM node:24.19.0-slim AS page
WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY web/index.html web/vite.config.ts ./
COPY web/public public
COPY web/src src
COPY docs/guide /docs/guide
RUN node node_modules/vite/bin/vite.js build

FROM nginx:1.29.8-alpine
COPY --from=page /web/dist /usr/share/nginx/page
COPY deploy/security-headers.conf /etc/nginx/security-headers.conf
COPY deploy/names.conf /etc/nginx/names.conf
COPY deploy/gateway.conf /etc/nginx/conf.d/default.conf
# It listens on a port that anybody may, and drops no privileges that it does not have.
USER nginx
