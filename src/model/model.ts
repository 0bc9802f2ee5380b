/**
 * The semantic model: what a compilation declares, with every offset, size, id and access rule already decided.
 *
 * All targets read these numbers and compute none of them (docs/architecture.md#one-model-owns-every-number).
 * Sizes and offsets are bytes; names keep the spelling of their declaration.
 */
import { type Diagnostic, type Location } from '../diagnostics/diagnostic.js';
import { type Propagation } from '../compile/propagation.js';

/** Everything that one input and its includes declare. */
export interface Model {
  /** Every class, in declaration order; classes of an include are at the place of the include. Built-in classes are absent. */
  readonly classes: readonly MofClass[];
  /** The WMI classes, in declaration order: data blocks, events and embedded structures. */
  readonly blocks: readonly DataBlock[];
  /**
   * The errors of the source texts, without suppressed ones. With any of them, classes with errors may be missing above, so
   * `emit` refuses the model.
   */
  readonly errors: readonly Diagnostic[];
}

/** Any class of the compilation, WMI or not. */
export interface MofClass {
  readonly name: string;
  readonly superclass: string | undefined;
  readonly location: Location;
  readonly qualifiers: QualifierSet;
  readonly properties: readonly MofProperty[];
  readonly methods: readonly MofMethod[];
}

/** A property, a reference or a parameter as it was declared. */
export interface MofProperty {
  readonly name: string;
  readonly location: Location;
  readonly qualifiers: QualifierSet;
  /** As written: `uint32`, `Package`, `object:Package`, `Package ref`, `void`. */
  readonly type: string;
  /** Absent if it is not an array. */
  readonly array: DeclaredArray | undefined;
  /** Absent if none is written. For items of a block, use `WireItem.defaultValue`. */
  readonly defaultValue: DeclaredValue | undefined;
}

/** `[]` or `[16]`. */
export interface DeclaredArray {
  /** Absent for `[]`. */
  readonly length: bigint | undefined;
}

/** A method as it was declared. */
export interface MofMethod {
  readonly name: string;
  readonly location: Location;
  readonly qualifiers: QualifierSet;
  /** As written. */
  readonly returnType: string;
  readonly parameters: readonly MofProperty[];
  readonly parameterCount: number;
}

/** A value of any kind as written. A character is its UTF-16 code unit. */
export type DeclaredValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly DeclaredValue[]
  | { readonly alias: string }
  | { readonly name: string }
  | DeclaredInstance;

/** `instance of Class as $Alias { … }` as a value. */
export interface DeclaredInstance {
  readonly instanceOf: string;
  readonly alias: string | undefined;
  readonly properties: readonly { readonly name: string; readonly value: DeclaredValue }[];
}

/** A qualifier's value without syntax. */
export type QualifierValue = string | number | bigint | boolean | null | readonly QualifierValue[];

/** The qualifiers of one declaration; names compare without case. */
export interface QualifierSet {
  has(name: string): boolean;
  /** The value; `true` for a qualifier without one, `null` for a placeholder, `undefined` for an absent qualifier. */
  get(name: string): QualifierValue | undefined;
  /** The qualifier itself, with its location. */
  entry(name: string): QualifierEntry | undefined;
  /** In the order of the text, with the names as written. */
  readonly entries: readonly QualifierEntry[];
}

export interface QualifierEntry {
  readonly name: string;
  readonly value: QualifierValue;
  readonly flavors: readonly string[];
  /** The effect of its flavors on derived classes, including flavors that the compilation declares for its name. */
  readonly propagation: Propagation;
  readonly location: Location;
  /** Unresolved placeholders in the value: macros, aliases, instances. */
  readonly placeholders: readonly Placeholder[];
}

/** A name, an alias or an instance in place of a qualifier's value. */
export interface Placeholder {
  /** `the name 'MAX_ITEMS'` */
  readonly words: string;
  /** The name, which may be that of a macro. */
  readonly macro: string | undefined;
  readonly location: Location;
}

/** The role of a WMI class in a provider. */
export type BlockRole =
  /** Registered with WMI: has instances that can be queried, set or called. */
  | 'dataBlock'
  /** Registered for events only; the provider fires it. */
  | 'event'
  /** Embedded in other classes, abstract, or Static: never registered. */
  | 'structure';

/** A WMI class with its wire layout. */
export interface DataBlock {
  readonly role: BlockRole;
  readonly name: string;
  /** Lower-case registry form without braces; always present for registered blocks. */
  readonly guid: string | undefined;
  readonly description: string | undefined;
  readonly displayName: string | undefined;
  /**
   * The author marks collecting as costly: WMI enables and disables collection (WMIREG_FLAG_EXPENSIVE). WmiExpense is unrelated
   * ("WMI class qualifiers" of the driver documentation).
   */
  readonly expensive: boolean;
  readonly choices: BlockChoices;
  /** The data items in WmiDataId order, inherited ones included, with their layout. */
  readonly data: WireRecord;
  /** In WmiMethodId order. */
  readonly methods: readonly Method[];
  /**
   * The data size that the framework checks: the end of the last item when all are fixed-size, else 0
   * (docs/spec/runtime.md#generated-providers, rule 10).
   */
  readonly minInstanceBufferSize: number;
  /** The class as declared. */
  readonly class: MofClass;
  /** The effective qualifiers of the class: its own, and those inherited by their flavor. */
  readonly qualifiers: QualifierSet;
}

