/**
 * The semantic model: what a compilation declares, with every offset, size, id and access rule already decided.
 *
 * All targets read this and compute none of it (design.md). It must not know any target or any text layout of output.
 * Sizes and offsets are bytes; names keep the spelling of their declaration.
 */
import { type Diagnostic, type Location } from '../diagnostics/diagnostic.js';
import { type Propagation } from './propagation.js';

/** Everything that one input and its includes declare. */
export interface Model {
  /** Every class, in declaration order; classes of includes stand where they were included. Built-in classes are absent. */
  readonly classes: readonly MofClass[];
  /** The WMI classes, in declaration order: data blocks, events and embedded structures. */
  readonly blocks: readonly DataBlock[];
  /**
   * The errors of the texts that the model was made from, without those that a comment allows. With any of them, faulty
   * classes may be missing above, so `emit` refuses the model.
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
  /** As it is written: `uint32`, `Package`, `object:Package`, `Package ref`, `void`. */
  readonly type: string;
  /** Absent for what is no array. */
  readonly array: DeclaredArray | undefined;
  /** Absent where none is written; what counts for the items of a block is `WireItem.defaultValue`. */
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
  /** As it is written. */
  readonly returnType: string;
  readonly parameters: readonly MofProperty[];
  readonly parameterCount: number;
}

/** A value as it is written, of whatever kind. A character is its UTF-16 code unit. */
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

/** A qualifier's value with everything of the syntax removed. */
export type QualifierValue = string | number | bigint | boolean | null | readonly QualifierValue[];

/** The qualifiers of one declaration; names compare without case. */
export interface QualifierSet {
  has(name: string): boolean;
  /** The value, `true` for a qualifier without one, `null` where only a name stands; `undefined` when it is absent. */
  get(name: string): QualifierValue | undefined;
  /** The qualifier itself, which says where it stands. */
  entry(name: string): QualifierEntry | undefined;
  /** In the order of the text, with the names as they were spelled. */
  readonly entries: readonly QualifierEntry[];
}

export interface QualifierEntry {
  readonly name: string;
  readonly value: QualifierValue;
  readonly flavors: readonly string[];
  /** What the flavors decide for derived classes, those included that other statements of the compilation give it. */
  readonly propagation: Propagation;
  readonly location: Location;
  /** The parts of the value that are none but stand for one, such as a macro that was not expanded. */
  readonly standIns: readonly StandIn[];
}

/** A name, an alias or an instance where a value of a qualifier is expected. */
export interface StandIn {
  /** `the name 'MAX_ITEMS'` */
  readonly words: string;
  /** The name, which may be that of a macro. */
  readonly macro: string | undefined;
  readonly location: Location;
}

/** What a WMI class is to a provider. */
export type BlockRole =
  /** Registered with WMI: has instances that can be queried, set or called. */
  | 'dataBlock'
  /** Registered as event-only; the provider fires it. */
  | 'event'
  /** Only embedded in other classes, abstract or Static: never registered. */
  | 'structure';

/** A WMI class with its wire layout. */
export interface DataBlock {
  readonly role: BlockRole;
  readonly name: string;
  /** Lower-case registry form without braces; always there for registered blocks. */
  readonly guid: string | undefined;
  readonly description: string | undefined;
  readonly displayName: string | undefined;
  /**
   * The author says that collecting costs something: WMI enables and disables collection (WMIREG_FLAG_EXPENSIVE). WmiExpense
   * does not say it ("WMI class qualifiers" of the driver documentation).
   */
  readonly expensive: boolean;
  readonly choices: BlockChoices;
  /** The data items in WmiDataId order, inherited ones included, with their layout. */
  readonly data: WireRecord;
  /** In WmiMethodId order. */
  readonly methods: readonly Method[];
  /** The data size that the framework checks: the end of the last item when all are fixed-size, else 0 (design.md). */
  readonly minInstanceBufferSize: number;
  /** The class as it was declared. */
  readonly class: MofClass;
  /** The effective qualifiers of the class: its own, and those that reach it from above by their flavor. */
  readonly qualifiers: QualifierSet;
}

/** How a driver's provider treats the instances of a block, where the author chose it in a comment. */
export interface BlockChoices {
  /** Its methods run under the lock of the instance, as queries and set requests do (`// mofgen: lock-methods`). */
  readonly locksMethods: boolean;
  /** The driver adds every instance itself (`// mofgen: no-instance`). */
  readonly startsEmpty: boolean;
  /**
   * The driver names every instance itself, in a driver that answers its requests itself: names that WMI is told when they
   * come and go (`// mofgen: static-names`), or that the driver alone knows (`// mofgen: dynamic-names`).
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
   * - `bounded`: strings with MaxLen are the only thing that varies: writers emit full slots at the C offsets, readers walk.
   * - `variable`: from the first variable item on, only walking finds the offsets.
   */
  readonly kind: 'fixed' | 'bounded' | 'variable';
  /** The largest alignment of an item, at least 1: what an embedded record aligns to. */
  readonly alignment: number;
  /** Bytes up to the end of the last item, without tail padding, as written; `undefined` when variable. */
  readonly size: number | undefined;
  /** `size` rounded up to `alignment`: what C's sizeof gives; `undefined` when variable. */
  readonly paddedSize: number | undefined;
  /** The fewest bytes that a valid encoding can have: the first thing a validator checks. */
  readonly minimumSize: number;
}

/** Who may do what with a data item. */
export type Access = 'read-only' | 'read-write' | 'write-only';

/** A data item of a block, or a parameter of a method. */
export interface WireItem {
  readonly name: string;
  /** The WmiDataId of a data item; the 1-based number of a parameter, shared by input and output (wmi-header.md 2.5). */
  readonly id: number;
  readonly type: WireType;
  readonly count: ItemCount;
  readonly access: Access;
  readonly layout: ItemLayout;
  /** The class that declares it, when that is not the block itself. */
  readonly inheritedFrom: string | undefined;
  /**
   * What an instance starts with, as the MOF says; `undefined` where it says nothing or NULL. An array may have fewer elements than
   * its length: the others are empty. A count has the number of elements that its arrays start with.
   */
  readonly defaultValue: DefaultValue | undefined;
  readonly documentation: Documentation;
  readonly location: Location;
  readonly qualifiers: QualifierSet;
}

/** A value of an item of the type that it has: integers and characters (UTF-16 code units) as bigint, datetimes as text. */
export type PlainValue = boolean | bigint | string;

/** The value of an item, or those of the elements of an array. */
export type DefaultValue = PlainValue | readonly PlainValue[];

/** What the MOF says about an item for people. */
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
  /** `undefined` when the ValueMap entry is not one integer (a range such as `16..31`, or text); `text` has it. */
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
  /** WmiSizeIs: the number of elements stands in another item of the same record. */
  | { readonly kind: 'sizedBy'; readonly item: string }
  /** An array without a bound as the last item: it fills what is left of the buffer. */
  | { readonly kind: 'rest' };

/** Where an item lies. */
export interface ItemLayout {
  /** From the record's start, as written and as C sees it; `undefined` after a variable item. */
  readonly offset: number | undefined;
  /** All elements, as written (full slots for MaxLen); `undefined` when variable. */
  readonly size: number | undefined;
  /** One element as written, with the padding between elements; `undefined` when variable. */
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
