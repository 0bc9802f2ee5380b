/** Diagnostics of names that the header changes (MOF3101 to MOF3103). */
import { type Diagnostic, diagnostic, type Related } from '../../diagnostics/diagnostic.js';
import { type EmitOptions } from '../options.js';
import { type BareMacro } from './bare-macros.js';
import { wantedStruct } from './class-names.js';
import { type HeaderClass } from './header-classes.js';
import { type Obstacle, type Renamed } from './name-registry.js';
import { toIdentifier } from './identifiers.js';

export function renamedDiagnostic({ wanted, name, owner, obstacle }: Renamed): Diagnostic {
  return diagnostic(
    'MOF3102',
    owner.location,
    `${owner.what} is called '${name}' in the C header, since '${wanted}' ${obstacle.because}`,
    { help: 'use that name in C, or choose another one in the MOF', related: relatedTo(obstacle) },
  );
}

export function prefixedDiagnostic(
  { wanted, name, owner }: BareMacro,
  obstacle: Obstacle,
): Diagnostic {
  return diagnostic(
    'MOF3103',
    owner.location,
    `${owner.what} is called '${name}' in the C header, since '${wanted}' ${obstacle.because}`,
    { help: 'use that name in C, or rename one of them in the MOF', related: relatedTo(obstacle) },
  );
}

/** Classes that want one C name for their structures: code could mean either of them. */
export function sharedStructs(
  classes: readonly HeaderClass[],
  options: EmitOptions,
): readonly Diagnostic[] {
  const first = new Map<string, HeaderClass>();
  return classes.flatMap((row) => {
    if (row.presence === 'absent' || (row.block?.data.items.length ?? 0) === 0) return [];
    const { name, location } = wantedStruct(row.class, options);
    const struct = toIdentifier(name);
    const earlier = first.get(struct);
    if (earlier === undefined) {
      first.set(struct, row);
      return [];
    }
    return [
      diagnostic(
        'MOF3101',
        location,
        `the structure of '${row.class.name}' would be '${struct}' in C, as is that of '${earlier.class.name}'`,
        {
          help: 'give one of them another HeaderName',
          related: [
            { location: wantedStruct(earlier.class, options).location, message: 'the other one' },
          ],
        },
      ),
    ];
  });
}

export function relatedTo({ location }: Obstacle): readonly Related[] {
  return location === undefined ? [] : [{ location, message: 'what has that name' }];
}
