/**
 * `mofgen/runtime`: an in-process model of the Windows WMI provider path, and what generated providers are made of.
 *
 * It has no dependencies and uses nothing of Node, so it runs in a browser too.
 */
export * from './ntstatus.js';
export * from './callbacks.js';
export * from './wire.js';
export * from './codec.js';
export * from './block.js';
export * from './register.js';
