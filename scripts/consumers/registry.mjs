// A registry for one package: serves the packed tarball, and sends every other request on to the user's own registry.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/** Starts it on a free port; `close` ends it. */
export async function startRegistry(manifest, tarball, upstream) {
  const { name, version } = manifest;
  const digest = (algorithm, encoding) => createHash(algorithm).update(tarball).digest(encoding);
  const file = `/${name}/-/${name}-${version}.tgz`;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === file) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(tarball);
    } else if (pathname === `/${name}`) {
      const dist = {
        tarball: `http://${request.headers.host}${file}`,
        integrity: `sha512-${digest('sha512', 'base64')}`,
        shasum: digest('sha1', 'hex'),
      };
      // A date long ago, because some package managers refuse new versions.
      const published = '2020-01-01T00:00:00.000Z';
      const packument = {
        name,
        'dist-tags': { latest: version },
        time: { created: published, modified: published, [version]: published },
        versions: { [version]: { ...manifest, dist } },
      };
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(packument));
    } else {
      response.writeHead(307, { location: new URL(request.url.slice(1), upstream).href }).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
