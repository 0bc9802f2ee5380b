/** The state of a file, and whether it may be removed: from its text, the text that mofgen would write, and recorded hashes. */
import { describe, expect, test } from 'vitest';
import { type LeftoverFacts, obstacleTo, stateOf } from '../../src/cli/file-state.js';
import { hashOf } from '../../src/cli/text-hash.js';

const OLD = 'int x;\nint y;\n';
const NEW = 'int x;\nint z;\n';
const hashes = (...texts: string[]) => new Set(texts.map(hashOf));

describe('the state of a file', () => {
  test.each([
    ['no file, no record', undefined, [], 'missing'],
    ['no file, a record', undefined, [OLD], 'missing'],
    ['what is wanted, no record', NEW, [], 'current'],
    ['what is wanted, a record of something else', NEW, [OLD], 'current'],
    ['what is wanted, with the line ends of Windows', NEW.replaceAll('\n', '\r\n'), [], 'current'],
    ['what was written', OLD, [OLD], 'outdated'],
    [
      'what was written, with the line ends of Windows',
      OLD.replaceAll('\n', '\r\n'),
      [OLD],
      'outdated',
    ],
    ['what was written, some line ends of Windows', 'int x;\r\nint y;\n', [OLD], 'outdated'],
    ['what one of two runs wrote', OLD, [NEW, OLD], 'outdated'],
    ['another text, no record', 'int q;\n', [], 'unproven'],
    ['another text, a record', 'int q;\n', [OLD], 'edited'],
    ['another text, a record of what is wanted', 'int q;\n', [NEW], 'edited'],
    ['what was written, a blank at its end', `${OLD} `, [OLD], 'edited'],
    ['what was written, a mark before it', `\u{FEFF}${OLD}`, [OLD], 'edited'],
    ['what was written, carriage returns alone', OLD.replaceAll('\n', '\r'), [OLD], 'edited'],
    ['nothing in it', '', [OLD], 'edited'],
  ] as const)('%s', (_case, existing, written, want) => {
    expect(stateOf(existing, NEW, hashes(...written), hashOf)).toBe(want);
  });

  test('no hash is computed for a file that is up to date or missing', () => {
    const refuse = (): string => {
      throw new Error('a hash is made');
    };
    expect(stateOf(NEW, NEW, hashes(OLD), refuse)).toBe('current');
    expect(stateOf(undefined, NEW, hashes(OLD), refuse)).toBe('missing');
    expect(stateOf(OLD, NEW, new Set(), refuse)).toBe('unproven');
  });
});

describe('why a file is not removed', () => {
  const removable: LeftoverFacts = {
    existing: OLD,
    written: hashes(OLD),
    hasBanner: true,
    isProtected: false,
    isRead: false,
  };
  test.each([
    ['nothing', {}, undefined],
    [
      'nothing, with the line ends of Windows',
      { existing: OLD.replaceAll('\n', '\r\n') },
      undefined,
    ],
    ['no record', { written: new Set<string>() }, 'unproven'],
    ['a text that does not name mofgen', { hasBanner: false }, 'unproven'],
    ['an edit', { existing: `${OLD}// mine\n` }, 'edited'],
    ['an edit of a protected file', { existing: `${OLD}// mine\n`, isProtected: true }, 'edited'],
    ['that it was read', { isRead: true }, 'read'],
    ['write protection', { isProtected: true }, 'protected'],
  ] as const)('%s', (_case, facts, want) => {
    expect(obstacleTo({ ...removable, ...facts }, hashOf)).toBe(want);
  });
});
