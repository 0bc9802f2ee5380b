/**
 * The open #if groups of one file: which part of the text counts. It must not know how a condition is evaluated.
 */
import { type Span } from '../../grammar/ast.js';

export interface Conditionals {
  /** Whether the text here counts. */
  readonly isActive: () => boolean;
  /** Opens a group; `holds` is asked only where the answer matters. */
  readonly open: (directive: Span, holds: () => boolean) => void;
  /** Closes a branch and opens another; a message when that is out of place. */
  readonly elseIf: (holds: () => boolean) => string | undefined;
  readonly otherwise: () => string | undefined;
  readonly close: () => string | undefined;
  /** The directives that opened groups without an end. */
  readonly unclosed: () => readonly Span[];
}

interface Group {
  readonly directive: Span;
  /** `later`: no branch was taken yet. `done`: no further one will be. */
  state: 'active' | 'later' | 'done';
  hasElse: boolean;
}

export function conditionals(): Conditionals {
  const groups: Group[] = [];
  const isActive = () => (groups.at(-1)?.state ?? 'active') === 'active';

  const branch = (name: string, holds: () => boolean, isElse: boolean): string | undefined => {
    const group = groups.at(-1);
    if (group === undefined) return `'${name}' without '#if'`;
    if (group.hasElse) return `'${name}' after '#else'`;
    group.hasElse = isElse;
    if (group.state === 'active') group.state = 'done';
    else if (group.state === 'later' && holds()) group.state = 'active';
    return undefined;
  };
  return {
    isActive,
    open(directive, holds) {
      const state = isActive() ? (holds() ? 'active' : 'later') : 'done';
      groups.push({ directive, state, hasElse: false });
    },
    elseIf: (holds) => branch('#elif', holds, false),
    otherwise: () => branch('#else', () => true, true),
    close: () => (groups.pop() === undefined ? `'#endif' without '#if'` : undefined),
    unclosed: () => groups.map(({ directive }) => directive),
  };
}
