/**
 * A row of the conformance table: data that the runner tests and the document lists.
 */
import { readTooSmall } from '../../src/runtime/wnode-codec.js';
import { dispatch, request, type RequestParts } from '../runtime/rig.js';
import { type Model, type ModelKind, type ModelRig } from './model.js';

/** One row. Source: K, R, D, H, S or M as explained in docs/conformance.md, with a section of docs/spec/runtime.md and the rule. */
export interface Row {
  readonly id: string;
  readonly condition: string;
  readonly expected: string;
  readonly source: string;
  /** The driver models that the row applies to. */
  readonly models: readonly ModelKind[];
  /** Throws when the model does something else. */
  readonly run: (model: Model) => void | Promise<void>;
}

/** Sends one request and returns the result, with the status by name. */
export function send(rig: ModelRig, parts: RequestParts) {
  const irp = request(rig.device, parts);
  const answer = dispatch(rig.device, irp);
  return { ...answer, irp, view: irp.view, sizeNeeded: readTooSmall(irp.memory)?.sizeNeeded };
}
