/**
 * The driver models that the conformance rows run on.
 */
import { kmdfRig } from './kmdf-model.js';
import { type Model, type ModelKind } from './model.js';
import { selfHandledRig } from './self-handled-model.js';
import { wmilibRig } from './wmilib-model.js';

/** Every model that there is, by its kind. */
export const models: ReadonlyMap<ModelKind, Model> = new Map<ModelKind, Model>([
  ['kmdf', { kind: 'kmdf', rig: kmdfRig }],
  ['selfHandled', { kind: 'selfHandled', rig: (options) => selfHandledRig(options) }],
  ['wmilib', { kind: 'wmilib', rig: wmilibRig }],
]);
