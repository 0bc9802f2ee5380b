// The main program of a single executable: the command line, from the texts and the code caches within it. The build bundles it.
import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import { getRawAsset } from 'node:sea';
import { Script } from 'node:vm';
import { loaderOf } from './loader.mjs';

const bytesOf = (asset) => Buffer.from(getRawAsset(asset));

// V8 ignores a cache that does not fit, as with options in NODE_OPTIONS that change how it compiles.
const scriptOf = (file) =>
  new Script(bytesOf(file).latin1Slice(), {
    filename: file,
    cachedData: bytesOf(`${file}.cache`),
  });

loaderOf(scriptOf, createRequire(process.execPath))('mofgen.cjs');
