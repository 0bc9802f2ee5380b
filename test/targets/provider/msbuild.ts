/**
 * Evaluates .props files as MSBuild does, as far as they are used here: properties, conditions and items.
 *
 * The order is that of "How MSBuild builds projects", "Evaluation phase": all properties of all imported files in the order
 * of the text first, then all items, whose conditions see the properties' last values. A file that was imported already is skipped
 * (MSB4011). Anything else in a file stops the test.
 */

export interface ImportedFile {
  /** The full path, with backslashes. */
  readonly path: string;
  readonly text: string;
}

export interface Item {
  readonly type: string;
  readonly include: string;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

/** The items of a project that imports `files` and has `existing` files on disk. */
export function evaluated(
  files: readonly ImportedFile[],
  existing: readonly string[] = [],
  given: Readonly<Record<string, string>> = {},
): Item[] {
  const properties = new Map(Object.entries(given));
  const imported = [...new Map(files.map((file) => [file.path.toLowerCase(), file])).values()].map(
    ({ path, text }) => ({ path, root: parsed(text) }),
  );
  const at = (path: string) => {
    const expand = (text: string): string =>
      unescaped(
        text.replace(/\$\((\w+)\)/g, (_found, name: string) => {
          if (name === 'MSBuildThisFileFullPath') return path;
          if (name === 'MSBuildThisFileDirectory') return path.replace(/[^\\]*$/, '');
          return properties.get(name) ?? '';
        }),
      );
    const holds = ({ attributes: { Condition: condition } }: Element): boolean =>
      condition === undefined || condition.split(' And ').every((term) => isTrue(term, expand));
    return { expand, holds };
  };
  const isTrue = (term: string, expand: (text: string) => string): boolean => {
    const [, not, file] = /^(!?)Exists\('([^']*)'\)$/.exec(term) ?? [];
    if (file !== undefined) {
      const found = existing.some((each) => each.toLowerCase() === expand(file).toLowerCase());
      return found === (not === '');
    }
    const [, left, operator, right] = /^'([^']*)' ([!=]=) '([^']*)'$/.exec(term) ?? [];
    if (left === undefined || right === undefined) throw new Error(`a condition: ${term}`);
    const isEqual = expand(left).toLowerCase() === expand(right).toLowerCase();
    return isEqual === (operator === '==');
  };
  for (const { path, root } of imported) {
    const { expand, holds } = at(path);
    for (const group of root.children) {
      if (group.name !== 'PropertyGroup' && group.name !== 'ItemGroup') {
        throw new Error(`an element ${group.name}`);
      }
      if (group.name !== 'PropertyGroup' || !holds(group)) continue;
      for (const each of group.children) {
        if (holds(each)) properties.set(each.name, expand(each.text));
      }
    }
  }
  return imported.flatMap(({ path, root }) => {
    const { expand, holds } = at(path);
    return root.children
      .filter((group) => group.name === 'ItemGroup' && holds(group))
      .flatMap(({ children }) => children.filter(holds))
      .map(({ name, attributes, children }) => ({
        type: name,
        include: expand(attributes['Include'] ?? ''),
        metadata: Object.fromEntries(children.map((each) => [each.name, expand(each.text)])),
      }));
  });
}

/** `%28` in a name is a parenthesis (documentation, "MSBuild special characters"). */
function unescaped(text: string): string {
  return text.replace(/%([0-9A-F]{2})/gi, (_found, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** The root of an XML text of elements, attributes, texts and comments. */
function parsed(xml: string): Element {
  const tokens = xml
    .replace(/<\?[^]*?\?>|<!--[^]*?-->/g, '')
    .split(/(<[^>]*>)/)
    .filter((each) => each.trim() !== '');
  let at = 0;
  const element = (): Element => {
    const open = tokens[at++] ?? '';
    const [, name = '', list = '', end] = /^<(\w+)((?:\s+\w+="[^"]*")*)\s*(\/?)>$/.exec(open) ?? [];
    if (name === '') throw new Error(`no element: ${open}`);
    const attributes = Object.fromEntries(
      Array.from(list.matchAll(/(\w+)="([^"]*)"/g), ([, key = '', value = '']) => [
        key,
        plain(value),
      ]),
    );
    const children: Element[] = [];
    let text = '';
    while (end === '' && tokens[at] !== `</${name}>`) {
      const token = tokens[at];
      if (token === undefined || token.startsWith('</')) throw new Error(`no end of ${name}`);
      if (token.startsWith('<')) children.push(element());
      else {
        text += plain(token);
        at += 1;
      }
    }
    if (end === '') at += 1;
    return { name, attributes, children, text };
  };
  const root = element();
  if (at !== tokens.length) throw new Error('more than one root');
  return root;
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#45;', '-')
    .replaceAll('&amp;', '&');
}
