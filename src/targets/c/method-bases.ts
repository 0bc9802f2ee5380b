/**
 * What the names of methods' structures begin with: wmimofck takes HeaderName or the bare name of the method, so that two
 * classes may want the same.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.js';
import { type Method } from '../../model/model.js';
import { type EmitOptions } from '../options.js';
import { wantedStruct } from './class-names.js';
import { type HeaderClass } from './header-classes.js';
import { type NameRegistry } from './name-registry.js';
import { toIdentifier } from './identifiers.js';
import { relatedTo } from './naming-diagnostics.js';
import { addTo } from '../../text/lists.js';

/** A base for each method; those that want a name that another has begin with their class. */
export function methodBases(
  classes: readonly HeaderClass[],
  registry: NameRegistry,
  options: EmitOptions,
  diagnostics: Diagnostic[],
): ReadonlyMap<Method, string> {
  const wishes = classes.flatMap(({ class: owner, block }) =>
    (block?.methods ?? []).map((method) => {
      const base = wantedStruct(method, options).name;
      return { owner, method, base, structs: structsOf(method, base) };
    }),
  );
  const byStruct = new Map<string, (typeof wishes)[number][]>();
  for (const wish of wishes) {
    for (const struct of wish.structs) {
      addTo(byStruct, struct, wish);
    }
  }
  return new Map(
    wishes.map((wish) => {
      const { owner, method, base, structs } = wish;
      const clash = structs.find((each) => (byStruct.get(each)?.length ?? 0) > 1);
      const other = byStruct.get(clash ?? '')?.find((each) => each !== wish);
      const obstacle = other
        ? {
            because: `is also wanted for '${other.owner.name}.${other.method.name}'`,
            location: other.method.location,
          }
        : structs.map((each) => registry.obstacle(each)).find((each) => each !== undefined);
      if (obstacle === undefined) return [method, base];
      const prefixed = `${owner.name}_${method.name}`;
      const [name = base] = structs;
      diagnostics.push(
        diagnostic(
          'MOF3102',
          wantedStruct(method, options).location,
          `the structures of '${owner.name}.${method.name}' begin with '${prefixed}' in the C header, since '${clash ?? name}' ${obstacle.because}`,
          {
            help: 'use the new names in C, or give the method another HeaderName',
            related: relatedTo(obstacle),
          },
        ),
      );
      return [method, prefixed];
    }),
  );
}

function structsOf({ input, output }: Method, base: string): readonly string[] {
  return [
    ...(input.items.length > 0 ? [toIdentifier(`${base}_IN`)] : []),
    ...(output.items.length > 0 ? [toIdentifier(`${base}_OUT`)] : []),
  ];
}
