// The row of the framework pre-commit, from the system: it builds mofgen from the last commit of this repository.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function preCommitRow({ root, scratch, env, run }) {
  return [
    'the hook mofgen-check, built from the last commit',
    async () => {
      if (spawnSync('pre-commit', ['--version']).status !== 0) {
        return 'not run, because there is no pre-commit';
      }
      const folder = join(scratch, 'pre-commit');
      mkdirSync(folder);
      const own = { ...env, PRE_COMMIT_HOME: join(scratch, 'pre-commit-cache') };
      const git = (cwd, ...args) => run(cwd, own, 'git', args);
      const commit = (await git(root, 'rev-parse', 'HEAD')).trim();
      const files = {
        'mofgen.config.json': '{ "inputs": ["*.mof"] }',
        '.pre-commit-config.yaml': `repos:
  - repo: ${JSON.stringify(root)}
    rev: ${commit}
    hooks:
      - id: mofgen-generate
        stages: [manual]
      - id: mofgen-check
`,
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      cpSync(join(root, 'samples/door-light/door-light.mof'), join(folder, 'door-light.mof'));
      await git(folder, 'init', '--quiet');
      await git(folder, 'add', '--all');
      const hooks = (...args) =>
        run(folder, own, 'pre-commit', ['run', '--all-files', '--color=never', ...args]).then(
          () => '',
          (error) => error.message,
        );
      const expectOutput = (output, want) => {
        if (!want.test(output)) throw new Error(`want ${want}, got ${output}`);
      };
      expectOutput(await hooks(), /error MOF4001: the generated file is missing/);
      await hooks('--hook-stage', 'manual', 'mofgen-generate');
      await git(folder, 'add', '--all');
      expectOutput(await hooks(), /^$/);
      appendFileSync(join(folder, 'gen/door-light.g.ts'), '// edited\n');
      await git(folder, 'add', '--all');
      expectOutput(await hooks(), /error MOF4002/);
    },
  ];
}
