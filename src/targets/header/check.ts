/**
 * Diagnostics of the C header (MOF31xx): names that clash or change, code and values that are omitted.
 *
 * Targets that emit the header with more in it report the same.
 */
import { type Diagnostic, diagnostic, type Location } from '../../diagnostics/diagnostic.js';
import { type DataBlock, type Model, type WireRecord } from '../../model/model.js';
import { type HeaderClass, isPrinted } from '../c/header-classes.js';
import { headerQualifiers } from '../c/header-qualifiers.js';
import { type CFileNames, nameHeader } from '../c/naming.js';
import { type CRecordNames } from '../c/record-names.js';
import { declaredItems } from '../c/struct-shape.js';
import { type EmitOptions } from '../options.js';
import { type EmitContext } from '../target.js';
import { quotedCode } from './quotes.js';

export function checkHeader(model: Model, context: EmitContext): readonly Diagnostic[] {
  return headerDiagnostics(nameHeader(model, context), context);
}

/** The same for names that are there already. */
export function headerDiagnostics(
  names: CFileNames,
  { options }: EmitContext,
): readonly Diagnostic[] {
  const printed = names.classes.filter(isPrinted);
  const records = printed.flatMap((row) => printedRecords(row, names, options));
  const found = [
    ...names.diagnostics,
    ...leftOutQuotes(printed, records, options),
    ...records.flatMap(unnamedValues),
    ...structuresFromElsewhere(records, names),
  ];
  // One name for two things makes others give way that would not have to.
  const errors = found.filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? errors : found;
}

/** A record whose structure is in the header. */
interface PrintedRecord {
  readonly record: WireRecord;
  readonly names: CRecordNames;
  /** `Fan`, `Fan.SetSpeed` */
  readonly where: string;
}

function printedRecords(
  { block, presence }: HeaderClass,
  names: CFileNames,
  { methodStructs = false }: EmitOptions,
): readonly PrintedRecord[] {
  if (block === undefined) return [];
  const own = names.block(block);
  const methods = presence === 'whole' && methodStructs ? block.methods : [];
  return [
    { record: block.data, names: own.data, where: block.name },
    ...methods.flatMap((each) => {
      const { input, output } = own.method(each);
      const where = `${block.name}.${each.name}`;
      return [
        { record: each.input, names: input, where },
        { record: each.output, names: output, where },
      ];
    }),
  ];
}

function leftOutQuotes(
  printed: readonly HeaderClass[],
  records: readonly PrintedRecord[],
  options: EmitOptions,
): readonly Diagnostic[] {
  if (options.allowCppQuote === true) return [];
  const owners = [
    ...printed
      .filter(({ presence }) => presence === 'whole')
      .flatMap(({ class: { name, qualifiers, methods } }) => [
        { name, qualifiers },
        ...methods.map((method) => ({ ...method, name: `${name}.${method.name}` })),
      ]),
    ...records.flatMap(({ record, where }) =>
      record.items.map(({ name, qualifiers }) => ({ name: `${where}.${name}`, qualifiers })),
    ),
  ];
  const reported = new Set<Location>();
  return owners.flatMap(({ name, qualifiers }) => {
    const location = headerQualifiers(qualifiers, options).entry('cpp_quote')?.location;
    if (location === undefined || reported.has(location)) return [];
    if (quotedCode(qualifiers, options) === undefined) return [];
    reported.add(location);
    return [
      diagnostic('MOF3104', location, `the code that cpp_quote gives with '${name}' is left out`, {
        help: '--allow-cpp-quote copies it into the header as it is: look at it first',
      }),
    ];
  });
}

/** One diagnostic for the entries of one DefineValues. */
function unnamedValues({ record, names, where }: PrintedRecord): readonly Diagnostic[] {
  return record.items.flatMap((item) => {
    const [first, ...rest] = names.values(item).filter(({ macro }) => macro === undefined);
    if (first === undefined) return [];
    const { name, mapped } = first.value;
    const more = rest.length === 0 ? '' : `, and ${rest.length} more entries are not numbers`;
    const why = name === '' ? 'has no name' : `has '${mapped}' for its number`;
    return [
      diagnostic(
        'MOF3105',
        item.qualifiers.entry('DefineValues')?.location ?? item.location,
        `the value '${name}' of '${where}.${item.name}' is no macro in the C header: it ${why}${more}`,
        { help: 'give each name one integer in ValueMap' },
      ),
    ];
  });
}

/** One diagnostic for each class that is used here and declared elsewhere. */
function structuresFromElsewhere(
  records: readonly PrintedRecord[],
  names: CFileNames,
): readonly Diagnostic[] {
  const reported = new Set<DataBlock>();
  return records.flatMap(({ names: { shape }, where }) =>
    declaredItems(shape).flatMap((item) => {
      if (item.type.kind !== 'structure') return [];
      const { structure } = item.type;
      if (names.classOf(structure).presence !== 'elsewhere' || reported.has(structure)) return [];
      reported.add(structure);
      return [
        diagnostic(
          'MOF3106',
          item.location,
          `'${where}.${item.name}' is of class '${structure.name}', which is not in the C header: its WmiGenerateHeader is FALSE`,
          {
            help: 'include the header that has it first, or take WmiGenerateHeader away',
            related: [{ location: structure.class.location, message: 'the class' }],
          },
        ),
      ];
    }),
  );
}