/** How a driver's provider treats the instances of a block, as the author chose in a comment. */
export interface BlockChoices {
  /** Its methods run under the lock of the instance, as queries and set requests do (`// mofgen: lock-methods`). */
  readonly locksMethods: boolean;
  /** The driver adds every instance itself (`// mofgen: no-instance`). */
  readonly startsEmpty: boolean;
  /**
   * In a driver that handles its own requests, the driver names every instance: with static names, which it reports to WMI on
   * each change (`// mofgen: static-names`), or with dynamic names, which only the driver knows (`// mofgen: dynamic-names`).
   */
  readonly naming: 'device' | 'static' | 'dynamic';
}

/** A run of items on the wire: a block's data, or a method's input or output. Its start is 8-aligned. */
export interface WireRecord {
  readonly items: readonly WireItem[];
  readonly layout: RecordLayout;
}

/** How many bytes a record takes. */
export interface RecordLayout {
  /**
   * - `fixed`: every item has one size; readers may use the offsets.
   * - `bounded`: only strings with MaxLen vary: writers emit full slots at the C offsets, readers walk.
   * - `variable`: after the first variable item, offsets are found only by walking.
   */
  readonly kind: 'fixed' | 'bounded' | 'variable';
  /** The largest alignment of an item, at least 1: what an embedded record aligns to. */
  readonly alignment: number;
  /** Bytes up to the end of the last item, with full slots and without tail padding; `undefined` when variable. */
  readonly size: number | undefined;
  /** `size` rounded up to `alignment`, as C's sizeof; `undefined` when variable. */
  readonly paddedSize: number | undefined;
  /** The fewest bytes that a valid encoding can have: the first thing a validator checks. */
  readonly minimumSize: number;
}

/** Whether consumers may read and set a data item. */
export type Access = 'read-only' | 'read-write' | 'write-only';

/** A data item of a block, or a parameter of a method. */
export interface WireItem {
  readonly name: string;
  /**
   * The WmiDataId of a data item; the 1-based number of a parameter, shared by input and output
   * (docs/spec/layout-and-header.md#structures-of-methods, rule 3).
   */
  readonly id: number;
  readonly type: WireType;
  readonly count: ItemCount;
  readonly access: Access;
  readonly layout: ItemLayout;
  /** The class that declares it, if inherited. */
  readonly inheritedFrom: string | undefined;
  /**
   * The initial value of the MOF; `undefined` if it has none or NULL. An array may have fewer elements than its length: the others
   * are empty. A count has the number of elements that its arrays start with.
   */
  readonly defaultValue: DefaultValue | undefined;
  readonly documentation: Documentation;
  readonly location: Location;
  readonly qualifiers: QualifierSet;
}

/** A value of an item: integers and characters (UTF-16 code units) as bigint, datetimes as text. */
export type PlainValue = boolean | bigint | string;

/** The value of an item, or the values of the elements of an array. */
export type DefaultValue = PlainValue | readonly PlainValue[];

/** The documentation of an item in the MOF. */
export interface Documentation {
  readonly description: string | undefined;
  readonly displayName: string | undefined;
  readonly units: string | undefined;
  readonly minimum: bigint | undefined;
  readonly maximum: bigint | undefined;
  /** Values with ValueMap (or counted from 0), in declaration order. */
  readonly values: readonly NamedValue[];
  /** BitValues with BitMap (or counted from 0): `value` is the bit number. */
  readonly bits: readonly NamedValue[];
}

export interface NamedValue {
  readonly label: string;
  /** `undefined` when the ValueMap entry is not one integer (a range such as `16..31`, or text); `text` has the entry. */
  readonly value: bigint | undefined;
  readonly text: string;
}

export type IntegerTypeName =
  'uint8' | 'sint8' | 'uint16' | 'sint16' | 'uint32' | 'sint32' | 'uint64' | 'sint64';

/** The type of one element. */
export type WireType =
  | { readonly kind: 'boolean' }
  | {
      readonly kind: 'integer';
      readonly name: IntegerTypeName;
      readonly bits: 8 | 16 | 32 | 64;
      readonly signed: boolean;
    }
  | { readonly kind: 'char16' }
  | { readonly kind: 'datetime' }
  | {
      readonly kind: 'string';
      /** MaxLen in characters; `undefined` when unlimited. */
      readonly maxLength: number | undefined;
    }
  | { readonly kind: 'structure'; readonly structure: DataBlock };

/** How many elements an item has. */
export type ItemCount =
  | { readonly kind: 'scalar' }
  | { readonly kind: 'fixed'; readonly length: number }
  /** WmiSizeIs: another item of the same record holds the number of elements. */
  | { readonly kind: 'sizedBy'; readonly item: string }
  /** An array without a bound as the last item: it takes the rest of the buffer. */
  | { readonly kind: 'rest' };

/** The offset and the size of an item. */
export interface ItemLayout {
  /** From the record's start, with full slots, as in C; `undefined` after a variable item. */
  readonly offset: number | undefined;
  /** All elements, with full slots for MaxLen; `undefined` when variable. */
  readonly size: number | undefined;
  /** One element with full slots and with the padding between elements; `undefined` when variable. */
  readonly elementSize: number | undefined;
  readonly alignment: number;
  readonly kind: 'fixed' | 'bounded' | 'variable';
}

/** A method that a consumer can execute. */
export interface Method {
  readonly name: string;
  /** WmiMethodId. */
  readonly id: number;
  readonly description: string | undefined;
  /** Parameters in wire order; the return value of a non-void method comes last, named `ReturnValue`. */
  readonly parameters: readonly MethodParameter[];
  readonly input: WireRecord;
  readonly output: WireRecord;
  readonly location: Location;
  readonly qualifiers: QualifierSet;
}

export interface MethodParameter {
  readonly name: string;
  readonly id: number;
  readonly direction: 'in' | 'out' | 'in-out';
  readonly isReturnValue: boolean;
}
