// The rows of samples/repos/turborepo: clones of it, with the packed mofgen and turbo from npm, and a remote cache on loopback.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Turbo reaches only loopback, and sends no telemetry. */
const ALONE = {
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
};

const TOKEN = 'token-of-the-test';
const PACKAGES = 20;

/**
 * `context` has the folder of the sample, the tarball of mofgen, the server's program, the compiler, a scratch folder, the
 * environment of tools, and what runs a program.
 */
export function turborepoRows({ sample, tarball, server, tsc, scratch, env, run }) {
  const origin = join(scratch, 'turborepo-origin');
  const clones = Object.fromEntries(
    ['one', 'two'].map((name) => [name, join(scratch, `turborepo-${name}`)]),
  );
  const git = (folder, ...args) =>
    run(folder, env, 'git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args]);

  function makeOrigin() {
    const isOwn = (path) =>
      !/[\\/](node_modules|\.turbo|gen|mofgen\.tgz|package-lock\.json)$/.test(path);
    cpSync(sample, origin, { recursive: true, filter: isOwn });
    return git(origin, 'init', '--quiet')
      .then(() => git(origin, 'add', '--all'))
      .then(() => git(origin, 'commit', '--quiet', '--message', 'The sample'));
  }

  async function clone(folder) {
    await git(scratch, 'clone', '--quiet', origin, folder);
    writeFileSync(join(folder, 'mofgen.tgz'), readFileSync(tarball));
    await run(folder, env, 'npm', ['install']);
  }

  /** The result of each task: package, and where its files came from (`run`, `LOCAL` or `REMOTE`). */
  async function turbo(folder, args, more = {}) {
    rmSync(join(folder, '.turbo/runs'), { recursive: true, force: true });
    const all = [
      'exec',
      '--offline',
      '--',
      'turbo',
      'run',
      ...args,
      '--concurrency=2',
      '--summarize',
    ];
    await run(folder, { ...env, ...ALONE, ...more }, 'npm', all);
    const [summary] = readdirSync(join(folder, '.turbo/runs'));
    const { tasks } = JSON.parse(readFileSync(join(folder, '.turbo/runs', summary), 'utf8'));
    return tasks.map(({ package: name, cache }) => ({
      name: name.replace('@greenhouse/', ''),
      from: cache.status === 'HIT' ? cache.source : 'run',
    }));
  }

  const ranIn = (tasks) => tasks.filter(({ from }) => from === 'run').map(({ name }) => name);

  function expectRuns(tasks, want, total = PACKAGES) {
    const got = ranIn(tasks).sort();
    if (tasks.length !== total || JSON.stringify(got) !== JSON.stringify(want)) {
      throw new Error(
        `${tasks.length} tasks, generated: ${got.join(', ')}; want ${want.join(', ')}`,
      );
    }
  }

  async function expectClean(folder) {
    const changed = await git(folder, 'status', '--porcelain');
    if (changed !== '') throw new Error(`the task writes what no cache restores:\n${changed}`);
  }

  /** Every file that the tasks wrote, the records of mofgen included, with a hash of its bytes. */
  function generatedIn(folder) {
    const packages = join(folder, 'packages');
    return readdirSync(packages).flatMap((name) => {
      const gen = join(packages, name, 'gen');
      return readdirSync(gen, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => {
          const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
          return `${path.slice(packages.length)} ${hash}`;
        });
    });
  }

  const all = readdirSync(join(sample, 'packages')).sort();

  return [
    [
      'the first run generates all, and what is generated compiles',
      async () => {
        await makeOrigin();
        await clone(clones.one);
        expectRuns(await turbo(clones.one, ['gen']), all);
        await expectClean(clones.one);
        await run(clones.one, env, process.execPath, [tsc, '-p', '.']);
      },
    ],
    [
      'the second run generates nothing',
      async () => expectRuns(await turbo(clones.one, ['gen']), []),
    ],
    [
      'a changed MOF generates its package, a file that all may include generates all',
      async () => {
        appendFileSync(
          join(clones.one, 'packages/well-pump/mof/well-pump.mof'),
          '// The well is deep.\n',
        );
        expectRuns(await turbo(clones.one, ['gen']), ['well-pump']);
        await git(clones.one, 'checkout', '--quiet', '.');
        expectRuns(await turbo(clones.one, ['gen']), []);
        appendFileSync(join(clones.one, 'mof/maker.mof'), '// Made here.\n');
        expectRuns(await turbo(clones.one, ['gen']), all);
        await git(clones.one, 'checkout', '--quiet', '.');
      },
    ],
    [
      'another mofgen generates all',
      async () => {
        const lock = join(clones.one, 'package-lock.json');
        const packed = join(clones.one, 'mofgen.tgz');
        const [lockText, bytes] = [readFileSync(lock, 'utf8'), readFileSync(packed)];
        const newer = JSON.parse(lockText);
        newer.packages['node_modules/mofgen'].version = '999.0.0';
        writeFileSync(lock, JSON.stringify(newer, null, 2));
        expectRuns(await turbo(clones.one, ['gen']), all);
        writeFileSync(lock, lockText);
        appendFileSync(packed, 'x');
        expectRuns(await turbo(clones.one, ['gen']), all);
        writeFileSync(packed, bytes);
        expectRuns(await turbo(clones.one, ['gen']), []);
      },
    ],
    [
      'an edit is undone by the cache, and files of another branch are found by their record',
      async () => {
        const fan = join(clones.one, 'packages/fan');
        const only = ['--filter=@greenhouse/fan'];
        appendFileSync(join(fan, 'gen/fan.g.ts'), '// edited\n');
        await turbo(clones.one, ['gen:check', ...only]);
        await git(fan, 'mv', 'mof/fan.mof', 'mof/wind.mof');
        expectRuns(await turbo(clones.one, ['gen', ...only]), ['fan'], 1);
        const renamed = readdirSync(join(fan, 'gen')).filter((name) => name.startsWith('fan'));
        if (renamed.length > 0) throw new Error(`left over: ${renamed.join(', ')}`);
        await git(fan, 'reset', '--quiet', '--hard');
        rmSync(join(fan, 'src/wind.provider.ts'));
        const output = await turbo(clones.one, ['gen:check', ...only]).then(
          () => 'nothing',
          (error) => error.message,
        );
        if (!/gen\/wind\.g\.ts:1:1: error MOF4004/.test(output))
          throw new Error(`reports ${output}`);
        await turbo(clones.one, ['gen', ...only, '--force']);
        await turbo(clones.one, ['gen:check', ...only]);
      },
    ],
    [
      'two clones with one remote cache: the second generates nothing and has the same bytes',
      async () => {
        const cache = await startCache(server, scratch, env);
        try {
          const remote = { TURBO_API: cache.url, TURBO_TOKEN: TOKEN, TURBO_TEAM: 'greenhouse' };
          // Its local cache would not be sent.
          rmSync(join(clones.one, '.turbo'), { recursive: true, force: true });
          expectRuns(await turbo(clones.one, ['gen'], remote), all);
          await clone(clones.two);
          const tasks = await turbo(clones.two, ['gen'], remote);
          expectRuns(tasks, []);
          const local = tasks.filter(({ from }) => from !== 'REMOTE').map(({ name }) => name);
          if (local.length > 0) throw new Error(`not from the server: ${local.join(', ')}`);
          const [made, restored] = [clones.one, clones.two].map(generatedIn);
          const differs = made.filter((line, index) => line !== restored[index]);
          if (differs.length > 0 || made.length !== restored.length) {
            throw new Error(`differs in the second clone:\n${differs.join('\n')}`);
          }
          await turbo(clones.two, ['gen:check'], remote);
          await expectClean(clones.two);
          return `${restored.length} files`;
        } finally {
          cache.close();
        }
      },
    ],
  ];
}

/** Starts the server on a free port of loopback; `close` ends it. */
async function startCache(program, scratch, env) {
  const storage = join(scratch, 'turborepo-cache');
  mkdirSync(storage);
  const child = spawn(process.execPath, [program], {
    cwd: storage,
    env: {
      ...env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      TURBO_TOKEN: TOKEN,
      STORAGE_PROVIDER: 'local',
      STORAGE_PATH: storage,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk) => {
      printed += chunk;
      const found = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(printed);
      if (found !== null) resolve(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('close', (status) =>
      reject(new Error(`the remote cache ended with ${status}: ${printed}`)),
    );
  });
  return { url, close: () => child.kill() };
}
