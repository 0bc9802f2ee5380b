/** The pages about targets that are not built in: MOF33xx. Plain data. */
import { block, type Page } from './page.js';

const FAN = block('Fan', '[WmiDataId(1), read] uint32 Speed;');

/** A run of `-t ./mine.mjs`, where the module has this text. */
function withModule(text: string) {
  return {
    command: 'generate',
    args: ['-t', './mine.mjs'],
    files: { 'mine.mjs': text },
  } as const;
}

/** A module with a target whose parts are these. */
function moduleOf(...parts: readonly string[]): string {
  return [
    'export default ({ defineTarget }) =>',
    '  defineTarget({',
    ...parts.map((part) => `    ${part}`),
    '  });',
    '',
  ].join('\n');
}

const NAME = `name: 'mine',`;
const SUMMARY = `summary: 'the names of blocks',`;

/** The parts of a target with one file of that name. */
function partsOf(file: string): readonly string[] {
  return [
    `fileNames: () => [{ name: ${file}, owner: 'mofgen' }],`,
    `emit: () => [{ name: ${file}, owner: 'mofgen', text: '' }],`,
  ];
}

export const TARGET_PAGES = {
  MOF3301: {
    what: "A target whose name has a slash or ends with .js, .mjs or .cjs is a file; one that begins with mofgen-target- or with a scope such as @fans/ is a package. There is no such file or package. A name on the command line starts from the current folder, one in a configuration from the configuration's folder.",
    wrong: FAN,
    right: undefined,
    setting: { command: 'generate', args: ['-t', './mine.mjs'] },
  },
  MOF3302: {
    what: 'The module of a target cannot be imported: its text has an error, something that it imports is missing, or it throws. A target is code that mofgen runs, as a .mjs configuration is.',
    wrong: FAN,
    right: undefined,
    setting: withModule(`throw new Error('no templates');\n`),
  },
  MOF3303: {
    what: 'The module of a target has no default export that defineTarget made. The default export is what defineTarget returns, or a function that gets { defineTarget, templatesIn } and returns it.',
    wrong: FAN,
    right: undefined,
    setting: withModule(`export default { name: 'mine' };\n`),
  },
  MOF3304: {
    what: 'A part of a target is missing or has another type than mofgen/target declares, or a function of it returns something else. An option that has the name of a built-in one is such a part, too.',
    wrong: FAN,
    right: undefined,
    setting: withModule(moduleOf(NAME, ...partsOf("'fans.txt'"))),
  },
  MOF3305: {
    what: 'A target has the name of a built-in one, or two targets of one run have one name or one option that differs. The records of the output folder go by the names of targets.',
    wrong: FAN,
    right: undefined,
    setting: withModule(moduleOf(`name: 'header',`, SUMMARY, ...partsOf("'fans.txt'"))),
  },
  MOF3306: {
    what: 'A target declares or emits a file whose name has a folder in it, or a character that file names cannot have. All files of a target are directly in the output folder, so that a run cannot write anywhere else.',
    wrong: FAN,
    right: undefined,
    setting: withModule(moduleOf(NAME, SUMMARY, ...partsOf("'../fans.txt'"))),
  },
  MOF3307: {
    what: 'Two files of one target, or of two targets of one run, have the same name. Upper and lower case are no difference, because file systems may fold them. Give each target a folder of its own with -o, or its files other names.',
    wrong: FAN,
    right: undefined,
    setting: withModule(
      moduleOf(
        NAME,
        SUMMARY,
        `fileNames: () => ['fans.txt', 'Fans.txt'].map((name) => ({ name, owner: 'mofgen' })),`,
        `emit: () => [],`,
      ),
    ),
  },
  MOF3308: {
    what: 'A function of a target threw an error, or a template of it has a fault. The error is that of the target.',
    wrong: FAN,
    right: undefined,
    setting: withModule(
      moduleOf(
        NAME,
        SUMMARY,
        `fileNames: () => [{ name: 'fans.txt', owner: 'mofgen' }],`,
        'emit() {',
        "  throw new Error('there is no template fans');",
        '},',
      ),
    ),
  },
} as const satisfies Record<string, Page>;
