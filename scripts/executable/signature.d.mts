/** The types of signature.mjs, for its test. */
export function withoutSignature(program: Buffer): Buffer;
