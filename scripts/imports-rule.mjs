// The eslint rule that reports every import which the table in allowed-imports.js does not allow.
import { posix, relative, resolve, sep } from 'node:path';

/**
 * The room of a path relative to the project's root: the longest key of the table that is the path or a folder of it. A key
 * `folder/*` makes a room of each folder in it without a key of its own.
 */
function roomOf(path, table) {
  const own = Object.keys(table)
    .filter((key) => path === key || path.startsWith(`${key}/`))
    .sort((a, b) => b.length - a.length)[0];
  const child =
    own === undefined ? undefined : /^[^/]+(?=\/)/.exec(path.slice(own.length + 1))?.[0];
  return child !== undefined && `${own}/*` in table ? `${own}/${child}` : own;
}

/** What the files of a room may import. */
function allowancesOf(room, table) {
  return table[room] ?? table[`${posix.dirname(room)}/*`];
}

/** What an import refers to: a room, a file outside of all rooms, a package, or `node:`. */
function subjectOf(specifier, path, table) {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
    return roomOf(target, table) ?? target;
  }
  if (specifier.startsWith('node:')) return 'node:';
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}

function allows(entry, subject) {
  return entry.endsWith('/*') ? posix.dirname(subject) === entry.slice(0, -2) : entry === subject;
}

/** @type {import('eslint').Rule.RuleModule} */
export const allowedImports = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: {
      forbidden: '{{room}} may not import {{subject}}; allowed-imports.js has what it may import',
      homeless: '{{path}} is in no room of allowed-imports.js; add its folder there',
    },
  },
  create(context) {
    const [table] = context.options;
    const path = relative(context.cwd, resolve(context.filename)).replaceAll(sep, '/');
    const room = roomOf(path, table);
    if (room === undefined) {
      return {
        Program(node) {
          context.report({ node, messageId: 'homeless', data: { path } });
        },
      };
    }
    const check = ({ source }) => {
      if (typeof source?.value !== 'string') return;
      const subject = subjectOf(source.value, path, table);
      if (subject === room || allowancesOf(room, table).some((entry) => allows(entry, subject)))
        return;
      context.report({ node: source, messageId: 'forbidden', data: { room, subject } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};
