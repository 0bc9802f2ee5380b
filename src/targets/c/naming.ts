/**
 * Every name that one emitted header declares, decided once and read by all that is emitted with it.
 *
 * Names are claimed in model order, types before macros before members, so the same model always gets the same names. What
 * does not get the name that wmimofck would give it is reported (MOF31xx).
 */
import { type Diagnostic } from '../../diagnostics/diagnostic.js';
import { type DataBlock, type Method, type Model } from '../../model/model.js';
import { type EmitContext } from '../target.js';
import { type BareMacro, settleBareMacros } from './bare-macros.js';
import {
  dataSubject,
  idleMethods,
  type IdleMethod,
  methodIdMacro,
  methodSubject,
  wantedGuids,
  wantedStruct,
} from './class-names.js';
import { type HeaderClass, headerClasses, isPrinted } from './header-classes.js';
import { methodBases } from './method-bases.js';
import { type NameRegistry, nameRegistry } from './name-registry.js';
import { type NameScope, toIdentifier } from './identifiers.js';
import { prefixedDiagnostic, renamedDiagnostic, sharedStructs } from './naming-diagnostics.js';
import { type CRecordNames, draftRecord, type RecordDraft } from './record-names.js';

export { type CRecordNames } from './record-names.js';

/** All names of one header. A generated source claims its own names here, too. */
export interface CFileNames {
  /** The classes of the header, in declaration order. */
  readonly classes: readonly HeaderClass[];
  /** `_toaster_wmi_h_` */
  readonly guard: string;
  class(of: HeaderClass): CClassNames;
  /** What the header has of the class of a block. */
  classOf(block: DataBlock): HeaderClass;
  block(block: DataBlock): CBlockNames;
  /** Whether this header declares the structure of the block. */
  declares(block: DataBlock): boolean;
  /** A name of the file scope that is nothing in the header: no macro, no type, no word of C, C++ or Windows. */
  claim(wanted: string): string;
  /** A scope for members of a structure outside the header, without its macros and keywords; `own` are taken. */
  members(own?: readonly string[]): NameScope;
  /** Parameters and variables of a function: nothing of the file scope. */
  parameters(own?: readonly string[]): NameScope;
  /** What was renamed, and why. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The names of a class that do not depend on its data. */
export interface CClassNames {
  /** The macro with the initialiser of a GUID, `<Class>Guid`. */
  readonly guid: string;
  /** The variable that DEFINE_GUID declares, `<Class>_GUID`. */
  readonly guidVariable: string;
  /** Declared methods that are not callable. */
  readonly idleMethods: readonly IdleMethod[];
}

export interface CBlockNames extends CClassNames {
  /** The type of its data; the name alone where there is no data. */
  readonly struct: string;
  readonly data: CRecordNames;
  method(method: Method): CMethodNames;
}

export interface CMethodNames {
  /** The macro of its WmiMethodId. */
  readonly id: string;
  readonly idMacro: BareMacro;
  /** What the names of its structures begin with: HeaderName or its name. */
  readonly base: string;
  /** Their structures are in the header with `methodStructs` only. */
  readonly input: CRecordNames;
  readonly output: CRecordNames;
}

interface ClassDraft {
  readonly row: HeaderClass;
  readonly data: RecordDraft | undefined;
  readonly idle: readonly IdleMethod[];
  methods: readonly MethodDraft[];
  guid: string;
  guidVariable: string;
}

interface MethodDraft {
  readonly method: Method;
  readonly base: string;
  readonly id: BareMacro;
  readonly input: RecordDraft;
  readonly output: RecordDraft;
}

/**
 * Claims the names of the header for `model`. A target that has structures for methods with every switch passes
 * `methodStructs` in the context's options.
 *
 * @example nameHeader(model, context).block(fan).data.struct
 */
export function nameHeader(model: Model, context: EmitContext): CFileNames {
  const { options } = context;
  const diagnostics: Diagnostic[] = [];
  const registry = nameRegistry((renamed) => diagnostics.push(renamedDiagnostic(renamed)));
  // What this header does not print is named as if it were alone, and without a word.
  const aside = nameRegistry(() => undefined);

  const guard = registry.claimMacro(guardName(context), 'guard', {
    what: 'the include guard of the header',
    location: undefined,
  });
  const classes = headerClasses(model, options);
  for (const each of sharedStructs(classes, options)) diagnostics.push(each);
  const drafts = classes.map((row) => draftClass(row, isPrinted(row) ? registry : aside));
  for (const { row, data } of drafts) {
    data?.claimTypes();
    if (row.presence === 'elsewhere' && data !== undefined) reserveType(row);
  }
  draftMethods();
  for (const draft of drafts) claimGuids(draft);

  const byBlock = new Map(
    drafts.flatMap((each) => (each.row.block ? [[each.row.block, each]] : [])),
  );
  const recordNames = (block: DataBlock): CRecordNames => {
    const names = byBlock.get(block)?.data?.names;
    return found(names, block.name);
  };
  const records = drafts.flatMap(({ data, methods }) => [
    ...(data ? [data] : []),
    ...methods.flatMap(({ input, output }) => [input, output]),
  ]);
  for (const record of records) record.claimMacros((block) => recordNames(block).struct);
  const bare = [
    ...drafts.flatMap(({ row, methods, idle }) =>
      isPrinted(row) ? [...methods, ...idle].map(({ id }) => id) : [],
    ),
    ...records.flatMap((record) => record.bareMacros()),
  ];
  settleBareMacros(bare, registry, (macro, obstacle) =>
    diagnostics.push(prefixedDiagnostic(macro, obstacle)),
  );
  for (const record of records) record.claimOwn();
  for (const record of records) record.claimMembers();

  const classNames = new Map(drafts.map((draft) => [draft.row, namesOf(draft)]));
  return {
    classes,
    guard,
    class: (of) => found(classNames.get(of), of.class.name),
    classOf: (block) => found(byBlock.get(block), block.name).row,
    block(block) {
      const draft = found(byBlock.get(block), block.name);
      return blockNames(draft, found(classNames.get(draft.row), block.name));
    },
    declares: (block) => {
      const draft = byBlock.get(block);
      return draft !== undefined && isPrinted(draft.row) && block.data.items.length > 0;
    },
    claim: (wanted) => registry.claimOwn(wanted),
    members: (own) => registry.memberScope(own),
    parameters: (own) => registry.localScope(own),
    diagnostics,
  };

  function draftClass(row: HeaderClass, scope: NameRegistry): ClassDraft {
    const { class: owner, block } = row;
    const wanted = wantedStruct(owner, options).name;
    return {
      row,
      data: block && draftRecord(block.data, wanted, dataSubject(owner), scope, options),
      idle: idleMethods(row),
      methods: [],
      guid: '',
      guidVariable: '',
    };
  }

  function reserveType({ class: owner }: HeaderClass): void {
    const { name, location } = wantedStruct(owner, options);
    registry.claim(toIdentifier(name), { what: `the structure of '${owner.name}'`, location });
  }

  function claimGuids(draft: ClassDraft): void {
    const { class: owner, presence } = draft.row;
    const scope = presence === 'whole' ? registry : aside;
    const wanted = wantedGuids(owner, options);
    const { location } = owner;
    draft.guidVariable = scope.claim(wanted.variable, {
      what: `the GUID variable of '${owner.name}'`,
      location,
    });
    draft.guid = scope.claimMacro(wanted.macro, `GUID of ${owner.name}`, {
      what: `the GUID macro of '${owner.name}'`,
      location,
    });
  }

  function draftMethods(): void {
    const isStructured = (row: HeaderClass): boolean =>
      row.presence === 'whole' && options.methodStructs === true;
    const structured = drafts.filter(({ row }) => isStructured(row));
    const bases = methodBases(
      structured.map(({ row }) => row),
      registry,
      options,
      diagnostics,
    );
    for (const draft of drafts) {
      const { class: owner, block } = draft.row;
      const scope = isStructured(draft.row) ? registry : aside;
      draft.methods = (block?.methods ?? []).map((method) => {
        const base = bases.get(method) ?? wantedStruct(method, options).name;
        const record = (direction: 'input' | 'output', suffix: string): RecordDraft => {
          const subject = methodSubject(owner, method, direction);
          return draftRecord(method[direction], `${base}${suffix}`, subject, scope, options);
        };
        return {
          method,
          base,
          id: methodIdMacro(owner, method, method.id),
          input: record('input', '_IN'),
          output: record('output', '_OUT'),
        };
      });
      for (const { input, output } of draft.methods) {
        input.claimTypes();
        output.claimTypes();
      }
    }
  }
}

function namesOf({ guid, guidVariable, idle }: ClassDraft): CClassNames {
  return { guid, guidVariable, idleMethods: idle };
}

function blockNames({ row, data, methods }: ClassDraft, names: CClassNames): CBlockNames {
  const record = found(data?.names, row.class.name);
  return {
    ...names,
    struct: record.struct,
    data: record,
    method(method) {
      const draft = found(
        methods.find((each) => each.method === method),
        method.name,
      );
      return {
        id: draft.id.name,
        idMacro: draft.id,
        base: draft.base,
        input: draft.input.names,
        output: draft.output.names,
      };
    },
  };
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`no name was claimed for ${name}`);
  return value;
}

/** The name of the header; targets with more to declare use it too. */
export function headerName({ base, options }: Pick<EmitContext, 'base' | 'options'>): string {
  return options.headerName ?? `${base}_wmi.h`;
}

/** `_smart_fan_wmi_h_`, or what the header's own name gives. */
function guardName(context: EmitContext): string {
  return `_${toIdentifier(`x${headerName(context)}`).slice(1)}_`;
}
