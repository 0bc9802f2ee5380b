/**
 * What the files of a provider are called, and which of these names the options change.
 */
import { type EmitOptions } from '../options.js';
import { type DeclaredFile } from '../target.js';

/** The default name of the resource, which an option or the build may change. */
const MOF_RESOURCE = 'MofResourceName';

const EXTENSIONS = ['c', 'cpp'] as const;

export function sourceName(base: string): string {
  return `${base}_wmi.c`;
}

/** The user's file by the name that it is written under, and the other one that the user may give it. */
export function userFile(base: string, { implExt = 'c' }: EmitOptions): DeclaredFile {
  const others = EXTENSIONS.filter((each) => each !== implExt);
  return {
    name: userFileName(base, implExt),
    owner: 'user',
    otherNames: others.map((each) => userFileName(base, each)),
  };
}

function userFileName(base: string, extension: string): string {
  return `${base}_wmi_impl.${extension}`;
}

/** The name of the binary MOF's resource. */
export function mofResource({ mofResource: name = MOF_RESOURCE }: EmitOptions): string {
  return name;
}

/** Whether the files of the C core are emitted. */
export function hasCoreFiles({ core, standalone }: EmitOptions): boolean {
  return core !== 'external' && standalone !== true;
}
