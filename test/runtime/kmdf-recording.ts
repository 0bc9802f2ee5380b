/**
 * The format of the recorded KMDF answers: one header, then one record a line. What happened is compared literally,
 * so results have no type here; the README of the recording explains them.
 */
import { WdfWmiProviderFlags } from '../../src/runtime/kmdf/types.js';
import { type Arch } from '../../src/runtime/wmireg.js';

/** Provider flags by their names in the recording. */
export const flagBits = {
  EventOnly: WdfWmiProviderFlags.eventOnly,
  Expensive: WdfWmiProviderFlags.expensive,
  Tracing: WdfWmiProviderFlags.tracing,
} as const;

export interface Machine {
  readonly deviceObject: string;
  readonly otherProviderId: string;
  readonly pdo: string;
}

/** The recording's first line. */
export interface Header {
  readonly time: string;
  readonly x64: Machine;
  readonly x86: Machine;
  readonly defaultRegistryPath: string;
}

export interface Script {
  readonly status?: string;
  readonly data?: string;
  readonly bufferUsed?: number | null;
  readonly writes?: string;
  readonly deregister?: readonly [number, number];
}

export interface Behaviour {
  readonly query?: Script;
  readonly set?: Script;
  readonly setItem?: Script;
  readonly execute?: Script;
}

export interface InstanceSetup {
  readonly callbacks?: readonly string[];
  readonly useContextForQuery?: boolean;
  readonly context?: string;
  readonly contextSize?: number;
  readonly contextSizeOverride?: number;
  readonly register?: boolean;
  readonly behaviour?: Behaviour;
}

export interface ProviderSetup {
  readonly guid: string;
  readonly flags: number | readonly (keyof typeof flagBits)[];
  readonly minInstanceBufferSize: number;
  readonly functionControl: { readonly status: string } | null;
  readonly instances?: readonly InstanceSetup[];
}

export interface Setup {
  readonly arch?: Arch;
  readonly hasLower: boolean;
  readonly registered?: boolean;
  readonly registryPath?: string;
  readonly mofResourceName?: string;
  readonly parentMofResourceNames?: readonly (string | null)[];
  readonly providers: readonly ProviderSetup[];
}

export interface RecordedIrp {
  readonly minor: number;
  readonly providerIdIsDevice: boolean;
  readonly guid: string | null;
  readonly dataPath?: number;
  readonly bufferSize: number;
  readonly buffer: string;
  readonly statusBefore: string;
  readonly informationBefore: number;
}

export interface CreationExtras {
  readonly configSizeDelta?: number;
  readonly attributes?: { readonly parent?: boolean };
}

export type Step =
  | ({ readonly op: 'irp' } & RecordedIrp)
  | { readonly op: 'register' | 'deregister' | 'cleanup' }
  | { readonly op: 'removeInstance' | 'addInstance'; readonly provider: number; instance: number }
  | ({ readonly op: 'createProvider' } & ProviderSetup & CreationExtras)
  | ({
      readonly op: 'createInstance';
      readonly provider: number | null;
      readonly providerConfig?: ProviderSetup;
    } & InstanceSetup &
      CreationExtras)
  | {
      readonly op: 'fireEvent';
      readonly provider: number;
      readonly instance: number;
      readonly data: string | null;
      readonly size: number;
      readonly writeStatus: string;
    };

/** One line of the recording; what happened is compared literally. */
export interface VectorRecord {
  readonly id: string;
  readonly about: string;
  readonly setup: Setup;
  readonly behaviour?: Behaviour;
  readonly before?: readonly Step[];
  readonly irp?: RecordedIrp;
  readonly call?: Step;
  readonly created?: unknown;
  readonly beforeResults?: unknown;
  readonly result: unknown;
}
