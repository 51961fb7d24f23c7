# hellfact as an image, from this source:
#   docker build --tag hellfact .
#   docker run --rm --volume "$PWD:/data" hellfact bench --quick
# Figures of a container are of what it may use: give it whole cores (--cpuset-cpus 0,1), and a volume that is a disk.
FROM node:24-slim AS package
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN mkdir /packed && npm pack --pack-destination /packed

FROM node:24-slim
COPY --from=package /packed/ /packed/
# Without scripts: what would have to be compiled (simdjson, zlib-sync) is missing, and doctor says so.
RUN npm install --global --ignore-scripts --no-audit --no-fund /packed/*.tgz && rm -r /packed && npm cache clean --force
USER node
WORKDIR /data
ENTRYPOINT ["hellfact"]
CMD ["--help"]
